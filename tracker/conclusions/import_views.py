"""Tasks in from a sheet, on screen: first only checked, then taken in, all or nothing."""

from datetime import datetime

from flask import redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from tracker.conclusions.blueprint import bp
from tracker.conclusions.imports import clause_for_import
from tracker.criteria.sheet_pages import ImportForm, said, take_sheet
from tracker.deadlines.queries import working_calendar
from tracker.errors import Refusal, RowErrors
from tracker.permissions import Actor, Permission
from tracker.sheets import Sheet
from tracker.tasks.exchange import COLUMNS
from tracker.tasks.imports import Counts, import_tasks
from tracker.web import needs, refused, row_sentences, say

SEE_OTHER = 303


@bp.route("/tasks/import", methods=["GET", "POST"], endpoint="import_tasks")
@needs(Permission.TASK_IMPORT)
def import_sheet() -> str | Response | tuple[str, int]:
    """Take a sheet of tasks in; the first visit offers the check, a check that passed the rest."""
    form, bad, status = ImportForm(), [], 200
    if not form.is_submitted():
        form.check_only.data = "checked" not in request.args
    else:
        try:
            done = take_sheet(form, COLUMNS, _take)
        except RowErrors as refusal:
            refused(form, refusal)
            bad = row_sentences(refusal)
        except Refusal as refusal:
            refused(form, refusal)
        else:
            say(said(form, done.added, done.changed, done.unchanged))
            checked = url_for("conclusions.import_tasks", checked=1)
            return redirect(checked if form.check_only.data else url_for("tasks.index"), SEE_OTHER)
        status = 422
    page = render_template("conclusions/import_tasks.html", form=form, columns=COLUMNS, bad=bad)
    return page, status


def _take(session: Session, sheet: Sheet, *, by: Actor, at: datetime) -> Counts:
    return import_tasks(
        session,
        sheet,
        by=by,
        at=at,
        calendar=working_calendar(session),
        find_clause=clause_for_import,
    )
