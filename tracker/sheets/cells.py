"""From a cell's text to its value; bad cells are collected so that a refusal names every row."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import TypeVar

from tracker.errors import N_, BadInput, RowError, RowErrors, RuleViolation
from tracker.folding import fold
from tracker.sheets.columns import Row

T = TypeVar("T")

NO_SUCH_DAY = N_("The calendar has no day “%(value)s”.")

YES = frozenset({"1", "x", "true", "có", "yes"})
NO = frozenset({"", "0", "false", "không", "no"})

_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[T ][0-9:.]+)?")
_DAY_FIRST = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
_NUMBER = re.compile(r"[+-]?[0-9]{1,20}(?:[.,][0-9]{1,20})?")
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?:([.,])[0-9]{3})(?:\1[0-9]{3})*(?!\1)[.,][0-9]{1,20}")
_SHOWN_LENGTH = 40
_FIRST_YEAR, _LAST_YEAR = 1900, 2199


class BadRows:
    """The bad cells met so far in an import.

    `read` a cell through a parser, `add` what a rule says, then `refuse` once, after the last row.
    """

    def __init__(self) -> None:
        self.errors: list[RowError] = []

    def read(self, row: Row, column: str, parse: Callable[[str], T]) -> T | None:
        """Return the parsed cell; None, and the refusal kept, if `parse` refuses it."""
        try:
            return parse(row.cells.get(column, ""))
        except RuleViolation as error:
            self.errors.append(RowError(row.line, column, error.message, error.params))
            return None

    def required(self, row: Row, column: str) -> str:
        """Return the cell's text; a blank cell is a bad one."""
        text = row.cells.get(column, "")
        if not text:
            self.add(row, column, N_("This cell may not be blank."))
        return text

    def add(self, row: Row, column: str | None, message: str, **params: object) -> None:
        """Keep one more refusal of `row`."""
        self.errors.append(RowError(row.line, column, message, params))

    def refuse(self) -> None:
        """RowErrors, in the order of lines, if anything was bad."""
        if self.errors:
            raise RowErrors(sorted(self.errors, key=lambda error: error.line))


def cell_date(text: str) -> date | None:
    """Read 2026-06-30 or 30/6/2026 (the time of day is left out); blank is None."""
    if not text:
        return None
    if found := _ISO.fullmatch(text):
        year, month, day = (int(part) for part in found.groups())
    elif found := _DAY_FIRST.fullmatch(text):
        day, month, year = (int(part) for part in found.groups())
    else:
        raise BadInput(
            N_("“%(value)s” is not a date. Write it as 30/06/2026 or 2026-06-30."),
            value=_shown(text),
        )
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise BadInput(NO_SUCH_DAY, value=_shown(text))
    try:
        return date(year, month, day)
    except ValueError as error:
        raise BadInput(NO_SUCH_DAY, value=_shown(text)) from error


def cell_decimal(text: str) -> Decimal | None:
    """Read a decimal number with comma or point, exactly; a percent sign is left out.

    One separator is always the decimal one ("1.234" is less than two); with two different ones
    the first groups thousands. Blank is None.
    """
    if not text:
        return None
    plain = re.sub(r"[\s\u00a0\u202f]", "", text).replace("\u2212", "-").removesuffix("%")
    if grouped := _GROUPED.fullmatch(plain):
        plain = plain.replace(grouped.group(1), "")
    if not _NUMBER.fullmatch(plain):
        raise BadInput(
            N_("“%(value)s” is not a number. Write it as 9,5 or 9.5."),
            value=_shown(text),
        )
    return Decimal(plain.replace(",", "."))


def cell_int(text: str) -> int | None:
    """Read a whole number; blank is None."""
    number = cell_decimal(text)
    if number is None:
        return None
    if number != number.to_integral_value():
        raise BadInput(N_("“%(value)s” is not a whole number."), value=_shown(text))
    return int(number)


def cell_bool(text: str) -> bool:
    """Read 1, x, true, có as yes and 0, false, không as no; blank is no."""
    word = text.casefold()
    if word in YES or fold(text) == "co":
        return True
    if word in NO or fold(text) == "khong":
        return False
    raise BadInput(
        N_("“%(value)s” is neither yes nor no. Write 1, x, true, có or 0, false, không."),
        value=_shown(text),
    )


def cell_choice(text: str, words: Mapping[str, T]) -> T | None:
    """Return the member of `words` (accepted word → value) that `text` names; blank is None.

    Case, accents and spaces do not matter.
    """
    if not text:
        return None
    by_fold = {fold(word): value for word, value in words.items()}
    try:
        return by_fold[fold(text)]
    except KeyError as error:
        raise BadInput(
            N_("“%(value)s” is not known here. Known: %(known)s."),
            value=_shown(text),
            known=", ".join(words),
        ) from error


def cell_list(text: str) -> list[str]:
    """Split a cell at `;`; empty parts fall out."""
    return [part.strip() for part in text.split(";") if part.strip()]


def _shown(text: str) -> str:
    return text if len(text) <= _SHOWN_LENGTH else text[: _SHOWN_LENGTH - 1] + "…"
