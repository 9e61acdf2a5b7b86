"""Reads for the remediation form: what it shows and among what it lets choose."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.criteria.models import Criterion
from tracker.people.queries import officers_of
from tracker.permissions import Actor
from tracker.scores.models import Remedy, Score
from tracker.scores.remedies import owner_units
from tracker.scores.rules import Standing, standing_of
from tracker.tasks.models import Task
from tracker.tasks.queries import open_, overdue
from tracker.tasks.queries import visible_to as visible_tasks
from tracker.tasks.rules import is_overdue
from tracker.units.queries import unit_choices, with_units_below

MOST_TASKS = 200


@dataclass(frozen=True)
class Choices:
    """Among what the form lets choose: (id, words) each."""

    units: list[tuple[int, str]]
    officers: list[tuple[int, str]]
    tasks: list[tuple[int, str]]


@dataclass(frozen=True)
class LinkedTask:
    """A task that mends the loss, as the form shows it."""

    task: Task
    overdue: bool


def choices(session: Session, score: Score, actor: Actor, today: date) -> Choices:
    """Return units, officers and open tasks for the form of `score`; what is chosen stays in.

    Only tasks that `actor` may read, also among those linked already.
    """
    allowed = owner_units(session, score, actor)
    units = [
        (unit_id, name)
        for unit_id, name in unit_choices(session, today)
        if allowed is None or unit_id in allowed
    ]
    owners = {score.unit_id}
    remedy = score.remedy
    if remedy is not None:
        owners.add(remedy.owner_unit_id)
        if remedy.owner_unit_id not in dict(units):
            units.append((remedy.owner_unit_id, remedy.owner_unit.name))
    below = with_units_below(session, frozenset(owners))
    officers = officers_of(session, below, on=today)
    if remedy is not None and remedy.officer and remedy.officer_id not in dict(officers):
        officers.append((remedy.officer.id, remedy.officer.name))
    rows = session.execute(
        select(Task.id, Task.code, Task.title)
        .where(open_(), visible_tasks(actor), Task.lead_unit_id.in_(below))
        .order_by(Task.effective_on, Task.id)
        .limit(MOST_TASKS)
    )
    tasks = {task_id: f"{code} – {title}" for task_id, code, title in rows}
    linked = {
        linked.task.id: f"{linked.task.code} – {linked.task.title}"
        for linked in linked_tasks(session, score, actor, today)
    }
    return Choices(units, officers, list((linked | tasks).items()))


def linked_tasks(session: Session, score: Score, actor: Actor, today: date) -> list[LinkedTask]:
    """Return the linked tasks that `actor` may read, the overdue ones marked by THE definition."""
    if score.remedy is None or not score.remedy.tasks:
        return []
    rows = session.execute(
        select(Task, overdue(today))
        .where(Task.id.in_([task.id for task in score.remedy.tasks]), visible_tasks(actor))
        .order_by(Task.effective_on, Task.id)
    )
    return [LinkedTask(task, bool(late)) for task, late in rows]


def remedy_standing(remedy: Remedy | None, today: date) -> Standing:
    """Return how the points of a remedy stand; the tasks of its owner and unit have their say."""
    own = {remedy.owner_unit_id, remedy.score.unit_id} if remedy else set()
    linked = remedy.tasks if remedy else []
    tasks = [task for task in linked if task.lead_unit_id in own and not _ended(task)]
    return standing_of(
        has_remedy=remedy is not None,
        due_on=remedy.due_on if remedy else None,
        complete_on=remedy.evidence_complete_on if remedy else None,
        today=today,
        open_task=bool(tasks),
        late_task=any(is_overdue(task.effective_on, task.time, today) for task in tasks),
    )


def _ended(task: Task) -> bool:
    return task.accepted_on is not None or task.left_on is not None


def criterion_field(session: Session, criterion: Criterion) -> Criterion:
    """Return the field (the top) above a criterion."""
    tree = select(Criterion.id, Criterion.parent_id).where(Criterion.id == criterion.id)
    above = tree.cte("above", recursive=True)
    above = above.union(
        select(Criterion.id, Criterion.parent_id).join(above, Criterion.id == above.c.parent_id)
    )
    top = select(above.c.id).where(above.c.parent_id.is_(None))
    return session.scalars(select(Criterion).where(Criterion.id.in_(top))).one()
