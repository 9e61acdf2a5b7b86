"""The text of a PDF with a text layer, read in a process of its own (see `pdf_child`)."""

import subprocess
import sys

from tracker import archives
from tracker.errors import N_, BadInput
from tracker.evidence import pdf_child

MOST_SECONDS = 40  # by the clock; the child has less time of the processor

SCAN = N_(
    "This PDF is a scan: it holds pictures of pages but no text that can be read. Choose the Word"
    " file it was printed from, or paste the text; the scan can be kept as the signed copy."
)
TOO_MANY_PAGES = N_(
    "This PDF has more than %(limit)s pages. Choose the notice itself, without its annexes."
)
TOO_HEAVY = N_(
    "This PDF takes too long to read and was put aside. Choose the Word file it was printed from,"
    " or paste the text."
)


def text_of(data: bytes) -> str:
    """Return the text of a PDF: paragraphs mended, columns in their order, tables with bars.

    BadInput: locked, damaged, without text, of too many pages, or too heavy to be read within
    the memory and time that a notice may take.
    """
    try:
        child = subprocess.run(  # noqa: S603
            [sys.executable, "-m", pdf_child.__name__],
            input=data,
            capture_output=True,
            timeout=MOST_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise BadInput(TOO_HEAVY) from error
    if child.returncode == pdf_child.LOCKED:
        raise BadInput(archives.LOCKED)
    if child.returncode == pdf_child.DAMAGED:
        raise BadInput(archives.DAMAGED)
    if child.returncode == pdf_child.NO_TEXT:
        raise BadInput(SCAN)
    if child.returncode == pdf_child.TOO_MANY_PAGES:
        raise BadInput(TOO_MANY_PAGES, limit=pdf_child.MOST_PAGES)
    if child.returncode != 0:
        raise BadInput(TOO_HEAVY)
    return child.stdout.decode("utf-8")
