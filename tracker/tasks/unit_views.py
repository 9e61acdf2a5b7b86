"""Pages of what the lead unit does: receive, name an officer, report, hand in; evidence."""

from flask import redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from tracker import clock
from tracker.db import db, transaction
from tracker.errors import NotAllowed
from tracker.evidence.views import keep_evidence, send_evidence, take_uploads
from tracker.people.queries import officers_of
from tracker.permissions import Actor, Permission, Role
from tracker.tasks import actions, queries
from tracker.tasks.acting import back_to_task, form_page, refusals
from tracker.tasks.blueprint import bp
from tracker.tasks.forms import (
    PERCENT_CHOICES,
    HandInForm,
    OfficerForm,
    ProgressForm,
    numbered,
)
from tracker.tasks.guards import may_hand_in, may_over, require_open, require_over
from tracker.tasks.models import Task
from tracker.tasks.rules import Stage, due_state
from tracker.units.queries import with_units_below
from tracker.web import current_actor, needs, settings

Page = str | Response | tuple[str, int]


def standing(task: Task) -> tuple[str, int]:
    """Return the label of an open task's deadline: state and days."""
    return due_state(
        time=task.time,
        effective_on=task.effective_on,
        judged_on=None,
        today=clock.today(),
    )


@bp.post("/tasks/<int:task_id>/receipt")
@needs(Permission.TASK_RECEIVE)
def receipt(task_id: int) -> Response:
    """Note that the lead unit has the task."""
    by = current_actor()
    with transaction() as session:
        task = queries.task_for_act(session, task_id, by)
        actions.receive_task(session, task, by=by, at=clock.now())
    return back_to_task(task_id, _("Receipt confirmed."))


@bp.route("/tasks/<int:task_id>/progress", methods=["GET", "POST"])
@needs(Permission.TASK_REPORT)
def progress(task_id: int) -> Page:
    """Report progress in three fields."""
    by = current_actor()
    task = queries.get_task(db.session, task_id, by)
    if not may_over(by, Permission.TASK_REPORT, task):
        return redirect(url_for("tasks.part", task_id=task_id))
    require_open(task)
    form = ProgressForm(data=None if request.form else first_progress(task, by))
    form.prepare()
    finishing = may_hand_in(by, task) and not task.lead_unit.hand_in_needs_document
    if form.validate_on_submit():
        with refusals(form):
            uploads = take_uploads(form.files.data)
            text = form.text.data or ""
            if form.difficulty.data:
                text += "\n" + _("Difficulties") + ": " + form.difficulty.data
            with transaction() as session:
                fresh, at = queries.task_for_act(session, task_id, by), clock.now()
                evidence = keep_evidence(session, uploads, by=by, at=at, unit_id=fresh.lead_unit_id)
                if form.finished.data and finishing:
                    actions.hand_in(session, fresh, by=by, at=at, result=text, evidence=evidence)
                else:
                    actions.report_progress(
                        session,
                        fresh,
                        by=by,
                        at=at,
                        text=text,
                        percent=form.percent_given(fresh.percent),
                        stage=Stage(form.stage.data) if form.stage.data else None,
                        evidence=evidence,
                        on_behalf_of=form.on_behalf_of.data or "",
                    )
            return back_to_task(task_id, _("The update was saved."))
    return form_page(
        "tasks/progress.html",
        form,
        task=task,
        standing=standing(task),
        finishing=finishing,
        for_unit=by.role is Role.SECRETARIAT,
    )


def first_progress(task: Task, by: Actor) -> dict[str, object]:
    """Return what the form says before anything is typed; no choice keeps the last percentage."""
    return {
        "percent": str(task.percent) if task.percent in PERCENT_CHOICES else None,
        "on_behalf_of": task.lead_unit.name if by.role is Role.SECRETARIAT else "",
        "stage": task.stage.value if task.stage else "",
    }


@bp.route("/tasks/<int:task_id>/hand-in", methods=["GET", "POST"])
@needs(Permission.TASK_REPORT)
def hand_in(task_id: int) -> Page:
    """Report completion."""
    by = current_actor()
    task = queries.get_task(db.session, task_id, by)
    for_unit = may_over(by, Permission.TASK_MANAGE, task)
    if not for_unit:
        require_over(by, Permission.TASK_HAND_IN, task)
        if not may_hand_in(by, task):
            raise NotAllowed(_("Your unit leaves it to its head to report completion."))
    require_open(task)
    form = HandInForm(
        data=None
        if request.form
        else {
            "result": _prepared(task),
            "on_behalf_of": task.lead_unit.name if for_unit else "",
        }
    )
    if form.validate_on_submit():
        with refusals(form):
            uploads = take_uploads(form.files.data)
            with transaction() as session:
                fresh, at = queries.task_for_act(session, task_id, by), clock.now()
                evidence = keep_evidence(
                    session,
                    uploads,
                    by=by,
                    at=at,
                    document_number=form.document_number.data or "",
                    document_date=form.document_date.data,
                    issuer=fresh.lead_unit.name,
                    unit_id=fresh.lead_unit_id,
                )
                actions.hand_in(
                    session,
                    fresh,
                    by=by,
                    at=at,
                    result=form.result.data or "",
                    document_number=form.document_number.data or "",
                    document_date=form.document_date.data,
                    evidence=evidence,
                    on_behalf_of=(form.on_behalf_of.data or "") if for_unit else "",
                    handed_in_on=form.handed_in_on.data if for_unit else None,
                )
            return back_to_task(
                task_id, _("Completion was reported. The assigning side confirms it.")
            )
    return form_page(
        "tasks/hand_in.html", form, task=task, standing=standing(task), for_unit=for_unit
    )


def _prepared(task: Task) -> str:
    """Return what an officer prepared for the hand-in, if that was the last report."""
    last = task.progress[-1] if task.progress else None
    return last.text if last is not None and last.kind == "prepared" else ""


@bp.route("/tasks/<int:task_id>/officer", methods=["GET", "POST"])
@needs(Permission.TASK_NAME_OFFICER)
def officer(task_id: int) -> Page:
    """Name the officer who does the task."""
    by = current_actor()
    task = queries.get_task(db.session, task_id, by)
    require_over(by, Permission.TASK_NAME_OFFICER, task)
    require_open(task)
    units = with_units_below(db.session, frozenset({task.lead_unit_id}))
    form = OfficerForm(data=None if request.form else {"officer": task.officer_id or 0})
    officers = officers_of(db.session, units, on=clock.today())
    form.officer.choices = numbered([(0, _("no officer")), *officers])
    if form.validate_on_submit():
        with refusals(form):
            with transaction() as session:
                actions.name_officer(
                    session,
                    queries.task_for_act(session, task_id, by),
                    form.officer.data or None,
                    by=by,
                    at=clock.now(),
                    public_url=settings().public_url,
                )
            return back_to_task(task_id, _("The officer was named."))
    return form_page("tasks/officer.html", form, task=task, standing=standing(task))


@bp.get("/tasks/<int:task_id>/evidence/<int:evidence_id>")
@needs(Permission.TASK_READ)
def evidence(task_id: int, evidence_id: int) -> Response:
    """Serve a file of a task that the reader may see, as an inert download."""
    found = queries.evidence_of(db.session, task_id, evidence_id, current_actor())
    return send_evidence(found)
