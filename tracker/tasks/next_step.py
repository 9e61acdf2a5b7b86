"""Whose turn it is: who must do what next on a task, and since when. Pure."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.errors import N_
from tracker.tasks.rules import TimeKind, Workflow
from tracker.words import name_words


class Step(StrEnum):
    """What must be done next."""

    RECEIVE = "receive"
    WORK = "work"
    HAND_IN = "hand_in"
    REDO = "redo"
    CONFIRM = "confirm"
    ANSWER_RETURN = "answer_return"
    SET_DEADLINE = "set_deadline"
    ELSEWHERE = "elsewhere"
    NOTHING = "nothing"


class Side(StrEnum):
    """Who must do it."""

    LEAD = "lead"
    ASSIGNING = "assigning"
    ACCEPTOR = "acceptor"
    NOBODY = "nobody"


name_words(
    {
        Step.RECEIVE: N_("confirm receipt of the task"),
        Step.WORK: N_("carry out the task and report progress"),
        Step.HAND_IN: N_("check what the officer prepared and report completion"),
        Step.REDO: N_("do the work again as asked and report completion"),
        Step.CONFIRM: N_("confirm completion, or ask to do it again"),
        Step.ANSWER_RETURN: N_("name another lead unit, or insist that the unit keeps the task"),
        Step.SET_DEADLINE: N_("set the deadline"),
        Step.ELSEWHERE: N_("the task is followed in another system"),
        Step.NOTHING: N_("nothing more to do"),
    }
)


@dataclass(frozen=True)
class NextStep:
    """Who does what next, and since which day it has been their turn."""

    side: Side
    step: Step
    since: date | None = None


def next_step(
    *,
    workflow: Workflow,
    time: TimeKind,
    assigned_on: date,
    updated_on: date | None,
    handed_in_on: date | None,
    sent_back_on: date | None,
    returned_on: date | None,
    prepared: bool,
    tracked_elsewhere: bool,
    standing_units: bool,
) -> NextStep:
    """Return whose turn it is. `prepared`: an officer's last report prepares the hand-in."""
    if workflow in {Workflow.CLOSED, Workflow.LEFT}:
        return NextStep(Side.NOBODY, Step.NOTHING)
    if tracked_elsewhere:
        return NextStep(Side.NOBODY, Step.ELSEWHERE)
    assigning = Side.ACCEPTOR if standing_units else Side.ASSIGNING
    turns = {
        Workflow.HANDED_IN: NextStep(assigning, Step.CONFIRM, handed_in_on),
        Workflow.ASSIGNED: NextStep(Side.LEAD, Step.RECEIVE, assigned_on),
        Workflow.RETURNED: NextStep(Side.ASSIGNING, Step.ANSWER_RETURN, returned_on),
        Workflow.REDO: NextStep(Side.LEAD, Step.REDO, sent_back_on),
    }
    if workflow in turns:
        return turns[workflow]
    if prepared:
        return NextStep(Side.LEAD, Step.HAND_IN, updated_on)
    if time is TimeKind.AWAITING:
        return NextStep(Side.ASSIGNING, Step.SET_DEADLINE, assigned_on)
    return NextStep(Side.LEAD, Step.WORK, updated_on or assigned_on)
