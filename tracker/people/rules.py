"""Rules of accounts: passwords, posts, lock-out. Pure."""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from tracker.errors import N_, BadInput
from tracker.permissions import Role

PASSWORD_LENGTH = 10
PASSWORD_LIMIT = 200
WINDOW = timedelta(minutes=15)
FAILURES_PER_EMAIL = 5
FAILURES_PER_ADDRESS = 20

CHAT_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
"""What a person's id at a chat service may be: nothing that could lead an address elsewhere."""

_MIXED = 4


def tidy_email(text: str) -> str:
    """Return an e-mail address as it is kept: without surrounding space, in lower case."""
    return text.strip().lower()


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


COMMITTEE_ROLES = frozenset({Role.SECRETARIAT, Role.CHAIRPERSON, Role.ADVISER, Role.VIEWER})
PLACED_ROLES = frozenset({Role.UNIT_HEAD, Role.FOCAL_POINT, Role.OFFICER, Role.APPRAISER})


def check_post(
    role: Role,
    *,
    unit_id: int | None,
    committee_id: int | None,
    starts_on: date,
    ends_on: date | None = None,
) -> None:
    """Refuse a post over nothing: a unit's role without a unit, a committee's without one.

    BadInput names the field.
    """
    if role in PLACED_ROLES and unit_id is None:
        raise BadInput(N_("This role is held in a unit. Choose the unit."), field="unit_id")
    if role in COMMITTEE_ROLES and committee_id is None:
        raise BadInput(
            N_("This role is held in a steering committee. Choose the committee."),
            field="committee_id",
        )
    if ends_on is not None and ends_on < starts_on:
        raise BadInput(N_("The last day lies before the first day."), field="ends_on")
