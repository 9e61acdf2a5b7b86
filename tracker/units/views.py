"""Pages of units."""

from contextlib import suppress

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from tracker import clock
from tracker.clock import today
from tracker.db import db, transaction
from tracker.errors import N_, BadInput, Refusal, RowErrors, RuleViolation
from tracker.permissions import Permission
from tracker.sheets import read_sheet, write_csv, write_xlsx
from tracker.units.actions import save_unit
from tracker.units.exchange import COLUMNS, Counts, import_units, unit_rows
from tracker.units.forms import ImportForm, UnitForm
from tracker.units.models import Unit
from tracker.units.queries import unit_by_id, unit_choices, unit_tree
from tracker.units.rules import UnitKind
from tracker.web import current_actor, label, needs, refused, row_sentences, say

bp = Blueprint("units", __name__)

Page = str | Answer | tuple[str, int]

SEE_OTHER = 303
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("/units")
@needs(Permission.UNIT_READ)
def index() -> str:
    """Show the tree of units, or those that were looked for."""
    words = request.args.get("q", "").strip()[:200]
    kind = request.args.get("kind", "")
    known = {member.value for member in UnitKind}
    retired = request.args.get("retired") == "1"
    rows = unit_tree(
        db.session,
        today(),
        words=words,
        kind=UnitKind(kind) if kind in known else None,
        retired=retired,
    )
    return render_template(
        "units/index.html",
        rows=rows,
        kinds=[(member.value, label(member)) for member in UnitKind],
        chosen={"q": words, "kind": kind if kind in known else "", "retired": retired},
    )


@bp.get("/units/new")
@needs(Permission.UNIT_MANAGE)
def new() -> str:
    """Show the form of a new unit."""
    form = UnitForm(kind=UnitKind.DEPARTMENT.value).offer(_units())
    return render_template("units/edit.html", form=form, unit=None)


@bp.post("/units/new")
@needs(Permission.UNIT_MANAGE)
def add() -> Page:
    """Add a unit."""
    return _save(None)


@bp.get("/units/<int:unit_id>")
@needs(Permission.UNIT_MANAGE)
def edit(unit_id: int) -> str:
    """Show a unit's form."""
    unit = unit_by_id(db.session, unit_id)
    form = UnitForm().offer(_units(unit)).show(unit)
    return render_template("units/edit.html", form=form, unit=unit)


@bp.post("/units/<int:unit_id>")
@needs(Permission.UNIT_MANAGE)
def change(unit_id: int) -> Page:
    """Change a unit."""
    return _save(unit_id)


@bp.get("/units/import")
@needs(Permission.UNIT_MANAGE)
def import_form() -> str:
    """Ask for a sheet of units."""
    return render_template("units/import.html", form=ImportForm(), columns=COLUMNS, bad=[])


@bp.post("/units/import")
@needs(Permission.UNIT_MANAGE)
def import_submit() -> Page:
    """Take a sheet of units in, all or nothing."""
    form, bad = ImportForm(), []
    try:
        counts = _import(form)
    except RowErrors as refusal:
        refused(form, refusal)
        bad = row_sentences(refusal)
    except Refusal as refusal:
        refused(form, refusal)
    else:
        say(
            _(
                "Added: %(added)s. Changed: %(changed)s. Unchanged: %(unchanged)s.",
                added=counts.added,
                changed=counts.changed,
                unchanged=counts.unchanged,
            )
            + (" " + _("This was a check: nothing was saved.") if form.check_only.data else "")
        )
        back = "units.import_form" if form.check_only.data else "units.index"
        return redirect(url_for(back), SEE_OTHER)
    page = render_template("units/import.html", form=form, columns=COLUMNS, bad=bad)
    return page, 422


@bp.get("/units/export")
@needs(Permission.UNIT_READ)
def export() -> Response:
    """Send every unit as a sheet with the columns of the import."""
    rows = unit_rows(db.session)
    if request.args.get("format") == "csv":
        return _download(write_csv(COLUMNS, rows), "text/csv", "csv")
    return _download(write_xlsx(COLUMNS, rows, sheet_name=_("Units")), XLSX, "xlsx")


def _download(data: bytes, mimetype: str, ending: str) -> Response:
    name = f"don-vi-{today():%Y-%m-%d}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(data, mimetype=mimetype, headers=headers)


class _OnlyChecked(Exception):
    """The file was checked; its transaction is rolled back."""


def _import(form: ImportForm) -> Counts:
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        raise BadInput(N_("Choose a file."), field="file")
    sheet = read_sheet(upload.read(), file_name=upload.filename, columns=COLUMNS)
    counts = Counts()
    with suppress(_OnlyChecked), transaction() as session:
        counts = import_units(session, sheet, by=current_actor(), at=clock.now())
        if form.check_only.data:
            raise _OnlyChecked
    return counts


def _save(unit_id: int | None) -> Page:
    unit = unit_by_id(db.session, unit_id) if unit_id is not None else None
    form = UnitForm().offer(_units(unit))
    if not form.validate():
        return render_template("units/edit.html", form=form, unit=unit), 422
    try:
        with transaction() as session:
            save_unit(session, unit_id, form.said(), by=current_actor(), at=clock.now())
    except RuleViolation as refusal:
        refused(form, refusal)
        return render_template("units/edit.html", form=form, unit=unit), 422
    say(_("Saved: %(name)s.", name=form.name.data))
    return redirect(url_for("units.index"), SEE_OTHER)


def _units(unit: Unit | None = None) -> list[tuple[int, str]]:
    """Return what may be the superior of `unit`: what exists, and what it is now."""
    choices = unit_choices(db.session, today())
    if unit is None:
        return choices
    if unit.parent is not None and unit.parent_id not in dict(choices):
        choices.append((unit.parent.id, unit.parent.name))
    return [choice for choice in choices if choice[0] != unit.id]
