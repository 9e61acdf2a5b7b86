"""Tables of extensions: what a unit asked for, and what was decided on it."""

from datetime import date, datetime

from sqlalchemy import Column, ForeignKey, String, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.db import Base, Word
from tracker.evidence.models import Evidence
from tracker.tasks.models import Task
from tracker.tasks.rules import ExtensionVerdict

extension_evidence = Table(
    "extension_evidence",
    Base.metadata,
    Column("request_id", ForeignKey("extension_requests.id"), primary_key=True),
    Column("evidence_id", ForeignKey("evidence.id"), primary_key=True),
)


class ExtensionRequest(Base):
    """A unit's request for a later deadline, with what it says for it.

    `due_on` is the date asked for; `old_due_on` and `old_effective_on` the deadline at the time
    of asking, which tells whether it was asked too late.
    """

    __tablename__ = "extension_requests"

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id"), index=True)
    asked_on: Mapped[date]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    by_name: Mapped[str]
    by_post: Mapped[str] = mapped_column(default="")
    on_behalf_of: Mapped[str] = mapped_column(default="")
    way: Mapped[str] = mapped_column(String(20))
    due_on: Mapped[date]
    old_due_on: Mapped[date]
    old_effective_on: Mapped[date]
    reason: Mapped[str]
    done_so_far: Mapped[str]

    task: Mapped[Task] = relationship(back_populates="extensions")
    evidence: Mapped[list[Evidence]] = relationship(secondary=extension_evidence)
    decision: Mapped["ExtensionDecision | None"] = relationship(back_populates="request")

    @property
    def asked_late(self) -> bool:
        """Tell whether the deadline had passed when the unit asked."""
        return self.asked_on > self.old_effective_on


class ExtensionDecision(Base):
    """The assigning side's answer to one request; absent: the request waits.

    `due_on` is the date that was granted, none where the request was refused.
    """

    __tablename__ = "extension_decisions"

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("extension_requests.id"), unique=True)
    verdict: Mapped[ExtensionVerdict] = mapped_column(Word(ExtensionVerdict))
    due_on: Mapped[date | None]
    decided_on: Mapped[date]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    by_name: Mapped[str]
    by_post: Mapped[str] = mapped_column(default="")
    on_behalf_of: Mapped[str] = mapped_column(default="")
    reference: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")

    request: Mapped[ExtensionRequest] = relationship(back_populates="decision")
