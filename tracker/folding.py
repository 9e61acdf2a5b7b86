"""Folding of Vietnamese text, so that search and matching forgive spelling habits."""

import re
import unicodedata

_TONES = "\u0300\u0301\u0303\u0309\u0323"  # huyền, sắc, ngã, hỏi, nặng; not the marks of â, ơ, ă
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
