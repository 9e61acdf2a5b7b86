"""Reads of tasks: the conditions that lists, pages, mails and exports share."""

from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    SQLColumnExpression,
    and_,
    case,
    false,
    func,
    or_,
    select,
    true,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import Session, aliased, selectinload

from tracker.db import Word
from tracker.evidence.models import Evidence
from tracker.permissions import Actor, Permission, Scope, scope_of
from tracker.tasks.extension_models import ExtensionRequest, extension_evidence
from tracker.tasks.models import (
    Coordination,
    DeadlineVersion,
    HandIn,
    HandInDecision,
    LeaderDecision,
    Progress,
    Task,
    hand_in_evidence,
    progress_evidence,
)
from tracker.tasks.rules import DeadlineClass, TimeKind


def open_(task: type[Task] = Task) -> ColumnElement[bool]:
    """Return the condition that a task is neither accepted nor has left the count."""
    return and_(task.accepted_on.is_(None), task.left_on.is_(None))


def overdue(today: date, task: type[Task] = Task) -> ColumnElement[bool]:
    """Return the condition that an open task is officially overdue; `task` may be an alias.

    THE definition in SQL; `rules.is_overdue` says the same and a test compares them.
    """
    return and_(open_(task), task.time == TimeKind.DATED, task.effective_on < today)


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that `actor` may read a task."""
    match scope_of(actor, Permission.TASK_READ):
        case Scope.EVERYWHERE:
            return true()
        case Scope.OWN_COMMITTEES:
            return Task.committee_id.in_(actor.committee_ids)
        case Scope.OWN_UNITS:
            part = select(Coordination.task_id).where(Coordination.unit_id.in_(actor.unit_ids))
            return or_(Task.lead_unit_id.in_(actor.unit_ids), Task.id.in_(part))
        case Scope.OWN_TASKS if actor.person_id is not None:
            return Task.officer_id == actor.person_id
        case _:
            return false()


def deadline_class(today: date) -> ColumnElement[DeadlineClass]:
    """Return the class of a task that still counts, as `rules.deadline_class` decides it."""
    return _class(Task.time, Task.effective_on, Task.accepted_on.is_not(None), today)


def counts_as_of(day: date) -> ColumnElement[bool]:
    """Return the condition that a task counts on `day`: assigned by then and not yet left."""
    # Written so that SQLite does not walk the index of assignments, which nearly all tasks meet.
    assigned = (Task.assigned_on > day).is_(False)
    return and_(assigned, or_(Task.left_on.is_(None), Task.left_on > day))


def class_as_of(day: date) -> ColumnElement[DeadlineClass]:
    """Return the class of a task as it stood at the end of `day` (only where `counts_as_of`).

    The deadline is the one decided by then; done is what was accepted by then.
    """
    # Nearly every task has one version, and its columns stand in the task's own row.
    single = Task.deadline_version == 1
    time: ColumnElement[Any] = case((single, Task.time), else_=_decided_by(day, "time"))
    return _class(time, effective_as_of(day), Task.accepted_on <= day, day)


def effective_as_of(day: date) -> ColumnElement[date | None]:
    """Return the effective date of the deadline that was decided by the end of `day`."""
    found: ColumnElement[Any] = case(
        (Task.deadline_version == 1, Task.effective_on), else_=_decided_by(day, "effective_on")
    )
    return type_coerce(found, Date)


def due_as_of(day: date) -> ColumnElement[date | None]:
    """Return the nominal date of the deadline that was decided by the end of `day`."""
    found: ColumnElement[Any] = case(
        (Task.deadline_version == 1, Task.due_on), else_=_decided_by(day, "due_on")
    )
    return type_coerce(found, Date)


def _decided_by(day: date, name: str) -> ColumnElement[Any]:
    version, later = aliased(DeadlineVersion), aliased(DeadlineVersion)
    newest = (
        select(func.max(later.version))
        .where(later.task_id == Task.id, or_(later.decided_on <= day, later.version == 1))
        .correlate(Task)
        .scalar_subquery()
    )
    return (
        select(getattr(version, name))
        .where(version.task_id == Task.id, version.version == newest)
        .correlate(Task)
        .scalar_subquery()
    )


def _class(
    time: SQLColumnExpression[Any],
    effective: SQLColumnExpression[Any],
    done: ColumnElement[bool],
    today: date,
) -> ColumnElement[DeadlineClass]:
    judged = func.coalesce(Task.handed_in_on, Task.accepted_on)
    dated = time == TimeKind.DATED.value
    found = case(
        (and_(done, dated, judged > effective), DeadlineClass.DONE_LATE.value),
        (done, DeadlineClass.DONE_ON_TIME.value),
        (time == TimeKind.STANDING.value, DeadlineClass.STANDING.value),
        (or_(~dated, effective.is_(None)), DeadlineClass.UNDATED.value),
        (effective < today, DeadlineClass.OPEN_OVERDUE.value),
        else_=DeadlineClass.OPEN_IN_TIME.value,
    )
    return type_coerce(found, Word(DeadlineClass))


def get_task(session: Session, task_id: int, actor: Actor) -> Task:
    """Return a task that `actor` may read. NoResultFound: there is none."""
    return session.scalars(select(Task).where(Task.id == task_id, visible_to(actor))).one()


def task_for_act(session: Session, task_id: int, actor: Actor) -> Task:
    """Return a task that `actor` may read, locked until the transaction ends.

    NoResultFound: there is none.
    """
    found = (
        select(Task)
        .where(Task.id == task_id, visible_to(actor))
        .options(selectinload(Task.coordinations))
        .with_for_update(of=Task)
    )
    return session.scalars(found).one()


def evidence_of(session: Session, task_id: int, evidence_id: int, actor: Actor) -> Evidence:
    """Return a piece of evidence of a task that `actor` may read. NoResultFound: there is none."""
    task = get_task(session, task_id, actor)
    reported = (
        select(progress_evidence.c.evidence_id)
        .join(Progress, Progress.id == progress_evidence.c.progress_id)
        .where(Progress.task_id == task.id)
    )
    handed_in = (
        select(hand_in_evidence.c.evidence_id)
        .join(HandIn, HandIn.id == hand_in_evidence.c.hand_in_id)
        .where(HandIn.task_id == task.id)
    )
    notes = (
        select(HandInDecision.note_id)
        .join(HandIn, HandIn.id == HandInDecision.hand_in_id)
        .where(HandIn.task_id == task.id, HandInDecision.note_id.is_not(None))
    )
    decided = select(LeaderDecision.note_id).where(
        LeaderDecision.task_id == task.id, LeaderDecision.note_id.is_not(None)
    )
    asked = (
        select(extension_evidence.c.evidence_id)
        .join(ExtensionRequest, ExtensionRequest.id == extension_evidence.c.request_id)
        .where(ExtensionRequest.task_id == task.id)
    )
    attached = union_all(reported, handed_in, notes, decided, asked).subquery()
    return session.scalars(
        select(Evidence).where(
            Evidence.id == evidence_id, Evidence.id.in_(select(attached.c.evidence_id))
        )
    ).one()


def task_by_code(session: Session, code: str, actor: Actor) -> Task | None:
    """Return the task of that code if `actor` may read it, or None."""
    return session.scalars(select(Task).where(Task.code == code, visible_to(actor))).first()
