"""Lost points, causes and how a remedy stands. Pure."""

from decimal import Decimal
from enum import StrEnum

from tracker.errors import N_
from tracker.words import name_words


class CauseClass(StrEnum):
    """Why points were lost."""

    NO_EVIDENCE = "no_evidence"
    LATE = "late"
    NOT_DONE = "not_done"
    WRONG_FORM = "wrong_form"
    SURVEY = "survey"
    OUTSIDE = "outside"
    DISPUTED = "disputed"


class Direction(StrEnum):
    """Which way an indicator is better."""

    UP = "up"
    DOWN = "down"


class Measure(StrEnum):
    """In what an indicator or a result is measured."""

    POINTS = "points"
    PERCENT = "percent"
    RANK = "rank"
    NUMBER = "number"


name_words(
    {
        CauseClass.NO_EVIDENCE: N_("No evidence"),
        CauseClass.LATE: N_("Done late"),
        CauseClass.NOT_DONE: N_("Not done"),
        CauseClass.WRONG_FORM: N_("Wrong form or content"),
        CauseClass.SURVEY: N_("Survey result"),
        CauseClass.OUTSIDE: N_("Outside the unit's power"),
        CauseClass.DISPUTED: N_("Disputed"),
        Direction.UP: N_("Higher is better"),
        Direction.DOWN: N_("Lower is better"),
        Measure.POINTS: N_("points"),
        Measure.PERCENT: N_("percent"),
        Measure.RANK: N_("rank"),
        Measure.NUMBER: N_("number"),
    }
)


def lost_points(
    max_points: Decimal, final: Decimal | None, *, not_applicable: bool
) -> Decimal | None:
    """Return maximum − final; None while there is no final score; 0 when not applicable."""
    if not_applicable:
        return Decimal(0)
    return None if final is None else max_points - final
