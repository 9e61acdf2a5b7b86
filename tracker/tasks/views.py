"""Pages of tasks, gathered: each module defines its routes on the one blueprint."""

import tracker.tasks.decision_views
import tracker.tasks.extension_views
import tracker.tasks.link_views
import tracker.tasks.list_views
import tracker.tasks.part_views
import tracker.tasks.return_views
import tracker.tasks.unit_views  # noqa: F401
from tracker.tasks.blueprint import bp

__all__ = ["bp"]
