"""What the lead unit does with a task: receives it, names an officer, reports, hands in."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy.orm import Session

from tracker import history
from tracker.errors import N_, BadInput, NotAllowed, RuleViolation
from tracker.evidence.models import Evidence
from tracker.permissions import Actor, Permission, Role
from tracker.tasks.assignment import require_officer
from tracker.tasks.guards import (
    may_hand_in,
    may_over,
    require_named_side,
    require_not_returned,
    require_open,
    require_over,
)
from tracker.tasks.letters import tell_word
from tracker.tasks.models import HandIn, Progress, Receipt, Task
from tracker.tasks.rules import Stage, Workflow
from tracker.workdays import office_day

LONGEST_TEXT = 20_000
REPORT, PREPARED = "report", "prepared"


def receive_task(session: Session, task: Task, *, by: Actor, at: datetime) -> None:
    """Note the lead unit's word that it has the task; saying it twice changes nothing.

    NotAllowed: not the lead unit's head or focal point. TaskEnded.
    """
    require_over(by, Permission.TASK_RECEIVE, task)
    require_open(task)
    if task.workflow is not Workflow.ASSIGNED:
        return
    task.workflow = Workflow.RECEIVED
    session.add(Receipt(task_id=task.id, at=at, by_name=by.name))
    history.record(session, "task.receive", task, by=by, at=at)


def name_officer(
    session: Session,
    task: Task,
    officer_id: int | None,
    *,
    by: Actor,
    at: datetime,
    public_url: str = "",
) -> None:
    """Name the officer who does the task, and tell them; None takes the name off.

    NotAllowed: not the lead unit's. BadInput: the officer holds no post there. TaskEnded.
    """
    require_over(by, Permission.TASK_NAME_OFFICER, task)
    require_open(task)
    require_not_returned(task)
    if officer_id is not None:
        require_officer(session, task.lead_unit_id, officer_id)
    fresh = officer_id if officer_id != task.officer_id else None
    task.officer_id = officer_id
    if fresh is not None:
        key = f"officer:{task.id}:{fresh}:{at.isoformat()}"
        tell_word(
            session,
            "officer",
            task,
            by=by,
            at=at,
            key=key,
            public_url=public_url,
            only_person_id=fresh,
        )
    if task.workflow is Workflow.ASSIGNED:
        task.workflow = Workflow.RECEIVED
        session.add(Receipt(task_id=task.id, at=at, by_name=by.name))
    history.record(session, "task.name-officer", task, by=by, at=at)


def report_progress(
    session: Session,
    task: Task,
    *,
    by: Actor,
    at: datetime,
    text: str,
    percent: int,
    stage: Stage | None = None,
    evidence: Iterable[Evidence] = (),
    on_behalf_of: str = "",
) -> Progress:
    """Record what has been done, in words and percent.

    An officer's report of 100 percent prepares the hand-in, which the head or focal point makes.
    NotAllowed: the task is not the actor's. BadInput: no words, no percent of 0 to 100, the
    secretariat does not say for whom it writes. TaskEnded.
    """
    require_over(by, Permission.TASK_REPORT, task)
    require_open(task)
    require_not_returned(task)
    require_named_side(by, on_behalf_of)
    words = words_given(text, "text")
    if not 0 <= percent <= 100:
        raise BadInput(N_("Give the progress as a number from 0 to 100."), field="percent")
    prepared = percent == 100 and by.role is Role.OFFICER
    report = progress_record(
        task,
        by,
        at,
        words,
        percent,
        kind=PREPARED if prepared else REPORT,
        stage=stage,
        evidence=evidence,
        on_behalf_of=on_behalf_of,
    )
    task.percent = percent
    task.stage = stage or task.stage
    if task.workflow is not Workflow.HANDED_IN:
        task.workflow = Workflow.IN_PROGRESS
    _note_update(task, words, office_day(at))
    session.add(report)
    session.flush()
    history.record(session, "task.report", task, by=by, at=at, on_behalf_of=on_behalf_of)
    return report


def hand_in(
    session: Session,
    task: Task,
    *,
    by: Actor,
    at: datetime,
    result: str,
    document_number: str = "",
    document_date: date | None = None,
    evidence: Iterable[Evidence] = (),
    on_behalf_of: str = "",
    handed_in_on: date | None = None,
) -> HandIn:
    """Report the task as completed; the assigning side confirms or sends back.

    The secretariat may record a unit's hand-in on its behalf, with a document's number or a file,
    and with the day on which it came (`handed_in_on`). NotAllowed: an officer, or a focal point
    whose unit keeps it for the head. BadInput: no result, no document number where the unit
    demands one, a day that cannot be. RuleViolation: already handed in. TaskEnded.
    """
    evidence = list(evidence)
    today = office_day(at)
    for_unit = _require_hand_in(by, task, on_behalf_of)
    require_open(task)
    require_not_returned(task)
    if task.workflow is Workflow.HANDED_IN:
        raise RuleViolation(N_("Completion was already reported and waits for confirmation."))
    words, number = words_given(result, "result"), document_number.strip()
    if not number and (task.lead_unit.hand_in_needs_document or (for_unit and not evidence)):
        raise BadInput(N_("Give the number of the signed document."), field="document_number")
    if document_date is not None and document_date > today:
        raise BadInput(N_("This day is still to come."), field="document_date")
    day = handed_in_on if for_unit and handed_in_on is not None else today
    if not task.assigned_on <= day <= today:
        raise BadInput(
            N_("The day must lie between the assignment of the task and today."),
            field="handed_in_on",
        )
    given = HandIn(
        task=task,
        handed_in_on=day,
        at=at,
        by_id=by.person_id,
        by_name=by.name,
        by_post=by.post_title,
        on_behalf_of=on_behalf_of,
        way=by.way.value,
        result=words,
        document_number=number,
        document_date=document_date,
        evidence=evidence,
    )
    session.add(given)
    task.workflow = Workflow.HANDED_IN
    task.handed_in_on = day
    task.percent = 100
    _note_update(task, words, today)
    session.flush()
    history.record(session, "task.hand-in", task, by=by, at=at, on_behalf_of=on_behalf_of)
    return given


def _require_hand_in(by: Actor, task: Task, on_behalf_of: str) -> bool:
    """Raise NotAllowed unless `by` may hand in; tell whether it is done for the unit."""
    if may_over(by, Permission.TASK_MANAGE, task):
        require_named_side(by, on_behalf_of)
        return True
    require_over(by, Permission.TASK_HAND_IN, task)
    if not may_hand_in(by, task):
        raise NotAllowed(N_("Your unit leaves it to its head to report completion."))
    return False


def progress_record(
    task: Task,
    by: Actor,
    at: datetime,
    text: str,
    percent: int,
    *,
    kind: str,
    stage: Stage | None = None,
    evidence: Iterable[Evidence] = (),
    on_behalf_of: str = "",
) -> Progress:
    """Return the record of one report, with who wrote it and by which way."""
    return Progress(
        task=task,
        at=at,
        by_id=by.person_id,
        by_name=by.name,
        by_post=by.post_title,
        on_behalf_of=on_behalf_of,
        way=by.way.value,
        kind=kind,
        text=text,
        percent=percent,
        stage=stage,
        evidence=list(evidence),
    )


def _note_update(task: Task, words: str, today: date) -> None:
    task.updated_on = today
    task.last_update = words


def words_given(text: str, field: str) -> str:
    """Return what was written, without control characters. BadInput: none, or too many."""
    words = "".join(char for char in text if char in "\n\t" or ord(char) >= 32).strip()
    if not words:
        raise BadInput(N_("Write in a sentence what has been done."), field=field)
    if len(words) > LONGEST_TEXT:
        raise BadInput(
            N_("At most %(most)s characters can be kept here."), field=field, most=LONGEST_TEXT
        )
    return words
