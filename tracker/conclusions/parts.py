"""Acts on the proposals of a clause: split, merge, add, remove; re-stated in `actions`."""

from datetime import datetime
from itertools import pairwise

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.conclusions.clauses import unit_ids, units_of, unread_proposal
from tracker.conclusions.editing import (
    Before,
    clause_for_edit,
    note_change,
    proposal_of,
    reopen,
)
from tracker.conclusions.models import Clause, Proposal, ProposalUnit
from tracker.conclusions.review_rules import names_in
from tracker.conclusions.rules import WORKED, ClauseVerdict
from tracker.errors import N_, RuleViolation
from tracker.permissions import Actor
from tracker.units.queries import unit_directory
from tracker.workdays import office_day

ONE_LEAD = N_("Only one lead is named: there is nothing to part.")
NO_NEIGHBOUR = N_("There is no further proposal in this item to merge with.")
NOTHING_ABOVE = N_("No item above gives a task with which this one could be merged.")
_COPIED = [
    "lead_text",
    "coordinate_text",
    "lead_decided_by",
    "time",
    "deadline_kind",
    "deadline_text",
    "deadline_basis",
    "basis_reference",
    "due_on",
    "star",
    "field",
    "target",
    "target_value",
    "read_as",
    "start",
    "end",
]


def split_proposal(
    session: Session, clause_id: int, proposal_id: int, *, by: Actor, at: datetime, cut: int = 0
) -> Proposal:
    """Make two proposals of one and return the second; units and time stay with both.

    The words part behind `cut` characters, else at the first semicolon; without one both keep
    them all.
    """
    clause = clause_for_edit(session, clause_id, by)
    first = proposal_of(clause, proposal_id)
    before = Before.of(clause)
    head, tail = _cut(first.title, cut)
    second = _like(first)
    second.title = _capital(tail) if tail else first.title
    first.title = head if tail else first.title
    _insert(clause, second, after=first)
    reopen(clause)
    note_change(session, "notice.split-proposal", clause, by=by, at=at, before=before)
    return second


def part_leads(
    session: Session, clause_id: int, proposal_id: int, *, by: Actor, at: datetime
) -> list[Proposal]:
    """Make of a proposal with several named leads one for each name; return them all.

    RuleViolation: fewer than two names stand there.
    """
    clause = clause_for_edit(session, clause_id, by)
    first = proposal_of(clause, proposal_id)
    names = names_in(first.lead_text)
    if len(names) < 2:
        raise RuleViolation(ONE_LEAD)
    before = Before.of(clause)
    parts = [first, *(_like(first) for _name in names[1:])]
    directory = unit_directory(session, office_day(at))
    ids = unit_ids(session)
    for name, part in zip(names, parts, strict=True):
        part.lead_text, part.lead_decided_by = name, ""
        own = [ids[name]] if name in ids else units_of([directory.match(name)], ids)
        others = [unit.unit_id for unit in part.units if not unit.lead and unit.unit_id not in own]
        part.units = [
            *(ProposalUnit(unit_id=unit_id, lead=True) for unit_id in own),
            *(ProposalUnit(unit_id=unit_id, lead=False) for unit_id in others),
        ]
    for earlier, part in pairwise(parts):
        _insert(clause, part, after=earlier)
    reopen(clause)
    note_change(session, "notice.part-leads", clause, by=by, at=at, before=before)
    return parts


def merge_proposals(
    session: Session, clause_id: int, proposal_id: int, *, by: Actor, at: datetime
) -> Proposal:
    """Make one of a proposal and the one after it; return it. RuleViolation: it is the last."""
    clause = clause_for_edit(session, clause_id, by)
    first = proposal_of(clause, proposal_id)
    place = clause.proposals.index(first)
    if place + 1 == len(clause.proposals):
        raise RuleViolation(NO_NEIGHBOUR)
    before = Before.of(clause)
    second = clause.proposals[place + 1]
    _join(first, second)
    clause.proposals.remove(second)
    _number(clause)
    reopen(clause)
    note_change(session, "notice.merge-proposals", clause, by=by, at=at, before=before)
    return first


def merge_with_above(
    session: Session, clause_id: int, *, by: Actor, at: datetime, reason: str
) -> Clause:
    """Join what a clause proposes to the last task of the items above, and return that item.

    The clause itself then gives no task, with `reason`. RuleViolation: no item above gives one.
    """
    clause = clause_for_edit(session, clause_id, by)
    above_id = session.scalar(
        select(Clause.id)
        .join(Proposal, Proposal.clause_id == Clause.id)
        .where(Clause.notice_id == clause.notice_id, Clause.position < clause.position)
        .order_by(Clause.position.desc())
        .limit(1)
    )
    if above_id is None:
        raise RuleViolation(NOTHING_ABOVE)
    above = clause_for_edit(session, above_id, by)
    before = Before.of(above, clause)
    last = above.proposals[-1]
    for proposal in clause.proposals or [unread_proposal(clause)]:
        _join(last, proposal)
    clause.proposals = []
    clause.suggested = clause.verdict = ClauseVerdict.NO_TASK
    clause.reason = reason
    reopen(above)
    note_change(session, "notice.merge-proposals", above, clause, by=by, at=at, before=before)
    return above


def add_proposal(session: Session, clause_id: int, *, by: Actor, at: datetime) -> Proposal:
    """Add an empty proposal to a clause; a heading becomes a clause that asks for a verdict."""
    clause = clause_for_edit(session, clause_id, by)
    before = Before.of(clause)
    proposal = unread_proposal(clause, len(clause.proposals))
    if clause.proposals:
        proposal.title = ""
    proposal.doubts = ""
    clause.proposals.append(proposal)
    clause.heading = False
    if clause.suggested not in WORKED:
        clause.suggested = ClauseVerdict.TASK
    reopen(clause)
    note_change(session, "notice.add-proposal", clause, by=by, at=at, before=before)
    return proposal


def remove_proposal(
    session: Session, clause_id: int, proposal_id: int, *, by: Actor, at: datetime
) -> Clause:
    """Take a proposal out of a clause; without any left the clause is general guidance at most."""
    clause = clause_for_edit(session, clause_id, by)
    before = Before.of(clause)
    clause.proposals.remove(proposal_of(clause, proposal_id))
    _number(clause)
    if not clause.proposals:
        clause.suggested = ClauseVerdict.GUIDANCE
    reopen(clause)
    note_change(session, "notice.remove-proposal", clause, by=by, at=at, before=before)
    return clause


def _like(first: Proposal) -> Proposal:
    """Return a further proposal with the units and the time of `first`."""
    return Proposal(
        title=first.title,
        product="",
        units=[
            ProposalUnit(unit_id=part.unit_id, lead=part.lead, left_out=part.left_out)
            for part in first.units
        ],
        **{name: getattr(first, name) for name in _COPIED},
    )


def _cut(title: str, cut: int) -> tuple[str, str]:
    """Return the words before and behind a place; ("", "") behind where nothing would be left."""
    if 0 < cut < len(title):
        head, tail = title[:cut], title[cut:]
    else:
        head, _mark, tail = title.partition(";")
    return head.strip(" ;,"), tail.strip(" ;,")


def _join(first: Proposal, second: Proposal) -> None:
    """Add to `first` what `second` says; what both say stays as `first` has it."""
    first.title = "; ".join(part for part in (first.title, second.title) if part)
    for name in ("lead_text", "coordinate_text", "product"):
        named = dict.fromkeys((*names_in(getattr(first, name)), *names_in(getattr(second, name))))
        setattr(first, name, "; ".join(named))
    if first.time is None:
        for name in ("time", "deadline_kind", "deadline_text", "deadline_basis", "due_on"):
            setattr(first, name, getattr(second, name))
    first.start, first.end = min(first.start, second.start), max(first.end, second.end)
    there = {part.unit_id for part in first.units}
    for part in second.units:
        if part.unit_id not in there:
            first.units.append(ProposalUnit(unit_id=part.unit_id, lead=part.lead))


def _insert(clause: Clause, second: Proposal, *, after: Proposal) -> None:
    clause.proposals.insert(clause.proposals.index(after) + 1, second)
    _number(clause)


def _number(clause: Clause) -> None:
    for position, proposal in enumerate(clause.proposals):
        proposal.position = position


def _capital(text: str) -> str:
    text = text.strip()
    return text[:1].upper() + text[1:]
