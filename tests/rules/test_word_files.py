"""Word files: what stands beside the running text is known as such, merged cells too."""

from tests.files import notices
from tests.files.hostile import rebuilt
from tracker.evidence.reading import read_text

_BOX = (
    "<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>"
    "<w:txbxContent><w:p><w:r><w:t>Số: 5/TB-UBND</w:t></w:r></w:p></w:txbxContent></wps:txbx>"
    "</w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent><w:p><w:r>"
    "<w:t>Số: 5/TB-UBND</w:t></w:r></w:p></w:txbxContent></w:pict></mc:Fallback>"
    "</mc:AlternateContent></w:r><w:r><w:t>Giao Sở Y tế</w:t></w:r></w:p>"
)
_NAMES = (
    " xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'"
    " xmlns:wps='http://schemas.microsoft.com/office/word/2010/wordprocessingShape'"
)


def body(xml: str) -> list[str]:
    return read_text("a.docx", notices.with_body(xml)).rstrip("\n").split("\n")


def test_a_text_box_is_read_once_and_beside_the_text():
    boxed = _BOX.replace("<mc:AlternateContent", f"<mc:AlternateContent{_NAMES}", 1)

    assert body(boxed) == ["Giao Sở Y tế", "[Khung chữ] Số: 5/TB-UBND"]


def test_headers_and_footers_stand_behind_the_text_and_page_numbers_nowhere():
    data = notices.with_table("Trước", [["TT", "Nội dung"], ["1", "Rà soát"]], "Sau")

    assert read_text("a.docx", data).splitlines()[-2:] == [
        "[Đầu trang] Đầu trang",
        "[Chân trang] Chân trang",
    ]
    numbered = rebuilt(data, {"word/header1.xml": _header("<w:t>Trang 1/2</w:t>")})
    assert "Trang 1/2" not in read_text("a.docx", numbered)


def _header(run: str) -> str:
    names = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'"
    return f"<w:hdr {names}><w:p><w:r>{run}</w:r></w:p></w:hdr>"


def test_merged_cells_leave_empty_ones_and_a_deleted_row_is_gone():
    def cell(text: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"

    def row(*cells: str, properties: str = "") -> str:
        return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"

    down, on = "<w:vMerge w:val='restart'/>", "<w:vMerge/>"
    table = (
        row(cell("TT"), cell("Nhiệm vụ"), cell("Chủ trì"))
        + row(cell("I. Nhóm", "<w:gridSpan w:val='3'/>"))
        + row(cell("1"), cell("Rà soát"), cell("Sở Nội vụ", down))
        + row(cell("2"), cell("Báo cáo"), cell("", on))
        + row(cell("3"), cell("Cũ"), cell("Sở Cũ"), properties="<w:del/>")
    )

    assert body(f"<w:tbl>{table}</w:tbl>") == [
        "TT | Nhiệm vụ | Chủ trì",
        "I. Nhóm |  | ",
        "1 | Rà soát | Sở Nội vụ",
        "2 | Báo cáo | ",
    ]


def test_letterhead_and_signature_in_a_table_stand_one_below_the_other():
    data = notices.with_table(
        "", [["UBND TỈNH HÀ AN\nSố: 5/TB-UBND", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]], "Sau"
    )

    assert read_text("a.docx", data).split("\n")[1:4] == [
        "UBND TỈNH HÀ AN",
        "Số: 5/TB-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    ]


def test_hidden_text_soft_hyphens_and_deleted_paragraph_ends_are_not_read():
    assert body(
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t xml:space='preserve'>Giao </w:t>"
        "</w:r></w:p><w:p><w:r><w:t>Sở Y\u00ad tế</w:t></w:r>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r>"
        "<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t> báo cáo</w:t><w:softHyphen/></w:r></w:p>"
    ) == ["Giao Sở Y tế báo cáo"]


def test_a_table_within_a_cell_keeps_the_columns_of_the_outer_one():
    inner = "<w:tbl><w:tr>" + "".join(
        f"<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>" for text in "ab"
    )
    outer = (
        f"<w:tbl><w:tr><w:tc>{inner}</w:tr></w:tbl><w:p/></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>"
    )

    assert body(outer) == ["a, b | "]
