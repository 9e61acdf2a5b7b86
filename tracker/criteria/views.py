"""Pages of editions and their criteria."""

from collections import Counter

from flask import Blueprint, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from tracker import clock
from tracker.criteria.actions import save_criterion, save_edition
from tracker.criteria.exchange import COLUMNS, criteria_rows, import_criteria
from tracker.criteria.forms import CriteriaImportForm, CriterionForm, EditionForm, level_words
from tracker.criteria.queries import (
    CriterionRow,
    compare_editions,
    criteria_tree,
    criterion_of,
    edition_before,
    edition_by_id,
    editions,
    steps_apart,
    tree_mismatches,
)
from tracker.criteria.sheet_pages import said, send_sheet, take_sheet
from tracker.db import db, transaction
from tracker.errors import Refusal, RowErrors, RuleViolation
from tracker.permissions import Permission
from tracker.web import current_actor, needs, refused, row_sentences, say

bp = Blueprint("criteria", __name__)

Page = str | Response | tuple[str, int]

SEE_OTHER = 303


@bp.get("/criteria")
@needs(Permission.CRITERIA_READ)
def index() -> str:
    """List the editions."""
    return render_template(
        "criteria/index.html", editions=editions(db.session), level_words=level_words
    )


@bp.get("/criteria/<int:edition_id>")
@needs(Permission.CRITERIA_READ)
def edition(edition_id: int) -> str:
    """Show the tree of one edition, with the maxima that do not add up."""
    found = edition_by_id(db.session, edition_id)
    tree = criteria_tree(db.session, edition_id)
    return render_template(
        "criteria/edition.html",
        edition=found,
        tree=tree,
        mismatches=tree_mismatches(tree, found.scale),
        steps_apart=steps_apart(tree),
        before=edition_before(db.session, found),
        level=level_words(found.level),
    )


@bp.route("/criteria/new", methods=["GET", "POST"])
@needs(Permission.CRITERIA_MANAGE)
def new() -> Page:
    """Open an edition."""
    form = EditionForm()
    if not form.is_submitted():
        return render_template("criteria/edit_edition.html", form=form, edition=None)
    return _save_edition(form, None)


@bp.route("/criteria/<int:edition_id>/edit", methods=["GET", "POST"])
@needs(Permission.CRITERIA_MANAGE)
def edit(edition_id: int) -> Page:
    """Change an edition, or close it."""
    found, form = edition_by_id(db.session, edition_id), EditionForm()
    if not form.is_submitted():
        form.show(found)
        return render_template("criteria/edit_edition.html", form=form, edition=found)
    return _save_edition(form, edition_id)


@bp.route("/criteria/<int:edition_id>/items/new", methods=["GET", "POST"])
@needs(Permission.CRITERIA_MANAGE)
def new_item(edition_id: int) -> Page:
    """Add a criterion."""
    return _item(edition_id, None)


@bp.route("/criteria/<int:edition_id>/items/<int:criterion_id>", methods=["GET", "POST"])
@needs(Permission.CRITERIA_MANAGE)
def item(edition_id: int, criterion_id: int) -> Page:
    """Change a criterion."""
    return _item(edition_id, criterion_id)


@bp.route("/criteria/import", methods=["GET", "POST"])
@needs(Permission.CRITERIA_MANAGE)
def import_sheet() -> Page:
    """Take a sheet of criteria in, all or nothing."""
    form = CriteriaImportForm()
    if not form.is_submitted():
        return render_template("criteria/import.html", form=form, columns=COLUMNS, bad=[])
    bad = []
    try:
        done = take_sheet(
            form,
            COLUMNS,
            lambda session, sheet, by, at: import_criteria(
                session, sheet, by=by, at=at, as_printed=bool(form.as_printed.data)
            ),
        )
    except RowErrors as refusal:
        refused(form, refusal)
        bad = row_sentences(refusal)
    except Refusal as refusal:
        refused(form, refusal)
    else:
        words = said(form, done.added, done.changed, done.unchanged)
        if done.mismatches:
            words += " " + _(
                "Maxima that do not add up, kept as printed: edition %(editions)s.",
                editions=", ".join(done.mismatches),
            )
        say(words)
        back = "criteria.import_sheet" if form.check_only.data else "criteria.index"
        return redirect(url_for(back), SEE_OTHER)
    page = render_template("criteria/import.html", form=form, columns=COLUMNS, bad=bad)
    return page, 422


@bp.get("/criteria/<int:edition_id>/compare/<int:other_id>")
@needs(Permission.CRITERIA_READ)
def compare(edition_id: int, other_id: int) -> str:
    """Show which criteria continue, moved, are new or gone against another edition."""
    changes = compare_editions(db.session, other_id, edition_id)
    return render_template(
        "criteria/compare.html",
        edition=edition_by_id(db.session, edition_id),
        other=edition_by_id(db.session, other_id),
        changes=changes,
        counts=Counter(change.fate for change in changes),
    )


@bp.get("/criteria/<int:edition_id>/export/<any(xlsx, csv):kind>")
@needs(Permission.CRITERIA_READ)
def export(edition_id: int, kind: str) -> Response:
    """Send an edition as a sheet with the columns of the import."""
    rows = criteria_rows(db.session, edition_id)
    return send_sheet(COLUMNS, rows, kind=kind, name="bo-tieu-chi", title=_("Criteria"))


def _save_edition(form: EditionForm, edition_id: int | None) -> Page:
    if form.validate():
        try:
            with transaction() as session:
                found = edition_by_id(session, edition_id) if edition_id is not None else None
                saved = save_edition(
                    session, found, form.said(), by=current_actor(), at=clock.now()
                )
        except RuleViolation as refusal:
            refused(form, refusal)
        else:
            say(_("Saved: %(name)s.", name=saved.code))
            return redirect(url_for("criteria.edition", edition_id=saved.id), SEE_OTHER)
    kept = edition_by_id(db.session, edition_id) if edition_id is not None else None
    return render_template("criteria/edit_edition.html", form=form, edition=kept), 422


def _item(edition_id: int, criterion_id: int | None) -> Page:
    found = edition_by_id(db.session, edition_id)
    tree = criteria_tree(db.session, edition_id)
    kept = criterion_of(db.session, edition_id, criterion_id) if criterion_id is not None else None
    form = CriterionForm().offer(_above(tree, criterion_id))
    status = 200
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                with transaction() as session:
                    saved = save_criterion(
                        session,
                        edition_by_id(session, edition_id),
                        criterion_of(session, edition_id, criterion_id)
                        if criterion_id is not None
                        else None,
                        form.said(),
                        by=current_actor(),
                        at=clock.now(),
                    )
            except RuleViolation as refusal:
                refused(form, refusal)
            else:
                say(_("Saved: %(name)s.", name=saved.code))
                return redirect(url_for("criteria.edition", edition_id=edition_id), SEE_OTHER)
    elif kept is not None:
        form.show(kept)
    page = render_template("criteria/edit_item.html", form=form, edition=found, criterion=kept)
    return page, status


def _above(tree: list[CriterionRow], criterion_id: int | None) -> list[tuple[int, str]]:
    """Return what a criterion may be a part of."""
    return [
        (row.id, f"{row.code} {row.name}"[:100])
        for row in tree
        if row.id != criterion_id and row.depth < 3
    ]
