"""Acts on the office's calendar.

Whoever changes a day recomputes the effective dates of open tasks in the same transaction.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker import history
from tracker.deadlines.models import CalendarDay
from tracker.deadlines.public_holidays import FIRST_YEAR, LAST_YEAR
from tracker.errors import N_, BadInput, RuleViolation
from tracker.permissions import Actor, Permission, Way, require
from tracker.sheets import BadRows, Column, Sheet, cell_bool, cell_date

NAME_LIMIT = 200

COLUMNS = (
    Column("date", ("Ngày", "Date"), required=True),
    Column("working", ("Làm việc", "Working", "Ngày làm việc")),
    Column("name", ("Tên", "Name", "Tên ngày", "Nội dung")),
)


@dataclass(frozen=True)
class DayData:
    """What the office decides of a day: a holiday, or a day that is worked."""

    day: date
    working: bool
    name: str = ""


def set_day(session: Session, data: DayData, *, by: Actor, at: datetime) -> CalendarDay:
    """Enter a holiday or a make-up day; it stands above what is known of the day otherwise.

    BadInput: outside the calendar's years, the name too long.
    """
    require(by, Permission.CALENDAR_MANAGE)
    _check(data)
    row = session.scalars(select(CalendarDay).where(CalendarDay.day == data.day)).first()
    _write(session, row, data, by=by, at=at)
    return row or session.scalars(select(CalendarDay).where(CalendarDay.day == data.day)).one()


def remove_day(session: Session, day: date, *, by: Actor, at: datetime) -> None:
    """Take the office's own entry back; what is known of the day otherwise holds again.

    RuleViolation: there is no own entry.
    """
    require(by, Permission.CALENDAR_MANAGE)
    row = session.scalars(select(CalendarDay).where(CalendarDay.day == day)).first()
    if row is None:
        raise RuleViolation(N_("The office has entered nothing for this day."))
    history.record(
        session,
        "calendar.remove-day",
        row,
        by=by,
        at=at,
        label=day.isoformat(),
        before={"day": row.day, "working": row.working, "name": row.name},
        after={},
    )
    session.delete(row)


def import_days(session: Session, sheet: Sheet, *, by: Actor, at: datetime) -> int:
    """Take a year's holidays and make-up days in; return how many days changed.

    A known date updates; a blank name erases nothing. RowErrors lists every bad row.
    """
    require(by, Permission.CALENDAR_MANAGE)
    by = by.through(Way.IMPORT)
    known = {row.day: row for row in session.scalars(select(CalendarDay))}
    read = _read(sheet, known)
    return sum(_write(session, known.get(day), data, by=by, at=at) for day, data in read.items())


def _read(sheet: Sheet, known: dict[date, CalendarDay]) -> dict[date, DayData]:
    bad = BadRows()
    read: dict[date, DayData] = {}
    lines: dict[date, int] = {}
    for row in sheet:
        day = bad.read(row, "date", cell_date) if bad.required(row, "date") else None
        working = bad.read(row, "working", cell_bool)
        if day is None:
            continue
        if day in lines:
            bad.add(row, "date", N_("This day is already in line %(line)s."), line=lines[day])
            continue
        lines[day] = row.line
        name = row.cells["name"] or (known[day].name if day in known else "")
        read[day] = DayData(day, bool(working), name)
        try:
            _check(read[day])
        except BadInput as error:
            column = "date" if error.field == "day" else error.field
            bad.add(row, column, error.message, **error.params)
    bad.refuse()
    return read


def _check(data: DayData) -> None:
    if not FIRST_YEAR <= data.day.year <= LAST_YEAR:
        raise BadInput(
            N_("The calendar holds the years %(first)s to %(last)s."),
            field="day",
            first=FIRST_YEAR,
            last=LAST_YEAR,
        )
    if len(data.name) > NAME_LIMIT:
        raise BadInput(N_("At most %(limit)s characters fit here."), field="name", limit=NAME_LIMIT)


def _write(
    session: Session, row: CalendarDay | None, data: DayData, *, by: Actor, at: datetime
) -> bool:
    """Write one day and record it; return whether it differs."""
    if row is not None and (row.working, row.name) == (data.working, data.name):
        return False
    if row is None:
        row = CalendarDay(day=data.day)
        session.add(row)
    row.working, row.name = data.working, data.name
    session.flush()
    history.record(session, "calendar.set-day", row, by=by, at=at, label=data.day.isoformat())
    return True
