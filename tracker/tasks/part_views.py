"""Pages of the parts of coordinating units: what each contributes, and what it did."""

from flask import request
from flask_babel import gettext as _

from tracker import clock
from tracker.db import db, transaction
from tracker.errors import NotAllowed
from tracker.evidence.views import keep_evidence, take_uploads
from tracker.permissions import Permission, Role
from tracker.tasks import actions, queries
from tracker.tasks.acting import back_to_task, form_page, refusals
from tracker.tasks.blueprint import bp
from tracker.tasks.forms import PartForm, PartsForm
from tracker.tasks.guards import require_open, require_over
from tracker.tasks.parts import usual_part_date
from tracker.tasks.unit_views import Page, standing
from tracker.web import current_actor, needs


@bp.route("/tasks/<int:task_id>/parts", methods=["GET", "POST"])
@needs(Permission.TASK_SET_PARTS)
def parts(task_id: int) -> Page:
    """Say what every coordinating unit contributes, and by when."""
    by = current_actor()
    task = queries.get_task(db.session, task_id, by)
    require_over(by, Permission.TASK_SET_PARTS, task)
    require_open(task)
    usual = usual_part_date(task.assigned_on, task.due_on)
    rows = [
        {"unit_id": row.unit_id, "part": row.part, "due_on": row.due_on or usual}
        for row in task.coordinations
    ]
    form = PartsForm(data=None if request.form else {"parts": rows})
    if form.validate_on_submit():
        said = [
            actions.SaidPart(
                unit_id=entry.form.unit_id.data or 0,
                part=entry.form.part.data or "",
                due_on=entry.form.due_on.data,
            )
            for entry in form.parts
        ]
        with refusals(form):
            with transaction() as session:
                fresh = queries.task_for_act(session, task_id, by)
                actions.set_parts(session, fresh, said, by=by, at=clock.now())
            return back_to_task(task_id, _("The parts were saved."))
    names = {row.unit_id: row.unit.name for row in task.coordinations}
    return form_page("tasks/parts.html", form, task=task, standing=standing(task), names=names)


@bp.route("/tasks/<int:task_id>/part", methods=["GET", "POST"])
@needs(Permission.TASK_REPORT)
def part(task_id: int) -> Page:
    """Report what a coordinating unit did of its part."""
    by = current_actor()
    task = queries.get_task(db.session, task_id, by)
    own = next((one for one in task.coordinations if one.unit_id in by.unit_ids), None)
    if own is None or by.role is Role.OFFICER:
        raise NotAllowed
    require_open(task)
    form = PartForm(data=None if request.form else {"done": own.done_on is not None})
    if form.validate_on_submit():
        with refusals(form):
            uploads = take_uploads(form.files.data)
            with transaction() as session:
                fresh, at = queries.task_for_act(session, task_id, by), clock.now()
                evidence = keep_evidence(session, uploads, by=by, at=at, unit_id=own.unit_id)
                actions.report_part(
                    session,
                    fresh,
                    own.unit_id,
                    by=by,
                    at=at,
                    text=form.text.data or "",
                    done=form.done.data,
                    evidence=evidence,
                )
            return back_to_task(task_id, _("The update was saved."))
    return form_page("tasks/part.html", form, task=task, part=own, standing=standing(task))
