"""Containers in which office files arrive: zip packages opened with suspicion, OLE recognised.

A package is looked through once, before any library parses a part of it: size after
unpacking, ratio, check sums, document type declarations. What is refused is said in a sentence
that tells what to do.
"""

import io
import re
import struct
import zipfile
import zlib
from enum import StrEnum

from tracker.errors import N_, BadInput

ZIP_START = b"PK\x03\x04"
EMPTY_ZIP_START = b"PK\x05\x06"
OLE_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

MAX_UNZIPPED_BYTES = 400_000_000
MAX_ENTRIES = 10_000
MAX_RATIO = 200
RATIO_COUNTS_FROM_BYTES = 10_000_000  # a small part may be as repetitive as it likes

DAMAGED = N_(
    "The file is damaged. Open it on your computer, save it again under a new name, and choose"
    " the new file."
)
BOMB = N_(
    "The file would become far too large when unpacked and was not opened."
    " Copy its content into a new file and choose that one."
)
LOCKED = N_(
    "The file is protected with a password. Open it, remove the password, save it, and choose"
    " it again."
)
UNSAFE = N_(
    "The file holds definitions that office programs do not write, and was not opened."
    " Open it in Word or Excel, save it under a new name, and choose the new file."
)

_BROKEN = (
    zipfile.BadZipFile,
    struct.error,
    zlib.error,
    EOFError,
    NotImplementedError,
    OverflowError,
    UnicodeDecodeError,
    ValueError,
    OSError,
)
_CHUNK = 1 << 20
_DECLARATIONS = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_ENCODING = re.compile(rb"""^<\?xml[^>]*?encoding\s*=\s*["']([^"']+)["']""")
_PLAIN_ENCODINGS = {b"utf-8", b"utf-16", b"us-ascii", b"ascii"}
_PICTURES = (
    ".svg",
    ".htm",
    ".html",
    ".mht",
)  # parts that are carried along, never parsed


class Package(StrEnum):
    """What an Office zip says that it is, by its content types."""

    DOCX = "docx"
    XLSX = "xlsx"
    PPTX = "pptx"
    MACROS = "macros"
    OTHER = "other"


_MAIN_PARTS = {
    Package.DOCX: b"wordprocessingml.document.main+xml",
    Package.XLSX: b"spreadsheetml.sheet.main+xml",
    Package.PPTX: b"presentationml.presentation.main+xml",
}


def is_zip(data: bytes) -> bool:
    """Tell whether `data` begins as a zip file does."""
    return data.startswith((ZIP_START, EMPTY_ZIP_START))


def is_ole(data: bytes) -> bool:
    """Tell whether `data` is an OLE container: an old .doc or .xls, or a locked new one."""
    return data.startswith(OLE_START)


def is_locked_ole(data: bytes) -> bool:
    """Tell whether an OLE container holds an Office file locked with a password."""
    return is_ole(data) and "EncryptedPackage".encode("utf-16-le") in data


def open_zip(data: bytes) -> zipfile.ZipFile:
    """Return the zip file `data`, looked through: sizes, passwords, check sums, declarations.

    Python's reader never unpacks more than an entry declares, so the declared sizes bound it.
    BadInput: broken, locked with a password, too large when unpacked, unsafe.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = archive.infolist()
    except _BROKEN as error:
        raise BadInput(DAMAGED) from error
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise BadInput(LOCKED)
    _refuse_bomb(entries)
    if len({entry.filename for entry in entries}) < len(entries):
        raise BadInput(DAMAGED)  # two programs could read two different files
    for entry in entries:
        try:
            _look_through(archive, entry)
        except _BROKEN as error:
            raise BadInput(DAMAGED) from error
    return archive


def package_of(archive: zipfile.ZipFile) -> Package:
    """Return what the content types of `archive` say; OTHER when they say nothing known."""
    try:
        types = archive.read("[Content_Types].xml")
    except KeyError:
        return Package.OTHER
    names = archive.namelist()
    if b"macroEnabled" in types or any(name.lower().endswith("vbaproject.bin") for name in names):
        return Package.MACROS
    for package, main_part in _MAIN_PARTS.items():
        if main_part in types:
            return package
    return Package.OTHER


def _refuse_bomb(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MAX_ENTRIES:
        raise BadInput(BOMB)
    if sum(entry.file_size for entry in entries) > MAX_UNZIPPED_BYTES:
        raise BadInput(BOMB)
    for entry in entries:
        ratio = entry.file_size / max(entry.compress_size, 1)
        if entry.file_size > RATIO_COUNTS_FROM_BYTES and ratio > MAX_RATIO:
            raise BadInput(BOMB)


def _look_through(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Read one entry to its end (which checks its sum); refuse what an XML part may not hold."""
    with archive.open(entry) as part:
        chunk = part.read(_CHUNK)
        is_xml = _plain(chunk[:200]).lstrip().startswith(b"<")
        name = entry.filename.lower()
        if chunk and name.endswith((".xml", ".rels")) and not is_xml:
            raise BadInput(UNSAFE)  # an encoding (EBCDIC) that hides what is looked for below
        parsed = is_xml and not name.endswith(_PICTURES)
        if parsed:
            declared = _ENCODING.match(_plain(chunk[:400]).lstrip())
            if declared and declared.group(1).lower() not in _PLAIN_ENCODINGS:
                raise BadInput(UNSAFE)  # an encoding could hide what is looked for below
        tail = b""
        while chunk:
            if parsed and _DECLARATIONS.search(tail + _plain(chunk)):
                raise BadInput(UNSAFE)
            tail = _plain(chunk)[-16:]
            chunk = part.read(_CHUNK)


def _plain(chunk: bytes) -> bytes:
    """Return `chunk` without the marks and zero bytes of UTF-16 and UTF-8."""
    if b"\0" in chunk:
        chunk = chunk.replace(b"\0", b"")
    return chunk.removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
