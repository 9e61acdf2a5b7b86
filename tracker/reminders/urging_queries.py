"""Reads of urgings and explanations, and the counts that pages show beside a task."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import ColumnElement, Select, case, func, literal, select, union_all
from sqlalchemy.orm import Session, joinedload, selectinload

from tracker.committees.models import Committee
from tracker.outbox import MessageState, OutboxMessage
from tracker.permissions import Actor
from tracker.reminders.models import LedgerRow
from tracker.reminders.rules import NOT_TO_THE_UNIT
from tracker.reminders.urging_models import (
    ExplanationAnswer,
    ExplanationJudgement,
    ExplanationRequest,
    Urging,
)
from tracker.tasks.models import Task
from tracker.tasks.queries import open_, visible_to
from tracker.units.models import Unit


@dataclass
class Nudges:
    """What was done about late tasks, by task id; a task without any is not in a mapping.

    `reminded`: automatic reminders that the server took; `urged`: urgings by a person;
    `objective`: an objective reason was accepted. `often`: tasks in the list of the next session.
    """

    reminded: dict[int, int] = field(default_factory=dict)
    urged: dict[int, int] = field(default_factory=dict)
    objective: set[int] = field(default_factory=set)
    often: int = 0


@dataclass(frozen=True)
class OftenUrged:
    """A task of the list "urged more than so often", for the next session."""

    id: int
    code: str
    title: str
    unit: str
    due_on: date | None
    effective_on: date | None
    urgings: int
    last_on: date
    last_document: str


def nudges(session: Session, actor: Actor, task_ids: Iterable[int]) -> Nudges:
    """Return what was done about the tasks of a page, in one query."""
    ids = set(task_ids)
    reminded = (
        select(literal("reminded"), LedgerRow.task_id, func.count())
        .join(OutboxMessage, OutboxMessage.id == LedgerRow.message_id)
        .where(
            LedgerRow.task_id.in_(ids),
            LedgerRow.rule.not_in(NOT_TO_THE_UNIT),
            OutboxMessage.state == MessageState.SENT,
        )
        .group_by(LedgerRow.task_id)
    )
    urged = (
        select(literal("urged"), Urging.task_id, func.count())
        .where(Urging.task_id.in_(ids))
        .group_by(Urging.task_id)
    )
    objective = (
        select(literal("objective"), ExplanationRequest.task_id, func.count())
        .join(ExplanationAnswer, ExplanationAnswer.request_id == ExplanationRequest.id)
        .join(ExplanationJudgement, ExplanationJudgement.answer_id == ExplanationAnswer.id)
        .where(ExplanationRequest.task_id.in_(ids), ExplanationJudgement.objective)
        .group_by(ExplanationRequest.task_id)
    )
    listed = _often(actor).subquery()
    often = select(literal("often"), literal(0), func.count()).select_from(listed)
    found = Nudges()
    for kind, task_id, number in session.execute(union_all(reminded, urged, objective, often)):
        match kind:
            case "reminded":
                found.reminded[task_id] = number
            case "urged":
                found.urged[task_id] = number
            case "objective":
                found.objective.add(task_id)
            case _:
                found.often = number
    return found


def often_urged(session: Session, actor: Actor) -> list[OftenUrged]:
    """Return the open tasks urged more often than their committee's limit, most urged first."""
    listed = _often(actor).subquery()
    last = (
        select(Urging.document_number)
        .where(Urging.task_id == Task.id)
        .order_by(Urging.urged_on.desc(), Urging.id.desc())
        .limit(1)
        .correlate(Task)
        .scalar_subquery()
    )
    rows = session.execute(
        select(
            Task.id,
            Task.code,
            Task.title,
            Unit.name,
            Task.due_on,
            Task.effective_on,
            listed.c.urgings,
            listed.c.last_on,
            last,
        )
        .join(listed, listed.c.task_id == Task.id)
        .join(Unit, Unit.id == Task.lead_unit_id)
        .order_by(listed.c.urgings.desc(), Task.effective_on, Task.id)
    )
    return [OftenUrged(*row) for row in rows]


def urgings_of(session: Session, task_id: int) -> list[Urging]:
    """Return the urgings of a task, the oldest first."""
    return list(
        session.scalars(select(Urging).where(Urging.task_id == task_id).order_by(Urging.id))
    )


def explanations_of(session: Session, task_id: int) -> list[ExplanationRequest]:
    """Return what was asked about a task, with answers and judgements, the oldest first."""
    return list(
        session.scalars(
            select(ExplanationRequest)
            .where(ExplanationRequest.task_id == task_id)
            .options(
                selectinload(ExplanationRequest.answers).joinedload(ExplanationAnswer.judgement)
            )
            .order_by(ExplanationRequest.id)
        )
    )


def explanation(session: Session, actor: Actor, request_id: int) -> ExplanationRequest:
    """Return one request about a task that `actor` may read. NoResultFound: there is none."""
    return session.scalars(
        select(ExplanationRequest)
        .join(Task, Task.id == ExplanationRequest.task_id)
        .where(ExplanationRequest.id == request_id, visible_to(actor))
        .options(
            joinedload(ExplanationRequest.task),
            selectinload(ExplanationRequest.answers).joinedload(ExplanationAnswer.judgement),
        )
    ).one()


def unanswered() -> ColumnElement[bool]:
    """Return the condition that a request waits for the unit; see `waits_for_answer`."""
    settled = (
        select(ExplanationAnswer.id)
        .outerjoin(ExplanationJudgement, ExplanationJudgement.answer_id == ExplanationAnswer.id)
        .where(
            ExplanationAnswer.request_id == ExplanationRequest.id,
            case((ExplanationJudgement.id.is_(None), True), else_=ExplanationJudgement.sufficient),
        )
    )
    return ~settled.exists()


def _often(actor: Actor) -> Select[int, int, date]:
    """Select task id, number of urgings and the last day, above the committee's limit."""
    return (
        select(
            Urging.task_id.label("task_id"),
            func.count().label("urgings"),
            func.max(Urging.urged_on).label("last_on"),
        )
        .join(Task, Task.id == Urging.task_id)
        .join(Committee, Committee.id == Task.committee_id)
        .where(open_(), visible_to(actor))
        .group_by(Urging.task_id, Committee.urgings_before_session)
        .having(func.count() > Committee.urgings_before_session)
    )
