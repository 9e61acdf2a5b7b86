"""The text of a notice, from a .txt, .docx, .pdf or .html file: bytes in, text out.

A .txt file keeps its own characters, one for one, so that positions count as in the file:
line ends are not translated and a control character becomes a space.
"""

from tracker import archives
from tracker.errors import N_, BadInput
from tracker.evidence import encodings, pdf_files, web_pages, word_files
from tracker.evidence.rules import EMPTY, check_upload, clean_name, ending_of

MAX_NOTICE_BYTES = 20 * 1000 * 1000
MAX_TEXT_LENGTH = 5_000_000

_CONTROLS = {code: " " for code in (*range(32), *range(127, 160)) if chr(code) not in "\t\n\r"} | {
    0x0B: "\n",  # Word's line break inside a paragraph
    0x0C: "\n",  # a page's end in text made from PDF
    0x85: "\n",
    0x1E: "-",  # Word's hyphen that does not break
}

TOO_LARGE = N_(
    "The notice is larger than a notice can be (%(limit)s MB). Choose the notice itself, without"
    " pictures and appendices."
)
NOT_A_NOTICE = N_(
    "A notice can be read from a .docx, .pdf, .html or .txt file. Save it as one of these, or"
    " copy its text and paste it."
)
NO_TEXT = N_(
    "There is no text in the file; it may be a scan. Choose the file with the text, or type or"
    " paste the text."
)


def read_text(file_name: str, data: bytes) -> str:
    """Return the text of the notice in `data`; without control characters, else as written.

    .txt: see `encodings.text_of`. .docx: paragraphs
    and tables in their order, automatic numbers written out, cells of a row joined by " | ".
    BadInput: another type, damaged, locked, too large, without text.
    """
    if len(data) >= MAX_NOTICE_BYTES:
        raise BadInput(TOO_LARGE, limit=MAX_NOTICE_BYTES // 1_000_000)
    if not data:
        raise BadInput(EMPTY)
    ending = ending_of(clean_name(file_name))
    if ending == "docx" or archives.is_ole(data) or archives.is_zip(data):
        check_upload(file_name, data)
        if ending != "docx":
            raise BadInput(NOT_A_NOTICE)
        text = encodings.unicode_of(word_files.text_of(data))
    elif ending == "pdf":
        check_upload(file_name, data)
        text = encodings.unicode_of(pdf_files.text_of(data))
    elif ending in {"html", "htm"}:
        text = web_pages.text_of(data)
    elif ending == "txt":
        text = encodings.text_of(data)
    else:
        raise BadInput(NOT_A_NOTICE)
    if len(text) > MAX_TEXT_LENGTH:
        raise BadInput(TOO_LARGE, limit=MAX_TEXT_LENGTH // 1_000_000)
    text = text.translate(_CONTROLS)
    if not text.strip():
        raise BadInput(NO_TEXT)
    return text
