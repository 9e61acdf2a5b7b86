"""Every act on scores, gathered from the files that hold them."""

from tracker.scores.assessing import (
    attach_evidence,
    close_round,
    may_close,
    reopen_round,
    set_rounds,
)
from tracker.scores.entering import Cell, enter_scores, save_result, write_score
from tracker.scores.remedies import (
    RemedyData,
    mark_evidence,
    name_criterion_owner,
    report_remedy,
    save_remedy,
)
from tracker.scores.remedy_work import assign_from_remedy
from tracker.scores.targets import add_measurement, set_target

__all__ = [
    "Cell",
    "RemedyData",
    "add_measurement",
    "assign_from_remedy",
    "attach_evidence",
    "close_round",
    "enter_scores",
    "mark_evidence",
    "may_close",
    "name_criterion_owner",
    "reopen_round",
    "report_remedy",
    "save_remedy",
    "save_result",
    "set_rounds",
    "set_target",
    "write_score",
]
