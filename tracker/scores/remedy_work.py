"""Making a task of a remedy in one step."""

from datetime import datetime

from sqlalchemy.orm import Session

from tracker import history
from tracker.deadlines.rules import DeadlineKind
from tracker.errors import N_, NotAllowed, RuleViolation
from tracker.permissions import Actor
from tracker.scores.access import may_remedy
from tracker.scores.models import Score
from tracker.tasks.assignment import NewTask, assign_task
from tracker.tasks.models import Task
from tracker.tasks.rules import TimeKind
from tracker.workdays import WorkCalendar


def assign_from_remedy(
    session: Session,
    score: Score,
    *,
    committee_id: int,
    by: Actor,
    at: datetime,
    calendar: WorkCalendar,
) -> Task:
    """Give the remedy of `score` to its owner unit as a task of a committee, and link the two.

    The date of the form is a proposed one: only a notice, a leader or a letter makes it official.
    NotAllowed: no right to assign. RuleViolation: there is no form yet.
    """
    if not may_remedy(session, by, score):
        raise NotAllowed
    remedy = score.remedy
    if remedy is None:
        raise RuleViolation(N_("There is no remediation form yet. Save it first."))
    task = assign_task(
        session,
        NewTask(
            committee_id=committee_id,
            title=remedy.solution,
            lead_unit_id=remedy.owner_unit_id,
            time=TimeKind.PROPOSED if remedy.due_on else TimeKind.AWAITING,
            deadline_kind=DeadlineKind.DATE if remedy.due_on else DeadlineKind.NONE,
            due_on=remedy.due_on,
            product=remedy.evidence_needed,
            note=f"{score.criterion.code} {score.criterion.name}",
        ),
        by=by,
        at=at,
        calendar=calendar,
    )
    remedy.tasks.append(task)
    remedy.edition += 1
    history.record(session, "remedy.edit", remedy, by=by, at=at, label=score.criterion.code)
    return task
