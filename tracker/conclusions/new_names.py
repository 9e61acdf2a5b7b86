"""Names of units that a review taught: asked about, kept as further names; no magic."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.conclusions.clauses import unit_ids, units_of
from tracker.conclusions.editing import Before, note_change
from tracker.conclusions.models import Clause, Notice, ProposalUnit
from tracker.conclusions.review_models import ReadField
from tracker.conclusions.review_rules import Doubt, names_in
from tracker.conclusions.rules import ClauseVerdict
from tracker.extraction.findings import Field
from tracker.folding import settle
from tracker.permissions import Actor, Permission, require
from tracker.units import actions as units
from tracker.units.queries import unit_directory


def name_to_learn(session: Session, clause: Clause, *, on: date) -> tuple[str, int] | None:
    """Return a name in the text and the unit (id) that the secretary took for it, to be asked.

    Only where one name was not known, or taken for another unit, and one unit was put for it.
    """
    read = session.scalars(
        select(ReadField).where(
            ReadField.clause_id == clause.id, ReadField.field == Field.LEAD.value
        )
    ).all()
    changed = [
        (item, proposal)
        for item in read
        for proposal in clause.proposals
        if proposal.read_as == item.ordinal and settle(proposal.lead_text) != settle(item.value)
    ]
    if not changed:
        return None
    directory, ids = unit_directory(session, on), unit_ids(session)
    for item, proposal in changed:
        meant = {part.unit_id for part in proposal.units if part.lead}
        names = {name: directory.match(name) for name in names_in(item.value)}
        found = {name: set(units_of([match], ids)) for name, match in names.items()}
        strange = [name for name, units in found.items() if not units & meant]
        new = meant - {unit_id for units in found.values() for unit_id in units}
        if len(strange) == 1 and len(new) == 1 and not names[strange[0]].group:
            return strange[0], new.pop()
    return None


def learn_name(
    session: Session, notice: Notice, name: str, unit_id: int, *, by: Actor, at: datetime
) -> int:
    """Let documents address a unit by `name` as well; return how many open items it clears up.

    Proposals of the notice that name it as their lead get the unit. NotAllowed, BadInput: see
    `units.actions.add_alias`.
    """
    require(by, Permission.CONCLUSION_RECORD, committee_id=notice.committee_id)
    units.add_alias(session, unit_id, name, by=by, at=at)
    clauses = [clause for clause in notice.clauses if _waits_for(clause, name)]
    for clause in clauses:
        before = Before.of(clause)
        for proposal in clause.proposals:
            if settle(name) in {settle(other) for other in names_in(proposal.lead_text)}:
                proposal.units.append(ProposalUnit(unit_id=unit_id, lead=True))
                doubts = [word for word in proposal.doubts.split() if word != Doubt.UNKNOWN_LEAD]
                proposal.doubts = " ".join(doubts)
        note_change(session, "notice.learn-name", clause, by=by, at=at, before=before)
    return len(clauses)


def _waits_for(clause: Clause, name: str) -> bool:
    return clause.verdict is ClauseVerdict.OPEN and any(
        settle(name) in {settle(other) for other in names_in(proposal.lead_text)}
        and not any(part.lead for part in proposal.units)
        for proposal in clause.proposals
    )
