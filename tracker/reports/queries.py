"""Counting: the figures as of a day, over whose tasks, and the list behind every figure.

Today is counted fast: open tasks live over partial indexes, closed ones from the tally that the
accepting transaction keeps. Every other day, and every other narrowing, is counted by one
condition over the tasks; that condition also gives the lists, and a test compares the two.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    ScalarSelect,
    Select,
    exists,
    false,
    func,
    or_,
    select,
    tuple_,
)
from sqlalchemy.orm import Session

from tracker.conclusions.models import Clause, Meeting, Notice
from tracker.permissions import Actor, Permission, scope_of
from tracker.permissions import Scope as Over
from tracker.reports.rules import By, Figure, Figures, classes_of
from tracker.tasks.models import ClosedTally, Task, TaskGroup
from tracker.tasks.queries import (
    class_as_of,
    counts_as_of,
    deadline_class,
    due_as_of,
    effective_as_of,
    open_,
    overdue,
)
from tracker.tasks.rules import DeadlineClass, TimeKind
from tracker.units.models import Unit

AnyRow = Row[*tuple[Any, ...]]
AnySelect = Select[*tuple[Any, ...]]

UNDATED_TIMES = (TimeKind.PROPOSED, TimeKind.AWAITING, TimeKind.WITHOUT)


@dataclass(frozen=True)
class Scope:
    """Over which tasks figures are counted; None narrows nothing.

    `unit_ids` are lead units: the lead answers. `meeting_id` 0 and `field` "" mean without one.
    """

    committee_ids: frozenset[int] | None = None
    unit_ids: frozenset[int] | None = None
    officer_id: int | None = None
    meeting_id: int | None = None
    field: str | None = None
    group_id: int | None = None

    def narrowed(
        self,
        *,
        committee_id: int | None = None,
        unit_id: int | None = None,
        meeting_id: int | None = None,
        field: str | None = None,
        group_id: int | None = None,
    ) -> "Scope":
        """Return the part of this scope that also has these marks."""
        return replace(
            self,
            committee_ids=_both(self.committee_ids, committee_id),
            unit_ids=_both(self.unit_ids, unit_id),
            meeting_id=self.meeting_id if meeting_id is None else meeting_id,
            field=self.field if field is None else field,
            group_id=self.group_id if group_id is None else group_id,
        )

    @property
    def in_tally(self) -> bool:
        """Tell whether the tally of closed tasks knows this scope."""
        return (
            self.officer_id is None
            and self.meeting_id is None
            and self.field is None
            and self.group_id is None
        )


def counted_for(actor: Actor) -> Scope:
    """Return the tasks that count for `actor`: of own committees, led by own units, given."""
    match scope_of(actor, Permission.TASK_READ):
        case Over.EVERYWHERE:
            return Scope()
        case Over.OWN_COMMITTEES:
            return Scope(committee_ids=actor.committee_ids)
        case Over.OWN_UNITS:
            return Scope(unit_ids=actor.unit_ids)
        case Over.OWN_TASKS:
            return Scope(officer_id=actor.person_id)
        case None:
            return Scope(committee_ids=frozenset())


def within(scope: Scope, task: type[Task] = Task) -> list[ColumnElement[bool]]:
    """Return the conditions that a task lies in `scope`."""
    found: list[ColumnElement[bool]] = []
    if scope.committee_ids is not None:
        found.append(_among(task.committee_id, scope.committee_ids))
    if scope.unit_ids is not None:
        found.append(_among(task.lead_unit_id, scope.unit_ids))
    if scope.officer_id is not None:
        found.append(task.officer_id == scope.officer_id)
    if scope.meeting_id is not None:
        found.append(_from_meeting(scope.meeting_id, task))
    if scope.field is not None:
        found.append(task.field == scope.field)
    if scope.group_id is not None:
        found.append(task.group_id == scope.group_id)
    return found


def figures(session: Session, scope: Scope, *, as_of: date, today: date) -> Figures:
    """Return the figures of `scope` as they stood at the end of `as_of`."""
    if as_of == today and scope.in_tally:
        counts = live_counts(scope, today)
        row = session.execute(select(*counts.values())).one()
        return Figures.counted(dict(zip(counts, row, strict=True)))
    found = class_as_of(as_of)
    rows = session.execute(
        select(found, func.count()).where(counts_as_of(as_of), *within(scope)).group_by(found)
    )
    return Figures.counted({DeadlineClass(name): number for name, number in rows})


def live_counts(scope: Scope, today: date) -> dict[DeadlineClass, ColumnElement[int]]:
    """Return today's count of every class as an expression; only of a scope `in_tally`."""

    def opened(*conditions: ColumnElement[bool]) -> ScalarSelect[int]:
        return (
            select(func.count())
            .select_from(Task)
            .where(*conditions, open_(), Task.assigned_on <= today, *within(scope))
            .scalar_subquery()
        )

    def closed(verdict: DeadlineClass) -> ScalarSelect[int]:
        return (
            select(func.coalesce(func.sum(ClosedTally.tasks), 0))
            .where(ClosedTally.verdict == verdict, *_tallied(scope, today))
            .scalar_subquery()
        )

    dated = Task.time == TimeKind.DATED
    return {
        DeadlineClass.DONE_ON_TIME: closed(DeadlineClass.DONE_ON_TIME),
        DeadlineClass.DONE_LATE: closed(DeadlineClass.DONE_LATE),
        DeadlineClass.OPEN_IN_TIME: opened(dated, Task.effective_on >= today),
        DeadlineClass.OPEN_OVERDUE: opened(overdue(today)),
        DeadlineClass.UNDATED: sum(
            (opened(Task.time == time) for time in UNDATED_TIMES),
            start=opened(dated, Task.effective_on.is_(None)),
        ),
        DeadlineClass.STANDING: opened(Task.time == TimeKind.STANDING),
    }


@dataclass(frozen=True)
class Part:
    """The figures of one unit, meeting or field. `key` narrows the lists to it."""

    key: int | str
    code: str
    name: str
    figures: Figures
    held_on: date | None = None


def figures_by(session: Session, scope: Scope, by: By, *, as_of: date, today: date) -> list[Part]:
    """Return the figures of every unit, meeting or field that has tasks, by name."""
    keys: dict[By, Any] = {
        By.UNIT: Task.lead_unit_id,
        By.MEETING: func.coalesce(Notice.meeting_id, 0),
        By.FIELD: Task.field,
    }
    if as_of == today and by is By.UNIT and scope.in_tally:
        counted = _live_by_unit(session, scope, today)
    else:
        found = class_as_of(as_of)
        key = keys[by]
        query: AnySelect = select(key, found, func.count()).where(
            counts_as_of(as_of), *within(scope)
        )
        if by is By.MEETING:
            query = _with_notice(query)
        rows = session.execute(query.group_by(key, found))
        counted = [(part, DeadlineClass(name), number) for part, name, number in rows]
    tables: dict[Any, dict[DeadlineClass, int]] = {}
    for part, name, number in counted:
        mine = tables.setdefault(part, {})
        mine[name] = mine.get(name, 0) + number
    names = _names(session, by, list(tables))
    parts = [_named(names, part, Figures.counted(counts)) for part, counts in tables.items()]
    return sorted(parts, key=lambda part: (part.name == "", part.name, str(part.key)))


def list_of(
    session: Session,
    figure: Figure,
    scope: Scope,
    *,
    as_of: date,
    after: tuple[date, int] | None = None,
    limit: int | None = None,
) -> Sequence[AnyRow]:
    """Return the tasks that `figure` counts as of `as_of`, by deadline, undated last.

    Plain tuples: id, code, title, star, class, nominal date, first date, unit, clause, notice
    number and date, update date, percent, completion reported, accepted, workflow, kind of time,
    effective date; `after` is the place (deadline or 31/12/9999, id) of the last row already shown.
    """
    due_on = due_as_of(as_of)
    place = func.coalesce(due_on, date.max)
    found = class_as_of(as_of)
    query = (
        _with_notice(
            select(
                Task.id,
                Task.code,
                Task.title,
                Task.star,
                found.label("deadline_class"),
                due_on.label("due_on"),
                Task.first_due_on,
                Unit.short_name,
                Clause.label,
                Notice.number,
                Notice.issued_on,
                Task.updated_on,
                Task.percent,
                Task.handed_in_on,
                Task.accepted_on,
                Task.workflow,
                Task.time,
                effective_as_of(as_of).label("effective_on"),
            ).join(Unit, Unit.id == Task.lead_unit_id)
        )
        .where(*listed(figure, scope, as_of))
        .order_by(place, Task.id)
    )
    if after is not None:
        query = query.where(tuple_(place, Task.id) > tuple_(*after))
    return session.execute(query.limit(limit)).all()


def listed(figure: Figure, scope: Scope, as_of: date) -> list[ColumnElement[bool]]:
    """Return the conditions that `figure` counts a task as of `as_of`."""
    return [
        counts_as_of(as_of),
        class_as_of(as_of).in_(classes_of(figure)),
        *within(scope),
    ]


def words_of(session: Session, scope: Scope) -> list[str]:
    """Return in words what a narrowed scope holds: unit, meeting, field, order to many units.

    A meeting or an order without a task in the scope stays unnamed: it may be another committee's.
    """
    known = exists(select(Task.id).where(*within(scope)))
    words: list[str] = []
    if scope.unit_ids is not None and len(scope.unit_ids) == 1:
        words += session.scalars(select(Unit.name).where(Unit.id.in_(scope.unit_ids)))
    if scope.meeting_id:
        words += session.scalars(select(Meeting.title).where(Meeting.id == scope.meeting_id, known))
    if scope.field:
        words.append(scope.field)
    if scope.group_id is not None:
        words += session.scalars(
            select(TaskGroup.title).where(TaskGroup.id == scope.group_id, known)
        )
    return words


def _both(ids: frozenset[int] | None, wanted: int | None) -> frozenset[int] | None:
    if wanted is None:
        return ids
    return frozenset({wanted}) if ids is None else ids & {wanted}


def _among(column: Any, ids: frozenset[int]) -> ColumnElement[bool]:
    if not ids:
        return false()
    condition: ColumnElement[bool] = column.in_(sorted(ids))
    return column == next(iter(ids)) if len(ids) == 1 else condition


def _from_meeting(meeting_id: int, task: type[Task]) -> ColumnElement[bool]:
    clauses = select(Clause.id).join(Notice, Notice.id == Clause.notice_id)
    if meeting_id:
        return task.clause_id.in_(clauses.where(Notice.meeting_id == meeting_id))
    with_meeting = clauses.where(Notice.meeting_id.is_not(None))
    return or_(task.clause_id.is_(None), task.clause_id.not_in(with_meeting))


def _tallied(scope: Scope, today: date) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [ClosedTally.accepted_on <= today]
    if scope.committee_ids is not None:
        found.append(_among(ClosedTally.committee_id, scope.committee_ids))
    if scope.unit_ids is not None:
        found.append(_among(ClosedTally.unit_id, scope.unit_ids))
    return found


def _live_by_unit(
    session: Session, scope: Scope, today: date
) -> list[tuple[int, DeadlineClass, int]]:
    found = deadline_class(today)
    opened = (
        select(Task.lead_unit_id, found, func.count())
        .where(open_(), Task.assigned_on <= today, *within(scope))
        .group_by(Task.lead_unit_id, found)
    )
    closed = (
        select(ClosedTally.unit_id, ClosedTally.verdict, func.sum(ClosedTally.tasks))
        .where(*_tallied(scope, today))
        .group_by(ClosedTally.unit_id, ClosedTally.verdict)
    )
    rows = [*session.execute(opened), *session.execute(closed)]
    return [(unit_id, DeadlineClass(name), int(number)) for unit_id, name, number in rows]


def _with_notice(query: AnySelect) -> AnySelect:
    return query.outerjoin(Clause, Clause.id == Task.clause_id).outerjoin(
        Notice, Notice.id == Clause.notice_id
    )


def _names(session: Session, by: By, keys: list[Any]) -> dict[Any, AnyRow]:
    if by is By.UNIT:
        query: AnySelect = select(Unit.id, Unit.code, Unit.short_name).where(Unit.id.in_(keys))
    elif by is By.MEETING:
        query = select(Meeting.id, Meeting.held_on, Meeting.title).where(Meeting.id.in_(keys))
    else:
        return {}
    return {row[0]: row for row in session.execute(query)}


def _named(names: dict[Any, AnyRow], key: Any, counted: Figures) -> Part:
    if isinstance(key, str):
        return Part(key, key, key, counted)
    row = names.get(key)
    if row is None:
        return Part(key, "", "", counted)
    if isinstance(row[1], date):
        return Part(key, str(key), row[2], counted, held_on=row[1])
    return Part(key, row[1], row[2], counted)
