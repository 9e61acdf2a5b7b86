"""Every read of scores, gathered from the files that hold them."""

from tracker.scores.access import (
    may_read_unit,
    may_remedy,
    may_vouch,
    open_columns,
    readable_units,
    require_unit,
    score_of,
    visible_to,
)
from tracker.scores.accounts import account
from tracker.scores.conditions import Show
from tracker.scores.indicators import indicator_page, indicators
from tracker.scores.lines import list_lines
from tracker.scores.overview import losing_criteria, overview, points_at_stake, units_without_plan
from tracker.scores.remedy_page import choices, criterion_field, linked_tasks, remedy_standing
from tracker.scores.results import values_beside

__all__ = [
    "Show",
    "account",
    "choices",
    "criterion_field",
    "indicator_page",
    "indicators",
    "linked_tasks",
    "list_lines",
    "losing_criteria",
    "may_read_unit",
    "may_remedy",
    "may_vouch",
    "open_columns",
    "overview",
    "points_at_stake",
    "readable_units",
    "remedy_standing",
    "require_unit",
    "score_of",
    "units_without_plan",
    "values_beside",
    "visible_to",
]
