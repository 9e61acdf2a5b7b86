"""The process in which a PDF is opened: `python -m tracker.evidence.pdf_child` < PDF > text.

A PDF is a program of strangers: this process has little memory and time, and may die of it.
Its exit code says why there is no text (see `pdf_files`); the text goes out as UTF-8.
"""

import contextlib
import ctypes
import sys
from collections.abc import Iterator

import pypdfium2 as pdfium
from pypdfium2 import raw

from tracker.evidence.pdf_layout import text_of_pages
from tracker.evidence.pdf_lines import Char, Page, Rule

LOCKED, DAMAGED, NO_TEXT, TOO_MANY_PAGES, TOO_LONG = 3, 4, 5, 6, 7
MOST_PAGES = 200
MOST_CHARACTERS = 2_000_000
MOST_BYTES_OF_MEMORY = 1_000_000_000
MOST_SECONDS = 20
MOST_OBJECTS = 20_000  # of one page; a table has some hundred lines
_POINTS_OF_RULE = 2
_BROKEN_WORD = 2  # what the library makes of a hyphen at the end of a line


def main() -> int:
    """Read a PDF from stdin, write its text to stdout and return the exit code."""
    _bound()
    data = sys.stdin.buffer.read()
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        locked = getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD
        return LOCKED if locked or "password" in str(error).lower() else DAMAGED
    if not len(document):
        return DAMAGED
    if len(document) > MOST_PAGES:
        return TOO_MANY_PAGES
    try:
        pages = list(_pages(document))
    except pdfium.PdfiumError:
        return DAMAGED
    except OverflowError:
        return TOO_LONG
    text = text_of_pages(pages)
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    return 0 if text.strip() else NO_TEXT


def _bound() -> None:
    """Take away from this process what a hostile file could use up."""
    with contextlib.suppress(ImportError, ValueError, OSError):  # no such limits on Windows
        import resource  # noqa: PLC0415

        resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES_OF_MEMORY, MOST_BYTES_OF_MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _pages(document: pdfium.PdfDocument) -> Iterator[Page]:
    left = MOST_CHARACTERS
    for page in document:
        width, height = page.get_size()
        text = page.get_textpage()
        left -= text.count_chars()
        if left < 0:
            raise OverflowError
        yield Page(width, height, list(_chars(text)), list(_rules(page)))
        text.close()
        page.close()


def _chars(text: pdfium.PdfTextPage) -> Iterator[Char]:
    """Yield what is drawn upright; the library's own spaces and slanted watermarks are left out."""
    box = raw.FS_RECTF()
    for index in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, index)
        code = ord("-") if code == _BROKEN_WORD else code
        if code < 32 or raw.FPDFText_IsGenerated(text, index) == 1:
            continue
        if abs(raw.FPDFText_GetCharAngle(text, index)) > 0.1:
            continue
        if not raw.FPDFText_GetLooseCharBox(text, index, box):
            continue
        size = raw.FPDFText_GetFontSize(text, index)
        yield Char(chr(code), box.left, box.bottom, box.right, box.top, size)


def _rules(page: pdfium.PdfPage) -> Iterator[Rule]:
    """Yield the straight lines of a page, level or upright, as tables are drawn."""
    for count, item in enumerate(page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=3)):
        if count > MOST_OBJECTS:
            return
        matrix = item.get_matrix()
        points: list[tuple[float, float]] = []
        for index in range(min(raw.FPDFPath_CountSegments(item), 400)):
            segment = raw.FPDFPath_GetPathSegment(item, index)
            kind = raw.FPDFPathSegment_GetType(segment)
            x, y = ctypes.c_float(), ctypes.c_float()
            raw.FPDFPathSegment_GetPoint(segment, x, y)
            here = matrix.on_point(x.value, y.value)
            if kind == raw.FPDF_SEGMENT_MOVETO:
                points = [here]
                continue
            if kind == raw.FPDF_SEGMENT_LINETO and points:
                yield from _rule(points[-1], here)
            points.append(here)
            if raw.FPDFPathSegment_GetClose(segment):
                yield from _rule(here, points[0])


def _rule(start: tuple[float, float], end: tuple[float, float]) -> Iterator[Rule]:
    (x0, y0), (x1, y1) = start, end
    if abs(y0 - y1) <= _POINTS_OF_RULE < abs(x0 - x1):
        yield Rule(level=True, at=(y0 + y1) / 2, start=min(x0, x1), end=max(x0, x1))
    elif abs(x0 - x1) <= _POINTS_OF_RULE < abs(y0 - y1):
        yield Rule(level=False, at=(x0 + x1) / 2, start=min(y0, y1), end=max(y0, y1))


if __name__ == "__main__":
    sys.exit(main())
