"""Three notices of our own, each to be written as text, Word, PDF and web page.

`python -m tests.files.same_notice FOLDER` writes the Word files; the PDFs beside this file were
printed from them with LibreOffice (`soffice --headless --convert-to pdf`).
"""

import html
import io
import sys
from datetime import date
from pathlib import Path
from typing import NamedTuple

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt

from tests.files.hostile import rebuilt
from tests.files.notices import ROMAN_LIST, numbering_xml

PDFS = Path(__file__).parent / "pdf"
Lines = list[str]


class Said(NamedTuple):
    """A task as the notice gives it."""

    clause: str
    lead: tuple[str, ...]
    coordinate: tuple[str, ...]
    due_on: date | None


class SameNotice(NamedTuple):
    """Head in two columns, paragraphs ((text, level): numbered by Word), a table, foot."""

    name: str
    left: Lines
    right: Lines
    title: Lines
    body: list[str | tuple[str, int]]
    table: list[Lines]
    closing: str
    foot_left: Lines
    foot_right: Lines
    tasks: list[Said]


PROSE = SameNotice(
    name="prose",
    left=["ỦY BAN NHÂN DÂN", "TỈNH HÀ AN", "Số: 61/TB-UBND"],
    right=[
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Hà An, ngày 09 tháng 3 năm 2026",
    ],
    title=[
        "THÔNG BÁO",
        "Kết luận của đồng chí Phó Chủ tịch UBND tỉnh về giải ngân vốn đầu tư công",
    ],
    body=[
        (
            "Ngày 06 tháng 3 năm 2026, đồng chí Phó Chủ tịch UBND tỉnh chủ trì họp rà soát tiến"
            " độ giải ngân vốn đầu tư công quý I. Sau khi nghe báo cáo và ý kiến của đại biểu,"
            " đồng chí Phó Chủ tịch UBND tỉnh kết luận như sau:"
        ),
        (
            "Giao Sở Tài chính chủ trì, phối hợp với Kho bạc Nhà nước khu vực rà soát toàn bộ"
            " danh mục dự án chậm giải ngân, đề xuất điều chuyển vốn, báo cáo UBND tỉnh trước"
            " ngày 20 tháng 3 năm 2026."
        ),
        (
            "Giao Sở Xây dựng chủ trì, phối hợp với Sở Nông nghiệp và Môi trường công bố giá vật"
            " liệu xây dựng sát với thị trường, hoàn thành trước ngày 31 tháng 3 năm 2026."
        ),
        (
            "Yêu cầu UBND phường Tân Lập hoàn thành thủ tục lựa chọn nhà thầu của tuyến đường"
            " tránh phía Nam trong tháng 4 năm 2026."
        ),
    ],
    table=[],
    closing="Văn phòng UBND tỉnh thông báo để các cơ quan, đơn vị biết, thực hiện./.",
    foot_left=[
        "Nơi nhận:",
        "- Chủ tịch UBND tỉnh (b/c);",
        "- Các sở: TC, XD;",
        "- Lưu: VT.",
    ],
    foot_right=["TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG", "Phạm Quốc Bảo"],
    tasks=[
        Said("", ("Sở Tài chính",), ("Kho bạc Nhà nước khu vực",), date(2026, 3, 20)),
        Said("", ("Sở Xây dựng",), ("Sở Nông nghiệp và Môi trường",), date(2026, 3, 31)),
        Said("", ("UBND phường Tân Lập",), (), date(2026, 4, 30)),
    ],
)

NUMBERED = SameNotice(
    name="numbered",
    left=["UBND TỈNH HÀ AN", "BAN CHỈ ĐẠO CHUYỂN ĐỔI SỐ", "Số: 08/TB-BCĐ"],
    right=[
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Hà An, ngày 12 tháng 3 năm 2026",
    ],
    title=["THÔNG BÁO", "Kết luận phiên họp thứ nhất năm 2026 của Ban Chỉ đạo chuyển đổi số tỉnh"],
    body=[
        "Ngày 10 tháng 3 năm 2026, Trưởng Ban Chỉ đạo chủ trì phiên họp và kết luận như sau:",
        ("ĐÁNH GIÁ CHUNG", 0),
        ("Các sở, ngành đã số hóa 82% hồ sơ, giải quyết đúng hạn đạt 97,5%.", 1),
        ("NHIỆM VỤ TRỌNG TÂM", 0),
        ("Sở Khoa học và Công nghệ:", 1),
        (
            (
                "Chủ trì, phối hợp với Công an tỉnh hoàn thiện nền tảng tích hợp, chia sẻ dữ liệu"
                " dùng chung của tỉnh, báo cáo Ban Chỉ đạo trước ngày 15 tháng 4 năm 2026."
            ),
            2,
        ),
        ("Xây dựng bộ tài liệu tập huấn kỹ năng số cho cán bộ cấp xã trong quý II năm 2026.", 2),
        (
            (
                "Giao Văn phòng UBND tỉnh chủ trì, phối hợp với Sở Nội vụ công khai tiến độ xử lý"
                " hồ sơ của từng đơn vị, hoàn thành trước ngày 30 tháng 3 năm 2026."
            ),
            1,
        ),
        ("TỔ CHỨC THỰC HIỆN", 0),
        (
            (
                "Yêu cầu UBND các xã, phường kiện toàn Tổ công nghệ số cộng đồng trước ngày 25"
                " tháng 3 năm 2026."
            ),
            1,
        ),
    ],
    table=[],
    closing="Cơ quan thường trực Ban Chỉ đạo thông báo để các đơn vị biết, thực hiện./.",
    foot_left=["Nơi nhận:", "- Thành viên Ban Chỉ đạo;", "- UBND các xã, phường;", "- Lưu: VT."],
    foot_right=["KT. TRƯỞNG BAN", "PHÓ TRƯỞNG BAN", "Lương Thị Hạnh"],
    tasks=[
        Said("II.1.a", ("Sở Khoa học và Công nghệ",), ("Công an tỉnh",), date(2026, 4, 15)),
        Said("II.1.b", ("Sở Khoa học và Công nghệ",), (), date(2026, 6, 30)),
        Said("II.2", ("Văn phòng UBND tỉnh",), ("Sở Nội vụ",), date(2026, 3, 30)),
        Said("III.1", ("UBND các xã, phường",), (), date(2026, 3, 25)),
    ],
)

TABLE = SameNotice(
    name="table",
    left=["ỦY BAN NHÂN DÂN", "XÃ BÌNH SƠN", "Số: 17/KH-UBND"],
    right=[
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Bình Sơn, ngày 16 tháng 3 năm 2026",
    ],
    title=["KẾ HOẠCH", "Khắc phục các tiêu chí mất điểm của Chỉ số cải cách hành chính năm 2025"],
    body=["Ủy ban nhân dân xã phân công nhiệm vụ khắc phục theo bảng sau đây."],
    table=[
        ["STT", "Nội dung nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời hạn"],
        [
            "1",
            (
                "Niêm yết đầy đủ danh mục thủ tục hành chính tại Trung tâm Phục vụ hành chính"
                " công và trên trang thông tin điện tử của xã"
            ),
            "Trung tâm Phục vụ hành chính công",
            "Phòng Nội vụ",
            "Trước ngày 31/3/2026",
        ],
        [
            "2",
            "Khảo sát mức độ hài lòng của người dân về giải quyết thủ tục đất đai",
            "Phòng Kinh tế",
            "Phòng Văn hóa - Xã hội",
            "Quý II/2026",
        ],
        [
            "3",
            "Cập nhật dữ liệu hộ tịch điện tử",
            "Phòng Văn hóa - Xã hội",
            "Công an xã",
            "Tháng 5/2026",
        ],
    ],
    closing="Các đơn vị nghiêm túc triển khai thực hiện./.",
    foot_left=["Nơi nhận:", "- TT Đảng ủy xã;", "- Các phòng, trung tâm;", "- Lưu: VT."],
    foot_right=["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Đinh Văn Thành"],
    tasks=[
        Said(
            "1",
            ("Trung tâm Phục vụ hành chính công",),
            ("Phòng Nội vụ",),
            date(2026, 3, 31),
        ),
        Said("2", ("Phòng Kinh tế",), ("Phòng Văn hóa - Xã hội",), date(2026, 6, 30)),
        Said("3", ("Phòng Văn hóa - Xã hội",), ("Công an xã",), date(2026, 5, 31)),
    ],
)
SAME_NOTICES = (PROSE, NUMBERED, TABLE)
_MARKS = (["I", "II", "III", "IV"], ["1", "2", "3", "4"], ["a", "b", "c", "d"])


def marks(body: list[str | tuple[str, int]]) -> Lines:
    """Return the paragraphs with the numbers that Word would write."""
    counts = [0, 0, 0]
    lines = []
    for each in body:
        if isinstance(each, str):
            lines.append(each)
            continue
        text, level = each
        counts[level] += 1
        counts[level + 1 :] = [0] * (2 - level)
        lines.append(f"{_MARKS[level][counts[level] - 1]}{')' if level == 2 else '.'} {text}")
    return lines


def as_text(notice: SameNotice) -> bytes:
    rows = [" | ".join(row) for row in notice.table]
    body = [*notice.title, "", *marks(notice.body), *rows, notice.closing]
    return "\n".join(
        [*notice.left, *notice.right, *body, *notice.foot_left, *notice.foot_right]
    ).encode()


def as_html(notice: SameNotice) -> bytes:
    def cell(lines: Lines) -> str:
        return "<td>" + "<br>".join(map(html.escape, lines)) + "</td>"

    def row(lines: Lines) -> str:
        return "<tr>" + "".join(cell([line]) for line in lines) + "</tr>"

    paragraphs = "".join(f"<p>{html.escape(p)}</p>" for p in [*notice.title, *marks(notice.body)])
    table = f"<table>{''.join(map(row, notice.table))}</table>" if notice.table else ""
    return (
        "<!doctype html><html><head><title>Cổng thông"
        " tin</title><style>p{}</style></head><body><nav><ul><li>Trang chủ</li><li>Giao Sở Y tế"
        " báo cáo</li></ul></nav><article>"
        f"<table><tr>{cell(notice.left)}{cell(notice.right)}</tr></table>{paragraphs}{table}"
        f"<p>{html.escape(notice.closing)}</p>"
        f"<table><tr>{cell(notice.foot_left)}{cell(notice.foot_right)}</tr></table></article>"
        "<footer>Bản quyền thuộc UBND tỉnh</footer><script>var a = '<p>1. Giao Sở"
        " X';</script></body></html>"
    ).encode()


def as_word(notice: SameNotice) -> bytes:
    document = docx.Document()
    document.styles["Normal"].font.name = "Liberation Serif"
    document.styles["Normal"].font.size = Pt(13)
    _columns(document, notice.left, notice.right)
    for line in notice.title:
        document.add_paragraph(line).alignment = 1
    for each in notice.body:
        text, level = each if isinstance(each, tuple) else (each, None)
        paragraph = document.add_paragraph(text)
        paragraph.alignment = 3
        if level is None:
            paragraph.paragraph_format.first_line_indent = Pt(28)
        else:
            paragraph._p.get_or_add_pPr().append(
                parse_xml(
                    f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/>'
                    f'<w:numId w:val="{ROMAN_LIST}"/></w:numPr>'
                )
            )
    if notice.table:
        table = document.add_table(len(notice.table), len(notice.table[0]), style="Table Grid")
        for row, texts in zip(table.rows, notice.table, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    document.add_paragraph(notice.closing)
    _columns(document, notice.foot_left, notice.foot_right)
    _page_number(document)
    out = io.BytesIO()
    document.save(out)
    return rebuilt(out.getvalue(), {"word/numbering.xml": numbering_xml()})


def _columns(document: "docx.document.Document", left: Lines, right: Lines) -> None:
    table = document.add_table(1, 2)
    for cell, lines in zip(table.rows[0].cells, (left, right), strict=True):
        cell.text = lines[0]
        for line in lines[1:]:
            cell.add_paragraph(line)
        for paragraph in cell.paragraphs:
            paragraph.alignment = 0 if lines[0].startswith("Nơi") else 1
            paragraph.paragraph_format.space_after = Pt(0)
            for run in paragraph.runs:
                run.font.size = Pt(11)


def _page_number(document: "docx.document.Document") -> None:
    paragraph = document.sections[0].header.paragraphs[0]
    paragraph.alignment = 1
    field = f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    paragraph._p.append(parse_xml(field))


if __name__ == "__main__":
    for each in SAME_NOTICES:
        (Path(sys.argv[1]) / f"{each.name}.docx").write_bytes(as_word(each))
