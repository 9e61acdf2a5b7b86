"""Deciding on a task's time: a new version each time; the first deadline stays."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from tracker import history
from tracker.committees.models import Committee
from tracker.deadlines.rules import DeadlineBasis, DeadlineKind, effective_date
from tracker.errors import N_, BadInput
from tracker.permissions import Actor, Permission, require
from tracker.tasks.assignment import say_time, version_of
from tracker.tasks.guards import require_open, require_over
from tracker.tasks.letters import tell_word
from tracker.tasks.models import DeadlineVersion, LeaderDecision, Task
from tracker.tasks.queries import open_
from tracker.tasks.rules import DecisionKind, TimeKind
from tracker.tasks.times import SaidTime, settled
from tracker.workdays import WorkCalendar, office_day


def set_deadline(
    session: Session,
    task: Task,
    *,
    by: Actor,
    at: datetime,
    calendar: WorkCalendar,
    time: TimeKind,
    kind: DeadlineKind,
    text: str,
    due_on: date | None,
    basis: DeadlineBasis | None,
    reference: str,
    reason: str,
    on_behalf_of: str = "",
    public_url: str | None = None,
) -> DeadlineVersion:
    """Decide what is said of the task's time from today on, and return the new version.

    With `public_url` the unit is told at once (an extension tells it in its own words).
    `first_due_on` takes the first official date and never changes. NotAllowed: no right to
    decide. BadInput: see `times.settled`; an official date moves without a reason; a leader's
    decision without its reference.
    """
    require_over(by, Permission.TASK_DECIDE_DEADLINE, task)
    require_open(task)
    said = settled(SaidTime(time, kind, text, due_on, basis, reference))
    if task.time is TimeKind.DATED and not reason.strip():
        raise BadInput(N_("Say why the deadline changes."), field="reason")
    if on_behalf_of and not said.reference:
        raise BadInput(
            N_("Give the number and date of the document in which the deadline was decided."),
            field="reference",
        )
    effective_on = said.effective_on(calendar, roll=task.committee.rolls_to_workday)
    task.deadline_version += 1
    say_time(task, said, effective_on)
    if said.time is TimeKind.DATED and task.first_due_on is None:
        task.first_due_on = said.due_on
    task.edition += 1
    version = version_of(
        said,
        effective_on,
        decided_on=office_day(at),
        at=at,
        by=by,
        version=task.deadline_version,
        on_behalf_of=on_behalf_of,
        reason=reason.strip(),
    )
    task.deadlines.append(version)
    if on_behalf_of:
        session.add(
            LeaderDecision(
                task_id=task.id,
                leader=on_behalf_of,
                kind=DecisionKind.DEADLINE.value,
                text=reason.strip(),
                reference=said.reference,
                at=at,
                recorded_by=by.name,
            )
        )
    session.flush()
    if public_url is not None:
        key = f"deadline:{task.id}:{version.version}"
        tell_word(
            session, "deadline", task, by=by, at=at, key=key, public_url=public_url,
            text=version.reason, document=said.reference,
        )  # fmt: skip
    history.record(
        session,
        "task.set-deadline",
        task,
        by=by,
        at=at,
        on_behalf_of=on_behalf_of,
        reason=reason.strip(),
    )
    return version


def refresh_effective_dates(
    session: Session, calendar: WorkCalendar, *, by: Actor, at: datetime
) -> int:
    """Work out the effective dates of open tasks anew after the calendar changed.

    Return how many tasks moved. NotAllowed: no right over the calendar.
    """
    require(by, Permission.CALENDAR_MANAGE)
    rows = session.execute(
        select(Task.id, Task.due_on, Task.effective_on, Committee.rolls_to_workday)
        .join(Committee, Committee.id == Task.committee_id)
        .where(open_(), Task.due_on.is_not(None))
    )
    moved = {
        task_id: fresh
        for task_id, due_on, effective_on, roll in rows
        if due_on is not None
        and (fresh := effective_date(due_on, calendar, roll=roll)) != effective_on
    }
    if not moved:
        return 0
    tasks = session.scalars(
        select(Task)
        .join(DeadlineVersion, DeadlineVersion.task_id == Task.id)
        .where(Task.id.in_(moved), DeadlineVersion.version == Task.deadline_version)
        .options(joinedload(Task.deadlines))
    ).unique()
    for task in tasks:
        task.effective_on = task.deadlines[-1].effective_on = moved[task.id]
        history.record(session, "task.refresh-effective-date", task, by=by, at=at)
    return len(moved)
