"""Lost points, causes, how a remedy stands, and where an indicator is heading. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from tracker.criteria.rules import BESIDE_THE_MAXIMUM, RuleKind
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


class Confidence(StrEnum):
    """How sure the owner is that a remedy brings its points back: said, never reckoned with."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


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
        Confidence.HIGH: N_("high"),
        Confidence.MEDIUM: N_("medium"),
        Confidence.LOW: N_("low"),
        Direction.UP: N_("Higher is better"),
        Direction.DOWN: N_("Lower is better"),
        Measure.POINTS: N_("points"),
        Measure.PERCENT: N_("percent"),
        Measure.RANK: N_("rank"),
        Measure.NUMBER: N_("number"),
    }
)


class Standing(StrEnum):
    """How the points lost on one criterion stand: the parts of the recovery account."""

    COMPLETE = "complete"
    GOING = "going"
    RISK = "risk"
    OPEN = "open"


name_words(
    {
        Standing.COMPLETE: N_("Evidence complete"),
        Standing.GOING: N_("On the way, in time"),
        Standing.RISK: N_("At risk (overdue)"),
        Standing.OPEN: N_("Without a plan"),
    }
)

HUNDRED = Decimal(100)
BETTER_BY_DEFAULT = {Measure.RANK: Direction.DOWN}


def counted_maximum(
    max_points: Decimal, kind: RuleKind = RuleKind.JUDGED, *, not_applicable: bool = False
) -> Decimal:
    """Return what a leaf adds to the unit's own maximum.

    What does not apply takes its maximum out; bonus and penalty stand beside the maximum.
    """
    return Decimal(0) if not_applicable or kind in BESIDE_THE_MAXIMUM else max_points


def counted_value(
    final: Decimal | None, kind: RuleKind = RuleKind.JUDGED, *, not_applicable: bool = False
) -> Decimal:
    """Return what a leaf adds to the unit's value; a penalty's points are taken off."""
    if final is None or not_applicable:
        return Decimal(0)
    return -final if kind is RuleKind.PENALTY else final


def lost_points(
    max_points: Decimal,
    final: Decimal | None,
    *,
    not_applicable: bool,
    kind: RuleKind = RuleKind.JUDGED,
) -> Decimal | None:
    """Return maximum − final; None while there is no final score; 0 when not applicable.

    A bonus not won is not lost; of a penalty the points taken off are.
    """
    if not_applicable or kind is RuleKind.BONUS:
        return Decimal(0)
    if final is None:
        return None
    return final if kind is RuleKind.PENALTY else max_points - final


def share_of(value: Decimal, whole: Decimal) -> Decimal | None:
    """Return `value` as a percentage of `whole`, at two places; None where there is no whole."""
    return round(value * HUNDRED / whole, 2) if whole else None


def standing_of(
    *,
    has_remedy: bool,
    due_on: date | None,
    complete_on: date | None,
    today: date,
    open_task: bool = False,
    late_task: bool = False,
) -> Standing:
    """Return how the covered points of a criterion stand; the due day itself is in time.

    The linked tasks have their say: evidence is complete only when none of them is open any
    more, and one overdue task puts the points at risk. Nobody calls a point certain before the
    appraisal: complete says only that the evidence is.
    """
    if not has_remedy:
        return Standing.OPEN
    if complete_on is not None and not open_task:
        return Standing.COMPLETE
    late = complete_on is None and due_on is not None and due_on < today
    return Standing.RISK if late or late_task else Standing.GOING


@dataclass(frozen=True)
class Forecast:
    """Where an indicator will be on a target's day at the pace between first and last value."""

    value: Decimal
    short_by: Decimal

    @property
    def misses(self) -> bool:
        """Tell whether the target will be missed."""
        return self.short_by > 0


def forecast(
    measured: Sequence[tuple[date, Decimal]],
    *,
    target: Decimal,
    due_on: date,
    direction: Direction,
    measure: Measure,
) -> Forecast | None:
    """Return where the pace so far leads, in the indicator's own unit, rounded to 0,1.

    None: fewer than two days measured. A value at or after `due_on` is the answer itself. A
    percentage stays within 0 and 100, a rank above 0; ranks are whole.
    """
    if not measured:
        return None
    (first_on, first), (last_on, last) = measured[0], measured[-1]
    if last_on >= due_on:
        value = next(value for on, value in measured if on >= due_on)
    elif last_on == first_on:
        return None
    else:
        days = Decimal((due_on - last_on).days) / Decimal((last_on - first_on).days)
        value = _within(round(last + (last - first) * days, 1), measure)
    short = target - value if direction is Direction.UP else value - target
    return Forecast(value, max(short, Decimal(0)))


def _within(value: Decimal, measure: Measure) -> Decimal:
    if measure is Measure.PERCENT:
        return min(max(value, Decimal(0)), HUNDRED)
    return max(round(value, 0), Decimal(1)) if measure is Measure.RANK else max(value, Decimal(0))
