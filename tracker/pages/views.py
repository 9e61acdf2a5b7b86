"""Composed pages, gathered: each module defines its routes on the one blueprint."""

from tracker.pages import task
from tracker.pages.blueprint import bp

__all__ = ["bp", "task"]
