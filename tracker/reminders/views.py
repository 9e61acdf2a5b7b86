"""Pages of reminders: the ledger, and the mails that carry it."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from tracker import clock
from tracker.clock import today
from tracker.db import db, transaction
from tracker.outbox import MessageState
from tracker.permissions import Permission, may_anywhere
from tracker.reminders import (
    actions,
    group_views,
    health_views,
    hold_views,
    ladder_views,
    queries,
    sheet_views,
    subscription_views,
    urging_views,
)
from tracker.reminders.blueprint import bp
from tracker.reminders.filters import read_filters, word_of
from tracker.reminders.queries import Result
from tracker.tasks.links import without_links
from tracker.web import an_id, back_to, current_actor, label, needs, say, settings


@bp.get("/reminders")
@needs(Permission.LEDGER_READ)
def ledger() -> str:
    """Show the ledger, newest first, narrowed by the address."""
    filters = read_filters(request.args, today())
    actor = current_actor()
    page = queries.ledger_page(
        db.session, actor, filters, before=request.args.get("before", type=an_id)
    )
    return render_template(
        "reminders/ledger.html",
        page=page,
        filters=filters,
        units=queries.units_in_ledger(db.session, actor),
        results=[(word.value, label(word)) for word in Result],
        counts=[
            (label(word), page.counts[word], _other_page(result=word.value)) for word in Result
        ],
        after=_other_page(before=page.after) if page.after else "",
        newest=_other_page() if "before" in request.args else "",
        sheet=url_for(".export", **dict[str, Any](request.args.to_dict())),
        may_decide=may_anywhere(actor, Permission.LADDER_MANAGE),
    )


@bp.get("/reminders/mails")
@needs(Permission.LEDGER_READ)
def mails() -> str:
    """Show the mails of the outbox that the actor may read, newest first."""
    state = word_of(MessageState, request.args.get("state"))
    before = request.args.get("before", type=an_id)
    lines, after = queries.messages(db.session, current_actor(), state=state, before=before)
    return render_template(
        "reminders/mails.html",
        lines=lines,
        state=state,
        states=[(word.value, label(word)) for word in MessageState],
        to_folder=not settings().smtp_host,
        after=_other_page(before=after) if after else "",
        newest=_other_page() if before else "",
    )


@bp.get("/reminders/mails/<int:message_id>")
@needs(Permission.LEDGER_READ)
def mail(message_id: int) -> str:
    """Show one mail as text."""
    message, readable = queries.message(db.session, current_actor(), message_id)
    own = message.person_id is not None and message.person_id == current_actor().person_id
    return render_template(
        "reminders/mail.html",
        message=message,
        text=message.body if own else without_links(message.body),
        readable=readable,
    )


@bp.post("/reminders/mails/<int:message_id>/attempts")
@needs(Permission.INBOX_READ)
def try_again(message_id: int) -> Response:
    """Let a failed mail start afresh."""
    with transaction() as session:
        message = actions.try_again(session, message_id, by=current_actor(), at=clock.now())
    say(_("The email to %(address)s will be sent again.", address=message.recipient))
    mails_page = url_for(".mails", state=MessageState.FAILED.value)
    return redirect(back_to(request.form.get("next"), mails_page), 303)


def _other_page(**changed: object) -> str:
    """Return this address from its newest row on, or with some of its parts changed."""
    args: dict[str, Any] = {**request.args.to_dict(), "before": None, **changed}
    return url_for(request.endpoint or ".ledger", **args)


__all__ = [
    "bp",
    "group_views",
    "health_views",
    "hold_views",
    "ladder_views",
    "sheet_views",
    "subscription_views",
    "urging_views",
]
