"""Folding of Vietnamese text, so that search and matching forgive spelling habits."""

import re
import unicodedata

_TONES = "\u0300\u0301\u0303\u0309\u0323"  # huyền, sắc, ngã, hỏi, nặng; not the marks of â, ơ, ă
_LETTERS = {letter: place for place, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz", 200)}
_TONE_ORDER = "\u0300\u0309\u0303\u0301\u0323"  # after the level tone, as dictionaries have them
_GLIDE = re.compile(rf"(?<!q)([ou])([aey])([{_TONES}])(?!\w|[\u0300-\u036f])")


def fold(text: str) -> str:
    """Return `text` without accents, case and superfluous white space: "Uỷ ban" → "uy ban".

    Texts that differ only in tone placement (uỷ, ủy), in đ or in composition fold to one.
    """
    plain = "".join(
        char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char)
    )
    return " ".join(plain.casefold().replace("đ", "d").split())


def settle(text: str) -> str:
    """Return `text` in lower case, composed, with one tone placement and single spaces.

    Accents stay, so that "bố" and "bỏ" remain two words; "Uỷ ban", "Ủy ban" and "ủy  ban"
    become one.
    """
    decomposed = unicodedata.normalize("NFD", " ".join(text.lower().split()))
    return unicodedata.normalize("NFC", _GLIDE.sub(r"\1\3\2", decomposed))


def alphabetical(text: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the key by which Vietnamese names are put in order: đ after d, ô after o, tones last.

    Only where two names have the same letters do tones decide. Digits and signs come before
    letters.
    """
    letters: list[int] = []
    tones: list[int] = []
    for char in unicodedata.normalize("NFC", text).lower():
        parts = unicodedata.normalize("NFD", char)
        tone = next((mark for mark in parts if mark in _TONE_ORDER), "")
        plain = unicodedata.normalize("NFC", parts.replace(tone, "")) if tone else char
        place = ord(plain[:1] or " ")
        letters.append(_LETTERS.get(plain, place if place < 100 else place + 300))
        tones.append(_TONE_ORDER.index(tone) + 1 if tone else 0)
    return tuple(letters), tuple(tones)
