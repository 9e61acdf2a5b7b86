"""Pages of scores, gathered: each module defines its routes on the one blueprint."""

from tracker.scores import (
    account_views,
    binder_views,
    entry_views,
    indicator_views,
    rating_views,
    remedy_views,
    round_views,
    sheet_views,
)
from tracker.scores.blueprint import bp

__all__ = [
    "account_views",
    "binder_views",
    "bp",
    "entry_views",
    "indicator_views",
    "rating_views",
    "remedy_views",
    "round_views",
    "sheet_views",
]
