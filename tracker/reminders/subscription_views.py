"""How messages and deadlines reach a person: the channel, calendar addresses, links of mails."""

from flask import Response, abort, redirect, render_template, url_for
from flask_babel import force_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from tracker import clock
from tracker.db import db, transaction
from tracker.errors import Refusal
from tracker.people import queries as people
from tracker.people import sessions
from tracker.permissions import Permission
from tracker.reminders import feed_actions, feed_queries
from tracker.reminders.blueprint import bp
from tracker.reminders.feed_queries import Deadline
from tracker.reminders.feeds import as_calendar
from tracker.reminders.subscription_forms import ChannelForm, FeedForm
from tracker.web import (
    current_actor,
    day,
    needs,
    public,
    refused,
    say,
    settings,
)

Page = str | Answer | tuple[str, int]


@bp.get("/subscriptions")
@needs(Permission.ACCOUNT_OWN)
def subscriptions() -> Page:
    """Show by which ways messages and deadlines come, and let them be changed."""
    return _page(_channel_form(), _feed_form())


@bp.post("/subscriptions/channel")
@needs(Permission.ACCOUNT_OWN)
def channel() -> Page:
    """Choose by which way messages come."""
    form = _channel_form()
    if form.validate():
        try:
            with transaction() as session:
                sessions.choose_channel(
                    session,
                    service=form.service.data or "",
                    chat_id=form.chat_id.data or "",
                    by=current_actor(),
                    at=clock.now(),
                )
        except Refusal as refusal:
            refused(form, refusal)
        else:
            say(_("Saved."))
            return redirect(url_for(".subscriptions"), 303)
    return _page(form, _feed_form()), 422


@bp.post("/subscriptions/feeds")
@needs(Permission.FEED_OWN)
def add_feed() -> Page:
    """Make a calendar address; it is shown this once."""
    form = _feed_form()
    if not form.validate():
        return _page(_channel_form(), form), 422
    try:
        with transaction() as session:
            unit_id = int(form.unit.data) if form.unit.data else None
            _feed, token = feed_actions.add_feed(
                session, unit_id=unit_id, by=current_actor(), at=clock.now()
            )
    except Refusal as refusal:
        refused(form, refusal)
        return _page(_channel_form(), form), 422
    address = settings().public_url + url_for(".feed", token=token)
    return render_template("reminders/feed_once.html", address=address)


@bp.post("/subscriptions/feeds/<int:feed_id>/revocation")
@needs(Permission.FEED_OWN)
def revoke_feed(feed_id: int) -> Answer:
    """Let a calendar address show nothing any more."""
    with transaction() as session:
        feed_actions.revoke_feed(session, feed_id, by=current_actor(), at=clock.now())
    say(_("The calendar address was revoked."))
    return redirect(url_for(".subscriptions"), 303)


@bp.get("/feeds/<string:token>/deadlines.ics")
@public
def feed(token: str) -> Response:
    """Give the deadlines of a feed to whoever holds its token; nothing but titles and units."""
    at = clock.now()
    found = feed_queries.feed_behind(db.session, token, at=at)
    if found is None:
        abort(404)
    with force_locale(found.language):
        content = as_calendar(
            found,
            name=_("Deadlines: %(whose)s", whose=found.unit or _("my own")),
            words=_words,
            at=at,
            public_url=settings().public_url,
        )
    answer = Response(content, content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = 'inline; filename="deadlines.ics"'
    return answer


def _words(deadline: Deadline) -> str:
    lines = [
        _("Deadline in the document: %(day)s", day=day(deadline.due_on)),
        _("Lead unit: %(unit)s", unit=deadline.unit),
        _("Code: %(code)s", code=deadline.code),
    ]
    if deadline.effective_on != deadline.due_on:
        moved = _("It falls on a rest day and takes effect on the next working day.")
        lines.insert(1, moved)
    return "\n".join(lines)


def _channel_form() -> ChannelForm:
    actor = current_actor()
    service, chat_id = people.chat_places(db.session, [actor.person_id or 0]).get(
        actor.person_id or 0, ("", "")
    )
    form = ChannelForm(service=service, chat_id=chat_id)
    form.prepare(name for name, _address in settings().chat_services)
    return form


def _feed_form() -> FeedForm:
    form = FeedForm()
    form.prepare(feed_queries.units_for_feeds(db.session, current_actor()))
    return form


def _page(channel_form: ChannelForm, feed_form: FeedForm) -> str:
    return render_template(
        "reminders/subscriptions.html",
        channel=channel_form,
        form=feed_form,
        feeds=feed_queries.feeds_of(db.session, current_actor()),
        services=settings().chat_services,
    )
