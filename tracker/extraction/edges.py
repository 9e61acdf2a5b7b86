"""The lines at the edges of a document, in which columns stand side by side."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_SIDE_BY_SIDE = re.compile(r"\s*\|\s*|\t+| {3,}")
_RULE = re.compile(r"[\s\-–—_=*~.·•|+:]*$")
MOST_SMALL_LETTERS = 0.2


@dataclass(frozen=True)
class Stretch:
    """Characters `start` to `end` of the text as read."""

    start: int
    end: int


@dataclass(frozen=True)
class Line:
    """One line of the text: where it stands and its words without white space around them."""

    start: int
    end: int
    words: str


def lines_of(text: str, *, start: int = 0, most: int = 0) -> Iterator[Line]:
    """Yield the lines of `text` from `start` on, at most `most` that hold anything (0: all)."""
    position, filled = start, 0
    while position < len(text) and (not most or filled < most):
        stop = text.find("\n", position)
        stop = len(text) if stop < 0 else stop + 1
        words = text[position:stop].strip()
        filled += bool(words)
        yield Line(position, stop, words)
        position = stop


def part_texts(words: str) -> list[str]:
    """Return what stands side by side on one line."""
    return [part for part in _SIDE_BY_SIDE.split(words) if part.strip()]


def is_rule(words: str) -> bool:
    """Tell whether a line is only drawn: dashes, stars, bars."""
    return _RULE.match(words) is not None


def shouts(words: str) -> bool:
    """Tell whether `words` are written in capitals (a "và" among them does not count)."""
    letters = [char for char in words if char.isalpha()]
    small = sum(char.islower() for char in letters)
    return bool(letters) and small <= len(letters) * MOST_SMALL_LETTERS
