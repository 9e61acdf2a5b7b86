"""Tables of the unit tree."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.db import Base, Word
from tracker.units.rules import UnitKind


class Unit(Base):
    """One body that can lead or coordinate a task. `folded` serves search without accents."""

    __tablename__ = "units"
    __table_args__ = (CheckConstraint("valid_to >= valid_from", name="validity_forward"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(300), index=True)
    short_name: Mapped[str] = mapped_column(String(100))
    kind: Mapped[UnitKind] = mapped_column(Word(UnitKind))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), index=True)
    email: Mapped[str] = mapped_column(String(254), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    head_name: Mapped[str] = mapped_column(String(200), default="")
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    folded: Mapped[str] = mapped_column(default="")
    hand_in_by_head_only: Mapped[bool] = mapped_column(default=False)
    hand_in_needs_document: Mapped[bool] = mapped_column(default=False)

    parent: Mapped["Unit | None"] = relationship(remote_side="Unit.id")
    aliases: Mapped[list["UnitAlias"]] = relationship(
        back_populates="unit", cascade="all, delete-orphan", order_by="UnitAlias.id"
    )


class UnitAlias(Base):
    """Another name under which documents address a unit."""

    __tablename__ = "unit_aliases"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    alias: Mapped[str] = mapped_column(String(300))
    folded: Mapped[str] = mapped_column(String(300), index=True)

    unit: Mapped[Unit] = relationship(back_populates="aliases")


class Office(Base):
    """The one row that says whose instance this is and whether it was loaded as a demo."""

    __tablename__ = "office"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(String(300), default="")
    demo: Mapped[bool] = mapped_column(default=False)
