"""Every act on a task, gathered from the files that hold them."""

from tracker.tasks.assignment import NewTask, TaskText, assign_task, edit_task, open_group
from tracker.tasks.closing import accept, record_leader_decision, send_back, withdraw
from tracker.tasks.extensions import ask_extension, decide_extension
from tracker.tasks.parts import SaidPart, report_part, set_parts
from tracker.tasks.returns import answer_return, return_task
from tracker.tasks.timing import refresh_effective_dates, set_deadline
from tracker.tasks.working import (
    hand_in,
    name_officer,
    receive_task,
    report_progress,
)

__all__ = [
    "NewTask",
    "SaidPart",
    "TaskText",
    "accept",
    "answer_return",
    "ask_extension",
    "assign_task",
    "decide_extension",
    "edit_task",
    "hand_in",
    "name_officer",
    "open_group",
    "receive_task",
    "record_leader_decision",
    "refresh_effective_dates",
    "report_part",
    "report_progress",
    "return_task",
    "send_back",
    "set_deadline",
    "set_parts",
    "withdraw",
]
