"""Who may act on a task, and whether it still takes acts: asked before every change."""

from tracker.errors import N_, BadInput, NotAllowed, RuleViolation
from tracker.permissions import Actor, Permission, Role, may, require
from tracker.tasks.models import Task
from tracker.tasks.rules import Workflow


class TaskEnded(RuleViolation):
    """A task that is completed or has left the count takes no more acts."""

    def __init__(self, code: str) -> None:
        super().__init__(
            N_("Task %(code)s is completed or withdrawn and takes no more changes."), code=code
        )


class TrackedElsewhere(RuleViolation):
    """A task followed in another system is read-only here."""

    def __init__(self, system: str) -> None:
        super().__init__(
            N_("This task is followed in another system (%(system)s) and is read-only here."),
            system=system,
        )


def takes_acts(task: Task) -> bool:
    """Tell whether the task is open and followed here."""
    return task.accepted_on is None and task.left_on is None and not task.tracked_in


def require_open(task: Task) -> None:
    """Raise TaskEnded or TrackedElsewhere when the task takes no more acts."""
    if task.accepted_on is not None or task.left_on is not None:
        raise TaskEnded(task.code)
    if task.tracked_in:
        raise TrackedElsewhere(task.tracked_in)


def require_not_returned(task: Task) -> None:
    """Raise RuleViolation while the unit's return of the task waits for its answer."""
    if task.workflow is Workflow.RETURNED:
        raise RuleViolation(N_("The task was already returned and waits for an answer."))


def may_over(by: Actor, permission: Permission, task: Task) -> bool:
    """Tell whether `by` holds `permission` over the task (as its lead, committee or officer)."""
    persons = frozenset({task.officer_id} if task.officer_id else ())
    return may(
        by,
        permission,
        committee_id=task.committee_id,
        unit_ids=frozenset({task.lead_unit_id}),
        person_ids=persons,
    )


def require_over(by: Actor, permission: Permission, task: Task) -> None:
    """Raise NotAllowed unless `by` holds `permission` over the task; see `may_over`."""
    if not may_over(by, permission, task):
        raise NotAllowed


def require_committee(by: Actor, permission: Permission, committee_id: int) -> None:
    """Raise NotAllowed unless `by` holds `permission` over the committee."""
    require(by, permission, committee_id=committee_id)


def is_standing_units(task: Task) -> bool:
    """Tell whether the standing unit of the committee leads the task itself."""
    return task.committee.unit_id is not None and task.committee.unit_id == task.lead_unit_id


def may_decide(by: Actor, task: Task) -> bool:
    """Tell whether `by` may accept the task or send it back.

    Nobody decides on work led by the unit of any post they hold; where the standing unit leads,
    the acceptor whom the committee names does, by default its chairperson.
    """
    if not may_over(by, Permission.TASK_ACCEPT, task) or task.lead_unit_id in by.all_unit_ids:
        return False
    if not is_standing_units(task):
        return True
    acceptor = task.committee.acceptor_id
    return by.role is Role.CHAIRPERSON if acceptor is None else by.person_id == acceptor


def require_decider(by: Actor, task: Task) -> None:
    """Raise NotAllowed unless `by` may decide on what the lead unit handed in or asked for."""
    require_over(by, Permission.TASK_ACCEPT, task)
    if task.lead_unit_id in by.all_unit_ids:
        raise NotAllowed(
            N_("Nobody decides on the work of a unit in which they hold a post themselves.")
        )
    if not may_decide(by, task):
        raise NotAllowed(
            N_(
                "The standing unit leads this task: only the person whom the committee named,"
                " else its chairperson, decides on it."
            )
        )


def require_named_side(by: Actor, on_behalf_of: str) -> None:
    """Raise BadInput where the secretariat writes for a unit without saying for whom."""
    if by.role is Role.SECRETARIAT and not on_behalf_of.strip():
        raise BadInput(N_("Say on whose behalf you record this."), field="on_behalf_of")


def may_hand_in(by: Actor, task: Task) -> bool:
    """Tell whether `by` may report the task as completed for its lead unit."""
    kept = task.lead_unit.hand_in_by_head_only and by.role is Role.FOCAL_POINT
    return may_over(by, Permission.TASK_HAND_IN, task) and not kept
