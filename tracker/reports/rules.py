"""The five official figures, what stands beside them, and their rates. Pure.

Classes: report 1270/BC-TCTTTg of 27/12/2017. Every rate names its denominator.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from tracker.errors import N_
from tracker.tasks.rules import DeadlineClass
from tracker.words import name_words


class Figure(StrEnum):
    """A figure that can be counted, and whose list can be opened."""

    TOTAL = "total"
    DONE_ON_TIME = "done_on_time"
    DONE_LATE = "done_late"
    OPEN_IN_TIME = "open_in_time"
    OPEN_OVERDUE = "open_overdue"
    UNDATED = "undated"
    STANDING = "standing"


class By(StrEnum):
    """Into which groups figures are parted."""

    UNIT = "unit"
    MEETING = "meeting"
    FIELD = "field"


name_words(
    {
        Figure.TOTAL: N_("Total of tasks"),
        Figure.DONE_ON_TIME: N_("Completed on time"),
        Figure.DONE_LATE: N_("Completed late"),
        Figure.OPEN_IN_TIME: N_("Not completed, within time"),
        Figure.OPEN_OVERDUE: N_("Not completed, overdue"),
        Figure.UNDATED: N_("No deadline yet"),
        Figure.STANDING: N_("Standing task"),
        By.UNIT: N_("By unit"),
        By.MEETING: N_("By meeting"),
        By.FIELD: N_("By field"),
    }
)

OFFICIAL = (
    DeadlineClass.DONE_ON_TIME,
    DeadlineClass.DONE_LATE,
    DeadlineClass.OPEN_IN_TIME,
    DeadlineClass.OPEN_OVERDUE,
)
"""The four classes that sum to the total."""


def classes_of(figure: Figure) -> tuple[DeadlineClass, ...]:
    """Return the classes whose tasks a figure counts."""
    return OFFICIAL if figure is Figure.TOTAL else (DeadlineClass(figure.value),)


@dataclass(frozen=True)
class Rate:
    """A part `value` (0 to 1, not rounded) of `of` tasks; None when there are none."""

    value: float | None
    of: int


@dataclass(frozen=True)
class Figures:
    """The figures over some tasks as of some day. `undated` and `standing` are beside the total."""

    done_on_time: int = 0
    done_late: int = 0
    open_in_time: int = 0
    open_overdue: int = 0
    undated: int = 0
    standing: int = 0

    @property
    def total(self) -> int:
        """Return the sum of the four official classes."""
        return self.done + self.open_in_time + self.open_overdue

    @property
    def done(self) -> int:
        """Return how many are completed."""
        return self.done_on_time + self.done_late

    @property
    def rates(self) -> dict[str, Rate]:
        """Return the rates; what is due is what is done or openly overdue."""
        due = self.done + self.open_overdue
        return {
            "done_of_due": _rate(self.done, due),
            "done_of_all": _rate(self.done, self.total),
            "on_time_of_done": _rate(self.done_on_time, self.done),
            "overdue_of_all": _rate(self.open_overdue, self.total),
        }

    def __getitem__(self, figure: Figure) -> int:
        number: int = getattr(self, figure.value)
        return number

    @classmethod
    def counted(cls, counts: Mapping[DeadlineClass, int]) -> "Figures":
        """Return the figures of a count by class."""
        return cls(**{found.value: number for found, number in counts.items()})


def _rate(part: int, of: int) -> Rate:
    return Rate(part / of if of else None, of)
