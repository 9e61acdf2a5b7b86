"""Reads of a unit's or an officer's own page: what is theirs, in the order of what to do."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, case, exists, false, func, or_, select
from sqlalchemy.orm import Session

from tracker.conclusions.models import Clause, Notice
from tracker.permissions import Actor, Permission, Scope, scope_of
from tracker.reports.queries import AnyRow
from tracker.tasks.models import Coordination, Task
from tracker.tasks.queries import open_, overdue
from tracker.tasks.rules import DUE_SOON_DAYS, TimeKind, Workflow
from tracker.units.models import Unit

SHOWN = 20
"""Rows of one section; the section's head says how many there are in all."""


class Section(StrEnum):
    """A part of the page, in the order in which it stands."""

    RECEIPT = "receipt"
    OVERDUE = "overdue"
    SOON = "soon"
    WAITING = "waiting"
    LATER = "later"
    UNDATED = "undated"
    COORDINATING = "coordinating"


@dataclass
class Work:
    """Rows by section, and how many tasks each section has in all."""

    rows: dict[Section, list[AnyRow]] = field(default_factory=dict)
    counts: dict[Section, int] = field(default_factory=lambda: dict.fromkeys(Section, 0))

    @property
    def open_tasks(self) -> int:
        """Return how many open tasks are one's own to lead or do."""
        return sum(number for section, number in self.counts.items() if section != "coordinating")


def my_work(session: Session, actor: Actor, today: date) -> Work:
    """Return the open tasks that `actor`'s unit leads or coordinates, or the officer is given.

    Tuples: section, count of the section, id, title, star, nominal date, effective date, kind of
    time, the notice's words, percent, update date, completion reported, workflow, unit, clause,
    notice number and date.
    """
    mine = _led_by(actor)
    helps = (
        exists()
        .where(
            Coordination.task_id == Task.id,
            Coordination.unit_id.in_(sorted(actor.unit_ids)),
            Coordination.done_on.is_(None),
        )
        .correlate(Task)
        if scope_of(actor, Permission.MY_WORK_READ) is Scope.OWN_UNITS
        else false()
    )
    receives = scope_of(actor, Permission.TASK_RECEIVE) is not None
    section = case(
        (~mine, Section.COORDINATING.value),
        (Task.workflow == Workflow.HANDED_IN, Section.WAITING.value),
        *([(Task.workflow == Workflow.ASSIGNED, Section.RECEIPT.value)] if receives else []),
        (overdue(today), Section.OVERDUE.value),
        (Task.time != TimeKind.DATED, Section.UNDATED.value),
        (Task.effective_on <= today + timedelta(days=DUE_SOON_DAYS), Section.SOON.value),
        else_=Section.LATER.value,
    )
    placed = (
        select(
            Task.id,
            section.label("section"),
            func.count().over(partition_by=section).label("of"),
            func.row_number()
            .over(
                partition_by=section,
                order_by=(func.coalesce(Task.effective_on, date.max), Task.id),
            )
            .label("place"),
        )
        .where(open_(), or_(mine, helps))
        .subquery()
    )
    query = (
        select(
            placed.c.section,
            placed.c.of,
            Task.id,
            Task.title,
            Task.star,
            Task.due_on,
            Task.effective_on,
            Task.time,
            Task.deadline_text,
            Task.percent,
            Task.updated_on,
            Task.handed_in_on,
            Task.workflow,
            Unit.short_name,
            Clause.label,
            Notice.number,
            Notice.issued_on,
        )
        .join(placed, placed.c.id == Task.id)
        .join(Unit, Unit.id == Task.lead_unit_id)
        .outerjoin(Clause, Clause.id == Task.clause_id)
        .outerjoin(Notice, Notice.id == Clause.notice_id)
        .where(placed.c.place <= SHOWN)
        .order_by(placed.c.section, placed.c.place)
    )
    work = Work()
    row: Any
    for row in session.execute(query):
        found = Section(row[0])
        work.rows.setdefault(found, []).append(row)
        work.counts[found] = row[1]
    return work


def unit_name(session: Session, actor: Actor) -> str:
    """Return the name of the unit whose work the page shows; an officer's page is their own."""
    if scope_of(actor, Permission.MY_WORK_READ) is not Scope.OWN_UNITS:
        return ""
    return session.scalar(select(Unit.short_name).where(Unit.id == actor.unit_id)) or ""


def _led_by(actor: Actor) -> ColumnElement[bool]:
    match scope_of(actor, Permission.MY_WORK_READ):
        case Scope.OWN_UNITS:
            return Task.lead_unit_id.in_(sorted(actor.unit_ids))
        case Scope.OWN_TASKS if actor.person_id is not None:
            return Task.officer_id == actor.person_id
        case _:
            return false()
