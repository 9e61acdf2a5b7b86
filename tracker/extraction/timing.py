"""The deadlines of a text under reading, found once per block and asked for by offsets."""

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from datetime import date

from tracker.deadlines.rules import (
    Deadline,
    DeadlineKind,
    FoundDeadline,
    find_deadlines,
    parse_deadline,
)
from tracker.workdays import WorkCalendar

_MARKUP = re.compile(r"[*_]+")
_LIMITS = ("trước", "chậm", "muộn", "trễ", "hạn", "thời hạn", "hoàn thành", "xong")
_WITHIN = ("trong", "vào", "ngay")


@dataclass
class Timing:
    """How this text's deadlines are read, and those of the block looked at."""

    text: str
    issued_on: date | None
    calendar: WorkCalendar = field(default_factory=WorkCalendar)
    before_excludes_day: bool = False
    found: list[FoundDeadline] = field(default_factory=list)

    def look_at(self, start: int, end: int) -> None:
        """Search one block."""
        self.found = [
            FoundDeadline(item.start + start, item.end + start, item.deadline)
            for item in find_deadlines(
                self.text[start:end],
                self.issued_on,
                self.calendar,
                before_excludes_day=self.before_excludes_day,
            )
        ]

    def between(self, start: int, end: int) -> list[FoundDeadline]:
        """Return the deadlines that lie in `text[start:end]` of the block looked at."""
        first = bisect_left(self.found, start, key=_where)
        last = bisect_left(self.found, end, key=_where)
        return [item for item in self.found[first:last] if item.end <= end]

    def is_dated(self, start: int, end: int) -> bool:
        """Tell whether a date is set in `text[start:end]`."""
        return any(item.deadline.due_on for item in self.between(start, end))

    def parsed(self, words: str) -> Deadline:
        """Read words that are a deadline and nothing else."""
        return parse_deadline(
            _MARKUP.sub("", words),
            self.issued_on,
            self.calendar,
            before_excludes_day=self.before_excludes_day,
        )


def choose(found: list[FoundDeadline]) -> FoundDeadline | None:
    """Choose among the deadlines of one task: a day named as limit before a period or stretch."""
    dated = [item for item in found if item.deadline.due_on]
    if dated:
        return min(dated, key=lambda item: _weakness(item.deadline))
    return found[0] if found else None


def _weakness(deadline: Deadline) -> tuple[int, bool]:
    words = deadline.text.lower()
    rank = 2
    if words.startswith(_LIMITS):
        rank = 0
    elif words.startswith(_WITHIN):
        rank = 1
    return rank, deadline.kind is DeadlineKind.YEAR


def _where(item: FoundDeadline) -> int:
    return item.start
