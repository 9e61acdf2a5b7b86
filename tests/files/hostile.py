"""Files that must be refused with a sentence, and the honest ones that they imitate."""

import io
import zipfile
from collections.abc import Mapping, Sequence

import docx
import openpyxl

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\0" * 40
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\0" * 40
PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
LOCKED_PDF = PDF.replace(b"/Root 1 0 R", b"/Root 1 0 R /Encrypt 5 0 R")
PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00" + b"\0" * 200

_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="{part}" ContentType="application/vnd.{kind}"/></Types>'
)


def zip_of(parts: Mapping[str, bytes | str]) -> bytes:
    """Return a compressed zip of `parts`."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def rebuilt(data: bytes, changes: Mapping[str, bytes | str]) -> bytes:
    """Return the zip `data` with some parts replaced or added."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts: dict[str, bytes | str] = {name: archive.read(name) for name in archive.namelist()}
    return zip_of({**parts, **changes})


def xlsx(rows: Sequence[Sequence[object]]) -> bytes:
    """Return a workbook whose first sheet has `rows`."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def word(*paragraphs: str) -> bytes:
    """Return a .docx with `paragraphs`."""
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def zip_bomb() -> bytes:
    """Return a small zip that unpacks to 60 MB of nothing."""
    return zip_of({"[Content_Types].xml": "<Types/>", "bomb.bin": b"\0" * 60_000_000})


def office_bomb(honest: bytes, part: str) -> bytes:
    """Return an Office file with one part swollen to 60 MB."""
    return rebuilt(honest, {part: b"<a>" + b" " * 60_000_000 + b"</a>"})


def entity_bomb(honest: bytes, part: str, *, encoding: str = "utf-8") -> bytes:
    """Return an Office file of which one part declares entities that multiply."""
    text = (
        f'<?xml version="1.0" encoding="{encoding}"?>'
        '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
        "<a>&c;&c;</a>"
    )
    return rebuilt(honest, {part: text.encode(encoding)})


def with_macros(honest: bytes, folder: str) -> bytes:
    """Return an Office file that carries a macro project."""
    return rebuilt(honest, {f"{folder}/vbaProject.bin": OLE + b"macros"})


def locked_zip(honest: bytes) -> bytes:
    """Return a zip whose entries say that they are encrypted."""
    data = bytearray(honest)
    start = data.find(b"PK\x01\x02")
    while start >= 0:
        data[start + 8] |= 1
        start = data.find(b"PK\x01\x02", start + 4)
    return bytes(data)


def cut_off(honest: bytes) -> bytes:
    """Return the first half of a file, as an interrupted transfer leaves it."""
    return honest[: len(honest) // 2]


def bit_rot(honest: bytes) -> bytes:
    """Return a zip in which one compressed byte of the first part was altered."""
    data = bytearray(honest)
    name_length = int.from_bytes(data[26:28], "little")
    data[30 + name_length + 12] ^= 0x55
    return bytes(data)


def locked_office() -> bytes:
    """Return what Word and Excel write when a password is set: an OLE container."""
    return OLE + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 500


def old_office() -> bytes:
    """Return the beginning of a .doc or .xls of 1997–2003."""
    return OLE + b"\0" * 1500


def presentation() -> bytes:
    """Return a package that says it is a presentation."""
    kind = "openxmlformats-officedocument.presentationml.presentation.main+xml"
    types = _TYPES.format(part="/ppt/presentation.xml", kind=kind)
    return zip_of({"[Content_Types].xml": types, "ppt/presentation.xml": "<p/>"})


def part(data: bytes, name: str) -> bytes:
    """Return one part of the zip `data`."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)
