"""The page of a meeting, inspection or other source."""

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from tracker import clock
from tracker.committees.queries import committees_of
from tracker.conclusions import actions, meeting_queries
from tracker.conclusions.blueprint import bp
from tracker.conclusions.forms import (
    FindingForm,
    MatterForm,
    MeetingForm,
    ParticipantForm,
    chosen_from,
)
from tracker.conclusions.rules import Attendance, RaisedKind, SourceKind
from tracker.db import db, transaction
from tracker.errors import BadInput, NotAllowed, Refusal
from tracker.permissions import Permission
from tracker.units.queries import unit_choices
from tracker.web import Form, an_id, current_actor, edition_in, needs, refused, say

Page = str | Response | tuple[str, int]
SEE_OTHER = 303
PERSON, RAISED, FINDING = "person-", "raised-", "finding-"


@bp.get("/conclusions/meetings/new")
@needs(Permission.CONCLUSION_RECORD)
def new_meeting() -> Page:
    """Ask for a meeting, inspection or other source."""
    return _new_page(MeetingForm(formdata=None))


@bp.post("/conclusions/meetings/new")
@needs(Permission.CONCLUSION_RECORD)
def new_meeting_submit() -> Page:
    """Record it."""
    form, actor = MeetingForm(), current_actor()
    held_on = form.held_on.data
    if not form.validate() or held_on is None:
        return _new_page(form), 422
    try:
        with transaction() as session:
            meeting = actions.record_meeting(
                session,
                actions.NewMeeting(
                    committee_ids=tuple(request.form.getlist("committees", type=an_id)),
                    kind=SourceKind(form.kind.data),
                    title=form.title.data or "",
                    held_on=held_on,
                    place=form.place.data or "",
                    inspected_unit_id=form.inspected_unit.data,
                    summary=form.summary.data or "",
                ),
                by=actor,
                at=clock.now(),
            )
            meeting_id = meeting.id
    except NotAllowed:
        raise
    except Refusal as refusal:
        refused(form, refusal)
        return _new_page(form), _status(refusal)
    return _to(meeting_id)


@bp.get("/conclusions/meetings/<int:meeting_id>")
@needs(Permission.CONCLUSION_READ)
def meeting(meeting_id: int) -> Page:
    """Show a meeting with participants, what was raised, findings and notices."""
    return _page(meeting_id)


@bp.post("/conclusions/meetings/<int:meeting_id>")
@needs(Permission.CONCLUSION_RECORD)
def change_meeting(meeting_id: int) -> Page:
    """Correct the record of a meeting."""
    form, actor = MeetingForm(), current_actor()
    form.kind.validators = ()
    form.kind.validate_choice = False
    held_on = form.held_on.data
    if not form.validate() or held_on is None:
        return _page(meeting_id, meeting=form), 422
    try:
        with transaction() as session:
            shown = meeting_queries.meeting_page(session, actor, meeting_id, lock=True)
            actions.change_meeting(
                session,
                shown.meeting,
                by=actor,
                at=clock.now(),
                edition=edition_in(form.edition.data),
                title=form.title.data or "",
                held_on=held_on,
                place=form.place.data or "",
                inspected_unit_id=form.inspected_unit.data,
                summary=form.summary.data or "",
            )
    except NotAllowed:
        raise
    except Refusal as refusal:
        refused(form, refusal)
        return _page(meeting_id, meeting=form, refusal=refusal), _status(refusal)
    say(_("Saved."))
    return _to(meeting_id)


@bp.post("/conclusions/meetings/<int:meeting_id>/participants")
@needs(Permission.CONCLUSION_RECORD)
def add_participant(meeting_id: int) -> Page:
    """Add somebody who took part."""
    form, actor = ParticipantForm(prefix=PERSON), current_actor()
    if not form.validate():
        return _page(meeting_id, participant=form), 422
    with transaction() as session:
        shown = meeting_queries.meeting_page(session, actor, meeting_id, lock=True)
        actions.add_participant(
            session,
            shown.meeting,
            actions.NewParticipant(
                name=form.name.data or "",
                title=form.title.data or "",
                attendance=Attendance(form.attendance.data),
                concludes=bool(form.concludes.data),
            ),
            by=actor,
            at=clock.now(),
        )
    return _to(meeting_id, "participants")


@bp.post("/conclusions/meetings/<int:meeting_id>/participants/<int:participant_id>")
@needs(Permission.CONCLUSION_RECORD)
def remove_participant(meeting_id: int, participant_id: int) -> Page:
    """Take a wrong entry off the list."""
    actor = current_actor()
    with transaction() as session:
        shown = meeting_queries.meeting_page(session, actor, meeting_id, lock=True)
        for participant in shown.meeting.participants:
            if participant.id == participant_id:
                actions.remove_participant(session, participant, by=actor, at=clock.now())
                break
    return _to(meeting_id, "participants")


@bp.post("/conclusions/meetings/<int:meeting_id>/matters")
@needs(Permission.CONCLUSION_RECORD)
def raise_matter(meeting_id: int) -> Page:
    """Record what a unit raised."""
    form, actor = MatterForm(prefix=RAISED), current_actor()
    if not form.validate():
        return _page(meeting_id, matter=form), 422
    with transaction() as session:
        shown = meeting_queries.meeting_page(session, actor, meeting_id, lock=True)
        actions.raise_matter(
            session,
            shown.meeting,
            by=actor,
            at=clock.now(),
            kind=RaisedKind(form.kind.data),
            text=form.text.data or "",
            unit_id=form.unit.data,
        )
    return _to(meeting_id, "raised")


@bp.post("/conclusions/meetings/<int:meeting_id>/findings")
@needs(Permission.CONCLUSION_RECORD)
def record_finding(meeting_id: int) -> Page:
    """Record a finding of an inspection."""
    form, actor = FindingForm(prefix=FINDING), current_actor()
    if not form.validate():
        return _page(meeting_id, finding=form), 422
    with transaction() as session:
        shown = meeting_queries.meeting_page(session, actor, meeting_id, lock=True)
        actions.record_finding(
            session,
            shown.meeting,
            by=actor,
            at=clock.now(),
            text=form.text.data or "",
            good=bool(form.good.data),
        )
    return _to(meeting_id, "findings")


@bp.post("/conclusions/meetings/<int:meeting_id>/findings/<int:finding_id>")
@needs(Permission.CONCLUSION_RECORD)
def link_finding(meeting_id: int, finding_id: int) -> Page:
    """Name the tasks that mend a finding."""
    actor = current_actor()
    with transaction() as session:
        shown = meeting_queries.meeting_page(session, actor, meeting_id, lock=True)
        for finding in shown.meeting.findings:
            if finding.id == finding_id:
                actions.link_finding(
                    session,
                    finding,
                    request.form.getlist("tasks", type=an_id),
                    by=actor,
                    at=clock.now(),
                )
                break
    return _to(meeting_id, "findings")


def _page(
    meeting_id: int,
    *,
    refusal: Refusal | None = None,
    meeting: MeetingForm | None = None,
    participant: ParticipantForm | None = None,
    matter: MatterForm | None = None,
    finding: FindingForm | None = None,
) -> str:
    shown = meeting_queries.meeting_page(db.session, current_actor(), meeting_id)
    record = shown.meeting
    stored = {
        "kind": record.kind.value,
        "title": record.title,
        "held_on": record.held_on,
        "place": record.place,
        "inspected_unit": record.inspected_unit_id,
        "summary": record.summary,
        "edition": record.edition,
    }
    forms: dict[str, Form] = {
        "meeting": meeting or MeetingForm(formdata=None, data=stored),
        "participant": participant or ParticipantForm(formdata=None, prefix=PERSON),
        "matter": matter or MatterForm(formdata=None, prefix=RAISED),
        "finding": finding or FindingForm(formdata=None, prefix=FINDING),
    }
    if refusal is not None:
        forms["meeting"]["edition"].data = record.edition
    units = chosen_from(unit_choices(db.session, clock.today()))
    forms["meeting"]["inspected_unit"].choices = units
    forms["matter"]["unit"].choices = units
    return render_template(
        "conclusions/meeting.html",
        shown=shown,
        meeting=record,
        refusal=refusal,
        opened={name for name, form in forms.items() if form.errors or form.form_errors},
        **{f"{name}_form": form for name, form in forms.items()},
    )


def _new_page(form: MeetingForm) -> str:
    committees = committees_of(db.session, current_actor())
    chosen = set(request.form.getlist("committees", type=an_id))
    if not chosen and len(committees) == 1:
        chosen = {committees[0].id}
    form.inspected_unit.choices = chosen_from(unit_choices(db.session, clock.today()))
    return render_template(
        "conclusions/meeting_new.html", form=form, committees=committees, chosen=chosen
    )


def _to(meeting_id: int, part: str = "") -> Response:
    address = url_for("conclusions.meeting", meeting_id=meeting_id)
    return redirect(f"{address}#{part}" if part else address, SEE_OTHER)


def _status(refusal: Refusal) -> int:
    return 422 if isinstance(refusal, BadInput) else 409
