"""Letters on a page and the lines that they form. Pure.

Coordinates are points, y grows upwards.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import median

from tracker.evidence.syllables import is_syllable

GAP_OF_WORDS = 0.18  # of the size of the letters
GAP_OF_COLUMNS = 1.3

_MARKER = re.compile(
    r"(?:[IVX]{1,5}|\d{1,2}(?:\.\d{1,2})*|[a-zđA-H])\s?[.)]+|[-–+•*●▪]|\([\divx]+\)"
)


@dataclass(frozen=True, slots=True)
class Char:
    """One letter and its box; `size` of its font."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    size: float


@dataclass(frozen=True, slots=True)
class Rule:
    """A drawn line: level at height `at` from `start` to `end`, or upright at `at`."""

    level: bool
    at: float
    start: float
    end: float


@dataclass
class Page:
    """What is drawn on a page."""

    width: float
    height: float
    chars: list[Char]
    rules: list[Rule]


@dataclass
class Chunk:
    """Words of one line without a wide gap."""

    text: str
    left: float
    right: float
    bottom: float
    size: float


@dataclass
class Row:
    """A row of a table, or (`cells` empty) a line of text; `bottom` orders them on the page."""

    bottom: float
    chunks: list[Chunk] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    table: int = 0


def lines_of(chars: Iterable[Char]) -> list[list[Chunk]]:
    """Return the lines, from the top, each as its chunks from the left."""
    lines: list[list[Char]] = []
    for char in sorted(chars, key=lambda c: (-(c.bottom + c.top) / 2, c.left)):
        middle = (char.bottom + char.top) / 2
        for line in lines[-3:]:
            if line[0].bottom < middle < line[0].top:
                line.append(char)
                break
        else:
            lines.append([char])
    found = [_chunks(sorted(line, key=lambda c: c.left)) for line in lines]
    return sorted((line for line in found if line), key=lambda line: -line[0].bottom)


def _chunks(line: list[Char]) -> list[Chunk]:
    """Cut a line where the gap is that of columns; a list's marker stays with its words."""
    chunks: list[Chunk] = []
    words: list[str] = []
    run: list[Char] = []
    for char in line:
        if char.text.isspace() or char.text == "\u00a0":
            if words and words[-1] != " ":
                words.append(" ")
            continue
        if run:
            gap, size = char.left - run[-1].right, max(char.size, run[-1].size, 1)
            if gap > GAP_OF_COLUMNS * size and not _MARKER.fullmatch("".join(words).strip()):
                chunks.append(_chunk(words, run))
                words, run = [], []
            elif gap > GAP_OF_WORDS * size and words[-1] != " ":
                words.append(" ")
            elif gap < -0.6 * size and char.text == run[-1].text:
                continue  # the same letter drawn twice to look bold
        words.append(char.text)
        run.append(char)
    if run:
        chunks.append(_chunk(words, run))
    return chunks


def _chunk(words: list[str], run: list[Char]) -> Chunk:
    return Chunk(
        "".join(words).strip(),
        run[0].left,
        run[-1].right,
        median(char.bottom for char in run),
        median(char.size for char in run),
    )


def joined(before: str, words: str) -> str:
    """Return two lines of one paragraph as one; a hyphen is kept between syllables only."""
    if before.endswith("\u00ad"):
        return before[:-1] + words
    if before.endswith("-") and not before.endswith((" -", "--")):
        left = re.split(r"\W", before[:-1])[-1]
        right = re.split(r"\W", words, maxsplit=1)[0]
        broken = (
            left.isalpha() and right.islower() and not (is_syllable(left) and is_syllable(right))
        )
        return (before[:-1] if broken else before) + words
    return f"{before} {words}"
