"""The text of a Word document as the reader sees it: order, automatic numbers, tables."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from tracker import archives
from tracker.errors import BadInput
from tracker.evidence.rows import row_lines
from tracker.evidence.word_numbers import Numbering
from tracker.extraction.closing import PAGE_FOOT, PAGE_HEAD, PAGE_NOTE, TEXT_BOX

MAX_DOCUMENT_BYTES = 60_000_000  # of word/document.xml unpacked; a tree takes several times that

_READER_FAILURES = (
    PackageNotFoundError,
    SyntaxError,  # lxml's XMLSyntaxError
    zipfile.BadZipFile,
    KeyError,
    ValueError,
    AttributeError,
    TypeError,
    IndexError,
)
_P, _TBL, _TR, _TC = (qn(f"w:{name}") for name in ("p", "tbl", "tr", "tc"))
_TEXT, _RUN, _BOX = qn("w:t"), qn("w:r"), qn("w:txbxContent")
_MARKS = {
    qn("w:tab"): "\t",
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "-",
    qn("w:ptab"): "\t",
}
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
# What the reader does not see in the running text.
_LEFT_OUT = {
    qn(f"w:{name}") for name in ("del", "moveFrom", "pPr", "rPr", "instrText", "sdtPr", "object")
}
# Where text boxes hang; of two renderings of one box, Word shows the first.
_DRAWN = {qn("w:drawing"), qn("w:pict"), f"{_MC}AlternateContent"}
_OFF = {"0", "false", "off"}
_CARRIED = (
    (RELATIONSHIP_TYPE.HEADER, PAGE_HEAD),
    (RELATIONSHIP_TYPE.FOOTER, PAGE_FOOT),
    (RELATIONSHIP_TYPE.FOOTNOTES, PAGE_NOTE),
    (RELATIONSHIP_TYPE.ENDNOTES, PAGE_NOTE),
)
_PAGE_NUMBER = re.compile(r"[-–\s]*(?:trang\s*)?[\divx]*(?:\s*/\s*\d+)?[-–\s]*", re.IGNORECASE)
MOST_COLUMNS = 60

_Element = Any  # lxml and python-docx give their elements no common type worth naming


def text_of(data: bytes) -> str:
    """Return the text of a .docx: paragraphs and rows of tables, one a line, in their order.

    Text boxes, notes, headers and footers stand behind it on lines with a label (see
    `closing.CARRIED`); deleted and hidden text is left out. BadInput: damaged, too large when
    unpacked.
    """
    with archives.open_zip(data) as archive:
        if any(
            part.filename.startswith("word/document") and part.file_size > MAX_DOCUMENT_BYTES
            for part in archive.infolist()
        ):
            raise BadInput(archives.BOMB)
    try:
        document = docx.Document(io.BytesIO(data))
        numbering = Numbering(
            _part(document, RELATIONSHIP_TYPE.NUMBERING), _part(document, RELATIONSHIP_TYPE.STYLES)
        )
        body = _Running(numbering)
        lines = list(body.lines(document.element.body))
        return "\n".join([*lines, *body.boxes, *_carried(document)])
    except _READER_FAILURES as error:
        raise BadInput(archives.DAMAGED) from error


def _carried(document: Any) -> Iterator[str]:
    """Yield headers, footers and notes, each once and with its label."""
    said = set()
    for kind, label in _CARRIED:
        for root in _parts(document, kind):
            notes = [note for note in root if note.get(qn("w:type")) is None]
            for element in notes if label == PAGE_NOTE else [root]:
                lines = _Running(Numbering(None, None)).lines(element)
                words = " ".join(" ".join(lines).split())
                if words and not _PAGE_NUMBER.fullmatch(words) and (label, words) not in said:
                    said.add((label, words))
                    yield f"{label} {words}"


def _part(document: Any, kind: str) -> _Element | None:
    """Return the root element of the part that `document` relates to as `kind`, if any."""
    return next(_parts(document, kind), None)


def _parts(document: Any, kind: str) -> Iterator[_Element]:
    for relation in document.part.rels.values():
        if relation.reltype == kind and not relation.is_external:
            part = relation.target_part
            root = getattr(part, "element", None)
            yield parse_xml(part.blob) if root is None else root


class _Running:
    """Reads running text in its order, and collects the text boxes that hang on it."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self.boxes: list[str] = []

    def lines(self, container: _Element, *, in_cell: bool = False) -> Iterator[str]:
        pending = ""
        for block in container:
            if block.tag == _P:
                text = pending + self._paragraph(block)
                if _is_set(block, "w:pPr/w:rPr/w:del") or _is_set(block, "w:pPr/w:rPr/w:moveFrom"):
                    pending = text  # its end was deleted: the next one goes on in it
                    continue
                pending = ""
                yield text
            elif block.tag == _TBL:
                for row in block.iter(_TR):
                    if row.getparent() is not block and _table_of(row) is not block:
                        continue
                    lines = [] if _is_set(row, "w:trPr/w:del") else self._row(row)
                    yield from (line.replace(" | ", ", ") if in_cell else line for line in lines)
            elif block.tag not in _LEFT_OUT and len(block):
                yield from self.lines(block, in_cell=in_cell)  # content controls and the like
        if pending:
            yield pending

    def _row(self, row: _Element) -> list[str]:
        """Return the lines of `row`; a merged cell is followed by the empty ones it covers."""
        cells: list[list[str]] = [[] for _ in range(_number(row, "w:trPr/w:gridBefore"))]
        for cell in _cells(row):
            lines = [line.strip() for line in self.lines(cell, in_cell=True)]
            span = max(1, _number(cell, "w:tcPr/w:gridSpan"))
            cells += [lines, *([[]] * (span - 1))]
        return row_lines(cells)

    def _paragraph(self, paragraph: _Element) -> str:
        number = self._numbering.next_number(paragraph)
        text = "".join(self._runs(paragraph)).replace("\u00ad", "")
        return number + text if number and text.strip() else text

    def _runs(self, element: _Element) -> Iterator[str]:
        for child in element:
            if child.tag in _LEFT_OUT:
                continue
            if child.tag == _TEXT:
                yield child.text or ""
            elif child.tag in _MARKS:
                if element.tag == _RUN:
                    yield _MARKS[child.tag]
            elif child.tag in _DRAWN:
                self._keep_boxes(child)
            elif len(child) and not _is_set(child, "w:rPr/w:vanish"):
                yield from self._runs(child)

    def _keep_boxes(self, drawn: _Element) -> None:
        choices = drawn.findall(f"{_MC}Choice") + drawn.findall(f"{_MC}Fallback")
        found = [list(choice.iter(_BOX)) for choice in choices] or [list(drawn.iter(_BOX))]
        for box in next((boxes for boxes in found if boxes), []):
            lines = [*_Running(self._numbering).lines(box)]
            words = " ".join(" ".join(lines).split())
            if words:
                self.boxes.append(f"{TEXT_BOX} {words}")


def _table_of(row: _Element) -> _Element | None:
    return next(row.iterancestors(_TBL), None)


def _cells(row: _Element) -> Iterator[_Element]:
    for child in row.iterchildren():
        if child.tag == _TC:
            yield child
        elif child.tag == qn("w:sdt"):
            yield from child.iter(_TC)


def _named(path: str) -> str:
    return "/".join(qn(name) for name in path.split("/"))


def _is_set(element: _Element, path: str) -> bool:
    """Tell whether a property stands at `path` and is not switched off."""
    found = element.find(_named(path))
    return found is not None and found.get(qn("w:val")) not in _OFF


def _number(element: _Element, path: str) -> int:
    """Return the value of a property that counts something; 0 without it."""
    found = element.find(_named(path))
    value = "" if found is None else found.get(qn("w:val")) or ""
    return min(int(value), MOST_COLUMNS) if value.isdecimal() else 0
