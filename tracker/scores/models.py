"""Tables of scores, index results, remediation forms, indicators."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, Column, ForeignKey, String, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.criteria.models import Criterion, Edition
from tracker.db import Base, Word
from tracker.evidence.models import Evidence
from tracker.people.models import Person
from tracker.scores.rounds import Round
from tracker.scores.rules import CauseClass, Confidence, Direction, Measure
from tracker.tasks.models import Task
from tracker.units.models import Unit


class Score(Base):
    """One unit's result on one criterion (a leaf): self-score, two appraisals, survey, final.

    `part` of `whole` is what a ratio is reckoned from; `explanation` and `addition` are the
    unit's words, `note_1` and `note_2` the appraiser's.
    """

    __tablename__ = "scores"
    __table_args__ = (UniqueConstraint("unit_id", "criterion_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criteria.id"), index=True)
    self_score: Mapped[Decimal | None]
    appraised_1: Mapped[Decimal | None]
    appraised_2: Mapped[Decimal | None]
    survey_score: Mapped[Decimal | None]
    final_score: Mapped[Decimal | None]
    not_applicable: Mapped[bool] = mapped_column(default=False)
    explanation: Mapped[str] = mapped_column(default="")
    part: Mapped[Decimal | None]
    whole: Mapped[Decimal | None]
    note_1: Mapped[str] = mapped_column(default="")
    addition: Mapped[str] = mapped_column(default="")
    note_2: Mapped[str] = mapped_column(default="")

    unit: Mapped[Unit] = relationship()
    criterion: Mapped[Criterion] = relationship()
    remedy: Mapped["Remedy | None"] = relationship(back_populates="score")
    evidence: Mapped[list[Evidence]] = relationship(
        secondary="score_evidence", order_by=Evidence.id
    )


score_evidence = Table(
    "score_evidence",
    Base.metadata,
    Column("score_id", ForeignKey("scores.id"), primary_key=True),
    Column("evidence_id", ForeignKey("evidence.id"), primary_key=True, index=True),
)


class AssessmentRound(Base):
    """The last day of one round of an edition's assessment."""

    __tablename__ = "assessment_rounds"
    __table_args__ = (UniqueConstraint("edition_id", "round"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    round: Mapped[Round] = mapped_column(Word(Round))
    due_on: Mapped[date]


class RoundClosing(Base):
    """One unit's round, closed (chốt): its scores change no more. Opening it again ends the row."""

    __tablename__ = "round_closings"

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    round: Mapped[Round] = mapped_column(Word(Round))
    closed_at: Mapped[datetime]
    closed_by: Mapped[str]
    reopened_at: Mapped[datetime | None]


class IndexResult(Base):
    """A unit's published result in an edition: value with its measure, rank r of n in a block."""

    __tablename__ = "index_results"
    __table_args__ = (UniqueConstraint("edition_id", "unit_id", "criterion_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    criterion_id: Mapped[int | None] = mapped_column(ForeignKey("criteria.id"))
    value: Mapped[Decimal | None]
    measure: Mapped[Measure] = mapped_column(Word(Measure))
    change: Mapped[Decimal | None]
    rank: Mapped[int | None]
    ranked: Mapped[int | None]
    rank_change: Mapped[int | None]
    block: Mapped[str] = mapped_column(String(200), default="")
    band: Mapped[str] = mapped_column(String(60), default="")

    edition: Mapped[Edition] = relationship()
    unit: Mapped[Unit] = relationship()
    criterion: Mapped[Criterion | None] = relationship()


remedy_tasks = Table(
    "remedy_tasks",
    Base.metadata,
    Column("remedy_id", ForeignKey("remedies.id"), primary_key=True),
    Column("task_id", ForeignKey("tasks.id"), primary_key=True, index=True),
)

remedy_progress_evidence = Table(
    "remedy_progress_evidence",
    Base.metadata,
    Column("progress_id", ForeignKey("remedy_progress.id"), primary_key=True),
    Column("evidence_id", ForeignKey("evidence.id"), primary_key=True),
)


class Remedy(Base):
    """The remediation form: how one unit gets back the points lost on one criterion."""

    __tablename__ = "remedies"
    __table_args__ = (CheckConstraint("expected_points >= 0", name="expected_not_negative"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    score_id: Mapped[int] = mapped_column(ForeignKey("scores.id"), unique=True)
    cause_class: Mapped[CauseClass] = mapped_column(Word(CauseClass))
    cause: Mapped[str] = mapped_column(default="")
    solution: Mapped[str]
    owner_unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    due_on: Mapped[date | None]
    expected_points: Mapped[Decimal]
    confidence: Mapped[Confidence | None] = mapped_column(Word(Confidence))
    evidence_needed: Mapped[str] = mapped_column(default="")
    percent: Mapped[int] = mapped_column(default=0)
    evidence_complete_on: Mapped[date | None]
    edition: Mapped[int] = mapped_column(default=1)

    score: Mapped[Score] = relationship(back_populates="remedy")
    owner_unit: Mapped[Unit] = relationship()
    officer: Mapped[Person | None] = relationship()
    tasks: Mapped[list[Task]] = relationship(secondary=remedy_tasks)
    progress: Mapped[list["RemedyProgress"]] = relationship(
        back_populates="remedy", order_by="RemedyProgress.id"
    )


class RemedyProgress(Base):
    """One record of progress on a remediation form."""

    __tablename__ = "remedy_progress"

    id: Mapped[int] = mapped_column(primary_key=True)
    remedy_id: Mapped[int] = mapped_column(ForeignKey("remedies.id"), index=True)
    at: Mapped[datetime]
    by_name: Mapped[str]
    text: Mapped[str]
    percent: Mapped[int]

    remedy: Mapped[Remedy] = relationship(back_populates="progress")
    evidence: Mapped[list[Evidence]] = relationship(secondary=remedy_progress_evidence)


class CriterionOwner(Base):
    """The named officer who answers for one criterion in one unit."""

    __tablename__ = "criterion_owners"
    __table_args__ = (UniqueConstraint("criterion_id", "unit_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criteria.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"))

    criterion: Mapped[Criterion] = relationship()
    unit: Mapped[Unit] = relationship()
    person: Mapped[Person] = relationship()


class Indicator(Base):
    """Something measured over time: a share, a number, a rank."""

    __tablename__ = "indicators"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str]
    measure: Mapped[Measure] = mapped_column(Word(Measure))
    direction: Mapped[Direction] = mapped_column(Word(Direction))
    committee_id: Mapped[int | None] = mapped_column(ForeignKey("committees.id"))

    targets: Mapped[list["Target"]] = relationship(back_populates="indicator")
    measurements: Mapped[list["Measurement"]] = relationship(
        back_populates="indicator", order_by="Measurement.on"
    )


class Target(Base):
    """What an indicator must reach: a value (≥ 50 %, ≤ …) or rank `value` of `ranked`."""

    __tablename__ = "targets"

    id: Mapped[int] = mapped_column(primary_key=True)
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicators.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    clause_id: Mapped[int | None] = mapped_column(ForeignKey("clauses.id"), index=True)
    value: Mapped[Decimal]
    ranked: Mapped[int | None]
    due_on: Mapped[date | None]
    words: Mapped[str] = mapped_column(default="")

    indicator: Mapped[Indicator] = relationship(back_populates="targets")
    unit: Mapped[Unit | None] = relationship()


class Measurement(Base):
    """One measured value of an indicator, of one unit or of the whole."""

    __tablename__ = "measurements"
    __table_args__ = (UniqueConstraint("indicator_id", "unit_id", "on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicators.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    on: Mapped[date]
    value: Mapped[Decimal]
    ranked: Mapped[int | None]
    entered_by: Mapped[str] = mapped_column(default="")

    indicator: Mapped[Indicator] = relationship(back_populates="measurements")
    unit: Mapped[Unit | None] = relationship()
