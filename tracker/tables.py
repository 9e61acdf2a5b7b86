"""Imports every noun's tables, so that mappers and Alembic know them all."""

import tracker.committees.models
import tracker.conclusions.models
import tracker.conclusions.review_models
import tracker.criteria.models
import tracker.deadlines.models
import tracker.evidence.models
import tracker.history
import tracker.outbox
import tracker.people.models
import tracker.reminders.feed_models
import tracker.reminders.models
import tracker.reminders.urging_models
import tracker.scores.models
import tracker.tasks.extension_models
import tracker.tasks.link_models
import tracker.tasks.models
import tracker.tasks.return_models
import tracker.units.models  # noqa: F401
from tracker.db import Base

metadata = Base.metadata
"""All tables."""
