"""Make and revoke calendar feeds."""

import secrets
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker import history
from tracker.errors import N_, NotAllowed, RuleViolation
from tracker.people.queries import token_digest
from tracker.permissions import Actor, Permission, may_anywhere
from tracker.reminders.feed_models import CalendarFeed
from tracker.reminders.feed_queries import units_for_feeds

MOST_FEEDS = 20


def add_feed(
    session: Session, *, unit_id: int | None, by: Actor, at: datetime
) -> tuple[CalendarFeed, str]:
    """Make a feed of the own deadlines or of a unit's; return it and its token, shown once.

    NotAllowed: a unit that the actor does not look after. RuleViolation: MOST_FEEDS are in use.
    """
    if not may_anywhere(by, Permission.FEED_OWN) or by.person_id is None:
        raise NotAllowed
    if unit_id is not None and unit_id not in dict(units_for_feeds(session, by)):
        raise NotAllowed
    in_use = session.scalar(
        select(func.count()).where(
            CalendarFeed.person_id == by.person_id, CalendarFeed.revoked_at.is_(None)
        )
    )
    if (in_use or 0) >= MOST_FEEDS:
        raise RuleViolation(
            N_("You have %(count)s calendar addresses. Revoke one first."), count=MOST_FEEDS
        )
    token = secrets.token_urlsafe(32)
    feed = CalendarFeed(
        token_digest=token_digest(token), person_id=by.person_id, unit_id=unit_id, created_at=at
    )
    session.add(feed)
    session.flush()
    history.record(session, "feed.add", feed, by=by, at=at, label=by.name)
    return feed, token


def revoke_feed(session: Session, feed_id: int, *, by: Actor, at: datetime) -> None:
    """Let an own feed show nothing any more; revoking twice changes nothing."""
    feed = session.scalars(
        select(CalendarFeed).where(
            CalendarFeed.id == feed_id, CalendarFeed.person_id == by.person_id
        )
    ).one()
    if feed.revoked_at is None:
        feed.revoked_at = at
        history.record(session, "feed.revoke", feed, by=by, at=at, label=by.name)
