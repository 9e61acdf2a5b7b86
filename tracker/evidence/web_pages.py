"""The text of a page saved from a portal: paragraphs, lists and tables, no navigation. Pure."""

import contextlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from tracker.evidence import encodings
from tracker.evidence.rows import row_lines

_DROPPED = frozenset(
    {"script", "style", "noscript", "template", "head", "nav", "header", "footer", "aside"}
    | {"button", "select", "svg", "iframe", "object", "canvas", "video", "audio", "menu", "dialog"}
)
_BLOCKS = frozenset(
    {"p", "div", "section", "article", "main", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"}
    | {"pre", "address", "figure", "figcaption", "dl", "dt", "dd", "ul", "ol", "li", "table"}
    | {"caption", "hr", "center", "fieldset", "body", "html", "br", "tr", "td", "th"}
)
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]{2,20})""", re.IGNORECASE)
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|menu|breadcrumbs?|sidebar|footer|share|social|comments?|related"
    r"|banner|advert(?:isement)?|cookie|toolbar|pagination)(?:$|[\s_-])",
    re.IGNORECASE,
)
MOST_BYTES = 5_000_000
MOST_COLUMNS = 40
_PIECE = 65_536


def text_of(data: bytes) -> str:
    """Return what a reader of the page sees as its text; rows of tables have cells with bars.

    BadInput: the letters are not certain (see `encodings`).
    """
    writer = _Writer()
    parser = etree.HTMLParser(target=writer, no_network=True)
    text = _decoded(data[:MOST_BYTES])
    with contextlib.suppress(etree.XMLSyntaxError):  # what was read until then counts
        for start in range(0, len(text), _PIECE):
            parser.feed(text[start : start + _PIECE])
        parser.close()
    return encodings.unicode_of("\n".join(writer.text_lines()))


def _decoded(data: bytes) -> str:
    """Return the page's text; what it says of its own encoding counts if it is a Western one."""
    named = _CHARSET.search(data[:4_000])
    if named and named[1].lower() in {b"windows-1252", b"iso-8859-1"}:
        with contextlib.suppress(UnicodeDecodeError):
            return data.decode("cp1252")
    return encodings.text_of(data)


@dataclass
class _Cell:
    lines: list[str] = field(default_factory=list)
    width: int = 1
    height: int = 1


@dataclass
class _Table:
    row: list[_Cell] = field(default_factory=list)
    below: dict[int, int] = field(default_factory=dict)  # column: rows that a cell still covers


class _Writer:
    """Takes the events of the parser and keeps lines of text."""

    def __init__(self) -> None:
        self._lines: list[list[str]] = [[]]  # the page's, then those of the cells that are open
        self._line: list[str] = []
        self._marker = ""  # of the list item whose first words are still to come
        self._tables: list[_Table] = []
        self._lists: list[int | None] = []  # the number reached; None: bullets
        self._dropped = 0

    def text_lines(self) -> list[str]:
        self._break()
        return [line for lines in self._lines for line in lines]

    def close(self) -> None:
        """End the page, as the parser wants it."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if self._dropped or tag in _DROPPED or _is_furniture(tag, attributes):
            self._dropped += 1
            return
        if tag in _BLOCKS:
            self._break()
        if tag == "ol":
            self._lists.append(_number(attributes.get("start"), 1) - 1)
        elif tag == "ul":
            self._lists.append(None)
        elif tag == "li":
            self._mark()
        elif tag == "table":
            self._tables.append(_Table())
        elif tag in {"td", "th"} and self._tables:
            cell = _Cell(
                width=min(_number(attributes.get("colspan"), 1), MOST_COLUMNS),
                height=_number(attributes.get("rowspan"), 1),
            )
            self._tables[-1].row.append(cell)
            self._lines.append(cell.lines)

    def end(self, tag: str) -> None:
        if self._dropped:
            self._dropped -= 1
            return
        if tag in _BLOCKS:
            self._break()
        if tag in {"ol", "ul"} and self._lists:
            self._lists.pop()
        elif tag in {"td", "th"} and self._tables and len(self._lines) > 1:
            self._lines.pop()
        elif tag == "tr" and self._tables:
            self._end_row(self._tables[-1])
        elif tag == "table" and self._tables:
            self._end_row(self._tables.pop())

    def data(self, text: str) -> None:
        if not self._dropped:
            self._line.append(text)

    def _break(self) -> None:
        words = " ".join("".join(self._line).split())
        if words:
            self._lines[-1].append(self._marker + words)
            self._marker = ""
        self._line = []

    def _mark(self) -> None:
        if self._lists and self._lists[-1] is not None:
            self._lists[-1] += 1
            self._marker = f"{self._lists[-1]}. "
        else:
            self._marker = "- "

    def _end_row(self, table: _Table) -> None:
        cells: list[list[str]] = []
        for cell in table.row:
            self._covered(table, cells)
            for column in range(len(cells), len(cells) + cell.width):
                if cell.height > 1:
                    table.below[column] = cell.height - 1
            cells += [cell.lines, *([[]] * (cell.width - 1))]
        self._covered(table, cells)
        if any(cells):
            self._lines[-1] += row_lines(cells)
        table.row = []

    @staticmethod
    def _covered(table: _Table, cells: list[list[str]]) -> None:
        """Leave cells empty where one of a row above still reaches down."""
        while table.below.get(len(cells), 0) and len(cells) < MOST_COLUMNS:
            table.below[len(cells)] -= 1
            cells.append([])


def _is_furniture(tag: str, attributes: Mapping[str, str]) -> bool:
    """Tell navigation and the like by role, class or id."""
    if tag in {"html", "body", "main", "article"}:
        return False
    if "hidden" in attributes or attributes.get("role") in {"navigation", "banner", "search"}:
        return True
    return bool(_FURNITURE.search(f"{attributes.get('class', '')} {attributes.get('id', '')}"))


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 5 else default
