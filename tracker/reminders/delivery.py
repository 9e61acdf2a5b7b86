"""Deliver what waits in the outbox: claim in one transaction, send outside any, note in another.

A crash between the server's "accepted" and our note repeats that one mail, with the same
Message-ID, once its lease has run out.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta

import structlog
from sqlalchemy import func, select

from tracker import mail, outbox
from tracker.channels import ChatSender, Sender
from tracker.db import transaction
from tracker.outbox import (
    MAIL,
    MessageState,
    OutboxMessage,
    PermanentFailure,
    ServerUnavailable,
    TemporaryFailure,
)
from tracker.people.queries import chat_places

BATCH = 20
OUTAGE_PAUSE = timedelta(seconds=30)
"""How long what goes by a channel that is down stays out of the way."""

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


Parcel = list[OutboxMessage]
"""Messages that leave as one mail: most often one."""

ChatPlaces = Mapping[int, tuple[str, str]]
"""Person id → the chat service and the id there, for those who chose one."""


@dataclass
class Post:
    """The ways out in one run; `down` are the channels that cannot be reached in it."""

    mail: Sender
    chat: ChatSender | None = None
    down: set[str] = field(default_factory=set)

    def channel_of(self, parcel: Parcel, places: ChatPlaces) -> str:
        """Return the way that a parcel takes: its person's choice while chat is set up."""
        place = self._place(parcel, places)
        return place[0] if place else MAIL

    def send(self, parcel: Parcel, places: ChatPlaces) -> str:
        """Send a parcel by its channel; see `channels.Sender.send`."""
        message, place = mail.joined(parcel), self._place(parcel, places)
        if self.chat and place:
            return self.chat.send(message, *place)
        return self.mail.send(message)

    def _place(self, parcel: Parcel, places: ChatPlaces) -> tuple[str, str] | None:
        return places.get(parcel[0].person_id or 0) if self.chat else None

    @property
    def is_shut(self) -> bool:
        """Tell whether nothing can leave in this run."""
        return MAIL in self.down and self.chat is None


def deliver_waiting(
    sender: Sender,
    *,
    now: Callable[[], datetime],
    lease: timedelta,
    hurry: bool = False,
    chat: ChatSender | None = None,
) -> Delivery:
    """Send every message that is ready; with `hurry` also those that pause between attempts.

    Messages go by mail through `sender`, or by `chat` where their person chose so. One bad
    address holds up nobody. What goes by a server that cannot be reached waits as it is: an
    outage uses up nobody's attempts, however long it lasts.
    """
    done, post = Delivery(), Post(sender, chat)
    if hurry:
        with transaction() as session:
            outbox.hurry(session, at=now())
    with sender:
        started = now()
        while not post.is_shut:
            batch, places = _claim(started, now(), lease)
            if not batch:
                break
            _send(batch, places, post, done, now=now, until=now() + lease / 2)
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


def _claim(started: datetime, at: datetime, lease: timedelta) -> tuple[list[Parcel], ChatPlaces]:
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
        persons = {parcel[0].person_id or 0 for parcel in parcels.values()}
        return list(parcels.values()), chat_places(session, persons)


def _send(
    batch: list[Parcel],
    places: ChatPlaces,
    post: Post,
    done: Delivery,
    *,
    now: Callable[[], datetime],
    until: datetime,
) -> None:
    """Send a batch.

    What is not begun by `until` is given back: its lease could run out while it is being sent.
    What goes by a channel that is down comes back after OUTAGE_PAUSE.
    """
    for position, parcel in enumerate(batch):
        if now() > until:
            _release(batch[position:])
            return
        channel = post.channel_of(parcel, places)
        if channel in post.down:
            _release([parcel], next_at=now() + OUTAGE_PAUSE)
            continue
        try:
            answer = post.send(parcel, places)
        except ServerUnavailable as error:
            log.warning("server unavailable", channel=channel, reason=str(error))
            post.down.add(channel)
            _release([parcel], next_at=now() + OUTAGE_PAUSE, answer=str(error))
        except PermanentFailure as error:
            done.failed += _note_failure(parcel, str(error), channel, at=now(), permanent=True)
        except TemporaryFailure as error:
            done.failed += _note_failure(parcel, str(error), channel, at=now(), permanent=False)
        except Exception as error:  # a message that nobody foresaw must not stop the others
            log.exception("message broke its sender", messages=_ids(parcel))
            reason = f"{type(error).__name__}: {error}"[:500]
            done.failed += _note_failure(parcel, reason, channel, at=now(), permanent=False)
        else:
            done.sent += len(parcel)
            with transaction() as session:
                outbox.note_sent(session, _ids(parcel), at=now(), answer=answer, channel=channel)


def _note_failure(
    parcel: Parcel, answer: str, channel: str, *, at: datetime, permanent: bool
) -> int:
    """Note a failed attempt; return how many messages are given up."""
    log.warning("message not sent", messages=_ids(parcel), answer=answer, permanent=permanent)
    with transaction() as session:
        return outbox.note_failure(
            session, _ids(parcel), at=at, answer=answer, permanent=permanent, channel=channel
        )


def _release(
    parcels: Iterable[Parcel], *, next_at: datetime | None = None, answer: str = ""
) -> None:
    ids = [id_ for parcel in parcels for id_ in _ids(parcel)]
    with transaction() as session:
        outbox.release(session, ids, next_at=next_at, answer=answer)


def _ids(parcel: Parcel) -> list[int]:
    return [message.id for message in parcel]
