"""Mutated and hostile texts: always an answer, every character accounted for, in linear time.

The suite reads some hundred mutations; `make fuzz-extraction` reads 10,000.
"""

import os
import random
import time
import unicodedata
from collections.abc import Callable

import pytest

from tests.files.gold import FOLDER, load
from tracker.extraction.reading import Reading, read_notice

ROUNDS = int(os.environ.get("TRACKER_FUZZ", "200"))
TEXTS = [load(path).text for path in sorted(FOLDER.glob("*.txt"))]
SLOW_SECONDS = 2.0
PIECES = (
    "(" * 50, "giao " * 30, "phối hợp với ", ", ", "; ", ":", "|", "|\n|\n", "1. ", "a) ", "- ",
    "\u202e", "\u200b", "\ufeff", "\x00", "А", "\u0301", "trước ngày ", "99/99/9999", "quý IV",
    "**", "\r\n", "\n\n", "“", "các Sở: ", "do ", "Sở ", "…", "１２", "TM. ", "Nơi nhận:", "𝕊ở",
)  # fmt: skip


def swap_words(text: str, chance: random.Random) -> str:
    words = text.split(" ")
    for _ in range(20):
        a, b = chance.randrange(len(words)), chance.randrange(len(words))
        words[a], words[b] = words[b], words[a]
    return " ".join(words)


def insert(text: str, chance: random.Random) -> str:
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(len(text) + 1)
        text = text[:at] + chance.choice(PIECES) + text[at:]
    return text


def cut(text: str, chance: random.Random) -> str:
    start, end = sorted(chance.randrange(len(text) + 1) for _ in range(2))
    return text[:start] + text[end:]


def break_lines(text: str, chance: random.Random) -> str:
    return "".join("\n" if char == " " and chance.random() < 0.1 else char for char in text)


def join_lines(text: str, chance: random.Random) -> str:
    return "".join("" if char == "\n" and chance.random() < 0.7 else char for char in text)


def decompose(text: str, _: random.Random) -> str:
    return unicodedata.normalize("NFD", text)


def shout(text: str, chance: random.Random) -> str:
    return text.upper() if chance.random() < 0.5 else text.lower()


MUTATIONS: tuple[Callable[[str, random.Random], str], ...] = (
    swap_words, insert, cut, break_lines, join_lines, decompose, shout,
)  # fmt: skip


def accounted(text: str, found: Reading) -> None:
    """Check that clauses and frame hold every character once, and quotes stand where they say."""
    pieces = [(clause.start, clause.end) for clause in found.clauses]
    position = 0
    for start, end in sorted([*pieces, *((span.start, span.end) for span in found.frame)]):
        assert start == position
        position = end
    assert position == len(text)
    for item in found.proposals:
        assert item.quote == text[item.start : item.end]
        assert all(0 <= part.start <= part.end <= len(text) for part in item.findings)


def test_mutated_texts_are_read_without_exception_or_slow_case() -> None:
    chance = random.Random(20260302)  # noqa: S311
    for _ in range(ROUNDS):
        text = chance.choice(TEXTS)
        for mutate in chance.sample(MUTATIONS, chance.randint(1, 3)):
            text = mutate(text, chance) or " "
        start = time.process_time()
        accounted(text, read_notice(text))
        assert time.process_time() - start < SLOW_SECONDS, text[:200]


@pytest.mark.parametrize(
    "piece",
    [
        "(", ")", "[", "giao ", "giao Sở ", "phối hợp ", "phối hợp với Sở A, ", ",", "1", "1. ",
        "các ", "các Sở: ", "Sở A và ", "trước ", "trước ngày 1/1, ", "từ ngày ", " ", "\n", "-\n",
        "a) ", "|", "**", "“", "…", "do Sở A ", "Về đề nghị ", "sẽ ", "Sở Nội vụ; ", "\u0301",
        "trong quá trình thực hiện ", "ngày 1 tháng ", "TP. ", "I. A\n", "tháng 1, ",
    ],
)  # fmt: skip
def test_repeated_pieces_are_read_in_linear_time(piece: str) -> None:
    def seconds(length: int) -> float:
        text = piece * (length // len(piece))
        start = time.process_time()
        read_notice(text)
        return time.process_time() - start

    short, long = seconds(6_000), seconds(24_000)
    assert long < max(8 * short, 1.5)
