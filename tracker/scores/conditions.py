"""What the rules say of a line, as conditions over joined Score, Criterion, Remedy."""

from datetime import date
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, case, false, func, null, or_, select, type_coerce

from tracker.criteria.models import Criterion
from tracker.criteria.rules import RuleKind
from tracker.db import Points
from tracker.scores.models import CriterionOwner, Remedy, RemedyProgress, Score, remedy_tasks
from tracker.scores.rules import Standing
from tracker.tasks.models import Task
from tracker.tasks.queries import open_, overdue

ZERO = Decimal(0)


class Show(StrEnum):
    """Which lines a list holds."""

    LOST = "lost"
    COVERED = "covered"
    COMPLETE = "complete"
    GOING = "going"
    RISK = "risk"
    BARE = "bare"
    OPEN = "open"
    NO_OWNER = "no-owner"
    UNSCORED = "unscored"


def lost_in_sql() -> ColumnElement[Decimal | None]:
    """Return the points lost on a joined Score and Criterion, as `rules.lost_points` says."""
    found = case(
        (or_(Score.not_applicable, Criterion.rule_kind == RuleKind.BONUS), 0),
        (Score.final_score.is_(None), null()),
        (Criterion.rule_kind == RuleKind.PENALTY, type_coerce(Score.final_score, Points.impl)),
        else_=type_coerce(Criterion.max_points, Points.impl)
        - type_coerce(Score.final_score, Points.impl),
    )
    return type_coerce(found, Points)


def covered_in_sql() -> ColumnElement[Decimal | None]:
    """Return what the joined Remedy covers of the points lost; NULL without a remedy."""
    lost = lost_in_sql()
    found = case(
        (Remedy.id.is_(None), null()),
        (Remedy.expected_points < lost, Remedy.expected_points),
        else_=lost,
    )
    return type_coerce(found, Points)


def has_task(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return the condition that a task linked to the joined Remedy meets `condition`.

    Only tasks led by its owner or by the unit of the joined Score: what other units owe does not
    speak for these points.
    """
    return (
        select(remedy_tasks.c.task_id)
        .join(Task, Task.id == remedy_tasks.c.task_id)
        .where(
            remedy_tasks.c.remedy_id == Remedy.id,
            or_(Task.lead_unit_id == Remedy.owner_unit_id, Task.lead_unit_id == Score.unit_id),
            condition,
        )
        .correlate(Remedy, Score)
        .exists()
    )


def standing_in_sql(standing: Standing, today: date) -> ColumnElement[bool]:
    """Return the condition that the joined Remedy stands so, as `rules.standing_of` says."""
    complete = and_(Remedy.evidence_complete_on.is_not(None), ~has_task(open_()))
    past = func.coalesce(Remedy.due_on < today, false())
    late = and_(Remedy.evidence_complete_on.is_(None), past)
    risk = and_(~complete, or_(late, has_task(overdue(today))))
    conditions = {
        Standing.COMPLETE: complete,
        Standing.RISK: risk,
        Standing.GOING: and_(~complete, ~risk),
    }
    return and_(Remedy.id.is_not(None), conditions[standing])


def _has_evidence() -> ColumnElement[bool]:
    return (
        select(RemedyProgress.id)
        .where(RemedyProgress.remedy_id == Remedy.id, RemedyProgress.evidence.any())
        .correlate(Remedy)
        .exists()
    )


def shown(show: Show, today: date) -> ColumnElement[bool]:
    """Return the condition that a line belongs to a list."""
    lost, covered = lost_in_sql(), covered_in_sql()
    covers = and_(Remedy.id.is_not(None), covered > ZERO)
    left = or_(Remedy.id.is_(None), Remedy.expected_points < lost)
    conditions: dict[Show, ColumnElement[bool]] = {
        Show.LOST: lost > ZERO,
        Show.COVERED: covers,
        Show.COMPLETE: and_(covers, standing_in_sql(Standing.COMPLETE, today)),
        Show.GOING: and_(covers, standing_in_sql(Standing.GOING, today)),
        Show.RISK: and_(covers, standing_in_sql(Standing.RISK, today)),
        Show.BARE: and_(covers, Remedy.evidence_complete_on.is_(None), ~_has_evidence()),
        Show.OPEN: and_(lost > ZERO, left),
        Show.NO_OWNER: CriterionOwner.id.is_(None),
        Show.UNSCORED: and_(Score.final_score.is_(None), ~Score.not_applicable),
    }
    return conditions[show]
