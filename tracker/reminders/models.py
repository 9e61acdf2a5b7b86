"""The ledger (sổ nhắc việc): one row per reminder owed, written before anything is sent."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.db import Base, Word
from tracker.outbox import OutboxMessage
from tracker.reminders.rules import Rule, SkipReason
from tracker.tasks.models import Task
from tracker.units.models import Unit


class LedgerState(StrEnum):
    """What became of a step that was owed."""

    OWED = "owed"
    SKIPPED = "skipped"


class LedgerRow(Base):
    """One step of the ladder owed to one recipient for one task and deadline version.

    `step` is the offset in working days from the deadline. A step that was skipped has its
    reason, one that is owed the message that carries it.
    """

    __tablename__ = "reminder_ledger"
    __table_args__ = (
        UniqueConstraint("task_id", "recipient", "rule", "step", "deadline_version"),
        Index("ix_reminder_ledger_as_of", "as_of", "recipient"),
    )
    recorded = False

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id"))
    recipient: Mapped[str] = mapped_column(String(254))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    rule: Mapped[Rule] = mapped_column(Word(Rule))
    step: Mapped[int]
    deadline_version: Mapped[int]
    due_on: Mapped[date]
    as_of: Mapped[date]
    at: Mapped[datetime]
    state: Mapped[LedgerState] = mapped_column(Word(LedgerState), default=LedgerState.OWED)
    reason: Mapped[SkipReason | None] = mapped_column(Word(SkipReason))
    message_id: Mapped[int | None] = mapped_column(ForeignKey("outbox.id"), index=True)

    task: Mapped[Task] = relationship()
    unit: Mapped[Unit] = relationship()
    message: Mapped[OutboxMessage | None] = relationship()
