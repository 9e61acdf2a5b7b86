"""What the head and foot of a document say of it: number, date, excerpt, signer."""

import re
from dataclasses import dataclass
from datetime import date

from tracker.extraction.words import CAPITAL, SMALL

_HEAD = 4_000
_NUMBER = re.compile(
    r"(?<!\w)số\s*:\s*[*_]*(?P<number>\d{1,6}\s?(?:/\s?\d{4})?\s?/\s?[A-ZĐ][A-ZĐ0-9&]*(?:\s?[-–]\s?[A-ZĐ0-9&]+){0,4})",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"(?:^|[,\n])[^\n]{0,40}?ngày\s+(?P<day>\d{1,2})\s+tháng\s+(?P<month>\d{1,2})\s+năm\s+(?P<year>\d{4})",
    re.IGNORECASE,
)
_EXCERPT = re.compile(
    r"(?:V/v|Về\s+việc|THÔNG\s+BÁO\s*[*_]*\s*\n)\s*:?\s*[*_]*(?P<excerpt>[^\n][^\n]{5,300}(?:\n(?!\s*(?:Kính|Căn|Ngày|Thực|Sáng|Chiều|[IVX]+\.|\d|-))[^\n]{5,200})?)"
)
_SIGNED = re.compile(
    rf"(?:TM|KT|TL|TUQ|Q)\.\s[^\n]*\n(?:[^\n]*\n){{0,6}}?\s*[*_]*(?P<name>[{CAPITAL}][{SMALL}]+(?:\s[{CAPITAL}][{SMALL}]+){{1,4}})[*_]*\s*(?:\n|$)"
)
_WHITE = re.compile(r"\s+")


@dataclass(frozen=True)
class Letterhead:
    """Fields found at the edge of a document; empty where it does not say.

    `end` is where the head of the document ends, in characters of the text as read.
    """

    number: str = ""
    issued_on: date | None = None
    excerpt: str = ""
    signer: str = ""
    end: int = 0


def read_letterhead(text: str) -> Letterhead:
    """Find the document's own number and date, its excerpt and who signed."""
    head, foot = text[:_HEAD], text[-_HEAD:]
    number = _NUMBER.search(head)
    excerpt = _EXCERPT.search(head)
    signed = _SIGNED.search(foot)
    dated = _DATE.search(head) if number else None
    fields = (number, excerpt if number else None, dated)
    return Letterhead(
        _WHITE.sub("", number["number"]) if number else "",
        _date(dated) if dated else None,
        _WHITE.sub(" ", excerpt["excerpt"]).strip(" *_") if excerpt else "",
        signed["name"] if signed else "",
        max((found.end() for found in fields if found), default=0),
    )


def _date(found: re.Match[str]) -> date | None:
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None
