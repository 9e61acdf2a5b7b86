"""A notice's text cut for the page. Pure."""

import re
from collections.abc import Iterable, Sequence


def marked(text: str, phrases: Iterable[str]) -> list[tuple[str, bool]]:
    """Cut `text` into stretches and tell of each whether it is one of `phrases`.

    White space in a phrase stands for any white space, as in wrapped lines; case counts not.
    """
    wanted = sorted({" ".join(phrase.split()) for phrase in phrases} - {""}, key=len, reverse=True)
    if not wanted:
        return [(text, False)]
    words = "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in wanted)
    pieces, position = [], 0
    for found in re.finditer(words, text, re.IGNORECASE):
        pieces += [(text[position : found.start()], False), (found[0], True)]
        position = found.end()
    return [piece for piece in (*pieces, (text[position:], False)) if piece[0]]


def pages_of(lengths: Sequence[int], *, most: int, characters: int) -> list[tuple[int, int]]:
    """Cut a row of texts into pages of at most `most` texts and about `characters` in all.

    Return (first, one past the last) of each page; every text is on exactly one page.
    """
    pages, first, filled = [], 0, 0
    for index, length in enumerate(lengths):
        full = index - first >= most or filled + length > characters
        if index > first and full:
            pages.append((first, index))
            first, filled = index, 0
        filled += length
    return [*pages, (first, len(lengths))] if lengths else [(0, 0)]
