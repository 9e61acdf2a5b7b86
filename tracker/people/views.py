"""Pages of people, gathered: each module defines its routes on the one blueprint."""

from tracker.people import account_views, people_views
from tracker.people.blueprint import bp

__all__ = ["account_views", "bp", "people_views"]
