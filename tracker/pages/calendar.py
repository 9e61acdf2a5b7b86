"""Changes of the calendar, with the effective dates of open tasks that hang on them."""

from collections.abc import Callable

from flask import redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from tracker import clock
from tracker.db import transaction
from tracker.deadlines.actions import COLUMNS, DayData, import_days, remove_day, set_day
from tracker.deadlines.forms import WORKED, CalendarImportForm, DayForm
from tracker.deadlines.queries import working_calendar
from tracker.deadlines.views import calendar_page
from tracker.errors import N_, BadInput, Refusal, RowErrors, RuleViolation
from tracker.pages.blueprint import bp
from tracker.permissions import Permission
from tracker.sheets import cell_date, read_sheet
from tracker.tasks.actions import refresh_effective_dates
from tracker.web import current_actor, needs, refused, row_sentences, say

Page = str | Response | tuple[str, int]

SEE_OTHER = 303


@bp.post("/calendar/day")
@needs(Permission.CALENDAR_MANAGE)
def calendar_day() -> Page:
    """Enter a holiday or a make-up day."""
    form = DayForm()
    if not form.validate() or form.day.data is None:
        return calendar_page(clock.today().year, form=form), 422
    data = DayData(form.day.data, form.kind.data == WORKED, form.name.data or "")
    try:
        _change(lambda session, by, at: set_day(session, data, by=by, at=at))
    except RuleViolation as refusal:
        refused(form, refusal)
        return calendar_page(clock.today().year, form=form), 422
    return _back(data.day.year)


@bp.post("/calendar/remove")
@needs(Permission.CALENDAR_MANAGE)
def calendar_remove() -> Page:
    """Take the office's own entry of a day back."""
    day = cell_date(request.form.get("day", ""))
    if day is None:
        raise BadInput(N_("The office has entered nothing for this day."))
    _change(lambda session, by, at: remove_day(session, day, by=by, at=at))
    return _back(day.year)


@bp.post("/calendar/import")
@needs(Permission.CALENDAR_MANAGE)
def calendar_import() -> Page:
    """Take a year's days in, all or nothing."""
    form, bad = CalendarImportForm(), []
    upload, year = request.files.get("file"), clock.today().year
    try:
        if upload is None or not upload.filename:
            raise BadInput(N_("Choose a file."), field="file")
        sheet = read_sheet(upload.read(), file_name=upload.filename, columns=COLUMNS)
        _change(lambda session, by, at: import_days(session, sheet, by=by, at=at))
    except RowErrors as refusal:
        refused(form, refusal)
        bad = row_sentences(refusal)
    except Refusal as refusal:
        refused(form, refusal)
    else:
        days = [day for row in sheet if (day := cell_date(row.cells["date"]))]
        return _back(days[0].year if days else year)
    return calendar_page(year, import_form=form, bad=bad), 422


def _change(act: Callable[..., object]) -> None:
    """Run an act on the calendar and let the open tasks follow, in one transaction."""
    by, at = current_actor(), clock.now()
    with transaction() as session:
        act(session, by, at)
        session.flush()
        moved = refresh_effective_dates(session, working_calendar(session), by=by, at=at)
    say(_("The calendar was changed."))
    if moved:
        say(_("Deadlines of %(count)s tasks take effect on another day now.", count=moved))


def _back(year: int) -> Response:
    return redirect(url_for("deadlines.calendar", year=year), SEE_OTHER)
