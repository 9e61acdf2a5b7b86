"""One-tap links: what a mail's reader may do about one task without signing in. Pure.

A link is signed with its person's own key, expires, and works once (`LinkUse`). A new key makes
every earlier link of the person void.
"""

import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import date, timedelta

LINK_DAYS = 14
"""How many days after the mail its links work."""

_TOKEN = re.compile(r"([1-9]\d{0,9})-([1-9]\d{0,9})-(\d{8})-([0-9a-f]{40})")


@dataclass(frozen=True)
class Link:
    """What a token says of itself; it is worth nothing before `is_genuine`."""

    person_id: int
    task_id: int
    issued_on: date
    signature: str

    def is_genuine(self, key: str) -> bool:
        """Tell whether the person's `key` signed this link."""
        wanted = _signature(self.person_id, self.task_id, self.issued_on, key)
        return bool(key) and hmac.compare_digest(self.signature, wanted)

    def has_expired(self, today: date) -> bool:
        """Tell whether the link is too old, or from a day that is still to come."""
        return not self.issued_on <= today <= self.issued_on + timedelta(days=LINK_DAYS)


def token_for(person_id: int, task_id: int, *, issued_on: date, key: str) -> str:
    """Return the token of a day's link for a person and a task; the same each time."""
    signature = _signature(person_id, task_id, issued_on, key)
    return f"{person_id}-{task_id}-{issued_on:%Y%m%d}-{signature}"


def link_for(
    person_id: int | None, task_id: int, *, issued_on: date, key: str, public_url: str
) -> str:
    """Return the address of a link; empty for a mailbox that is nobody's or has no key."""
    if person_id is None or not key:
        return ""
    return f"{public_url}/link/{token_for(person_id, task_id, issued_on=issued_on, key=key)}"


def read_token(token: str) -> Link | None:
    """Return what a token says, or None when it cannot be one."""
    found = _TOKEN.fullmatch(token)
    if found is None:
        return None
    try:
        issued_on = date(int(found[3][:4]), int(found[3][4:6]), int(found[3][6:]))
    except ValueError:
        return None
    return Link(int(found[1]), int(found[2]), issued_on, found[4])


def without_links(text: str) -> str:
    """Return the text of a mail with its one-tap links made useless, for other readers' eyes."""
    return _TOKEN.sub("…", text)


def _signature(person_id: int, task_id: int, issued_on: date, key: str) -> str:
    words = f"one-tap:{person_id}:{task_id}:{issued_on.isoformat()}"
    return hmac.new(key.encode(), words.encode(), hashlib.sha256).hexdigest()[:40]
