"""Steps that fell while nothing was planned, of tasks that were moved or withdrawn before it.

They never go out; the ledger says why.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Date, and_, case, func, select, type_coerce
from sqlalchemy.orm import Session, aliased

from tracker.reminders.matters import (
    REMINDED,
    SLACK,
    TOLD,
    Matter,
    Window,
    matter_of,
    recorded,
)
from tracker.reminders.rules import Facts, SkipReason, Step, missed
from tracker.tasks.models import DeadlineVersion, Task


def missed_steps(session: Session, window: Window) -> Iterator[tuple[Matter, Step, SkipReason]]:
    """Yield what fell since the last planning, before the deadline moved or the task left."""
    if window.after is None:
        return
    for query, reason in (
        (_moved(window.after), SkipReason.NEW_DEADLINE),
        (_withdrawn(window), SkipReason.WITHDRAWN),
    ):
        rows = session.execute(query).all()
        matters = [(matter_of(None, *told), until) for until, *told in rows]
        highest = recorded(session, None, [matter.id for matter, _ in matters]) if rows else {}
        for matter, until in matters:
            facts = Facts(
                matter.facts.counts_from,
                matter.facts.known_on,
                highest.get((matter.id, matter.version)),
            )
            ladder = window.book.of(matter.committee_id, matter.kind)
            for step in missed(
                facts,
                until=until,
                since=window.since,
                calendar=window.calendar,
                ladder=ladder,
            ):
                yield matter, step, reason


def _moved(after: datetime) -> Any:
    """Select the deadlines that were replaced since the last planning, and on which day."""
    old, new = aliased(DeadlineVersion), aliased(DeadlineVersion)
    return (
        select(
            new.decided_on,
            Task.star,
            Task.workflow,
            type_coerce(func.coalesce(old.effective_on, old.due_on), Date),
            type_coerce(case((old.version > 1, old.decided_on), else_=Task.assigned_on), Date),
            old.version,
            *TOLD[1:],
        )
        .join(new, new.task_id == Task.id)
        .join(old, and_(old.task_id == new.task_id, old.version == new.version - 1))
        .where(
            new.decided_at >= after - SLACK,
            new.version > 1,
            old.time.in_(REMINDED),
            old.due_on.is_not(None),
            Task.accepted_on.is_(None),
        )
        .order_by(Task.id, old.version)
    )


def _withdrawn(window: Window) -> Any:
    """Select the tasks that left the count since the last planning, and on which day."""
    version = DeadlineVersion
    known_on = case((version.version > 1, version.decided_on), else_=Task.assigned_on)
    return (
        select(
            Task.left_on,
            Task.star,
            Task.workflow,
            type_coerce(func.coalesce(Task.effective_on, Task.due_on), Date),
            type_coerce(known_on, Date),
            *TOLD,
        )
        .join(
            version,
            and_(version.task_id == Task.id, version.version == Task.deadline_version),
        )
        .where(
            Task.left_on > window.since,
            Task.left_on <= window.as_of,
            Task.time.in_(REMINDED),
            Task.due_on.is_not(None),
        )
        .order_by(Task.id)
    )
