"""Tables of the review: what was read of a field, drafts, steps that can be taken back."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.conclusions.models import Clause
from tracker.conclusions.review_rules import Outcome
from tracker.db import Base, Word
from tracker.people.models import Person


class ReadField(Base):
    """What the reading found for one field of one proposal; it never changes.

    `ordinal` counts the clause's proposals as they were read (`Proposal.read_as`). `places` are
    the stretches "start-end" of the notice's text, parted by spaces; `rule` the id of the rule and
    `ways` those that tied the names to units. `outcome` and `issued` say what became of it when
    work was assigned.
    """

    __tablename__ = "read_fields"

    id: Mapped[int] = mapped_column(primary_key=True)
    clause_id: Mapped[int] = mapped_column(ForeignKey("clauses.id"), index=True)
    ordinal: Mapped[int]
    field: Mapped[str] = mapped_column(String(20))
    rule: Mapped[str] = mapped_column(String(60), index=True)
    ways: Mapped[str] = mapped_column(default="")
    places: Mapped[str] = mapped_column(default="")
    confidence: Mapped[str] = mapped_column(String(20))
    value: Mapped[str] = mapped_column(default="")
    outcome: Mapped[Outcome | None] = mapped_column(Word(Outcome), index=True)
    issued: Mapped[str] = mapped_column(default="")

    clause: Mapped[Clause] = relationship()

    @property
    def stretches(self) -> list[tuple[int, int]]:
        """Return where it was read, as (start, end) in characters of the notice's text."""
        pairs = (place.split("-") for place in self.places.split())
        return [(int(start), int(end)) for start, end in pairs]


class ClauseDraft(Base):
    """What somebody has typed for a clause and not yet confirmed, field by field as sent.

    It changes nothing of the notice and is no act; it goes when the clause is confirmed.
    """

    __tablename__ = "clause_drafts"
    __table_args__ = (UniqueConstraint("clause_id", "person_id"),)
    recorded = False

    id: Mapped[int] = mapped_column(primary_key=True)
    clause_id: Mapped[int] = mapped_column(ForeignKey("clauses.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    at: Mapped[datetime]
    edition: Mapped[int]
    typed: Mapped[dict[str, Any]]

    person: Mapped[Person] = relationship()


class ReviewStep(Base):
    """One step of a review with what its clauses were before, so that it can be taken back.

    The acts themselves stand in the history; steps are kept until work is assigned.
    """

    __tablename__ = "review_steps"
    recorded = False

    id: Mapped[int] = mapped_column(primary_key=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notices.id"), index=True)
    act: Mapped[str] = mapped_column(String(60))
    label: Mapped[str]
    at: Mapped[datetime]
    by_name: Mapped[str]
    before: Mapped[dict[str, Any]]
