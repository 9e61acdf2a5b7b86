"""What imports and exports on the command line share."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from tracker.db import transaction


@dataclass(frozen=True)
class Wanted:
    """What an export is asked for: `sheet_format` is xlsx or csv."""

    sheet_format: str
    as_of: date


class _Rehearsed(Exception):
    """A dry run has come to its end; its transaction is rolled back."""


@contextmanager
def rehearsal(*, dry_run: bool) -> Iterator[Session]:
    """Open a transaction that a dry run rolls back at its end, after every check."""
    with suppress(_Rehearsed), transaction() as session:
        yield session
        if dry_run:
            raise _Rehearsed
