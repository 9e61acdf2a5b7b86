"""The ways in which a message leaves the house: SMTP, or files while no server is set."""

from typing import Protocol

from config import Config
from tracker.channels.folder import FolderSender
from tracker.channels.smtp import SmtpSender
from tracker.outbox import OutboxMessage


class Sender(Protocol):
    """Takes messages to where they go; use it in a `with` block."""

    def __enter__(self) -> "Sender": ...

    def __exit__(self, *error: object) -> None: ...

    def send(self, message: OutboxMessage) -> str:
        """Send one message and return the server's answer.

        PermanentFailure: this message will never be taken. TemporaryFailure: perhaps later.
        ServerUnavailable: no message can be sent now.
        """


def sender_for(config: Config) -> Sender:
    """Return how this installation sends mail."""
    if config.smtp_servers:
        return SmtpSender(config)
    return FolderSender(config.mail_folder, sender=config.smtp_from)


__all__ = ["FolderSender", "Sender", "SmtpSender", "sender_for"]
