"""The secretary's acts on clauses and proposals; re-stated in `actions`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from tracker import history
from tracker.conclusions.clauses import NAMED, units_of, unread_proposal
from tracker.conclusions.models import Clause, Notice, Proposal, ProposalUnit
from tracker.conclusions.notices import require_editable
from tracker.conclusions.review_rules import (
    DATED,
    NEEDS_REASON,
    Said,
    lacks_of,
    names_in,
    said_of,
    time_of,
)
from tracker.conclusions.rules import ClauseVerdict
from tracker.deadlines.queries import working_calendar
from tracker.deadlines.rules import DeadlineKind, parse_deadline
from tracker.errors import N_, BadInput, EditedByAnother, RuleViolation
from tracker.extraction.directory import UnitDirectory
from tracker.permissions import Actor, Permission, require
from tracker.units.models import Unit
from tracker.units.queries import unit_directory
from tracker.workdays import WorkCalendar, office_day

UNKNOWN_UNIT = N_("“%(name)s” is not in the list of units.")
NEAREST_UNIT = N_("“%(name)s” is not in the list of units. Is “%(nearest)s” meant?")
NO_DATE = N_("No date can be read from “%(words)s”. Write dd/mm/yyyy, or words such as quý I/2027.")
_WORKED = frozenset({ClauseVerdict.TASK, ClauseVerdict.TARGET})


@dataclass(frozen=True)
class ProposalEdit:
    """One proposal as typed.

    `lead` and `coordinate` are names or codes parted by semicolons;
    `due` is a date or words that give one.
    """

    proposal_id: int
    title: str = ""
    lead: str = ""
    coordinate: str = ""
    said: Said | None = None
    due: str = ""
    reference: str = ""
    product: str = ""
    target: bool = False
    target_value: str = ""
    star: bool = False
    field: str = ""
    lead_decided_by: str = ""


@dataclass(frozen=True)
class ClauseEdit:
    """One clause as typed. `edition` is the notice's edition when the page was drawn."""

    clause_id: int
    edition: int
    verdict: ClauseVerdict
    reason: str = ""
    concluded_by_id: int | None = None
    proposals: tuple[ProposalEdit, ...] = field(default=())


def save_clause(
    session: Session, edit: ClauseEdit, *, by: Actor, at: datetime, confirm: bool = True
) -> Clause:
    """Keep what was typed for a clause and, with `confirm`, take it as accounted for.

    EditedByAnother: somebody changed this clause since `edition`; nothing is lost. BadInput: an
    unknown unit, or words that give no date (`field` is `<proposal id>:<name>`).
    """
    clause = _clause_for_edit(session, edit.clause_id, by)
    notice = clause.notice
    if clause.changed_in > edit.edition:
        raise EditedByAnother(theirs=in_words(clause), yours=_typed(edit))
    before = _facts(clause)
    today = office_day(at)
    directory = unit_directory(session, today)
    calendar = working_calendar(session)
    ids = dict(session.execute(select(Unit.code, Unit.id)).all())
    near = notice.issued_on or (notice.meeting.held_on if notice.meeting else today)
    proposals = {proposal.id: proposal for proposal in clause.proposals}
    for typed in edit.proposals:
        proposal = proposals.get(typed.proposal_id)
        if proposal is not None and edit.verdict not in NEEDS_REASON:
            _keep(proposal, typed, directory, ids, calendar, near)
    _decide(clause, edit, confirm=confirm)
    _changed(session, clause, "notice.review-clause", by=by, at=at, before=before)
    return clause


def accept_clear(
    session: Session,
    notice: Notice,
    *,
    by: Actor,
    at: datetime,
    reasons: Mapping[ClauseVerdict, str],
    clause_ids: Iterable[int] | None = None,
) -> int:
    """Confirm every clause that was read clearly (of `clause_ids`, or all); return how many.

    `reasons` are written for general guidance and for clauses without a task. A clause with a
    doubt or a lack stays as it is.
    """
    require(by, Permission.CONCLUSION_RECORD, committee_id=notice.committee_id)
    require_editable(notice)
    wanted = None if clause_ids is None else set(clause_ids)
    clauses = session.scalars(
        select(Clause)
        .where(Clause.notice_id == notice.id, Clause.verdict == ClauseVerdict.OPEN)
        .options(selectinload(Clause.proposals).selectinload(Proposal.units))
        .order_by(Clause.position)
    )
    accepted = []
    for clause in clauses:
        reason = reasons.get(clause.suggested, "")
        if (wanted is None or clause.id in wanted) and is_clear(clause, reason):
            clause.verdict = clause.suggested
            clause.reason = reason if clause.suggested in NEEDS_REASON else ""
            accepted.append(clause)
    if not accepted:
        return 0
    notice.edition += 1
    for clause in accepted:
        clause.changed_in = notice.edition
    history.record(
        session,
        "notice.accept-clear",
        notice,
        by=by,
        at=at,
        before={},
        after={"confirmed": [f"{c.label or c.position}: {c.verdict.value}" for c in accepted]},
    )
    return len(accepted)


def split_proposal(
    session: Session, clause_id: int, proposal_id: int, *, by: Actor, at: datetime
) -> Proposal:
    """Make two proposals of one: at its first semicolon if it has one; units and time stay."""
    clause = _clause_for_edit(session, clause_id, by)
    first = _proposal_of(clause, proposal_id)
    before = _facts(clause)
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
    _reopen(clause)
    _changed(session, clause, "notice.split-proposal", by=by, at=at, before=before)
    return second


def add_proposal(session: Session, clause_id: int, *, by: Actor, at: datetime) -> Proposal:
    """Add an empty proposal to a clause; a heading becomes a clause that asks for a verdict."""
    clause = _clause_for_edit(session, clause_id, by)
    before = _facts(clause)
    proposal = unread_proposal(clause, len(clause.proposals))
    if clause.proposals:
        proposal.title = ""
    proposal.doubts = ""
    clause.proposals.append(proposal)
    clause.heading = False
    if clause.suggested not in _WORKED:
        clause.suggested = ClauseVerdict.TASK
    _reopen(clause)
    _changed(session, clause, "notice.add-proposal", by=by, at=at, before=before)
    return proposal


def remove_proposal(
    session: Session, clause_id: int, proposal_id: int, *, by: Actor, at: datetime
) -> Clause:
    """Take a proposal out of a clause; without any left the clause is general guidance at most."""
    clause = _clause_for_edit(session, clause_id, by)
    before = _facts(clause)
    clause.proposals.remove(_proposal_of(clause, proposal_id))
    if not clause.proposals:
        clause.suggested = ClauseVerdict.GUIDANCE
    _reopen(clause)
    _changed(session, clause, "notice.remove-proposal", by=by, at=at, before=before)
    return clause


def leads_of(proposal: Proposal) -> list[int]:
    """Return the ids of the lead units, in the order in which they were named."""
    return [part.unit_id for part in proposal.units if part.lead]


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


def _typed(edit: ClauseEdit) -> str:
    lines = [edit.reason] if edit.reason else []
    for proposal in edit.proposals:
        parts = (
            proposal.title,
            proposal.lead,
            proposal.coordinate,
            proposal.due,
            proposal.said.value if proposal.said else "",
            proposal.reference,
            proposal.product,
            proposal.target_value,
        )
        lines.append(" | ".join(part for part in parts if part))
    return "\n".join(lines)


def _clause_for_edit(session: Session, clause_id: int, by: Actor) -> Clause:
    """Return the clause with its notice's row locked: the guard against two editors needs it."""
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
        )
        .execution_options(populate_existing=True)
    ).one()
    require(by, Permission.CONCLUSION_RECORD, committee_id=clause.notice.committee_id)
    require_editable(clause.notice)
    return clause


def _proposal_of(clause: Clause, proposal_id: int) -> Proposal:
    for proposal in clause.proposals:
        if proposal.id == proposal_id:
            return proposal
    raise RuleViolation(N_("This proposal is no longer there; somebody else removed it."))


def _insert(clause: Clause, second: Proposal, *, after: Proposal) -> None:
    clause.proposals.insert(clause.proposals.index(after) + 1, second)
    for position, proposal in enumerate(clause.proposals):
        proposal.position = position


def _reopen(clause: Clause) -> None:
    clause.verdict = ClauseVerdict.OPEN


def _decide(clause: Clause, edit: ClauseEdit, *, confirm: bool) -> None:
    verdict = edit.verdict
    if verdict in _WORKED and clause.proposals:
        if len(clause.proposals) == 1:
            clause.proposals[0].target = verdict is ClauseVerdict.TARGET
        all_targets = all(proposal.target for proposal in clause.proposals)
        verdict = ClauseVerdict.TARGET if all_targets else ClauseVerdict.TASK
    meeting = clause.notice.meeting
    persons = {person.id for person in meeting.participants} if meeting else set()
    if edit.concluded_by_id is not None and edit.concluded_by_id not in persons:
        raise BadInput(N_("Choose somebody who took part in the meeting."), field="concluded_by")
    clause.reason = edit.reason.strip() if verdict in NEEDS_REASON else ""
    clause.concluded_by_id = edit.concluded_by_id
    clause.heading = clause.heading and verdict not in _WORKED
    if verdict is not ClauseVerdict.OPEN:
        clause.suggested = verdict
    clause.verdict = verdict if confirm else ClauseVerdict.OPEN


def _keep(
    proposal: Proposal,
    typed: ProposalEdit,
    directory: UnitDirectory,
    ids: dict[str, int],
    calendar: WorkCalendar,
    near: date,
) -> None:
    leads = _resolved(typed.lead, directory, ids, field=f"{proposal.id}:lead")
    coordinates = _coordinating(typed.coordinate, directory, ids, leads)
    proposal.title, proposal.product = typed.title.strip(), typed.product.strip()
    proposal.lead_text, proposal.coordinate_text = typed.lead.strip(), typed.coordinate.strip()
    proposal.lead_decided_by = typed.lead_decided_by.strip()
    proposal.star, proposal.field = typed.star, typed.field.strip()
    proposal.target, proposal.target_value = typed.target, typed.target_value.strip()[:60]
    _keep_time(proposal, typed, calendar, near)
    proposal.doubts = ""
    wanted = [*((unit, True) for unit in leads), *((unit, False) for unit in coordinates)]
    if [(part.unit_id, part.lead) for part in proposal.units] != wanted:
        proposal.units = [ProposalUnit(unit_id=unit, lead=lead) for unit, lead in wanted]


def _keep_time(proposal: Proposal, typed: ProposalEdit, calendar: WorkCalendar, near: date) -> None:
    dated = typed.said in DATED or typed.said is None
    due_on, kind, words = proposal.due_on, proposal.deadline_kind, proposal.deadline_text
    written = due_on.strftime("%d/%m/%Y") if due_on else ""
    if not dated:
        due_on = None
        if typed.said is Said.STANDING:
            kind = kind if kind is DeadlineKind.RECURRING else DeadlineKind.STANDING
        elif kind is not DeadlineKind.REFERENCE:
            kind = DeadlineKind.NONE
    elif typed.due.strip() != written:
        due_on, kind = _read_due(typed.due, near, calendar, field=f"{proposal.id}:due")
        words = words or (typed.due.strip() if kind is not DeadlineKind.DATE else "")
    proposal.due_on, proposal.deadline_kind, proposal.deadline_text = due_on, kind, words
    proposal.time, proposal.deadline_basis = time_of(typed.said)
    proposal.basis_reference = typed.reference.strip()


def _read_due(
    typed: str, near: date, calendar: WorkCalendar, *, field: str
) -> tuple[date | None, DeadlineKind]:
    words = typed.strip()
    if not words:
        return None, DeadlineKind.NONE
    for pattern in ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y"):
        try:
            return datetime.strptime(words, pattern).date(), DeadlineKind.DATE  # noqa: DTZ007
        except ValueError:
            continue
    deadline = parse_deadline(words, near, calendar)
    if deadline.due_on is None:
        raise BadInput(NO_DATE, field=field, words=words)
    return deadline.due_on, deadline.kind


def _resolved(text: str, directory: UnitDirectory, ids: dict[str, int], *, field: str) -> list[int]:
    """Return the units that the names or codes of `text` stand for; a group expands."""
    found: list[int] = []
    names = {unit.code: unit.name for unit in directory.units}
    for name in names_in(text):
        if name in ids:
            found.append(ids[name])
            continue
        match = directory.match(name)
        if not match.codes and match.runner_up in names:
            raise BadInput(NEAREST_UNIT, field=field, name=name, nearest=names[match.runner_up])
        if not match.codes:
            raise BadInput(UNKNOWN_UNIT, field=field, name=name)
        found.extend(units_of([match], ids))
    return list(dict.fromkeys(found))


def _coordinating(
    text: str, directory: UnitDirectory, ids: dict[str, int], leads: list[int]
) -> list[int]:
    """Return the coordinating units; names outside the list, or too vague, stay as words only."""
    found: list[int] = []
    for name in names_in(text):
        if name in ids:
            found.append(ids[name])
            continue
        match = directory.match(name)
        if match.confidence >= NAMED:
            found.extend(units_of([match], ids))
    return [unit for unit in dict.fromkeys(found) if unit not in leads]


def _changed(
    session: Session,
    clause: Clause,
    act: str,
    *,
    by: Actor,
    at: datetime,
    before: dict[str, Any],
) -> None:
    notice = clause.notice
    notice.edition += 1
    clause.changed_in = notice.edition
    session.flush()
    label = f"{notice.number or notice.title} – {clause.label or clause.position}"
    after = _facts(clause)
    history.record(session, act, notice, by=by, at=at, label=label, before=before, after=after)


def _facts(clause: Clause) -> dict[str, Any]:
    return {
        "clause": clause.label or str(clause.position),
        "verdict": clause.verdict,
        "text": in_words(clause),
    }


def _capital(text: str) -> str:
    text = text.strip()
    return text[:1].upper() + text[1:]
