"""Mail: letters from templates in the reader's language, and the two ways to send them.

The templates have their own environment on the same catalogue, so that actions need no Flask.
Without an SMTP host mails become .eml files in the instance folder.
"""

import hashlib
import re
import smtplib
import ssl
from contextlib import suppress
from datetime import date, datetime
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from enum import StrEnum
from functools import lru_cache
from gettext import NullTranslations
from pathlib import Path
from typing import Protocol

from babel.support import Translations
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from config import Config
from tracker.outbox import Letter, OutboxMessage, PermanentFailure
from tracker.words import label_of
from tracker.workdays import OFFICE_ZONE

PACKAGE = Path(__file__).parent
TEMPLATES = [PACKAGE / "templates" / "emails", PACKAGE.parent / "templates" / "emails"]
"""Inside the package when installed, beside it in a checkout."""

PLAIN_ADDRESS = re.compile(
    r"(?P<local>[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+)@(?P<domain>[^\s@<>,;:\"()]+)"
)
TIMEOUT_SECONDS = 15
OURS = frozenset({503, 530, 534, 535, 538})
"""Permanent SMTP answers that speak of our own settings, not of the recipient: worth retrying."""


class ServerUnavailable(Exception):
    """The mail server cannot be reached or refuses us: every message has to wait."""


class TemporaryFailure(Exception):
    """The server may take this one message later."""


# Letters --------------------------------------------------------------------------------------


def render(
    name: str,
    /,
    *,
    language: str,
    recipient: str,
    public_url: str,
    person_id: int | None = None,
    **values: object,
) -> Letter:
    """Return the letter `templates/emails/<name>/` (subject.txt, body.txt, body.html).

    `values` are what the templates show; they see `public_url` and `language` too.
    """
    environment = _environment(language)
    known = {"public_url": public_url, "language": language, **values}
    subject, body, html = (
        environment.get_template(f"{name}/{part}").render(known)
        for part in ("subject.txt", "body.txt", "body.html")
    )
    return Letter(
        recipient=recipient,
        person_id=person_id,
        subject=one_line(subject),
        body=body.strip() + "\n",
        html=html.strip() + "\n",
    )


def one_line(text: str) -> str:
    """Return `text` fit for a header: one line without control characters."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


@lru_cache(maxsize=8)
def _environment(language: str) -> Environment:
    """Return the templates of mails in one language; English is what the templates say."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(("html",), default_for_string=False),
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    catalogue = _catalogue(language)
    environment.install_gettext_translations(catalogue, newstyle=True)  # type: ignore[attr-defined]
    environment.filters.update(
        day=_day, moment=_moment, label=lambda member: _label(catalogue, member)
    )
    return environment


def _catalogue(language: str) -> NullTranslations:
    return Translations.load(PACKAGE / "translations", [language])


def _label(catalogue: NullTranslations, member: StrEnum | None) -> str:
    return "" if member is None else catalogue.gettext(label_of(member))


def _day(value: date | None) -> str:
    return f"{value.day:02d}/{value.month:02d}/{value.year:04d}" if value else ""


def _moment(value: datetime | None) -> str:
    if value is None:
        return ""
    local = value.astimezone(OFFICE_ZONE)
    return f"{_day(local.date())} {local.hour:02d}:{local.minute:02d}"


# Messages -------------------------------------------------------------------------------------


def compose(message: OutboxMessage, *, sender: str) -> EmailMessage:
    """Return `message` as a mail. The same key always gives the same Message-ID.

    PermanentFailure: the recipient's address is none.
    """
    domain = sender.rpartition("@")[2] or "localhost"
    mail = EmailMessage(policy=SMTP_POLICY)
    mail["From"] = Address("Conclusion Tracker", addr_spec=sender)
    mail["To"] = address_of(message.recipient)
    mail["Subject"] = one_line(message.subject)
    mail["Date"] = message.created_at
    mail["Message-ID"] = f"<{digest_of(message.key)}@{domain}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    mail["List-Id"] = f"Conclusion Tracker <conclusion-tracker.{domain}>"
    mail.set_content(message.body)
    if message.html:
        mail.add_alternative(message.html, subtype="html")
    return mail


def address_of(text: str) -> Address:
    """Return the address that `text` is, its domain in ASCII. PermanentFailure: it is none."""
    found = PLAIN_ADDRESS.fullmatch(text)
    try:
        if found is not None:
            domain = found["domain"].encode("idna").decode("ascii")
            return Address(addr_spec=f"{found['local']}@{domain}")
    except (UnicodeError, ValueError, HeaderParseError):
        pass
    raise PermanentFailure(f"not a mail address: {one_line(text)}")


def digest_of(key: str) -> str:
    """Return the stable name of a message from its key in the outbox."""
    return hashlib.sha256(key.encode()).hexdigest()[:32]


# Senders --------------------------------------------------------------------------------------


class Sender(Protocol):
    """Takes messages to where they go; use it in a `with` block."""

    def __enter__(self) -> "Sender": ...

    def __exit__(self, *error: object) -> None: ...

    def send(self, message: OutboxMessage) -> str:
        """Send one message and return the server's answer.

        PermanentFailure: this message will never be taken. TemporaryFailure: perhaps later.
        ServerUnavailable: no message can be sent now.
        """


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
        """Write the mail at once, never half of it."""
        content = compose(message, sender=self.sender).as_bytes()
        name = f"{message.created_at:%Y%m%d}-{digest_of(message.key)[:16]}.eml"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            unfinished = self.folder / f".{name}"
            unfinished.write_bytes(content)
            unfinished.replace(self.folder / name)
        except OSError as error:
            raise ServerUnavailable(f"the mail folder cannot be written: {error}") from error
        return name


class SmtpSender:
    """Sends over one SMTP connection, opened when first needed and opened anew when it broke."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self._smtp: smtplib.SMTP | None = None

    def __enter__(self) -> "SmtpSender":
        return self

    def __exit__(self, *error: object) -> None:
        self._drop()

    def send(self, message: OutboxMessage) -> str:
        """Send one message; the server's answer to its text is returned."""
        mail = compose(message, sender=self.config.smtp_from)
        smtp = self._connection()
        try:
            return self._hand_over(smtp, mail)
        except (PermanentFailure, TemporaryFailure):
            with suppress(smtplib.SMTPException, OSError):
                smtp.rset()
            raise
        except (smtplib.SMTPException, OSError) as error:
            self._drop()
            raise ServerUnavailable(_reason(error)) from error

    def _hand_over(self, smtp: smtplib.SMTP, mail: EmailMessage) -> str:
        code, answer = smtp.mail(self.config.smtp_from)
        if code >= 400:  # says something of us, hence of every message
            raise smtplib.SMTPResponseException(code, answer)
        _check(*smtp.rcpt(mail["To"].addresses[0].addr_spec))
        try:
            code, answer = smtp.data(mail.as_bytes())
        except smtplib.SMTPDataError as refused:
            _check(refused.smtp_code, refused.smtp_error)
            raise
        _check(code, answer)
        return _answer(code, answer)

    def _connection(self) -> smtplib.SMTP:
        """Return the open connection, after asking whether it still answers."""
        if self._smtp is not None:
            try:
                if self._smtp.noop()[0] == 250:
                    return self._smtp
            except (smtplib.SMTPException, OSError):
                pass
            self._drop()
        try:
            self._smtp = self._open()
        except (smtplib.SMTPException, OSError) as error:
            raise ServerUnavailable(_reason(error)) from error
        return self._smtp

    def _open(self) -> smtplib.SMTP:
        config = self.config
        trusted = ssl.create_default_context()
        smtp: smtplib.SMTP
        if config.smtp_security == "tls":
            smtp = smtplib.SMTP_SSL(
                config.smtp_host, config.smtp_port, timeout=TIMEOUT_SECONDS, context=trusted
            )
        else:
            smtp = smtplib.SMTP(config.smtp_host, config.smtp_port, timeout=TIMEOUT_SECONDS)
        try:
            if config.smtp_security == "starttls":
                smtp.starttls(context=trusted)
            smtp.ehlo_or_helo_if_needed()
            if config.smtp_user:
                smtp.login(config.smtp_user, config.smtp_password)
        except Exception:
            smtp.close()
            raise
        return smtp

    def _drop(self) -> None:
        if self._smtp is not None:
            with suppress(smtplib.SMTPException, OSError):
                self._smtp.quit()
            self._smtp = None


def sender_for(config: Config) -> Sender:
    """Return how this installation sends mail."""
    if config.smtp_host:
        return SmtpSender(config)
    return FolderSender(config.mail_folder, sender=config.smtp_from)


def _check(code: int, answer: bytes | str) -> None:
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
