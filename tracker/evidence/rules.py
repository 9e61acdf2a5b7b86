"""Which files are taken in: the content decides what a file is, its name must agree. Pure."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from tracker import archives
from tracker.archives import Package
from tracker.errors import N_, BadInput

MAX_UPLOAD_BYTES = 20 * 1024 * 1024
MAX_NAME_LENGTH = 200
_ENDING_LENGTH = 10  # what follows a later point is a part of the name

EMPTY = N_("The file is empty. Choose the file again, or save it again before choosing it.")
TOO_LARGE = N_(
    "The file is larger than %(limit)s MB. Make it smaller, for example by scanning at a lower"
    " resolution, or split it."
)
WRONG_TYPE = N_(
    "Files of this type are not taken. Choose a PDF, Word (.docx), Excel (.xlsx), PowerPoint"
    " (.pptx), picture (.jpg, .png, .heic), text (.txt) or CSV file."
)
OLD_OFFICE = N_(
    "The file is in the old %(program)s format (.%(old)s), whatever its name says. Save it as"
    " .%(new)s in %(program)s and upload it again."
)
WRONG_NAME = N_(
    "The file is named “.%(named)s”, but its content is that of a .%(found)s file. Save it again"
    " in the right format, or correct its name, and upload it again."
)
NO_EXTENSION = N_(
    "The file's name has no ending. Add “.%(found)s” to its name and upload it again."
)
NOT_WHAT_IT_SAYS = N_(
    "The file is named “.%(named)s”, but its content is something else, or it is damaged. Open"
    " it, save it again as .%(named)s, and upload it again."
)
MACROS = N_(
    "The file holds macros. Save it without macros (.docx, .xlsx or .pptx) and upload it again."
)
PACKED = N_("Packed files are not taken. Unpack it and upload the files one by one.")


class MediaType(StrEnum):
    """The types that are taken, by the names that mail and browsers use."""

    PDF = "application/pdf"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
    JPEG = "image/jpeg"
    PNG = "image/png"
    HEIC = "image/heic"
    TXT = "text/plain"
    CSV = "text/csv"


@dataclass(frozen=True)
class Upload:
    """A file that was looked at and taken: its clean name, type, size in bytes and SHA-256."""

    file_name: str
    media_type: MediaType
    size: int
    digest: str


_ENDINGS: dict[MediaType, tuple[str, ...]] = {  # the first one is the usual one
    MediaType.PDF: ("pdf",),
    MediaType.DOCX: ("docx",),
    MediaType.XLSX: ("xlsx",),
    MediaType.PPTX: ("pptx",),
    MediaType.JPEG: ("jpg", "jpeg", "jfif"),
    MediaType.PNG: ("png",),
    MediaType.HEIC: ("heic", "heif"),
    MediaType.TXT: ("txt",),
    MediaType.CSV: ("csv",),
}
_BY_ENDING = {ending: media for media, endings in _ENDINGS.items() for ending in endings}
_OLD_ENDINGS = {"doc": ("Word", "docx"), "xls": ("Excel", "xlsx"), "ppt": ("PowerPoint", "pptx")}
_NEW_TO_OLD = {new: (program, old) for old, (program, new) in _OLD_ENDINGS.items()}
_MACRO_ENDINGS = {"docm", "dotm", "xlsm", "xltm", "xlam", "pptm", "ppsm", "potm"}
_PACKAGES = {
    Package.DOCX: MediaType.DOCX,
    Package.XLSX: MediaType.XLSX,
    Package.PPTX: MediaType.PPTX,
}
_PACKED_STARTS = (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00")
_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
_LOCKED_PDF = re.compile(rb"/Encrypt\s*(?:<<|\d+\s+\d+\s+R)")
_PDF_STARTS_WITHIN = 1024  # readers allow this much before the mark


def check_upload(file_name: str, data: bytes) -> Upload:
    """Return what `data` is, having looked into it; never trusts the name alone.

    BadInput: empty, above 20 MB, of another type, locked with a password, damaged, made to
    swell when unpacked, with macros, or with a name that says something else than the content.
    """
    name = clean_name(file_name)
    ending = ending_of(name)
    if not data.strip(b"\0"):
        raise BadInput(EMPTY)
    if len(data) > MAX_UPLOAD_BYTES:
        raise BadInput(TOO_LARGE, limit=MAX_UPLOAD_BYTES // (1024 * 1024))
    if archives.is_ole(data):
        _refuse_ole(data, ending)
    media = _media_of(data, ending)
    if ending not in _ENDINGS[media]:
        _refuse_name(ending, media)
    return Upload(name, media, len(data), digest_of(data))


def digest_of(data: bytes) -> str:
    """Return the SHA-256 of `data` in 64 lower-case hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def clean_name(file_name: str) -> str:
    """Return a name that is safe to show and to offer for download, at most 200 characters.

    The path, control characters, marks that turn the reading direction and characters that
    Windows refuses fall out; the text is composed; the ending survives the cutting.
    """
    composed = unicodedata.normalize("NFC", file_name).replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(
        char
        for char in composed
        if unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
        and char not in '<>:"|?*'
    )
    name = " ".join(kept.split()).strip(". ")
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > _ENDING_LENGTH:
        stem, ending = name, ""
    room = MAX_NAME_LENGTH - len(ending) - bool(ending)
    return (stem[:room].rstrip(". ") + ("." + ending if ending else "")) or "file"


def ending_of(file_name: str) -> str:
    """Return what follows the last point, in lower case; "" if nothing does."""
    _, dot, ending = file_name.rpartition(".")
    return ending.lower() if dot else ""


def _media_of(data: bytes, ending: str) -> MediaType:
    if archives.is_zip(data):
        return _package_media(data)
    if data.startswith(_PACKED_STARTS):
        raise BadInput(PACKED)
    if b"%PDF-" in data[:_PDF_STARTS_WITHIN]:
        if _LOCKED_PDF.search(data):
            raise BadInput(archives.LOCKED)
        return MediaType.PDF
    picture = _picture_of(data)
    if picture is not None:
        return picture
    if ending in {"txt", "csv", ""} and _is_text(data):
        return _BY_ENDING.get(ending, MediaType.TXT)
    if ending in _BY_ENDING:
        raise BadInput(NOT_WHAT_IT_SAYS, named=ending)
    raise BadInput(WRONG_TYPE)


def _picture_of(data: bytes) -> MediaType | None:
    if data.startswith(b"\xff\xd8\xff"):
        return MediaType.JPEG
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return MediaType.PNG
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC_BRANDS:
        return MediaType.HEIC
    return None


def _package_media(data: bytes) -> MediaType:
    with archives.open_zip(data) as archive:
        package = archives.package_of(archive)
    if package is Package.MACROS:
        raise BadInput(MACROS)
    if package is Package.OTHER:
        raise BadInput(PACKED)
    return _PACKAGES[package]


def _refuse_ole(data: bytes, ending: str) -> None:
    """Refuse what comes in the container of old and of locked Office files."""
    if archives.is_locked_ole(data):
        raise BadInput(archives.LOCKED)
    if ending in _OLD_ENDINGS:
        program, new = _OLD_ENDINGS[ending]
        raise BadInput(OLD_OFFICE, program=program, old=ending, new=new)
    if ending in _NEW_TO_OLD:
        program, old = _NEW_TO_OLD[ending]
        raise BadInput(OLD_OFFICE, program=program, old=old, new=ending)
    raise BadInput(WRONG_TYPE)


def _refuse_name(ending: str, media: MediaType) -> None:
    found = _ENDINGS[media][0]
    if not ending:
        raise BadInput(NO_EXTENSION, found=found)
    if ending in _MACRO_ENDINGS:
        raise BadInput(MACROS)
    raise BadInput(WRONG_NAME, named=ending[:_ENDING_LENGTH], found=found)


def _is_text(data: bytes) -> bool:
    """Tell whether `data` is UTF-8, or UTF-16 with its mark, and no program in disguise."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif b"\0" in data:
        return False
    else:
        encoding = "utf-8"
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
