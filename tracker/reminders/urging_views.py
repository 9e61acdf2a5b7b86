"""Pages of urgings and explanations; their task's page shows them."""

from flask import render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import BooleanField, RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from tracker import clock
from tracker.db import db, transaction
from tracker.deadlines.queries import working_calendar
from tracker.permissions import Permission
from tracker.reminders.blueprint import bp
from tracker.reminders.urging import (
    LONGEST_TEXT,
    answer_explanation,
    ask_to_explain,
    judge_explanation,
    urge,
)
from tracker.reminders.urging_models import AskedFor, ExplanationRequest
from tracker.reminders.urging_queries import explanation, explanations_of, often_urged, urgings_of
from tracker.tasks import queries as task_queries
from tracker.tasks.acting import back_to_task, form_page, refusals
from tracker.tasks.guards import require_open, require_over
from tracker.tasks.models import Task
from tracker.tasks.unit_views import standing
from tracker.web import DayField, Form, OneLine, current_actor, label, needs, offered, settings

Page = str | Response | tuple[str, int]
REQUIRED = _l("Fill in this field.")
YES, NO = "yes", "no"
_TEXT = Length(max=LONGEST_TEXT)


class UrgingForm(Form):
    """An urging: its document and what it says."""

    document_number = StringField(
        _l("Number of the document"), [InputRequired(REQUIRED), OneLine(), Length(max=100)]
    )
    document_date = DayField(_l("Date of the document"), [Optional()])
    text = TextAreaField(_l("What it says, in short"), [Optional(), _TEXT])


class QuestionForm(Form):
    """What is asked of the unit, and by when."""

    asked_for = RadioField(_l("What is asked for"), default=AskedFor.EXPLANATION.value)
    question = TextAreaField(_l("Question"), [InputRequired(REQUIRED), _TEXT])
    due_on = DayField(_l("Answer by"), [InputRequired(REQUIRED)])
    on_behalf_of = StringField(
        _l("Recorded on behalf of"), [Optional(), OneLine(), Length(max=300)]
    )


class AnswerForm(Form):
    """The unit's answer."""

    text = TextAreaField(_l("Answer"), [InputRequired(REQUIRED), _TEXT])
    planned_on = DayField(
        _l("Will be completed on"),
        [Optional()],
        description=_l("The day to which the unit commits itself; the deadline stays."),
    )


class JudgementForm(Form):
    """Whether the answer is sufficient."""

    sufficient = RadioField(_l("Is the answer sufficient?"), [InputRequired(REQUIRED)])
    objective = BooleanField(
        _l("The reason is accepted as objective"),
        description=_l("It then stands beside the task on the overdue page."),
    )
    note = TextAreaField(_l("Remark"), [Optional(), _TEXT])


@bp.route("/tasks/<int:task_id>/urgings", methods=["GET", "POST"])
@needs(Permission.TASK_URGE)
def urging(task_id: int) -> Page:
    """Record an urging with its document; the unit is told."""
    task, form = _task(task_id, Permission.TASK_URGE), UrgingForm()
    if form.validate_on_submit():
        with refusals(form):
            by = current_actor()
            with transaction() as session:
                urge(
                    session,
                    task_queries.task_for_act(session, task_id, by),
                    document_number=form.document_number.data or "",
                    document_date=form.document_date.data,
                    text=form.text.data or "",
                    by=by,
                    at=clock.now(),
                    public_url=settings().public_url,
                )
            return back_to_task(task_id, _("The urging was recorded and the unit told."))
    return form_page(
        "reminders/urging.html",
        form,
        task=task,
        standing=standing(task),
        before=urgings_of(db.session, task_id),
    )


@bp.route("/tasks/<int:task_id>/explanations", methods=["GET", "POST"])
@needs(Permission.EXPLANATION_ASK)
def ask(task_id: int) -> Page:
    """Ask the lead unit for an explanation or a commitment."""
    task, form = _task(task_id, Permission.EXPLANATION_ASK), QuestionForm()
    form.asked_for.choices = offered(*((word.value, label(word)) for word in AskedFor))
    if form.validate_on_submit() and form.due_on.data is not None:
        with refusals(form):
            by = current_actor()
            with transaction() as session:
                ask_to_explain(
                    session,
                    task_queries.task_for_act(session, task_id, by),
                    asked_for=AskedFor(form.asked_for.data),
                    question=form.question.data or "",
                    due_on=form.due_on.data,
                    by=by,
                    at=clock.now(),
                    calendar=working_calendar(session),
                    on_behalf_of=form.on_behalf_of.data or "",
                    public_url=settings().public_url,
                )
            return back_to_task(task_id, _("The unit was asked."))
    return form_page(
        "reminders/question.html",
        form,
        task=task,
        standing=standing(task),
        before=explanations_of(db.session, task_id),
    )


@bp.route("/explanations/<int:request_id>/answer", methods=["GET", "POST"])
@needs(Permission.EXPLANATION_ANSWER)
def answer(request_id: int) -> Page:
    """Answer for the lead unit."""
    asked, form = explanation(db.session, current_actor(), request_id), AnswerForm()
    require_over(current_actor(), Permission.EXPLANATION_ANSWER, asked.task)
    if form.validate_on_submit():
        with refusals(form):
            by = current_actor()
            with transaction() as session:
                answer_explanation(
                    session,
                    explanation(session, by, request_id),
                    text=form.text.data or "",
                    planned_on=form.planned_on.data,
                    by=by,
                    at=clock.now(),
                )
            return back_to_task(asked.task_id, _("The answer was sent."))
    return _asked_page("reminders/answer.html", form, asked)


@bp.route("/explanations/<int:request_id>/judgement", methods=["GET", "POST"])
@needs(Permission.EXPLANATION_ASK)
def judge(request_id: int) -> Page:
    """Judge the unit's answer."""
    asked, form = explanation(db.session, current_actor(), request_id), JudgementForm()
    require_over(current_actor(), Permission.EXPLANATION_ASK, asked.task)
    form.sufficient.choices = offered((YES, _("Sufficient")), (NO, _("Not sufficient")))
    if form.validate_on_submit():
        with refusals(form):
            by = current_actor()
            with transaction() as session:
                judge_explanation(
                    session,
                    explanation(session, by, request_id),
                    sufficient=form.sufficient.data == YES,
                    objective=bool(form.objective.data),
                    note=form.note.data or "",
                    by=by,
                    at=clock.now(),
                    public_url=settings().public_url,
                )
            return back_to_task(asked.task_id, _("The judgement was recorded and the unit told."))
    return _asked_page("reminders/judgement.html", form, asked)


@bp.get("/overdue/urged")
@needs(Permission.OVERDUE_READ)
def urged_often() -> str:
    """Show the tasks that were urged more often than the limit, for the next session."""
    return render_template(
        "reminders/urged_often.html",
        rows=often_urged(db.session, current_actor()),
        today=clock.today(),
        task_page=url_for("pages.task", task_id=0).removesuffix("0"),
    )


def _task(task_id: int, permission: Permission) -> Task:
    actor = current_actor()
    task = task_queries.get_task(db.session, task_id, actor)
    require_over(actor, permission, task)
    require_open(task)
    return task


def _asked_page(template: str, form: Form, asked: ExplanationRequest) -> tuple[str, int]:
    standing_of = standing(asked.task)
    return form_page(template, form, task=asked.task, standing=standing_of, asked=asked)
