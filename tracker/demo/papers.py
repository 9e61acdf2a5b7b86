"""Small files that serve as evidence: made from words alone, the same each time."""

import io
import struct
import zipfile
import zlib
from enum import StrEnum

from docx import Document

_FIXED = (2026, 1, 1, 8, 0, 0)
_WIDTH, _HEIGHT = 160, 100


class Paper(StrEnum):
    """The kinds of files that are made."""

    TEXT = "txt"
    PICTURE = "png"
    WORD = "docx"


def paper(kind: Paper, name: str, lines: tuple[str, ...]) -> tuple[str, bytes]:
    """Return (file name, content) of a file that says `lines`."""
    match kind:
        case Paper.TEXT:
            content = ("\n".join(lines) + "\n").encode()
        case Paper.PICTURE:
            content = _picture("".join(lines))
        case Paper.WORD:
            content = _word(lines)
    return f"{name}.{kind.value}", content


def _word(lines: tuple[str, ...]) -> bytes:
    """Return a Word file; its entries carry a fixed time, so that its digest is the same."""
    document = Document()
    document.add_heading(lines[0], level=1)
    for line in lines[1:]:
        document.add_paragraph(line)
    written = io.BytesIO()
    document.save(written)
    settled = io.BytesIO()
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(settled, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, _FIXED)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return settled.getvalue()


def _picture(words: str) -> bytes:
    """Return a picture of stripes whose shades come from `words` (a stand-in for a photo)."""
    shades = (words or " ").encode()
    rows = b"".join(
        b"\0"
        + b"".join(
            bytes((150 + shades[(x // 20 + y // 20) % len(shades)] % 90, 160, 170 + y % 60))
            for x in range(_WIDTH)
        )
        for y in range(_HEIGHT)
    )
    head = struct.pack(">IIBBBBB", _WIDTH, _HEIGHT, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", head)
        + _chunk(b"IDAT", zlib.compress(rows, 9))
        + _chunk(b"IEND", b"")
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    body = kind + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))
