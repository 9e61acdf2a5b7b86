"""Acts towards a late unit: urge it, ask it to explain or to commit itself, judge the answer."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from tracker import history
from tracker.deadlines.rules import effective_date
from tracker.errors import N_, BadInput, RuleViolation
from tracker.permissions import Actor, Permission
from tracker.reminders.urging_models import (
    AskedFor,
    ExplanationAnswer,
    ExplanationJudgement,
    ExplanationRequest,
    Urging,
)
from tracker.tasks.guards import require_open, require_over
from tracker.tasks.letters import tell_word
from tracker.tasks.models import Task
from tracker.workdays import WorkCalendar, office_day

LONGEST_TEXT = 20_000


def urge(
    session: Session,
    task: Task,
    *,
    document_number: str,
    document_date: date | None = None,
    text: str = "",
    by: Actor,
    at: datetime,
    public_url: str = "",
) -> Urging:
    """Record an urging by a document, and tell the lead unit at once.

    A sector agency reads "asks" where others read "urges". NotAllowed: not the committee's
    secretariat. BadInput: no document number, a day to come. TaskEnded.
    """
    require_over(by, Permission.TASK_URGE, task)
    require_open(task)
    number, day = document_number.strip(), document_date or office_day(at)
    if not number:
        raise BadInput(
            N_("Give the number of the document that urges the unit."), field="document_number"
        )
    if not task.assigned_on <= day <= office_day(at):
        raise BadInput(
            N_("The day must lie between the assignment of the task and today."),
            field="document_date",
        )
    urging = Urging(
        task_id=task.id,
        urged_on=day,
        at=at,
        by_id=by.person_id,
        by_name=by.name,
        document_number=number,
        document_date=document_date,
        text=_short(text, "text"),
    )
    session.add(urging)
    session.flush()
    tell_word(
        session,
        "urging",
        task,
        by=by,
        at=at,
        key=f"urging:{urging.id}",
        public_url=public_url,
        text=urging.text,
        document=number,
    )
    history.record(
        session, "task.urge", task, by=by, at=at, reason=urging.text, after={"document": number}
    )
    return urging


def ask_to_explain(
    session: Session,
    task: Task,
    *,
    asked_for: AskedFor,
    question: str,
    due_on: date,
    by: Actor,
    at: datetime,
    calendar: WorkCalendar,
    on_behalf_of: str = "",
    public_url: str = "",
) -> ExplanationRequest:
    """Ask the lead unit for an explanation, or for a commitment with a new plan, by a day.

    NotAllowed: neither secretariat nor chairperson. BadInput: no question, a day that has passed.
    RuleViolation: an earlier question still waits. TaskEnded.
    """
    require_over(by, Permission.EXPLANATION_ASK, task)
    require_open(task)
    words = _short(question, "question")
    if not words:
        raise BadInput(N_("Write what is to be explained."), field="question")
    if due_on < office_day(at):
        raise BadInput(N_("This day has passed."), field="due_on")
    request = ExplanationRequest(
        task_id=task.id,
        asked_for=asked_for,
        asked_on=office_day(at),
        at=at,
        by_id=by.person_id,
        by_name=by.name,
        on_behalf_of=on_behalf_of.strip(),
        question=words,
        due_on=due_on,
        effective_on=effective_date(due_on, calendar, roll=True),
    )
    session.add(request)
    session.flush()
    tell_word(
        session,
        asked_for.value,
        task,
        by=by,
        at=at,
        key=f"asked:{request.id}",
        public_url=public_url,
        text=words,
        day=due_on,
    )
    history.record(
        session,
        f"task.ask-{asked_for.value}",
        task,
        by=by,
        at=at,
        on_behalf_of=on_behalf_of,
        reason=words,
        after={"due_on": due_on.isoformat()},
    )
    return request


def answer_explanation(
    session: Session,
    request: ExplanationRequest,
    *,
    text: str,
    planned_on: date | None = None,
    by: Actor,
    at: datetime,
) -> ExplanationAnswer:
    """Answer for the lead unit. NotAllowed: not its head or focal point.

    BadInput: no text, a commitment without the day that it names. RuleViolation: answered already.
    """
    task = request.task
    require_over(by, Permission.EXPLANATION_ANSWER, task)
    if not request.waits_for_answer:
        raise RuleViolation(N_("This question was answered already."))
    words = _short(text, "text")
    if not words:
        raise BadInput(N_("Write the answer."), field="text")
    if request.asked_for is AskedFor.COMMITMENT and planned_on is None:
        raise BadInput(N_("Give the day to which the unit commits itself."), field="planned_on")
    answer = ExplanationAnswer(
        request=request,
        at=at,
        by_id=by.person_id,
        by_name=by.name,
        text=words,
        planned_on=planned_on,
    )
    session.add(answer)
    session.flush()
    history.record(session, "task.explain", task, by=by, at=at, reason=words)
    return answer


def judge_explanation(
    session: Session,
    request: ExplanationRequest,
    *,
    sufficient: bool,
    objective: bool = False,
    note: str = "",
    by: Actor,
    at: datetime,
    public_url: str = "",
) -> ExplanationJudgement:
    """Judge the last answer; an objective reason that is accepted shows on the overdue page.

    NotAllowed: see `ask_to_explain`. BadInput: insufficient without saying what is missing.
    RuleViolation: no answer waits.
    """
    task = request.task
    require_over(by, Permission.EXPLANATION_ASK, task)
    answer = request.answers[-1] if request.answers else None
    if answer is None or answer.judgement is not None:
        raise RuleViolation(N_("No answer waits to be judged."))
    words = _short(note, "note")
    if not sufficient and not words:
        raise BadInput(N_("Say what is missing, so that the unit can do it."), field="note")
    judgement = ExplanationJudgement(
        answer=answer,
        at=at,
        by_id=by.person_id,
        by_name=by.name,
        sufficient=sufficient,
        objective=sufficient and objective,
        note=words,
    )
    session.add(judgement)
    session.flush()
    what = "sufficient" if sufficient else "insufficient"
    tell_word(
        session,
        what,
        task,
        by=by,
        at=at,
        key=f"judged:{answer.id}",
        public_url=public_url,
        text=words,
    )
    history.record(
        session,
        "task.judge-explanation",
        task,
        by=by,
        at=at,
        reason=words,
        after={"sufficient": sufficient, "objective": judgement.objective},
    )
    return judgement


def _short(text: str, field: str) -> str:
    words = text.strip()
    if len(words) > LONGEST_TEXT:
        raise BadInput(
            N_("At most %(most)s characters can be kept here."), field=field, most=LONGEST_TEXT
        )
    return words
