"""Word documents with automatic numbers, as offices write their notices."""

import io
from typing import NamedTuple

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from tests.files.hostile import rebuilt

ROMAN_LIST, DECIMAL_LIST, BULLET_LIST, RESTARTED, LEGAL_LIST = 1, 2, 3, 4, 5

_WINGDINGS = '<w:rPr><w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/></w:rPr>'


class Level(NamedTuple):
    """One level of a list as numbering.xml describes it; `more` and `font` are XML."""

    kind: str
    text: str
    start: int = 1
    more: str = ""
    font: str = ""

    def xml(self, index: int) -> str:
        return (
            f'<w:lvl w:ilvl="{index}"><w:start w:val="{self.start}"/>'
            f'<w:numFmt w:val="{self.kind}"/>{self.more}<w:lvlText w:val="{self.text}"/>'
            f"{self.font}</w:lvl>"
        )


def numbering_xml() -> str:
    """Return the numbering part: I. / 1. / a) and 1. / 1.1. / 1.1.1., bullets, a restart."""

    def abstract(key: int, *levels: Level) -> str:
        inner = "".join(level.xml(index) for index, level in enumerate(levels))
        return f'<w:abstractNum w:abstractNumId="{key}">{inner}</w:abstractNum>'

    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    return (
        f"<w:numbering {nsdecls('w')}>"
        + abstract(
            11, Level("upperRoman", "%1."), Level("decimal", "%2."), Level("lowerLetter", "%3)")
        )
        + abstract(
            12, Level("decimal", "%1."), Level("decimal", "%1.%2."), Level("decimal", "%1.%2.%3.")
        )
        + abstract(
            13,
            Level("bullet", "\uf0b7"),
            Level("bullet", "-"),
            Level("bullet", "l", font=_WINGDINGS),
            Level("bullet", "o"),
        )
        + abstract(
            15,
            Level("upperRoman", "Phần %1", start=2),
            Level("decimal", "%1.%2", more="<w:isLgl/>"),
        )
        + "".join(
            f'<w:num w:numId="{number}"><w:abstractNumId w:val="{key}"/>{more}</w:num>'
            for number, key, more in (
                (ROMAN_LIST, 11, ""),
                (DECIMAL_LIST, 12, ""),
                (BULLET_LIST, 13, ""),
                (RESTARTED, 12, restart),
                (LEGAL_LIST, 15, ""),
            )
        )
        + "</w:numbering>"
    )


def numbered(*paragraphs: tuple[str, int, int] | str) -> bytes:
    """Return a .docx of (text, list, level) paragraphs; a mere text has no number."""
    document = docx.Document()
    for each in paragraphs:
        text, number, level = each if isinstance(each, tuple) else (each, None, 0)
        paragraph = document.add_paragraph(text)
        if number is not None:
            paragraph._p.get_or_add_pPr().append(
                parse_xml(
                    f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/>'
                    f'<w:numId w:val="{number}"/></w:numPr>'
                )
            )
    return rebuilt(_saved(document), {"word/numbering.xml": numbering_xml()})


def with_body(xml: str) -> bytes:
    """Return a .docx whose body begins with `xml` (prefix w)."""
    document = docx.Document()
    wrapper = parse_xml(f"<w:body {nsdecls('w')}>{xml}</w:body>")
    for element in reversed(list(wrapper)):
        document.element.body.insert(0, element)
    return _saved(document)


def with_table(before: str, rows: list[list[str]], after: str) -> bytes:
    """Return a .docx with a paragraph, a table and a paragraph."""
    document = docx.Document()
    document.add_paragraph(before)
    table = document.add_table(len(rows), len(rows[0]))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.add_paragraph(after)
    document.sections[0].header.paragraphs[0].text = "Đầu trang"
    document.sections[0].footer.paragraphs[0].text = "Chân trang"
    return _saved(document)


def styled(*paragraphs: tuple[str, str]) -> bytes:
    """Return a .docx of (text, style) paragraphs, numbered by Word's own list styles."""
    document = docx.Document()
    for text, style in paragraphs:
        document.add_paragraph(text, style=style)
    return _saved(document)


def _saved(document: "docx.document.Document") -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
