"""What the conclusion page shows: each clause beside the tasks that it gave."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from tracker.conclusions.models import Clause, Notice
from tracker.conclusions.queries import clause_texts, notice_by_id, supplements_of
from tracker.evidence.models import Evidence
from tracker.permissions import Actor, Permission, may
from tracker.scores.models import Target
from tracker.tasks.models import Task, TaskGroup
from tracker.tasks.queries import overdue, visible_to
from tracker.tasks.rules import due_state
from tracker.units.models import Unit

MOST_CLAUSES = 80
MOST_CHARACTERS = 600
MOST_TASKS = 400


@dataclass(frozen=True)
class TaskLine:
    """One task beside its clause."""

    id: int
    code: str
    title: str
    unit: str
    due_on: date | None
    state: str
    days: int
    done: bool


@dataclass(frozen=True)
class GroupLine:
    """An order to many units: how many of them have completed it, and how many are late."""

    id: int
    addressee: str
    tasks: int
    done: int
    late: int


@dataclass(frozen=True)
class ClauseLine:
    """A clause with what became of it; `clipped` characters are not shown."""

    clause: Clause
    text: str
    clipped: int
    tasks: list[TaskLine]
    groups: list[GroupLine]
    targets: list[str]


@dataclass(frozen=True)
class NoticeFacts:
    """The conclusion page."""

    notice: Notice
    clauses: list[ClauseLine]
    more: int
    supplements: list[Notice]
    files: list[Evidence]
    tasks: int
    done: int
    late: int
    may_record: bool


def notice_facts(
    session: Session, actor: Actor, notice_id: int, today: date, *, everything: bool = False
) -> NoticeFacts:
    """Return a notice with its clauses and the tasks that `actor` may read.

    NoResultFound: no notice that the actor may read.
    """
    notice = notice_by_id(session, actor, notice_id)
    clauses = clause_texts(session, notice_id)
    shown = [clause for clause in clauses if everything or not clause.heading]
    lines = _tasks(session, actor, notice_id, today)
    groups = _groups(session, actor, notice_id, today)
    targets = _targets(session, notice_id)
    total, done, late = _totals(session, actor, notice_id, today)
    return NoticeFacts(
        notice=notice,
        clauses=[
            ClauseLine(
                clause=clause,
                text=clause.text.strip()[:MOST_CHARACTERS],
                clipped=max(0, len(clause.text.strip()) - MOST_CHARACTERS),
                tasks=lines.get(clause.id, []),
                groups=groups.get(clause.id, []),
                targets=targets.get(clause.id, []),
            )
            for clause in shown[:MOST_CLAUSES]
        ],
        more=max(0, len(shown) - MOST_CLAUSES),
        supplements=supplements_of(session, actor, notice_id),
        files=list(notice.files),
        tasks=total,
        done=done,
        late=late,
        may_record=may(actor, Permission.CONCLUSION_RECORD, committee_id=notice.committee_id),
    )


def _tasks(
    session: Session, actor: Actor, notice_id: int, today: date
) -> dict[int, list[TaskLine]]:
    """Return clause id → its tasks that are no part of a group."""
    rows = session.execute(
        select(Task, Unit.name)
        .join(Clause, Clause.id == Task.clause_id)
        .join(Unit, Unit.id == Task.lead_unit_id)
        .where(
            Clause.notice_id == notice_id,
            Task.group_id.is_(None),
            Task.left_on.is_(None),
            visible_to(actor),
        )
        .order_by(Task.id)
        .limit(MOST_TASKS)
    )
    lines: dict[int, list[TaskLine]] = {}
    for task, unit in rows:
        state, days = due_state(
            time=task.time,
            effective_on=task.effective_on,
            judged_on=(task.handed_in_on or task.accepted_on) if task.accepted_on else None,
            today=today,
        )
        line = TaskLine(
            id=task.id,
            code=task.code,
            title=task.title,
            unit=unit,
            due_on=task.due_on,
            state=state,
            days=days,
            done=task.accepted_on is not None,
        )
        if task.clause_id is not None:
            lines.setdefault(task.clause_id, []).append(line)
    return lines


def _groups(
    session: Session, actor: Actor, notice_id: int, today: date
) -> dict[int, list[GroupLine]]:
    rows = session.execute(
        select(
            Task.clause_id,
            TaskGroup.id,
            TaskGroup.addressee,
            func.count(Task.id),
            func.count(Task.accepted_on),
            func.count(Task.id).filter(overdue(today)),
        )
        .join(TaskGroup, TaskGroup.id == Task.group_id)
        .join(Clause, Clause.id == Task.clause_id)
        .where(Clause.notice_id == notice_id, Task.left_on.is_(None), visible_to(actor))
        .group_by(Task.clause_id, TaskGroup.id, TaskGroup.addressee)
        .order_by(TaskGroup.id)
    )
    groups: dict[int, list[GroupLine]] = {}
    for clause_id, group_id, addressee, count, done, late in rows:
        if clause_id is not None:
            line = GroupLine(group_id, addressee, count, done, late)
            groups.setdefault(clause_id, []).append(line)
    return groups


def _targets(session: Session, notice_id: int) -> dict[int, list[str]]:
    rows = session.scalars(
        select(Target)
        .join(Clause, Clause.id == Target.clause_id)
        .where(Clause.notice_id == notice_id)
        .options(joinedload(Target.indicator))
        .order_by(Target.id)
    )
    targets: dict[int, list[str]] = {}
    for target in rows:
        if target.clause_id is not None:
            targets.setdefault(target.clause_id, []).append(target.indicator.name)
    return targets


def _totals(session: Session, actor: Actor, notice_id: int, today: date) -> tuple[int, int, int]:
    row = session.execute(
        select(
            func.count(Task.id),
            func.count(Task.accepted_on),
            func.count(Task.id).filter(overdue(today)),
        )
        .join(Clause, Clause.id == Task.clause_id)
        .where(Clause.notice_id == notice_id, Task.left_on.is_(None), visible_to(actor))
    ).one()
    return row[0], row[1], row[2]
