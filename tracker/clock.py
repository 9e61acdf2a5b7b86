"""The one clock. Only the edge (views, jobs, commands) asks it; everything below takes `at`."""

from datetime import UTC, date, datetime

from tracker.workdays import office_day


def now() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Return the office's date (Asia/Ho_Chi_Minh), the same for list, page, mail and export."""
    return office_day(now())
