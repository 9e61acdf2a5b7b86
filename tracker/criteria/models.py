"""Tables of index editions and criteria."""

from decimal import Decimal

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.criteria.rules import RuleKind
from tracker.db import Base, Word


class Edition(Base):
    """One edition of an index, such as PAR Index 2025 of communes or DTI 2025 of departments.

    `level` is the kind of unit the edition is for; `scale` the sum of maxima (100, 60, 600, 1000).
    """

    __tablename__ = "editions"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(300), default="")
    index: Mapped[str] = mapped_column(String(60))
    year: Mapped[int]
    level: Mapped[str] = mapped_column(String(40), default="")
    scale: Mapped[Decimal]
    closed: Mapped[bool] = mapped_column(default=False)

    criteria: Mapped[list["Criterion"]] = relationship(
        back_populates="edition", order_by="Criterion.position"
    )


class Criterion(Base):
    """A field, criterion or component of an edition; leaves carry scores. Points are exact."""

    __tablename__ = "criteria"
    __table_args__ = (UniqueConstraint("edition_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    code: Mapped[str] = mapped_column(String(40))
    name: Mapped[str]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("criteria.id"), index=True)
    max_points: Mapped[Decimal]
    rule_kind: Mapped[RuleKind] = mapped_column(Word(RuleKind))
    rule_text: Mapped[str] = mapped_column(default="")
    survey: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)

    edition: Mapped[Edition] = relationship(back_populates="criteria")
    parent: Mapped["Criterion | None"] = relationship(remote_side="Criterion.id")
