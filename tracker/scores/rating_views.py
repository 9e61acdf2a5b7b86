"""The draft sheet for the yearly rating of heads, on screen, as .xlsx and as .docx."""

from decimal import Decimal, InvalidOperation

from flask import Response, render_template, request
from flask_babel import gettext as _

from tracker.clock import today
from tracker.criteria.sheet_pages import send_sheet
from tracker.db import db
from tracker.permissions import Permission
from tracker.scores.blueprint import bp
from tracker.scores.paper import add_table, content, landscape
from tracker.scores.rating_rules import Weights
from tracker.scores.ratings import RatingRow, rated_tasks, rated_unit, ratings, sheet_row
from tracker.sheets import Column
from tracker.web import current_actor, day, needs, points

COLUMNS = (
    Column("unit", ("Mã đơn vị", "Unit")),
    Column("name", ("Đơn vị", "Name"), width=40),
    Column("assigned", ("Được giao", "Assigned")),
    Column("done", ("Hoàn thành", "Done")),
    Column("as_required", ("Đạt yêu cầu", "As required")),
    Column("in_time", ("Đúng tiến độ", "In time")),
    Column("quantity", ("Điểm số lượng", "Quantity")),
    Column("quality", ("Điểm chất lượng", "Quality")),
    Column("punctuality", ("Điểm tiến độ", "Punctuality")),
    Column("total", ("Tổng điểm", "Total")),
)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FIRST_YEAR, LAST_YEAR = 1990, 2199
MOST_WEIGHT = 1000


@bp.get("/scores/ratings")
@needs(Permission.SCORE_READ)
def rating() -> str:
    """Show quantity, quality and punctuality of each unit's tasks in a year."""
    return render_template(
        "scores/ratings.html",
        year=_year(),
        weights=_weights(),
        rows=_rows(),
    )


@bp.get("/scores/ratings/<int:unit_id>")
@needs(Permission.SCORE_READ)
def rated(unit_id: int) -> str:
    """Show the tasks behind the numbers of one unit."""
    unit = rated_unit(db.session, unit_id, current_actor())
    found = rated_tasks(db.session, _year(), unit_id, current_actor(), today=today())
    return render_template("scores/rated.html", unit=unit, year=_year(), tasks=found)


@bp.get("/scores/ratings/export/<any(xlsx, docx):kind>")
@needs(Permission.SCORE_READ)
def rating_file(kind: str) -> Response:
    """Send the draft sheet."""
    rows = _rows()
    title = _("Rating of heads %(year)s (draft)", year=_year())
    if kind == "xlsx":
        sheet = [sheet_row(row) for row in rows]
        name = f"xep-loai-{_year()}"
        return send_sheet(COLUMNS, sheet, kind=kind, name=name, title=str(_year()))
    headers = {"Content-Disposition": f'attachment; filename="xep-loai-{_year()}.docx"'}
    return Response(_paper(title, rows), mimetype=WORD, headers=headers)


def _rows() -> list[RatingRow]:
    return ratings(db.session, _year(), current_actor(), today=today(), weights=_weights())


def _year() -> int:
    year = request.args.get("year", today().year, type=int)
    return year if FIRST_YEAR <= year <= LAST_YEAR else today().year


def _weights() -> Weights:
    """Return the points of the three parts as the address gives them, else the usual ones."""
    usual = Weights()
    return Weights(
        *(
            _weight(request.args.get(name, ""), getattr(usual, name))
            for name in ("quantity", "quality", "punctuality")
        )
    )


def _weight(text: str, usual: Decimal) -> Decimal:
    try:
        typed = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        return usual
    return typed if typed.is_finite() and 0 <= typed <= MOST_WEIGHT else usual


def _paper(title: str, rows: list[RatingRow]) -> bytes:
    weights = _weights()
    paper = landscape()
    paper.add_heading(title, level=1)
    paper.add_paragraph(_("as of %(day)s", day=day(today())) + ".")
    heads = (
        _("No."),
        _("Unit"),
        _("Assigned"),
        _("Done"),
        _("Done as required"),
        _("Done in time"),
        f"{_('Quantity')} ({points(weights.quantity)})",
        f"{_('Quality')} ({points(weights.quality)})",
        f"{_('Punctuality')} ({points(weights.punctuality)})",
        f"{_('Total')} ({points(weights.whole)})",
    )
    lines = (
        (
            str(number),
            row.unit_name,
            *(
                str(count)
                for count in (
                    row.rating.assigned,
                    row.rating.done,
                    row.rating.as_required,
                    row.rating.in_time,
                )
            ),
            *(
                points(part, 2)
                for part in (
                    row.rating.quantity,
                    row.rating.quality,
                    row.rating.punctuality,
                    row.rating.total,
                )
            ),
        )
        for number, row in enumerate(rows, start=1)
    )
    add_table(paper, heads, lines)
    return content(paper)
