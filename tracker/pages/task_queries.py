"""Reads of the task page: the task with all that happened to it, and what it is tied to."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from tracker.conclusions.models import Clause
from tracker.criteria.models import Criterion
from tracker.evidence.models import Evidence
from tracker.outbox import MessageState, OutboxMessage
from tracker.permissions import Actor
from tracker.reminders.models import LedgerRow, LedgerState
from tracker.reminders.rules import NOT_TO_THE_UNIT
from tracker.scores.access import visible_to as visible_scores
from tracker.scores.models import Remedy, Score, remedy_tasks
from tracker.tasks.extension_models import ExtensionRequest
from tracker.tasks.models import (
    Coordination,
    Departure,
    HandIn,
    LeaderDecision,
    Progress,
    Receipt,
    Task,
)
from tracker.tasks.queries import visible_to
from tracker.tasks.return_models import TaskReturn, TaskReturnAnswer


@dataclass(frozen=True)
class Reminded:
    """One day's reminders of a task: how many steps went out, and whether they arrived."""

    at: datetime
    step: int
    rule: str
    addresses: int
    delivered: int


@dataclass(frozen=True)
class LinkedRemedy:
    """A remediation form that the task serves."""

    score_id: int
    criterion: str
    lost: Decimal | None
    expected: Decimal


@dataclass(frozen=True)
class TaskFacts:
    """All that the task page shows."""

    task: Task
    clause: Clause | None
    receipts: list[Receipt]
    leader_decisions: list[LeaderDecision]
    departures: list[Departure]
    reminders: list[Reminded]
    delivered: int
    remedies: list[LinkedRemedy]
    group_total: int
    group_open: int

    @property
    def evidence(self) -> list[Evidence]:
        """Return every piece of evidence of the task, the newest first, each once."""
        found = {piece.id: piece for report in self.task.progress for piece in report.evidence}
        found |= {piece.id: piece for given in self.task.hand_ins for piece in given.evidence}
        found |= {piece.id: piece for asked in self.task.extensions for piece in asked.evidence}
        return sorted(found.values(), key=lambda piece: piece.id, reverse=True)

    @property
    def sent_back_on(self) -> date | None:
        """Return the day on which the last hand-in was sent back."""
        given = self.task.hand_ins[-1] if self.task.hand_ins else None
        return given.decision.decided_on if given and given.decision else None


def task_facts(session: Session, task_id: int, actor: Actor) -> TaskFacts:
    """Return the task that `actor` may read, with its records. NoResultFound: there is none."""
    found = session.scalars(
        select(Task)
        .where(Task.id == task_id, visible_to(actor))
        .options(
            joinedload(Task.committee),
            joinedload(Task.lead_unit),
            joinedload(Task.officer),
            joinedload(Task.group),
            selectinload(Task.coordinations).joinedload(Coordination.unit),
            selectinload(Task.progress).selectinload(Progress.evidence).joinedload(Evidence.file),
            selectinload(Task.hand_ins).options(
                joinedload(HandIn.decision),
                selectinload(HandIn.evidence).joinedload(Evidence.file),
            ),
            selectinload(Task.deadlines),
            joinedload(Task.returns).options(
                joinedload(TaskReturn.unit),
                joinedload(TaskReturn.proposed_unit),
                joinedload(TaskReturn.answer).joinedload(TaskReturnAnswer.lead_unit),
            ),
            selectinload(Task.extensions).options(
                joinedload(ExtensionRequest.decision),
                selectinload(ExtensionRequest.evidence).joinedload(Evidence.file),
            ),
        )
    )
    task = found.unique().one()
    clause = None
    if task.clause_id is not None:
        clause = session.scalars(
            select(Clause)
            .where(Clause.id == task.clause_id)
            .options(joinedload(Clause.notice), joinedload(Clause.concluded_by))
        ).one()
    delivered, reminders = _reminders(session, task.id)
    group_total, group_open = _group(session, task)
    return TaskFacts(
        task=task,
        clause=clause,
        receipts=list(session.scalars(select(Receipt).where(Receipt.task_id == task.id))),
        leader_decisions=list(
            session.scalars(select(LeaderDecision).where(LeaderDecision.task_id == task.id))
        ),
        departures=list(session.scalars(select(Departure).where(Departure.task_id == task.id))),
        reminders=reminders,
        delivered=delivered,
        remedies=_remedies(session, task.id, actor),
        group_total=group_total,
        group_open=group_open,
    )


def _reminders(session: Session, task_id: int) -> tuple[int, list[Reminded]]:
    """Return how many reminders were delivered, and every one, newest first.

    Counted as `reminders.queries.delivered_counts` does: copies for the chairperson stay out.
    """
    arrived = func.sum(case((OutboxMessage.state == MessageState.SENT, 1), else_=0))
    rows = session.execute(
        select(
            func.max(LedgerRow.at),
            LedgerRow.step,
            LedgerRow.rule,
            func.count(LedgerRow.id),
            func.coalesce(arrived, 0),
        )
        .outerjoin(OutboxMessage, OutboxMessage.id == LedgerRow.message_id)
        .where(
            LedgerRow.task_id == task_id,
            LedgerRow.state == LedgerState.OWED,
            LedgerRow.rule.not_in(NOT_TO_THE_UNIT),
        )
        .group_by(LedgerRow.as_of, LedgerRow.rule, LedgerRow.step)
        .order_by(func.max(LedgerRow.at).desc())
    )
    found = [Reminded(at, step, rule, count, int(sent)) for at, step, rule, count, sent in rows]
    return sum(one.delivered for one in found), found


def _remedies(session: Session, task_id: int, actor: Actor) -> list[LinkedRemedy]:
    """Return the remediation forms that the task serves and that `actor` may read."""
    rows = session.execute(
        select(
            Remedy.score_id,
            Criterion.code,
            Criterion.name,
            Criterion.max_points,
            Score.final_score,
            Remedy.expected_points,
        )
        .join(remedy_tasks, remedy_tasks.c.remedy_id == Remedy.id)
        .join(Score, Score.id == Remedy.score_id)
        .join(Criterion, Criterion.id == Score.criterion_id)
        .where(remedy_tasks.c.task_id == task_id, visible_scores(actor))
        .order_by(Criterion.code)
    )
    return [
        LinkedRemedy(
            score_id,
            f"{code} {name}",
            most - final if final is not None else None,
            expected,
        )
        for score_id, code, name, most, final, expected in rows
    ]


def _group(session: Session, task: Task) -> tuple[int, int]:
    """Return how many parts the order to many units has, and how many are still open."""
    if task.group_id is None:
        return 0, 0
    is_open = Task.accepted_on.is_(None)
    row = session.execute(
        select(func.count(), func.coalesce(func.sum(case((is_open, 1), else_=0)), 0)).where(
            Task.group_id == task.group_id, Task.left_on.is_(None)
        )
    ).one()
    return int(row[0]), int(row[1])
