"""Pages of the rounds of an assessment: of one unit, and of all units of an edition."""

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from tracker import clock
from tracker.clock import today
from tracker.criteria.queries import edition_by_id
from tracker.db import db, transaction
from tracker.errors import RuleViolation
from tracker.permissions import Permission, may
from tracker.scores import actions, queries
from tracker.scores.blueprint import bp
from tracker.scores.forms import RoundsForm
from tracker.scores.round_queries import due_days, rounds_of, unit_states
from tracker.scores.rounds import Round
from tracker.units.queries import unit_by_id
from tracker.web import Form, current_actor, label, needs, refused, say

Page = str | Response | tuple[str, int]

SEE_OTHER = 303


@bp.route("/scores/account/<int:edition_id>/<int:unit_id>/rounds", methods=["GET", "POST"])
@needs(Permission.SCORE_READ)
def rounds(edition_id: int, unit_id: int) -> Page:
    """Show the rounds of a unit; close the one that runs, or open one again."""
    actor = current_actor()
    queries.require_unit(actor, unit_id)
    form = Form()
    if form.is_submitted() and form.validate():
        wanted = request.form.get("round", "")
        round_ = Round(wanted) if wanted in set(Round) else Round.SELF
        try:
            with transaction() as session:
                if request.form.get("do") == "reopen":
                    actions.reopen_round(
                        session,
                        edition_id=edition_id,
                        unit_id=unit_id,
                        round_=round_,
                        reason=request.form.get("reason", ""),
                        by=actor,
                        at=clock.now(),
                    )
                else:
                    actions.close_round(
                        session,
                        edition_id=edition_id,
                        unit_id=unit_id,
                        round_=round_,
                        by=actor,
                        at=clock.now(),
                    )
        except RuleViolation as refusal:
            refused(form, refusal)
        else:
            say(_("Saved: round “%(round)s”.", round=label(round_)))
            here = url_for("scores.rounds", edition_id=edition_id, unit_id=unit_id)
            return redirect(here, SEE_OTHER)
    rows = rounds_of(db.session, edition_id, unit_id)
    page = render_template(
        "scores/rounds.html",
        edition=edition_by_id(db.session, edition_id),
        unit=unit_by_id(db.session, unit_id),
        form=form,
        rows=rows,
        reason=request.form.get("reason", ""),
        closable={row.round for row in rows if actions.may_close(actor, row.round, unit_id)},
        may_reopen=may(actor, Permission.SCORE_ENTER),
    )
    return page, 422 if form.errors or form.form_errors else 200


@bp.route("/scores/rounds/<int:edition_id>", methods=["GET", "POST"])
@needs(Permission.SCORE_ENTER)
def edition_rounds(edition_id: int) -> Page:
    """Set the last day of each round; show which units have closed which round."""
    form, status = RoundsForm(), 200
    if not form.is_submitted():
        form.show(due_days(db.session, edition_id))
    else:
        status = 422
        if form.validate():
            try:
                with transaction() as session:
                    actions.set_rounds(
                        session, edition_id, form.said(), by=current_actor(), at=clock.now()
                    )
            except RuleViolation as refusal:
                refused(form, refusal)
            else:
                say(_("The days of the rounds were saved."))
                return redirect(url_for("scores.edition_rounds", edition_id=edition_id), SEE_OTHER)
    page = render_template(
        "scores/edition_rounds.html",
        edition=edition_by_id(db.session, edition_id),
        form=form,
        rounds=list(Round),
        units=unit_states(db.session, edition_id),
        days=due_days(db.session, edition_id),
        today=today(),
    )
    return page, status
