"""Tables of returns: a unit says that a task is not its own, and what was answered."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.db import Base, Word
from tracker.tasks.models import Task
from tracker.tasks.rules import ReturnAnswer
from tracker.units.models import Unit


class TaskReturn(Base):
    """The lead unit's word that a task is outside its competence, with the unit it proposes."""

    __tablename__ = "task_returns"

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    proposed_unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    reason: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    by_name: Mapped[str]
    by_post: Mapped[str] = mapped_column(default="")
    way: Mapped[str] = mapped_column(String(20))

    task: Mapped[Task] = relationship(back_populates="returns")
    unit: Mapped[Unit] = relationship(foreign_keys=unit_id)
    proposed_unit: Mapped[Unit | None] = relationship(foreign_keys=proposed_unit_id)
    answer: Mapped["TaskReturnAnswer | None"] = relationship(back_populates="returned")


class TaskReturnAnswer(Base):
    """The secretariat's answer to one return; absent: the unit waits for it.

    `lead_unit_id` is the unit that leads from then on: another one, or the same.
    """

    __tablename__ = "task_return_answers"

    id: Mapped[int] = mapped_column(primary_key=True)
    return_id: Mapped[int] = mapped_column(ForeignKey("task_returns.id"), unique=True)
    answer: Mapped[ReturnAnswer] = mapped_column(Word(ReturnAnswer))
    lead_unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    reason: Mapped[str] = mapped_column(default="")
    reference: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]
    by_name: Mapped[str]
    on_behalf_of: Mapped[str] = mapped_column(default="")

    returned: Mapped[TaskReturn] = relationship(back_populates="answer")
    lead_unit: Mapped[Unit] = relationship()
