"""A short title says what is to be done; who and when stand beside it."""

import pytest

from tracker.extraction.titles import short_title

BY_MARCH = "trước ngày 1/3/2027"


@pytest.mark.parametrize(
    ("words", "coordinate", "deadline", "title"),
    [
        (
            f"chủ trì, phối hợp với Sở Tài chính và Sở Y tế lập đề án xe, hoàn thành {BY_MARCH}",
            ["Sở Tài chính", "Sở Y tế"],
            BY_MARCH,
            "lập đề án xe",
        ),
        (f"{BY_MARCH} tham mưu kế hoạch", [], BY_MARCH, f"{BY_MARCH} tham mưu kế hoạch"),
        (
            "tham mưu kế hoạch kiểm tra trong quý II.",
            [],
            "trong quý II",
            "tham mưu kế hoạch kiểm tra",
        ),
        ("phối hợp với các hộ dân dọn kênh", [], "", "phối hợp với các hộ dân dọn kênh"),
    ],
)
def test_title_keeps_the_work_alone(words, coordinate, deadline, title):
    assert short_title(words, coordinate, deadline) == title


def test_a_title_that_would_say_too_little_keeps_all_words():
    assert short_title("báo cáo trước ngày 5/6", [], "trước ngày 5/6") == "báo cáo trước ngày 5/6"
