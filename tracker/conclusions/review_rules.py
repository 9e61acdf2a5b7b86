"""What a clause still lacks before work may be assigned, and how clear it is. Pure.

The five clarities (5 rõ) are those of notice 624/TB-VPCP of 17/11/2025: who, what, by when, who
answers, which product.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from tracker.conclusions.rules import ClauseVerdict
from tracker.conclusions.target_words import read_target
from tracker.deadlines.rules import DeadlineBasis
from tracker.errors import N_, RuleViolation
from tracker.tasks.rules import TimeKind
from tracker.words import name_words

SHORTEST_TITLE = 3


class Doubt(StrEnum):
    """Why a proposal that was read should be looked at before it is confirmed."""

    NO_LEAD = "no_lead"
    UNKNOWN_LEAD = "unknown_lead"
    UNSURE_LEAD = "unsure_lead"
    MANY_LEADS = "many_leads"
    TWO_LEADS = "two_leads"
    UNKNOWN_COORDINATE = "unknown_coordinate"
    INFERRED_YEAR = "inferred_year"
    UNREAD_ORDER = "unread_order"
    UNREAD_TARGET = "unread_target"
    EARLIER_TASK = "earlier_task"
    UNSURE_READING = "unsure_reading"


class Lack(StrEnum):
    """What is missing in a clause; each forbids assigning."""

    VERDICT = "verdict"
    REASON = "reason"
    TASK = "task"
    TITLE = "title"
    LEAD = "lead"
    TIME = "time"
    BASIS = "basis"
    REFERENCE = "reference"
    VALUE = "value"


class Outcome(StrEnum):
    """What became of a field that was read, once work was assigned."""

    KEPT = "kept"
    CHANGED = "changed"
    REMOVED = "removed"


class Said(StrEnum):
    """What the secretary says of a proposal's time: the kind of time with the basis of a date."""

    NOTICE = "notice"
    LEADER = "leader"
    LETTER = "letter"
    PROPOSED = "proposed"
    AWAITING = "awaiting"
    WITHOUT = "without"
    STANDING = "standing"


name_words(
    {
        Doubt.NO_LEAD: N_("no lead unit was found"),
        Doubt.UNKNOWN_LEAD: N_("the lead is not in the list of units"),
        Doubt.UNSURE_LEAD: N_("it is not certain which units are meant"),
        Doubt.MANY_LEADS: N_("several units do it, each gets its own task"),
        Doubt.TWO_LEADS: N_("two units lead: two tasks, unless a leader decides on one"),
        Doubt.UNKNOWN_COORDINATE: N_("a coordinating unit is not in the list of units"),
        Doubt.INFERRED_YEAR: N_("the notice does not give the year of the date"),
        Doubt.UNREAD_ORDER: N_("it sounds like an order, but no task was read"),
        Doubt.UNREAD_TARGET: N_("it sounds like a target"),
        Doubt.EARLIER_TASK: N_("an earlier task on the same matter is still open"),
        Doubt.UNSURE_READING: N_("it was read by a rule that often errs"),
        Lack.VERDICT: N_("not confirmed"),
        Lack.REASON: N_("no reason given"),
        Lack.TASK: N_("no task entered"),
        Lack.TITLE: N_("the work is not named"),
        Lack.LEAD: N_("no lead unit"),
        Lack.TIME: N_("nothing is said of the time"),
        Lack.BASIS: N_("the date has no basis"),
        Lack.REFERENCE: N_("the document that decided the date is not named"),
        Lack.VALUE: N_("the target has no number"),
        Outcome.KEPT: N_("kept"),
        Outcome.CHANGED: N_("corrected"),
        Outcome.REMOVED: N_("removed"),
        Said.NOTICE: N_("Deadline given in the notice"),
        Said.LEADER: N_("Deadline approved by a leader"),
        Said.LETTER: N_("Deadline by a later letter"),
        Said.PROPOSED: N_("Proposed deadline"),
        Said.AWAITING: N_("Awaiting a deadline"),
        Said.WITHOUT: N_("Without a deadline"),
        Said.STANDING: N_("Standing task"),
    }
)

DATED = (Said.NOTICE, Said.LEADER, Said.LETTER, Said.PROPOSED)
WITH_REFERENCE = (Said.LEADER, Said.LETTER)
NEEDS_REASON = (ClauseVerdict.GUIDANCE, ClauseVerdict.NO_TASK)
_BASES = {
    Said.NOTICE: DeadlineBasis.NOTICE,
    Said.LEADER: DeadlineBasis.LEADER,
    Said.LETTER: DeadlineBasis.LETTER,
    Said.PROPOSED: DeadlineBasis.PROPOSED,
}
_TIMES = {
    Said.PROPOSED: TimeKind.PROPOSED,
    Said.AWAITING: TimeKind.AWAITING,
    Said.WITHOUT: TimeKind.WITHOUT,
    Said.STANDING: TimeKind.STANDING,
}


class ProposalFacts(Protocol):
    """What the rules look at in a proposal."""

    title: str
    product: str
    lead_text: str
    lead_decided_by: str
    time: TimeKind | None
    deadline_basis: DeadlineBasis | None
    basis_reference: str
    due_on: date | None
    target: bool
    target_value: str


@dataclass(frozen=True)
class ClauseLack:
    """One clause and what it lacks; `label` is empty for a paragraph without a number."""

    clause_id: int
    label: str
    position: int
    kinds: tuple[Lack, ...]


class NotReady(RuleViolation):
    """Work cannot be assigned yet: `lacks` lists every clause with all that it lacks."""

    def __init__(self, lacks: Sequence[ClauseLack], *, unsigned: bool = False) -> None:
        where = ", ".join(lack.label or f"¶{lack.position}" for lack in lacks) or "–"
        super().__init__(
            N_(
                "Work cannot be assigned yet: number and date of the signed notice are missing."
                " Items that still lack something: %(where)s."
            )
            if unsigned
            else N_("Work cannot be assigned yet. Items that still lack something: %(where)s."),
            where=where,
        )
        self.lacks = list(lacks)
        self.unsigned = unsigned


def said_of(proposal: ProposalFacts) -> Said | None:
    """Return what is said of a proposal's time; None: nothing, or a date without a basis."""
    match proposal.time:
        case None:
            return None
        case TimeKind.DATED:
            basis = proposal.deadline_basis
            return Said(basis.value) if basis else None
        case time:
            return Said(time.value)


def time_of(said: Said | None) -> tuple[TimeKind | None, DeadlineBasis | None]:
    """Return the kind of time and the basis of a date that `said` stands for."""
    if said is None:
        return None, None
    return _TIMES.get(said, TimeKind.DATED), _BASES.get(said)


def lacks_of(
    verdict: ClauseVerdict, reason: str, proposals: Sequence[tuple[ProposalFacts, int]]
) -> tuple[Lack, ...]:
    """Return what a clause under `verdict` lacks; beside each proposal its number of lead units."""
    if verdict is ClauseVerdict.OPEN:
        return (Lack.VERDICT,)
    if verdict in NEEDS_REASON:
        return () if reason.strip() else (Lack.REASON,)
    if not proposals:
        return (Lack.TASK,)
    found: dict[Lack, None] = {}
    for proposal, leads in proposals:
        lacks = _target_lacks(proposal) if proposal.target else _task_lacks(proposal, leads)
        found |= dict.fromkeys(lacks)
    return tuple(found)


def _target_lacks(proposal: ProposalFacts) -> Iterable[Lack]:
    if len(proposal.title.strip()) < SHORTEST_TITLE:
        yield Lack.TITLE
    if read_target(proposal.target_value) is None:
        yield Lack.VALUE


def _task_lacks(proposal: ProposalFacts, leads: int) -> Iterable[Lack]:
    if len(proposal.title.strip()) < SHORTEST_TITLE:
        yield Lack.TITLE
    if not leads:
        yield Lack.LEAD
    said = said_of(proposal)
    if said is None:
        yield Lack.TIME if proposal.due_on is None else Lack.BASIS
    elif said in DATED and proposal.due_on is None:
        yield Lack.TIME
    elif said in WITH_REFERENCE and not proposal.basis_reference.strip():
        yield Lack.REFERENCE


def clarities(proposal: ProposalFacts, leads: int) -> tuple[bool, bool, bool, bool, bool]:
    """Return whether it is clear who, what, by when, who answers, and with which product.

    Several named leads leave open who answers, unless each has its own task (a group) or a
    leader decided.
    """
    answers = leads == 1 or leads > 2 or bool(leads and proposal.lead_decided_by.strip())
    return (
        leads > 0,
        len(proposal.title.strip()) >= SHORTEST_TITLE,
        not {Lack.TIME, Lack.BASIS, Lack.REFERENCE} & set(_task_lacks(proposal, leads)),
        answers,
        bool(proposal.product.strip()),
    )


def is_group(lead_text: str, leads: int) -> bool:
    """Tell whether a lead is an order to a group: more units than names, or more than two."""
    return leads > 2 or leads > len(names_in(lead_text)) > 0


def names_in(text: str) -> list[str]:
    """Return the names of a list parted by semicolons or line ends."""
    return [name for piece in re.split(r"[;\n]", text) if (name := piece.strip(" \t.,"))]
