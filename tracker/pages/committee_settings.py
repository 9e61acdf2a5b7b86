"""Settings of a committee, with the effective dates of its tasks that hang on them."""

from flask import redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from tracker import clock
from tracker.committees.actions import change_committee
from tracker.committees.forms import CommitteeForm
from tracker.committees.queries import committee_by_id
from tracker.committees.views import SEE_OTHER, choices, committee_page
from tracker.db import db, transaction
from tracker.deadlines.queries import working_calendar
from tracker.errors import RuleViolation
from tracker.pages.blueprint import bp
from tracker.permissions import Permission
from tracker.tasks.actions import refresh_effective_dates
from tracker.web import current_actor, needs, refused, say


@bp.post("/committees/<int:committee_id>")
@needs(Permission.COMMITTEE_MANAGE)
def committee_settings(committee_id: int) -> str | Response | tuple[str, int]:
    """Change a committee's settings; deadlines that fall on a day off move with them."""
    form = CommitteeForm().offer(*choices(committee_by_id(db.session, committee_id)))
    if not form.validate():
        return committee_page(committee_id, form=form), 422
    at, by = clock.now(), current_actor()
    try:
        with transaction() as session:
            change_committee(session, committee_id, form.said(), by=by, at=at)
            moved = refresh_effective_dates(session, working_calendar(session), by=by, at=at)
    except RuleViolation as refusal:
        refused(form, refusal)
        return committee_page(committee_id, form=form), 422
    say(_("Saved: %(name)s.", name=form.name.data))
    if moved:
        say(_("Deadlines of %(count)s tasks take effect on another day now.", count=moved))
    return redirect(url_for("committees.committee", committee_id=committee_id), SEE_OTHER)
