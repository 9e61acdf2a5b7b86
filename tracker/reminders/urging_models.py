"""Tables of what people ask of a late unit: urgings, explanations, commitments."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.db import Base, Word
from tracker.errors import N_
from tracker.tasks.models import Task
from tracker.words import name_words


class AskedFor(StrEnum):
    """What a late unit is asked to write."""

    EXPLANATION = "explanation"
    COMMITMENT = "commitment"


name_words(
    {
        AskedFor.EXPLANATION: N_("Explanation"),
        AskedFor.COMMITMENT: N_("Commitment with a new plan"),
    }
)


class Urging(Base):
    """One urging (đôn đốc) by a person, with its document; automatic reminders are none."""

    __tablename__ = "urgings"

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id"), index=True)
    urged_on: Mapped[date]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    by_name: Mapped[str]
    document_number: Mapped[str] = mapped_column(String(100))
    document_date: Mapped[date | None]
    text: Mapped[str] = mapped_column(default="")

    task: Mapped[Task] = relationship()


class ExplanationRequest(Base):
    """A question to the lead unit with a deadline of its own (`due_on`)."""

    __tablename__ = "explanation_requests"

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id"), index=True)
    asked_for: Mapped[AskedFor] = mapped_column(Word(AskedFor))
    asked_on: Mapped[date]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    by_name: Mapped[str]
    on_behalf_of: Mapped[str] = mapped_column(default="")
    question: Mapped[str]
    due_on: Mapped[date]
    effective_on: Mapped[date] = mapped_column(index=True)

    task: Mapped[Task] = relationship()
    answers: Mapped[list["ExplanationAnswer"]] = relationship(
        back_populates="request", order_by="ExplanationAnswer.id"
    )

    @property
    def waits_for_answer(self) -> bool:
        """Tell whether the unit has to write: nothing yet, or nothing sufficient."""
        last = self.answers[-1].judgement if self.answers else None
        return not self.answers or (last is not None and not last.sufficient)


class ExplanationAnswer(Base):
    """What the unit answered; `planned_on` is the day to which it commits itself."""

    __tablename__ = "explanation_answers"

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("explanation_requests.id"), index=True)
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    by_name: Mapped[str]
    text: Mapped[str]
    planned_on: Mapped[date | None]

    request: Mapped[ExplanationRequest] = relationship(back_populates="answers")
    judgement: Mapped["ExplanationJudgement | None"] = relationship(back_populates="answer")


class ExplanationJudgement(Base):
    """Whether an answer is sufficient, and whether its reason is accepted as objective."""

    __tablename__ = "explanation_judgements"

    id: Mapped[int] = mapped_column(primary_key=True)
    answer_id: Mapped[int] = mapped_column(ForeignKey("explanation_answers.id"), unique=True)
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    by_name: Mapped[str]
    sufficient: Mapped[bool]
    objective: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(default="")

    answer: Mapped[ExplanationAnswer] = relationship(back_populates="judgement")
