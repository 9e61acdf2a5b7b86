"""The remediation form of one criterion, its progress records and evidence."""

from flask import Response as Download
from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from tracker import clock
from tracker.clock import today
from tracker.committees.queries import committees_of
from tracker.db import db, transaction
from tracker.deadlines.queries import working_calendar
from tracker.errors import BadInput, EditedByAnother, NotAllowed, RuleViolation
from tracker.evidence.views import keep_evidence, send_evidence, take_uploads
from tracker.permissions import Permission, may_anywhere
from tracker.scores import actions, queries
from tracker.scores.blueprint import bp
from tracker.scores.forms import RemedyForm, RemedyProgressForm
from tracker.scores.models import Remedy, Score
from tracker.scores.remedies import lost_on
from tracker.tasks.models import Task
from tracker.tasks.rules import due_state
from tracker.web import (
    Form,
    an_id,
    current_actor,
    day,
    edition_in,
    label,
    needs,
    points,
    refused,
    say,
)

Page = str | Response | tuple[str, int]

SEE_OTHER = 303


@bp.route("/scores/<int:score_id>/remediation", methods=["GET", "POST"])
@needs(Permission.SCORE_READ)
def remediation(score_id: int) -> Page:
    """Show or save the remediation form; the later of two editors is shown both texts."""
    actor = current_actor()
    score = queries.score_of(db.session, score_id, actor)
    form = _form(score)
    if not form.is_submitted():
        if score.remedy is not None:
            form.show(score.remedy)
        else:
            form.owner_unit_id.data, form.edition.data = score.unit_id, "0"
        return _page(score, form), 200
    if not queries.may_remedy(db.session, actor, score):
        raise NotAllowed
    status, theirs = 422, None
    if form.validate():
        try:
            with transaction() as session:
                actions.save_remedy(
                    session,
                    queries.score_of(session, score_id, actor, lock=True),
                    form.said(),
                    edition=_edition(form),
                    by=actor,
                    at=clock.now(),
                )
        except EditedByAnother as refusal:
            refused(form, refusal)
            db.session.rollback()  # what the other person wrote is newer than what was read
            score = queries.score_of(db.session, score_id, actor)
            status, theirs = 409, score.remedy
            form.edition.data = str(score.remedy.edition if score.remedy else 0)
        except RuleViolation as refusal:
            refused(form, refusal)
            status = 422 if isinstance(refusal, BadInput) else 409
        else:
            say(_("The remediation form was saved."))
            return redirect(url_for("scores.remediation", score_id=score_id), SEE_OTHER)
    return _page(score, form, theirs=theirs), status


@bp.post("/scores/<int:score_id>/remediation/progress")
@needs(Permission.REMEDY_WRITE)
def report_remedy(score_id: int) -> Page:
    """Note progress, with evidence."""
    actor = current_actor()
    score = queries.score_of(db.session, score_id, actor)
    form = RemedyProgressForm().offer(_percent(score))
    if not queries.may_remedy(db.session, actor, score):
        raise NotAllowed
    status = 422
    if form.validate():
        try:
            uploads = take_uploads(form.files.data)
            with transaction() as session:
                fresh, at = queries.score_of(session, score_id, actor, lock=True), clock.now()
                number = (form.document_number.data or "").strip()
                pieces = keep_evidence(
                    session,
                    [*uploads] or ([None] if number else []),
                    by=actor,
                    at=at,
                    document_number=number,
                    unit_id=fresh.unit_id,
                )
                actions.report_remedy(
                    session,
                    fresh,
                    text=form.text.data or "",
                    percent=int(form.percent.data or 0),
                    evidence=pieces,
                    by=actor,
                    at=at,
                )
        except RuleViolation as refusal:
            refused(form, refusal)
            status = 422 if isinstance(refusal, BadInput) else 409
        else:
            say(_("Progress saved."))
            return redirect(url_for("scores.remediation", score_id=score_id), SEE_OTHER)
    return _page(score, _shown(score), progress=form), status


@bp.post("/scores/<int:score_id>/remediation/evidence-complete")
@needs(Permission.REMEDY_WRITE)
def evidence_complete(score_id: int) -> Page:
    """Say that the evidence is complete, or not yet."""
    actor = current_actor()
    complete = request.form.get("complete") == "1"
    with transaction() as session:
        score = queries.score_of(session, score_id, actor, lock=True)
        actions.mark_evidence(session, score, complete=complete, by=actor, at=clock.now())
    say(_("The evidence is marked complete.") if complete else _("The mark was taken off."))
    return redirect(url_for("scores.remediation", score_id=score_id), SEE_OTHER)


@bp.post("/scores/<int:score_id>/remediation/task")
@needs(Permission.TASK_MANAGE)
def make_task(score_id: int) -> Page:
    """Give the remedy to its owner unit as a task, in one step."""
    actor = current_actor()
    score = queries.score_of(db.session, score_id, actor)
    form = Form()
    if not form.validate():
        return _page(score, _shown(score)), 422
    try:
        with transaction() as session:
            task = actions.assign_from_remedy(
                session,
                queries.score_of(session, score_id, actor, lock=True),
                committee_id=request.form.get("committee", 0, type=an_id),
                by=actor,
                at=clock.now(),
                calendar=working_calendar(session),
            )
    except RuleViolation as refusal:
        shown = _shown(score)
        refused(shown, refusal)
        return _page(score, shown), 422
    say(_("Assigned and linked: %(code)s.", code=task.code))
    return redirect(url_for("scores.remediation", score_id=score_id), SEE_OTHER)


@bp.get("/scores/<int:score_id>/remediation/evidence/<int:evidence_id>")
@needs(Permission.SCORE_READ)
def evidence(score_id: int, evidence_id: int) -> Download:
    """Send a file that a progress record has."""
    score = queries.score_of(db.session, score_id, current_actor())
    pieces = [
        piece
        for record in (score.remedy.progress if score.remedy else [])
        for piece in record.evidence
        if piece.id == evidence_id
    ]
    return send_evidence(pieces[0]) if pieces else Download(status=404)


def _form(score: Score) -> RemedyForm:
    return RemedyForm().offer(queries.choices(db.session, score, current_actor(), today()))


def _shown(score: Score) -> RemedyForm:
    form = _form(score)
    return form.show(score.remedy) if score.remedy is not None else form


def _percent(score: Score) -> int:
    return score.remedy.percent if score.remedy else 0


def _edition(form: RemedyForm) -> int:
    return edition_in(form.edition.data)


def _page(
    score: Score,
    form: RemedyForm,
    *,
    progress: RemedyProgressForm | None = None,
    theirs: Remedy | None = None,
) -> str:
    actor, remedy = current_actor(), score.remedy
    record = progress or RemedyProgressForm().offer(_percent(score))
    if progress is None:
        record.percent.data = str(_percent(score))
    return render_template(
        "scores/remediation.html",
        score=score,
        remedy=remedy,
        criterion=score.criterion,
        edition=score.criterion.edition,
        field_of=queries.criterion_field(db.session, score.criterion),
        lost=lost_on(score),
        form=form,
        progress=record,
        theirs=_words(theirs) if theirs is not None else {},
        standing=queries.remedy_standing(remedy, today()),
        tasks=[
            (linked.task, *_due(linked.task))
            for linked in queries.linked_tasks(db.session, score, actor, today())
        ],
        committees=committees_of(db.session, actor)
        if may_anywhere(actor, Permission.TASK_MANAGE)
        else [],
        may_write=queries.may_remedy(db.session, actor, score),
        may_vouch=queries.may_vouch(actor, score),
        may_read_unit=queries.may_read_unit(actor, score.unit_id),
    )


def _due(task: Task) -> tuple[str, int]:
    return due_state(
        time=task.time,
        effective_on=task.effective_on,
        judged_on=(task.handed_in_on or task.accepted_on) if task.accepted_on else None,
        today=today(),
    )


def _words(remedy: Remedy) -> dict[str, str]:
    """Return what the other person saved, field by field."""
    return {
        "cause_class": label(remedy.cause_class),
        "cause": remedy.cause,
        "solution": remedy.solution,
        "expected_points": points(remedy.expected_points),
        "owner_unit_id": remedy.owner_unit.name,
        "officer_id": remedy.officer.name if remedy.officer else "",
        "due_on": day(remedy.due_on),
        "confidence": label(remedy.confidence) if remedy.confidence else "",
        "evidence_needed": remedy.evidence_needed,
        "task_ids": ", ".join(task.code for task in remedy.tasks),
    }
