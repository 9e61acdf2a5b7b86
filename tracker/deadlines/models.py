"""The days on which the office's calendar differs from the weekly rest."""

from datetime import date

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from tracker.db import Base


class CalendarDay(Base):
    """An exception: a holiday (`working` false) or a make-up day (true).

    It stands above what the holidays package says of the same day.
    """

    __tablename__ = "calendar_days"

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(unique=True)
    working: Mapped[bool]
    name: Mapped[str] = mapped_column(String(200), default="")
