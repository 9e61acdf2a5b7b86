"""Head and foot of a document: their fields are read, and no line of them is a clause."""

import time
from datetime import date

import pytest

from tests.files.letterheads import BODY, PAPERS, Paper
from tracker.extraction.letterhead import read_letterhead
from tracker.extraction.reading import read_notice

NAMES = [paper.name for paper in PAPERS]


@pytest.mark.parametrize("paper", PAPERS, ids=NAMES)
def test_the_fields_of_head_and_foot_are_read(paper: Paper) -> None:
    found = read_letterhead(paper.head + BODY + paper.foot)

    assert {name: getattr(found, name) for name in paper.facts} == paper.facts


@pytest.mark.parametrize("paper", PAPERS, ids=NAMES)
def test_head_and_foot_are_the_frame_and_the_body_is_none(paper: Paper) -> None:
    text = paper.head + BODY + paper.foot

    clauses = "".join(clause.text for clause in read_notice(text).clauses)

    assert clauses.strip() == BODY.strip()


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        "III. NHIỆM VỤ TRỌNG TÂM\n1. Sở Nội vụ\na) Rà soát Kế hoạch số 12/KH-UBND ngày 01/3/2026.",
        "Chủ tịch tỉnh yêu cầu khắc phục ngay hậu quả mưa lũ\nSáng 5-3, Chủ tịch UBND tỉnh họp.",
        "CHỦ TỊCH TỈNH LÀM VIỆC VỚI CÁC SỞ\nNgày 05 tháng 3 năm 2026, Sở Y tế báo cáo tiến độ.",
        "Thông báo mới nhất về mưa lũ\nSở Y tế rà soát thuốc, báo cáo trước ngày 10/3/2026.",
    ],
)
def test_a_text_without_letterhead_has_no_frame_and_no_fields(text: str) -> None:
    found = read_letterhead(text)

    assert (found.number, found.issued_on, found.signer, found.frame) == ("", None, "", ())


def test_the_title_of_an_appendix_is_frame_and_its_rows_are_not() -> None:
    appendix = "PHỤ LỤC\nDANH MỤC NHIỆM VỤ\n(Kèm theo Thông báo số 45/TB-UBND\nngày 05/3/2026)\n"
    rows = "STT | Nhiệm vụ | Cơ quan chủ trì\n1 | Rà soát quy chế | Sở Nội vụ\n"

    reading = read_notice(PAPERS[0].head + BODY + PAPERS[0].foot + appendix + rows)

    clauses = "".join(clause.text for clause in reading.clauses)
    assert clauses.split() == (BODY + rows).split()
    assert [p.lead for p in reading.proposals][-1] == ("Sở Nội vụ",)


def test_what_stood_outside_the_running_text_is_frame() -> None:
    reading = read_notice(BODY + "[Chú thích] 1 Giao Sở Y tế báo cáo trước ngày 01/4/2026.\n")

    assert len(reading.proposals) == 2
    assert "".join(clause.text for clause in reading.clauses) == BODY


@pytest.mark.parametrize("mark", ["MẬT", "TỐI MẬT", "Tuyệt mật"])
def test_a_mark_of_secrecy_in_the_head_is_noticed(mark: str) -> None:
    head = PAPERS[1].head.replace("THÔNG BÁO", f"{mark}\nTHÔNG BÁO")

    assert read_letterhead(head + BODY).secret
    assert not read_letterhead(PAPERS[1].head + BODY.replace("hồ sơ", "hồ sơ mật")).secret


def test_an_impossible_date_is_no_date() -> None:
    head = PAPERS[0].head.replace("05 tháng 3", "31 tháng 2")

    assert read_letterhead(head + BODY).issued_on is None
    assert read_letterhead(PAPERS[0].head + BODY).issued_on == date(2026, 3, 5)


@pytest.mark.parametrize(
    "text",
    [
        "(" * 50_000,
        "TM. A\n" * 20_000,
        "CHỦ TỊCH\n" * 20_000,
        "- a\n" * 20_000,
        "Nơi nhận:\n" * 10_000,
        "PHỤ LỤC A\n(Kèm theo\n" * 5_000,
        "Số: \u202e/TB-UBND\u202c\nngày tháng năm " * 5_000,
        "СỘNG HÒА ХÃ HỘI\n" * 1_000,  # homoglyphs of another alphabet
        "một",
        "",
    ],
)
def test_odd_texts_end_in_time(text: str) -> None:
    started = time.perf_counter()

    found = read_letterhead(text)

    assert time.perf_counter() - started < 3
    assert found.number == ""
