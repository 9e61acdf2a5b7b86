"""Tables as text: cells fenced by bars, one row a line or every cell on lines of its own."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from tracker.folding import fold


class Column(StrEnum):
    """What a column of an assignment table holds."""

    NUMBER = "number"
    TASK = "task"
    LEAD = "lead"
    COORDINATE = "coordinate"
    TIME = "time"
    PRODUCT = "product"
    OTHER = "other"


@dataclass(frozen=True)
class Cell:
    """A cell's words without the white space around them; empty cells have start == end."""

    start: int
    end: int


@dataclass
class Row:
    """One row: where it stands and its cell per column; a title row has no cells."""

    start: int
    end: int
    cells: dict[Column, Cell] = field(default_factory=dict)
    number: str = ""


FEWEST_BARS = 6
_TITLE_ROW = (Column.NUMBER, Column.TASK)
LONGEST_TITLE = 80
LONGEST_NUMBER = 15

_NUMBER = re.compile(r"[*_\s]*(?:\d{1,3}(?:\.\d{1,2}){0,3}|[IVX]{1,6}|[A-H])[.)]?[*_\s]*$")
_DIGITS = re.compile(r"[*_\s]*\d{1,3}(?:\.\d{1,2}){0,3}[.)]?[*_\s]*$")
_RULE = re.compile(r"[\s|:+-]+$")
_FENCE = re.compile(r"^[ \t]*\|[ \t]*$", re.MULTILINE)


# Folded words of a column's title, in the order in which they decide.
_TITLES = (
    (re.compile(r"phoi hop"), Column.COORDINATE),
    (
        re.compile(
            r"chu tri|(?:don vi|co quan|bo phan|to chuc).*(?:thuc hien|tham muu|phu trach)"
            r"|^trach nhiem|phan cong"
        ),
        Column.LEAD,
    ),
    (
        re.compile(r"thoi gian|thoi han|han hoan thanh|^tien do|ngay hoan thanh|^han\b"),
        Column.TIME,
    ),
    (re.compile(r"san pham|ket qua|dau ra"), Column.PRODUCT),
    (re.compile(r"noi dung|nhiem vu|cong viec|giai phap|hoat dong"), Column.TASK),
)


def find_rows(text: str, start: int, end: int) -> list[Row]:
    """Read the assignment table in `text[start:end]`; an empty list when it has no such header."""
    fenced = len(_FENCE.findall(text, start, end)) >= FEWEST_BARS
    cells = _cells(text, start, end) if fenced else None
    lines = None if fenced else [_line_cells(text, *line) for line in _lines(text, start, end)]
    first = cells if cells is not None else lines[0] if lines else []
    header = _header(text, first)
    if header is None and lines and len(lines) > 1:
        first = lines[1]
        header = _header(text, first)
        lines = lines[1:]
    if header is None:
        return []
    columns, at = header
    if cells is not None:
        return list(_fenced_rows(text, cells[at + len(columns) :], columns))
    return list(_lined_rows(text, (lines or [])[1:], columns))


def _cells(text: str, start: int, end: int) -> list[Cell]:
    cells = []
    position = start
    for bar in [*re.compile(r"\|").finditer(text, start, end), None]:
        stop = bar.start() if bar else end
        cells.append(_trimmed(text, position, stop))
        position = stop + 1
    return cells[1:] if cells and cells[0].start == cells[0].end else cells


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    position = start
    while position < end:
        stop = text.find("\n", position, end)
        stop = end if stop < 0 else stop
        if text[position:stop].strip() and not _RULE.match(text[position:stop]):
            yield position, stop
        position = stop + 1


def _line_cells(text: str, start: int, end: int) -> list[Cell]:
    cells = []
    position = start
    for bar in [*re.compile(r"\|").finditer(text, start, end), None]:
        stop = bar.start() if bar else end
        cells.append(_trimmed(text, position, stop))
        position = stop + 1
    if cells and text[start:end].lstrip().startswith("|"):
        cells = cells[1:]
    return cells


def _trimmed(text: str, start: int, end: int) -> Cell:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Cell(start, end)


def _header(text: str, cells: list[Cell]) -> tuple[list[Column], int] | None:
    """Find the header among the first cells; return its columns and where it begins."""
    for at, cell in enumerate(cells[:40]):
        if fold(text[cell.start : cell.end].strip("*_ \n")) not in (
            "stt",
            "tt",
            "so tt",
            "so thu tu",
            "no",
        ):
            continue
        columns = [Column.NUMBER]
        for following in cells[at + 1 : at + 14]:
            words = fold(re.sub(r"[*_]", "", text[following.start : following.end]))
            if not words or _NUMBER.match(text[following.start : following.end]):
                break
            columns.append(_column(words))
        _settle(
            columns,
            [fold(text[c.start : c.end]) for c in cells[at : at + len(columns)]],
        )
        if Column.LEAD in columns and Column.TASK in columns:
            return columns, at
    return None


def _column(words: str) -> Column:
    if len(words) > LONGEST_TITLE:
        return Column.OTHER
    return next((column for title, column in _TITLES if title.search(words)), Column.OTHER)


def _settle(columns: list[Column], names: list[str]) -> None:
    """Leave one column for the task: the one that says "nội dung", else the last."""
    tasks = [at for at, column in enumerate(columns) if column is Column.TASK]
    if len(tasks) > 1:
        best = next((at for at in tasks if "noi dung" in names[at]), tasks[0])
        for at in tasks:
            if at != best:
                columns[at] = Column.OTHER


def _fenced_rows(text: str, cells: list[Cell], columns: list[Column]) -> Iterator[Row]:
    """Rows of a table whose cells stand on lines of their own.

    An empty cell is either empty or the break between two rows; row numbers tell which.
    """
    width = len(columns)
    group: list[Cell] = []
    previous_empty = True
    for cell in [*cells, None]:
        words = text[cell.start : cell.end] if cell else ""
        numbered = len(words) <= LONGEST_NUMBER and _NUMBER.match(words) is not None
        if cell is None or (previous_empty and words and numbered):
            yield from _group_rows(text, group, columns, width)
            group = []
        if cell is not None:
            group.append(cell)
            previous_empty = not words.strip(".… ")


def _group_rows(text: str, group: list[Cell], columns: list[Column], width: int) -> Iterator[Row]:
    filled = [at for at, cell in enumerate(group) if cell.end > cell.start]
    if not filled:
        return
    group = group[filled[0] : filled[-1] + 1]
    head = group[:width]
    rest = group[width:]
    yield _row(text, head, columns)
    run: list[Cell] = []
    for cell in [*rest, None]:
        if cell is not None and cell.end > cell.start:
            run.append(cell)
            continue
        if run:
            yield _row(text, run, columns)
        run = []


def _lined_rows(text: str, lines: list[list[Cell]], columns: list[Column]) -> Iterator[Row]:
    for cells in lines:
        filled = [at for at, cell in enumerate(cells) if cell.end > cell.start]
        if filled:
            yield _row(text, cells[: min(len(columns), filled[-1] + 1)], columns)


def _row(text: str, cells: list[Cell], columns: list[Column]) -> Row:
    filled = [cell for cell in cells if cell.end > cell.start]
    start, end = (filled[0].start, filled[-1].end) if filled else (cells[0].start, cells[-1].end)
    row = Row(start, end)
    first = text[cells[0].start : cells[0].end]
    if _DIGITS.match(first) or (not first and len(cells) > len(_TITLE_ROW)):
        row.number = first.strip("*_ .)\n")
        row.cells = dict(zip(columns, cells, strict=False))
    elif not _NUMBER.match(first) and len(filled) >= len(_TITLE_ROW):
        # A row under merged cells holds only the last columns.
        row.cells = dict(zip(columns[-len(cells) :], cells, strict=False))
    return row
