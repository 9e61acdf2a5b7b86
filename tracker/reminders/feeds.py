"""A feed as iCalendar (RFC 5545): one all-day event for each deadline, with a stable UID.

A decision on the deadline raises SEQUENCE and moves the event; an ended task cancels it.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tracker.reminders.feed_queries import Deadline, Feed

if TYPE_CHECKING:
    from icalendar import Event

REFRESH = timedelta(hours=1)


def as_calendar(
    feed: Feed, *, name: str, words: Callable[[Deadline], str], at: datetime, public_url: str
) -> bytes:
    """Return the feed as a calendar. `words(deadline)` is what an event says of it."""
    from icalendar import Calendar  # noqa: PLC0415  # takes long; only feeds need it

    calendar = Calendar()
    calendar.add("prodid", "-//Conclusion Tracker//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-published-ttl", "PT1H")
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    host = urlsplit(public_url).hostname or "localhost"
    for deadline in feed.deadlines:
        calendar.add_component(_event(deadline, words(deadline), at, host, public_url))
    return bytes(calendar.to_ical())


def _event(deadline: Deadline, words: str, at: datetime, host: str, public_url: str) -> "Event":
    from icalendar import Event  # noqa: PLC0415

    event = Event()
    event.add("uid", f"task-{deadline.task_id}@{host}")
    event.add("dtstamp", at)
    event.add("dtstart", deadline.effective_on)
    event.add("dtend", deadline.effective_on + timedelta(days=1))
    event.add("sequence", deadline.version - 1 + deadline.ended)
    event.add("status", "CANCELLED" if deadline.ended else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    event.add("summary", deadline.title)
    event.add("description", words)
    event.add("url", f"{public_url}/tasks/{deadline.task_id}")
    return event
