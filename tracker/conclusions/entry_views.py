"""A new notice, and a draft's text entered anew."""

from datetime import date
from typing import TYPE_CHECKING

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from tracker import clock
from tracker.committees.queries import committees_of
from tracker.conclusions import actions, meeting_queries, queries, review_queries
from tracker.conclusions.blueprint import bp
from tracker.conclusions.forms import NoticeForm, TextForm, chosen_from
from tracker.conclusions.models import Notice
from tracker.conclusions.rules import SourceKind, read_persons
from tracker.conclusions.taking import Filled, TakenText, fill, keep_files, take, take_text
from tracker.db import db, transaction
from tracker.deadlines.queries import working_calendar
from tracker.errors import N_, BadInput, NotAllowed, Refusal
from tracker.extraction.letterhead import read_letterhead
from tracker.permissions import Actor, Permission
from tracker.units.queries import unit_choices
from tracker.web import an_id, current_actor, day, needs, refused, say

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


Page = str | Response | tuple[str, int]
SEE_OTHER = 303
TITLE_LENGTH = 200
HEAD_LENGTH = 4_000


@bp.get("/conclusions/new")
@needs(Permission.CONCLUSION_RECORD)
def new() -> Page:
    """Ask for a new notice."""
    form = NoticeForm(formdata=None)
    form.meeting.data = request.args.get("meeting", type=an_id)
    return _new_page(form, supplements_id=request.args.get("supplements", type=an_id), fresh=True)


@bp.post("/conclusions/new")
@needs(Permission.CONCLUSION_RECORD)
def new_submit() -> Page:
    """Record the source, keep the notice, read its text, and go on to the review."""
    form, actor = NoticeForm(), current_actor()
    supplements_id = request.form.get("supplements", type=an_id)
    if not form.validate():
        return _new_page(form, supplements_id=supplements_id), 422
    try:
        taken = take(form, actor)
        notice_id = _draft(form, taken, actor, supplements_id)
    except NotAllowed:
        raise
    except Refusal as refusal:
        refused(form, refusal)
        return _new_page(form, supplements_id=supplements_id), _status(refusal)
    if form.secret.data:
        say(_("Only number and date of the secret document were kept."))
        return redirect(url_for("pages.conclusion", notice_id=notice_id), SEE_OTHER)
    return redirect(url_for("conclusions.review", notice_id=notice_id), SEE_OTHER)


@bp.post("/conclusions/new/fields")
@needs(Permission.CONCLUSION_RECORD)
def new_fields() -> Page:
    """Fill the blank fields with what the head of the file or text says; nothing is recorded."""
    form, actor = NoticeForm(), current_actor()
    supplements_id = request.form.get("supplements", type=an_id)
    try:
        filled = fill(form, take(form, actor), actor)
    except Refusal as refusal:
        refused(form, refusal)
        return _new_page(form, supplements_id=supplements_id), _status(refusal)
    return _new_page(form, supplements_id=supplements_id, filled=filled)


@bp.get("/conclusions/<int:notice_id>/text")
@needs(Permission.CONCLUSION_RECORD)
def text(notice_id: int) -> Page:
    """Ask for a draft's text anew."""
    notice = review_queries.notice_for_review(db.session, current_actor(), notice_id)
    return _text_page(notice, TextForm(formdata=None, data={"text": notice.text}))


@bp.post("/conclusions/<int:notice_id>/text")
@needs(Permission.CONCLUSION_RECORD)
def text_submit(notice_id: int) -> Page:
    """Replace a draft's text and read it again."""
    form, actor, at = TextForm(), current_actor(), clock.now()
    notice = review_queries.notice_for_review(db.session, actor, notice_id)
    if not form.validate():
        return _text_page(notice, form), 422
    try:
        taken = take_text(form)
        with transaction() as session:
            writing = review_queries.notice_for_review(session, actor, notice_id, lock=True)
            actions.replace_text(
                session, writing, by=actor, at=at, text=taken.text, file_name=taken.file_name
            )
            keep_files(session, writing, taken.uploads, by=actor, at=at)
            actions.read_clauses(session, writing, by=actor, at=at, discard=bool(form.discard.data))
    except NotAllowed:
        raise
    except Refusal as refusal:
        refused(form, refusal)
        return _text_page(notice, form), _status(refusal)
    return redirect(url_for("conclusions.review", notice_id=notice_id), SEE_OTHER)


def _new_page(
    form: NoticeForm,
    *,
    supplements_id: int | None,
    fresh: bool = False,
    filled: Filled | None = None,
) -> str:
    actor = current_actor()
    meetings = meeting_queries.meetings_of(db.session, actor)
    units = unit_choices(db.session, clock.today())
    form.meeting.choices = chosen_from(
        ((meeting.id, f"{day(meeting.held_on)} – {meeting.title}") for meeting in meetings),
        _("– enter a new one below –"),
    )
    form.inspected_unit.choices = chosen_from(units)
    committees = committees_of(db.session, actor)
    chosen = set(request.form.getlist("committees", type=an_id))
    if not chosen and len(committees) == 1:
        chosen = {committees[0].id}
    supplements = (
        queries.notice_by_id(db.session, actor, supplements_id) if supplements_id else None
    )
    if supplements is not None and fresh:
        chosen, form.meeting.data = {supplements.committee_id}, supplements.meeting_id
    return render_template(
        "conclusions/new.html",
        form=form,
        committees=committees,
        chosen=chosen,
        supplements=supplements,
        filled=filled,
    )


def _text_page(notice: Notice, form: TextForm) -> str:
    confirmed = sum(
        clause.verdict.value != "open" for clause in notice.clauses if not clause.heading
    )
    return render_template("conclusions/text.html", notice=notice, form=form, confirmed=confirmed)


def _draft(form: NoticeForm, taken: TakenText, actor: Actor, supplements_id: int | None) -> int:
    at = clock.now()
    number, issued_on = (form.number.data or "").strip(), form.issued_on.data
    with transaction() as session:
        committee_ids = tuple(request.form.getlist("committees", type=an_id))
        meeting_id = _meeting_id(session, form, committee_ids, actor)
        if not committee_ids and meeting_id is not None:
            committee_ids = (meeting_queries.meeting_committee(session, meeting_id),)
        if not committee_ids:
            raise BadInput(N_("Choose at least one committee."), field="committees")
        notice = actions.draft_notice(
            session,
            actions.NewNotice(
                committee_id=committee_ids[0],
                title=(form.title.data or "").strip() or _title(form, taken.text),
                text=taken.text,
                file_name=taken.file_name,
                meeting_id=meeting_id,
                supplements_id=supplements_id,
                secret=bool(form.secret.data),
                number=number,
                issued_on=issued_on,
            ),
            by=actor,
            at=at,
        )
        if notice.secret:
            return notice.id
        if number or issued_on:
            _sign(session, notice, number, issued_on, form.signer.data or "", actor)
        keep_files(session, notice, taken.uploads, by=actor, at=at)
        actions.read_clauses(session, notice, by=actor, at=at)
        return notice.id


def _sign(
    session: "Session",
    notice: Notice,
    number: str,
    issued_on: date | None,
    signer: str,
    actor: Actor,
) -> None:
    """Record the signature of a notice that was signed before it came into the program."""
    at = clock.now()
    if issued_on is None:
        raise BadInput(N_("Give the date that stands on the signed notice."), field="issued_on")
    actions.submit(session, notice, by=actor, at=at)
    actions.record_signature(
        session,
        notice,
        by=actor,
        at=at,
        number=number,
        issued_on=issued_on,
        signer=signer,
        calendar=working_calendar(session),
    )


def _meeting_id(
    session: "Session", form: NoticeForm, committee_ids: tuple[int, ...], actor: Actor
) -> int | None:
    """Return the chosen meeting, or the one entered on the page; None: the notice has none."""
    if form.meeting.data is not None:
        return int(form.meeting.data)
    title = (form.meeting_title.data or "").strip()
    if not title:
        return None
    if form.held_on.data is None:
        raise BadInput(N_("Give the day of the meeting or source."), field="held_on")
    meeting = actions.record_meeting(
        session,
        actions.NewMeeting(
            committee_ids=committee_ids,
            kind=SourceKind(form.kind.data),
            title=title,
            held_on=form.held_on.data,
            place=form.place.data or "",
            inspected_unit_id=form.inspected_unit.data,
            participants=tuple(
                actions.NewParticipant(name=name, title=post, concludes=True)
                for name, post in read_persons(form.concluding.data or "")
            ),
        ),
        by=actor,
        at=clock.now(),
    )
    return meeting.id


def _title(form: NoticeForm, words: str) -> str:
    """Return an excerpt for a notice without one: the letterhead's, else the meeting's name."""
    excerpt = excerpt_of(words[:HEAD_LENGTH])
    if excerpt:
        return excerpt
    if form.meeting_title.data:
        return str(_("Conclusions: %(meeting)s", meeting=form.meeting_title.data))
    first = next((line.strip() for line in words.splitlines() if line.strip()), "")
    return first[:TITLE_LENGTH]


def _status(refusal: Refusal) -> int:
    return 422 if isinstance(refusal, BadInput) else 409


def excerpt_of(words: str) -> str:
    """Return the excerpt (trích yếu) that the head of a text gives, if any."""
    return read_letterhead(words).excerpt
