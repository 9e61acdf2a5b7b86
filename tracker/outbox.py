"""Messages written with the change that causes them, rendered when queued, delivered by a job.

Delivery is at-least-once: a crash between the server's "accepted" and our "sent" repeats one mail
with the same Message-ID. Nothing is marked sent before the server took it.
"""

import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, Select, String, exists, insert, or_, select, text, true, update
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from tracker.db import Base, Word, is_postgresql
from tracker.errors import N_
from tracker.words import name_words

MAIL = "mail"
"""The channel of e-mail; any other is the name of a chat service."""

MAX_ATTEMPTS = 48
PAUSE = timedelta(minutes=5)
"""Between two attempts, give or take a tenth, so that many do not come back at one moment."""

ACTS = "acts"
"""The word under which mails about urgent acts (assignment, redo, decisions) are joined."""

JOIN_WINDOW = timedelta(minutes=10)
"""How long an urgent message waits for others to the same address, to go as one mail."""


class MessageState(StrEnum):
    """Where a message stands."""

    WAITING = "waiting"
    CLAIMED = "claimed"
    SENT = "sent"
    FAILED = "failed"


name_words(
    {
        MessageState.WAITING: N_("Waiting to be sent"),
        MessageState.CLAIMED: N_("Being sent"),
        MessageState.SENT: N_("Sent"),
        MessageState.FAILED: N_("Could not be sent"),
    }
)


class OutboxMessage(Base):
    """One message to one address; `key` makes it unique, so that queueing twice queues once.

    Waiting messages to one address with the same `join_key` leave as one mail. `channel` is the
    way that the last attempt took.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index(
            "ix_outbox_ready",
            "next_at",
            "id",
            sqlite_where=text("state IN ('waiting', 'claimed')"),
            postgresql_where=text("state IN ('waiting', 'claimed')"),
        ),
        Index(
            "ix_outbox_failed",
            "id",
            sqlite_where=text("state = 'failed'"),
            postgresql_where=text("state = 'failed'"),
        ),
    )
    recorded = False

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(200), unique=True)
    recipient: Mapped[str] = mapped_column(String(254), index=True)
    person_id: Mapped[int | None]
    committee_id: Mapped[int | None]
    subject: Mapped[str]
    body: Mapped[str]
    html: Mapped[str] = mapped_column(default="")
    join_key: Mapped[str] = mapped_column(String(40), default="")
    channel: Mapped[str] = mapped_column(String(20), default=MAIL)
    created_at: Mapped[datetime]
    state: Mapped[MessageState] = mapped_column(Word(MessageState), default=MessageState.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(default="")


@dataclass(frozen=True)
class Letter:
    """A rendered message, ready to be queued."""

    recipient: str
    subject: str
    body: str
    html: str = ""
    person_id: int | None = None


class PermanentFailure(Exception):
    """The server will never take this message (a bad address): no further attempt."""


class TemporaryFailure(Exception):
    """The server may take this one message later."""


class ServerUnavailable(Exception):
    """The server cannot be reached or refuses us: every message has to wait."""


def enqueue(
    session: Session,
    key: str,
    letter: Letter,
    *,
    at: datetime,
    committee_id: int | None = None,
    join: str = "",
    not_before: datetime | None = None,
) -> OutboxMessage | None:
    """Queue `letter` under `key`; return None when the key is already there.

    `committee_id` says whose secretariat may read it; a digest's rows of the ledger say it.
    A message with `join` waits JOIN_WINDOW for others to the same address with the same word
    and leaves with them as one mail; `not_before` sets another moment.
    """
    if session.scalar(select(OutboxMessage.id).where(OutboxMessage.key == key)) is not None:
        return None
    message = OutboxMessage(**_row(key, letter, at), committee_id=committee_id, join_key=join)
    message.next_at = not_before or (at + JOIN_WINDOW if join else at)
    session.add(message)
    session.flush()
    return message


def enqueue_many(
    session: Session, letters: Mapping[str, Letter], *, at: datetime
) -> dict[str, int]:
    """Queue many letters by key in one go; return key → message id. No key may be there yet."""
    if not letters:
        return {}
    rows = [_row(key, letter, at) for key, letter in letters.items()]
    queued = session.execute(
        insert(OutboxMessage).returning(OutboxMessage.key, OutboxMessage.id),
        rows,
        execution_options={"render_nulls": True},
    )
    return dict(queued.all())


def _row(key: str, letter: Letter, at: datetime) -> dict[str, Any]:
    return {
        "key": key,
        "recipient": letter.recipient,
        "person_id": letter.person_id,
        "subject": letter.subject,
        "body": letter.body,
        "html": letter.html,
        "created_at": at,
        "next_at": at,
    }


def hurry(session: Session, *, at: datetime) -> None:
    """End the pauses between attempts: whatever waits is ready at `at`."""
    session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.state == MessageState.WAITING, OutboxMessage.next_at > at)
        .values(next_at=at)
    )


def claim(
    session: Session,
    *,
    at: datetime,
    lease: timedelta,
    limit: int = 50,
    ready_at: datetime | None = None,
) -> list[int]:
    """Take up to `limit` messages that are ready, or whose dead taker's lease ran out.

    With `ready_at` only those that were ready at that moment. Return their ids. Two processes
    never take the same row: SKIP LOCKED on PostgreSQL, the IMMEDIATE transaction on SQLite.
    """
    ready = (
        select(OutboxMessage.id)
        .where(
            OutboxMessage.state.in_((MessageState.WAITING, MessageState.CLAIMED)),
            OutboxMessage.next_at <= (ready_at or at),
            or_(
                OutboxMessage.lease_until.is_(None),
                OutboxMessage.lease_until <= at,
                # Given by a clock that was moved back since; clocks of machines differ by less.
                OutboxMessage.lease_until > at + 10 * lease,
            ),
        )
        .order_by(OutboxMessage.next_at, OutboxMessage.id)
        .limit(limit)
    )
    ids = _locked(session, ready)
    if ids:
        ids += _locked(session, _joining(ids))
        session.execute(
            update(OutboxMessage)
            .where(OutboxMessage.id.in_(ids))
            .values(
                state=MessageState.CLAIMED,
                lease_until=at + lease,
                attempts=OutboxMessage.attempts + 1,
            )
        )
    return ids


def _joining(ids: list[int]) -> Select[int]:
    """Return the query for what waits to leave as one mail with the messages `ids`."""
    first = aliased(OutboxMessage)
    return (
        select(OutboxMessage.id)
        .where(
            OutboxMessage.state == MessageState.WAITING,
            OutboxMessage.join_key != "",
            OutboxMessage.id.not_in(ids),
            exists().where(
                first.id.in_(ids),
                first.recipient == OutboxMessage.recipient,
                first.join_key == OutboxMessage.join_key,
            ),
        )
        .order_by(OutboxMessage.id)
    )


def _locked(session: Session, query: Select[int]) -> list[int]:
    if is_postgresql(session):
        query = query.with_for_update(skip_locked=True, of=OutboxMessage)
    return list(session.scalars(query))


def release(
    session: Session, ids: Iterable[int], *, next_at: datetime | None = None, answer: str = ""
) -> None:
    """Give back claimed messages that were not tried, or by no fault of theirs.

    `next_at` is when they are ready again (at once), `answer` what stood in the way.
    """
    values: dict[str, Any] = {"state": MessageState.WAITING, "lease_until": None}
    if next_at is not None:
        values["next_at"] = next_at
    if answer:
        values["answer"] = answer
    session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.id.in_(list(ids)), OutboxMessage.state == MessageState.CLAIMED)
        .values(attempts=OutboxMessage.attempts - 1, **values)
    )


def try_again(message: OutboxMessage, *, at: datetime) -> None:
    """Let a failed message start afresh."""
    message.state = MessageState.WAITING
    message.attempts = 0
    message.next_at = at


def note_sent(
    session: Session, ids: Iterable[int], *, at: datetime, answer: str, channel: str = MAIL
) -> None:
    """Mark messages as taken by the server, with the server's answer."""
    session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.id.in_(list(ids)))
        .values(
            state=MessageState.SENT, sent_at=at, lease_until=None, answer=answer, channel=channel
        )
    )


def note_failure(
    session: Session,
    ids: Iterable[int],
    *,
    at: datetime,
    answer: str,
    permanent: bool,
    channel: str = MAIL,
    jitter: Callable[[], float] = random.random,
) -> int:
    """Plan the next attempt, or give up and show it; return how many were given up.

    A message is tried MAX_ATTEMPTS times with a PAUSE between; `permanent` ends it at once.
    """
    gave_up = true() if permanent else OutboxMessage.attempts >= MAX_ATTEMPTS
    open_ = OutboxMessage.id.in_(list(ids)), OutboxMessage.state == MessageState.CLAIMED
    given_up = session.execute(
        update(OutboxMessage)
        .where(*open_, gave_up)
        .values(
            state=MessageState.FAILED,
            next_at=at,
            lease_until=None,
            answer=answer,
            channel=channel,
        )
        .returning(OutboxMessage.id)
    ).all()
    session.execute(
        update(OutboxMessage)
        .where(*open_)
        .values(
            state=MessageState.WAITING,
            next_at=at + PAUSE * (0.9 + jitter() / 5),
            lease_until=None,
            answer=answer,
            channel=channel,
        )
    )
    return len(given_up)
