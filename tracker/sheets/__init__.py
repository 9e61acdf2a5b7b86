"""Tables in and out: CSV and XLSX, read with suspicion, written so that Excel shows them well."""

from tracker.sheets.cells import (
    BadRows,
    cell_bool,
    cell_choice,
    cell_date,
    cell_decimal,
    cell_int,
    cell_list,
)
from tracker.sheets.columns import Column, Language, Row, Sheet
from tracker.sheets.reading import MAX_COLUMNS, MAX_FILE_BYTES, MAX_ROWS, read_sheet
from tracker.sheets.writing import CellValue, write_csv, write_xlsx

__all__ = [
    "MAX_COLUMNS",
    "MAX_FILE_BYTES",
    "MAX_ROWS",
    "BadRows",
    "CellValue",
    "Column",
    "Language",
    "Row",
    "Sheet",
    "cell_bool",
    "cell_choice",
    "cell_date",
    "cell_decimal",
    "cell_int",
    "cell_list",
    "read_sheet",
    "write_csv",
    "write_xlsx",
]
