"""The decision on a run of planning that was stopped by the cap."""

from flask import redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from tracker import clock
from tracker.db import transaction
from tracker.deadlines.queries import working_calendar
from tracker.permissions import Permission
from tracker.reminders.actions import plan_reminders
from tracker.reminders.blueprint import bp
from tracker.reminders.holds import decide_hold
from tracker.web import current_actor, needs, say, settings


@bp.post("/reminders/hold/start")
@needs(Permission.LADDER_MANAGE)
def let_run_go() -> Response:
    """Let a stopped run go, at once."""
    reminders = _decide(let_go=True)
    say(_("The run was let go: %(count)s reminders wait to be sent.", count=reminders))
    return redirect(url_for("pages.inbox"), 303)


@bp.post("/reminders/hold/end")
@needs(Permission.LADDER_MANAGE)
def drop_run() -> Response:
    """Drop a stopped run; the ledger says so of every step."""
    _decide(let_go=False)
    say(_("The run was dropped; the ledger says so."))
    return redirect(url_for("pages.inbox"), 303)


def _decide(*, let_go: bool) -> int:
    at = clock.now()
    with transaction() as session:
        hold = decide_hold(session, let_go=let_go, by=current_actor(), at=at)
        owed = plan_reminders(
            session,
            as_of=hold.as_of,
            at=at,
            calendar=working_calendar(session),
            public_url=settings().public_url,
        )
        return len(owed)
