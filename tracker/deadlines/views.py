"""Pages of the calendar. Changing a day is a composed act: see `pages.calendar`."""

from calendar import monthrange
from datetime import date

from flask import Blueprint, render_template, request

from tracker.clock import today
from tracker.db import db
from tracker.deadlines.actions import COLUMNS
from tracker.deadlines.forms import CalendarImportForm, DayForm
from tracker.deadlines.public_holidays import FIRST_YEAR, LAST_YEAR
from tracker.deadlines.queries import exceptions_of, working_calendar
from tracker.permissions import Permission
from tracker.web import needs
from tracker.workdays import WorkCalendar

bp = Blueprint("deadlines", __name__)

MONTHS = 12
WEEK = 7


@bp.get("/calendar")
@needs(Permission.CALENDAR_READ)
def calendar() -> str:
    """Show the exceptions of a year and its months."""
    return calendar_page(_year(request.args.get("year", "")))


def calendar_page(
    year: int,
    *,
    form: DayForm | None = None,
    import_form: CalendarImportForm | None = None,
    bad: list[tuple[int, str, str]] | None = None,
) -> str:
    """Return the page of a year, with forms as they were typed."""
    days = exceptions_of(db.session, year)
    worked = working_calendar(db.session)
    return render_template(
        "calendar/year.html",
        year=year,
        days=days,
        months=[_month(year, month, worked) for month in range(1, MONTHS + 1)],
        names={found.day: found.name for found in days},
        workdays=worked.between(date(year - 1, 12, 31), date(year, 12, 31)),
        form=form or DayForm(formdata=None),
        import_form=import_form or CalendarImportForm(formdata=None),
        bad=bad or [],
        columns=COLUMNS,
        years=(max(year - 1, FIRST_YEAR), min(year + 1, LAST_YEAR)),
    )


def _month(year: int, month: int, worked: WorkCalendar) -> list[list[tuple[date, bool] | None]]:
    """Return the weeks of a month, Monday first: (day, is it worked), None beside the month."""
    first, length = monthrange(year, month)
    cells: list[tuple[date, bool] | None] = [None] * first
    for number in range(1, length + 1):
        day = date(year, month, number)
        cells.append((day, worked.is_workday(day)))
    cells += [None] * (-len(cells) % WEEK)
    return [cells[start : start + WEEK] for start in range(0, len(cells), WEEK)]


def _year(text: str) -> int:
    known = text.isdecimal() and FIRST_YEAR <= int(text[:4]) <= LAST_YEAR and len(text) == 4
    return int(text) if known else today().year
