"""Pages on which scores, published results and owners of criteria are entered."""

from collections.abc import Iterable
from decimal import Decimal

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from tracker import clock
from tracker.clock import today
from tracker.criteria.sheet_pages import ImportForm, said, send_sheet, take_sheet
from tracker.db import db, transaction
from tracker.errors import BadInput, Refusal, RowError, RowErrors, RuleViolation
from tracker.people.queries import officers_of
from tracker.permissions import Permission, may, require
from tracker.scores import actions, queries
from tracker.scores.accounts import Account
from tracker.scores.actions import Cell
from tracker.scores.blueprint import bp
from tracker.scores.entering import POINT_COLUMNS, Value
from tracker.scores.exchange import COLUMNS, import_scores, score_rows
from tracker.scores.forms import ResultForm
from tracker.scores.lines import Line
from tracker.scores.models import Score
from tracker.scores.round_queries import closed_rounds
from tracker.scores.rounds import refuses
from tracker.scores.rules import Measure
from tracker.scores.tables import result_of, unit_scores
from tracker.sheets import cell_decimal
from tracker.units.queries import with_units_below
from tracker.web import (
    Form,
    an_id,
    current_actor,
    needs,
    points,
    refused,
    row_sentences,
    say,
    sentence,
)

Page = str | Response | tuple[str, int]

SEE_OTHER = 303
ENTRY_COLUMNS = (*POINT_COLUMNS, "not_applicable", "explanation")


@bp.route("/scores/account/<int:edition_id>/<int:unit_id>/entry", methods=["GET", "POST"])
@needs(Permission.SCORE_READ)
def entry(edition_id: int, unit_id: int) -> Page:
    """Enter the scores of one field of a unit."""
    actor = current_actor()
    queries.require_unit(actor, unit_id)
    open_columns = queries.open_columns(actor, unit_id)
    found = queries.account(db.session, edition_id, unit_id, today=today())
    fields = _fields(found)
    field_id = request.args.get("field", type=an_id) or next(iter(fields), 0)
    leaves = _leaves(found, field_id)
    scores = unit_scores(db.session, unit_id, [line.criterion_id for line in leaves])
    closed = closed_rounds(db.session, edition_id, unit_id)
    columns = [name for name in ENTRY_COLUMNS if name in open_columns and not refuses(name, closed)]
    form, status = Form(), 200
    wrong: dict[tuple[int, str], str] = {}
    if form.is_submitted():
        status = 422
        cells, wrong = _typed(leaves, columns)
        if form.validate() and not wrong:
            try:
                with transaction() as session:
                    changed = actions.enter_scores(
                        session,
                        edition_id=edition_id,
                        unit_id=unit_id,
                        cells=cells,
                        by=actor,
                        at=clock.now(),
                    )
            except RowErrors as refusal:
                wrong = {(row.line, row.column or ""): _said(row) for row in refusal.rows}
            except RuleViolation as refusal:
                refused(form, refusal)
                status = 409
            else:
                say(_("Saved: scores of %(count)s criteria.", count=changed))
                return redirect(
                    url_for("scores.account", edition_id=edition_id, unit_id=unit_id), SEE_OTHER
                )
    page = render_template(
        "scores/entry.html",
        account=found,
        form=form,
        fields=fields,
        field_id=field_id,
        leaves=leaves,
        scores=scores,
        columns=columns,
        shown=_as_shown(leaves, scores),
        typed=request.form if form.is_submitted() else {},
        wrong=wrong,
    )
    return page, status


@bp.route("/scores/account/<int:edition_id>/<int:unit_id>/result", methods=["GET", "POST"])
@needs(Permission.SCORE_ENTER)
def result(edition_id: int, unit_id: int) -> Page:
    """Record what was published: value, rank r of n, change."""
    found = queries.account(db.session, edition_id, unit_id, today=today())
    form = ResultForm().offer(list(_fields(found).items()))
    if not form.is_submitted():
        field_id = request.args.get("field", type=an_id)
        kept = result_of(db.session, edition_id, unit_id, field_id)
        form.criterion_id.data = field_id or 0
        if kept is not None:
            form.show(kept)
        return render_template("scores/result.html", form=form, account=found)
    if form.validate():
        try:
            with transaction() as session:
                actions.save_result(
                    session,
                    edition_id=edition_id,
                    unit_id=unit_id,
                    criterion_id=form.criterion_id.data or None,
                    value=form.value.data,
                    measure=Measure(form.measure.data),
                    change=form.change.data,
                    rank=form.rank.data,
                    ranked=form.ranked.data,
                    rank_change=form.rank_change.data,
                    block=form.block.data or "",
                    band=form.band.data or "",
                    by=current_actor(),
                    at=clock.now(),
                )
        except RuleViolation as refusal:
            refused(form, refusal)
        else:
            say(_("The published result was saved."))
            return redirect(
                url_for("scores.account", edition_id=edition_id, unit_id=unit_id), SEE_OTHER
            )
    return render_template("scores/result.html", form=form, account=found), 422


@bp.route("/scores/account/<int:edition_id>/<int:unit_id>/owners", methods=["GET", "POST"])
@needs(Permission.REMEDY_WRITE)
def owners(edition_id: int, unit_id: int) -> Page:
    """Name an officer for each criterion of a field."""
    actor = current_actor()
    require(actor, Permission.REMEDY_WRITE, unit_ids=frozenset({unit_id}))
    found = queries.account(db.session, edition_id, unit_id, today=today())
    fields = _fields(found)
    field_id = request.args.get("field", type=an_id) or next(iter(fields), 0)
    leaves = _leaves(found, field_id)
    below = with_units_below(db.session, frozenset({unit_id}))
    officers = officers_of(db.session, below, on=today())
    form = Form()
    if form.is_submitted() and form.validate():
        try:
            with transaction() as session:
                for line in leaves:
                    wanted = request.form.get(f"owner-{line.criterion_id}", type=int)
                    if wanted is not None and (wanted or None) != line.owner_id:
                        actions.name_criterion_owner(
                            session,
                            criterion_id=line.criterion_id,
                            unit_id=unit_id,
                            person_id=wanted or None,
                            by=actor,
                            at=clock.now(),
                        )
        except RuleViolation as refusal:
            refused(form, refusal)
        else:
            say(_("Saved: the officers of field %(name)s.", name=fields.get(field_id, "")))
            here = url_for("scores.owners", edition_id=edition_id, unit_id=unit_id, field=field_id)
            return redirect(here, SEE_OTHER)
    page = render_template(
        "scores/owners.html",
        account=found,
        form=form,
        fields=fields,
        field_id=field_id,
        leaves=leaves,
        officers=officers,
    )
    return page, 422 if form.errors or form.form_errors else 200


@bp.route("/scores/import", methods=["GET", "POST"])
@needs(Permission.SCORE_ENTER)
def import_sheet() -> Page:
    """Take a sheet of scores in, all or nothing."""
    form = ImportForm()
    if not form.is_submitted():
        return render_template("scores/import.html", form=form, columns=COLUMNS, bad=[])
    bad = []
    try:
        done = take_sheet(form, COLUMNS, import_scores)
    except RowErrors as refusal:
        refused(form, refusal)
        bad = row_sentences(refusal)
    except Refusal as refusal:
        refused(form, refusal)
    else:
        say(said(form, done.added, done.changed, done.unchanged))
        back = "scores.import_sheet" if form.check_only.data else "scores.index"
        return redirect(url_for(back), SEE_OTHER)
    page = render_template("scores/import.html", form=form, columns=COLUMNS, bad=bad)
    return page, 422


@bp.get("/scores/export/<int:edition_id>/<any(xlsx, csv):kind>")
@needs(Permission.SCORE_READ)
def export(edition_id: int, kind: str) -> Response:
    """Send the scores of an edition that the reader may see, with the columns of the import."""
    actor = current_actor()
    units = None if may(actor, Permission.SCORE_READ) else actor.unit_ids
    rows = score_rows(db.session, edition_id, units)
    return send_sheet(COLUMNS, rows, kind=kind, name="diem-chi-so", title=_("Scores"))


def _fields(account: Account) -> dict[int, str]:
    return {item.id: f"{item.code} {item.name}" for item in account.all_fields}


def _leaves(account: Account, field_id: int) -> list[Line]:
    return [line for line in account.all_lines if account.field_of[line.criterion_id] == field_id]


def _as_shown(leaves: Iterable[Line], scores: dict[int, Score]) -> dict[tuple[int, str], str]:
    """Return what each cell shows of what is kept."""
    found = {}
    for line in leaves:
        score = scores.get(line.criterion_id)
        for name in POINT_COLUMNS:
            found[line.criterion_id, name] = points(getattr(score, name)) if score else ""
        na = score is not None and score.not_applicable
        found[line.criterion_id, "not_applicable"] = "1" if na else ""
        found[line.criterion_id, "explanation"] = score.explanation if score else ""
    return found


def _typed(
    leaves: Iterable[Line], columns: Iterable[str]
) -> tuple[dict[int, dict[str, Cell]], dict[tuple[int, str], str]]:
    """Return what was typed in each cell, and what is wrong with it."""
    cells: dict[int, dict[str, Cell]] = {}
    wrong: dict[tuple[int, str], str] = {}
    names = list(columns)
    for line in leaves:
        for name in names:
            key = f"{line.criterion_id}-{name}"
            if f"was-{key}" not in request.form:
                continue
            try:
                cell = Cell(_value(name, f"was-{key}"), _value(name, f"now-{key}"))
            except BadInput as refusal:
                wrong[line.criterion_id, name] = sentence(refusal)
            else:
                cells.setdefault(line.criterion_id, {})[name] = cell
    return cells, wrong


def _value(name: str, key: str) -> Value:
    text = request.form.get(key, "").strip()
    if name == "not_applicable":
        return bool(text)
    return text.replace("\r\n", "\n") if name == "explanation" else cell_decimal(text)


def _said(row: RowError) -> str:
    """Return what is wrong with a cell; in it nothing is “–” and points have a comma."""
    params = {
        key: (points(value) if isinstance(value, Decimal) else value) or "–"
        for key, value in row.params.items()
    }
    return sentence(Refusal(row.message, **params))
