"""PDFs written by hand: letters at given places, lines, pages, and things that no office makes."""

import zlib
from typing import NamedTuple

WIDTH, HEIGHT = 595, 842
EM = 0.5  # every letter is half as wide as its size


class Words(NamedTuple):
    """Words at a place in points from the lower left corner."""

    x: float
    y: float
    text: str
    size: float = 12


class Stroke(NamedTuple):
    """A drawn line."""

    x0: float
    y0: float
    x1: float
    y1: float


Drawn = list[Words | Stroke]


def lines(x: float, y: float, *texts: str, size: float = 12, step: float = 16) -> Drawn:
    """Return lines below one another, the first at `y`."""
    return [Words(x, y - step * index, text, size) for index, text in enumerate(texts)]


def table(
    x: float, y: float, widths: list[float], rows: list[list[str]], step: float = 40
) -> Drawn:
    """Return a drawn table; a cell's lines are separated by a line end, None is merged above."""
    drawn: Drawn = []
    edges = [x]
    for width in widths:
        edges.append(edges[-1] + width)
    for index in range(len(rows) + 1):
        drawn.append(Stroke(edges[0], y - index * step, edges[-1], y - index * step))
    drawn += [Stroke(edge, y, edge, y - len(rows) * step) for edge in edges]
    for index, cells in enumerate(rows):
        for edge, cell in zip(edges, cells, strict=False):
            drawn += lines(edge + 3, y - index * step - 14, *cell.split("\n"), size=10, step=12)
    return drawn


def pdf(*pages: Drawn, page_count: int = 0) -> bytes:
    """Return a PDF of `pages`; the font is not in it, only what its letters mean."""
    letters = sorted({c for page in pages for d in page if isinstance(d, Words) for c in d.text})
    codes = {letter: index + 1 for index, letter in enumerate(letters)}
    kids = [*pages] + [pages[-1]] * max(0, page_count - len(pages))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>"
        % (b" ".join(b"%d 0 R" % (7 + 2 * i) for i in range(len(kids))), len(kids)),
        (
            b"<< /Type /Font /Subtype /Type0 /BaseFont /Plain /Encoding /Identity-H"
            b" /DescendantFonts [4 0 R] /ToUnicode 6 0 R >>"
        ),
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Plain /DW %d /FontDescriptor 5 0 R"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>"
        % (EM * 1000),
        (
            b"<< /Type /FontDescriptor /FontName /Plain /Flags 4 /FontBBox [0 -200 500 800]"
            b" /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>"
        ),
        stream(_meanings(codes)),
    ]
    for page in kids:
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents %d 0 R"
            b" /Resources << /Font << /F 3 0 R >> >> >>" % (WIDTH, HEIGHT, len(objects) + 2)
        )
        objects.append(stream(b"\n".join(_operators(drawn, codes) for drawn in page)))
    return whole(objects)


def whole(objects: list[bytes], trailer: bytes = b"") -> bytes:
    """Return a PDF of numbered objects, the first one the catalogue."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        trailer,
        start,
    )
    return bytes(out)


def stream(data: bytes, *, packed: bytes | None = None) -> bytes:
    """Return a stream object, packed with Flate."""
    body = zlib.compress(data, 9) if packed is None else packed
    return b"<< /Length %d /Filter /FlateDecode >> stream\n%s\nendstream" % (len(body), body)


def bomb(size: int) -> bytes:
    """Return a PDF whose only page unpacks to `size` bytes of drawing operators."""
    packer = zlib.compressobj(9)
    piece = b"0 0 m 1 1 l S " * 75_000
    packed = b"".join(packer.compress(piece) for _ in range(size // len(piece)))
    return whole(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
            stream(b"", packed=packed + packer.flush()),
        ]
    )


def ring() -> bytes:
    """Return a PDF whose page tree and whose drawings contain themselves."""
    return whole(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 2 >>",
            (
                b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R"
                b" /Resources << /XObject << /A 4 0 R >> >> >>"
            ),
            (
                b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length 4"
                b" /Resources << /XObject << /A 4 0 R >> >> >> stream\n/A Do\nendstream"
            ),
            stream(b"/A Do /A Do"),
        ]
    )


def _meanings(codes: dict[str, int]) -> bytes:
    said = [
        b"<%04X> <%s>" % (code, letter.encode("utf-16-be").hex().encode())
        for letter, code in codes.items()
    ]
    blocks = b"\n".join(
        b"%d beginbfchar\n%s\nendbfchar" % (len(part), b"\n".join(part))
        for part in (said[i : i + 100] for i in range(0, len(said), 100))
    )
    return (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /M def"
        b" /CMapType 2 def 1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        + blocks
        + b"\nendcmap CMapName currentdict /CMap defineresource pop end end"
    )


def _operators(drawn: Words | Stroke, codes: dict[str, int]) -> bytes:
    if isinstance(drawn, Stroke):
        return b"%.1f %.1f m %.1f %.1f l S" % drawn
    shown = b"".join(b"%04X" % codes[letter] for letter in drawn.text)
    return b"BT /F %.1f Tf %.1f %.1f Td <%s> Tj ET" % (drawn.size, drawn.x, drawn.y, shown)
