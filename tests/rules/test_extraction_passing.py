"""A clause without a task says what it is instead of an order."""

import pytest

from tracker.extraction.passing import NoTask
from tracker.extraction.reading import read_notice
from tracker.words import label_of


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("1. Thống nhất chủ trương bố trí trụ sở.", NoTask.APPROVAL),
        ("1. Đánh giá cao sự cố gắng của Sở Y tế.", NoTask.APPROVAL),
        ("Yêu cầu các đơn vị nghiêm túc thực hiện./.", NoTask.CLOSING),
        ("Văn phòng thông báo để các đơn vị biết.", NoTask.OTHER),
        ("1. Kiến nghị Chính phủ giao Bộ Tài chính bố trí vốn.", NoTask.PROPOSAL),
        ("1. Tỉnh sẽ bố trí thêm kinh phí.", NoTask.PROMISE),
        ("1. Trong quý I, tỷ lệ hồ sơ trực tuyến đạt 71%.", NoTask.REPORT),
        ("1. Nâng cao vai trò của người đứng đầu.", NoTask.EXHORTATION),
    ],
)
def test_a_clause_without_a_task_says_what_it_is(text: str, why: NoTask) -> None:
    clauses = read_notice(text).clauses
    assert [clause.why for clause in clauses] == [why]
    assert label_of(why)


def test_a_clause_with_a_task_or_a_heading_needs_no_reason() -> None:
    text = "1. Sở Y tế\na) Lập danh mục trước ngày 5/4/2026.\n"
    assert [clause.why for clause in read_notice(text).clauses] == [None, None]
