"""Tables of tasks and of the records that make their life."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    String,
    Table,
    UniqueConstraint,
    text,
)
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.committees.models import Committee
from tracker.db import Base, Word
from tracker.deadlines.rules import DeadlineBasis, DeadlineKind
from tracker.evidence.models import Evidence
from tracker.folding import fold
from tracker.people.models import Person
from tracker.tasks.rules import DeadlineClass, LeftWhy, Stage, TimeKind, Verdict, Workflow
from tracker.units.models import Unit

if TYPE_CHECKING:
    from tracker.conclusions.models import Clause
    from tracker.tasks.extension_models import ExtensionRequest
    from tracker.tasks.return_models import TaskReturn


def folded_words(code: str, external_code: str, title: str, product: str) -> str:
    """Return what a search without accents looks through."""
    return fold(" ".join((code, external_code, title, product)))


def _folded_at_insert(context: DefaultExecutionContext) -> str:
    row = context.get_current_parameters()  # type: ignore[no-untyped-call]
    names = ("code", "external_code", "title", "product")
    return folded_words(*(str(row.get(name) or "") for name in names))


OPEN = "accepted_on IS NULL AND left_on IS NULL"
DATED = " AND time = 'dated'"
GROUPED = DATED + " AND group_id IS NOT NULL"
COUNTED = ("assigned_on", "group_id", "accepted_on", "left_on")


def _open_index(name: str, *columns: str, also: str = "") -> Index:
    """Return an index over open tasks only: what is done costs nothing when they are counted."""
    where = text(OPEN + also)
    return Index(f"ix_tasks_open_{name}", *columns, sqlite_where=where, postgresql_where=where)


class TaskGroup(Base):
    """One order to many units: its parts are read, reminded and reported together."""

    __tablename__ = "task_groups"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    addressee: Mapped[str]
    clause_id: Mapped[int | None] = mapped_column(ForeignKey("clauses.id"), index=True)


class Task(Base):
    """What one unit must do about one conclusion.

    `due_on` is the nominal date (shown, printed); `effective_on` the next working day when that
    falls on a rest day, and decides overdue. `first_due_on` never changes. `edition` counts edits
    for the guard against two people editing.
    """

    __tablename__ = "tasks"
    __table_args__ = (
        CheckConstraint("percent BETWEEN 0 AND 100", name="percent_in_range"),
        CheckConstraint("time != 'dated' OR due_on IS NOT NULL", name="dated_has_date"),
        CheckConstraint("accepted_on IS NULL OR left_on IS NULL", name="one_end"),
        # Partial, so that nobody looks up the open tasks (NULL) through it.
        Index(
            "ix_tasks_accepted_on",
            "accepted_on",
            sqlite_where=text("accepted_on IS NOT NULL"),
            postgresql_where=text("accepted_on IS NOT NULL"),
        ),
        _open_index("effective", "effective_on", "due_on", "id", also=DATED),
        _open_index("group", "group_id", "effective_on", "due_on", "id", also=GROUPED),
        # The last columns let the figures be counted within the index alone.
        _open_index("committee", "committee_id", "time", "effective_on", *COUNTED),
        _open_index("unit", "lead_unit_id", "time", "effective_on", "committee_id", *COUNTED),
        _open_index("field", "committee_id", "field"),
        # Planning looks for what waits, what was proposed, what left the count: days only.
        _open_index("handed_in", "handed_in_on", also=" AND handed_in_on IS NOT NULL"),
        _open_index("proposed", "effective_on", also=" AND time = 'proposed'"),
        Index(
            "ix_tasks_left_on",
            "left_on",
            sqlite_where=text("left_on IS NOT NULL"),
            postgresql_where=text("left_on IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(60), unique=True)
    committee_id: Mapped[int] = mapped_column(ForeignKey("committees.id"), index=True)
    clause_id: Mapped[int | None] = mapped_column(ForeignKey("clauses.id"), index=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("task_groups.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("tasks.id"), index=True)
    title: Mapped[str]
    product: Mapped[str] = mapped_column(default="")
    lead_unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    lead_decided_by: Mapped[str] = mapped_column(default="")
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"), index=True)
    leader: Mapped[str] = mapped_column(String(200), default="")
    star: Mapped[bool] = mapped_column(default=False)
    field: Mapped[str] = mapped_column(String(200), default="")
    note: Mapped[str] = mapped_column(default="")
    external_code: Mapped[str] = mapped_column(String(100), default="")
    tracked_in: Mapped[str] = mapped_column(String(200), default="")
    folded: Mapped[str] = mapped_column(default=_folded_at_insert)

    time: Mapped[TimeKind] = mapped_column(Word(TimeKind))
    deadline_kind: Mapped[DeadlineKind] = mapped_column(Word(DeadlineKind))
    deadline_text: Mapped[str] = mapped_column(default="")
    deadline_basis: Mapped[DeadlineBasis | None] = mapped_column(Word(DeadlineBasis))
    basis_reference: Mapped[str] = mapped_column(default="")
    first_due_on: Mapped[date | None]
    due_on: Mapped[date | None]
    effective_on: Mapped[date | None]
    deadline_version: Mapped[int] = mapped_column(default=1)
    superior_due_on: Mapped[date | None]

    assigned_on: Mapped[date]
    workflow: Mapped[Workflow] = mapped_column(Word(Workflow), default=Workflow.ASSIGNED)
    percent: Mapped[int] = mapped_column(default=0)
    stage: Mapped[Stage | None] = mapped_column(Word(Stage))
    updated_on: Mapped[date | None]
    last_update: Mapped[str] = mapped_column(default="")
    handed_in_on: Mapped[date | None]
    accepted_on: Mapped[date | None]
    left_on: Mapped[date | None]
    left_why: Mapped[LeftWhy | None] = mapped_column(Word(LeftWhy))
    edition: Mapped[int] = mapped_column(default=1)

    committee: Mapped[Committee] = relationship()
    clause: Mapped["Clause | None"] = relationship("Clause", foreign_keys=clause_id)
    group: Mapped[TaskGroup | None] = relationship()
    lead_unit: Mapped[Unit] = relationship()
    officer: Mapped[Person | None] = relationship()
    coordinations: Mapped[list["Coordination"]] = relationship(
        back_populates="task", cascade="all, delete-orphan", order_by="Coordination.id"
    )
    progress: Mapped[list["Progress"]] = relationship(back_populates="task", order_by="Progress.id")
    hand_ins: Mapped[list["HandIn"]] = relationship(back_populates="task", order_by="HandIn.id")
    deadlines: Mapped[list["DeadlineVersion"]] = relationship(
        back_populates="task", order_by="DeadlineVersion.version"
    )
    extensions: Mapped[list["ExtensionRequest"]] = relationship(
        "ExtensionRequest", back_populates="task", order_by="ExtensionRequest.id"
    )
    returns: Mapped[list["TaskReturn"]] = relationship(
        "TaskReturn", back_populates="task", order_by="TaskReturn.id"
    )


class DeadlineVersion(Base):
    """One decision on a task's time; version 1 comes with the assignment."""

    __tablename__ = "deadline_versions"
    __table_args__ = (
        UniqueConstraint("task_id", "version"),
        Index("ix_deadline_versions_decided_at", "decided_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id"))
    version: Mapped[int]
    time: Mapped[TimeKind] = mapped_column(Word(TimeKind))
    kind: Mapped[DeadlineKind] = mapped_column(Word(DeadlineKind))
    text: Mapped[str] = mapped_column(default="")
    due_on: Mapped[date | None]
    effective_on: Mapped[date | None]
    basis: Mapped[DeadlineBasis | None] = mapped_column(Word(DeadlineBasis))
    reference: Mapped[str] = mapped_column(default="")
    decided_on: Mapped[date]
    decided_at: Mapped[datetime]
    decided_by: Mapped[str] = mapped_column(default="")
    on_behalf_of: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")

    task: Mapped[Task] = relationship(back_populates="deadlines")


class Coordination(Base):
    """A coordinating unit of a task, with its own part."""

    __tablename__ = "coordinations"
    __table_args__ = (UniqueConstraint("task_id", "unit_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    part: Mapped[str] = mapped_column(default="")
    due_on: Mapped[date | None]
    done_on: Mapped[date | None]

    task: Mapped[Task] = relationship(back_populates="coordinations")
    unit: Mapped[Unit] = relationship()


class Receipt(Base):
    """The lead unit's word that it has the task."""

    __tablename__ = "receipts"

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id"), index=True)
    at: Mapped[datetime]
    by_name: Mapped[str]


progress_evidence = Table(
    "progress_evidence",
    Base.metadata,
    Column("progress_id", ForeignKey("progress.id"), primary_key=True),
    Column("evidence_id", ForeignKey("evidence.id"), primary_key=True),
)

hand_in_evidence = Table(
    "hand_in_evidence",
    Base.metadata,
    Column("hand_in_id", ForeignKey("hand_ins.id"), primary_key=True),
    Column("evidence_id", ForeignKey("evidence.id"), primary_key=True),
)


class Progress(Base):
    """One report of progress. `at` is when it was written; `on_behalf_of` for whom."""

    __tablename__ = "progress"

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id"), index=True)
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    by_name: Mapped[str]
    by_post: Mapped[str] = mapped_column(default="")
    on_behalf_of: Mapped[str] = mapped_column(default="")
    way: Mapped[str] = mapped_column(String(20))
    kind: Mapped[str] = mapped_column(String(20), default="report")
    text: Mapped[str]
    percent: Mapped[int]
    stage: Mapped[Stage | None] = mapped_column(Word(Stage))

    task: Mapped[Task] = relationship(back_populates="progress")
    evidence: Mapped[list[Evidence]] = relationship(secondary=progress_evidence)


class HandIn(Base):
    """The lead unit's report of completion; `handed_in_on` judges the punctuality."""

    __tablename__ = "hand_ins"

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id"), index=True)
    handed_in_on: Mapped[date]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    by_name: Mapped[str]
    by_post: Mapped[str] = mapped_column(default="")
    on_behalf_of: Mapped[str] = mapped_column(default="")
    way: Mapped[str] = mapped_column(String(20))
    result: Mapped[str]
    document_number: Mapped[str] = mapped_column(String(100), default="")
    document_date: Mapped[date | None]

    task: Mapped[Task] = relationship(back_populates="hand_ins")
    evidence: Mapped[list[Evidence]] = relationship(secondary=hand_in_evidence)
    decision: Mapped["HandInDecision | None"] = relationship(back_populates="hand_in")


class HandInDecision(Base):
    """The assigning side's answer to one hand-in; absent: waiting for it."""

    __tablename__ = "hand_in_decisions"

    id: Mapped[int] = mapped_column(primary_key=True)
    hand_in_id: Mapped[int] = mapped_column(ForeignKey("hand_ins.id"), unique=True)
    verdict: Mapped[Verdict] = mapped_column(Word(Verdict))
    decided_on: Mapped[date]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    by_name: Mapped[str]
    by_post: Mapped[str] = mapped_column(default="")
    on_behalf_of: Mapped[str] = mapped_column(default="")
    reference: Mapped[str] = mapped_column(default="")
    note_id: Mapped[int | None] = mapped_column(ForeignKey("evidence.id"))
    reason: Mapped[str] = mapped_column(default="")
    snapshot: Mapped[str] = mapped_column(default="")

    hand_in: Mapped[HandIn] = relationship(back_populates="decision")


class LeaderDecision(Base):
    """A leader's decision that the secretariat recorded on the leader's behalf.

    Effective at once and shown as recorded by the secretary; it carries a document's reference
    or a photo of the handwritten note (`note_id`).
    """

    __tablename__ = "leader_decisions"

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id"), index=True)
    leader: Mapped[str]
    kind: Mapped[str] = mapped_column(String(20))
    text: Mapped[str]
    reference: Mapped[str] = mapped_column(default="")
    note_id: Mapped[int | None] = mapped_column(ForeignKey("evidence.id"))
    at: Mapped[datetime]
    recorded_by: Mapped[str]


class Departure(Base):
    """A task leaves the count from a date: withdrawn, joined, exempt, superseded; with reason."""

    __tablename__ = "departures"

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id"), index=True)
    why: Mapped[LeftWhy] = mapped_column(Word(LeftWhy))
    left_on: Mapped[date]
    at: Mapped[datetime]
    by_name: Mapped[str]
    on_behalf_of: Mapped[str] = mapped_column(default="")
    reference: Mapped[str] = mapped_column(default="")
    reason: Mapped[str]
    other_task_id: Mapped[int | None] = mapped_column(ForeignKey("tasks.id"))


class ClosedTally(Base):
    """How many tasks were accepted: the one stored verdict in the house.

    Kept in the accepting transaction; a test rebuilds and compares it.
    """

    __tablename__ = "closed_tallies"
    __table_args__ = (
        UniqueConstraint("committee_id", "unit_id", "accepted_on", "verdict"),
        Index("ix_closed_tallies_sum", "committee_id", "verdict", "accepted_on", "tasks"),
    )
    recorded = False

    id: Mapped[int] = mapped_column(primary_key=True)
    committee_id: Mapped[int] = mapped_column(ForeignKey("committees.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    accepted_on: Mapped[date]
    verdict: Mapped[DeadlineClass] = mapped_column(Word(DeadlineClass))
    tasks: Mapped[int]
