"""How a signed text differs from the draft that was read, by clause and by word. Pure."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

CONTEXT = 14  # equal words shown on each side of a difference
MOST_WORDS = 6_000  # of one stretch that is compared word by word
ALIKE = 0.3
_SAME_SIGNS = str.maketrans("“”„‘’–—−\u00a0", '"""\'\'--- ')
_EMPHASIS = re.compile(r"[*_]+")


class Change(StrEnum):
    """What became of a piece of the draft."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"
    LEFT_OUT = "left_out"  # equal words that are not shown


@dataclass(frozen=True)
class Piece:
    """Words that stayed, went or came."""

    change: Change
    words: str


@dataclass(frozen=True)
class Difference:
    """What differs in the draft's clause number `index`; -1: before the first one."""

    index: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Comparison:
    """All differences; `alike` is the share of clauses that stand in both, from 0 to 1."""

    differences: tuple[Difference, ...]
    alike: float

    @property
    def another_document(self) -> bool:
        """Tell whether the two texts hardly can be the same document."""
        return self.alike < ALIKE


def compare(draft: Sequence[str], signed: Sequence[str]) -> Comparison:
    """Compare the texts of clauses; white space, emphasis and kinds of dashes do not count."""
    before = [_words(text) for text in draft]
    after = [_words(text) for text in signed]
    matcher = SequenceMatcher(
        a=[_key(words) for words in before], b=[_key(words) for words in after], autojunk=False
    )
    found: list[Difference] = []
    equal = 0
    for tag, first, last, start, end in matcher.get_opcodes():
        gone = [(index, word) for index in range(first, last) for word in before[index]]
        new = [word for words in after[start:end] for word in words]
        if tag == "equal":
            equal += len(gone)
            continue
        same, differences = _stretch(gone, new, first - 1)
        equal += same
        found += differences
    total = max(sum(map(len, before)), sum(map(len, after)), 1)
    return Comparison(tuple(found), equal / total)


def _stretch(
    gone: list[tuple[int, str]], new: list[str], above: int
) -> tuple[int, list[Difference]]:
    """Compare a stretch word by word; return how many words are equal, and what differs."""
    if max(len(gone), len(new)) > MOST_WORDS:
        opcodes = [("replace", 0, len(gone), 0, len(new))]
    else:
        words = [_signs(word) for _, word in gone]
        matcher = SequenceMatcher(a=words, b=[_signs(word) for word in new], autojunk=False)
        opcodes = list(matcher.get_opcodes())
    pieces: dict[int, list[Piece]] = {}
    equal, place = 0, gone[0][0] if gone else above
    for tag, first, last, start, end in opcodes:
        change = Change.SAME if tag == "equal" else Change.GONE
        equal += last - first if tag == "equal" else 0
        for index, said in _by_clause(gone[first:last]):
            pieces.setdefault(index, []).append(Piece(change, said))
            place = index
        if tag != "equal" and new[start:end]:
            pieces.setdefault(place, []).append(Piece(Change.NEW, " ".join(new[start:end])))
    return equal, [
        Difference(index, tuple(_shortened(found)))
        for index, found in sorted(pieces.items())
        if any(piece.change is not Change.SAME for piece in found)
    ]


def _by_clause(gone: list[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    run: list[str] = []
    for position, (index, word) in enumerate(gone):
        run.append(word)
        if position + 1 == len(gone) or gone[position + 1][0] != index:
            yield index, " ".join(run)
            run = []


def _shortened(pieces: list[Piece]) -> Iterator[Piece]:
    """Leave out equal words far from a difference."""
    for number, piece in enumerate(pieces):
        words = piece.words.split()
        if piece.change is not Change.SAME or len(words) <= 2 * CONTEXT:
            yield piece
            continue
        if number > 0:
            yield Piece(Change.SAME, " ".join(words[:CONTEXT]))
        yield Piece(Change.LEFT_OUT, "…")
        if number + 1 < len(pieces):
            yield Piece(Change.SAME, " ".join(words[-CONTEXT:]))


def _words(text: str) -> list[str]:
    return _EMPHASIS.sub("", unicodedata.normalize("NFC", text)).replace(" | ", " ").split()


def _key(words: list[str]) -> str:
    return _signs(" ".join(words))


def _signs(words: str) -> str:
    return words.translate(_SAME_SIGNS)
