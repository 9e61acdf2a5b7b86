"""Mail: letters from templates in the reader's language, and messages as mails.

The templates have their own environment on the same catalogue, so that actions need no Flask.
How mails leave is in `channels`.
"""

import hashlib
import re
from collections.abc import Sequence
from datetime import date, datetime
from email.errors import HeaderParseError
from email.header import Header
from email.headerregistry import Address
from email.message import Message
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.policy import compat32
from email.utils import format_datetime, formataddr
from enum import StrEnum
from functools import lru_cache
from gettext import NullTranslations
from pathlib import Path

from babel.support import Translations
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import escape

from tracker.outbox import Letter, OutboxMessage, PermanentFailure
from tracker.words import label_of
from tracker.workdays import OFFICE_ZONE

PACKAGE = Path(__file__).parent
TEMPLATES = [PACKAGE / "templates" / "emails", PACKAGE.parent / "templates" / "emails"]
"""Inside the package when installed, beside it in a checkout."""

PLAIN_ADDRESS = re.compile(
    r"(?P<local>[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+)@(?P<domain>[^\s@<>,;:\"()]+)"
)
ON_THE_WIRE = compat32.clone(linesep="\r\n")

FOOT = "\n-- \n"
PAGE_BEGINS, PAGE_ENDS = "<!-- letter -->", "<!-- /letter -->"
"""Around what a mail says, in its text and in its HTML, so that mails can be joined."""


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


def compose(message: OutboxMessage, *, sender: str) -> Message:
    """Return `message` as a mail. The same key always gives the same Message-ID.

    PermanentFailure: the recipient's address is none, or the text cannot be written as a mail.
    """
    try:
        return _composed(message, sender)
    except (ValueError, HeaderParseError) as error:
        raise PermanentFailure(f"cannot be written as a mail: {one_line(str(error))}") from error


def _composed(message: OutboxMessage, sender: str) -> Message:
    # The classic classes: the modern ones parse and fold every header, ten times as slow.
    text = MIMEText(message.body, "plain", "utf-8", policy=ON_THE_WIRE)
    mail: MIMEText | MIMEMultipart = text
    if message.html:
        page = MIMEText(message.html, "html", "utf-8", policy=ON_THE_WIRE)
        mail = MIMEMultipart("alternative", None, [text, page], policy=ON_THE_WIRE)
    domain = sender.rpartition("@")[2] or "localhost"
    mail["From"] = formataddr(("Conclusion Tracker", sender))
    mail["To"] = address_of(message.recipient).addr_spec
    mail["Subject"] = Header(one_line(message.subject), "utf-8").encode()
    mail["Date"] = format_datetime(message.created_at)
    mail["Message-ID"] = f"<{digest_of(message.key)}@{domain}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    mail["List-Id"] = f"Conclusion Tracker <conclusion-tracker.{domain}>"
    return mail


def joined(messages: Sequence[OutboxMessage]) -> OutboxMessage:
    """Return messages to one address as one: under the first one's key, hence its Message-ID.

    Each part keeps its subject as a heading; what every mail says at its foot stands there once.
    The answer is no row of the outbox.
    """
    first, others = messages[0], messages[1:]
    if not others:
        return first
    texts = [message.body.partition(FOOT) for message in messages]
    body = "\n\n".join(
        f"{message.subject.upper()}\n\n{text.strip()}"
        for message, (text, _, _) in zip(messages, texts, strict=True)
    )
    pages = [message.html.partition(PAGE_BEGINS) for message in messages]
    parts = [page.partition(PAGE_ENDS)[0] for _, _, page in pages]
    head, tail = pages[0][0], pages[0][2].partition(PAGE_ENDS)[2]
    headed = "".join(
        f"<h2>{escape(message.subject)}</h2>{part}"
        for message, part in zip(messages, parts, strict=True)
    )
    return OutboxMessage(
        key=first.key,
        recipient=first.recipient,
        person_id=first.person_id,
        subject=f"{first.subject} (+{len(others)})",
        body=f"{body}\n{FOOT}{texts[0][2].strip()}\n",
        html=f"{head}{headed}{tail}" if all(parts) else "",
        created_at=first.created_at,
    )


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
