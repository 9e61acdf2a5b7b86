"""Deadlines: the wordings of notices, the dates they mean, and the words that are none."""

from datetime import date, time

import pytest

from tracker.deadlines.rules import (
    DeadlineKind,
    Qualifier,
    effective_date,
    find_deadlines,
    parse_deadline,
)
from tracker.workdays import WorkCalendar

ISSUED = date(2025, 11, 18)


def only(text: str, issued_on: date | None = ISSUED) -> date | None:
    found = find_deadlines(text, issued_on)
    assert len(found) == 1, found
    item = found[0]
    assert item.deadline.text == text[item.start : item.end]
    return item.deadline.due_on


@pytest.mark.parametrize(
    ("text", "due_on", "kind"),
    [
        (
            "gửi về Văn phòng trước ngày 25 tháng 12 năm 2025.",
            date(2025, 12, 25),
            "date",
        ),
        ("hoàn thành trước 25/12/2025", date(2025, 12, 25), "date"),
        ("báo cáo chậm nhất ngày 10-12-2025;", date(2025, 12, 10), "date"),
        ("chậm nhất là trước ngày 2/12", date(2025, 12, 2), "date"),
        ("thực hiện xong trong ngày 20 tháng 11 năm 2025", date(2025, 11, 20), "date"),
        ("kéo dài đến hết ngày 15/3/2026", date(2026, 3, 15), "date"),
        ("trước\nngày 05/\n12/2025", date(2025, 12, 5), "date"),
        ("xong trước 17 giờ ngày 15/12/2025", date(2025, 12, 15), "date"),
        ("trước 16 giờ 30 phút ngày 15/12/2025", date(2025, 12, 15), "date"),
        ("thực hiện trong tháng 10, tháng 11/2026", date(2026, 11, 30), "month"),
        ("trong tháng 5 và tháng 6/2026", date(2026, 6, 30), "month"),
        ("chậm nhất 10h sáng ngày 15/12/2025", date(2025, 12, 15), "date"),
        ("không muộn hơn ngày 15/12/2025", date(2025, 12, 15), "date"),
        ("trước ngày mùng 5/12/2025", date(2025, 12, 5), "date"),
        ("trong nửa đầu tháng 12/2025", date(2025, 12, 15), "month"),
        ("trong quý II, quý III/2026", date(2026, 9, 30), "quarter"),
        ("xong trong tháng 2 năm 2028", date(2028, 2, 29), "month"),
        ("xong trước tháng 10/2026", date(2026, 9, 30), "month"),
        ("trước hết tháng 10/2026", date(2026, 10, 31), "month"),
        ("chậm nhất trong Quý III năm 2028", date(2028, 9, 30), "quarter"),
        ("trong quý II/2026", date(2026, 6, 30), "quarter"),
        ("trước quý II/2026", date(2026, 3, 31), "quarter"),
        ("trong 6 tháng đầu năm 2026", date(2026, 6, 30), "half_year"),
        ("trong 9 tháng đầu năm 2026", date(2026, 9, 30), "half_year"),
        ("trong sáu tháng cuối năm 2026", date(2026, 12, 31), "half_year"),
        ("công bố trong năm 2026", date(2026, 12, 31), "year"),
        ("ban hành trước năm 2027", date(2026, 12, 31), "year"),
        ("đến năm 2030 đạt 90%", date(2030, 12, 31), "year"),
        ("mở đợt cao điểm từ ngày 10 đến ngày 15 tháng 12", date(2025, 12, 15), "date"),
        ("từ ngày 1/12/2025 đến hết ngày 20/12/2025", date(2025, 12, 20), "date"),
    ],
)
def test_a_deadline_in_running_text_is_its_last_day(text: str, due_on: date, kind: str) -> None:
    assert only(text) == due_on
    assert find_deadlines(text, ISSUED)[0].deadline.kind == kind


@pytest.mark.parametrize(
    "text",
    [
        "theo Nghị định số 12/2024/NĐ-CP ngày 15/3/2024 của Chính phủ",
        "áp dụng kể từ ngày 01/01/2026",
        "khẩn trương rà soát, sớm hoàn thiện, kịp thời báo cáo",
        "theo thời gian quy định",
        "số liệu tính đến ngày 30/10/2025",
        "xây dựng kế hoạch hằng năm của đơn vị",
        "tỷ lệ đạt trên 50%, tăng 3/5 bậc",
        "trước ngày 31/02/2026",
    ],
)
def test_words_that_are_no_deadline_are_passed_over(text: str) -> None:
    assert find_deadlines(text, ISSUED) == []


def test_a_year_that_the_words_leave_out_comes_from_the_issue_date_and_is_flagged() -> None:
    deadline = find_deadlines("trước ngày 25/12", ISSUED)[0].deadline
    assert (deadline.due_on, deadline.inferred_year) == (date(2025, 12, 25), True)
    assert not find_deadlines("trước ngày 25/12/2025", ISSUED)[0].deadline.inferred_year


def test_a_day_far_behind_the_issue_date_belongs_to_the_next_year() -> None:
    assert only("trước ngày 15/01") == date(2026, 1, 15)
    assert only("trước ngày 15/11") == date(2025, 11, 15)
    assert only("xong trong quý I") == date(2026, 3, 31)


def test_without_an_issue_date_a_day_without_a_year_is_not_guessed() -> None:
    assert find_deadlines("trước ngày 25/12", None) == []


def test_a_leap_day_moved_to_the_next_year_still_exists() -> None:
    assert only("trước ngày 29/02", date(2028, 11, 1)) == date(2029, 2, 28)


def test_before_a_day_counts_that_day_unless_the_committee_says_otherwise() -> None:
    text = "trước ngày 30/4/2026"
    assert only(text) == date(2026, 4, 30)
    strict = find_deadlines(text, ISSUED, before_excludes_day=True)[0].deadline
    assert (strict.due_on, strict.qualifier) == (date(2026, 4, 29), Qualifier.BEFORE)


def test_an_hour_is_kept_beside_the_day() -> None:
    deadline = find_deadlines("gửi trước 17h30 ngày 20/11/2025", ISSUED)[0].deadline
    assert (deadline.due_on, deadline.hour) == (date(2025, 11, 20), time(17, 30))


@pytest.mark.parametrize(
    ("text", "recurs"),
    [
        ("báo cáo trước ngày 25 hằng tháng", "month"),
        ("gửi trước 15 giờ ngày thứ 4 hằng tuần", "week"),
        ("định kỳ hàng quý", "quarter"),
        ("trước ngày 20 tháng cuối quý", "quarter"),
        ("hằng năm (trước ngày 15 tháng 11)", "year"),
    ],
)
def test_a_rhythm_has_no_date(text: str, recurs: str) -> None:
    deadline = find_deadlines(text, ISSUED)[0].deadline
    assert (deadline.kind, deadline.due_on) == (DeadlineKind.RECURRING, None)
    assert deadline.recurs == recurs
    assert parse_deadline(text, ISSUED).kind is DeadlineKind.RECURRING


def test_a_first_date_may_be_followed_by_a_rhythm() -> None:
    deadline = find_deadlines("trước ngày 20/11/2025 và hàng tháng", ISSUED)[0].deadline
    assert (deadline.kind, deadline.due_on, deadline.recurs) == (
        DeadlineKind.DATE,
        date(2025, 11, 20),
        "month",
    )


def test_working_days_run_from_the_notice_itself_and_skip_rest_days() -> None:
    holiday = WorkCalendar(exceptions={date(2025, 11, 24): False})
    text = "trong thời hạn 05 ngày làm việc kể từ ngày ban hành Thông báo này"
    assert only(text) == date(2025, 11, 25)
    found = find_deadlines(text, ISSUED, holiday)[0].deadline
    assert (found.kind, found.due_on, found.days) == (
        "working_days",
        date(2025, 11, 26),
        5,
    )


def test_days_from_a_stated_day_are_counted_from_it() -> None:
    assert only("chậm nhất 10 ngày kể từ ngày 01/12/2025") == date(2025, 12, 11)


def test_days_from_an_event_to_come_have_no_date() -> None:
    deadline = find_deadlines("trong 03 ngày làm việc kể từ khi nhận đủ hồ sơ", ISSUED)[0].deadline
    assert (deadline.kind, deadline.due_on) == (DeadlineKind.WORKING_DAYS, None)


@pytest.mark.parametrize(
    ("cell", "kind", "due_on"),
    [
        ("Tháng 12/2025", "month", date(2025, 12, 31)),
        ("Quí IV-2025", "quarter", date(2025, 12, 31)),
        ("Quý IV/2025 - Quý II/2026", "quarter", date(2026, 6, 30)),
        ("Năm 2026", "year", date(2026, 12, 31)),
        ("2026", "year", date(2026, 12, 31)),
        ("2026 - 2030", "year", date(2030, 12, 31)),
        ("Giai đoạn 2026-2027", "year", date(2027, 12, 31)),
        ("Năm 2026 và các năm tiếp theo", "year", date(2026, 12, 31)),
        ("01/01/2026", "date", date(2026, 1, 1)),
        ("Cuối tháng 2", "month", date(2026, 2, 28)),
        ("Giữa tháng 12/2025", "month", date(2025, 12, 15)),
        ("Thường xuyên", "standing", None),
        ("Triển khai từ năm 2026 và thực hiện thường xuyên", "standing", None),
        ("Tháng 12 hằng năm", "recurring", None),
        ("Hằng năm", "recurring", None),
        ("Theo lộ trình tại Kế hoạch của tỉnh", "reference", None),
        ("Sau khi có hướng dẫn", "reference", None),
        ("Khẩn trương", "none", None),
        ("", "none", None),
    ],
)
def test_a_cell_of_a_time_column_needs_no_preposition(
    cell: str, kind: str, due_on: date | None
) -> None:
    deadline = parse_deadline(cell, ISSUED)
    assert (deadline.kind, deadline.due_on, deadline.text) == (kind, due_on, cell)


def test_the_effective_day_is_the_next_working_day() -> None:
    calendar = WorkCalendar()
    assert effective_date(date(2025, 11, 29), calendar) == date(2025, 12, 1)
    assert effective_date(date(2025, 11, 29), calendar, roll=False) == date(2025, 11, 29)
    assert effective_date(date(2025, 11, 28), calendar) == date(2025, 11, 28)


def test_a_long_text_of_numbers_is_read_in_linear_time() -> None:
    text = "trước ngày 1 tháng trong quý hằng " * 20_000
    assert isinstance(find_deadlines(text, ISSUED), list)
