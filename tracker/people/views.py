"""Pages of people, gathered: each module defines its routes on the one blueprint."""

from tracker.people import absence_views, account_views, people_views
from tracker.people.blueprint import bp

__all__ = ["absence_views", "account_views", "bp", "people_views"]
