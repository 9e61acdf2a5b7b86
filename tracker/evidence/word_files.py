"""The text of a Word document as the reader sees it: order, automatic numbers, tables."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn

from tracker import archives
from tracker.errors import BadInput
from tracker.evidence.word_numbers import Numbering

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
_TEXT, _RUN = qn("w:t"), qn("w:r")
_MARKS = {
    qn("w:tab"): "\t",
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "-",
    qn("w:ptab"): "\t",
}
# What the reader does not see, or sees elsewhere than in the running text.
_LEFT_OUT = {
    qn(f"w:{name}")
    for name in ("del", "moveFrom", "pPr", "rPr", "drawing", "pict", "object", "instrText", "sdtPr")
} | {"{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"}

_Element = Any  # lxml and python-docx give their elements no common type worth naming


def text_of(data: bytes) -> str:
    """Return the text of a .docx: paragraphs and rows of tables, one a line, in their order.

    Headers, footers, text boxes, notes and deleted text are left out. BadInput: damaged, too
    large when unpacked.
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
        return "\n".join(_block_lines(document.element.body, numbering))
    except _READER_FAILURES as error:
        raise BadInput(archives.DAMAGED) from error


def _part(document: Any, kind: str) -> _Element | None:
    """Return the root element of the part that `document` relates to as `kind`, if any."""
    for relation in document.part.rels.values():
        if relation.reltype == kind and not relation.is_external:
            return getattr(relation.target_part, "element", None)
    return None


def _block_lines(container: _Element, numbering: Numbering) -> Iterator[str]:
    for block in container:
        if block.tag == _P:
            yield _paragraph(block, numbering)
        elif block.tag == _TBL:
            for row in block.iterchildren(_TR, qn("w:sdt"), qn("w:ins")):
                rows = [row] if row.tag == _TR else list(row.iter(_TR))
                for each in rows:
                    yield _row(each, numbering)
        elif block.tag not in _LEFT_OUT and len(block):
            yield from _block_lines(block, numbering)  # content controls and the like


def _row(row: _Element, numbering: Numbering) -> str:
    """Return the cells of `row` joined by " | "; a lone cell is a frame and keeps its lines."""
    cells = [child for child in row.iterchildren() if child.tag == _TC]
    cells += [cell for box in row.iterchildren(qn("w:sdt")) for cell in box.iter(_TC)]
    texts = [[line.strip() for line in _block_lines(cell, numbering)] for cell in cells]
    if len(texts) == 1:
        return "\n".join(texts[0])
    return " | ".join(" ".join(" ".join(lines).split()) for lines in texts)


def _paragraph(paragraph: _Element, numbering: Numbering) -> str:
    number = numbering.next_number(paragraph)
    text = "".join(_runs(paragraph))
    return number + text if number and text.strip() else text


def _runs(element: _Element) -> Iterator[str]:
    for child in element:
        if child.tag in _LEFT_OUT:
            continue
        if child.tag == _TEXT:
            yield child.text or ""
        elif child.tag in _MARKS:
            if element.tag == _RUN:
                yield _MARKS[child.tag]
        elif len(child):
            yield from _runs(child)
