"""The ledger (sổ nhắc việc), the ladders that committees decided, and the runs of planning."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.committees.models import Committee
from tracker.db import Base, Word
from tracker.outbox import OutboxMessage
from tracker.reminders.ladders import LadderKind
from tracker.reminders.rules import Rule, SkipReason
from tracker.tasks.models import Task
from tracker.units.models import Unit


class LedgerState(StrEnum):
    """What became of a step that was owed."""

    OWED = "owed"
    SKIPPED = "skipped"


class LedgerRow(Base):
    """One step of a ladder owed to one recipient for one task and deadline version.

    `step` is the offset in working days from the day that the ladder counts from. Of a ladder
    that does not count from the deadline, `deadline_version` is that day's ordinal. A step that
    was skipped has its reason, one that is owed the message that carries it. `instead_of_id` is
    the absent person for whom the recipient stands in.
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
    instead_of_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    rule: Mapped[Rule] = mapped_column(Word(Rule))
    step: Mapped[int]
    deadline_version: Mapped[int]
    due_on: Mapped[date | None]
    as_of: Mapped[date]
    at: Mapped[datetime]
    state: Mapped[LedgerState] = mapped_column(Word(LedgerState), default=LedgerState.OWED)
    reason: Mapped[SkipReason | None] = mapped_column(Word(SkipReason))
    message_id: Mapped[int | None] = mapped_column(ForeignKey("outbox.id"), index=True)

    task: Mapped[Task] = relationship()
    unit: Mapped[Unit] = relationship()
    message: Mapped[OutboxMessage | None] = relationship()


class LadderVersion(Base):
    """A ladder as a committee decided it. Without one the default of `ladders.DEFAULTS` holds.

    A saved version waits until it is switched on; the run of planning after that tries it without
    sending and notes on `tried_on` how many rows and people it would have reached. From the next
    run on it is in force, until a later version is.
    """

    __tablename__ = "ladder_versions"
    __table_args__ = (Index("ix_ladder_versions_kind", "committee_id", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    committee_id: Mapped[int] = mapped_column(ForeignKey("committees.id"))
    kind: Mapped[LadderKind] = mapped_column(Word(LadderKind))
    steps: Mapped[str]
    saved_at: Mapped[datetime]
    saved_by: Mapped[str]
    switched_on_at: Mapped[datetime | None]
    dropped_at: Mapped[datetime | None]
    tried_on: Mapped[date | None]
    tried_rows: Mapped[int] = mapped_column(default=0)
    tried_people: Mapped[int] = mapped_column(default=0)

    committee: Mapped[Committee] = relationship()


class Planning(Base):
    """One run of planning: how far it got, and by which calendar and ladders (`fingerprint`)."""

    __tablename__ = "plannings"
    recorded = False

    id: Mapped[int] = mapped_column(primary_key=True)
    as_of: Mapped[date] = mapped_column(index=True)
    at: Mapped[datetime]
    fingerprint: Mapped[str] = mapped_column(String(64))
    owed: Mapped[int] = mapped_column(default=0)
    skipped: Mapped[int] = mapped_column(default=0)


class PlanningHold(Base):
    """A run that would have written to more people than the cap, stopped before it wrote anything.

    The secretariat lets it go or drops it (`let_go`); until then the day stays unplanned.
    """

    __tablename__ = "planning_holds"

    id: Mapped[int] = mapped_column(primary_key=True)
    as_of: Mapped[date] = mapped_column(unique=True)
    at: Mapped[datetime]
    people: Mapped[int]
    reminders: Mapped[int]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str] = mapped_column(default="")
    let_go: Mapped[bool | None]
