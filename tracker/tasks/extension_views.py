"""Pages of extensions: the unit asks, the assigning side decides."""

from datetime import timedelta

from flask import request
from flask_babel import gettext as _

from tracker import clock
from tracker.db import db, transaction
from tracker.deadlines.queries import working_calendar
from tracker.evidence.views import keep_evidence, take_uploads
from tracker.permissions import Permission, Role
from tracker.tasks import actions, queries
from tracker.tasks.acting import back_to_task, form_page, refusals
from tracker.tasks.blueprint import bp
from tracker.tasks.extensions import extensions_granted, waiting_extension
from tracker.tasks.forms import ExtensionDecisionForm, ExtensionForm
from tracker.tasks.guards import may_decide, may_over, require_decider, require_open, require_over
from tracker.tasks.models import Task
from tracker.tasks.rules import ExtensionVerdict
from tracker.tasks.unit_views import Page, standing
from tracker.web import current_actor, needs, settings

USUAL_EXTENSION = timedelta(days=14)


@bp.route("/tasks/<int:task_id>/extension", methods=["GET", "POST"])
@needs(Permission.TASK_ASK_EXTENSION)
def extension(task_id: int) -> Page:
    """Ask for a later deadline."""
    by = current_actor()
    task = queries.get_task(db.session, task_id, by)
    require_over(by, Permission.TASK_ASK_EXTENSION, task)
    require_open(task)
    for_unit = may_over(by, Permission.TASK_MANAGE, task)
    form = ExtensionForm(data=None if request.form else _first(task, for_unit=for_unit))
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
                    issuer=fresh.lead_unit.name,
                    unit_id=fresh.lead_unit_id,
                )
                actions.ask_extension(
                    session,
                    fresh,
                    by=by,
                    at=at,
                    due_on=form.due_on.data,
                    reason=form.reason.data or "",
                    done_so_far=form.done_so_far.data or "",
                    evidence=evidence,
                    on_behalf_of=(form.on_behalf_of.data or "") if for_unit else "",
                )
            return back_to_task(
                task_id, _("The request was sent. The present deadline holds until it is decided.")
            )
    return form_page(
        "tasks/extension.html",
        form,
        task=task,
        standing=standing(task),
        for_unit=for_unit,
        granted=extensions_granted(task),
    )


def _first(task: Task, *, for_unit: bool) -> dict[str, object]:
    """Return what the request begins with: two weeks more, and the last report of progress."""
    latest = max(task.due_on, clock.today()) if task.due_on else None
    return {
        "due_on": latest + USUAL_EXTENSION if latest else None,
        "done_so_far": task.last_update,
        "on_behalf_of": task.lead_unit.name if for_unit else "",
    }


@bp.route("/tasks/<int:task_id>/extension/decision", methods=["GET", "POST"])
@needs(Permission.TASK_DECIDE_DEADLINE)
def extension_decision(task_id: int) -> Page:
    """Grant the request, grant a shorter time, or refuse it."""
    by = current_actor()
    task = queries.get_task(db.session, task_id, by)
    for_leader = by.role is Role.SECRETARIAT
    if for_leader:
        require_over(by, Permission.TASK_DECIDE_DEADLINE, task)
    else:
        require_decider(by, task)
    require_open(task)
    form = ExtensionDecisionForm()
    form.prepare()
    if form.validate_on_submit():
        with refusals(form):
            with transaction() as session:
                actions.decide_extension(
                    session,
                    queries.task_for_act(session, task_id, by),
                    by=by,
                    at=clock.now(),
                    calendar=working_calendar(session),
                    verdict=ExtensionVerdict(form.verdict.data),
                    due_on=form.due_on.data,
                    reason=form.reason.data or "",
                    reference=form.reference.data or "",
                    on_behalf_of=(form.on_behalf_of.data or "") if for_leader else "",
                    public_url=settings().public_url,
                )
            return back_to_task(task_id, _("Decided; the unit is told."))
    return form_page(
        "tasks/extension_decision.html",
        form,
        task=task,
        standing=standing(task),
        waiting=waiting_extension(task),
        granted=extensions_granted(task),
        for_leader=for_leader,
        own_decision=may_decide(by, task),
    )
