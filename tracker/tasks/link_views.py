"""Pages behind the links of mails: open to whoever holds the link; a GET changes nothing.

No session begins here: whoever wants more signs in.
"""

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response

from tracker import clock
from tracker.db import db, transaction
from tracker.errors import N_, RuleViolation
from tracker.people import sessions
from tracker.permissions import Permission
from tracker.tasks import by_link
from tracker.tasks.acting import form_page, refusals
from tracker.tasks.blueprint import bp
from tracker.tasks.by_link import LinkVoid, Opened, Void
from tracker.tasks.forms import LinkReportForm
from tracker.web import current_actor, moment, needs, public, say, sentence

Page = str | Response | tuple[str, int]
GONE, TOO_MANY = 410, 429
TRIES = N_("Too many links that do not work were tried from here. Try again after %(time)s.")


@bp.get("/link/<string:token>")
@public
def link(token: str) -> Page:
    """Show the task of a link and what may be done; mail scanners open links, too."""
    try:
        opened = _open(token)
    except RuleViolation as refusal:
        return _void(refusal)
    return form_page("tasks/link.html", LinkReportForm(), token=token, opened=opened)


@bp.post("/link/<string:token>/receipt")
@public
def link_receipt(token: str) -> Page:
    """Confirm receipt by a link."""
    try:
        _open(token)
        with transaction() as session:
            by_link.receive_by_link(session, token, at=clock.now())
    except IntegrityError:  # used at this very moment by another click
        return redirect(url_for(".link", token=token), 303)
    except RuleViolation as refusal:
        return _void(refusal)
    say(_("Receipt confirmed."))
    return redirect(url_for(".link", token=token), 303)


@bp.post("/link/<string:token>/progress")
@public
def link_progress(token: str) -> Page:
    """Report progress in three fields by a link."""
    form = LinkReportForm()
    try:
        opened = _open(token)
        if form.validate():
            with refusals(form), transaction() as session:
                text = form.text.data or ""
                if form.difficulty.data:
                    text += "\n" + _("Difficulties") + ": " + form.difficulty.data
                percent = int(form.percent.data) if form.percent.data else opened.task.percent
                by_link.report_by_link(session, token, at=clock.now(), text=text, percent=percent)
            if not form.form_errors and not form.errors:
                say(_("The report was saved. Thank you."))
                return redirect(url_for(".link", token=token), 303)
    except IntegrityError:
        return redirect(url_for(".link", token=token), 303)
    except LinkVoid as refusal:
        return _void(refusal)
    return form_page("tasks/link.html", form, token=token, opened=opened)


@bp.post("/links-called-back")
@needs(Permission.ACCOUNT_OWN)
def call_back_links() -> Response:
    """Make the links of every mail to the reader void."""
    with transaction() as session:
        by_link.call_back_links(session, by=current_actor(), at=clock.now())
    say(_("The links in all emails sent to you so far no longer work."))
    return redirect(url_for("reminders.subscriptions"), 303)


def _open(token: str) -> Opened:
    """Return what a link allows; a POST of a false one counts against its address."""
    at, address = clock.now(), request.remote_addr or ""
    until = sessions.address_locked_until(db.session, address, at=at)
    if until is not None:
        raise RuleViolation(TRIES, time=moment(until))
    try:
        return by_link.open_link(db.session, token, at=at)
    except LinkVoid as refusal:
        if refusal.why is Void.FALSE and request.method == "POST":
            with transaction() as session:
                sessions.note_false_link(session, address, at=at)
        raise


def _void(refusal: RuleViolation) -> tuple[str, int]:
    """Say why the link does nothing and what to do instead."""
    task = refusal.task if isinstance(refusal, LinkVoid) else None
    if isinstance(refusal, LinkVoid) and refusal.used_at:
        refusal.params["moment"] = moment(refusal.used_at)
    done = isinstance(refusal, LinkVoid) and refusal.why is Void.USED
    page = render_template("tasks/link_void.html", reason=sentence(refusal), task=task)
    if done:
        return page, 200
    return page, GONE if isinstance(refusal, LinkVoid) else TOO_MANY
