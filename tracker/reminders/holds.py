"""The cap: a run that would write to too many stops before sending and asks the secretariat."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker import history
from tracker.errors import N_, RuleViolation
from tracker.permissions import Actor, Permission, require
from tracker.reminders.ladder_actions import MACHINE
from tracker.reminders.models import PlanningHold

DIGEST_CAP = 1000
"""One run writes to at most so many people; more look like a mistake of an import or a ladder."""


def decided_hold(
    session: Session, *, as_of: date, at: datetime, people: int, reminders: int
) -> PlanningHold:
    """Return the hold of a day, made now where there is none yet."""
    found = session.scalars(select(PlanningHold).where(PlanningHold.as_of == as_of)).first()
    if found is not None:
        return found
    hold = PlanningHold(as_of=as_of, at=at, people=people, reminders=reminders)
    session.add(hold)
    session.flush()
    history.record(session, "planning.hold", hold, by=MACHINE, at=at, label=as_of.isoformat())
    return hold


def decide_hold(session: Session, *, let_go: bool, by: Actor, at: datetime) -> PlanningHold:
    """Let the stopped run go, or drop it: what it owed is then recorded as skipped.

    The next planning of that day, or of a later one, follows it. NotAllowed: no secretariat.
    RuleViolation: no run waits.
    """
    require(by, Permission.LADDER_MANAGE, committee_id=next(iter(by.committee_ids), None))
    hold = waiting_hold(session)
    if hold is None:
        raise RuleViolation(N_("This run was let go or dropped before."))
    hold.decided_at, hold.decided_by, hold.let_go = at, by.name, let_go
    act = "planning.let-go" if let_go else "planning.drop"
    history.record(session, act, hold, by=by, at=at, label=hold.as_of.isoformat())
    return hold


def waiting_hold(session: Session) -> PlanningHold | None:
    """Return the newest stopped run that nobody has decided on, or None."""
    newest = session.scalars(
        select(PlanningHold).order_by(PlanningHold.as_of.desc()).limit(1)
    ).first()
    return newest if newest is not None and newest.decided_at is None else None
