"""Parts of coordinating units: who contributes what by when, and what was done of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from tracker import history
from tracker.errors import N_, BadInput, RuleViolation
from tracker.evidence.models import Evidence
from tracker.permissions import Actor, Permission, require
from tracker.tasks.guards import require_open, require_over
from tracker.tasks.models import Coordination, Progress, Task
from tracker.tasks.working import LONGEST_TEXT, progress_record, words_given
from tracker.workdays import office_day

PART = "part"
SHARE = 2 / 3
"""Of the time that the lead has, the share that a coordinating unit is offered."""


@dataclass(frozen=True)
class SaidPart:
    """What a coordinating unit contributes, and by when; None: no date of its own."""

    unit_id: int
    part: str
    due_on: date | None


def usual_part_date(assigned_on: date, due_on: date | None) -> date | None:
    """Return the date that a coordinating unit is offered: two thirds of the lead's time."""
    if due_on is None or due_on <= assigned_on:
        return None
    return assigned_on + (due_on - assigned_on) * SHARE


def set_parts(
    session: Session, task: Task, parts: Sequence[SaidPart], *, by: Actor, at: datetime
) -> None:
    """Say what each coordinating unit contributes and by when; the lead stays answerable.

    NotAllowed: neither the secretariat nor the lead unit. BadInput: a date that does not lie
    between the assignment and the lead's deadline. RuleViolation: a unit that does not coordinate.
    TaskEnded.
    """
    require_over(by, Permission.TASK_SET_PARTS, task)
    require_open(task)
    before = {str(row.unit_id): _shown(row) for row in task.coordinations}
    for said in parts:
        row = coordination_of(task, said.unit_id)
        if said.due_on is not None and said.due_on != row.due_on:
            _check_date(task, said.due_on)
        if len(said.part) > LONGEST_TEXT:
            raise BadInput(
                N_("At most %(most)s characters can be kept here."),
                field="parts",
                most=LONGEST_TEXT,
            )
        row.part, row.due_on = said.part.strip(), said.due_on
    after = {str(row.unit_id): _shown(row) for row in task.coordinations}
    changed = [unit for unit in after if after[unit] != before[unit]]
    if not changed:
        return
    session.flush()
    history.record(
        session,
        "task.set-parts",
        task,
        by=by,
        at=at,
        before={"parts": [before[unit] for unit in changed]},
        after={"parts": [after[unit] for unit in changed]},
    )


def report_part(
    session: Session,
    task: Task,
    unit_id: int,
    *,
    by: Actor,
    at: datetime,
    text: str,
    done: bool,
    evidence: Iterable[Evidence] = (),
) -> Progress:
    """Record what a coordinating unit did of its part; the lead's percent stays.

    NotAllowed: not that unit's. BadInput: no words. RuleViolation: the unit does not coordinate.
    """
    require(by, Permission.TASK_REPORT, unit_ids=frozenset({unit_id}))
    require_open(task)
    part = coordination_of(task, unit_id)
    words = words_given(text, "text")
    report = progress_record(task, by, at, words, task.percent, kind=PART, evidence=evidence)
    part.done_on = office_day(at) if done else None
    session.add(report)
    session.flush()
    history.record(session, "task.report-part", task, by=by, at=at)
    return report


def coordination_of(task: Task, unit_id: int) -> Coordination:
    """Return the unit's part of the task. RuleViolation: it does not coordinate."""
    part = next((part for part in task.coordinations if part.unit_id == unit_id), None)
    if part is None:
        raise RuleViolation(N_("The unit does not coordinate in this task."))
    return part


def _check_date(task: Task, day: date) -> None:
    """Raise BadInput unless a part due on `day` leaves the lead time to finish."""
    if day < task.assigned_on:
        raise BadInput(N_("A part cannot be due before the task was assigned."), field="parts")
    if task.due_on is not None and day >= task.due_on:
        raise BadInput(
            N_("The date of a part must lie before the deadline of the lead unit."), field="parts"
        )


def _shown(row: Coordination) -> dict[str, str | None]:
    return {
        "unit": row.unit.short_name,
        "part": row.part,
        "due_on": row.due_on.isoformat() if row.due_on else None,
    }
