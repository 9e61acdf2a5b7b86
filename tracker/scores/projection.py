"""What the next score of a unit will be, under an assumption that stands beside it. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from tracker.errors import N_
from tracker.scores.rules import Standing
from tracker.words import name_words


class Assumption(StrEnum):
    """What is assumed of the remedies; criteria without lost points keep their score."""

    NOTHING_MORE = "nothing-more"
    PRESENT_PACE = "present-pace"
    ALL_HOLD = "all-hold"


name_words(
    {
        Assumption.NOTHING_MORE: N_("Nothing more is done"),
        Assumption.PRESENT_PACE: N_("At the present pace"),
        Assumption.ALL_HOLD: N_("All remedies hold"),
    }
)

RETURNS = {
    Assumption.NOTHING_MORE: (Standing.COMPLETE,),
    Assumption.PRESENT_PACE: (Standing.COMPLETE, Standing.GOING),
    Assumption.ALL_HOLD: (Standing.COMPLETE, Standing.GOING, Standing.RISK),
}
"""Which parts of the recovery account come back: what is late stays lost unless all hold."""


@dataclass(frozen=True)
class Projection:
    """The next value of a unit under one assumption, and how it is reckoned.

    `value` = `base` + `returned`, in points; `added` is what this assumption adds to the one
    before it.
    """

    assumption: Assumption
    base: Decimal
    returned: Decimal
    added: Decimal

    @property
    def value(self) -> Decimal:
        """The projected value."""
        return self.base + self.returned


def projections(value: Decimal, parts: Mapping[Standing, Decimal]) -> list[Projection]:
    """Return the projections of a unit that has `value`, the most careful first.

    `parts` are the points of the recovery account by standing. "Nothing more" is the last final
    score and the points whose evidence is complete and whose tasks are accepted.
    """
    found: list[Projection] = []
    for assumption in Assumption:
        returned = sum((parts[standing] for standing in RETURNS[assumption]), Decimal(0))
        before = found[-1].returned if found else Decimal(0)
        found.append(Projection(assumption, value, returned, returned - before))
    return found


def place_among(value: Decimal, others: Iterable[Decimal]) -> int:
    """Return the place of `value` when the other units keep theirs; equals share a place."""
    return 1 + sum(other > value for other in others)
