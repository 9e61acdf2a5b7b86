"""CSV and XLSX out, so that a Vietnamese Excel opens them well and no text becomes a formula."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, islice

import xlsxwriter

from tracker.sheets.columns import Column, Language

CellValue = str | int | Decimal | date | bool | Sequence[str] | None

_BOM = "\ufeff"
_RISKY = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")
_EXCEL_TEXT = 32_767  # characters that one cell of Excel can hold
_EXCEL_DIGITS = 15
_FIRST_EXCEL_DAY = date(1900, 3, 1)  # before it Excel counts a day that never was
_WIDTHS = (10, 60)
_SAMPLE = 100
_UNSAFE_SHEET_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


def write_csv(
    columns: Sequence[Column],
    rows: Iterable[Mapping[str, CellValue]],
    *,
    language: Language = "vi",
) -> bytes:
    """Return a CSV file: UTF-8 with BOM, `;` between cells, labels of `language` as header.

    Vietnamese: dates dd/mm/yyyy and decimal comma, as Excel expects there; English: ISO, point.
    Text that a spreadsheet would run as a formula gets a leading apostrophe.
    """
    out = io.StringIO(newline="")
    out.write(_BOM)
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([column.label(language) for column in columns])
    for row in rows:
        writer.writerow([_csv_cell(row.get(column.name), language) for column in columns])
    return out.getvalue().encode("utf-8")


def write_xlsx(
    columns: Sequence[Column],
    rows: Iterable[Mapping[str, CellValue]],
    *,
    sheet_name: str,
    language: Language = "vi",
) -> bytes:
    """Return an XLSX file: bold frozen header with a filter, real dates and numbers.

    A text longer than a cell can hold (32,767 characters) ends in “…”.
    """
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"constant_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet(_UNSAFE_SHEET_NAME.sub(" ", sheet_name).strip("' ")[:31] or None)
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "border": 1})
    formats = {
        date: book.add_format({"num_format": "dd/mm/yyyy", "valign": "top"}),
        str: book.add_format({"text_wrap": True, "valign": "top"}),
        Decimal: book.add_format({"valign": "top"}),
    }
    stream = iter(rows)
    sample = list(islice(stream, _SAMPLE))
    for position, column in enumerate(columns):
        sheet.set_column(position, position, column.width or _width(column, sample, language))
    for position, column in enumerate(columns):
        sheet.write_string(0, position, column.label(language), bold)
    last = 0
    for last, row in enumerate(chain(sample, stream), start=1):
        for position, column in enumerate(columns):
            _write_cell(sheet, last, position, row.get(column.name), formats)
    sheet.freeze_panes(1, 0)
    if columns:
        sheet.autofilter(0, 0, last, len(columns) - 1)
    book.close()
    return out.getvalue()


def _csv_cell(value: CellValue, language: Language) -> str:
    match value:
        case str():
            return "'" + value if _RISKY.match(value) else value
        case Decimal():
            text = format(value, "f")
            return text.replace(".", ",") if language == "vi" else text
        case date():
            return f"{value:%d/%m/%Y}" if language == "vi" else value.isoformat()
        case _:
            text = _plain(value)
            return "'" + text if isinstance(value, Sequence) and _RISKY.match(text) else text


def _write_cell(
    sheet: "xlsxwriter.worksheet.Worksheet",
    line: int,
    position: int,
    value: CellValue,
    formats: Mapping[type, object],
) -> None:
    match value:
        case bool() | None:
            number = None
        case int() | Decimal():
            number = value if len(Decimal(value).as_tuple().digits) <= _EXCEL_DIGITS else None
        case _:
            number = None
    if number is not None:
        sheet.write_number(line, position, float(number), formats[Decimal])
    elif isinstance(value, date) and not isinstance(value, datetime) and value >= _FIRST_EXCEL_DAY:
        sheet.write_datetime(line, position, value, formats[date])
    elif text := _plain(value):
        if _GUARDED.match(text):
            text = "'" + text  # reading takes one apostrophe off, for sheets that came by CSV
        if len(text) > _EXCEL_TEXT:
            text = text[: _EXCEL_TEXT - 1] + "…"
        sheet.write_string(line, position, text, formats[str])


def _plain(value: CellValue) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "1" if value else "0"
        case Decimal():
            return format(value, "f")
        case str() | date() | int():
            return str(value)  # of a date: ISO
        case _:
            return "; ".join(value)


def _width(column: Column, sample: list[Mapping[str, CellValue]], language: Language) -> int:
    longest = max((len(_plain(row.get(column.name))) for row in sample), default=0)
    least, most = _WIDTHS
    return min(max(longest, len(column.label(language)), least) + 2, most)
