"""Pages of indicators: targets, measurements, and a warning when the trend will miss."""

from flask import redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from tracker import clock
from tracker.clock import today
from tracker.db import db, transaction
from tracker.errors import RuleViolation
from tracker.permissions import Actor, Permission, may
from tracker.scores import actions, queries
from tracker.scores.blueprint import bp
from tracker.scores.forms import MeasurementForm, TargetForm
from tracker.scores.indicators import IndicatorPage
from tracker.scores.rules import Direction, Measure
from tracker.units.queries import unit_choices
from tracker.web import current_actor, needs, refused, say

Page = str | Response | tuple[str, int]

SEE_OTHER = 303


@bp.get("/indicators")
@needs(Permission.SCORE_READ)
def indicators() -> str:
    """Show every indicator with its targets and where it is heading."""
    actor = current_actor()
    return render_template(
        "scores/indicators.html",
        pages=queries.indicators(db.session, actor),
        Measure=Measure,
        Direction=Direction,
        may_set=may(actor, Permission.SCORE_ENTER),
    )


@bp.route("/indicators/new", methods=["GET", "POST"])
@needs(Permission.SCORE_ENTER)
def new_target() -> Page:
    """Set a target."""
    form = TargetForm().offer(unit_choices(db.session, today()))
    if not form.is_submitted():
        return render_template("scores/target.html", form=form)
    if form.validate():
        try:
            with transaction() as session:
                target = actions.set_target(
                    session,
                    clause_id=None,
                    name=form.name.data or "",
                    measure=Measure(form.measure.data),
                    value=form.value.data,
                    ranked=form.ranked.data,
                    due_on=form.due_on.data,
                    unit_id=form.unit_id.data or None,
                    direction=Direction(form.direction.data) if form.direction.data else None,
                    by=current_actor(),
                    at=clock.now(),
                )
        except RuleViolation as refusal:
            refused(form, refusal)
        else:
            say(_("The target was saved."))
            return redirect(
                url_for("scores.indicator", indicator_id=target.indicator_id), SEE_OTHER
            )
    return render_template("scores/target.html", form=form), 422


@bp.route("/indicators/<int:indicator_id>", methods=["GET", "POST"])
@needs(Permission.SCORE_READ)
def indicator(indicator_id: int) -> Page:
    """Show one indicator and take a measurement."""
    actor = current_actor()
    found = queries.indicator_page(db.session, indicator_id, actor)
    form = MeasurementForm().offer(_measurable(found, actor))
    status = 200
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                with transaction() as session:
                    actions.add_measurement(
                        session,
                        indicator_id=indicator_id,
                        unit_id=form.unit_id.data or None,
                        on=form.on.data,
                        value=form.value.data,
                        ranked=form.ranked.data,
                        by=actor,
                        at=clock.now(),
                    )
            except RuleViolation as refusal:
                refused(form, refusal)
            else:
                say(_("The measurement was saved."))
                return redirect(url_for("scores.indicator", indicator_id=indicator_id), SEE_OTHER)
    page = render_template(
        "scores/indicator.html",
        page=found,
        form=form,
        Measure=Measure,
        Direction=Direction,
        may_measure=bool(form.unit_id.choices),
    )
    return page, status


def _measurable(page: IndicatorPage, actor: Actor) -> list[tuple[int, str]]:
    """Return the units whose value `actor` may enter; 0 is the whole."""
    units = {line.target.unit_id: line.target.unit for line in page.targets}
    enters = may(actor, Permission.SCORE_ENTER)
    choices = [(0, _("The whole"))] if enters else []
    return choices + [
        (unit_id, unit.name)
        for unit_id, unit in units.items()
        if unit_id is not None
        and unit is not None
        and (enters or may(actor, Permission.SCORE_SELF, unit_ids=frozenset({unit_id})))
    ]
