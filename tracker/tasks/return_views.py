"""Pages of returns: a unit sends a task back, the secretariat answers."""

from flask import request
from flask_babel import gettext as _

from tracker import clock
from tracker.db import db, transaction
from tracker.permissions import Permission
from tracker.tasks import actions, queries
from tracker.tasks.acting import back_to_task, form_page, refusals
from tracker.tasks.blueprint import bp
from tracker.tasks.forms import ReturnAnswerForm, ReturnForm, numbered
from tracker.tasks.guards import require_open, require_over
from tracker.tasks.models import Task
from tracker.tasks.returns import waiting_return
from tracker.tasks.rules import ReturnAnswer
from tracker.tasks.unit_views import Page, standing
from tracker.units.queries import unit_choices
from tracker.web import current_actor, needs, settings


@bp.route("/tasks/<int:task_id>/return", methods=["GET", "POST"])
@needs(Permission.TASK_RECEIVE)
def return_(task_id: int) -> Page:
    """Say that a task is not the unit's own, and whose it is."""
    by = current_actor()
    task = queries.get_task(db.session, task_id, by)
    require_over(by, Permission.TASK_RECEIVE, task)
    require_open(task)
    form = ReturnForm()
    form.proposed_unit.choices = numbered([(0, _("not said")), *_others(task)])
    if form.validate_on_submit():
        with refusals(form):
            with transaction() as session:
                actions.return_task(
                    session,
                    queries.task_for_act(session, task_id, by),
                    by=by,
                    at=clock.now(),
                    reason=form.reason.data or "",
                    proposed_unit_id=form.proposed_unit.data or None,
                )
            return back_to_task(
                task_id, _("Returned. The secretariat answers; until then the deadline runs on.")
            )
    return form_page("tasks/return.html", form, task=task, standing=standing(task))


@bp.route("/tasks/<int:task_id>/return/answer", methods=["GET", "POST"])
@needs(Permission.TASK_MANAGE)
def return_answer(task_id: int) -> Page:
    """Give a returned task to another unit, or insist."""
    by = current_actor()
    task = queries.get_task(db.session, task_id, by)
    require_over(by, Permission.TASK_MANAGE, task)
    require_open(task)
    returned = waiting_return(task)
    proposed = returned.proposed_unit_id if returned else None
    form = ReturnAnswerForm(data=None if request.form else {"lead_unit": proposed or 0})
    form.prepare()
    form.lead_unit.choices = numbered([(0, _("not said")), *_others(task)])
    if form.validate_on_submit():
        with refusals(form):
            with transaction() as session:
                actions.answer_return(
                    session,
                    queries.task_for_act(session, task_id, by),
                    by=by,
                    at=clock.now(),
                    answer=ReturnAnswer(form.answer.data),
                    lead_unit_id=form.lead_unit.data or None,
                    reason=form.reason.data or "",
                    reference=form.reference.data or "",
                    on_behalf_of=form.on_behalf_of.data or "",
                    public_url=settings().public_url,
                )
            return back_to_task(task_id, _("Answered; the lead unit is told."))
    return form_page(
        "tasks/return_answer.html", form, task=task, standing=standing(task), returned=returned
    )


def _others(task: Task) -> list[tuple[int, str]]:
    """Return the units that exist today, without the lead."""
    return [one for one in unit_choices(db.session, clock.today()) if one[0] != task.lead_unit_id]
