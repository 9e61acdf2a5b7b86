"""Mails as .eml files in a folder, while no SMTP server is set."""

from contextlib import suppress
from pathlib import Path

from tracker.mail import compose, digest_of
from tracker.outbox import OutboxMessage, ServerUnavailable


class FolderSender:
    """Writes each mail as an .eml file: the same message twice is the same file."""

    def __init__(self, folder: Path, *, sender: str) -> None:
        self.folder = folder
        self.sender = sender

    def __enter__(self) -> "FolderSender":
        return self

    def __exit__(self, *error: object) -> None:
        pass

    def send(self, message: OutboxMessage) -> str:
        """Write the mail at once, never half of it. ServerUnavailable: the disk takes nothing."""
        content = compose(message, sender=self.sender).as_bytes()
        name = f"{message.created_at:%Y%m%d}-{digest_of(message.key)[:16]}.eml"
        unfinished = self.folder / f".{name}"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            unfinished.write_bytes(content)
            unfinished.replace(self.folder / name)
        except OSError as error:
            with suppress(OSError):
                unfinished.unlink(missing_ok=True)
            raise ServerUnavailable(f"the mail folder cannot be written: {error}") from error
        return name
