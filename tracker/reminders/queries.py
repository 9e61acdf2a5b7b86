"""Reads of the ledger and of the mails that carry it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    case,
    exists,
    false,
    func,
    or_,
    select,
    true,
)
from sqlalchemy.orm import Session, aliased

from tracker.errors import N_
from tracker.outbox import MessageState, OutboxMessage
from tracker.people.models import Person
from tracker.permissions import Actor, Permission, Scope, may_anywhere, scope_of
from tracker.reminders.models import LedgerRow, LedgerState
from tracker.reminders.rules import NOT_TO_THE_UNIT, Rule, SkipReason
from tracker.tasks.models import Task
from tracker.units.models import Unit
from tracker.words import name_words

PAGE = 50


class Result(StrEnum):
    """What became of a row of the ledger, counted apart."""

    DELIVERED = "delivered"
    QUEUED = "queued"
    FAILED = "failed"
    SKIPPED = "skipped"


name_words(
    {
        Result.DELIVERED: N_("Delivered"),
        Result.QUEUED: N_("Waiting to be sent"),
        Result.FAILED: N_("Could not be sent"),
        Result.SKIPPED: N_("Skipped"),
    }
)


@dataclass(frozen=True)
class LedgerFilters:
    """What the page shows; None or empty means all. `person` is part of a name or address."""

    first: date | None = None
    last: date | None = None
    unit_id: int | None = None
    task: str = ""
    person: str = ""
    result: Result | None = None


@dataclass(frozen=True)
class LedgerLine:
    """One row of the page. `nth` counts the reminders of the task to its unit, up to this one."""

    result: Result
    id: int
    at: datetime
    as_of: date
    rule: Rule
    step: int
    due_on: date | None
    task_id: int
    task_code: str
    title: str
    unit: str
    recipient: str
    person: str
    instead_of: str
    reason: SkipReason | None
    message_id: int | None
    opens: bool
    sent_at: datetime | None
    answer: str
    attempts: int
    nth: int


@dataclass(frozen=True)
class LedgerPage:
    """One page of the ledger, newest first; `after` is the id to go on from."""

    lines: list[LedgerLine]
    after: int | None
    counts: dict[Result, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """Return how many rows the filters find."""
        return sum(self.counts.values())


def ledger_page(
    session: Session, actor: Actor, filters: LedgerFilters, *, before: int | None = None
) -> LedgerPage:
    """Return the rows that `actor` may read, newest first, from below id `before`."""
    result = _result()
    counted = session.execute(
        _joined(select(result, func.count()), actor, filters).group_by(result)
    )
    counts = dict.fromkeys(Result, 0) | {Result(name): number for name, number in counted}
    earlier = aliased(LedgerRow)
    nth = (
        select(func.count())
        .where(
            earlier.task_id == LedgerRow.task_id,
            earlier.id <= LedgerRow.id,
            earlier.state == LedgerState.OWED,
            earlier.rule.not_in(NOT_TO_THE_UNIT),
        )
        .scalar_subquery()
    )
    query = _joined(
        select(
            _result(),
            LedgerRow.id,
            LedgerRow.at,
            LedgerRow.as_of,
            LedgerRow.rule,
            LedgerRow.step,
            LedgerRow.due_on,
            Task.id,
            Task.code,
            Task.title,
            Unit.name,
            LedgerRow.recipient,
            func.coalesce(Person.name, ""),
            func.coalesce(_absent_name(), ""),
            LedgerRow.reason,
            OutboxMessage.id,
            _opens(actor),
            OutboxMessage.sent_at,
            func.coalesce(OutboxMessage.answer, ""),
            func.coalesce(OutboxMessage.attempts, 0),
            nth,
        ),
        actor,
        filters,
    )
    if before is not None:
        query = query.where(LedgerRow.id < before)
    rows = session.execute(query.order_by(LedgerRow.id.desc()).limit(PAGE + 1)).all()
    lines = [_ledger_line(*row) for row in rows[:PAGE]]
    return LedgerPage(lines, lines[-1].id if len(rows) > PAGE else None, counts)


def ledger_sheet(
    session: Session, actor: Actor, filters: LedgerFilters
) -> Iterator[dict[str, Any]]:
    """Yield the rows that `filters` find as a sheet has them, newest first, text included."""
    names = (*(column for column in SHEET if column != "text"), "text")
    query = _joined(
        select(
            LedgerRow.as_of,
            Task.code,
            Task.title,
            Unit.name,
            func.coalesce(Person.name, ""),
            LedgerRow.recipient,
            func.coalesce(_absent_name(), ""),
            LedgerRow.rule,
            LedgerRow.step,
            LedgerRow.due_on,
            _result(),
            LedgerRow.reason,
            OutboxMessage.sent_at,
            OutboxMessage.answer,
            case((_opens(actor), OutboxMessage.body), else_=""),
        ),
        actor,
        filters,
    )
    rows = session.execute(
        query.order_by(LedgerRow.id.desc()).limit(SHEET_ROWS).execution_options(yield_per=1000)
    )
    for row in rows:
        yield dict(zip(names, row, strict=True))


SHEET = (
    "as_of",
    "task",
    "title",
    "unit",
    "person",
    "address",
    "instead_of",
    "rule",
    "step",
    "due_on",
    "result",
    "reason",
    "sent_at",
    "answer",
    "text",
)
SHEET_ROWS = 50_000


def _absent_name() -> ScalarSelect[str]:
    absent = aliased(Person)
    return select(absent.name).where(absent.id == LedgerRow.instead_of_id).scalar_subquery()


def _opens(actor: Actor) -> ColumnElement[bool]:
    """Return whether `actor` may open the mail of a row that `actor` may read."""
    if may_anywhere(actor, Permission.INBOX_READ):
        return true()
    return func.coalesce(LedgerRow.person_id == actor.person_id, false())


def _ledger_line(result: str, *told: Any) -> LedgerLine:
    return LedgerLine(Result(result), *told)


def delivered_counts(session: Session, task_ids: Iterable[int]) -> dict[int, int]:
    """Return task id → how many automatic reminders the server took; without any: not in it.

    Copies for the chairperson do not count, nor does what still waits or failed.
    """
    rows = session.execute(
        select(LedgerRow.task_id, func.count())
        .join(OutboxMessage, OutboxMessage.id == LedgerRow.message_id)
        .where(
            LedgerRow.task_id.in_(set(task_ids)),
            LedgerRow.rule.not_in(NOT_TO_THE_UNIT),
            OutboxMessage.state == MessageState.SENT,
        )
        .group_by(LedgerRow.task_id)
    )
    return dict(rows.all())


def units_in_ledger(session: Session, actor: Actor) -> list[tuple[int, str]]:
    """Return (id, name) of the units whose reminders `actor` may read, by name."""
    wanted = exists(
        select(LedgerRow.id)
        .join(Task, Task.id == LedgerRow.task_id)
        .where(LedgerRow.unit_id == Unit.id, _readable_rows(actor))
    )
    return list(session.execute(select(Unit.id, Unit.name).where(wanted).order_by(Unit.name)))


# Mails ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class MailLine:
    """One mail of the outbox, without its text."""

    id: int
    created_at: datetime
    recipient: str
    subject: str
    state: MessageState
    attempts: int
    next_at: datetime
    sent_at: datetime | None
    answer: str


def listed_messages(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that `actor` may know of a message: to whom, about what, its fate.

    One's own always; the secretariat also what is queued for its committees, and digests with
    any task of theirs, so that no failure is hidden from all.
    """
    own = OutboxMessage.person_id == actor.person_id if actor.person_id is not None else false()
    if not may_anywhere(actor, Permission.INBOX_READ):
        return own
    return or_(
        own,
        OutboxMessage.committee_id.in_(actor.committee_ids),
        exists(_carried().where(Task.committee_id.in_(actor.committee_ids))),
    )


def _foreign(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that a message names tasks of a committee that is not the actor's."""
    return exists(_carried().where(Task.committee_id.not_in(actor.committee_ids)))


def _carried() -> Select[int]:
    return (
        select(LedgerRow.id)
        .join(Task, Task.id == LedgerRow.task_id)
        .where(LedgerRow.message_id == OutboxMessage.id)
    )


def messages(
    session: Session,
    actor: Actor,
    *,
    state: MessageState | None = None,
    before: int | None = None,
) -> tuple[list[MailLine], int | None]:
    """Return a page of the mails that `actor` may read, newest first, and where it goes on."""
    query = _mail_lines().where(listed_messages(actor))
    if state is not None:
        query = query.where(OutboxMessage.state == state)
    if before is not None:
        query = query.where(OutboxMessage.id < before)
    rows = session.execute(query.order_by(OutboxMessage.id.desc()).limit(PAGE + 1)).all()
    lines = [MailLine(*row) for row in rows[:PAGE]]
    return lines, lines[-1].id if len(rows) > PAGE else None


def failed_messages(session: Session, actor: Actor, *, limit: int = 100) -> list[MailLine]:
    """Return the mails given up that `actor` may see, newest first."""
    rows = session.execute(
        _mail_lines()
        .where(OutboxMessage.state == MessageState.FAILED, listed_messages(actor))
        .order_by(OutboxMessage.id.desc())
        .limit(limit)
    )
    return [MailLine(*row) for row in rows]


def message(session: Session, actor: Actor, message_id: int) -> tuple[OutboxMessage, bool]:
    """Return one mail, and whether `actor` may read its text: not all of it may be theirs.

    NoResultFound: there is none that `actor` may know of.
    """
    found, foreign = session.execute(
        select(OutboxMessage, _foreign(actor)).where(
            OutboxMessage.id == message_id, listed_messages(actor)
        )
    ).one()
    return found, found.person_id == actor.person_id or not foreign


def _mail_lines() -> Select[*tuple[Any, ...]]:
    return select(
        OutboxMessage.id,
        OutboxMessage.created_at,
        OutboxMessage.recipient,
        OutboxMessage.subject,
        OutboxMessage.state,
        OutboxMessage.attempts,
        OutboxMessage.next_at,
        OutboxMessage.sent_at,
        OutboxMessage.answer,
    )


# Conditions -----------------------------------------------------------------------------------


def _result() -> ColumnElement[str]:
    return case(
        (LedgerRow.state == LedgerState.SKIPPED, Result.SKIPPED.value),
        (OutboxMessage.state == MessageState.SENT, Result.DELIVERED.value),
        (OutboxMessage.state == MessageState.FAILED, Result.FAILED.value),
        else_=Result.QUEUED.value,
    )


def _readable_rows(actor: Actor) -> ColumnElement[bool]:
    match scope_of(actor, Permission.LEDGER_READ):
        case Scope.EVERYWHERE:
            return true()
        case Scope.OWN_COMMITTEES:
            return Task.committee_id.in_(actor.committee_ids)
        case Scope.OWN_UNITS:
            return LedgerRow.unit_id.in_(actor.unit_ids)
        case _:
            return false()


def _joined(
    query: Select[*tuple[Any, ...]], actor: Actor, filters: LedgerFilters
) -> Select[*tuple[Any, ...]]:
    """Return `query` over the rows that `actor` may read and `filters` let through."""
    query = (
        query.select_from(LedgerRow)
        .join(Task, Task.id == LedgerRow.task_id)
        .join(Unit, Unit.id == LedgerRow.unit_id)
        .outerjoin(Person, Person.id == LedgerRow.person_id)
        .outerjoin(OutboxMessage, OutboxMessage.id == LedgerRow.message_id)
        .where(_readable_rows(actor))
    )
    return query.where(*_conditions(filters))


def _conditions(filters: LedgerFilters) -> Iterator[ColumnElement[bool]]:
    if filters.first:
        yield LedgerRow.as_of >= filters.first
    if filters.last:
        yield LedgerRow.as_of <= filters.last
    if filters.unit_id:
        yield LedgerRow.unit_id == filters.unit_id
    if filters.task:
        yield func.lower(Task.code) == filters.task.lower()
    if filters.person:
        yield or_(
            LedgerRow.recipient.icontains(filters.person, autoescape=True),
            Person.name.icontains(filters.person, autoescape=True),
        )
    if filters.result:
        yield _result() == filters.result
