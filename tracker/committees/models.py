"""Tables of steering committees."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.db import Base
from tracker.people.models import Person
from tracker.units.models import Unit


class Committee(Base):
    """A steering committee (Ban Chỉ đạo) and its settings.

    `unit_id` is the standing unit (cơ quan thường trực); `acceptor_id` the person who accepts
    the standing unit's own tasks, by default the chairperson. `before_excludes_day` reads
    "trước ngày D" as the day before D; `rolls_to_workday` moves the effective date of a deadline
    on a non-working day to the next working day (Civil Code 2015, art. 148). `most_extensions` is
    how often the deadline of one task may be extended; None: no limit. A task urged more often than
    `urgings_before_session` enters the list of the next session.
    """

    __tablename__ = "committees"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(300))
    short_name: Mapped[str] = mapped_column(String(100), default="")
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    acceptor_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    before_excludes_day: Mapped[bool] = mapped_column(default=False)
    rolls_to_workday: Mapped[bool] = mapped_column(default=True)
    urgings_before_session: Mapped[int] = mapped_column(default=3, server_default="3")
    most_extensions: Mapped[int | None]

    unit: Mapped[Unit | None] = relationship()
    acceptor: Mapped[Person | None] = relationship()
    members: Mapped[list["CommitteeMember"]] = relationship(
        back_populates="committee", order_by="CommitteeMember.position"
    )


class CommitteeMember(Base):
    """A member of a committee and the fields that the member answers for."""

    __tablename__ = "committee_members"

    id: Mapped[int] = mapped_column(primary_key=True)
    committee_id: Mapped[int] = mapped_column(ForeignKey("committees.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    name: Mapped[str] = mapped_column(String(200))
    title: Mapped[str] = mapped_column(String(200), default="")
    fields: Mapped[str] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)

    committee: Mapped[Committee] = relationship(back_populates="members")
