"""A notice's text cut for the page. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True)
class Span:
    """Words of the notice, `text[start:end]`, that something was read from; `key` names it.

    `plain` spans are found but not marked: the quote of a whole task. Links lead to an `anchor`.
    """

    start: int
    end: int
    key: str
    plain: bool = False
    anchor: bool = True


@dataclass(frozen=True)
class Stretch:
    """A stretch of the text that the same spans cover; `first` is the key that links lead to."""

    text: str
    marked: bool = False
    keys: tuple[str, ...] = ()
    first: str = ""


def stretches(text: str, start: int, spans: Iterable[Span]) -> list[Stretch]:
    """Cut `text`, which stands at `start` of the notice, where spans begin and end."""
    end = start + len(text)
    inside = [span for span in spans if span.start < end and span.end > start]
    cuts = {start, end}
    for span in inside:
        cuts |= {max(start, span.start), min(end, span.end)}
    places = sorted(cuts)
    found = []
    for begin, stop in pairwise(places):
        over = [span for span in inside if span.start < stop and span.end > begin]
        found.append(
            Stretch(
                text[begin - start : stop - start],
                any(not span.plain for span in over),
                tuple(span.key for span in over),
                next((span.key for span in over if span.anchor and span.start == begin), ""),
            )
        )
    return found


def found_spans(text: str, start: int, phrases: Iterable[tuple[str, str]]) -> list[Span]:
    """Return where phrases (words, key) stand in a text; for what was read before rules told."""
    spans = []
    for words, key in phrases:
        if not words.strip():
            continue
        pattern = r"\s+".join(re.escape(word) for word in words.split())
        if found := re.search(pattern, text, re.IGNORECASE):
            spans.append(Span(start + found.start(), start + found.end(), key))
    return spans


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
