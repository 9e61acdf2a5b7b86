"""Pages of what the assigning side decides of a task."""

from flask import request
from flask_babel import gettext as _

from tracker import clock
from tracker.db import db, transaction
from tracker.deadlines.queries import working_calendar
from tracker.deadlines.rules import DeadlineBasis, DeadlineKind
from tracker.errors import BadInput, EditedByAnother
from tracker.evidence.views import keep_evidence, take_uploads
from tracker.permissions import Permission, Role
from tracker.tasks import actions, queries
from tracker.tasks.acting import REFUSED_ACT, back_to_task, form_page, refusals
from tracker.tasks.blueprint import bp
from tracker.tasks.forms import (
    DeadlineForm,
    DecisionForm,
    LeaderDecisionForm,
    TaskTextForm,
    WithdrawForm,
    numbered,
)
from tracker.tasks.guards import require_decider, require_open, require_over
from tracker.tasks.models import Task
from tracker.tasks.rules import DecisionKind, LeftWhy, TimeKind
from tracker.tasks.times import later_than_superior
from tracker.tasks.unit_views import Page, standing
from tracker.units.queries import unit_choices
from tracker.web import current_actor, edition_in, needs, refused, say, settings


@bp.route("/tasks/<int:task_id>/decision", methods=["GET", "POST"])
@needs(Permission.TASK_ACCEPT)
def decision(task_id: int) -> Page:
    """Confirm completion, or send the hand-in back."""
    by = current_actor()
    task = queries.get_task(db.session, task_id, by)
    require_decider(by, task)
    require_open(task)
    form = DecisionForm()
    if form.validate_on_submit():
        redo = request.form.get("verdict") == "redo"
        with refusals(form):
            with transaction() as session:
                fresh, at = queries.task_for_act(session, task_id, by), clock.now()
                if redo:
                    actions.send_back(
                        session,
                        fresh,
                        by=by,
                        at=at,
                        reason=form.reason.data or "",
                        public_url=settings().public_url,
                    )
                else:
                    actions.accept(session, fresh, by=by, at=at, public_url=settings().public_url)
            done = _("Sent back; the unit is told.") if redo else _("Completion was confirmed.")
            return back_to_task(task_id, done)
    return form_page("tasks/decision.html", form, task=task, standing=standing(task))


@bp.route("/tasks/<int:task_id>/deadline", methods=["GET", "POST"])
@needs(Permission.TASK_DECIDE_DEADLINE)
def deadline(task_id: int) -> Page:
    """Decide what is said of the task's time."""
    by = current_actor()
    task = queries.get_task(db.session, task_id, by)
    require_over(by, Permission.TASK_DECIDE_DEADLINE, task)
    require_open(task)
    form = DeadlineForm(data=None if request.form else _said(task))
    form.prepare()
    if form.validate_on_submit():
        with refusals(form):
            with transaction() as session:
                fresh = queries.task_for_act(session, task_id, by)
                actions.set_deadline(
                    session,
                    fresh,
                    by=by,
                    at=clock.now(),
                    calendar=working_calendar(session),
                    time=TimeKind(form.time.data),
                    kind=DeadlineKind(form.kind.data or DeadlineKind.NONE),
                    text=form.text.data or "",
                    due_on=form.due_on.data,
                    basis=DeadlineBasis(form.basis.data) if form.basis.data else None,
                    reference=form.reference.data or "",
                    reason=form.reason.data or "",
                    on_behalf_of=(form.on_behalf_of.data or "")
                    if by.role is Role.SECRETARIAT
                    else "",
                    public_url=settings().public_url,
                )
            if later_than_superior(form.due_on.data, task.superior_due_on):
                say(_("Note: the deadline lies after the one set by the superior level."))
            return back_to_task(task_id, _("The deadline was set."))
    return form_page(
        "tasks/deadline.html",
        form,
        task=task,
        standing=standing(task),
        for_leader=by.role is Role.SECRETARIAT,
    )


def _said(task: Task) -> dict[str, object]:
    """Return what is said of the task's time now."""
    return {
        "time": task.time.value,
        "kind": task.deadline_kind.value,
        "text": task.deadline_text,
        "due_on": task.due_on,
        "basis": task.deadline_basis.value if task.deadline_basis else "",
        "reference": task.basis_reference,
    }


@bp.route("/tasks/<int:task_id>/departure", methods=["GET", "POST"])
@needs(Permission.TASK_WITHDRAW)
def departure(task_id: int) -> Page:
    """Take a task out of the count."""
    by = current_actor()
    task = queries.get_task(db.session, task_id, by)
    require_over(by, Permission.TASK_WITHDRAW, task)
    require_open(task)
    form = WithdrawForm(data=None if request.form else {"left_on": clock.today()})
    form.prepare()
    if form.validate_on_submit():
        with refusals(form):
            with transaction() as session:
                fresh = queries.task_for_act(session, task_id, by)
                actions.withdraw(
                    session,
                    fresh,
                    by=by,
                    at=clock.now(),
                    why=LeftWhy(form.why.data),
                    reason=form.reason.data or "",
                    left_on=form.left_on.data or clock.today(),
                    reference=form.reference.data or "",
                    other_task_id=_other(form.other_code.data or "", task_id),
                )
            return back_to_task(task_id, _("The task has left the count."))
    return form_page("tasks/departure.html", form, task=task, standing=standing(task))


def _other(code: str, task_id: int) -> int | None:
    """Return the id of the task with which this one is joined. BadInput: there is none."""
    if not code.strip():
        return None
    other = queries.task_by_code(db.session, code.strip(), current_actor())
    if other is None or other.id == task_id:
        raise BadInput(_("There is no other task with this code."), field="other_code")
    return other.id


@bp.route("/tasks/<int:task_id>/leader-decision", methods=["GET", "POST"])
@needs(Permission.LEADER_DECISION_RECORD)
def leader_decision(task_id: int) -> Page:
    """Record what a leader decided who does not sign in."""
    by = current_actor()
    task = queries.get_task(db.session, task_id, by)
    require_over(by, Permission.LEADER_DECISION_RECORD, task)
    require_open(task)
    form = LeaderDecisionForm(data=None if request.form else {"leader": task.leader})
    form.prepare()
    if form.validate_on_submit():
        with refusals(form):
            uploads = take_uploads(form.files.data)
            with transaction() as session:
                fresh, at = queries.task_for_act(session, task_id, by), clock.now()
                notes = keep_evidence(
                    session, uploads[:1], by=by, at=at, note=form.leader.data or ""
                )
                actions.record_leader_decision(
                    session,
                    fresh,
                    by=by,
                    at=at,
                    leader=form.leader.data or "",
                    kind=DecisionKind(form.kind.data),
                    text=form.text.data or "",
                    reference=form.reference.data or "",
                    note=notes[0] if notes else None,
                    public_url=settings().public_url,
                )
            return back_to_task(task_id, _("The leader's decision was recorded."))
    return form_page("tasks/leader_decision.html", form, task=task, standing=standing(task))


@bp.route("/tasks/<int:task_id>/text", methods=["GET", "POST"])
@needs(Permission.TASK_MANAGE)
def text(task_id: int) -> Page:
    """Correct the words of a task; the later of two editors is shown both texts."""
    by = current_actor()
    task = queries.get_task(db.session, task_id, by)
    require_over(by, Permission.TASK_MANAGE, task)
    form = TaskTextForm(data=None if request.form else _words(task))
    there = [part.unit_id for part in task.coordinations]
    others = [one for one in unit_choices(db.session, clock.today()) if one[0] not in there]
    form.coordinating.choices = numbered(
        [*[(part.unit_id, part.unit.name) for part in task.coordinations], *others]
    )
    theirs: dict[str, str] = {}
    if form.validate_on_submit():
        with refusals(form):
            try:
                _edit(task_id, form)
            except EditedByAnother as refusal:
                theirs = _differing(task, form)
                form.edition.data = str(task.edition)
                form.refused_with = REFUSED_ACT
                refused(form, refusal)
            else:
                return back_to_task(task_id, _("The task was corrected."))
    return form_page("tasks/text.html", form, task=task, standing=standing(task), theirs=theirs)


def _edit(task_id: int, form: TaskTextForm) -> None:
    by = current_actor()
    with transaction() as session:
        fresh = queries.task_for_act(session, task_id, by)
        actions.edit_task(
            session,
            fresh,
            actions.TaskText(
                title=form.title.data or "",
                product=form.product.data or "",
                field=form.field.data or "",
                star=form.star.data,
                leader=form.leader.data or "",
                external_code=form.external_code.data or "",
                tracked_in=form.tracked_in.data or "",
                superior_due_on=form.superior_due_on.data,
                note=form.note.data or "",
            ),
            by=by,
            at=clock.now(),
            edition=edition_in(form.edition.data),
            coordinating_unit_ids=tuple(form.coordinating.data or ()),
        )


def _words(task: Task) -> dict[str, object]:
    return {
        "title": task.title,
        "product": task.product,
        "coordinating": [part.unit_id for part in task.coordinations],
        "field": task.field,
        "leader": task.leader,
        "star": task.star,
        "superior_due_on": task.superior_due_on,
        "external_code": task.external_code,
        "tracked_in": task.tracked_in,
        "note": task.note,
        "edition": task.edition,
    }


def _differing(task: Task, form: TaskTextForm) -> dict[str, str]:
    """Return, of the texts that differ from what was typed, what stands there now."""
    names = ("title", "product", "field", "leader", "external_code", "tracked_in", "note")
    return {
        name: getattr(task, name)
        for name in names
        if getattr(task, name).strip() != (form[name].data or "").strip()
    }
