"""What the rules of reading found, kept to be shown and judged against what was issued."""

from collections.abc import Iterator

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from tracker.conclusions.models import Clause, Notice, Proposal
from tracker.conclusions.review_models import ClauseDraft, ReadField, ReviewStep
from tracker.conclusions.review_rules import Outcome
from tracker.conclusions.rules import WORKED
from tracker.extraction import reading as reader
from tracker.extraction.findings import Field, Finding
from tracker.folding import settle


def fields_read(clause: Clause, found: reader.Clause) -> Iterator[ReadField]:
    """Yield what the reading found for each field of a clause's proposals."""
    for ordinal, proposal in enumerate(found.proposals):
        for field in Field:
            findings = proposal.found(field)
            if findings:
                yield _field(clause, ordinal, proposal, findings)


def _field(
    clause: Clause, ordinal: int, proposal: reader.Proposal, findings: tuple[Finding, ...]
) -> ReadField:
    field = findings[0].field
    matches = {Field.LEAD: proposal.lead_matches, Field.COORDINATE: proposal.coordinate_matches}
    ways = dict.fromkeys(match.rule.value for match in matches.get(field, ()))
    return ReadField(
        clause=clause,
        ordinal=ordinal,
        field=field.value,
        rule=findings[0].rule.value,
        ways=" ".join(ways),
        places=" ".join(_place(clause, item) for item in findings if item.end > item.start),
        confidence=findings[0].confidence.value,
        value=_read_value(field, proposal),
    )


def _place(clause: Clause, found: Finding) -> str:
    """Return where the words of a finding stand, without the white space behind them."""
    end = found.end
    if clause.start <= found.start and end <= clause.end:
        words = clause.text[found.start - clause.start : end - clause.start]
        end -= len(words) - len(words.rstrip())
    return f"{found.start}-{end}"


def _read_value(field: Field, proposal: reader.Proposal) -> str:
    match field:
        case Field.LEAD:
            return "; ".join(proposal.lead)
        case Field.COORDINATE:
            return "; ".join(proposal.coordinate)
        case Field.DEADLINE:
            due_on = proposal.deadline.due_on
            return due_on.isoformat() if due_on else proposal.deadline.kind.value
        case Field.PRODUCT:
            return proposal.product
        case Field.KIND:
            return proposal.kind.value


def judge_reading(session: Session, notice: Notice) -> None:
    """Say of each field that was read whether it was kept, corrected or removed.

    Called once, when work is assigned; the drafts and steps of the review go with it.
    """
    proposals: dict[tuple[int, int | None], list[Proposal]] = {}
    for clause in notice.clauses:
        for proposal in clause.proposals if clause.verdict in WORKED else ():
            proposals.setdefault((clause.id, proposal.read_as), []).append(proposal)
    fields = session.scalars(
        select(ReadField).where(ReadField.clause_id.in_([clause.id for clause in notice.clauses]))
    )
    for read in fields:
        issued = [
            issued_value(read.field, proposal)
            for proposal in proposals.get((read.clause_id, read.ordinal), [])
        ]
        read.outcome = _outcome(read, issued)
        read.issued = "" if read.outcome is Outcome.KEPT else " | ".join(dict.fromkeys(issued))
    _forget_steps(session, notice)


def _outcome(read: ReadField, issued: list[str]) -> Outcome:
    if not issued:
        return Outcome.REMOVED
    same = settle(read.value) in {settle(value) for value in issued}
    return Outcome.KEPT if same else Outcome.CHANGED


def issued_value(field: str, proposal: Proposal) -> str:
    """Return what a proposal says now in a field, in the words in which the reading is kept."""
    match Field(field):
        case Field.LEAD:
            return proposal.lead_text
        case Field.COORDINATE:
            return proposal.coordinate_text
        case Field.DEADLINE:
            due_on = proposal.due_on
            return due_on.isoformat() if due_on else proposal.deadline_kind.value
        case Field.PRODUCT:
            return proposal.product
        case Field.KIND:
            return "target" if proposal.target else "task"


def forget_review(session: Session, notice: Notice) -> None:
    """Take away what belongs to an earlier reading of the notice's text."""
    clauses = select(Clause.id).where(Clause.notice_id == notice.id)
    session.execute(delete(ReadField).where(ReadField.clause_id.in_(clauses)))
    _forget_steps(session, notice)


def _forget_steps(session: Session, notice: Notice) -> None:
    clauses = select(Clause.id).where(Clause.notice_id == notice.id)
    session.execute(delete(ClauseDraft).where(ClauseDraft.clause_id.in_(clauses)))
    session.execute(delete(ReviewStep).where(ReviewStep.notice_id == notice.id))
