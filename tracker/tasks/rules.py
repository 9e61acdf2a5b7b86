"""The two axes of a task: who has the ball, and its deadline class. Pure.

Official classes: report 1270/BC-TCTTTg of 27/12/2017 (done in time, done late, open within time,
open overdue); beside them due soon, undated, standing.
"""

from datetime import date
from enum import StrEnum

from tracker.errors import N_
from tracker.words import name_words

DUE_SOON_DAYS = 7


class Workflow(StrEnum):
    """Who has the ball."""

    ASSIGNED = "assigned"
    RECEIVED = "received"
    IN_PROGRESS = "in_progress"
    RETURNED = "returned"
    HANDED_IN = "handed_in"
    REDO = "redo"
    CLOSED = "closed"
    LEFT = "left"


class DeadlineClass(StrEnum):
    """The class that dates alone decide; the first four are the official ones and sum."""

    DONE_ON_TIME = "done_on_time"
    DONE_LATE = "done_late"
    OPEN_IN_TIME = "open_in_time"
    OPEN_OVERDUE = "open_overdue"
    UNDATED = "undated"
    STANDING = "standing"


class TimeKind(StrEnum):
    """What is said of a task's time (exactly one of these holds for every task)."""

    DATED = "dated"
    PROPOSED = "proposed"
    AWAITING = "awaiting"
    WITHOUT = "without"
    STANDING = "standing"


class Stage(StrEnum):
    """A hint of how far a document has come, beside the percent."""

    DRAFT = "draft"
    CONSULTING = "consulting"
    SUBMITTED = "submitted"
    ISSUED = "issued"


class LeftWhy(StrEnum):
    """Why a task left the count without being done."""

    WITHDRAWN = "withdrawn"
    JOINED = "joined"
    EXEMPT = "exempt"
    SUPERSEDED = "superseded"


class DecisionKind(StrEnum):
    """What a leader decided of a task, as the secretariat records it."""

    INSTRUCTION = "instruction"
    ACCEPT = "accept"
    REDO = "redo"
    DEADLINE = "deadline"
    WITHDRAW = "withdraw"


class ExtensionVerdict(StrEnum):
    """The answer to a request for more time."""

    GRANTED = "granted"
    SHORTENED = "shortened"
    REFUSED = "refused"


class ReturnAnswer(StrEnum):
    """The answer to a unit that says a task is not its own."""

    REASSIGNED = "reassigned"
    INSISTED = "insisted"


class Verdict(StrEnum):
    """The assigning side's answer to a hand-in."""

    ACCEPTED = "accepted"
    REDO = "redo"


name_words(
    {
        Workflow.ASSIGNED: N_("Not yet received"),
        Workflow.RECEIVED: N_("Received"),
        Workflow.IN_PROGRESS: N_("In progress"),
        Workflow.RETURNED: N_("Returned as not the unit's own, waiting for an answer"),
        Workflow.HANDED_IN: N_("Completion reported, waiting for confirmation"),
        Workflow.REDO: N_("To be done again"),
        Workflow.CLOSED: N_("Completed"),
        Workflow.LEFT: N_("Left the count"),
        DeadlineClass.DONE_ON_TIME: N_("Completed on time"),
        DeadlineClass.DONE_LATE: N_("Completed late"),
        DeadlineClass.OPEN_IN_TIME: N_("Not completed, within time"),
        DeadlineClass.OPEN_OVERDUE: N_("Not completed, overdue"),
        DeadlineClass.UNDATED: N_("No deadline yet"),
        DeadlineClass.STANDING: N_("Standing task"),
    }
)
# Members of different sets with one value are equal: in one dict the second would be lost.
name_words(
    {
        TimeKind.DATED: N_("With a deadline"),
        TimeKind.PROPOSED: N_("Proposed deadline"),
        TimeKind.AWAITING: N_("Awaiting a deadline"),
        TimeKind.WITHOUT: N_("Without a deadline"),
        TimeKind.STANDING: N_("Standing task"),
        Stage.DRAFT: N_("Draft"),
        Stage.CONSULTING: N_("Collecting opinions"),
        Stage.SUBMITTED: N_("Submitted for signature"),
        Stage.ISSUED: N_("Issued"),
        LeftWhy.WITHDRAWN: N_("Withdrawn"),
        LeftWhy.JOINED: N_("Joined with another task"),
        LeftWhy.EXEMPT: N_("Exempt"),
        LeftWhy.SUPERSEDED: N_("Superseded"),
    }
)
name_words(
    {
        DecisionKind.INSTRUCTION: N_("Instruction"),
        DecisionKind.ACCEPT: N_("Confirms completion"),
        DecisionKind.REDO: N_("Asks to do it again"),
        DecisionKind.DEADLINE: N_("Sets the deadline"),
        DecisionKind.WITHDRAW: N_("Withdraws the task"),
    }
)
name_words(
    {
        ReturnAnswer.REASSIGNED: N_("Another unit leads it"),
        ReturnAnswer.INSISTED: N_("The unit keeps it"),
    }
)

name_words(
    {
        ExtensionVerdict.GRANTED: N_("Agreed"),
        ExtensionVerdict.SHORTENED: N_("Agreed, shorter"),
        ExtensionVerdict.REFUSED: N_("Not agreed"),
    }
)

name_words(
    {
        Verdict.ACCEPTED: N_("Completion confirmed"),
        Verdict.REDO: N_("Sent back to be done again"),
    }
)


def is_overdue(effective_on: date | None, time: TimeKind, today: date) -> bool:
    """Tell whether an open task is officially overdue: the due day itself is still in time.

    THE definition; `tasks.queries.overdue()` says the same in SQL and a test compares them.
    """
    return time is TimeKind.DATED and effective_on is not None and effective_on < today


def days_late(effective_on: date, day: date) -> int:
    """Return calendar days after the effective date of a deadline; 0 when not late.

    The effective date is the next working day where the nominal one is a rest day (Civil Code
    2015, art. 148).
    """
    return max(0, (day - effective_on).days)


def deadline_class(
    *, time: TimeKind, effective_on: date | None, judged_on: date | None, today: date
) -> DeadlineClass:
    """Return the class of a task that still counts.

    `judged_on` is the date of the hand-in that was accepted (else the acceptance); None: open.
    A done task without an official deadline counts as done on time.
    """
    if judged_on is not None:
        late = time is TimeKind.DATED and effective_on is not None and judged_on > effective_on
        return DeadlineClass.DONE_LATE if late else DeadlineClass.DONE_ON_TIME
    if time is TimeKind.STANDING:
        return DeadlineClass.STANDING
    if time is not TimeKind.DATED or effective_on is None:
        return DeadlineClass.UNDATED
    return DeadlineClass.OPEN_OVERDUE if effective_on < today else DeadlineClass.OPEN_IN_TIME


def due_state(
    *,
    time: TimeKind,
    effective_on: date | None,
    judged_on: date | None,
    today: date,
) -> tuple[str, int]:
    """Return how a task stands to its deadline, as the label on pages names it, and days.

    Days are calendar days after, or until, the effective date. A proposed date keeps its own word
    and is never late.
    """
    if judged_on is not None:
        found = deadline_class(
            time=time, effective_on=effective_on, judged_on=judged_on, today=today
        )
        return ("done_late" if found is DeadlineClass.DONE_LATE else "done"), 0
    if time is not TimeKind.DATED or effective_on is None:
        return _UNDATED_STATES[time], 0
    if effective_on < today:
        return "late", days_late(effective_on, today)
    left = (effective_on - today).days
    if left == 0:
        return "today", 0
    return ("soon" if left <= DUE_SOON_DAYS else "ok"), left


_UNDATED_STATES = {
    TimeKind.DATED: "none",
    TimeKind.PROPOSED: "proposed",
    TimeKind.AWAITING: "none",
    TimeKind.WITHOUT: "without",
    TimeKind.STANDING: "standing",
}
