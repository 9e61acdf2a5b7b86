"""The task page: where it stands, whose turn it is, what happened, what it is tied to."""

from datetime import date

from flask import render_template
from flask_babel import gettext as _

from tracker import clock
from tracker.db import db
from tracker.pages.blueprint import bp
from tracker.pages.task_queries import TaskFacts, task_facts
from tracker.pages.task_timeline import timeline
from tracker.permissions import Actor, Permission, may
from tracker.reminders.urging_queries import explanations_of, urgings_of
from tracker.tasks.extensions import extensions_granted, may_ask, waiting_extension
from tracker.tasks.guards import (
    is_standing_units,
    may_decide,
    may_hand_in,
    may_over,
    takes_acts,
)
from tracker.tasks.models import Task
from tracker.tasks.next_step import NextStep, Side, Step, next_step
from tracker.tasks.returns import RETURNABLE, waiting_return
from tracker.tasks.rules import TimeKind, Workflow, days_late, due_state
from tracker.tasks.times import later_than_superior
from tracker.web import current_actor, label, needs
from tracker.workdays import office_day


@bp.get("/tasks/<int:task_id>")
@needs(Permission.TASK_READ)
def task(task_id: int) -> str:
    """Show one task with everything that happened to it."""
    actor, today = current_actor(), clock.today()
    facts = task_facts(db.session, task_id, actor)
    shown = facts.task
    judged_on = (shown.handed_in_on or shown.accepted_on) if shown.accepted_on else None
    step = _step(facts)
    return render_template(
        "pages/task.html",
        facts=facts,
        task=shown,
        standing=due_state(
            time=shown.time,
            effective_on=shown.effective_on,
            judged_on=judged_on,
            today=today,
        ),
        step=step,
        in_time=step.step is Step.CONFIRM and _reported_in_time(shown),
        step_by=_who(step, shown),
        waited=(today - step.since).days if step.since else None,
        parts=[
            (
                part,
                due_state(
                    time=TimeKind.DATED if part.due_on else TimeKind.WITHOUT,
                    effective_on=part.due_on,
                    judged_on=part.done_on,
                    today=today,
                ),
            )
            for part in shown.coordinations
        ],
        entries=timeline(facts),
        urgings=urgings_of(db.session, task_id),
        explanations=explanations_of(db.session, task_id),
        clear=_clarities(shown),
        waiting_for=[
            (part.unit.short_name, days_late(part.due_on, today))
            for part in shown.coordinations
            if takes_acts(shown) and part.done_on is None and part.due_on and part.due_on < today
        ],
        extension=waiting_extension(shown),
        extended=extensions_granted(shown),
        after_superior=later_than_superior(shown.due_on, shown.superior_due_on),
        can=_acts(actor, shown),
        since_update=(today - shown.updated_on).days if shown.updated_on else None,
    )


def _step(facts: TaskFacts) -> NextStep:
    shown = facts.task
    return next_step(
        workflow=shown.workflow,
        time=shown.time,
        assigned_on=shown.assigned_on,
        updated_on=shown.updated_on,
        handed_in_on=shown.handed_in_on,
        sent_back_on=facts.sent_back_on,
        returned_on=_returned_on(shown),
        prepared=bool(shown.progress) and shown.progress[-1].kind == "prepared",
        tracked_elsewhere=bool(shown.tracked_in),
        standing_units=is_standing_units(shown),
    )


def _returned_on(shown: Task) -> date | None:
    """Return the day of the return that waits for its answer."""
    returned = waiting_return(shown)
    return office_day(returned.at) if returned else None


def _reported_in_time(shown: Task) -> bool:
    """Tell whether the unit reported completion by the official deadline of the task."""
    reported, last = shown.handed_in_on, shown.effective_on
    dated = shown.time is TimeKind.DATED
    return dated and reported is not None and last is not None and reported <= last


def _who(step: NextStep, shown: Task) -> str:
    match step.side:
        case Side.LEAD:
            return shown.lead_unit.name
        case Side.ACCEPTOR:
            acceptor = shown.committee.acceptor
            return acceptor.name if acceptor else str(_("Chairperson"))
        case Side.ASSIGNING:
            return str(_("Secretariat"))
        case Side.NOBODY:
            return shown.tracked_in or label(shown.workflow)


def _clarities(shown: Task) -> list[tuple[str, str, bool]]:
    """Return the five clarities: words if clear, words if not, is it clear."""
    timed = shown.time in {TimeKind.DATED, TimeKind.STANDING, TimeKind.WITHOUT}
    return [
        (_("person"), _("no officer named yet"), shown.officer_id is not None),
        (_("work"), _("work not clear"), bool(shown.title)),
        (_("time"), _("time not settled"), timed),
        (_("responsibility"), _("no lead"), bool(shown.lead_unit_id)),
        (_("product"), _("product not said"), bool(shown.product)),
    ]


def _acts(actor: Actor, shown: Task) -> dict[str, bool]:
    """Return which acts the actor may do now; the actions ask again."""
    open_here = takes_acts(shown)
    handed_in = shown.workflow is Workflow.HANDED_IN
    returned = shown.workflow is Workflow.RETURNED
    keeps = may_over(actor, Permission.TASK_MANAGE, shown)
    coordinates = any(part.unit_id in actor.unit_ids for part in shown.coordinations)
    return {
        "receive": open_here
        and shown.workflow is Workflow.ASSIGNED
        and may_over(actor, Permission.TASK_RECEIVE, shown),
        "return": open_here
        and shown.workflow in RETURNABLE
        and may_over(actor, Permission.TASK_RECEIVE, shown),
        "answer_return": open_here and returned and keeps,
        "report": open_here and not returned and may_over(actor, Permission.TASK_REPORT, shown),
        "part": open_here
        and coordinates
        and may(actor, Permission.TASK_REPORT, unit_ids=actor.unit_ids),
        "hand_in": open_here
        and not handed_in
        and not returned
        and (may_hand_in(actor, shown) or keeps),
        "decide": open_here and handed_in and may_decide(actor, shown),
        "extension": open_here and may_ask(actor, shown),
        "decide_extension": open_here
        and waiting_extension(shown) is not None
        and (may_decide(actor, shown) or may_over(actor, Permission.LEADER_DECISION_RECORD, shown)),
        "parts": open_here
        and bool(shown.coordinations)
        and may_over(actor, Permission.TASK_SET_PARTS, shown),
        "officer": open_here and may_over(actor, Permission.TASK_NAME_OFFICER, shown),
        "urge": open_here and may_over(actor, Permission.TASK_URGE, shown),
        "ask": open_here and may_over(actor, Permission.EXPLANATION_ASK, shown),
        "explain": open_here and may_over(actor, Permission.EXPLANATION_ANSWER, shown),
        "deadline": open_here and may_over(actor, Permission.TASK_DECIDE_DEADLINE, shown),
        "withdraw": open_here and may_over(actor, Permission.TASK_WITHDRAW, shown),
        "leader": open_here and may_over(actor, Permission.LEADER_DECISION_RECORD, shown),
        "text": keeps and shown.accepted_on is None and shown.left_on is None,
        "history": may(actor, Permission.HISTORY_READ, committee_id=shown.committee_id),
    }
