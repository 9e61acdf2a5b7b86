"""Table of calendar feeds: who may read which deadlines by an address alone."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.db import Base
from tracker.people.models import Person
from tracker.units.models import Unit


class CalendarFeed(Base):
    """One address that a calendar program reads; only the token's digest is kept.

    Without `unit_id` it holds the person's own deadlines, else those of the unit, and always only
    what the person may read at that moment.
    """

    __tablename__ = "calendar_feeds"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()
    unit: Mapped[Unit | None] = relationship()
