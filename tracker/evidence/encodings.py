"""Bytes to text: Unicode, Windows-1258, and the letters of the fonts before Unicode.

Old texts hold Vietnamese as Western letters that a font (.VnTime, VNI-Times) draws otherwise:
"Céng hoµ" (TCVN 5712:1993, VN3) and "Coäng hoøa" (VNI) are "Cộng hòa". Nothing in the file says
so; the evidence is that nearly every word becomes a Vietnamese syllable under one reading and
under no other. Without that evidence the file is refused: a wrong conversion is worse.
"""

import codecs
import contextlib
import re
import unicodedata
from functools import partial

from tracker.errors import N_, BadInput
from tracker.evidence.syllables import MARKED_WORD, share_of_syllables

UNREADABLE = N_(
    "The letters of this file cannot be read. Open it, save it as Unicode (UTF-8) text or as a"
    " Word document (.docx), and choose it again."
)
OLD_LETTERS = N_(
    "The file is written with an old font (such as .VnTime or VNI-Times), and its letters are not"
    " certain. Convert it to Unicode, for example with Unikey, and choose it again."
)

SURE = 0.9
"""Share of marked words that must be syllables before letters are converted."""
DOUBTED = 0.5
FEWEST_WORDS = 5
SAMPLE = 40_000  # characters are enough to know an encoding
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_TCVN3 = str.maketrans(
    "¡¢£¤¥¦§¨©ª«¬\u00ad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
    "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
)
_VNI_MARKS = {
    "ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323",
    "ê": "\u0306", "é": "\u0306\u0301", "è": "\u0306\u0300", "ú": "\u0306\u0309",
    "ü": "\u0306\u0303", "ë": "\u0306\u0323",
    "â": "\u0302", "á": "\u0302\u0301", "à": "\u0302\u0300", "å": "\u0302\u0309",
    "ã": "\u0302\u0303", "ä": "\u0302\u0323",
}  # fmt: skip
_VNI_ALONE = {
    "ñ": "đ", "ô": "ơ", "ö": "ư", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ",
}  # fmt: skip
_VNI_PAIR = re.compile(
    rf"([aeouyôö])([{''.join(_VNI_MARKS)}])|[{''.join(_VNI_ALONE)}]", re.IGNORECASE
)
_STRETCH = re.compile(r"[^\t\n\r|]+")


def text_of(data: bytes) -> str:
    """Return the text of a .txt file; a byte-order mark is no part of it.

    UTF-8 and UTF-16 keep every character as it is; what an older encoding gave is composed.
    BadInput: the letters are not certain.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return unicode_of(_decoded(data[len(bom) :], encoding))
    wide = _wide_encoding(data)
    if wide:
        return unicode_of(_decoded(data, wide))
    if data.count(0) > len(data) // 100 + 1:
        raise BadInput(UNREADABLE)
    try:
        return unicode_of(data.decode("utf-8"))
    except UnicodeDecodeError:
        return _from_bytes(data)


def unicode_of(text: str) -> str:
    """Return `text`, converted if its letters are those of an old font; else untouched.

    BadInput: they seem to be, but which letters are meant is not certain.
    """
    sample = text[:SAMPLE]
    if MARKED_WORD.search(sample) is None:
        return text
    as_is = share_of_syllables(sample)
    if as_is.share >= DOUBTED or as_is.words < FEWEST_WORDS:
        return text
    convert = _best(sample)
    if convert is not None:
        return _composed(convert(text))
    if max(share_of_syllables(read(sample)).share for read in (_from_tcvn3, _from_vni)) > DOUBTED:
        raise BadInput(OLD_LETTERS)
    return text


def _best(sample: str) -> "partial[str] | None":
    """Return the conversion under which nearly every word is a syllable; None: neither, or both."""
    readings = [partial(_from_tcvn3), partial(_from_vni)]
    found = [(share_of_syllables(read(sample)), read) for read in readings]
    found.sort(key=lambda each: -each[0].share)
    (first, read), (second, _) = found
    sure = first.share >= SURE and first.kinds >= FEWEST_WORDS and second.share < DOUBTED
    return read if sure else None


def _from_bytes(data: bytes) -> str:
    """Return the text of bytes that are no Unicode: Windows-1258, TCVN3 or VNI."""
    western = data.decode("latin-1")
    found = [_from_tcvn3(western), _from_vni(western)]
    with contextlib.suppress(UnicodeDecodeError):
        found.append(_composed(data.decode("cp1258")))
    rated = sorted(((share_of_syllables(text[:SAMPLE]), text) for text in found), reverse=True)
    best = rated[0][0]
    if best.share < SURE or best.kinds < FEWEST_WORDS or rated[1][0].share > SURE:
        old = best.share > DOUBTED and best.kinds >= FEWEST_WORDS
        raise BadInput(OLD_LETTERS if old else UNREADABLE)
    return rated[0][1]


def _wide_encoding(data: bytes) -> str:
    """Return which UTF-16 `data` is in when every second byte of its spaces is zero; else ""."""
    sample = data[:SAMPLE]
    if len(data) % 2 or len(sample) < 8:
        return ""
    for encoding, high in (("utf-16-le", 1), ("utf-16-be", 0)):
        highs = sample[high::2]
        lows = sample[1 - high :: 2]
        latin = sum(highs.count(byte) for byte in (0x00, 0x01, 0x03, 0x1E, 0x20))
        if latin >= len(highs) * 0.98 and highs.count(0) * 3 > len(highs) and 0x20 in lows:
            return "" if lows.count(0) * 50 > len(lows) else encoding
    return ""


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise BadInput(UNREADABLE) from error


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _from_tcvn3(text: str) -> str:
    """Return the letters of VN3; it has no capitals with tones but a font of capitals."""
    return _STRETCH.sub(_raised, text.translate(_TCVN3))


def _raised(stretch: re.Match[str]) -> str:
    """Return a stretch in capitals if its plain letters are."""
    plain = [char for char in stretch[0] if char.isascii() and char.isalpha()]
    small = sum(char.islower() for char in plain)
    return stretch[0].upper() if len(plain) > 1 and small * 10 <= len(plain) else stretch[0]


def _from_vni(text: str) -> str:
    return _VNI_PAIR.sub(_vni_letter, text)


def _vni_letter(found: re.Match[str]) -> str:
    if found[1] is None:
        letter = _VNI_ALONE[found[0].lower()]
        return letter.upper() if found[0].isupper() else letter
    base = _VNI_ALONE.get(found[1].lower(), found[1].lower())
    letter = _composed(base + _VNI_MARKS[found[2].lower()])
    return letter.upper() if found[1].isupper() else letter
