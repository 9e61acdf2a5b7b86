"""Extensions: a unit asks for a later deadline, the assigning side decides; the first one stays."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy.orm import Session

from tracker import history
from tracker.deadlines.rules import DeadlineBasis, DeadlineKind
from tracker.errors import N_, BadInput, RuleViolation
from tracker.evidence.models import Evidence
from tracker.permissions import Actor, Permission
from tracker.tasks.extension_models import ExtensionDecision, ExtensionRequest
from tracker.tasks.guards import (
    may_over,
    require_decider,
    require_named_side,
    require_open,
    require_over,
)
from tracker.tasks.letters import tell_lead
from tracker.tasks.models import Task
from tracker.tasks.rules import ExtensionVerdict, TimeKind, Workflow
from tracker.tasks.timing import set_deadline
from tracker.workdays import WorkCalendar, office_day


def ask_extension(
    session: Session,
    task: Task,
    *,
    by: Actor,
    at: datetime,
    due_on: date | None,
    reason: str,
    done_so_far: str,
    evidence: Iterable[Evidence] = (),
    on_behalf_of: str = "",
) -> ExtensionRequest:
    """Ask for a later deadline, before or after it has passed; the date stays until decided.

    The secretariat may record a unit's letter on its behalf. NotAllowed: not the lead unit's head
    or focal point. BadInput: no reason, nothing said of what is done, a date that is not later.
    RuleViolation: no official deadline, completion reported, another request waits, the
    committee's limit is reached. TaskEnded.
    """
    if may_over(by, Permission.TASK_MANAGE, task):
        require_named_side(by, on_behalf_of)
    else:
        require_over(by, Permission.TASK_ASK_EXTENSION, task)
    require_open(task)
    old_due_on, old_effective_on = _deadline(task)
    _require_free(task)
    if due_on is None or due_on <= old_due_on:
        raise BadInput(N_("Ask for a date later than the present deadline."), field="due_on")
    today = office_day(at)
    if due_on < today:
        raise BadInput(N_("Ask for a date that is still to come."), field="due_on")
    why, done = reason.strip(), done_so_far.strip()
    if not why:
        raise BadInput(N_("Say why more time is needed."), field="reason")
    if not done:
        raise BadInput(N_("Say what has been done so far."), field="done_so_far")
    request = ExtensionRequest(
        task=task,
        asked_on=today,
        at=at,
        by_id=by.person_id,
        by_name=by.name,
        by_post=by.post_title,
        on_behalf_of=on_behalf_of.strip(),
        way=by.way.value,
        due_on=due_on,
        old_due_on=old_due_on,
        old_effective_on=old_effective_on,
        reason=why,
        done_so_far=done,
        evidence=list(evidence),
    )
    session.add(request)
    session.flush()
    history.record(
        session, "task.ask-extension", task, by=by, at=at, on_behalf_of=on_behalf_of, reason=why
    )
    return request


def decide_extension(
    session: Session,
    task: Task,
    *,
    by: Actor,
    at: datetime,
    calendar: WorkCalendar,
    verdict: ExtensionVerdict,
    due_on: date | None = None,
    reason: str = "",
    reference: str = "",
    on_behalf_of: str = "",
    public_url: str = "",
) -> ExtensionDecision:
    """Grant the waiting request, grant a shorter time (`due_on`), or refuse it; the unit is told.

    With `on_behalf_of` the secretariat records a leader's decision, with its reference.
    NotAllowed: see `guards.require_decider`. BadInput: a shorter date that is not between the
    present deadline and the one asked for; no reason for a shorter time or a refusal.
    RuleViolation: no request waits. TaskEnded.
    """
    if on_behalf_of.strip():
        require_over(by, Permission.LEADER_DECISION_RECORD, task)
        if not reference.strip():
            raise BadInput(
                N_("Give the number and date of the document in which the deadline was decided."),
                field="reference",
            )
    else:
        require_decider(by, task)
    require_open(task)
    request = waiting_extension(task)
    if request is None:
        raise RuleViolation(N_("No request for an extension waits for a decision."))
    why, granted = reason.strip(), _granted(request, task, verdict, due_on)
    if verdict is not ExtensionVerdict.GRANTED and not why:
        raise BadInput(N_("Say why, so that the unit knows."), field="reason")
    decision = ExtensionDecision(
        request=request,
        verdict=verdict,
        due_on=granted,
        decided_on=office_day(at),
        at=at,
        by_id=by.person_id,
        by_name=by.name,
        by_post=by.post_title,
        on_behalf_of=on_behalf_of.strip(),
        reference=reference.strip(),
        reason=why,
    )
    session.add(decision)
    session.flush()
    if granted is not None:
        set_deadline(
            session,
            task,
            by=by,
            at=at,
            calendar=calendar,
            time=TimeKind.DATED,
            kind=DeadlineKind.DATE,
            text="",
            due_on=granted,
            basis=DeadlineBasis.LEADER,
            reference=reference.strip() or own_reference(task, request),
            reason=request.reason,
            on_behalf_of=on_behalf_of.strip(),
        )
    tell_lead(
        session,
        "extension",
        task,
        by=by,
        at=at,
        key=f"extension:{request.id}",
        public_url=public_url,
        reason=why,
        verdict=verdict,
    )
    history.record(
        session,
        "task.decide-extension",
        task,
        by=by,
        at=at,
        on_behalf_of=on_behalf_of,
        reason=why,
        after={"verdict": verdict.value, "due_on": granted.isoformat() if granted else None},
    )
    return decision


def waiting_extension(task: Task) -> ExtensionRequest | None:
    """Return the request that waits for its decision, if one does."""
    last = task.extensions[-1] if task.extensions else None
    return last if last is not None and last.decision is None else None


def extensions_granted(task: Task) -> int:
    """Return how often more time was given, in full or shortened."""
    return sum(
        1
        for request in task.extensions
        if request.decision is not None and request.decision.due_on is not None
    )


def own_reference(task: Task, request: ExtensionRequest) -> str:
    """Return the number under which a request is quoted where no document decided it."""
    return f"{task.code}/GH{task.extensions.index(request) + 1}"


def may_ask(by: Actor, task: Task) -> bool:
    """Tell whether `by` may ask for more time now; the action asks again."""
    asks = may_over(by, Permission.TASK_ASK_EXTENSION, task)
    records = may_over(by, Permission.TASK_MANAGE, task)
    return (
        (asks or records)
        and task.time is TimeKind.DATED
        and task.workflow is not Workflow.HANDED_IN
        and waiting_extension(task) is None
    )


def _deadline(task: Task) -> tuple[date, date]:
    """Return the official deadline, nominal and effective."""
    if task.time is not TimeKind.DATED or task.due_on is None or task.effective_on is None:
        raise RuleViolation(N_("The task has no official deadline that could be extended."))
    return task.due_on, task.effective_on


def _require_free(task: Task) -> None:
    """Raise RuleViolation where a request has no place now."""
    if task.workflow is Workflow.HANDED_IN:
        raise RuleViolation(N_("Completion was already reported and waits for confirmation."))
    if waiting_extension(task) is not None:
        raise RuleViolation(
            N_("A request for an extension already waits for its decision; wait for the answer.")
        )
    most = task.committee.most_extensions
    if most is not None and extensions_granted(task) >= most:
        raise RuleViolation(
            N_(
                "The committee allows at most %(most)s extensions of a task. Report what hinders"
                " the work, so that it goes to the committee."
            ),
            most=most,
        )


def _granted(
    request: ExtensionRequest, task: Task, verdict: ExtensionVerdict, due_on: date | None
) -> date | None:
    match verdict:
        case ExtensionVerdict.GRANTED:
            return request.due_on
        case ExtensionVerdict.REFUSED:
            return None
        case ExtensionVerdict.SHORTENED:
            present = task.due_on or request.old_due_on
            if due_on is None or not present < due_on < request.due_on:
                raise BadInput(
                    N_("Give a date between the present deadline and the one asked for."),
                    field="due_on",
                )
            return due_on
