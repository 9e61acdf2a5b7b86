"""Chat services (Zalo and others) through Apprise: where they are is the operator's setting."""

import re
from collections.abc import Mapping
from urllib.parse import quote

from tracker.mail import one_line
from tracker.outbox import OutboxMessage, PermanentFailure, ServerUnavailable, TemporaryFailure

LONGEST = 1800
"""Zalo takes 2,000 characters; the rest of a long message is in the program."""

_ANSWERED = re.compile(r"error=(\d{3})")
_WRONG_ID = frozenset({"400", "403", "404", "410"})


class ChatSender:
    """Sends to a person's id at one of the services; one that is down is left alone (`down`)."""

    def __init__(self, services: Mapping[str, str], *, public_url: str) -> None:
        self.services = services
        self.public_url = public_url

    def send(self, message: OutboxMessage, service: str, chat_id: str) -> str:
        """Send one message. PermanentFailure, TemporaryFailure or ServerUnavailable as for mail.

        PermanentFailure: the service is no longer set, or does not know the id.
        """
        if service not in self.services:
            raise PermanentFailure(f"{one_line(service)}: no such service is set up here")
        address = self.services[service].replace("{id}", quote(chat_id, safe=""))
        sent, said = _notify(address, one_line(message.subject), self._text(message))
        if sent:
            return f"{service}: taken"
        reason = one_line(said)[:500] or "refused without a reason"
        answered = _ANSWERED.search(said)
        if answered is None:
            raise ServerUnavailable(f"{service}: {reason}")
        if answered[1] in _WRONG_ID:
            raise PermanentFailure(f"{service}: {reason}")
        raise TemporaryFailure(f"{service}: {reason}")

    def _text(self, message: OutboxMessage) -> str:
        text = message.body.partition("\n-- \n")[0].strip()
        if len(text) > LONGEST:
            text = text[:LONGEST].rpartition("\n")[0].rstrip() + f"\n…\n{self.public_url}"
        return text


def _notify(address: str, title: str, body: str) -> tuple[bool, str]:
    """Return whether Apprise could send, and what it logged."""
    import apprise  # noqa: PLC0415  # takes long; most installations send mail only

    asset = apprise.AppriseAsset(async_mode=False, plugin_paths=[])
    target = apprise.Apprise(asset=asset)
    if not target.add(address):
        raise PermanentFailure("the service's address cannot be used with this id")
    with apprise.LogCapture(level=apprise.logging.WARNING) as log:  # type: ignore[no-untyped-call]
        sent = target.notify(title=title, body=body, body_format=apprise.NotifyFormat.TEXT)
        return bool(sent), log.getvalue()
