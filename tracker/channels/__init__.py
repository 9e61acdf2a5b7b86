"""The ways in which a message leaves the house: SMTP, files while no server is set, chat."""

from typing import Protocol

from config import Config
from tracker.channels.chat import ChatSender
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


def chat_for(config: Config) -> ChatSender | None:
    """Return how this installation reaches chat services; None: it has none."""
    if not config.chat_services:
        return None
    return ChatSender(dict(config.chat_services), public_url=config.public_url)


__all__ = [
    "ChatSender",
    "FolderSender",
    "Sender",
    "SmtpSender",
    "chat_for",
    "sender_for",
]
