"""What a unit's head reads in a digest beside what is owed: new tasks, and those due this week."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import Date, func, or_, select, type_coerce
from sqlalchemy.orm import Session

from tracker.people.queries import unit_recipients
from tracker.reminders.matters import REMINDED, TOLD, Matter, matter_of
from tracker.reminders.planning import PlannedRow
from tracker.tasks.models import Task
from tracker.tasks.queries import open_
from tracker.tasks.rules import Workflow

WEEK = timedelta(days=7)


@dataclass
class Beside:
    """Tasks that no step is owed for today: assigned within a week and not yet received; due."""

    new: list[Matter] = field(default_factory=list)
    this_week: list[Matter] = field(default_factory=list)


def tasks_beside(
    session: Session, by_address: Mapping[str, list[PlannedRow]], as_of: date
) -> dict[str, Beside]:
    """Return address → what else a digest says, for heads and mailboxes of units only.

    An officer or a leader gets nothing more: they may not read every task of the unit.
    """
    owed = {(address, row.matter.id) for address, rows in by_address.items() for row in rows}
    units = {row.matter.unit_id for rows in by_address.values() for row in rows}
    heads = {
        unit_id: one.address
        for unit_id, one in unit_recipients(session, units, on=as_of).items()
        if one.address in by_address
    }
    day = func.coalesce(Task.effective_on, Task.due_on)
    new = Task.workflow == Workflow.ASSIGNED
    rows = session.execute(
        select(Task.star, Task.workflow, type_coerce(day, Date), Task.assigned_on, *TOLD)
        .where(
            open_(),
            Task.lead_unit_id.in_(heads),
            Task.time.in_(REMINDED),
            Task.workflow != Workflow.HANDED_IN,
            or_(
                Task.effective_on.between(as_of, as_of + WEEK),
                new & Task.assigned_on.between(as_of - WEEK, as_of),
            ),
        )
        .order_by(Task.id)
    )
    found: dict[str, Beside] = defaultdict(Beside)
    for star, workflow, counts_from, assigned_on, *told in rows:
        matter = matter_of(None, star, workflow, counts_from, assigned_on, *told)
        address = heads[matter.unit_id]
        if (address, matter.id) in owed:
            continue
        if workflow is Workflow.ASSIGNED and assigned_on > as_of - WEEK:
            found[address].new.append(matter)
        else:
            found[address].this_week.append(matter)
    return found
