"""What the assigning side decides: confirm, send back, withdraw, on a leader's behalf or not."""

import json
from datetime import date, datetime

from sqlalchemy.orm import Session

from tracker import history
from tracker.errors import N_, BadInput, NotAllowed, RuleViolation
from tracker.evidence.models import Evidence
from tracker.permissions import Actor, Permission
from tracker.tasks.guards import require_decider, require_open, require_over
from tracker.tasks.letters import tell_lead
from tracker.tasks.models import Departure, HandIn, HandInDecision, LeaderDecision, Task
from tracker.tasks.rules import DecisionKind, LeftWhy, Verdict, Workflow
from tracker.tasks.tally import count_accepted
from tracker.workdays import office_day


def accept(
    session: Session,
    task: Task,
    *,
    by: Actor,
    at: datetime,
    on_behalf_of: str = "",
    reference: str = "",
    note: Evidence | None = None,
    public_url: str = "",
) -> HandInDecision:
    """Confirm completion: the task closes, judged by the day of its hand-in.

    With `on_behalf_of` the secretariat records a leader's decision, with the document's reference
    or the note's photo. NotAllowed: see `guards.require_decider`. RuleViolation: nothing was
    handed in. TaskEnded. `public_url` is where the mail's links lead.
    """
    _require_right_to_decide(task, by, on_behalf_of, reference, note)
    require_open(task)
    given = _waiting(task)
    snapshot = _snapshot(task, given)
    decision = _decide(given, Verdict.ACCEPTED, by, at, on_behalf_of, reference, note, reason="")
    decision.snapshot = snapshot
    session.add(decision)
    task.workflow = Workflow.CLOSED
    task.accepted_on = office_day(at)
    task.handed_in_on = given.handed_in_on
    task.percent = 100
    task.edition += 1
    session.flush()
    count_accepted(session, [task])
    _keep_leaders_word(session, task, DecisionKind.ACCEPT, "", by, at, decision)
    tell_lead(
        session,
        "accepted",
        task,
        by=by,
        at=at,
        key=f"accepted:{given.id}",
        public_url=public_url,
    )
    history.record(session, "task.accept", task, by=by, at=at, on_behalf_of=on_behalf_of)
    return decision


def send_back(
    session: Session,
    task: Task,
    *,
    by: Actor,
    at: datetime,
    reason: str,
    on_behalf_of: str = "",
    reference: str = "",
    note: Evidence | None = None,
    public_url: str = "",
) -> HandInDecision:
    """Send a hand-in back to be done again, with the reason, which the unit is told.

    NotAllowed: see `guards.require_decider`. BadInput: no reason. RuleViolation: nothing was
    handed in. TaskEnded.
    """
    _require_right_to_decide(task, by, on_behalf_of, reference, note)
    require_open(task)
    given = _waiting(task)
    why = reason.strip()
    if not why:
        raise BadInput(N_("Say what is missing, so that the unit can do it."), field="reason")
    before = task.progress[-1].percent if task.progress else 0
    decision = _decide(given, Verdict.REDO, by, at, on_behalf_of, reference, note, reason=why)
    session.add(decision)
    task.workflow = Workflow.REDO
    task.handed_in_on = None
    task.percent = before
    task.edition += 1
    session.flush()
    _keep_leaders_word(session, task, DecisionKind.REDO, why, by, at, decision)
    tell_lead(
        session,
        "redo",
        task,
        by=by,
        at=at,
        key=f"redo:{given.id}",
        public_url=public_url,
        reason=why,
    )
    history.record(
        session, "task.send-back", task, by=by, at=at, on_behalf_of=on_behalf_of, reason=why
    )
    return decision


def withdraw(
    session: Session,
    task: Task,
    *,
    by: Actor,
    at: datetime,
    why: LeftWhy,
    reason: str,
    left_on: date,
    reference: str = "",
    on_behalf_of: str = "",
    other_task_id: int | None = None,
) -> Departure:
    """Take a task out of the count from the date of that decision; it stays readable.

    NotAllowed: not the committee's secretariat; own unit's work without a leader's reference.
    BadInput: no reason, or a day outside assignment to today. TaskEnded.
    """
    require_over(by, Permission.TASK_WITHDRAW, task)
    require_open(task)
    words = reason.strip()
    if not words:
        raise BadInput(N_("Say why the task leaves the count."), field="reason")
    if not task.assigned_on <= left_on <= office_day(at):
        raise BadInput(
            N_("The day must lie between the assignment of the task and today."), field="left_on"
        )
    if task.lead_unit_id in by.all_unit_ids and not reference.strip():
        raise NotAllowed(
            N_("Your own unit leads this task: give the document in which it was decided.")
        )
    departure = Departure(
        task_id=task.id,
        why=why,
        left_on=left_on,
        at=at,
        by_name=by.name,
        on_behalf_of=on_behalf_of,
        reference=reference.strip(),
        reason=words,
        other_task_id=other_task_id,
    )
    session.add(departure)
    task.workflow = Workflow.LEFT
    task.left_on = left_on
    task.left_why = why
    task.edition += 1
    session.flush()
    history.record(
        session, "task.withdraw", task, by=by, at=at, on_behalf_of=on_behalf_of, reason=words
    )
    return departure


def record_leader_decision(
    session: Session,
    task: Task,
    *,
    by: Actor,
    at: datetime,
    leader: str,
    kind: DecisionKind,
    text: str,
    reference: str = "",
    note: Evidence | None = None,
    public_url: str = "",
) -> None:
    """Record what a leader decided who does not sign in; effective at once.

    Confirming, sending back and withdrawing take place with it; a deadline is set with
    `timing.set_deadline`. NotAllowed, BadInput, RuleViolation: as for the act itself.
    """
    require_over(by, Permission.LEADER_DECISION_RECORD, task)
    who = leader.strip()
    if not who:
        raise BadInput(N_("Say which leader decided."), field="leader")
    match kind:
        case DecisionKind.ACCEPT:
            accept(
                session,
                task,
                by=by,
                at=at,
                on_behalf_of=who,
                reference=reference,
                note=note,
                public_url=public_url,
            )
        case DecisionKind.REDO:
            send_back(
                session,
                task,
                by=by,
                at=at,
                reason=text,
                on_behalf_of=who,
                reference=reference,
                note=note,
                public_url=public_url,
            )
        case _:
            _record_other(session, task, by, at, who, kind, text, reference, note)


def _record_other(
    session: Session,
    task: Task,
    by: Actor,
    at: datetime,
    leader: str,
    kind: DecisionKind,
    text: str,
    reference: str,
    note: Evidence | None,
) -> None:
    require_open(task)
    _require_proof(reference, note)
    words = text.strip()
    if not words:
        raise BadInput(N_("Write what was decided."), field="text")
    if kind is DecisionKind.DEADLINE:
        raise BadInput(N_("A deadline is set on its own page."), field="kind")
    if kind is DecisionKind.WITHDRAW:
        withdraw(
            session,
            task,
            by=by,
            at=at,
            why=LeftWhy.WITHDRAWN,
            reason=words,
            left_on=office_day(at),
            reference=reference or (note.file_name if note else ""),
            on_behalf_of=leader,
        )
    session.add(
        LeaderDecision(
            task_id=task.id,
            leader=leader,
            kind=kind.value,
            text=words,
            reference=reference.strip(),
            note_id=note.id if note else None,
            at=at,
            recorded_by=by.name,
        )
    )
    history.record(session, "task.leader-decides", task, by=by, at=at, on_behalf_of=leader)


def _require_right_to_decide(
    task: Task, by: Actor, on_behalf_of: str, reference: str, note: Evidence | None
) -> None:
    if not on_behalf_of.strip():
        require_decider(by, task)
        return
    require_over(by, Permission.LEADER_DECISION_RECORD, task)
    _require_proof(reference, note)


def _require_proof(reference: str, note: Evidence | None) -> None:
    if not reference.strip() and note is None:
        raise BadInput(
            N_("Give the document's number and date, or a photo of the handwritten note."),
            field="reference",
        )


def _waiting(task: Task) -> HandIn:
    """Return the hand-in that waits for a decision."""
    given = task.hand_ins[-1] if task.hand_ins else None
    if task.workflow is not Workflow.HANDED_IN or given is None or given.decision is not None:
        raise RuleViolation(N_("There is no report of completion to decide on."))
    return given


def _decide(
    given: HandIn,
    verdict: Verdict,
    by: Actor,
    at: datetime,
    on_behalf_of: str,
    reference: str,
    note: Evidence | None,
    *,
    reason: str,
) -> HandInDecision:
    return HandInDecision(
        hand_in=given,
        verdict=verdict,
        decided_on=office_day(at),
        at=at,
        by_id=by.person_id,
        by_name=by.name,
        by_post=by.post_title,
        on_behalf_of=on_behalf_of,
        reference=reference.strip(),
        note_id=note.id if note else None,
        reason=reason,
    )


def _snapshot(task: Task, given: HandIn) -> str:
    """Return what was accepted, with the digests of its files, as JSON that never changes."""
    return json.dumps(
        {
            "code": task.code,
            "title": task.title,
            "due_on": task.due_on.isoformat() if task.due_on else None,
            "handed_in_on": given.handed_in_on.isoformat(),
            "result": given.result,
            "document_number": given.document_number,
            "evidence": [
                {
                    "id": piece.id,
                    "file": piece.file_name,
                    "number": piece.document_number,
                    "sha256": piece.digest,
                }
                for piece in given.evidence
            ],
        },
        ensure_ascii=False,
    )


def _keep_leaders_word(
    session: Session,
    task: Task,
    kind: DecisionKind,
    text: str,
    by: Actor,
    at: datetime,
    decision: HandInDecision,
) -> None:
    if not decision.on_behalf_of:
        return
    session.add(
        LeaderDecision(
            task_id=task.id,
            leader=decision.on_behalf_of,
            kind=kind.value,
            text=text,
            reference=decision.reference,
            note_id=decision.note_id,
            at=at,
            recorded_by=by.name,
        )
    )
