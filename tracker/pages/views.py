"""Composed pages, gathered: each module defines its routes on the one blueprint."""

from tracker.pages import (
    calendar,
    committee_settings,
    conclusion,
    guide,
    history,
    home,
    inbox,
    my_work,
    overdue,
    task,
)
from tracker.pages.blueprint import bp

__all__ = [
    "bp",
    "calendar",
    "committee_settings",
    "conclusion",
    "guide",
    "history",
    "home",
    "inbox",
    "my_work",
    "overdue",
    "task",
]
