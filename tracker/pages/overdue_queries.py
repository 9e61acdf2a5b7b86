"""Reads of the chairperson's page: plain tuples, a fixed number of queries at any size."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    String,
    and_,
    case,
    cast,
    exists,
    func,
    literal,
    null,
    or_,
    select,
    tuple_,
    union_all,
)
from sqlalchemy.orm import Session, aliased

from tracker.committees.models import Committee
from tracker.conclusions.models import Clause, Meeting, Notice, meeting_committees
from tracker.pages.overdue_reasons import reasons
from tracker.reports.queries import AnyRow, AnySelect, Scope, figures, live_counts, within
from tracker.reports.rules import Figures
from tracker.tasks.models import Task, TaskGroup
from tracker.tasks.queries import open_, overdue
from tracker.tasks.rules import DeadlineClass, Workflow
from tracker.units.models import Unit

MEETINGS_SHOWN = 60
MEETING_YEARS = 3
PARTS_SHOWN = 6
CHOICE_LENGTH = 80

Place = tuple[date, date, int]
"""Where a row stands in the list: effective date, nominal date, id."""


@dataclass
class Summary:
    """The figures, what the list may be narrowed to, and how many rows the list has.

    `units` and `fields` are those that have overdue tasks, `meetings` the recent ones.
    """

    figures: Figures
    rows: int = 0
    units: list[tuple[int, str]] = field(default_factory=list)
    meetings: list[tuple[int, str, date]] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class GroupState:
    """How one order to many units stands: `late_units` are the first few that are overdue."""

    units: int
    open_units: int
    late: int
    late_units: list[tuple[int, str]]


def summary(session: Session, everything: Scope, narrowed: Scope, today: date) -> Summary:
    """Return the figures of `narrowed` and the choices within `everything`.

    One query; a second where the tally does not know the narrowing.
    """
    counts: list[AnySelect] = []
    if narrowed.in_tally:
        counts = [
            _line("figure", number, literal(name.value))
            for name, number in live_counts(narrowed, today).items()
        ]
    lines = union_all(
        *counts,
        _line("rows", _row_count(narrowed, today), literal("")),
        _units(everything, today, narrowed.unit_ids),
        _meetings(everything, today, narrowed.meeting_id),
        _fields(everything),
    )
    found = Summary(Figures())
    numbers: dict[DeadlineClass, int] = {}
    for kind, number, words, day in session.execute(lines):
        match kind:
            case "figure":
                numbers[DeadlineClass(words)] = int(number)
            case "rows":
                found.rows = int(number)
            case "unit":
                found.units.append((number, words))
            case "meeting":
                found.meetings.append((number, words, day))
            case _:
                found.fields.append(words)
    found.units.sort(key=lambda unit: unit[1])
    found.meetings.sort(key=lambda meeting: (meeting[2], meeting[0]), reverse=True)
    found.fields.sort()
    found.figures = (
        Figures.counted(numbers)
        if narrowed.in_tally
        else figures(session, narrowed, as_of=today, today=today)
    )
    return found


def overdue_rows(
    session: Session, scope: Scope, today: date, *, after: Place | None, limit: int
) -> Sequence[AnyRow]:
    """Return overdue tasks, most overdue first; of an order to many units its first part only.

    Tuples: id, title, star, nominal date, first date, effective date, unit, clause, notice number
    and date, update date, percent, last update, group id, group title, the day of a report of
    completion that waits for confirmation, code, the coordinating unit for whose late part it waits
    longest and since when, the date to which an extension was asked for.
    """
    query = (
        select(
            Task.id,
            Task.title,
            Task.star,
            Task.due_on,
            Task.first_due_on,
            Task.effective_on,
            Unit.short_name,
            Clause.label,
            Notice.number,
            Notice.issued_on,
            Task.updated_on,
            Task.percent,
            Task.last_update,
            Task.group_id,
            TaskGroup.title,
            case((Task.workflow == Workflow.HANDED_IN, Task.handed_in_on)),
            Task.code,
            *reasons(today),
        )
        .join(Unit, Unit.id == Task.lead_unit_id)
        .outerjoin(Clause, Clause.id == Task.clause_id)
        .outerjoin(Notice, Notice.id == Clause.notice_id)
        .outerjoin(TaskGroup, TaskGroup.id == Task.group_id)
        .where(overdue(today), *within(scope), ~_follows_in_group(scope, today))
        .order_by(Task.effective_on, Task.due_on, Task.id)
        .limit(limit)
    )
    if after is not None:
        query = query.where(tuple_(Task.effective_on, Task.due_on, Task.id) > tuple_(*after))
    return session.execute(query).all()


def group_states(
    session: Session, group_ids: Sequence[int], scope: Scope, today: date
) -> dict[int, GroupState]:
    """Return how the orders to many units stand, over all their parts that still count."""
    if not group_ids:
        return {}
    is_open, is_late = case((open_(), 1), else_=0), case((overdue(today), 1), else_=0)
    parts = (
        select(
            Task.group_id,
            Task.id,
            Unit.short_name,
            is_late.label("late"),
            func.count().over(partition_by=Task.group_id).label("units"),
            func.sum(is_open).over(partition_by=Task.group_id).label("open_units"),
            func.sum(is_late).over(partition_by=Task.group_id).label("late_units"),
            func.row_number()
            .over(
                partition_by=Task.group_id,
                order_by=(is_late.desc(), Task.effective_on, Task.due_on, Task.id),
            )
            .label("place"),
        )
        .join(Unit, Unit.id == Task.lead_unit_id)
        .where(Task.group_id.in_(group_ids), Task.left_on.is_(None), *within(scope))
        .subquery()
    )
    found: dict[int, GroupState] = {}
    shown = select(parts).where(parts.c.place <= PARTS_SHOWN).order_by(parts.c.place)
    for group_id, task_id, name, late, units, open_units, late_units, _ in session.execute(shown):
        state = found.setdefault(group_id, GroupState(units, int(open_units), int(late_units), []))
        if late:
            state.late_units.append((task_id, name))
    return found


@cache
def _another_task() -> type[Task]:
    """Return the alias under which parts of one order are compared; making it takes a while."""
    return aliased(Task)


def _follows_in_group(scope: Scope, today: date) -> Any:
    """Return the condition that an earlier overdue part of the same order stands in the list."""
    earlier = _another_task()
    return and_(
        Task.group_id.is_not(None),
        exists()
        .where(
            earlier.group_id == Task.group_id,
            overdue(today, earlier),
            tuple_(earlier.effective_on, earlier.due_on, earlier.id)
            < tuple_(Task.effective_on, Task.due_on, Task.id),
            *within(scope, earlier),
        )
        .correlate(Task),
    )


def _row_count(scope: Scope, today: date) -> Any:
    """Return how many rows the list has, an order to many units being one."""
    late = select(func.count()).select_from(Task).where(overdue(today), *within(scope))
    grouped = (
        select(func.count(func.distinct(Task.group_id)) - func.count())
        .select_from(Task)
        .where(overdue(today), Task.group_id.is_not(None), *within(scope))
    )
    return late.scalar_subquery() + grouped.scalar_subquery()


def _line(kind: str, number: Any, words: Any, day: Any = None) -> AnySelect:
    return select(
        literal(kind).label("kind"),
        cast(number, Integer).label("number"),
        cast(words, String).label("words"),
        (cast(null(), Date) if day is None else day).label("day"),
    )


def _units(scope: Scope, today: date, chosen: frozenset[int] | None) -> AnySelect:
    late = exists().where(Task.lead_unit_id == Unit.id, overdue(today), *within(scope))
    wanted: ColumnElement[bool] = late.correlate(Unit)
    if chosen is not None and chosen != scope.unit_ids:
        wanted = or_(wanted, Unit.id.in_(sorted(chosen)))
    return _line("unit", Unit.id, Unit.short_name).where(wanted)


def _meetings(scope: Scope, today: date, chosen: int | None) -> AnySelect:
    recent = select(Meeting.id, Meeting.title, Meeting.held_on).where(
        or_(
            Meeting.held_on.between(today - timedelta(days=366 * MEETING_YEARS), today),
            Meeting.id == chosen,
        )
    )
    if scope.committee_ids is not None:
        ids = sorted(scope.committee_ids)
        shared = exists().where(
            meeting_committees.c.meeting_id == Meeting.id,
            meeting_committees.c.committee_id.in_(ids),
        )
        recent = recent.where(or_(Meeting.committee_id.in_(ids), shared))
    chosen_first = case((Meeting.id == chosen, 0), else_=1)
    part = (
        recent.order_by(chosen_first, Meeting.held_on.desc(), Meeting.id.desc())
        .limit(MEETINGS_SHOWN)
        .subquery()
    )
    title = func.substr(part.c.title, 1, CHOICE_LENGTH)
    return _line("meeting", part.c.id, title, part.c.held_on)


def _fields(scope: Scope) -> AnySelect:
    """Return the fields of open tasks, hopping from one to the next along the index."""

    def lowest(committee_id: Any, above: Any = None) -> Any:
        query = select(func.min(Task.field)).where(open_(), Task.committee_id == committee_id)
        return query.where(Task.field > (above if above is not None else "")).scalar_subquery()

    first = select(Committee.id.label("committee_id"), lowest(Committee.id).label("field"))
    if scope.committee_ids is not None:
        first = first.where(Committee.id.in_(sorted(scope.committee_ids)))
    hop = first.cte("fields", recursive=True)
    hop = hop.union_all(
        select(hop.c.committee_id, lowest(hop.c.committee_id, hop.c.field)).where(
            hop.c.field.is_not(None)
        )
    )
    names = select(hop.c.field).where(hop.c.field.is_not(None)).distinct().subquery()
    return _line("field", null(), names.c.field)
