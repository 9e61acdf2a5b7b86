"""Reads of the office's calendar."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.deadlines.models import CalendarDay
from tracker.deadlines.public_holidays import base_days
from tracker.workdays import WorkCalendar


@dataclass(frozen=True)
class ExceptionDay:
    """A day on which the office's calendar differs from the weekly rest.

    `own` tells that the office entered it; else the holidays package knows it. `stands_above`
    tells that an own entry replaces what the package says.
    """

    day: date
    working: bool
    name: str
    own: bool = False
    stands_above: bool = False


def working_calendar(session: Session) -> WorkCalendar:
    """Return the working calendar: the holidays package, and above it what the office entered."""
    rows = session.execute(select(CalendarDay.day, CalendarDay.working).order_by(CalendarDay.day))
    return _calendar(tuple((day, working) for day, working in rows))


@lru_cache(maxsize=8)
def _calendar(own: tuple[tuple[date, bool], ...]) -> WorkCalendar:
    days = {day: working for day, (working, _) in base_days().items()} | dict(own)
    return WorkCalendar(exceptions=_frozen(days))


def _frozen(days: dict[date, bool]) -> Mapping[date, bool]:
    return MappingProxyType(days)


def exceptions_of(session: Session, year: int) -> list[ExceptionDay]:
    """Return every exception of `year` in the order of days."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    base = {day: found for day, found in base_days().items() if day.year == year}
    days = {day: ExceptionDay(day, working, name) for day, (working, name) in base.items()}
    for row in session.scalars(select(CalendarDay).where(CalendarDay.day.between(first, last))):
        days[row.day] = ExceptionDay(
            row.day, row.working, row.name, own=True, stands_above=row.day in base
        )
    return [days[day] for day in sorted(days)]
