"""Marked texts: gold tasks written into the text itself, and a score of what was read in them.

A marked text begins with a line `ref YYYY-MM-DD` (the date of the document); a task stands between
`⟪leads | coordinating | due date⟫` and `⟪/⟫`, names parted by semicolons outside group names.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from tracker.folding import settle

FOLDER = Path(__file__).parent / "readings"
_MARK = re.compile(r"⟪(?P<fields>[^⟫]*)⟫")
ENOUGH = 0.5


@dataclass(frozen=True)
class Task:
    """One task of the gold, or one that was read: `text[start:end]`."""

    start: int
    end: int
    lead: frozenset[str]
    coordinate: frozenset[str]
    due_on: date | None


@dataclass(frozen=True)
class Gold:
    """A text with the tasks that a careful reader finds in it."""

    name: str
    issued_on: date
    text: str
    tasks: tuple[Task, ...]
    ignored: tuple[tuple[int, int], ...] = ()


def load(path: Path) -> Gold:
    """Read a marked text."""
    return parse(path.stem, path.read_text("utf-8"))


def parse(name: str, whole: str) -> Gold:
    """Take the marks out of a text."""
    first, _, marked = whole.partition("\n")
    pieces, tasks, opened, position, length = [], [], None, 0, 0
    for mark in _MARK.finditer(marked):
        piece = marked[position : mark.start()]
        pieces.append(piece)
        length += len(piece)
        position = mark.end()
        if mark["fields"] != "/":
            opened = (length, mark["fields"])
            continue
        assert opened, name
        lead, coordinate, due = (part.strip() for part in opened[1].split("|"))
        due_on = date.fromisoformat(due) if due else None
        tasks.append(Task(opened[0], length, names(lead), names(coordinate), due_on))
        opened = None
    pieces.append(marked[position:])
    issued_on = date.fromisoformat(first.removeprefix("ref "))
    return Gold(name, issued_on, "".join(pieces), tuple(tasks))


def names(words: str | Iterable[str]) -> frozenset[str]:
    """Return names in the form in which they are compared."""
    parts = words.split(";") if isinstance(words, str) else words
    plain = (settle(part).replace("ủy ban nhân dân", "ubnd").strip(" .,") for part in parts)
    return frozenset(name for name in plain if name)


@dataclass
class Score:
    """Counts over several texts; the ratios are F1, dates a share of the dated that match."""

    matched: int = 0
    gold: int = 0
    read: int = 0
    lead: list[int] = field(default_factory=lambda: [0, 0, 0])
    coordinate: list[int] = field(default_factory=lambda: [0, 0, 0])
    dated: int = 0
    dated_right: int = 0
    wrong: list[tuple[str, str]] = field(default_factory=list)

    @property
    def task_f1(self) -> float:
        """Return the F1 of tasks found at an overlap of at least one half."""
        return _f1(self.matched, self.gold, self.read)

    @property
    def lead_f1(self) -> float:
        """Return the F1 of leads over the tasks that were found."""
        return _f1(*self.lead)

    @property
    def coordinate_f1(self) -> float:
        """Return the F1 of coordinating units over the tasks that were found."""
        return _f1(*self.coordinate)

    @property
    def dated_share(self) -> float:
        """Return the share of the found dated tasks whose date is right."""
        return self.dated_right / self.dated if self.dated else 1.0

    def add(self, text: Gold, read: Sequence[Task]) -> None:
        """Match what was read with the gold, one to one, the best overlaps first.

        What was read in an ignored stretch, such as a headline, counts neither way.
        """
        gold = text.tasks
        self.gold += len(gold)
        overlaps = sorted(
            ((_overlap(a, b), i, j) for i, a in enumerate(gold) for j, b in enumerate(read)),
            reverse=True,
        )
        pairs: dict[int, int] = {}
        for overlap, i, j in overlaps:
            if overlap >= ENOUGH and i not in pairs and j not in pairs.values():
                pairs[i] = j
        for i, task in enumerate(gold):
            if i in pairs:
                self._compare(_words(text, task), task, read[pairs[i]])
            else:
                self.wrong.append(("missed", _words(text, task)))
        matched = set(pairs.values())
        extra = [task for j, task in enumerate(read) if j not in matched]
        extra = [task for task in extra if not _is_ignored(text, task)]
        self.read += len(matched) + len(extra)
        self.wrong.extend(("extra", _words(text, task)) for task in extra)

    def _compare(self, words: str, gold: Task, read: Task) -> None:
        self.matched += 1
        for kind, tally, a, b in (
            ("lead", self.lead, gold.lead, read.lead),
            ("coordinate", self.coordinate, gold.coordinate, read.coordinate),
        ):
            tally[0] += len(a & b)
            tally[1] += len(a)
            tally[2] += len(b)
            if a != b:
                self.wrong.append((kind, f"{words}: {sorted(b)} for {sorted(a)}"))
        if gold.due_on:
            self.dated += 1
            self.dated_right += gold.due_on == read.due_on
        if gold.due_on != read.due_on:
            self.wrong.append(("date", f"{words}: {read.due_on} for {gold.due_on}"))


def score(golds: Iterable[Gold], read: Callable[[Gold], Sequence[Task]]) -> Score:
    """Score a reader over texts."""
    total = Score()
    for gold in golds:
        total.add(gold, read(gold))
    return total


def _words(gold: Gold, task: Task) -> str:
    return f"{gold.name}: {' '.join(gold.text[task.start : task.end].split())[:90]}"


def _is_ignored(gold: Gold, task: Task) -> bool:
    shared = (min(task.end, end) - max(task.start, start) for start, end in gold.ignored)
    return any(length >= ENOUGH * (task.end - task.start) for length in shared)


def _overlap(a: Task, b: Task) -> float:
    shared = max(0, min(a.end, b.end) - max(a.start, b.start))
    return shared / (a.end - a.start + b.end - b.start - shared) if shared else 0.0


def _f1(right: int, gold: int, read: int) -> float:
    return 2 * right / (gold + read) if gold + read else 1.0


def wrap(text: str, width: int) -> str:
    """Break lines at `width` as a page does, spaces becoming line ends: all offsets stay."""
    return "\n".join(_wrapped(line, width) for line in text.split("\n")) if width else text


def _wrapped(line: str, width: int) -> str:
    if "|" in line:
        return line
    chars, start, space = list(line), 0, -1
    for at, char in enumerate([*line, " "]):
        if char != " ":
            continue
        if at - start > width and space > start:
            chars[space] = "\n"
            start = space + 1
        space = at
    return "".join(chars)
