"""A clause as typed on the review page, and how what was typed is kept."""

from dataclasses import dataclass, field
from datetime import date, datetime

from tracker.conclusions.clauses import NAMED, units_of
from tracker.conclusions.models import Proposal, ProposalUnit
from tracker.conclusions.review_rules import (
    DATED,
    Said,
    names_in,
    time_of,
)
from tracker.conclusions.rules import ClauseVerdict, Fate
from tracker.deadlines.rules import DeadlineKind, parse_deadline
from tracker.errors import N_, BadInput
from tracker.extraction.directory import UnitDirectory
from tracker.workdays import WorkCalendar

UNKNOWN_UNIT = N_("“%(name)s” is not in the list of units.")
NEAREST_UNIT = N_("“%(name)s” is not in the list of units. Is “%(nearest)s” meant?")
NO_DATE = N_("No date can be read from “%(words)s”. Write dd/mm/yyyy, or words such as quý I/2027.")


@dataclass(frozen=True)
class ProposalEdit:
    """One proposal as typed.

    `lead` and `coordinate` are names or codes parted by semicolons;
    `due` is a date or words that give one. `left_out` are the ids of the units of a group that get
    no task; None: not asked. `fate` is what becomes of the `earlier` tasks (ids) that were shown.
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
    left_out: frozenset[int] | None = None
    fate: Fate | None = None
    earlier: tuple[int, ...] = ()


@dataclass(frozen=True)
class ClauseEdit:
    """One clause as typed. `edition` is the notice's edition when the page was drawn."""

    clause_id: int
    edition: int
    verdict: ClauseVerdict
    reason: str = ""
    concluded_by_id: int | None = None
    proposals: tuple[ProposalEdit, ...] = field(default=())


def typed_words(edit: ClauseEdit) -> str:
    """Return what was typed as plain text, to be shown beside another's."""
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


def keep(
    proposal: Proposal,
    typed: ProposalEdit,
    directory: UnitDirectory,
    ids: dict[str, int],
    calendar: WorkCalendar,
    near: date,
) -> None:
    """Put what was typed into a proposal. BadInput: see `review.save_clause`."""
    leads = _resolved(typed.lead, directory, ids, field=f"{proposal.id}:lead")
    coordinates = _coordinating(typed.coordinate, directory, ids, leads)
    proposal.title, proposal.product = typed.title.strip(), typed.product.strip()
    proposal.lead_text, proposal.coordinate_text = typed.lead.strip(), typed.coordinate.strip()
    proposal.lead_decided_by = typed.lead_decided_by.strip()
    proposal.star, proposal.field = typed.star, typed.field.strip()
    proposal.target, proposal.target_value = typed.target, typed.target_value.strip()[:60]
    _keep_time(proposal, typed, calendar, near)
    proposal.doubts = ""
    _keep_units(proposal, typed, leads, coordinates)


def _keep_units(
    proposal: Proposal, typed: ProposalEdit, leads: list[int], coordinates: list[int]
) -> None:
    left_out = typed.left_out
    if left_out is None:
        left_out = frozenset(part.unit_id for part in proposal.units if part.left_out)
    wanted = [
        *((unit_id, True, unit_id in left_out) for unit_id in leads),
        *((unit_id, False, False) for unit_id in coordinates),
    ]
    if [(part.unit_id, part.lead, part.left_out) for part in proposal.units] != wanted:
        proposal.units = [
            ProposalUnit(unit_id=unit_id, lead=lead, left_out=out) for unit_id, lead, out in wanted
        ]


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
