"""Old encodings are converted on evidence; a doubtful text is refused, another language kept."""

import unicodedata

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.files.letterheads import BODY, PAPERS
from tracker.errors import BadInput
from tracker.evidence import encodings
from tracker.evidence.reading import read_text
from tracker.evidence.syllables import is_syllable

TCVN3 = {unified: old for old, unified in encodings._TCVN3.items()}
VNI_ALONE = {letter: sign for sign, letter in encodings._VNI_ALONE.items()}
VNI_MARKS = {mark: sign for sign, mark in encodings._VNI_MARKS.items()}

LETTER = PAPERS[0].head + BODY + PAPERS[0].foot
WORDS = sorted({w.lower() for w in LETTER.split() if w.isascii() or is_syllable(w)})
FRENCH = (
    "Le comité a décidé que la préfecture étudiera les réponses à donner à l’été où nécessaire. "
)
GERMAN = "Die Behörde prüft, ob die Maßnahmen für später nötig wären, und übergibt die Anträge. "
ENGLISH = "The committee decided that every unit reports before the end of the naïve façade. "


def as_tcvn3(text: str) -> bytes:
    """Write `text` for a .VnTime font; capitals with a tone have no place there."""
    translated = "".join(
        chr(TCVN3[ord(char)]) if ord(char) in TCVN3 else chr(TCVN3.get(char, ord(char)))
        for char in text
    )
    return translated.encode("latin-1")


def as_vni(text: str) -> bytes:
    return "".join(map(vni_letter, text)).encode("latin-1")


def vni_letter(char: str) -> str:
    lower = char.lower()
    if lower.isascii() or not char.isalpha():
        return char
    base, *marks = unicodedata.normalize("NFD", char)
    whole = VNI_ALONE.get(lower)
    if whole is None:
        horned = "\u031b" in marks
        rest = "".join(sorted((m for m in marks if m != "\u031b"), key="\u0306\u0302".find))
        rest = rest if rest in VNI_MARKS else rest[::-1]
        first = VNI_ALONE[unicodedata.normalize("NFC", base.lower() + "\u031b")] if horned else base
        whole = first + VNI_MARKS[rest]
    return whole.upper() if char.isupper() else whole


def as_1258(text: str) -> bytes:
    out = bytearray()
    for char in text:
        try:
            out += char.encode("cp1258")
        except UnicodeEncodeError:
            base, *marks = unicodedata.normalize("NFD", char)
            shape = [m for m in marks if m in "\u0306\u0302\u031b"]
            tone = [m for m in marks if m not in shape]
            out += unicodedata.normalize("NFC", base + "".join(shape)).encode("cp1258")
            out += "".join(tone).encode("cp1258")
    return bytes(out)


def plain_capitals(text: str) -> str:
    """Return `text` without capitals that VN3 cannot say inside a word of small letters."""
    return "".join(
        char.lower() if ord(char) > 0x7F and ord(char) not in TCVN3 else char for char in text
    )


@pytest.mark.parametrize(
    "data",
    [
        LETTER.encode("utf-8"),
        LETTER.encode("utf-8-sig"),
        LETTER.encode("utf-16"),
        LETTER.encode("utf-16-le"),
        LETTER.encode("utf-16-be"),
        as_1258(LETTER),
        as_vni(LETTER),
    ],
    ids=["utf-8", "BOM", "utf-16", "utf-16-le", "utf-16-be", "windows-1258", "VNI"],
)
def test_a_letter_in_any_encoding_is_read_as_it_was_written(data: bytes) -> None:
    assert read_text("a.txt", data) == LETTER


def test_vn3_has_no_capitals_with_tones_but_a_word_in_capitals_stays_one() -> None:
    read = read_text("a.txt", as_tcvn3(plain_capitals(LETTER)))

    assert read.lower() == LETTER.lower()
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in read
    assert "Giao Sở Nội vụ chủ trì" in read


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=25, max_size=60))
def test_writing_in_an_old_encoding_and_reading_gives_the_same_words(words: list[str]) -> None:
    text = " ".join(words)
    assume(len({word for word in words if not word.isascii()}) >= 8)

    for write in (as_tcvn3, as_vni, as_1258):
        assert read_text("a.txt", write(text)) == text
    assert encodings.unicode_of(as_tcvn3(text).decode("latin-1")) == text


@pytest.mark.parametrize("text", [FRENCH, GERMAN, ENGLISH, "1;2;3 ± 5° × 2 · 3\n" * 9, "§ 5 © ® "])
def test_another_language_is_never_converted(text: str) -> None:
    assert encodings.unicode_of(text * 4) == text * 4
    for encoding in ("cp1252", "latin-1"):
        try:
            data = (text * 4).replace("’", "'").encode(encoding)
        except UnicodeEncodeError:
            continue
        with pytest.raises(BadInput, match=r"cannot be read|not certain"):
            encodings.text_of(data)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400))
def test_bytes_of_no_text_are_refused_or_kept_but_never_fail(data: bytes) -> None:
    try:
        text = encodings.text_of(data)
    except BadInput:
        return
    assert isinstance(text, str)


def test_a_mixture_of_old_letters_and_unicode_is_not_guessed() -> None:
    old = as_vni("Giao Sở Nội vụ chủ trì, phối hợp với các sở rà soát tiến độ").decode("latin-1")
    mixed = f"{old}. {FRENCH}"

    with pytest.raises(BadInput, match="Convert it to Unicode"):
        encodings.unicode_of(mixed)


@pytest.mark.parametrize("word", ["nghiêng", "giếng", "quyết", "gì", "đắc", "uỷ", "ủy", "khuya"])
def test_syllables(word: str) -> None:
    assert is_syllable(word)
    assert not is_syllable(word + "nộ")
