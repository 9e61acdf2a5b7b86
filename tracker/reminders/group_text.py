"""A text about one unit for its chat group: overdue and due soon, with the sign-in address.

Never a personal link: everybody in the group reads it.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.errors import NotAllowed
from tracker.permissions import Actor, Permission, may_anywhere
from tracker.tasks.models import Task
from tracker.tasks.queries import open_, visible_to
from tracker.tasks.rules import DUE_SOON_DAYS, TimeKind, days_late
from tracker.units.models import Unit


@dataclass(frozen=True)
class GroupLine:
    """One task of the text; `days_late` and `days_left` count calendar days."""

    title: str
    due_on: date
    days_late: int
    days_left: int


@dataclass(frozen=True)
class GroupText:
    """What a unit's group is told on a day, the earliest deadline first."""

    unit: Unit
    overdue: list[GroupLine]
    due_soon: list[GroupLine]


def group_text(session: Session, unit_id: int, *, by: Actor, today: date) -> GroupText:
    """Return the overdue and due-soon tasks that a unit leads, of the actor's committees.

    NotAllowed: not a secretariat. NoResultFound: there is no such unit.
    """
    if not may_anywhere(by, Permission.TASK_MANAGE):
        raise NotAllowed
    unit = session.scalars(select(Unit).where(Unit.id == unit_id)).one()
    rows = session.execute(
        select(Task.title, Task.due_on, Task.effective_on)
        .where(
            open_(),
            visible_to(by),
            Task.lead_unit_id == unit_id,
            Task.time == TimeKind.DATED,
            Task.effective_on <= today + timedelta(days=DUE_SOON_DAYS),
        )
        .order_by(Task.effective_on, Task.id)
    )
    lines = [
        GroupLine(title, due_on, days_late(effective_on, today), (effective_on - today).days)
        for title, due_on, effective_on in rows
        if due_on is not None and effective_on is not None
    ]
    return GroupText(
        unit,
        overdue=[line for line in lines if line.days_late],
        due_soon=[line for line in lines if not line.days_late],
    )
