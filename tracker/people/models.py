"""Tables of persons, posts and sign-in."""

import secrets
from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.db import Base, Word
from tracker.permissions import Role
from tracker.units.models import Unit

if TYPE_CHECKING:
    from tracker.committees.models import Committee


def new_link_key() -> str:
    """Return a key for signing a person's one-tap links."""
    return secrets.token_hex(16)


class Person(Base):
    """Somebody who can sign in. Without `password_hash` nobody can sign in as this person.

    Messages go by e-mail, or to `chat_id` of the `chat_service` that the person chose.
    `link_key` signs the one-tap links of the person's mails; it never leaves the database.
    """

    __tablename__ = "persons"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(200), index=True)
    phone: Mapped[str] = mapped_column(String(40), default="")
    password_hash: Mapped[str] = mapped_column(default="")
    must_change_password: Mapped[bool] = mapped_column(default=True)
    language: Mapped[str] = mapped_column(String(2), default="vi")
    theme: Mapped[str] = mapped_column(String(5), default="light")
    demo: Mapped[bool] = mapped_column(default=False)
    link_key: Mapped[str] = mapped_column(String(32), default=new_link_key)
    chat_service: Mapped[str] = mapped_column(String(20), default="")
    chat_id: Mapped[str] = mapped_column(String(64), default="")
    created_at: Mapped[datetime]
    left_on: Mapped[date | None]

    posts: Mapped[list["Post"]] = relationship(back_populates="person", order_by="Post.id")

    def renew_link_key(self) -> None:
        """Make every one-tap link void that was signed for this person so far."""
        self.link_key = new_link_key()


class Post(Base):
    """A role that a person holds in a committee or a unit, from–to."""

    __tablename__ = "posts"
    __table_args__ = (CheckConstraint("ends_on >= starts_on", name="forward"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), index=True)
    role: Mapped[Role] = mapped_column(Word(Role))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), index=True)
    committee_id: Mapped[int | None] = mapped_column(ForeignKey("committees.id"), index=True)
    title: Mapped[str] = mapped_column(String(200), default="")
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]

    person: Mapped[Person] = relationship(back_populates="posts")
    unit: Mapped[Unit | None] = relationship()
    committee: Mapped["Committee | None"] = relationship("Committee")


class Absence(Base):
    """Days on which a person is away, the first and the last included, and who stands in."""

    __tablename__ = "absences"
    __table_args__ = (CheckConstraint("last_on >= first_on", name="forward"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), index=True)
    first_on: Mapped[date]
    last_on: Mapped[date] = mapped_column(index=True)
    substitute_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    reason: Mapped[str] = mapped_column(default="")
    noted_by: Mapped[str] = mapped_column(default="")
    cancelled_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(foreign_keys=person_id)
    substitute: Mapped[Person | None] = relationship(foreign_keys=substitute_id)


class SignInSession(Base):
    """One sign-in on one device; the cookie holds a token of which only the digest is kept."""

    __tablename__ = "sign_in_sessions"
    recorded = False

    id: Mapped[int] = mapped_column(primary_key=True)
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), index=True)
    post_id: Mapped[int | None] = mapped_column(ForeignKey("posts.id"))
    started_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    address: Mapped[str] = mapped_column(String(64), default="")


class SignInFailure(Base):
    """One failed attempt, for locking out after repeated failures."""

    __tablename__ = "sign_in_failures"
    recorded = False

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), index=True)
    address: Mapped[str] = mapped_column(String(64), index=True)
    at: Mapped[datetime] = mapped_column(index=True)
