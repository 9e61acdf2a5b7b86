"""What is owed as of a day, read for all tasks at once: three reads, whatever their number."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Date, and_, case, func, or_, select, type_coerce
from sqlalchemy.orm import Session

from tracker.people.models import Person
from tracker.people.queries import Recipient, committee_recipients, unit_recipients
from tracker.permissions import Role
from tracker.reminders.models import LedgerRow, LedgerState
from tracker.reminders.rules import REACH, Facts, Outcome, Rule, SkipReason, Step, decide
from tracker.tasks.models import DeadlineVersion, Task
from tracker.tasks.queries import open_
from tracker.tasks.rules import TimeKind, Workflow
from tracker.units.models import Unit
from tracker.workdays import WorkCalendar

REMINDED = (TimeKind.DATED, TimeKind.PROPOSED)
NOBODY = Recipient(address="", person_id=None, name="")


@dataclass(frozen=True)
class OpenTask:
    """What planning knows of one open task."""

    id: int
    facts: Facts
    chair_facts: Facts
    code: str
    committee_id: int
    unit_id: int
    officer_id: int | None
    time: TimeKind
    due_on: date
    version: int


@dataclass(frozen=True)
class PlannedRow:
    """One row that the ledger lacks; without `reason` it is owed to `recipient`."""

    task: OpenTask
    unit_code: str
    recipient: Recipient
    rule: Rule
    step: int
    as_of: date
    reason: SkipReason | None = None

    @property
    def owed(self) -> bool:
        """Tell whether a message must go out."""
        return self.reason is None


@dataclass(frozen=True)
class _Addresses:
    heads: Mapping[int, Recipient]
    officers: Mapping[int, Recipient]
    chairs: Mapping[int, list[Recipient]]


def planned_rows(session: Session, *, as_of: date, calendar: WorkCalendar) -> list[PlannedRow]:
    """Return every row that the ledger lacks as of a day, in the order of tasks.

    Who already had a digest of that day gets no second one: what is owed to them since then
    stays owed and comes on the next working day.
    """
    if not calendar.is_workday(as_of):
        return []
    since = _last_planned(session, before=as_of) or as_of
    found: list[tuple[OpenTask, list[Outcome], list[Outcome]]] = []
    for task in _open_tasks(session, as_of=as_of, calendar=calendar):
        outcomes = decide(task.facts, as_of=as_of, since=since, calendar=calendar)
        listed: list[Outcome] = []
        if task.time is TimeKind.DATED and not task.facts.silent:
            listed = decide(
                task.chair_facts,
                as_of=as_of,
                since=since,
                calendar=calendar,
                rules=(Rule.REPEAT,),
            )
        if outcomes or listed:
            found.append((task, outcomes, listed))
    addresses = _addresses(session, [task for task, _, _ in found], as_of=as_of)
    codes = _unit_codes(session)
    written_to = _written_to(session, as_of)
    return [
        row
        for task, outcomes, listed in found
        for row in (
            *_rows_of(task, outcomes, addresses, codes, as_of),
            *_chair_rows_of(task, listed, addresses, codes, as_of),
        )
        if not (row.owed and row.recipient.address in written_to)
    ]


def _rows_of(
    task: OpenTask,
    outcomes: list[Outcome],
    addresses: _Addresses,
    codes: Mapping[int, str],
    as_of: date,
) -> Iterator[PlannedRow]:
    for outcome in outcomes:
        step, reason = outcome.step, outcome.reason
        recipient = _recipient(task, step, addresses)
        if not recipient.address and reason is None:
            reason = SkipReason.NO_ADDRESS
        yield PlannedRow(
            task, codes[task.unit_id], recipient, step.rule, step.offset, as_of, reason
        )


def _chair_rows_of(
    task: OpenTask,
    outcomes: list[Outcome],
    addresses: _Addresses,
    codes: Mapping[int, str],
    as_of: date,
) -> Iterator[PlannedRow]:
    for outcome in outcomes:
        for chair in addresses.chairs.get(task.committee_id, ()):
            yield PlannedRow(
                task,
                codes[task.unit_id],
                chair,
                Rule.CHAIR_LIST,
                outcome.step.offset,
                as_of,
                outcome.reason,
            )


def _recipient(task: OpenTask, step: Step, addresses: _Addresses) -> Recipient:
    officer = addresses.officers.get(task.officer_id or 0)
    if step.goes_to_officer and officer:
        return officer
    return addresses.heads.get(task.unit_id, NOBODY)


def _open_tasks(session: Session, *, as_of: date, calendar: WorkCalendar) -> Iterator[OpenTask]:
    """Yield the open tasks with a date whose ladder has begun."""
    effective_on = func.coalesce(Task.effective_on, Task.due_on)
    known_on = case(
        (DeadlineVersion.version > 1, DeadlineVersion.decided_on), else_=Task.assigned_on
    )
    # Calendar days reach further than the working days that the ladder counts.
    horizon = calendar.add(as_of, REACH) + timedelta(days=1)
    reached = and_(
        open_(),
        Task.time.in_(REMINDED),
        or_(
            Task.effective_on <= horizon, and_(Task.effective_on.is_(None), Task.due_on <= horizon)
        ),
    )
    ladder, chair = _recorded(session, reached)
    rows = session.execute(
        select(
            Task.id,
            Task.workflow,
            type_coerce(effective_on, Date),
            type_coerce(known_on, Date),
            Task.code,
            Task.committee_id,
            Task.lead_unit_id,
            Task.officer_id,
            Task.time,
            Task.due_on,
            Task.deadline_version,
        )
        .outerjoin(
            DeadlineVersion,
            and_(
                DeadlineVersion.task_id == Task.id,
                DeadlineVersion.version == Task.deadline_version,
                Task.deadline_version > 1,
            ),
        )
        .where(reached, Task.assigned_on <= as_of)
        .order_by(Task.id)
    )
    for row in rows:
        task_id, workflow, on, known, *told = row
        facts = Facts(on, known, ladder.get(task_id), silent=workflow is Workflow.HANDED_IN)
        listed = replace(facts, recorded=chair.get(task_id))
        yield OpenTask(task_id, facts, listed, *told)


def _recorded(
    session: Session, reached: ColumnElement[bool]
) -> tuple[dict[int, int], dict[int, int]]:
    """Return task id → highest step in the ledger for its present deadline: ladder and list."""
    listed = LedgerRow.rule == Rule.CHAIR_LIST
    highest = session.execute(
        select(LedgerRow.task_id, listed, func.max(LedgerRow.step))
        .join(
            Task,
            and_(Task.id == LedgerRow.task_id, Task.deadline_version == LedgerRow.deadline_version),
        )
        .where(reached)
        .group_by(LedgerRow.task_id, listed)
    )
    ladder: dict[int, int] = {}
    chair: dict[int, int] = {}
    for task_id, is_listed, step in highest:
        (chair if is_listed else ladder)[task_id] = step
    return ladder, chair


def _last_planned(session: Session, *, before: date) -> date | None:
    return session.scalar(select(func.max(LedgerRow.as_of)).where(LedgerRow.as_of < before))


def _written_to(session: Session, as_of: date) -> set[str]:
    """Return the addresses that already have their digest of a day."""
    return set(
        session.scalars(
            select(LedgerRow.recipient)
            .where(LedgerRow.as_of == as_of, LedgerRow.state == LedgerState.OWED)
            .distinct()
        )
    )


def _unit_codes(session: Session) -> dict[int, str]:
    return dict(session.execute(select(Unit.id, Unit.code)).all())


def _addresses(session: Session, tasks: list[OpenTask], *, as_of: date) -> _Addresses:
    committees = {task.committee_id for task in tasks}
    officers = session.execute(
        select(Person.id, Person.email, Person.name, Person.language).where(
            Person.id.in_({task.officer_id for task in tasks if task.officer_id}),
            or_(Person.left_on.is_(None), Person.left_on > as_of),
        )
    )
    return _Addresses(
        heads=unit_recipients(session, {task.unit_id for task in tasks}, on=as_of),
        officers={
            person_id: Recipient(email, person_id, name, language)
            for person_id, email, name, language in officers
        },
        chairs={
            committee_id: committee_recipients(session, committee_id, Role.CHAIRPERSON, as_of)
            for committee_id in committees
        },
    )
