"""Lists on paper: a landscape .docx with tables, which word processors open without repair."""

import io
from collections.abc import Iterable

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.shared import Mm, Pt


def landscape() -> Document:
    """Return an empty document on A4 across, in the type of official letters."""
    paper = docx.Document()
    style = paper.styles["Normal"].font
    style.name, style.size = "Times New Roman", Pt(12)
    section = paper.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(20)
    return paper


def add_table(paper: Document, heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    """Add a table with a bold first row."""
    table = paper.add_table(rows=1, cols=len(heads))
    table.style = "Table Grid"
    for cell, words in zip(table.rows[0].cells, heads, strict=True):
        cell.paragraphs[0].add_run(words).bold = True
    for row in rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.paragraphs[0].add_run(words).font.size = Pt(10)


def content(paper: Document) -> bytes:
    """Return the file's content."""
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()
