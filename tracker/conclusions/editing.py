"""What every act of the review shares: a clause under lock, its words, its history."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from tracker import history
from tracker.conclusions.models import Clause, Notice, Proposal
from tracker.conclusions.notices import require_editable
from tracker.conclusions.review_rules import lacks_of, said_of
from tracker.conclusions.rules import ClauseVerdict
from tracker.conclusions.steps import State, remember, state_of
from tracker.errors import N_, RuleViolation
from tracker.permissions import Actor, Permission, require


@dataclass(frozen=True)
class Before:
    """What clauses were before an act: the first in words for the history, all of them whole."""

    words: dict[str, Any]
    states: dict[int, State]

    @classmethod
    def of(cls, *clauses: Clause) -> "Before":
        """Take down what the clauses are now."""
        return cls(facts(clauses[0]), {clause.id: state_of(clause) for clause in clauses})


def leads_of(proposal: Proposal) -> list[int]:
    """Return the ids of the lead units in the order in which they were named, but exceptions."""
    return [part.unit_id for part in proposal.units if part.lead and not part.left_out]


def counted(clause: Clause) -> list[tuple[Proposal, int]]:
    """Return the clause's proposals, each with its number of lead units."""
    return [(proposal, len(leads_of(proposal))) for proposal in clause.proposals]


def is_clear(clause: Clause, reason: str = "-") -> bool:
    """Tell whether an open clause can be confirmed at a glance: no doubt, and nothing lacks."""
    doubtful = any(proposal.doubts for proposal in clause.proposals)
    return not doubtful and not lacks_of(clause.suggested, reason, counted(clause))


def in_words(clause: Clause) -> str:
    """Return a clause's proposals as plain text, to be shown beside another's."""
    lines = [clause.reason] if clause.reason else []
    for proposal in clause.proposals:
        said = said_of(proposal)
        parts = (
            proposal.title,
            proposal.lead_text,
            proposal.coordinate_text,
            proposal.due_on.strftime("%d/%m/%Y") if proposal.due_on else "",
            said.value if said else "",
            proposal.basis_reference,
            proposal.product,
            proposal.target_value,
        )
        lines.append(" | ".join(part for part in parts if part))
    return "\n".join(lines)


def clause_for_edit(session: Session, clause_id: int, by: Actor) -> Clause:
    """Return the clause with its notice's row locked: the guard against two editors needs it.

    NoResultFound: no such clause. NotAllowed, RuleViolation: not yours, or frozen.
    """
    session.execute(
        select(Notice.id)
        .join(Clause, Clause.notice_id == Notice.id)
        .where(Clause.id == clause_id)
        .with_for_update(of=Notice)
    ).one()
    session.flush()
    clause = session.scalars(
        select(Clause)
        .where(Clause.id == clause_id)
        .options(
            joinedload(Clause.notice),
            selectinload(Clause.proposals).selectinload(Proposal.units),
            selectinload(Clause.proposals).selectinload(Proposal.earlier),
        )
        .execution_options(populate_existing=True)
    ).one()
    require(by, Permission.CONCLUSION_RECORD, committee_id=clause.notice.committee_id)
    require_editable(clause.notice)
    return clause


def proposal_of(clause: Clause, proposal_id: int) -> Proposal:
    """Return a proposal of the clause. RuleViolation: it is gone."""
    for proposal in clause.proposals:
        if proposal.id == proposal_id:
            return proposal
    raise RuleViolation(N_("This proposal is no longer there; somebody else removed it."))


def reopen(clause: Clause) -> None:
    """Let the clause ask for confirmation again."""
    clause.verdict = ClauseVerdict.OPEN


def note_change(
    session: Session,
    act: str,
    *clauses: Clause,
    by: Actor,
    at: datetime,
    before: Before,
) -> None:
    """Record an act on clauses of one notice: its edition, its history, a step to take back."""
    notice = clauses[0].notice
    notice.edition += 1
    for clause in clauses:
        clause.changed_in = notice.edition
    session.flush()
    where = ", ".join(name_of(clause) for clause in clauses)
    remember(session, notice, act, where, before.states, by=by, at=at)
    history.record(
        session,
        act,
        notice,
        by=by,
        at=at,
        label=f"{notice.number or notice.title} – {where}",
        before=before.words,
        after=facts(clauses[0]),
    )


def name_of(clause: Clause) -> str:
    """Return the number by which a clause is called, else its position."""
    return clause.label or f"¶{clause.position}"


def facts(clause: Clause) -> dict[str, Any]:
    """Return what the history says of a clause."""
    return {
        "clause": clause.label or str(clause.position),
        "verdict": clause.verdict,
        "text": in_words(clause),
    }
