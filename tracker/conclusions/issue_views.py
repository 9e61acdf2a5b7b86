"""The signature and “Giao việc”."""

from flask import redirect, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from tracker import clock
from tracker.conclusions import actions, review_queries
from tracker.conclusions.blueprint import bp
from tracker.conclusions.forms import (
    SignatureForm,
)
from tracker.conclusions.review_rules import NotReady
from tracker.conclusions.review_showing import Refused, page_of, shown_notice
from tracker.conclusions.taking import keep_files
from tracker.db import transaction
from tracker.deadlines.queries import working_calendar
from tracker.errors import BadInput, NotAllowed, Refusal
from tracker.evidence.rules import Upload
from tracker.evidence.views import take_uploads
from tracker.permissions import Permission
from tracker.web import current_actor, needs, refused, say, sentence, settings

Page = str | Response | tuple[str, int]
SEE_OTHER = 303


@bp.post("/conclusions/<int:notice_id>/signature")
@needs(Permission.CONCLUSION_RECORD)
def signature(notice_id: int) -> Page:
    """Record number and date as the registry gave them, with the signed file."""
    actor, at, form = current_actor(), clock.now(), SignatureForm()
    issued_on = form.issued_on.data
    try:
        if not form.validate() or issued_on is None:
            return page_of(shown_notice(notice_id), refused_as=Refused(signature=form)), 422
        uploads = _uploads(form)
        with transaction() as session:
            notice = review_queries.notice_for_review(session, actor, notice_id, lock=True)
            if notice.submitted_at is None:
                actions.submit(session, notice, by=actor, at=at)
            actions.record_signature(
                session,
                notice,
                by=actor,
                at=at,
                number=form.number.data or "",
                issued_on=issued_on,
                signer=form.signer.data or "",
                calendar=working_calendar(session),
            )
            keep_files(session, notice, uploads, by=actor, at=at)
    except NotAllowed:
        raise
    except Refusal as refusal:
        refused(form, refusal)
        status = 422 if isinstance(refusal, BadInput) else 409
        return page_of(shown_notice(notice_id), refused_as=Refused(signature=form)), status
    say(_("The signature is recorded."))
    return redirect(url_for("conclusions.review", notice_id=notice_id), SEE_OTHER)


@bp.post("/conclusions/<int:notice_id>/assignment")
@needs(Permission.CONCLUSION_ASSIGN)
def assignment(notice_id: int) -> Page:
    """“Giao việc”, or the list of what forbids it."""
    actor = current_actor()
    try:
        with transaction() as session:
            notice = review_queries.notice_for_review(session, actor, notice_id, lock=True)
            assigned = actions.assign_work(
                session,
                notice,
                by=actor,
                at=clock.now(),
                public_url=settings().public_url,
            )
    except NotReady as refusal:
        notice = shown_notice(notice_id)
        return page_of(notice, refused_as=Refused(lacks=refusal.lacks)), 409
    except NotAllowed:
        raise
    except Refusal as refusal:
        return page_of(shown_notice(notice_id), refused_as=Refused(message=sentence(refusal))), 409
    tasks = ngettext("%(num)s task assigned.", "%(num)s tasks assigned.", len(assigned.tasks))
    mails = ngettext("%(num)s email queued.", "%(num)s emails queued.", assigned.told)
    say(f"{tasks} {mails}")
    if assigned.untold:
        say(_("No e-mail address is known for: %(units)s.", units="; ".join(assigned.untold)))
    return redirect(url_for("pages.conclusion", notice_id=notice_id), SEE_OTHER)


def _uploads(form: SignatureForm) -> list[Upload]:
    """Look into the file of the form; a refusal names its field."""
    try:
        return take_uploads([form.file.data] if form.file.data else [])
    except BadInput as refusal:
        raise BadInput(refusal.message, field="file", **refusal.params) from refusal
