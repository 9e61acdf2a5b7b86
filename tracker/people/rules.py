"""Rules of accounts: passwords, e-mail addresses, lock-out. Pure."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from tracker.errors import N_, BadInput

PASSWORD_LENGTH = 10
PASSWORD_LIMIT = 200
WINDOW = timedelta(minutes=15)
FAILURES_PER_EMAIL = 5
FAILURES_PER_ADDRESS = 20

_EMAIL = re.compile(r"[^@\s,;<>()\"]{1,64}@[^@\s,;<>()\"]+\.[^@\s,;<>()\".]{2,}")
_EMAIL_LENGTH = 254
_MIXED = 4


def tidy_email(text: str) -> str:
    """Return an e-mail address as it is kept: without surrounding space, in lower case."""
    return text.strip().lower()


def check_email(email: str, *, field: str = "email") -> None:
    """Refuse what cannot be an e-mail address. BadInput names `field`."""
    if len(email) > _EMAIL_LENGTH or not _EMAIL.fullmatch(email):
        raise BadInput(
            N_("“%(value)s” is not an e-mail address. Write it as name@office.gov.vn."),
            field=field,
            value=email[:60],
        )


def check_password(password: str, *, email: str) -> None:
    """Refuse a password that is easily guessed. BadInput at the field `new`."""
    if len(password) < PASSWORD_LENGTH:
        raise BadInput(
            N_("A password has at least %(length)s characters."),
            field="new",
            length=PASSWORD_LENGTH,
        )
    if len(password) > PASSWORD_LIMIT:
        raise BadInput(
            N_("A password has at most %(length)s characters."), field="new", length=PASSWORD_LIMIT
        )
    if password.casefold() == email.casefold() or len(set(password)) < _MIXED:
        raise BadInput(
            N_("This password is too easy to guess. Take several words, or letters and digits."),
            field="new",
        )


def locked_until(failures: Sequence[datetime], limit: int, *, at: datetime) -> datetime | None:
    """Return until when attempts are refused after `limit` failures in 15 minutes; None: not."""
    recent = sorted(moment for moment in failures if moment > at - WINDOW)
    return recent[-limit] + WINDOW if len(recent) >= limit else None
