"""The list of tasks: filters of the address, rows as plain values, paging by key."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    String,
    and_,
    case,
    column,
    func,
    literal,
    or_,
    select,
    table,
    tuple_,
)
from sqlalchemy.orm import Session

from tracker.folding import fold
from tracker.people.models import Person
from tracker.permissions import Actor
from tracker.tasks.models import Coordination, Task, TaskGroup
from tracker.tasks.queries import (
    class_as_of,
    counts_as_of,
    deadline_class,
    open_,
    overdue,
    visible_to,
)
from tracker.tasks.rules import DeadlineClass, LeftWhy, TimeKind, Workflow
from tracker.units.models import Unit
from tracker.units.queries import with_units_below

PAGE_ROWS = 50
LAST_DAY = date(9999, 12, 31)
DONE = frozenset({DeadlineClass.DONE_ON_TIME, DeadlineClass.DONE_LATE})

# Rooms above this one; only what a list shows of them.
CLAUSES = table("clauses", column("id", Integer), column("notice_id", Integer), column("label"))
NOTICES = table(
    "notices",
    column("id", Integer),
    column("number", String),
    column("meeting_id", Integer),
)


@dataclass(frozen=True)
class TaskFilters:
    """What a list of tasks is narrowed to. `units_below` takes a unit's lower units with it."""

    q: str = ""
    unit_id: int | None = None
    units_below: bool = False
    coordinating: bool = False
    committee_id: int | None = None
    meeting_id: int | None = None
    notice_id: int | None = None
    group_id: int | None = None
    officer_id: int | None = None
    field: str | None = None
    deadline_class: DeadlineClass | None = None
    time: TimeKind | None = None
    workflow: Workflow | None = None
    state: str = ""
    star: bool = False
    overdue: bool = False
    due_within: int | None = None
    as_of: date | None = None

    @property
    def shows_ended(self) -> bool:
        """Tell whether the list holds tasks that are done or left, which stand newest first."""
        return (
            self.state == "ended"
            or self.deadline_class in DONE
            or self.workflow in {Workflow.CLOSED, Workflow.LEFT}
        )


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One task of the list."""

    id: int
    code: str
    title: str
    star: bool
    unit_id: int
    unit: str
    time: TimeKind
    due_on: date | None
    first_due_on: date | None
    effective_on: date | None
    deadline_text: str
    workflow: Workflow
    percent: int
    updated_on: date | None
    handed_in_on: date | None
    accepted_on: date | None
    left_why: LeftWhy | None
    officer: str | None
    clause: str | None
    notice_id: int | None
    notice: str | None
    group_id: int | None
    group: str | None
    deadline_class: DeadlineClass
    sorted_by: date

    @property
    def key(self) -> str:
        """Return where the row stands in the list, for the address of the next page."""
        return f"{self.sorted_by.isoformat()}.{self.id}"


@dataclass(frozen=True)
class TaskPage:
    """A page of the list; `before` and `after` are the keys of the pages around it, or ""."""

    rows: list[TaskRow]
    total: int
    before: str
    after: str


def list_tasks(
    session: Session,
    actor: Actor,
    filters: TaskFilters,
    today: date,
    *,
    after: str = "",
    before: str = "",
    limit: int = PAGE_ROWS,
) -> TaskPage:
    """Return one page of the tasks that `actor` may read, and how many there are in all.

    Open tasks stand by deadline, the earliest first, undated ones last; ended ones newest first.
    """
    wanted = conditions(session, actor, filters, today)
    total = session.scalar(_joined(select(func.count()), filters).where(*wanted)) or 0
    key = _sort_key(filters)
    backwards = bool(before) and not after
    descending = filters.shows_ended is not backwards
    found = _joined(select(Task.id.label("id")), filters).where(*wanted)
    if (edge := _edge(after or before)) is not None:
        here, there = tuple_(key, Task.id), tuple_(*edge)
        found = found.where(here < there if descending else here > there)
    order = (key.desc(), Task.id.desc()) if descending else (key, Task.id)
    # The page's ids first: sorting them alone is much cheaper than sorting the joined rows.
    page = found.order_by(*order).limit(limit + 1).subquery()
    shown = _rows(filters, today, key).join(page, page.c.id == Task.id).order_by(*order)
    rows = [TaskRow(*row) for row in session.execute(shown)]
    more = len(rows) > limit
    rows = rows[:limit]
    if backwards:
        rows.reverse()
    if not rows:
        return TaskPage([], total, "", "")
    has_before = more if backwards else bool(after)
    has_after = True if backwards else more
    return TaskPage(
        rows,
        total,
        before=rows[0].key if has_before else "",
        after=rows[-1].key if has_after else "",
    )


def conditions(
    session: Session, actor: Actor, filters: TaskFilters, today: date
) -> list[ColumnElement[bool]]:
    """Return what a task must meet to stand in the list of `filters` that `actor` reads."""
    found: list[ColumnElement[bool]] = [visible_to(actor)]
    found.extend(_words(filters.q))
    if filters.unit_id is not None:
        found.append(_of_unit(session, filters))
    plain: tuple[tuple[Any, Any], ...] = (
        (Task.committee_id, filters.committee_id),
        (Task.group_id, filters.group_id),
        (Task.officer_id, filters.officer_id),
        (Task.field, filters.field),
        (Task.time, filters.time),
        (Task.workflow, filters.workflow),
        (CLAUSES.c.notice_id, filters.notice_id),
        (NOTICES.c.meeting_id, filters.meeting_id),
    )
    found.extend(attribute == value for attribute, value in plain if value is not None)
    found.extend(_state(filters, today))
    if filters.star:
        found.append(Task.star.is_(True))
    return found


def _state(filters: TaskFilters, today: date) -> list[ColumnElement[bool]]:
    """Return what the list's state, class and day ask; open tasks where nothing is asked."""
    found: list[ColumnElement[bool]] = []
    if filters.as_of is not None:
        found.append(counts_as_of(filters.as_of))
        if filters.deadline_class is not None:
            found.append(class_as_of(filters.as_of) == filters.deadline_class)
        return found
    if filters.deadline_class is not None:
        if filters.deadline_class not in DONE:
            found.append(open_())
        found += [counts_as_of(today), deadline_class(today) == filters.deadline_class]
    elif filters.state == "open":
        found.append(open_())
    elif filters.state == "ended":
        found.append(~open_())
    if filters.overdue:
        found.append(overdue(today))
    if filters.due_within is not None:
        last = today + timedelta(days=filters.due_within)
        dated = Task.time.in_((TimeKind.DATED, TimeKind.PROPOSED))
        found += [open_(), dated, Task.effective_on.between(today, last)]
    return found


def _words(q: str) -> list[ColumnElement[bool]]:
    """Return the condition that every word of `q` occurs, accents and case aside."""
    words = fold(q).split()[:10]
    return [Task.folded.contains(word, autoescape=True) for word in words]


def _of_unit(session: Session, filters: TaskFilters) -> ColumnElement[bool]:
    units = frozenset({filters.unit_id} if filters.unit_id is not None else ())
    if filters.units_below:
        units = with_units_below(session, units)
    leads = Task.lead_unit_id.in_(units)
    if not filters.coordinating:
        return leads
    part = select(Coordination.task_id).where(Coordination.unit_id.in_(units))
    return or_(leads, Task.id.in_(part))


def _sort_key(filters: TaskFilters) -> ColumnElement[date]:
    if filters.shows_ended:
        return func.coalesce(Task.accepted_on, Task.left_on, Task.assigned_on)
    shown = and_(open_(), Task.effective_on.is_not(None))
    return case((shown, Task.effective_on), else_=literal(LAST_DAY))


def _joined(query: Select[Any], filters: TaskFilters) -> Select[Any]:
    """Join what the filters look at, so that counting joins nothing in vain."""
    query = query.select_from(Task)
    if filters.notice_id is not None or filters.meeting_id is not None:
        query = query.join(CLAUSES, CLAUSES.c.id == Task.clause_id)
        query = query.join(NOTICES, NOTICES.c.id == CLAUSES.c.notice_id)
    return query


def _rows(filters: TaskFilters, today: date, key: ColumnElement[date]) -> Select[Any]:
    day = filters.as_of
    shown = class_as_of(day) if day is not None else deadline_class(today)
    columns: tuple[Any, ...] = (
        Task.id,
        Task.code,
        Task.title,
        Task.star,
        Task.lead_unit_id,
        Unit.short_name,
        Task.time,
        Task.due_on,
        Task.first_due_on,
        Task.effective_on,
        Task.deadline_text,
        Task.workflow,
        Task.percent,
        Task.updated_on,
        Task.handed_in_on,
        Task.accepted_on,
        Task.left_why,
        Person.name,
        CLAUSES.c.label,
        NOTICES.c.id,
        NOTICES.c.number,
        Task.group_id,
        TaskGroup.title,
        shown,
        key,
    )
    return (
        select(*columns)
        .join(Unit, Unit.id == Task.lead_unit_id)
        .outerjoin(Person, Person.id == Task.officer_id)
        .outerjoin(CLAUSES, CLAUSES.c.id == Task.clause_id)
        .outerjoin(NOTICES, NOTICES.c.id == CLAUSES.c.notice_id)
        .outerjoin(TaskGroup, TaskGroup.id == Task.group_id)
    )


def _edge(key: str) -> tuple[date, int] | None:
    """Read a page's key, which is `<date>.<id>`; anything else starts at the first page."""
    day, _, task_id = key.partition(".")
    try:
        return date.fromisoformat(day), int(task_id[:10])
    except ValueError:
        return None
