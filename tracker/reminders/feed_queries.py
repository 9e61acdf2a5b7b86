"""Reads of calendar feeds."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, joinedload

from tracker.people.models import Person
from tracker.people.queries import actor_in, posts_held, token_digest
from tracker.permissions import Actor, Role
from tracker.reminders.feed_models import CalendarFeed
from tracker.tasks.models import Task
from tracker.tasks.queries import visible_to
from tracker.units.models import Unit
from tracker.workdays import office_day

KEPT_DAYS = 90
"""How long the deadline of an ended task stays in the feed, as cancelled."""

HEADS = frozenset({Role.UNIT_HEAD, Role.FOCAL_POINT})


@dataclass(frozen=True)
class Deadline:
    """One event: a task's deadline. `version` counts decisions on it, `ended` cancels it."""

    task_id: int
    code: str
    title: str
    unit: str
    due_on: date
    effective_on: date
    version: int
    ended: bool


@dataclass(frozen=True)
class Feed:
    """What a calendar program gets; `unit` is empty for a person's own deadlines."""

    unit: str
    language: str
    deadlines: list[Deadline]


def feeds_of(session: Session, actor: Actor) -> list[CalendarFeed]:
    """Return the actor's feeds that were not revoked, the newest first."""
    return list(
        session.scalars(
            select(CalendarFeed)
            .where(CalendarFeed.person_id == actor.person_id, CalendarFeed.revoked_at.is_(None))
            .options(joinedload(CalendarFeed.unit))
            .order_by(CalendarFeed.id.desc())
        )
    )


def units_for_feeds(session: Session, actor: Actor) -> list[tuple[int, str]]:
    """Return (id, name) of the units whose deadlines the actor may take into a calendar."""
    led = select(Task.lead_unit_id).where(visible_to(actor))
    query = select(Unit.id, Unit.name).where(Unit.id.in_(led))
    if actor.role in HEADS:
        query = select(Unit.id, Unit.name).where(Unit.id.in_(actor.unit_ids))
    elif actor.role is not Role.SECRETARIAT:
        return []
    return [(unit_id, name) for unit_id, name in session.execute(query.order_by(Unit.name))]


def feed_behind(session: Session, token: str, *, at: datetime) -> Feed | None:
    """Return what the feed of `token` shows; None: no such feed, revoked, or its person left."""
    feed = session.scalars(
        select(CalendarFeed)
        .where(CalendarFeed.token_digest == token_digest(token), CalendarFeed.revoked_at.is_(None))
        .options(joinedload(CalendarFeed.unit), joinedload(CalendarFeed.person))
    ).first()
    today = office_day(at)
    if feed is None or (feed.person.left_on is not None and feed.person.left_on <= today):
        return None
    actors = _actors(session, feed.person, at=at)
    name = feed.unit.name if feed.unit else ""
    return Feed(name, feed.person.language, _deadlines(session, feed, actors, today))


def _actors(session: Session, person: Person, *, at: datetime) -> list[Actor]:
    posts = posts_held(person, at=at)
    return [actor_in(session, person, post, posts) for post in posts]


def _deadlines(
    session: Session, feed: CalendarFeed, actors: list[Actor], today: date
) -> list[Deadline]:
    if not actors:
        return []
    own_units = {actor.unit_id for actor in actors if actor.role in HEADS and actor.unit_id}
    wanted = (
        Task.lead_unit_id == feed.unit_id
        if feed.unit_id is not None
        else or_(Task.officer_id == feed.person_id, Task.lead_unit_id.in_(own_units))
    )
    since = today - timedelta(days=KEPT_DAYS)
    still_told = and_(
        or_(Task.accepted_on.is_(None), Task.accepted_on >= since),
        or_(Task.left_on.is_(None), Task.left_on >= since),
    )
    rows = session.execute(
        select(
            Task.id,
            Task.code,
            Task.title,
            Unit.name,
            Task.due_on,
            Task.effective_on,
            Task.deadline_version,
            or_(Task.accepted_on.is_not(None), Task.left_on.is_not(None)),
        )
        .join(Unit, Unit.id == Task.lead_unit_id)
        .where(wanted, still_told, Task.due_on.is_not(None), or_(*map(visible_to, actors)))
        .order_by(Task.due_on, Task.id)
    )
    return [
        Deadline(id_, code, title, unit, due_on, effective_on or due_on, version, bool(ended))
        for id_, code, title, unit, due_on, effective_on, version, ended in rows
        if due_on is not None
    ]
