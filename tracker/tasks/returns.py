"""A task that is not the unit's own: returned with a reason, given to another or insisted on."""

from datetime import datetime

from sqlalchemy.orm import Session

from tracker import history
from tracker.errors import N_, BadInput, RuleViolation
from tracker.permissions import Actor, Permission
from tracker.tasks.assignment import existing_unit, set_coordinations
from tracker.tasks.guards import require_not_returned, require_open, require_over
from tracker.tasks.letters import tell_lead
from tracker.tasks.models import Task
from tracker.tasks.return_models import TaskReturn, TaskReturnAnswer
from tracker.tasks.rules import ReturnAnswer, Workflow
from tracker.workdays import office_day

RETURNABLE = frozenset({Workflow.ASSIGNED, Workflow.RECEIVED})


def return_task(
    session: Session,
    task: Task,
    *,
    by: Actor,
    at: datetime,
    reason: str,
    proposed_unit_id: int | None = None,
) -> TaskReturn:
    """Send a task back that is outside the unit's competence, with the unit that should have it.

    The deadline runs on until the secretariat answers. NotAllowed: not the lead unit's head or
    focal point. BadInput: no reason, the own unit or none that exists is proposed. RuleViolation:
    work on it has begun. TaskEnded.
    """
    require_over(by, Permission.TASK_RECEIVE, task)
    require_open(task)
    require_not_returned(task)
    if task.workflow not in RETURNABLE:
        raise RuleViolation(
            N_("Work on this task was already reported. Report what hinders it instead.")
        )
    why = reason.strip()
    if not why:
        raise BadInput(N_("Say why the task is not your unit's."), field="reason")
    if proposed_unit_id is not None:
        if proposed_unit_id == task.lead_unit_id:
            raise BadInput(N_("Propose another unit than your own."), field="proposed_unit")
        existing_unit(session, proposed_unit_id, office_day(at), field="proposed_unit")
    returned = TaskReturn(
        task=task,
        unit_id=task.lead_unit_id,
        proposed_unit_id=proposed_unit_id,
        reason=why,
        at=at,
        by_id=by.person_id,
        by_name=by.name,
        by_post=by.post_title,
        way=by.way.value,
    )
    session.add(returned)
    task.workflow = Workflow.RETURNED
    session.flush()
    history.record(session, "task.return", task, by=by, at=at, reason=why)
    return returned


def answer_return(
    session: Session,
    task: Task,
    *,
    by: Actor,
    at: datetime,
    answer: ReturnAnswer,
    lead_unit_id: int | None = None,
    reason: str = "",
    reference: str = "",
    on_behalf_of: str = "",
    public_url: str = "",
) -> TaskReturnAnswer:
    """Give a returned task to another unit, or insist that the unit keeps it; the lead is told.

    The new lead no longer coordinates, and names its own officer. NotAllowed: not the committee's
    secretariat. BadInput: the own unit's work without the document that decided it, insisting
    without a reason, no other unit named. RuleViolation: the task was not returned. TaskEnded.
    """
    require_over(by, Permission.TASK_MANAGE, task)
    require_open(task)
    returned = waiting_return(task)
    if returned is None:
        raise RuleViolation(N_("The task was not returned."))
    if task.lead_unit_id in by.all_unit_ids and not reference.strip():
        raise BadInput(
            N_("Your own unit leads this task: give the document in which it was decided."),
            field="reference",
        )
    why = reason.strip()
    if answer is ReturnAnswer.INSISTED:
        if not why:
            raise BadInput(N_("Say why the unit keeps the task."), field="reason")
    else:
        _change_lead(session, task, lead_unit_id, at)
    session.add(
        said := TaskReturnAnswer(
            returned=returned,
            answer=answer,
            lead_unit_id=task.lead_unit_id,
            reason=why,
            reference=reference.strip(),
            at=at,
            by_name=by.name,
            on_behalf_of=on_behalf_of.strip(),
        )
    )
    task.workflow = Workflow.ASSIGNED
    task.edition += 1
    session.flush()
    tell_lead(
        session,
        "returned",
        task,
        by=by,
        at=at,
        key=f"returned:{returned.id}",
        public_url=public_url,
        reason=why,
        insisted=answer is ReturnAnswer.INSISTED,
    )
    history.record(
        session, "task.answer-return", task, by=by, at=at, on_behalf_of=on_behalf_of, reason=why
    )
    return said


def waiting_return(task: Task) -> TaskReturn | None:
    """Return the return that waits for its answer, if one does."""
    last = task.returns[-1] if task.returns else None
    return last if last is not None and last.answer is None else None


def _change_lead(session: Session, task: Task, lead_unit_id: int | None, at: datetime) -> None:
    if lead_unit_id is None or lead_unit_id == task.lead_unit_id:
        raise BadInput(N_("Choose the unit that leads from now on."), field="lead_unit")
    task.lead_unit = existing_unit(session, lead_unit_id, office_day(at), field="lead_unit")
    task.lead_unit_id = lead_unit_id
    task.officer_id = None
    set_coordinations(task, tuple(part.unit_id for part in task.coordinations))
    session.expire(task, ["officer"])
