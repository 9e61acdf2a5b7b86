"""Pages of tasks, gathered: each module defines its routes on the one blueprint."""

from tracker.tasks import decision_views, list_views, unit_views
from tracker.tasks.blueprint import bp

__all__ = ["bp", "decision_views", "list_views", "unit_views"]
