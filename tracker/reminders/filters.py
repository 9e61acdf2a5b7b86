"""What an address asks of the ledger."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TypeVar

from tracker.reminders.queries import LedgerFilters, Result
from tracker.web import an_id

E = TypeVar("E", bound=StrEnum)
SHOWN_DAYS = 7


def read_filters(args: Mapping[str, str], day: date) -> LedgerFilters:
    """Return what the address asks for; without a first day the last week, or all of one task."""
    task = args.get("task", "").strip()[:60]
    usual = None if task else day - timedelta(days=SHOWN_DAYS)
    return LedgerFilters(
        first=_day(args["from"]) if "from" in args else usual,
        last=_day(args.get("to", "")),
        unit_id=_unit(args.get("unit", "")),
        task=task,
        person=args.get("person", "").strip()[:200],
        result=word_of(Result, args.get("result")),
    )


def _unit(text: str) -> int | None:
    try:
        return an_id(text)
    except ValueError:
        return None


def _day(text: str) -> date | None:
    for pattern in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text.strip(), pattern).date()  # noqa: DTZ007
        except ValueError:
            continue
    return None


def word_of(words: type[E], text: str | None) -> E | None:
    """Return the member that an address names, or None."""
    return words(text) if text in {word.value for word in words} else None
