"""Acts on the proposals of a clause: split, add, remove; re-stated in `actions`."""

from datetime import datetime

from sqlalchemy.orm import Session

from tracker.conclusions.clauses import unread_proposal
from tracker.conclusions.editing import clause_for_edit, facts, note_change, proposal_of, reopen
from tracker.conclusions.models import Clause, Proposal, ProposalUnit
from tracker.conclusions.rules import WORKED, ClauseVerdict
from tracker.permissions import Actor


def split_proposal(
    session: Session, clause_id: int, proposal_id: int, *, by: Actor, at: datetime
) -> Proposal:
    """Make two proposals of one: at its first semicolon if it has one; units and time stay."""
    clause = clause_for_edit(session, clause_id, by)
    first = proposal_of(clause, proposal_id)
    before = facts(clause)
    head, mark, tail = first.title.partition(";")
    second = Proposal(
        title=_capital(tail) if mark and tail.strip() else first.title,
        product="",
        lead_text=first.lead_text,
        coordinate_text=first.coordinate_text,
        lead_decided_by=first.lead_decided_by,
        time=first.time,
        deadline_kind=first.deadline_kind,
        deadline_text=first.deadline_text,
        deadline_basis=first.deadline_basis,
        basis_reference=first.basis_reference,
        due_on=first.due_on,
        star=first.star,
        field=first.field,
        target=first.target,
        target_value=first.target_value,
        start=first.start,
        end=first.end,
        units=[ProposalUnit(unit_id=part.unit_id, lead=part.lead) for part in first.units],
    )
    if mark and tail.strip():
        first.title = head.strip()
    _insert(clause, second, after=first)
    reopen(clause)
    note_change(session, clause, "notice.split-proposal", by=by, at=at, before=before)
    return second


def add_proposal(session: Session, clause_id: int, *, by: Actor, at: datetime) -> Proposal:
    """Add an empty proposal to a clause; a heading becomes a clause that asks for a verdict."""
    clause = clause_for_edit(session, clause_id, by)
    before = facts(clause)
    proposal = unread_proposal(clause, len(clause.proposals))
    if clause.proposals:
        proposal.title = ""
    proposal.doubts = ""
    clause.proposals.append(proposal)
    clause.heading = False
    if clause.suggested not in WORKED:
        clause.suggested = ClauseVerdict.TASK
    reopen(clause)
    note_change(session, clause, "notice.add-proposal", by=by, at=at, before=before)
    return proposal


def remove_proposal(
    session: Session, clause_id: int, proposal_id: int, *, by: Actor, at: datetime
) -> Clause:
    """Take a proposal out of a clause; without any left the clause is general guidance at most."""
    clause = clause_for_edit(session, clause_id, by)
    before = facts(clause)
    clause.proposals.remove(proposal_of(clause, proposal_id))
    if not clause.proposals:
        clause.suggested = ClauseVerdict.GUIDANCE
    reopen(clause)
    note_change(session, clause, "notice.remove-proposal", by=by, at=at, before=before)
    return clause


def _insert(clause: Clause, second: Proposal, *, after: Proposal) -> None:
    clause.proposals.insert(clause.proposals.index(after) + 1, second)
    for position, proposal in enumerate(clause.proposals):
        proposal.position = position


def _capital(text: str) -> str:
    text = text.strip()
    return text[:1].upper() + text[1:]
