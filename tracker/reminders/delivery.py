"""Deliver what waits in the outbox: claim in one transaction, send outside any, note in another.

A crash between the server's "accepted" and our note repeats that one mail, with the same
Message-ID, once its lease has run out.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import func, select

from tracker import outbox
from tracker.db import transaction
from tracker.mail import Sender, ServerUnavailable, TemporaryFailure
from tracker.outbox import MessageState, OutboxMessage, PermanentFailure

BATCH = 20
log = structlog.get_logger(__name__)


@dataclass
class Delivery:
    """What one run did: `sent` and given up (`failed`); `waiting` is what is left afterwards."""

    sent: int = 0
    failed: int = 0
    waiting: int = 0

    def summary(self) -> dict[str, int]:
        """Return the figures by name."""
        return asdict(self)


def deliver_waiting(
    sender: Sender, *, now: Callable[[], datetime], lease: timedelta, hurry: bool = False
) -> Delivery:
    """Send every message that is ready; with `hurry` also those that pause between attempts.

    One bad address holds up nobody. When the server cannot be reached the run ends: the message
    that met it pauses, the others stay as they are.
    """
    done = Delivery()
    if hurry:
        with transaction() as session:
            outbox.hurry(session, at=now())
    with sender:
        started = now()
        while batch := _claim(started, now(), lease):
            if not _send(batch, sender, done, now=now, until=now() + lease / 2):
                break
    with transaction() as session:
        done.waiting = (
            session.scalar(
                select(func.count()).where(
                    OutboxMessage.state.in_((MessageState.WAITING, MessageState.CLAIMED))
                )
            )
            or 0
        )
    return done


def _claim(started: datetime, at: datetime, lease: timedelta) -> list[OutboxMessage]:
    """Take a batch of what was ready when the run started, so that a run ends."""
    with transaction() as session:
        ids = outbox.claim(session, at=at, ready_at=started, lease=lease, limit=BATCH)
        found = session.scalars(
            select(OutboxMessage).where(OutboxMessage.id.in_(ids)).order_by(OutboxMessage.id)
        )
        return list(found)


def _send(
    batch: list[OutboxMessage],
    sender: Sender,
    done: Delivery,
    *,
    now: Callable[[], datetime],
    until: datetime,
) -> bool:
    """Send a batch; return False when the server cannot be reached.

    What is not begun by `until` is given back: its lease could run out while it is being sent.
    """
    for position, message in enumerate(batch):
        if now() > until:
            _release(batch[position:])
            return True
        try:
            answer = sender.send(message)
        except PermanentFailure as error:
            done.failed += 1
            _note_failure(message, str(error), at=now(), permanent=True)
        except TemporaryFailure as error:
            done.failed += _note_failure(message, str(error), at=now(), permanent=False)
        except ServerUnavailable as error:
            log.warning("mail server unavailable", reason=str(error))
            done.failed += _note_failure(message, str(error), at=now(), permanent=False)
            _release(batch[position + 1 :])
            return False
        else:
            done.sent += 1
            with transaction() as session:
                outbox.note_sent(session, message.id, at=now(), answer=answer)
    return True


def _note_failure(message: OutboxMessage, answer: str, *, at: datetime, permanent: bool) -> bool:
    """Note a failed attempt; return whether the message is given up."""
    log.warning("mail not sent", message=message.id, answer=answer, permanent=permanent)
    with transaction() as session:
        return outbox.note_failure(session, message, at=at, answer=answer, permanent=permanent)


def _release(messages: list[OutboxMessage]) -> None:
    if messages:
        with transaction() as session:
            outbox.release(session, [message.id for message in messages])
