"""SMTP: many mails over one connection, a second server when the first cannot be reached."""

import smtplib
import ssl
import time
from collections.abc import Callable
from contextlib import suppress
from email.message import Message

from config import Config, SmtpServer
from tracker.mail import compose, one_line
from tracker.outbox import OutboxMessage, PermanentFailure, ServerUnavailable, TemporaryFailure

STEP_SECONDS = 15
"""The longest wait for one answer of a server."""

OURS = frozenset({503, 530, 534, 535, 538})
"""Permanent SMTP answers that speak of our own settings, not of the recipient: worth retrying."""

CLOSING = 421
"""The server ends the conversation, whatever was asked."""


class SmtpSender:
    """Sends over one connection, opened when first needed and opened anew when it broke.

    A server that cannot be reached or refuses us is left alone until the next `with` block, and
    the next one set takes over. One mail takes at most half of the lease (see `_seconds`), so
    that nobody else takes it up while a slow server still answers.
    """

    def __init__(self, config: Config, *, ticks: Callable[[], float] = time.monotonic) -> None:
        self.config = config
        self._ticks = ticks
        self._until = ticks()
        self._smtp: smtplib.SMTP | None = None
        self._servers = list(config.smtp_servers)

    def __enter__(self) -> "SmtpSender":
        self._servers = list(self.config.smtp_servers)
        return self

    def __exit__(self, *error: object) -> None:
        self._drop()

    def send(self, message: OutboxMessage) -> str:
        """Send one message; the server's answer to its text is returned."""
        mail = compose(message, sender=self.config.smtp_from)
        self._until = self._ticks() + self.config.delivery_lease_seconds / 2
        reasons = []
        while self._servers:
            try:
                return self._send_by(self._servers[0], mail)
            except ServerUnavailable as error:
                reasons.append(str(error))
                self._servers.pop(0)
                self._drop()
        raise ServerUnavailable("; ".join(reasons) or "no mail server answers")

    def _send_by(self, server: SmtpServer, mail: Message) -> str:
        smtp = self._begin(server)
        try:
            _check(*self._ask(smtp, lambda: smtp.rcpt(mail["To"])))
            answer = self._ask(smtp, lambda: _data(smtp, mail.as_bytes()))
            _check(*answer)
        except (PermanentFailure, TemporaryFailure):
            self._leave_transaction(smtp)
            raise
        except (smtplib.SMTPException, OSError) as error:
            # Perhaps this very mail breaks the connection: it counts as tried.
            self._drop()
            raise TemporaryFailure(f"the connection broke: {_reason(error)}") from error
        return _answer(*answer)

    def _begin(self, server: SmtpServer) -> smtplib.SMTP:
        """Return a connection in which the mail transaction has begun. ServerUnavailable."""
        if self._smtp is not None:  # it may have been idle for too long
            with suppress(smtplib.SMTPException, OSError):
                if self._mail_from(self._smtp)[0] < 400:
                    return self._smtp
            self._drop()
        try:
            self._smtp = self._open(server)
            code, answer = self._mail_from(self._smtp)
        except (smtplib.SMTPException, OSError) as error:
            raise ServerUnavailable(f"{server.host}: {_reason(error)}") from error
        if code >= 400:  # says something of us, hence of every message
            raise ServerUnavailable(f"{server.host}: {_answer(code, answer)}")
        return self._smtp

    def _mail_from(self, smtp: smtplib.SMTP) -> tuple[int, bytes]:
        return self._ask(smtp, lambda: smtp.mail(self.config.smtp_from))

    def _leave_transaction(self, smtp: smtplib.SMTP) -> None:
        try:
            self._ask(smtp, smtp.rset)
        except (smtplib.SMTPException, OSError):
            self._drop()

    def _ask(
        self, smtp: smtplib.SMTP, question: Callable[[], tuple[int, bytes]]
    ) -> tuple[int, bytes]:
        """Return the server's answer within what is left of this mail's time."""
        if smtp.sock is not None:
            smtp.sock.settimeout(self._seconds())
        code, answer = question()
        if code == CLOSING:
            raise smtplib.SMTPServerDisconnected(_answer(code, answer))
        return code, answer

    def _seconds(self) -> float:
        return max(0.1, min(STEP_SECONDS, self._until - self._ticks()))

    def _open(self, server: SmtpServer) -> smtplib.SMTP:
        trusted = ssl.create_default_context()
        if self.config.smtp_ca:
            trusted.load_verify_locations(self.config.smtp_ca)
        wait = self._seconds()
        smtp: smtplib.SMTP
        if server.security == "tls":
            smtp = smtplib.SMTP_SSL(server.host, server.port, timeout=wait, context=trusted)
        else:
            smtp = smtplib.SMTP(server.host, server.port, timeout=wait)
        try:
            if server.security == "starttls":
                smtp.starttls(context=trusted)
            smtp.ehlo_or_helo_if_needed()
            if server.user:
                smtp.login(server.user, server.password)
        except Exception:
            smtp.close()
            raise
        return smtp

    def _drop(self) -> None:
        if self._smtp is not None:
            with suppress(smtplib.SMTPException, OSError):
                self._ask(self._smtp, self._smtp.quit)
            self._smtp.close()
            self._smtp = None


def _data(smtp: smtplib.SMTP, content: bytes) -> tuple[int, bytes]:
    """Hand over the text; return the answer to it, or the refusal to begin it."""
    try:
        return smtp.data(content)
    except smtplib.SMTPDataError as refused:
        error = refused.smtp_error
        return refused.smtp_code, error if isinstance(error, bytes) else error.encode()


def _check(code: int, answer: bytes) -> None:
    """Raise what a refusal means for one message."""
    if code < 400:
        return
    if code >= 500 and code not in OURS:
        raise PermanentFailure(_answer(code, answer))
    raise TemporaryFailure(_answer(code, answer))


def _answer(code: int, answer: bytes | str) -> str:
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else str(answer)
    return one_line(f"{code} {text}")[:500]


def _reason(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return _answer(error.smtp_code, error.smtp_error)
    return one_line(f"{type(error).__name__}: {error}")[:500]
