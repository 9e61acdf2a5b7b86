"""Plan what is owed, and let failed mails start afresh."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert, select, text
from sqlalchemy.orm import Session

from tracker import history, outbox
from tracker.db import is_postgresql
from tracker.errors import N_, NotAllowed, RuleViolation
from tracker.outbox import MessageState, OutboxMessage
from tracker.permissions import Actor, Permission, may_anywhere
from tracker.reminders.digests import digest_key, digests
from tracker.reminders.holds import DIGEST_CAP, decided_hold
from tracker.reminders.ladder_actions import try_ladders
from tracker.reminders.ladder_queries import ladders_in_force
from tracker.reminders.models import LedgerRow, LedgerState, Planning
from tracker.reminders.planning import PlannedRow, planned_rows
from tracker.reminders.queries import listed_messages
from tracker.reminders.rules import SkipReason
from tracker.workdays import WorkCalendar, office_day

PLANNING_LOCK = 7_205_003
"""The PostgreSQL advisory lock of planning; it goes with the commit, also behind a pooler."""

CHUNK = 5000


def plan_reminders(
    session: Session,
    *,
    as_of: date,
    at: datetime,
    calendar: WorkCalendar,
    public_url: str,
    cap: int = DIGEST_CAP,
) -> list[PlannedRow]:
    """Write what is owed as of a day into the ledger, with one digest per person; return it.

    Planning again, late, or twice at once adds nothing: one planner at a time, and the ledger's
    unique constraint behind it. Steps that were overtaken are recorded as skipped. A run that
    would write to more than `cap` people writes nothing and waits for the secretariat's word.
    """
    if is_postgresql(session):
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": PLANNING_LOCK})
    if not calendar.is_workday(as_of):
        return []
    try_ladders(session, as_of=as_of, at=at, calendar=calendar)
    rows = planned_rows(session, as_of=as_of, calendar=calendar, today=office_day(at))
    owed = [row for row in rows if row.owed]
    people = len({row.recipient.address for row in owed})
    if people > cap:
        hold = decided_hold(session, as_of=as_of, at=at, people=people, reminders=len(owed))
        if hold.let_go is None:
            return []
        if not hold.let_go:
            rows = [replace(row, reason=row.reason or SkipReason.STOPPED) for row in rows]
            owed = []
    if rows:
        _write(session, rows, owed, as_of=as_of, at=at, public_url=public_url)
    book = ladders_in_force(session, as_of=as_of)
    session.add(
        Planning(
            as_of=as_of,
            at=at,
            fingerprint=book.fingerprint(calendar),
            owed=len(owed),
            skipped=len(rows) - len(owed),
        )
    )
    return owed


def _write(
    session: Session,
    rows: list[PlannedRow],
    owed: list[PlannedRow],
    *,
    as_of: date,
    at: datetime,
    public_url: str,
) -> None:
    """Queue one digest per person and write the rows into the ledger."""
    letters = digests(session, owed, as_of=as_of, public_url=public_url)
    messages = outbox.enqueue_many(
        session,
        {digest_key(address, as_of): letter for address, letter in letters.items()},
        at=at,
    )
    for start in range(0, len(rows), CHUNK):
        session.execute(
            insert(LedgerRow),
            [_ledger_row(row, messages, at) for row in rows[start : start + CHUNK]],
            # Rows with and without a person are then one statement, not one each.
            execution_options={"render_nulls": True},
        )


def _ledger_row(row: PlannedRow, messages: Mapping[str, int], at: datetime) -> dict[str, Any]:
    key = digest_key(row.recipient.address, row.as_of)
    return {
        "task_id": row.matter.id,
        "recipient": row.recipient.address,
        "person_id": row.recipient.person_id,
        "instead_of_id": row.recipient.instead_of_id,
        "unit_id": row.matter.unit_id,
        "rule": row.rule,
        "step": row.step,
        "deadline_version": row.matter.version,
        "due_on": row.matter.due_on,
        "as_of": row.as_of,
        "at": at,
        "state": LedgerState.OWED if row.owed else LedgerState.SKIPPED,
        "reason": row.reason,
        "message_id": messages[key] if row.owed else None,
    }


def try_again(session: Session, message_id: int, *, by: Actor, at: datetime) -> OutboxMessage:
    """Queue a failed message afresh. RuleViolation: it has not failed."""
    if not may_anywhere(by, Permission.INBOX_READ):
        raise NotAllowed
    message = session.scalars(
        select(OutboxMessage).where(OutboxMessage.id == message_id, listed_messages(by))
    ).one()
    if message.state is not MessageState.FAILED:
        raise RuleViolation(N_("This email has not failed: it was sent or still waits."))
    outbox.try_again(message, at=at)
    history.record(session, "message.try-again", message, by=by, at=at, label=message.recipient)
    return message
