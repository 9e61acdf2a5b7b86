"""Pages that show results: the overview of units, one unit's account, lists of criteria."""

from decimal import Decimal
from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tracker.clock import today
from tracker.criteria.queries import EditionRow, criteria_tree, editions
from tracker.db import db
from tracker.permissions import Permission, Scope, may, scope_of
from tracker.scores import queries
from tracker.scores.accounts import Account
from tracker.scores.blueprint import bp
from tracker.scores.conditions import Show
from tracker.scores.heat import heat_table
from tracker.scores.projection import Assumption, place_among, projections
from tracker.scores.rules import Measure, Standing, share_of
from tracker.units.queries import unit_choices
from tracker.web import an_id, current_actor, needs

PAGE = 100
FOUND = 302


def chosen_edition() -> tuple[list[EditionRow], EditionRow | None]:
    """Return the editions, and the one that the address names, else the newest that lost points.

    Of one year: the one that lost points on the most criteria.
    """
    rows = editions(db.session)
    wanted = request.args.get("edition", "")
    named = next((row for row in rows if str(row.id) == wanted), None)
    if named is not None or not rows:
        return rows, named
    losing = queries.losing_criteria(db.session)
    return rows, max(rows, key=lambda row: (row.id in losing, row.year, losing.get(row.id, 0)))


@bp.get("/scores")
@needs(Permission.SCORE_READ)
def index() -> str | Response:
    """Show one row for each unit of an edition; an officer goes to the criteria given to them."""
    actor = current_actor()
    if scope_of(actor, Permission.SCORE_READ) is Scope.OWN_TASKS:
        return redirect(url_for("scores.lines"), FOUND)
    rows, edition = chosen_edition()
    units = queries.overview(db.session, edition.id, actor) if edition else []
    enters = may(actor, Permission.SCORE_ENTER)
    return render_template(
        "scores/index.html",
        editions=rows,
        edition=edition,
        units=units,
        enters=enters,
        unit_choices=unit_choices(db.session, today()) if enters else [],
        percent_of=share_of,
    )


@bp.get("/scores/heat")
@needs(Permission.SCORE_READ)
def heat() -> str | Response:
    """Show the points lost by unit and field."""
    actor = current_actor()
    _, edition = chosen_edition()
    if edition is None or scope_of(actor, Permission.SCORE_READ) is Scope.OWN_TASKS:
        return redirect(url_for("scores.index"), FOUND)
    found = heat_table(db.session, edition.id, actor)
    return render_template("scores/heat.html", edition=edition, heat=found)


@bp.get("/scores/account")
@needs(Permission.SCORE_READ)
def find_account() -> Response:
    """Lead to the account that two choices name."""
    edition_id = request.args.get("edition", 0, type=an_id)
    unit_id = request.args.get("unit", 0, type=an_id)
    return redirect(url_for("scores.account", edition_id=edition_id, unit_id=unit_id), FOUND)


@bp.get("/scores/account/<int:edition_id>/<int:unit_id>")
@needs(Permission.SCORE_READ)
def account(edition_id: int, unit_id: int) -> str:
    """Show what one unit lost, what is covered by a remedy, what is without a plan."""
    actor = current_actor()
    queries.require_unit(actor, unit_id)
    found = queries.account(db.session, edition_id, unit_id, today=today())
    return render_template(
        "scores/account.html",
        account=found,
        Standing=Standing,
        Show=Show,
        percent_of=share_of,
        projections=projections(found.sums.value, found.sums.parts),
        places=_places(found) if request.args.get("place") else {},
        may_enter=bool(queries.open_columns(actor, unit_id)) and not found.edition.closed,
        may_result=may(actor, Permission.SCORE_ENTER),
        may_name=may(actor, Permission.REMEDY_WRITE, unit_ids=frozenset({unit_id})),
    )


def _places(found: Account) -> dict[Assumption, tuple[int, int]]:
    """Return assumption → (place, of how many) while every other unit keeps its value."""
    result = found.result
    if result is None or result.value is None:
        return {}
    others = queries.values_beside(db.session, found.edition.id, found.unit.id)
    places = {}
    for item in projections(found.sums.value, found.sums.parts):
        value = item.value
        if result.measure is Measure.PERCENT:
            value = share_of(value, found.sums.maximum) or Decimal(0)
        places[item.assumption] = (place_among(value, others), len(others) + 1)
    return places


@bp.get("/scores/criteria")
@needs(Permission.SCORE_READ)
def lines() -> str:
    """Show the list behind a number: criteria of one unit or of all, the most points first."""
    rows, edition = chosen_edition()
    wanted = request.args.get("show", "")
    show = Show(wanted) if wanted in {member.value for member in Show} else Show.LOST
    unit_id = request.args.get("unit", type=an_id)
    field_id = request.args.get("field", type=an_id)
    offset = request.args.get("from", 0, type=an_id)
    if edition is None:
        return render_template("scores/lines.html", edition=None, editions=[], page=None, show=show)
    tree = criteria_tree(db.session, edition.id)
    page = queries.list_lines(
        db.session,
        current_actor(),
        edition_id=edition.id,
        show=show,
        today=today(),
        unit_id=unit_id,
        criterion_ids=frozenset(row.id for row in tree if row.field_id == field_id)
        if field_id
        else None,
        offset=offset,
        limit=PAGE,
    )
    kept: dict[str, Any] = {
        "edition": edition.id,
        "show": show.value,
        "unit": unit_id or None,
        "field": field_id or None,
    }
    return render_template(
        "scores/lines.html",
        editions=rows,
        edition=edition,
        page=page,
        show=show,
        Show=Show,
        Standing=Standing,
        field_names={row.id: f"{row.field_name}" for row in tree},
        fields=[(row.id, f"{row.code} {row.name}") for row in tree if row.depth == 0],
        chosen=kept,
        unit_name=page.lines[0].unit_name if unit_id and page.lines else "",
        before=url_for("scores.lines", **kept | {"from": max(offset - PAGE, 0)}) if offset else "",
        after=url_for("scores.lines", **kept | {"from": offset + PAGE})
        if offset + PAGE < page.total
        else "",
    )
