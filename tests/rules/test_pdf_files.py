"""PDF: columns, tables, page furniture and broken lines; hostile files are refused in time."""

import time
from itertools import pairwise

import pytest

from tests.files import hostile
from tests.files.pdfs import Words, bomb, lines, pdf, ring, table
from tracker.errors import BadInput
from tracker.evidence.reading import read_text


def read(*pages) -> list[str]:
    return read_text("a.pdf", pdf(*pages)).splitlines()


def test_lines_broken_by_the_page_are_mended_and_paragraphs_stay_apart():
    assert read(
        [
            *lines(
                72, 760, "    1. Giao Sở Nội vụ chủ trì, phối hợp với Sở Tài", "chính rà soát quy"
            ),
            *lines(72, 700, "2. Công an tỉnh hướng dẫn các địa phương làm sạch", "dữ liệu."),
        ]
    ) == [
        "1. Giao Sở Nội vụ chủ trì, phối hợp với Sở Tài chính rà soát quy",
        "2. Công an tỉnh hướng dẫn các địa phương làm sạch dữ liệu.",
    ]


def test_a_hyphen_stays_between_syllables_and_goes_from_a_broken_word():
    assert read(
        lines(
            72,
            760,
            "Tiếp tục rà soát, phát triển kinh tế-",
            "xã hội của tỉnh trong giai đoạn 2026-",
            "2030 theo những chương trình imple-",
            "mentation",
        )
    ) == [
        (
            "Tiếp tục rà soát, phát triển kinh tế-xã hội của tỉnh trong giai đoạn 2026-2030 theo"
            " những chương trình implementation"
        )
    ]


def test_letterhead_columns_are_read_one_after_the_other():
    assert read(
        [
            *lines(72, 790, "UBND TỈNH HÀ AN", "SỞ NỘI VỤ", "Số: 45/TB-SNV"),
            *lines(300, 790, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"),
            *lines(300, 742, "Hà An, ngày 05 tháng 3 năm 2026"),
            *lines(72, 690, "Ngày 03 tháng 3 năm 2026, Giám đốc Sở kết luận như sau về tiến độ:"),
        ]
    )[:4] == ["UBND TỈNH HÀ AN", "SỞ NỘI VỤ", "Số: 45/TB-SNV", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]


def test_a_page_in_two_columns_is_read_down_the_left_and_down_the_right():
    left = [f"dòng trái số {n} của cột bên này" for n in range(20)]
    right = [f"dòng phải số {n} của cột bên kia" for n in range(20)]

    text = "\n".join(read([*lines(60, 780, *left), *lines(330, 780, *right)]))

    places = [text.index(line) for line in left + right]
    assert all(a < b for a, b in pairwise(places))


def test_page_numbers_running_titles_and_footnotes_leave_the_text():
    def page(number: int, *body: str):
        return [
            Words(290, 815, str(number)),
            Words(72, 30, "Cổng thông tin tỉnh Hà An"),
            *lines(72, 760, *body),
        ]

    note = lines(72, 110, "1 Quyết định số 12/QĐ-UBND", "ngày 01/3/2026.", size=8, step=10)
    first = page(
        1, "1. Sở Nội vụ rà soát hồ sơ của các đơn vị và tổng", "hợp kết quả thực hiện của"
    )
    last = page(2, "từng đơn vị, báo cáo trước ngày 20/3/2026.")

    assert read([*first, *note], last) == [
        (
            "1. Sở Nội vụ rà soát hồ sơ của các đơn vị và tổng hợp kết quả thực hiện của từng"
            " đơn vị, báo cáo trước ngày 20/3/2026."
        ),
        "[Chân trang] Cổng thông tin tỉnh Hà An",
        "[Chú thích] 1 Quyết định số 12/QĐ-UBND ngày 01/3/2026.",
    ]


def test_a_table_over_two_pages_is_one_table_with_one_header():
    header = ["STT", "Nhiệm vụ", "Chủ trì"]
    first = table(60, 700, [40, 250, 150], [header, ["1", "Rà soát\nquy chế", "Sở Nội vụ"]])
    second = table(
        60, 780, [40, 250, 150], [header, ["", "làm việc", ""], ["2", "Báo cáo", "Sở Y tế"]]
    )

    assert read([*lines(60, 760, "Phân công như sau:"), *first], second) == [
        "Phân công như sau:",
        "STT | Nhiệm vụ | Chủ trì",
        "1 | Rà soát quy chế làm việc | Sở Nội vụ",
        "2 | Báo cáo | Sở Y tế",
    ]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (pdf([]), "is a scan"),
        (hostile.LOCKED_PDF, "protected with a password"),
        (b"%PDF-1.7\n" + b"\x00\xff" * 500, "damaged"),
        (pdf(lines(72, 700, "Sở"))[:700], "damaged"),
        (pdf(lines(72, 700, "Sở"), page_count=201), "more than 200 pages"),
        (ring(), "damaged"),
    ],
    ids=["scan", "locked", "noise", "cut off", "201 pages", "ring"],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(data, says):
    with pytest.raises(BadInput, match=says):
        read_text("a.pdf", data)


def test_a_bomb_is_put_aside_in_bounded_time(monkeypatch):
    monkeypatch.setattr("tracker.evidence.pdf_files.MOST_SECONDS", 3)
    started = time.perf_counter()

    with pytest.raises(BadInput, match=r"is a scan|takes too long"):
        read_text("a.pdf", bomb(300_000_000))
    assert time.perf_counter() - started < 15
