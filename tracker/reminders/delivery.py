"""Deliver what waits in the outbox: claim in one transaction, send outside any, note in another.

A crash between the server's "accepted" and our note repeats that one mail, with the same
Message-ID, once its lease has run out.
"""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import func, select

from tracker import mail, outbox
from tracker.channels import Sender
from tracker.db import transaction
from tracker.outbox import (
    MessageState,
    OutboxMessage,
    PermanentFailure,
    ServerUnavailable,
    TemporaryFailure,
)

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

    One bad address holds up nobody. When no server can be reached the run ends and everything
    waits as it is: an outage uses up nobody's attempts, however long it lasts.
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


Parcel = list[OutboxMessage]
"""Messages that leave as one mail: most often one."""


def _claim(started: datetime, at: datetime, lease: timedelta) -> list[Parcel]:
    """Take a batch of what was ready when the run started, so that a run ends."""
    with transaction() as session:
        ids = outbox.claim(session, at=at, ready_at=started, lease=lease, limit=BATCH)
        found = session.scalars(
            select(OutboxMessage).where(OutboxMessage.id.in_(ids)).order_by(OutboxMessage.id)
        )
        parcels: dict[tuple[str, str] | int, Parcel] = {}
        for message in found:
            alone = not message.join_key
            parcels.setdefault(
                message.id if alone else (message.recipient, message.join_key), []
            ).append(message)
        return list(parcels.values())


def _send(
    batch: list[Parcel],
    sender: Sender,
    done: Delivery,
    *,
    now: Callable[[], datetime],
    until: datetime,
) -> bool:
    """Send a batch; return False when no server can be reached.

    What is not begun by `until` is given back: its lease could run out while it is being sent.
    """
    for position, parcel in enumerate(batch):
        if now() > until:
            _release(batch[position:])
            return True
        try:
            answer = sender.send(mail.joined(parcel))
        except ServerUnavailable as error:
            log.warning("no mail server available", reason=str(error))
            _release(batch[position:], answer=str(error))
            return False
        except PermanentFailure as error:
            done.failed += _note_failure(parcel, str(error), at=now(), permanent=True)
        except TemporaryFailure as error:
            done.failed += _note_failure(parcel, str(error), at=now(), permanent=False)
        except Exception as error:  # a message that nobody foresaw must not stop the others
            log.exception("mail broke its sender", messages=_ids(parcel))
            reason = f"{type(error).__name__}: {error}"[:500]
            done.failed += _note_failure(parcel, reason, at=now(), permanent=False)
        else:
            done.sent += len(parcel)
            with transaction() as session:
                outbox.note_sent(session, _ids(parcel), at=now(), answer=answer)
    return True


def _note_failure(parcel: Parcel, answer: str, *, at: datetime, permanent: bool) -> int:
    """Note a failed attempt; return how many messages are given up."""
    log.warning("mail not sent", messages=_ids(parcel), answer=answer, permanent=permanent)
    with transaction() as session:
        return outbox.note_failure(session, _ids(parcel), at=at, answer=answer, permanent=permanent)


def _release(parcels: Iterable[Parcel], answer: str = "") -> None:
    ids = [id_ for parcel in parcels for id_ in _ids(parcel)]
    if ids:
        with transaction() as session:
            outbox.release(session, ids, answer=answer)


def _ids(parcel: Parcel) -> list[int]:
    return [message.id for message in parcel]
