"""Tables of meetings, notices, clauses and proposed tasks."""

from datetime import date, datetime

from sqlalchemy import Column, ForeignKey, String, Table, UniqueConstraint
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.committees.models import Committee
from tracker.conclusions.rules import (
    Attendance,
    ClauseVerdict,
    Fate,
    NoticeState,
    RaisedKind,
    SourceKind,
)
from tracker.db import Base, Word
from tracker.deadlines.rules import DeadlineBasis, DeadlineKind
from tracker.evidence.models import Evidence
from tracker.folding import fold
from tracker.tasks.models import Task
from tracker.tasks.rules import TimeKind
from tracker.units.models import Unit

meeting_committees = Table(
    "meeting_committees",
    Base.metadata,
    Column("meeting_id", ForeignKey("meetings.id"), primary_key=True),
    Column("committee_id", ForeignKey("committees.id"), primary_key=True),
)

finding_tasks = Table(
    "finding_tasks",
    Base.metadata,
    Column("finding_id", ForeignKey("findings.id"), primary_key=True),
    Column("task_id", ForeignKey("tasks.id"), primary_key=True),
)

notice_files = Table(
    "notice_files",
    Base.metadata,
    Column("notice_id", ForeignKey("notices.id"), primary_key=True),
    Column("evidence_id", ForeignKey("evidence.id"), primary_key=True),
)


def folded_notice(number: str, title: str) -> str:
    """Return what a search for a notice looks through: without accents and case."""
    return fold(f"{number} {title}")


def _folded_at_insert(context: DefaultExecutionContext) -> str:
    row = context.get_current_parameters()  # type: ignore[no-untyped-call]
    return folded_notice(str(row.get("number") or ""), str(row.get("title") or ""))


class Meeting(Base):
    """A session of one or more committees, a conference, an inspection, or another source.

    `committee_id` is the committee whose secretariat keeps the record.
    """

    __tablename__ = "meetings"

    id: Mapped[int] = mapped_column(primary_key=True)
    committee_id: Mapped[int] = mapped_column(ForeignKey("committees.id"), index=True)
    kind: Mapped[SourceKind] = mapped_column(Word(SourceKind))
    title: Mapped[str]
    held_on: Mapped[date] = mapped_column(index=True)
    place: Mapped[str] = mapped_column(default="")
    inspected_unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    summary: Mapped[str] = mapped_column(default="")
    edition: Mapped[int] = mapped_column(default=1)

    committee: Mapped[Committee] = relationship(foreign_keys=committee_id)
    committees: Mapped[list[Committee]] = relationship(secondary=meeting_committees)
    inspected_unit: Mapped[Unit | None] = relationship()
    participants: Mapped[list["Participant"]] = relationship(
        back_populates="meeting", cascade="all, delete-orphan", order_by="Participant.position"
    )
    raised: Mapped[list["RaisedMatter"]] = relationship(
        back_populates="meeting", cascade="all, delete-orphan", order_by="RaisedMatter.id"
    )
    findings: Mapped[list["Finding"]] = relationship(
        back_populates="meeting", cascade="all, delete-orphan", order_by="Finding.number"
    )
    notices: Mapped[list["Notice"]] = relationship(back_populates="meeting", order_by="Notice.id")


class Participant(Base):
    """Somebody who took part; `concludes` marks those who give conclusions."""

    __tablename__ = "participants"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    title: Mapped[str] = mapped_column(String(300), default="")
    attendance: Mapped[Attendance] = mapped_column(Word(Attendance))
    concludes: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)

    meeting: Mapped[Meeting] = relationship(back_populates="participants")


class RaisedMatter(Base):
    """A difficulty or proposal that a unit raised."""

    __tablename__ = "raised_matters"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    kind: Mapped[RaisedKind] = mapped_column(Word(RaisedKind))
    text: Mapped[str]

    meeting: Mapped[Meeting] = relationship(back_populates="raised")
    unit: Mapped[Unit | None] = relationship()


class Finding(Base):
    """A finding of an inspection, linked to the tasks that mend it."""

    __tablename__ = "findings"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), index=True)
    number: Mapped[int]
    text: Mapped[str]
    good: Mapped[bool] = mapped_column(default=False)

    meeting: Mapped[Meeting] = relationship(back_populates="findings")
    tasks: Mapped[list[Task]] = relationship(secondary=finding_tasks)


class Notice(Base):
    """A conclusion notice. Frozen once work is assigned; a supplement may follow, never an edit.

    `secret` keeps only number and date: no text may be stored. `signed_file` is the signed file,
    `files` whatever else belongs to it (the file that was read, a scan).
    """

    __tablename__ = "notices"

    id: Mapped[int] = mapped_column(primary_key=True)
    committee_id: Mapped[int] = mapped_column(ForeignKey("committees.id"), index=True)
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meetings.id"), index=True)
    supplements_id: Mapped[int | None] = mapped_column(ForeignKey("notices.id"), index=True)
    title: Mapped[str]
    number: Mapped[str] = mapped_column(String(100), default="", index=True)
    issued_on: Mapped[date | None]
    signer: Mapped[str] = mapped_column(String(300), default="")
    folded: Mapped[str] = mapped_column(default=_folded_at_insert)
    text: Mapped[str] = mapped_column(default="")
    file_name: Mapped[str] = mapped_column(String(200), default="")
    secret: Mapped[bool] = mapped_column(default=False)
    signed_file_id: Mapped[int | None] = mapped_column(ForeignKey("evidence.id"))
    created_at: Mapped[datetime]
    created_by: Mapped[str] = mapped_column(default="")
    submitted_at: Mapped[datetime | None]
    signed_at: Mapped[datetime | None]
    assigned_at: Mapped[datetime | None]
    edition: Mapped[int] = mapped_column(default=1)

    committee: Mapped[Committee] = relationship()
    meeting: Mapped[Meeting | None] = relationship(back_populates="notices")
    supplements: Mapped["Notice | None"] = relationship(remote_side="Notice.id")
    signed_file: Mapped[Evidence | None] = relationship()
    files: Mapped[list[Evidence]] = relationship(secondary=notice_files, order_by=Evidence.id)
    clauses: Mapped[list["Clause"]] = relationship(
        back_populates="notice", cascade="all, delete-orphan", order_by="Clause.position"
    )

    @property
    def state(self) -> NoticeState:
        """Return how far the notice has come."""
        if self.assigned_at:
            return NoticeState.ASSIGNED
        if self.signed_at:
            return NoticeState.SIGNED
        return NoticeState.SUBMITTED if self.submitted_at else NoticeState.DRAFT


class Clause(Base):
    """One numbered piece of a notice; `start` and `end` count characters of its text.

    `suggested` is what the reading makes of it, `verdict` what the secretary decided. A heading
    asks for no verdict. `changed_in` is the notice's edition in which the clause last changed.
    """

    __tablename__ = "clauses"

    id: Mapped[int] = mapped_column(primary_key=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notices.id"), index=True)
    position: Mapped[int]
    label: Mapped[str] = mapped_column(String(40), default="")
    text: Mapped[str]
    start: Mapped[int]
    end: Mapped[int]
    heading: Mapped[bool] = mapped_column(default=False)
    suggested: Mapped[ClauseVerdict] = mapped_column(
        Word(ClauseVerdict), default=ClauseVerdict.OPEN
    )
    verdict: Mapped[ClauseVerdict] = mapped_column(Word(ClauseVerdict), default=ClauseVerdict.OPEN)
    changed_in: Mapped[int] = mapped_column(default=1)
    reason: Mapped[str] = mapped_column(default="")
    concluded_by_id: Mapped[int | None] = mapped_column(ForeignKey("participants.id"))

    notice: Mapped[Notice] = relationship(back_populates="clauses")
    concluded_by: Mapped[Participant | None] = relationship()
    proposals: Mapped[list["Proposal"]] = relationship(
        back_populates="clause", cascade="all, delete-orphan", order_by="Proposal.position"
    )
    tasks: Mapped[list[Task]] = relationship(
        Task, foreign_keys=Task.clause_id, viewonly=True, order_by=Task.id
    )


class Proposal(Base):
    """A task (or target) as proposed and corrected before work is assigned.

    `doubts` are words of `review_rules.Doubt`, parted by spaces; they go when the secretary saves.
    `lead_decided_by` is the reference of a leader's decision that only the unit named first leads.
    `read_as` counts the proposals of the clause as they were read; None: a person added it.
    """

    __tablename__ = "proposals"

    id: Mapped[int] = mapped_column(primary_key=True)
    clause_id: Mapped[int] = mapped_column(ForeignKey("clauses.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    title: Mapped[str]
    product: Mapped[str] = mapped_column(default="")
    lead_text: Mapped[str] = mapped_column(default="")
    coordinate_text: Mapped[str] = mapped_column(default="")
    lead_decided_by: Mapped[str] = mapped_column(default="")
    time: Mapped[TimeKind | None] = mapped_column(Word(TimeKind))
    deadline_kind: Mapped[DeadlineKind] = mapped_column(Word(DeadlineKind))
    deadline_text: Mapped[str] = mapped_column(default="")
    deadline_basis: Mapped[DeadlineBasis | None] = mapped_column(Word(DeadlineBasis))
    basis_reference: Mapped[str] = mapped_column(default="")
    due_on: Mapped[date | None]
    star: Mapped[bool] = mapped_column(default=False)
    field: Mapped[str] = mapped_column(String(200), default="")
    target: Mapped[bool] = mapped_column(default=False)
    target_value: Mapped[str] = mapped_column(String(60), default="")
    doubts: Mapped[str] = mapped_column(default="")
    read_as: Mapped[int | None]
    start: Mapped[int]
    end: Mapped[int]

    clause: Mapped[Clause] = relationship(back_populates="proposals")
    units: Mapped[list["ProposalUnit"]] = relationship(
        back_populates="proposal", cascade="all, delete-orphan", order_by="ProposalUnit.id"
    )
    earlier: Mapped[list["EarlierTask"]] = relationship(
        back_populates="proposal", cascade="all, delete-orphan", order_by="EarlierTask.id"
    )


class ProposalUnit(Base):
    """A unit of a proposed task, as lead or coordinating.

    `left_out`: an exception of an order to a group, ticked off before work is assigned.
    """

    __tablename__ = "proposal_units"

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    lead: Mapped[bool]
    left_out: Mapped[bool] = mapped_column(default=False)

    proposal: Mapped[Proposal] = relationship(back_populates="units")
    unit: Mapped[Unit] = relationship()


class EarlierTask(Base):
    """An open task of the same unit and matter from before, and what the new order does to it."""

    __tablename__ = "earlier_tasks"
    __table_args__ = (UniqueConstraint("proposal_id", "task_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"))
    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id"), index=True)
    fate: Mapped[Fate] = mapped_column(Word(Fate))

    proposal: Mapped[Proposal] = relationship(back_populates="earlier")
