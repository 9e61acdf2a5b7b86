"""Pages of ladders: what holds in a committee, changing it, and what a change would send."""

from flask import abort, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from tracker import clock
from tracker.committees.queries import committees_of
from tracker.db import db, transaction
from tracker.deadlines.queries import working_calendar
from tracker.errors import RuleViolation
from tracker.permissions import Permission
from tracker.reminders.blueprint import bp
from tracker.reminders.ladder_actions import drop_ladder, save_ladder, switch_on
from tracker.reminders.ladder_forms import TO_SECRETARIAT, LadderForm
from tracker.reminders.ladder_queries import (
    ladder_version,
    ladders_in_force,
    newest_version,
)
from tracker.reminders.ladders import LadderKind, from_text
from tracker.reminders.preview import DAYS, days_ahead
from tracker.web import current_actor, needs, refused, say

Page = str | Response | tuple[str, int]
SEE_OTHER = 303
SHOWN = (
    LadderKind.DEADLINE,
    LadderKind.STARRED,
    LadderKind.WAITING,
    LadderKind.EXTENSION,
    LadderKind.EXPLANATION,
    LadderKind.QUIET,
    LadderKind.UNDATED,
    LadderKind.STANDING,
)
"""The ladders that a committee decides on."""


@bp.get("/reminders/ladders")
@needs(Permission.LADDER_MANAGE)
def ladders() -> str:
    """Show the ladders of the actor's committees: what holds, and what waits."""
    book = ladders_in_force(db.session, as_of=clock.today())
    return render_template(
        "reminders/ladders.html",
        committees=[
            (
                committee,
                [
                    (
                        kind,
                        book.of(committee.id, kind),
                        newest_version(db.session, committee.id, kind),
                        (committee.id, kind) in book.own,
                    )
                    for kind in SHOWN
                ],
            )
            for committee in committees_of(db.session, current_actor())
        ],
    )


@bp.get("/reminders/ladders/<int:committee_id>/<string:word>")
@needs(Permission.LADDER_MANAGE)
def ladder(committee_id: int, word: str) -> str:
    """Show the form of a ladder, filled with what holds or waits."""
    kind = _kind(word)
    newest = newest_version(db.session, committee_id, kind)
    book = ladders_in_force(db.session, as_of=clock.today())
    steps = from_text(newest.steps) if newest else book.of(committee_id, kind)
    form = LadderForm(formdata=None).show(steps).offer(kind)
    return _form_page(committee_id, kind, form)


@bp.post("/reminders/ladders/<int:committee_id>/<string:word>")
@needs(Permission.LADDER_MANAGE)
def save(committee_id: int, word: str) -> Page:
    """Save the steps; they remind nobody before they are switched on."""
    kind = _kind(word)
    form = LadderForm().offer(kind)
    if not form.validate():
        return _form_page(committee_id, kind, form), 422
    try:
        with transaction() as session:
            version = save_ladder(
                session, committee_id, kind, form.said(), by=current_actor(), at=clock.now()
            )
    except RuleViolation as refusal:
        refused(form, refusal)
        return _form_page(committee_id, kind, form), 422
    return redirect(url_for(".ladder_preview", version_id=version.id), SEE_OTHER)


@bp.get("/reminders/ladders/versions/<int:version_id>")
@needs(Permission.LADDER_MANAGE)
def ladder_preview(version_id: int) -> str:
    """Show what saved steps would send in the next 14 days, by day and recipient."""
    version = ladder_version(db.session, current_actor(), version_id)
    today = clock.today()
    book = ladders_in_force(db.session, as_of=today)
    ahead = days_ahead(
        db.session,
        today=today,
        calendar=working_calendar(db.session),
        present=book,
        changed=book.with_versions([version]),
        committee_id=version.committee_id,
        kinds=frozenset({version.kind}),
    )
    return render_template(
        "reminders/ladder_preview.html",
        version=version,
        ladder=from_text(version.steps),
        ahead=ahead,
        days=DAYS,
        waiting=version.switched_on_at is None and version.dropped_at is None,
    )


@bp.post("/reminders/ladders/versions/<int:version_id>/start")
@needs(Permission.LADDER_MANAGE)
def start_ladder(version_id: int) -> Response:
    """Switch saved steps on; the next run tries them, from the one after they hold."""
    with transaction() as session:
        switch_on(session, version_id, by=current_actor(), at=clock.now())
    say(_("Switched on. The next run tries the steps without sending; then they hold."))
    return redirect(url_for(".ladders"), SEE_OTHER)


@bp.post("/reminders/ladders/versions/<int:version_id>/end")
@needs(Permission.LADDER_MANAGE)
def end_ladder(version_id: int) -> Response:
    """Throw saved steps away."""
    with transaction() as session:
        drop_ladder(session, version_id, by=current_actor(), at=clock.now())
    say(_("The saved steps were thrown away; nothing changes."))
    return redirect(url_for(".ladders"), SEE_OTHER)


def _form_page(committee_id: int, kind: LadderKind, form: LadderForm) -> str:
    committees = {one.id: one for one in committees_of(db.session, current_actor())}
    if committee_id not in committees:
        abort(404)
    return render_template(
        "reminders/ladder.html",
        committee=committees[committee_id],
        kind=kind,
        form=form,
        to_secretariat=kind in TO_SECRETARIAT,
    )


def _kind(word: str) -> LadderKind:
    if word not in {kind.value for kind in SHOWN}:
        abort(404)
    return LadderKind(word)
