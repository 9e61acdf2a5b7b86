"""Steps of a review: what clauses were before each, and taking the last one back."""

from collections.abc import Iterable
from datetime import date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import Date, inspect, select
from sqlalchemy.orm import Session, selectinload

from tracker import history
from tracker.conclusions.models import Clause, EarlierTask, Notice, Proposal, ProposalUnit
from tracker.conclusions.notices import require_editable
from tracker.conclusions.review_models import ReviewStep
from tracker.db import Base, Word
from tracker.errors import N_, RuleViolation
from tracker.permissions import Actor, Permission, require

NOTHING_LEFT = N_("There is no step left to take back.")
_CLAUSE = frozenset({"heading", "suggested", "verdict", "reason", "concluded_by_id"})
_NOT_KEPT = frozenset({"id", "clause_id"})

State = dict[str, Any]


def state_of(clause: Clause) -> State:
    """Return all that a step may change of a clause, as JSON knows it."""
    return {
        **{key: value for key, value in _columns(clause).items() if key in _CLAUSE},
        "proposals": [
            {
                **_columns(proposal),
                "units": [[part.unit_id, part.lead, part.left_out] for part in proposal.units],
                "earlier": [[link.task_id, link.fate.value] for link in proposal.earlier],
            }
            for proposal in clause.proposals
        ],
    }


def remember(
    session: Session,
    notice: Notice,
    act: str,
    label: str,
    states: dict[int, State],
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Keep what clauses (by id) were before an act, on top of the stack."""
    before = {str(clause_id): state for clause_id, state in states.items()}
    session.add(
        ReviewStep(notice_id=notice.id, act=act, label=label, at=at, by_name=by.name, before=before)
    )


def last_step(session: Session, notice_id: int) -> ReviewStep | None:
    """Return the step that would be taken back next."""
    return session.scalar(
        select(ReviewStep)
        .where(ReviewStep.notice_id == notice_id)
        .order_by(ReviewStep.id.desc())
        .limit(1)
    )


def undo(session: Session, notice_id: int, *, by: Actor, at: datetime) -> ReviewStep:
    """Take the last step of a review back, whoever took it, and return it.

    RuleViolation: no step is left, or work has been assigned.
    """
    notice = session.scalars(select(Notice).where(Notice.id == notice_id).with_for_update()).one()
    require(by, Permission.CONCLUSION_RECORD, committee_id=notice.committee_id)
    require_editable(notice)
    step = last_step(session, notice_id)
    if step is None:
        raise RuleViolation(NOTHING_LEFT)
    notice.edition += 1
    for clause in _clauses(session, [int(clause_id) for clause_id in step.before]):
        restore(clause, step.before[str(clause.id)])
        clause.changed_in = notice.edition
    session.delete(step)
    history.record(
        session,
        "notice.undo",
        notice,
        by=by,
        at=at,
        label=f"{notice.number or notice.title} – {step.label}",
        before={"act": step.act},
        after={},
    )
    return step


def restore(clause: Clause, state: State) -> None:
    """Make a clause what it was; proposals that are still there keep their ids."""
    for key in _CLAUSE:
        setattr(clause, key, _value(Clause, key, state[key]))
    there = {proposal.id: proposal for proposal in clause.proposals}
    wanted = []
    for kept in state["proposals"]:
        proposal = there.get(kept["id"]) or Proposal()
        for key in kept.keys() - _NOT_KEPT - {"units", "earlier"}:
            setattr(proposal, key, _value(Proposal, key, kept[key]))
        units = [(part.unit_id, part.lead, part.left_out) for part in proposal.units]
        if units != [tuple(part) for part in kept["units"]]:
            proposal.units = [
                ProposalUnit(unit_id=unit_id, lead=lead, left_out=left_out)
                for unit_id, lead, left_out in kept["units"]
            ]
        set_earlier(proposal, dict(kept["earlier"]))
        wanted.append(proposal)
    clause.proposals = wanted


def set_earlier(proposal: Proposal, fates: dict[int, Any]) -> None:
    """Say what becomes of earlier tasks (by id); those not named are forgotten."""
    there = {link.task_id: link for link in proposal.earlier}
    for task_id in there.keys() - fates.keys():
        proposal.earlier.remove(there[task_id])
    for task_id, fate in fates.items():
        said = _value(EarlierTask, "fate", fate)
        if task_id in there:
            there[task_id].fate = said
        else:
            proposal.earlier.append(EarlierTask(task_id=task_id, fate=said))


def _clauses(session: Session, ids: Iterable[int]) -> list[Clause]:
    session.flush()
    return list(
        session.scalars(
            select(Clause)
            .where(Clause.id.in_(list(ids)))
            .options(
                selectinload(Clause.proposals).selectinload(Proposal.units),
                selectinload(Clause.proposals).selectinload(Proposal.earlier),
            )
            .execution_options(populate_existing=True)
        )
    )


def _columns(row: Base) -> State:
    return {
        attribute.key: _plain(getattr(row, attribute.key))
        for attribute in inspect(type(row)).column_attrs
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


def _value(table: type[Base], key: str, plain: Any) -> Any:
    """Return what `_plain` made of a column's value, as it was."""
    kind = inspect(table).columns[key].type
    if plain is None:
        return None
    if isinstance(kind, Word):
        return kind.words(plain)
    return date.fromisoformat(plain) if isinstance(kind, Date) else plain
