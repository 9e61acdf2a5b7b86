"""Pages of reports: figures as of any day, parted, and the list behind every figure."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, Response, abort, render_template, request, url_for

from tracker import clock
from tracker.committees.queries import committees_of
from tracker.db import db
from tracker.errors import BadInput
from tracker.permissions import Permission
from tracker.reports.queries import (
    AnyRow,
    Part,
    Scope,
    counted_for,
    figures,
    figures_by,
    list_of,
    listed,
    words_of,
)
from tracker.reports.rules import By, Figure
from tracker.reports.showing import list_address, strip, sum_words
from tracker.sheets import Language, cell_date, write_csv, write_xlsx
from tracker.tasks.exchange import COLUMNS, task_rows
from tracker.tasks.rules import DeadlineClass, TimeKind, days_late
from tracker.web import an_id, current_actor, label, language, needs, sentence

bp = Blueprint("reports", __name__)

PAGE_ROWS = 50
SHOWN_FIGURES = tuple(Figure)

SHEET_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

DUE_STATES = {
    DeadlineClass.DONE_ON_TIME: "done",
    DeadlineClass.DONE_LATE: "done_late",
    DeadlineClass.OPEN_OVERDUE: "late",
    DeadlineClass.STANDING: "standing",
}
TIME_STATES = {
    TimeKind.PROPOSED: "proposed",
    TimeKind.AWAITING: "none",
    TimeKind.WITHOUT: "without",
}


@dataclass(frozen=True)
class Wanted:
    """What the address asks for; None or nothing narrows nothing."""

    as_of: date
    typed: str
    problem: str
    committee: int | None
    unit: int | None
    meeting: int | None
    field: str | None
    group: int | None

    @property
    def values(self) -> dict[str, Any]:
        """Return the narrowing as it stands in the address."""
        names = ("committee", "unit", "meeting", "field", "group")
        return {name: getattr(self, name) for name in names if getattr(self, name) is not None}

    def within(self, scope: Scope) -> Scope:
        """Return the part of `scope` that is asked for."""
        return scope.narrowed(
            committee_id=self.committee,
            unit_id=self.unit,
            meeting_id=self.meeting,
            field=self.field,
            group_id=self.group,
        )


def wanted_of_address() -> Wanted:
    """Read what the address asks for; a day that is none is named and today taken."""
    args = request.args
    typed, problem = args.get("as_of", "").strip(), ""
    try:
        as_of = cell_date(typed) or clock.today()
    except BadInput as error:
        as_of, problem = clock.today(), sentence(error)
    return Wanted(
        as_of=as_of,
        typed=typed if problem else "",
        problem=problem,
        committee=args.get("committee", type=an_id),
        unit=args.get("unit", type=an_id),
        meeting=args.get("meeting", type=_meeting),
        field=args.get("field"),
        group=args.get("group", type=an_id),
    )


@bp.get("/reports")
@needs(Permission.REPORT_READ)
def index() -> tuple[str, int]:
    """Show the figures as of a day, and parted by unit, meeting or field."""
    wanted, today = wanted_of_address(), clock.today()
    actor = current_actor()
    scope = wanted.within(counted_for(actor))
    by = next((by for by in By if by.value == request.args.get("by")), By.UNIT)
    found = figures(db.session, scope, as_of=wanted.as_of, today=today)
    parts = figures_by(db.session, scope, by, as_of=wanted.as_of, today=today)
    page = render_template(
        "reports/index.html",
        wanted=wanted,
        figures=found,
        strip=strip(found, lambda figure: list_address(figure, wanted.values, wanted.as_of)),
        sums=sum_words(found),
        by=by,
        choices=By,
        parts=parts,
        columns=SHOWN_FIGURES,
        addresses=[_part_addresses(wanted, by, part) for part in parts],
        list_address=lambda figure: list_address(figure, wanted.values, wanted.as_of),
        committees=committees_of(db.session, actor),
        now=clock.now(),
    )
    return page, 422 if wanted.problem else 200


@bp.get("/reports/list")
@needs(Permission.REPORT_READ)
def figure_list() -> tuple[str, int]:
    """Show the tasks behind one figure: as many rows as the figure says."""
    wanted, today = wanted_of_address(), clock.today()
    figure = _figure()
    if figure is None:
        abort(404)
    scope = wanted.within(counted_for(current_actor()))
    number = figures(db.session, scope, as_of=wanted.as_of, today=today)[figure]
    rows = list_of(
        db.session,
        figure,
        scope,
        as_of=wanted.as_of,
        after=_place(request.args.get("after", "")),
        limit=PAGE_ROWS + 1,
    )
    more, rows = len(rows) > PAGE_ROWS, rows[:PAGE_ROWS]
    address = {"figure": figure.value, "as_of": wanted.as_of.isoformat(), **wanted.values}
    page = render_template(
        "reports/list.html",
        wanted=wanted,
        figure=figure,
        number=number,
        rows=rows,
        states=[_due_state(row, wanted.as_of) for row in rows],
        narrowed=words_of(db.session, scope),
        task_page=f"{request.script_root}/tasks/",
        address=address,
        first=url_for("reports.figure_list", **address) if "after" in request.args else "",
        after=url_for("reports.figure_list", **address, after=_key(rows[-1])) if more else "",
        today=today,
    )
    return page, 422 if wanted.problem else 200


def _part_addresses(wanted: Wanted, by: By, part: Part) -> dict[Figure, str]:
    values = wanted.values | {by.value: part.key}
    start = list_address(Figure.TOTAL, values, wanted.as_of)
    mark = f"figure={Figure.TOTAL.value}"
    return {figure: start.replace(mark, f"figure={figure.value}", 1) for figure in SHOWN_FIGURES}


def _due_state(row: AnyRow, as_of: date) -> tuple[str, int]:
    """Return the state of the deadline label and its days."""
    found, time, effective_on = DeadlineClass(row[4]), row[16], row[17]
    if found in DUE_STATES:
        return DUE_STATES[found], days_late(effective_on, as_of) if effective_on else 0
    if found is DeadlineClass.UNDATED:
        return TIME_STATES.get(time, "none"), 0
    days = max(0, (effective_on - as_of).days) if effective_on else 0
    return ("today" if days == 0 else "ok"), days


def _meeting(text: str) -> int:
    """Return a meeting's id, or 0: the tasks of no meeting."""
    return 0 if text == "0" else an_id(text)


def _place(text: str) -> tuple[date, int] | None:
    try:
        due_on, task_id = text.split("_")
        return date.fromisoformat(due_on), an_id(task_id)
    except ValueError:
        return None


def _key(row: AnyRow) -> str:
    return f"{(row[5] or date.max).isoformat()}_{row[0]}"


@bp.get("/reports/export")
@needs(Permission.REPORT_READ)
def export() -> Response:
    """Send the tasks behind a figure as a sheet, with the columns of the import."""
    wanted, figure = wanted_of_address(), _figure()
    sheet_format = request.args.get("format")
    if figure is None or wanted.problem or sheet_format not in SHEET_TYPES:
        abort(404)
    actor = current_actor()
    scope = wanted.within(counted_for(actor))
    rows = task_rows(
        db.session,
        actor,
        as_of=wanted.as_of,
        today=clock.today(),
        also=listed(figure, scope, wanted.as_of),
    )
    reader: Language = "en" if language() == "en" else "vi"
    content = (
        write_csv(COLUMNS, rows, language=reader)
        if sheet_format == "csv"
        else write_xlsx(COLUMNS, rows, sheet_name=label(figure), language=reader)
    )
    name = f"{figure.value.replace('_', '-')}-{wanted.as_of.isoformat()}.{sheet_format}"
    return Response(
        content,
        mimetype=SHEET_TYPES[sheet_format],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _figure() -> Figure | None:
    return next((one for one in Figure if one.value == request.args.get("figure")), None)
