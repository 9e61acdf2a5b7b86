"""What may be owed a reminder, read from the tasks: only those whose ladder has something new.

A task has something new when a step falls since the last planning, which the day that the ladder
counts from decides, or when its time was decided since then. After a changed calendar or ladder,
and the first time, all open tasks are looked at.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Date, and_, case, func, or_, select, type_coerce, union
from sqlalchemy.orm import Session

from tracker.reminders.ladder_queries import LadderBook
from tracker.reminders.ladders import LadderKind
from tracker.reminders.models import LedgerRow, LedgerState
from tracker.reminders.rules import COPIES, OWN_RULES, Facts, days_with_steps
from tracker.reminders.urging_models import ExplanationRequest
from tracker.reminders.urging_queries import unanswered
from tracker.tasks.extension_models import ExtensionDecision, ExtensionRequest
from tracker.tasks.models import DeadlineVersion, Task
from tracker.tasks.queries import open_
from tracker.tasks.rules import TimeKind, Workflow
from tracker.workdays import WorkCalendar

REMINDED = (TimeKind.DATED, TimeKind.PROPOSED)
REQUESTS = (LadderKind.EXTENSION, LadderKind.EXPLANATION)
"""Ladders of something asked about a task: the ledger's version is the request's id."""

CHUNK = 2000
SLACK = timedelta(hours=1)
"""An act is dated when it begins; it may be committed so much later and still be seen."""


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing that may be reminded of: a task, seen by one ladder."""

    facts: Facts
    kind: LadderKind
    version: int
    id: int
    code: str
    committee_id: int
    unit_id: int
    officer_id: int | None
    leader: str
    field: str
    time: TimeKind
    due_on: date | None

    @property
    def goes_up(self) -> bool:
        """Tell whether those above the unit are told: of official deadlines and questions only."""
        asked = self.kind is LadderKind.EXPLANATION
        return asked or (self.time is TimeKind.DATED and not self.facts.silent)


@dataclass(frozen=True)
class Window:
    """What planning has to look at: steps falling `since`–`as_of`, decisions taken after `after`.

    `after` None: everything that is open.
    """

    since: date
    as_of: date
    after: datetime | None
    calendar: WorkCalendar
    book: LadderBook

    def days(self, *kinds: LadderKind) -> list[date]:
        """Return the days from which one of the ladders counts a step that is new."""
        found: set[date] = set()
        for ladder in set().union(*(self.book.in_use(kind) for kind in kinds)):
            found |= days_with_steps(
                since=self.since, as_of=self.as_of, calendar=self.calendar, ladder=ladder
            )
        return sorted(found)

    def is_used(self, kind: LadderKind) -> bool:
        """Tell whether a ladder of `kind` is on anywhere."""
        return any(ladder.offsets for ladder in self.book.in_use(kind))


def task_matters(
    session: Session, window: Window, *, committee_ids: frozenset[int] | None = None
) -> Iterator[list[Matter]]:
    """Yield the tasks that may be owed something, in chunks, the deadline's ladders first."""
    within = (Task.committee_id.in_(committee_ids),) if committee_ids is not None else ()
    yield from _chunks(session, _dated(window, within), None)
    for kind, counts_from, condition in _OTHER:
        if window.is_used(kind):
            query = _counted(window, kind, counts_from, (*within, condition))
            yield from _chunks(session, query, kind)
    for kind in REQUESTS:
        if window.is_used(kind):
            yield from _chunks(session, _asked(window, kind, within), kind)


def _chunks(session: Session, query: Any, kind: LadderKind | None) -> Iterator[list[Matter]]:
    rows = session.execute(query.execution_options(yield_per=CHUNK))
    for some in rows.partitions(CHUNK):
        matters = [matter_of(kind, *row) for row in some]
        highest = recorded(session, kind, [matter.id for matter in matters])
        yield [
            replace(
                matter,
                facts=replace(matter.facts, recorded=highest.get((matter.id, matter.version))),
            )
            for matter in matters
        ]


def matter_of(
    kind: LadderKind | None,
    star: bool,
    workflow: Workflow,
    counts_from: date,
    known_on: date,
    version: int,
    *told: Any,
) -> Matter:
    """Return the matter of one row; `kind` None: a task with a date, starred or not."""
    silent = kind is None and workflow is Workflow.HANDED_IN
    facts = Facts(counts_from, known_on, silent=silent)
    if kind is None:
        of_star = LadderKind.STARRED if star else LadderKind.DEADLINE
        return Matter(facts, of_star, version, *told)
    own = version if kind in REQUESTS else counts_from.toordinal()
    return Matter(facts, kind, own, *told)


def _dated(window: Window, within: tuple[ColumnElement[bool], ...]) -> Any:
    """Select the open tasks with a date: whether starred, workflow, day, known on, the rest."""
    counts_from = func.coalesce(Task.effective_on, Task.due_on)
    known_on = case(
        (DeadlineVersion.version > 1, DeadlineVersion.decided_on), else_=Task.assigned_on
    )
    query = (
        select(
            Task.star,
            Task.workflow,
            type_coerce(counts_from, Date),
            type_coerce(known_on, Date),
            *TOLD,
        )
        .outerjoin(
            DeadlineVersion,
            and_(
                DeadlineVersion.task_id == Task.id,
                DeadlineVersion.version == Task.deadline_version,
                Task.deadline_version > 1,
            ),
        )
        .where(open_(), Task.time.in_(REMINDED), Task.assigned_on <= window.as_of, *within)
        .order_by(Task.id)
    )
    kinds = (LadderKind.DEADLINE, LadderKind.STARRED)
    if window.after is None:
        reach = max((one.reach for kind in kinds for one in window.book.in_use(kind)), default=0)
        horizon = window.calendar.add(window.as_of, reach + 1)
        no_day = and_(Task.effective_on.is_(None), Task.due_on <= horizon)
        return query.where(or_(Task.effective_on <= horizon, no_day))
    days = window.days(*kinds)
    new = [
        select(Task.id).where(
            open_(),
            Task.time == time,
            or_(Task.effective_on.in_(days), Task.effective_on.is_(None)),
        )
        for time in REMINDED
    ]
    return query.where(Task.id.in_(union(*new, _decided(window.after)).scalar_subquery()))


def _counted(
    window: Window,
    kind: LadderKind,
    counts_from: ColumnElement[Any],
    conditions: tuple[ColumnElement[bool], ...],
) -> Any:
    """Select open tasks whose ladder counts from another day than the deadline."""
    had_today = (
        select(LedgerRow.id)
        .where(
            LedgerRow.task_id == Task.id,
            LedgerRow.as_of == window.as_of,
            LedgerRow.state == LedgerState.OWED,
        )
        .exists()
    )
    day = type_coerce(counts_from, Date)
    query = (
        select(Task.star, Task.workflow, day, day.label("known_on"), *TOLD)
        .where(open_(), counts_from <= window.as_of, *conditions, ~had_today)
        .order_by(Task.id)
    )
    if window.after is None:
        return query
    new = or_(day.in_(window.days(kind)), Task.id.in_(_decided(window.after)))
    return query.where(new)


def _asked(window: Window, kind: LadderKind, within: tuple[ColumnElement[bool], ...]) -> Any:
    """Select the requests about open tasks that wait; they are few, so all of them."""
    extension = kind is LadderKind.EXTENSION
    request: Any = ExtensionRequest if extension else ExplanationRequest
    decided = select(ExtensionDecision.id).where(
        ExtensionDecision.request_id == ExtensionRequest.id
    )
    day = request.asked_on if extension else request.effective_on
    return (
        select(Task.star, Task.workflow, day, request.asked_on, request.id, *TOLD[1:])
        .join(request, request.task_id == Task.id)
        .where(
            open_(),
            request.asked_on <= window.as_of,
            ~decided.exists() if extension else unanswered(),
            *within,
        )
        .order_by(Task.id, request.id)
    )


_QUIET = func.coalesce(Task.updated_on, Task.assigned_on)
_OTHER: tuple[tuple[LadderKind, ColumnElement[Any], ColumnElement[bool]], ...] = (
    (
        LadderKind.WAITING,
        type_coerce(Task.handed_in_on, Date),
        and_(Task.handed_in_on.is_not(None), Task.workflow == Workflow.HANDED_IN),
    ),
    (
        LadderKind.QUIET,
        _QUIET,
        and_(
            Task.workflow != Workflow.HANDED_IN,
            Task.time.in_((TimeKind.DATED, TimeKind.PROPOSED, TimeKind.AWAITING)),
        ),
    ),
    (
        LadderKind.UNDATED,
        type_coerce(Task.assigned_on, Date),
        and_(Task.workflow != Workflow.HANDED_IN, Task.time == TimeKind.AWAITING),
    ),
    (
        LadderKind.STANDING,
        _QUIET,
        and_(Task.workflow != Workflow.HANDED_IN, Task.time == TimeKind.STANDING),
    ),
)


TOLD = (
    Task.deadline_version,
    Task.id,
    Task.code,
    Task.committee_id,
    Task.lead_unit_id,
    Task.officer_id,
    Task.leader,
    Task.field,
    Task.time,
    Task.due_on,
)
"""The columns of a `Matter` behind its kind, in its order."""


def _decided(after: datetime) -> Any:
    return select(DeadlineVersion.task_id).where(DeadlineVersion.decided_at >= after - SLACK)


def recorded(
    session: Session, kind: LadderKind | None, task_ids: list[int]
) -> dict[tuple[int, int], int]:
    """Return (task id, version) → highest step in the ledger by a kind's rules."""
    own = OWN_RULES.get(kind) if kind else None
    rule = LedgerRow.rule == own if own else LedgerRow.rule.not_in((*COPIES, *OWN_RULES.values()))
    rows = session.execute(
        select(LedgerRow.task_id, LedgerRow.deadline_version, func.max(LedgerRow.step))
        .where(LedgerRow.task_id.in_(task_ids), rule)
        .group_by(LedgerRow.task_id, LedgerRow.deadline_version)
    )
    return {(task_id, version): step for task_id, version, step in rows}
