"""CSV and XLSX in: any file may be hostile or merely odd; a refusal says what to do."""

import csv
import io
import re
import unicodedata
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, time
from decimal import Decimal
from typing import Any

import openpyxl
from defusedxml.common import DefusedXmlException

from tracker import archives
from tracker.archives import Package
from tracker.errors import N_, BadInput, RowError, RowErrors
from tracker.sheets.columns import Column, Row, Sheet, place_columns, recognised

MAX_FILE_BYTES = 20 * 1024 * 1024
MAX_ROWS = 200_000
MAX_COLUMNS = 100

_LAST_LINE = 1_048_576  # of an Excel sheet; a row that claims to be further down is an attack
_DELIMITERS = (";", ",")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")
_ESCAPED = re.compile(r"_x(005F|00[01][0-9A-F])_", re.IGNORECASE)
_ZERO_PADDED = re.compile(r"(0+)(?:\.(0+))?(%?)")
_OFFICE_NAMES = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
_CONTROLS = {code: None for code in (*range(32), *range(127, 160)) if chr(code) not in "\n\t"}
_READER_FAILURES = (
    KeyError,
    ValueError,
    TypeError,
    IndexError,
    AttributeError,
    SyntaxError,  # ElementTree's ParseError
    OSError,
    EOFError,
    OverflowError,
    zipfile.BadZipFile,
    DefusedXmlException,
)

NOT_A_SHEET = N_(
    "The file is neither an Excel workbook (.xlsx) nor a CSV file. In Excel choose"
    " “Save as”, “Excel Workbook (.xlsx)”, and choose the new file."
)
OLD_EXCEL = N_(
    "The file is in the old Excel format (.xls). Open it in Excel, save it as “Excel Workbook"
    " (.xlsx)”, and choose the new file."
)
MACRO_EXCEL = N_(
    "The workbook holds macros. Save it as “Excel Workbook (.xlsx)” without macros, and choose"
    " the new file."
)

NEVER_COUNTED = N_(
    "Cell %(cell)s holds a formula whose result was not saved. Open the file in Excel, save it,"
    " and choose it again; or write the value itself."
)
_UNCOUNTED = re.compile(
    rb"<c\b([^>]*)>\s*<f\b[^>]*?(?:/>|>[^<]*</f>)\s*(?:<v>\s*</v>|<v\s*/>)?\s*</c>"
)

_Line = tuple[int, list[str]]


def read_sheet(data: bytes, *, file_name: str, columns: Sequence[Column]) -> Sheet:
    """Read the first sheet of an XLSX file, or a CSV file, into rows of text.

    The content decides, not the name. Headings may be technical names or labels; unknown and
    doubled ones are refused; a missing optional column is as blank. Dates become ISO, numbers
    plain decimals with a point. Text is composed Unicode without control characters.
    BadInput: the file as a whole cannot be read. RowErrors: single cells cannot.
    """
    lines = _lines(data, file_name=file_name, columns=columns)
    number, header = next(lines, (0, []))
    if number != 1:
        raise BadInput(N_("The first row is blank. Put the names of the columns into line 1."))
    if len(header) > MAX_COLUMNS:
        raise BadInput(
            N_("The sheet has more than %(limit)s columns. Remove those that are not needed."),
            limit=MAX_COLUMNS,
        )
    placed = place_columns(header, columns)
    return Sheet(tuple(placed.values()), _rows(lines, placed, columns))


def _lines(data: bytes, *, file_name: str, columns: Sequence[Column]) -> Iterator[_Line]:
    if len(data) > MAX_FILE_BYTES:
        raise BadInput(
            N_("The file is larger than %(limit)s MB. Split it into smaller files."),
            limit=MAX_FILE_BYTES // (1024 * 1024),
        )
    if not data.strip(b"\0 \t\r\n"):
        raise BadInput(
            N_("The file is empty. Choose the file again, or save it again before choosing it.")
        )
    if archives.is_ole(data):
        raise BadInput(archives.LOCKED if archives.is_locked_ole(data) else OLD_EXCEL)
    if archives.is_zip(data):
        return _xlsx_lines(data)
    if file_name.lower().endswith(_OFFICE_NAMES):
        # A workbook that does not begin as one was cut off or altered on its way.
        raise BadInput(archives.DAMAGED if file_name.lower().endswith(".xlsx") else NOT_A_SHEET)
    return _csv_lines(data, columns)


def _rows(lines: Iterable[_Line], placed: dict[int, str], columns: Sequence[Column]) -> list[Row]:
    blank = {column.name: "" for column in columns}
    rows: list[Row] = []
    bad: list[RowError] = []
    for line, values in lines:
        if len(rows) >= MAX_ROWS:
            raise BadInput(
                N_("The sheet has more than %(limit)s rows. Split it into several files."),
                limit=MAX_ROWS,
            )
        cells = blank.copy()
        for position, value in enumerate(values):
            if not value:
                continue
            if position not in placed:
                bad.append(
                    RowError(
                        line,
                        None,
                        N_("There is a value (“%(value)s”) beside the named columns."),
                        {"value": value[:40]},
                    )
                )
                continue
            if _is_error(value):
                bad.append(
                    RowError(
                        line,
                        placed[position],
                        N_("The cell shows the spreadsheet's error %(value)s. Mend the formula."),
                        {"value": value},
                    )
                )
            cells[placed[position]] = value
        rows.append(Row(line, cells))
    if bad:
        raise RowErrors(bad)
    return rows


def _is_error(value: str) -> bool:
    return value.startswith("#") and value in {
        "#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!",
    }  # fmt: skip


def _csv_lines(data: bytes, columns: Sequence[Column]) -> Iterator[_Line]:
    text = _decoded(data)
    delimiter = _delimiter(text, columns)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for values in reader:
            cleaned = [_clean(_unguarded(value)) for value in values]
            if any(cleaned):
                yield line, cleaned
            line += 1
    except csv.Error as error:
        raise BadInput(
            N_(
                "Line %(line)s cannot be read: a quotation mark is not closed, or a cell is too"
                " long. Open the file in Excel, save it as “CSV UTF-8”, and choose it again."
            ),
            line=line,
        ) from error


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif b"\0" in data or data.lstrip()[:1] == b"<" or data.startswith(b"%PDF"):
        raise BadInput(NOT_A_SHEET)
    else:
        encoding = "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise BadInput(
            N_(
                "The letters of this CSV file cannot be read. In Excel choose “Save as”,"
                " “CSV UTF-8 (Comma delimited)”, and choose the new file."
            )
        ) from error


def _delimiter(text: str, columns: Sequence[Column]) -> str:
    """Return the delimiter by which the header row names more known columns; `;` if equal."""

    def score(delimiter: str) -> tuple[int, int]:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        try:
            header = next(reader, [])
        except csv.Error:
            return (0, 0)
        return recognised(header, columns), len(header)

    return max(_DELIMITERS, key=score)


def _xlsx_lines(data: bytes) -> Iterator[_Line]:
    with archives.open_zip(data) as archive:
        package = archives.package_of(archive)
    if package is Package.MACROS:
        raise BadInput(MACRO_EXCEL)
    if package is not Package.XLSX:
        raise BadInput(NOT_A_SHEET)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl reports features that do not concern cells
        try:
            return iter(_workbook_lines(data))
        except _READER_FAILURES as error:
            raise BadInput(archives.DAMAGED) from error


def _workbook_lines(data: bytes) -> list[_Line]:
    book = openpyxl.load_workbook(
        io.BytesIO(data), read_only=True, data_only=True, keep_links=False
    )
    sheet = book.worksheets[0]
    _refuse_uncounted(data, sheet)
    if hasattr(sheet, "reset_dimensions"):
        sheet.reset_dimensions()  # some programs write A1 whatever the sheet holds
    lines: list[_Line] = []
    blank: object = None
    for line, cells in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS + 1), start=1):
        if line > _LAST_LINE:
            raise BadInput(archives.DAMAGED)
        if cells is blank:
            continue
        values = [_text(cell) for cell in cells]
        while values and not values[-1]:
            values.pop()
        if values:
            lines.append((line, values))
        else:
            blank = cells  # the reader yields this one row again for all that are missing
        if len(lines) > MAX_ROWS + 1:
            break
    book.close()
    return lines


def _refuse_uncounted(data: bytes, sheet: Any) -> None:
    """BadInput names the first cell whose formula no program has counted: it would read as blank.

    A formula that gives an empty text is counted: its cell is of the type "str".
    """
    path = getattr(sheet, "_worksheet_path", "")
    with archives.open_zip(data) as archive:
        content = archive.read(path.lstrip("/")) if path else b""
    for found in _UNCOUNTED.finditer(content):
        place = re.search(rb'\br="([A-Z]{1,3}[0-9]{1,7})"', found[1])
        if place and b't="str"' not in found[1]:
            raise BadInput(NEVER_COUNTED, cell=place[1].decode())


def _text(cell: Any) -> str:  # openpyxl's cells have no common type
    """Return what the cell holds: ISO dates, plain decimals, "1" and "0" for truth."""
    value = cell.value
    match value:
        case None:
            return ""
        case str():
            return _clean(_unguarded(_unescaped(value)))
        case bool():
            return "1" if value else "0"
        case int() | float():
            return _number(value, cell.number_format or "")
        case datetime() if value.time() == time.min:
            return value.date().isoformat()
        case _:
            return str(value)  # a moment, a date, a duration


def _number(value: float, number_format: str) -> str:
    """Return the number exactly, in the 15 digits that Excel keeps.

    Zeros that only the cell's format shows stay: a code 1.10 or 007 typed as a number keeps its
    zeros, and 0.95 shown as 95% is "95%".
    """
    number = Decimal(value) if isinstance(value, int) else Decimal(format(value, ".15g"))
    found = _ZERO_PADDED.fullmatch(number_format.strip())
    percent = found.group(3) if found else ""
    plain = format((number * 100 if percent else number).normalize(), "f")
    if not found or plain.startswith("-"):
        return plain + percent
    whole, _, fraction = plain.partition(".")
    fraction = fraction.ljust(len(found.group(2) or ""), "0")
    return whole.zfill(len(found.group(1))) + ("." + fraction if fraction else "") + percent


def _unescaped(value: str) -> str:
    """Return `value` with Excel's escapes of control characters (_x000D_) resolved."""
    if "_x" not in value:
        return value
    return _ESCAPED.sub(lambda found: chr(int(found.group(1), 16)), value)


def _unguarded(value: str) -> str:
    """Take off the apostrophe that keeps a spreadsheet from running text as a formula."""
    return value[1:] if _GUARDED.match(value) else value


def _clean(value: str) -> str:
    lines = value.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", lines.translate(_CONTROLS)).strip()
