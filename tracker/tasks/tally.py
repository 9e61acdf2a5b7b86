"""The one stored verdict: how many tasks were accepted, by committee, unit, day and class."""

from collections import Counter
from collections.abc import Iterable

from sqlalchemy import case, func, literal, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from tracker.db import is_postgresql
from tracker.tasks.models import ClosedTally, Task
from tracker.tasks.rules import DeadlineClass, TimeKind, deadline_class


def verdict_of(task: Task) -> DeadlineClass:
    """Return the class of a task that was accepted. ValueError: it is open."""
    if task.accepted_on is None:
        raise ValueError("an open task has no verdict")
    return deadline_class(
        time=task.time,
        effective_on=task.effective_on,
        judged_on=task.handed_in_on or task.accepted_on,
        today=task.accepted_on,
    )


def count_accepted(session: Session, tasks: Iterable[Task]) -> None:
    """Add accepted tasks to the tally, in the transaction that accepts them."""
    counts = Counter(
        (task.committee_id, task.lead_unit_id, task.accepted_on, verdict_of(task)) for task in tasks
    )
    write = postgresql.insert if is_postgresql(session) else sqlite.insert
    for (committee_id, unit_id, accepted_on, verdict), number in sorted(counts.items(), key=str):
        insert = write(ClosedTally).values(
            committee_id=committee_id,
            unit_id=unit_id,
            accepted_on=accepted_on,
            verdict=verdict,
            tasks=number,
        )
        session.execute(
            insert.on_conflict_do_update(
                index_elements=["committee_id", "unit_id", "accepted_on", "verdict"],
                set_={"tasks": ClosedTally.tasks + number},
            )
        )


def recount(session: Session) -> dict[tuple[int, int, object, DeadlineClass], int]:
    """Return what the tally should hold, counted from the tasks themselves."""
    judged = func.coalesce(Task.handed_in_on, Task.accepted_on)
    verdict = case(
        (
            (Task.time == TimeKind.DATED) & (judged > Task.effective_on),
            literal(DeadlineClass.DONE_LATE.value),
        ),
        else_=literal(DeadlineClass.DONE_ON_TIME.value),
    )
    rows = session.execute(
        select(Task.committee_id, Task.lead_unit_id, Task.accepted_on, verdict, func.count())
        .where(Task.accepted_on.is_not(None))
        .group_by(Task.committee_id, Task.lead_unit_id, Task.accepted_on, verdict)
    )
    return {(c, u, day, DeadlineClass(word)): number for c, u, day, word, number in rows}
