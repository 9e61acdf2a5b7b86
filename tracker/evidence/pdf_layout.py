"""From letters on pages to running text: lines, columns, paragraphs, page furniture. Pure.

Coordinates are points, y grows upwards. Tables are read by their drawn lines (`pdf_tables`).
"""

import itertools
import re
from collections import Counter
from collections.abc import Iterator
from statistics import median

from tracker.evidence.pdf_lines import Chunk, Page, Row, joined, lines_of
from tracker.evidence.pdf_tables import take_tables
from tracker.extraction.closing import PAGE_FOOT, PAGE_HEAD, PAGE_NOTE

GAP_OF_PARAGRAPHS = 1.75  # of the usual distance of lines
INDENT = 6  # points
SMALL = 0.86  # of the usual size: a footnote
FEWEST_OF_TEXT = 12  # rows; shorter columns are a letterhead or a signature
MARGIN = 0.1  # of the page's height, where its number and running titles stand

_ITEM = re.compile(
    r"(?:[IVX]{1,5}|\d{1,2}(?:\.\d{1,2})*|[A-H])[.)]\s|\d{1,2}(?:\.\d{1,2})+\s|[a-zđ]\)\s"
    r"|[-–+•●▪]\s|\([\divx]{1,4}\)\s"
)
_PAGE_NUMBER = re.compile(r"[-–\s]*(?:trang\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?[-–\s]*", re.IGNORECASE)
_NOTE = re.compile(r"[\[(]?\d{1,2}[\])]?[.)]?\s*\S")
_ENDED = re.compile(r"[.;:!?…][\"”)*]*$|\./\.$")


def text_of_pages(pages: list[Page]) -> str:
    """Return the text of all pages; what belongs to the pages themselves stands at the end."""
    sheets = []
    for page in pages:
        tables, rest = take_tables(page)
        rows = [Row(line[0].bottom, line) for line in lines_of(rest)]
        sheets.append(sorted([*rows, *tables], key=lambda row: -row.bottom))
    carried = list(_take_furniture(pages, sheets))
    body = _Body()
    for rows in sheets:
        body.turn_page()
        for group in _groups(rows):
            body.add(group)
    return "\n".join([*body.lines(), *carried])


def _take_furniture(pages: list[Page], sheets: list[list[Row]]) -> Iterator[str]:
    """Take page numbers, running titles and footnotes off the sheets; return them labelled."""
    notes = []
    edges: Counter[tuple[bool, str]] = Counter()
    for page, rows in zip(pages, sheets, strict=True):
        edges.update({(top, _without_digits(_words(row))) for top, row in _edge_rows(page, rows)})
    repeated = {edge for edge, times in edges.items() if times > 1 and times * 2 >= len(pages)}
    said = set()
    for page, rows in zip(pages, sheets, strict=True):
        for top, row in _edge_rows(page, rows):
            words = _words(row)
            key = (top, _without_digits(words))
            number = _PAGE_NUMBER.fullmatch(words)
            if number or key in repeated:
                rows.remove(row)
                if not number and key not in said:
                    said.add(key)
                    yield f"{PAGE_HEAD if top else PAGE_FOOT} {words}"
        notes += _footnotes(page, rows)
    yield from (f"{PAGE_NOTE} {note}" for note in notes)


def _without_digits(words: str) -> str:
    return re.sub(r"\d+", "#", words)


def _edge_rows(page: Page, rows: list[Row]) -> Iterator[tuple[bool, Row]]:
    """Yield the rows in the margins, and whether they stand at the top."""
    for row in [*rows[:2], *rows[2:][-2:]]:
        if row.cells:
            continue
        if row.bottom > page.height * (1 - MARGIN):
            yield True, row
        elif row.bottom < page.height * MARGIN:
            yield False, row


def _words(row: Row) -> str:
    return " ".join(chunk.text for chunk in row.chunks)


def _footnotes(page: Page, rows: list[Row]) -> list[str]:
    """Take off the small lines at the foot of a page that begin with a number."""
    sizes = [chunk.size for row in rows for chunk in row.chunks for _ in chunk.text]
    usual = median(sizes) if sizes else 0
    first = len(rows)
    for index in range(len(rows) - 1, -1, -1):
        row = rows[index]
        small = row.chunks and all(chunk.size < SMALL * usual for chunk in row.chunks)
        if not small or row.bottom > page.height / 2:
            break
        if _NOTE.match(_words(row)) and not _ITEM.match(_words(row)):
            first = index
    notes: list[str] = []
    for row in rows[first:]:
        words = _words(row)
        if notes and not _NOTE.match(words):
            notes[-1] = joined(notes[-1], words)
        else:
            notes.append(words)
    del rows[first:]
    return notes


def _groups(rows: list[Row]) -> Iterator[list[Row]]:
    """Yield rows that belong together: those of a table, of side-by-side columns, of plain text."""
    group: list[Row] = []
    gutter: tuple[float, float] | None = None
    for row in rows:
        if row.cells or (group and group[-1].cells):
            if group and (not row.cells or not group[-1].cells):
                yield group
                group = []
            gutter = None
        elif len(row.chunks) > 1:
            found = (row.chunks[0].right, row.chunks[1].left)
            shared = gutter and (max(gutter[0], found[0]), min(gutter[1], found[1]))
            if shared and shared[1] - shared[0] > INDENT:
                gutter = shared
            else:
                start = _column_starts(group, found) if gutter is None else len(group)
                if group[:start]:
                    yield group[:start]
                group, gutter = group[start:], found
        elif gutter and not _beside(row, gutter):
            yield group
            group, gutter = [], None
        group.append(row)
    if group:
        yield group


def _column_starts(group: list[Row], gutter: tuple[float, float]) -> int:
    """Return from which of the last rows on a column already stood alone beside `gutter`."""
    start = len(group)
    while start and len(group) - start < 3 and _beside(group[start - 1], gutter):
        words = _words(group[start - 1])
        if not words.isupper() or _ITEM.match(words):
            break
        start -= 1
    return start


def _beside(row: Row, gutter: tuple[float, float]) -> bool:
    middle = (gutter[0] + gutter[1]) / 2
    return all(chunk.right <= middle or chunk.left >= middle for chunk in row.chunks)


class _Body:
    """Collects paragraphs and rows of tables over all pages."""

    def __init__(self) -> None:
        self._paragraphs: list[str] = []
        self._last: Chunk | None = None  # the line that a paragraph could go on from
        self._edges = (0.0, 0.0)
        self._header: list[str] = []
        self._rows: list[list[str]] = []
        self._turned = False

    def turn_page(self) -> None:
        self._turned = True

    def lines(self) -> Iterator[str]:
        self._end_table()
        yield from self._paragraphs

    def add(self, group: list[Row]) -> None:
        """Take in a group of rows."""
        if group[0].cells:
            self._add_table([row.cells for row in group])
            return
        self._end_table()
        columns = self._columns(group)
        beside = len(columns) > 1 and len(group) < FEWEST_OF_TEXT
        for column in columns:
            self._add_lines(column, apart=beside)
            if len(columns) > 1:
                self._last = None

    @staticmethod
    def _columns(group: list[Row]) -> list[list[Chunk]]:
        wide = [row for row in group if len(row.chunks) > 1]
        if not wide:
            return [[chunk for row in group for chunk in row.chunks]]
        left = max(row.chunks[0].right for row in wide)
        first = [c for row in group for c in row.chunks if c.right <= left + 1]
        second = [c for row in group for c in row.chunks if c.right > left + 1]
        return [first, second]

    def _add_lines(self, lines: list[Chunk], *, apart: bool = False) -> None:
        if not lines:
            return
        left = min(line.left for line in lines)
        right = max(line.right for line in lines)
        steps = [a.bottom - b.bottom for a, b in itertools.pairwise(lines)]
        usual = median(steps) if steps else lines[0].size * 1.2
        last = self._last if self._turned else None
        if last is not None and len(lines) == 1:
            left, right = self._edges
        for line in lines:
            goes_on = last is not None and self._goes_on(last, line, left, right, usual)
            if goes_on and (not apart or line.text[:1].islower()):
                self._paragraphs[-1] = joined(self._paragraphs[-1], line.text)
            else:
                self._paragraphs.append(line.text)
            last = line
            self._turned = False
        self._last, self._edges = last, (left, right)

    def _goes_on(self, last: Chunk, line: Chunk, left: float, right: float, usual: float) -> bool:
        if _ITEM.match(line.text):
            return False
        step = last.bottom - line.bottom
        if not self._turned and step > GAP_OF_PARAGRAPHS * usual:
            return False
        full = last.right > right - 0.12 * (right - left)
        if self._turned:
            return not _ENDED.search(last.text) and (full or line.text[:1].islower())
        indented = line.left > left + INDENT and line.left > last.left + INDENT
        return full and not indented and not self._centred(last, left, right)

    @staticmethod
    def _centred(line: Chunk, left: float, right: float) -> bool:
        margin = line.left - left
        return margin > 3 * INDENT and abs(margin - (right - line.right)) < 2 * INDENT

    def _add_table(self, rows: list[list[str]]) -> None:
        self._last = None
        if self._rows and self._turned and len(rows[0]) == len(self._rows[0]):
            rows = rows[rows[0] == self._header :]
            if rows and self._is_rest(rows[0]):
                pairs = zip(self._rows[-1], rows[0], strict=True)
                self._rows[-1] = [joined(a, b) if a and b else a + b for a, b in pairs]
                rows = rows[1:]
        else:
            self._end_table()
            self._header = rows[0] if rows else []
        self._rows += rows
        self._turned = False

    def _is_rest(self, cells: list[str]) -> bool:
        """Tell whether a row on a new page is what did not fit into the last one."""
        if cells[0]:
            return False
        pairs = zip(self._rows[-1], cells, strict=True)
        return all(b[:1].islower() or not _ENDED.search(a) for a, b in pairs if a and b)

    def _end_table(self) -> None:
        self._paragraphs += [" | ".join(cells) for cells in self._rows if any(cells)]
        self._rows, self._header = [], []
