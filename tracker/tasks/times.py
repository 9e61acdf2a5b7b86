"""What is said of a task's time, and which ways of saying it hold together. Pure."""

from dataclasses import dataclass
from datetime import date

from tracker.deadlines.rules import DeadlineBasis, DeadlineKind, effective_date
from tracker.errors import N_, BadInput
from tracker.tasks.rules import TimeKind
from tracker.workdays import WorkCalendar

_NEEDS_REFERENCE = frozenset({DeadlineBasis.LEADER, DeadlineBasis.LETTER})
_DATED = frozenset({TimeKind.DATED, TimeKind.PROPOSED})


@dataclass(frozen=True)
class SaidTime:
    """A task's time as decided: kind of time, form and words of the deadline, date and basis."""

    time: TimeKind
    kind: DeadlineKind = DeadlineKind.NONE
    text: str = ""
    due_on: date | None = None
    basis: DeadlineBasis | None = None
    reference: str = ""

    def effective_on(self, calendar: WorkCalendar, *, roll: bool) -> date | None:
        """Return the day that decides overdue: `due_on`, or the next working day after it."""
        return effective_date(self.due_on, calendar, roll=roll) if self.due_on else None


def settled(said: SaidTime) -> SaidTime:
    """Return `said` with what follows from it filled in.

    BadInput: a date without its basis, a basis without its reference, a date where none may be.
    """
    if said.time in _DATED:
        return _dated(said)
    if said.due_on is not None:
        raise BadInput(
            N_("A date was given. Choose “with a deadline”, or leave the date out."),
            field="due_on",
        )
    kind = said.kind
    if said.time is TimeKind.STANDING and kind is DeadlineKind.NONE:
        kind = DeadlineKind.STANDING
    return SaidTime(said.time, kind, said.text.strip(), None, said.basis, said.reference.strip())


def _dated(said: SaidTime) -> SaidTime:
    if said.due_on is None:
        raise BadInput(N_("Give the date of the deadline."), field="due_on")
    basis, reference = said.basis, said.reference.strip()
    if said.time is TimeKind.PROPOSED:
        basis = DeadlineBasis.PROPOSED
    elif basis is None or basis is DeadlineBasis.PROPOSED:
        raise BadInput(
            N_(
                "Say what the date rests on: the notice, a leader's approval or a later letter."
                " A date without a basis can only be proposed."
            ),
            field="basis",
        )
    elif basis in _NEEDS_REFERENCE and not reference:
        raise BadInput(
            N_("Give the number and date of the document in which the deadline was decided."),
            field="reference",
        )
    kind = DeadlineKind.DATE if said.kind is DeadlineKind.NONE else said.kind
    return SaidTime(said.time, kind, said.text.strip(), said.due_on, basis, reference)


def later_than_superior(due_on: date | None, superior_due_on: date | None) -> bool:
    """Tell whether the own deadline lies after the superior's: a warning, not a refusal."""
    return due_on is not None and superior_due_on is not None and due_on > superior_due_on
