"""Reads for the yearly rating of heads: tasks of a unit in a year, and its index result."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from tracker.permissions import Actor, Permission, Scope, scope_of
from tracker.scores.rating_rules import Rating, Weights
from tracker.tasks.models import HandIn, HandInDecision, Task
from tracker.tasks.queries import class_as_of, counts_as_of, visible_to
from tracker.tasks.rules import DeadlineClass, TimeKind, Verdict
from tracker.units.models import Unit


@dataclass(frozen=True)
class RatingRow:
    """One unit of the draft sheet."""

    unit_id: int
    unit_code: str
    unit_name: str
    rating: Rating


@dataclass(frozen=True)
class RatedTask:
    """A task behind the numbers of one unit."""

    id: int
    code: str
    title: str
    effective_on: date | None
    done: bool
    sent_back: bool
    deadline_class: DeadlineClass


def ratings(
    session: Session, year: int, actor: Actor, *, today: date, weights: Weights
) -> list[RatingRow]:
    """Return the rating of each unit with tasks in `year`, by name; a head gets the own units."""
    day = _last_day(year, today)
    done, late = Task.accepted_on <= day, class_as_of(day) == DeadlineClass.DONE_LATE
    rows = session.execute(
        select(
            Unit.id,
            Unit.code,
            Unit.name,
            func.count(),
            func.count().filter(done),
            func.count().filter(done, ~_sent_back()),
            func.count().filter(done, ~late),
        )
        .select_from(Task)
        .join(Unit, Unit.id == Task.lead_unit_id)
        .where(*_in_year(year, day, actor))
        .group_by(Unit.id, Unit.code, Unit.name)
        .order_by(Unit.name)
    )
    return [
        RatingRow(unit_id, code, name, Rating(assigned, done, fine, in_time, weights))
        for unit_id, code, name, assigned, done, fine, in_time in rows
    ]


def rated_tasks(
    session: Session, year: int, unit_id: int, actor: Actor, *, today: date
) -> list[RatedTask]:
    """Return the tasks behind the numbers of one unit, as many as its rating says."""
    day = _last_day(year, today)
    rows = session.execute(
        select(
            Task.id,
            Task.code,
            Task.title,
            Task.effective_on,
            Task.accepted_on <= day,
            _sent_back(),
            class_as_of(day),
        )
        .where(*_in_year(year, day, actor), Task.lead_unit_id == unit_id)
        .order_by(Task.effective_on, Task.id)
    )
    return [
        RatedTask(task_id, code, title, due, bool(done), bool(back), class_)
        for task_id, code, title, due, done, back, class_ in rows
    ]


def rated_unit(session: Session, unit_id: int, actor: Actor) -> Unit:
    """Return the unit whose rating `actor` may read. NoResultFound: there is none."""
    wanted = select(Unit).where(Unit.id == unit_id)
    if scope_of(actor, Permission.SCORE_READ) is not Scope.EVERYWHERE:
        wanted = wanted.where(Unit.id.in_(actor.unit_ids))
    return session.scalars(wanted).one()


def _last_day(year: int, today: date) -> date:
    return min(date(year, 12, 31), today)


def _in_year(year: int, day: date, actor: Actor) -> list[ColumnElement[bool]]:
    """Return the conditions of a year's tasks: due in it, or without a date and done in it."""
    start, end = date(year, 1, 1), date(year, 12, 31)
    dated = and_(Task.time == TimeKind.DATED, Task.effective_on.between(start, end))
    undated = and_(Task.time != TimeKind.DATED, Task.accepted_on.between(start, day))
    found = [counts_as_of(day), or_(dated, undated), visible_to(actor)]
    if scope_of(actor, Permission.SCORE_READ) is not Scope.EVERYWHERE:
        found.append(Task.lead_unit_id.in_(actor.unit_ids))
    return found


def _sent_back() -> ColumnElement[bool]:
    return (
        select(HandIn.id)
        .join(HandInDecision, HandInDecision.hand_in_id == HandIn.id)
        .where(HandIn.task_id == Task.id, HandInDecision.verdict == Verdict.REDO)
        .correlate(Task)
        .exists()
    )


def sheet_row(row: RatingRow) -> dict[str, str | int | Decimal | None]:
    """Return a row of the draft sheet."""
    rating = row.rating
    return {
        "unit": row.unit_code,
        "name": row.unit_name,
        "assigned": rating.assigned,
        "done": rating.done,
        "as_required": rating.as_required,
        "in_time": rating.in_time,
        "quantity": rating.quantity,
        "quality": rating.quality,
        "punctuality": rating.punctuality,
        "total": rating.total,
    }
