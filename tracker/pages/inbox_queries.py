"""Reads of the secretariat's page: what waits to be dealt with, each list with its count."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Date, and_, exists, false, func, or_, select, tuple_, type_coerce
from sqlalchemy.orm import Session, aliased

from tracker.committees.models import Committee
from tracker.conclusions.models import Clause, Notice
from tracker.outbox import MessageState, OutboxMessage
from tracker.people.models import Person
from tracker.permissions import Actor
from tracker.reminders.models import LedgerRow
from tracker.reminders.queries import listed_messages
from tracker.reminders.rules import SkipReason
from tracker.reports.queries import AnyRow, AnySelect
from tracker.tasks.extension_models import ExtensionDecision, ExtensionRequest
from tracker.tasks.models import HandIn, Task
from tracker.tasks.queries import open_, visible_to
from tracker.tasks.return_models import TaskReturn, TaskReturnAnswer
from tracker.tasks.rules import TimeKind, Workflow
from tracker.units.models import Unit

QUIET_DAYS = 14
SHOWN = 15
PAGE_ROWS = 50


class Part(StrEnum):
    """A list of the page, in the order in which it stands."""

    RETURNS = "returns"
    HAND_INS = "hand-ins"
    EXTENSIONS = "extensions"
    UNDATED = "undated"
    QUIET = "quiet"
    UNREACHABLE = "unreachable"
    MAILS = "mails"
    NOTICES = "notices"


@dataclass(frozen=True)
class Listed:
    """The first rows of a list, how many there are in all, and whether more follow these."""

    rows: Sequence[AnyRow]
    count: int
    more: bool


def listed(
    session: Session,
    part: Part,
    actor: Actor,
    today: date,
    *,
    limit: int = SHOWN,
    after: tuple[date, int] | None = None,
) -> Listed:
    """Return a list of the page from behind `after`, the oldest first.

    Every tuple begins with the count, the date by which it is sorted, and the id.
    """
    query = {
        Part.RETURNS: _returns,
        Part.HAND_INS: _hand_ins,
        Part.EXTENSIONS: _extensions,
        Part.UNDATED: _undated,
        Part.QUIET: _quiet,
        Part.UNREACHABLE: _unreachable,
        Part.MAILS: _mails,
        Part.NOTICES: _notices,
    }[part](actor, today).subquery()
    found = select(query).order_by(query.c.since, query.c.id).limit(limit + 1)
    if after is not None:
        found = found.where(tuple_(query.c.since, query.c.id) > tuple_(*after))
    rows = session.execute(found).all()
    return Listed(rows[:limit], rows[0][0] if rows else 0, len(rows) > limit)


def _tasks(since: Any, actor: Actor, *more: Any) -> AnySelect:
    """Select count, since, id, title, star, unit, clause, notice number and date, then `more`."""
    return (
        select(
            func.count().over().label("number"),
            since.label("since"),
            Task.id.label("id"),
            Task.title,
            Task.star,
            Unit.short_name,
            Clause.label,
            Notice.number,
            Notice.issued_on,
            *more,
        )
        .join(Unit, Unit.id == Task.lead_unit_id)
        .outerjoin(Clause, Clause.id == Task.clause_id)
        .outerjoin(Notice, Notice.id == Clause.notice_id)
        .where(open_(), visible_to(actor))
    )


def _returns(actor: Actor, today: date) -> AnySelect:
    """List tasks that a unit sent back as not its own: reason, proposed unit."""
    del today
    proposed = aliased(Unit)
    answered = exists().where(TaskReturnAnswer.return_id == TaskReturn.id)
    return (
        _tasks(
            type_coerce(func.date(TaskReturn.at), Date),
            actor,
            func.substr(TaskReturn.reason, 1, 160).label("reason"),
            proposed.short_name.label("proposed"),
        )
        .join(TaskReturn, TaskReturn.task_id == Task.id)
        .outerjoin(proposed, proposed.id == TaskReturn.proposed_unit_id)
        .where(~answered)
    )


def _hand_ins(actor: Actor, today: date) -> AnySelect:
    """List reported completions: result, document and its date, deadline, kind of time, decides.

    `decides` tells whether `actor` may answer, as `tasks.guards.may_decide` says of a secretary:
    not of a unit of the own posts, nor of the standing unit unless named as its acceptor.
    """
    del today
    decides = and_(
        Task.lead_unit_id.not_in(actor.all_unit_ids),
        or_(
            Committee.unit_id.is_(None),
            Committee.unit_id != Task.lead_unit_id,
            Committee.acceptor_id == actor.person_id,
        ),
    )
    last = (
        select(func.max(HandIn.id))
        .where(HandIn.task_id == Task.id)
        .correlate(Task)
        .scalar_subquery()
    )
    return (
        _tasks(
            HandIn.handed_in_on,
            actor,
            func.substr(HandIn.result, 1, 160).label("result"),
            HandIn.document_number,
            HandIn.document_date,
            Task.effective_on,
            Task.time.label("time"),
            func.coalesce(decides, false()).label("decides"),
        )
        .join(HandIn, HandIn.id == last)
        .join(Committee, Committee.id == Task.committee_id)
        .where(Task.workflow == Workflow.HANDED_IN)
    )


def _extensions(actor: Actor, today: date) -> AnySelect:
    """List requests that wait: asked-for date, reason, present nominal and effective date."""
    del today
    decided = exists().where(ExtensionDecision.request_id == ExtensionRequest.id)
    return (
        _tasks(
            ExtensionRequest.asked_on,
            actor,
            ExtensionRequest.due_on.label("wanted"),
            func.substr(ExtensionRequest.reason, 1, 160).label("reason"),
            Task.due_on,
            ExtensionRequest.old_effective_on,
        )
        .join(ExtensionRequest, ExtensionRequest.task_id == Task.id)
        .where(~decided)
    )


def _undated(actor: Actor, today: date) -> AnySelect:
    """List tasks without an official date: kind of time, the notice's words, proposed date."""
    del today
    return _tasks(
        Task.assigned_on, actor, Task.time.label("time"), Task.deadline_text, Task.due_on
    ).where(Task.time.in_((TimeKind.AWAITING, TimeKind.PROPOSED)))


def _quiet(actor: Actor, today: date) -> AnySelect:
    """List what was silent for 14 days: last update or none, percent."""
    since = func.coalesce(Task.updated_on, Task.assigned_on)
    return _tasks(since, actor, Task.updated_on, Task.percent).where(
        since <= today - timedelta(days=QUIET_DAYS),
        Task.workflow != Workflow.HANDED_IN,
        Task.time.in_((TimeKind.DATED, TimeKind.PROPOSED, TimeKind.AWAITING)),
    )


def _unreachable(actor: Actor, today: date) -> AnySelect:
    """List units that could not be reminded lately: unit, the absent person, how many tasks."""
    since = func.min(LedgerRow.as_of)
    return (
        select(
            func.count().over().label("number"),
            since.label("since"),
            Unit.id.label("id"),
            Unit.name,
            func.max(Person.name).label("person"),
            func.count(func.distinct(LedgerRow.task_id)).label("tasks"),
            func.max(LedgerRow.reason).label("reason"),
        )
        .join(Unit, Unit.id == LedgerRow.unit_id)
        .join(Task, Task.id == LedgerRow.task_id)
        .outerjoin(Person, Person.id == LedgerRow.person_id)
        .where(
            LedgerRow.reason.in_((SkipReason.NO_ADDRESS, SkipReason.ABSENT)),
            LedgerRow.as_of > today - timedelta(days=QUIET_DAYS),
            open_(),
            Task.committee_id.in_(sorted(actor.committee_ids)),
        )
        .group_by(Unit.id, Unit.name)
    )


def _mails(actor: Actor, today: date) -> AnySelect:
    """List mails that failed: address, person, subject, the server's answer, attempts."""
    del today
    return (
        select(
            func.count().over().label("number"),
            type_coerce(func.date(OutboxMessage.created_at), Date).label("since"),
            OutboxMessage.id.label("id"),
            OutboxMessage.recipient,
            Person.name,
            OutboxMessage.subject,
            func.substr(OutboxMessage.answer, 1, 160).label("answer"),
            OutboxMessage.attempts,
            OutboxMessage.created_at,
        )
        .outerjoin(Person, Person.id == OutboxMessage.person_id)
        .where(OutboxMessage.state == MessageState.FAILED, listed_messages(actor))
    )


def _notices(actor: Actor, today: date) -> AnySelect:
    """List notices whose work is not assigned: title, number, date, submitted and signed at."""
    del today
    return select(
        func.count().over().label("number"),
        type_coerce(func.date(Notice.created_at), Date).label("since"),
        Notice.id.label("id"),
        Notice.title,
        Notice.number,
        Notice.issued_on,
        Notice.submitted_at,
        Notice.signed_at,
        Notice.secret,
    ).where(Notice.assigned_at.is_(None), Notice.committee_id.in_(sorted(actor.committee_ids)))
