"""Points follow from the printed rule where they can."""

from decimal import Decimal

import pytest

from tracker.criteria.computing import attainable, computed, steps_of
from tracker.criteria.rules import RuleKind
from tracker.errors import BadInput

PLAN = "> 90 %: 2; 70–90 %: 1; < 70 %: 0"
CLEARANCE = "≥ 95 %: 2,5; < 95 %: 0; không giao: không chấm"


@pytest.mark.parametrize(
    ("text", "points"),
    [
        (PLAN, ["2", "1", "0"]),
        (CLEARANCE, ["2.5", "0"]),
        ("kịp thời 1; không kịp thời 0,5; không ban hành 0", ["1", "0.5", "0"]),
        ("hoàn thành / được giao × 100 % × 5", []),
        ("đạt 1", []),
        ("", []),
    ],
)
def test_the_steps_of_a_printed_rule_are_read(text, points):
    assert [step.points for step in steps_of(text)] == [Decimal(p) for p in points]


@pytest.mark.parametrize(
    ("text", "part", "whole", "points"),
    [
        (PLAN, "91", "100", "2"),
        (PLAN, "90", "100", "1"),
        (PLAN, "7", "10", "1"),
        (PLAN, "69.99", "100", "0"),
        (CLEARANCE, "95", "100", "2.5"),
        (CLEARANCE, "94.99", "100", "0"),
    ],
)
def test_a_stepped_rule_gives_the_points_of_its_step(text, part, whole, points):
    found = computed(RuleKind.STEPPED, text, Decimal("2.5"), Decimal(part), Decimal(whole))

    assert found is not None
    assert found.points == Decimal(points)
    assert found.params["step"] in text


@pytest.mark.parametrize(
    ("part", "whole", "points"), [("30", "30", "10"), ("2", "3", "6.67"), ("4", "3", "10")]
)
def test_a_ratio_gives_its_share_of_the_maximum(part, whole, points):
    found = computed(RuleKind.RATIO, "", Decimal(10), Decimal(part), Decimal(whole))

    assert found is not None
    assert found.points == Decimal(points)


def test_what_is_judged_or_lacks_its_numbers_is_not_computed():
    assert computed(RuleKind.JUDGED, PLAN, Decimal(2), Decimal(1), Decimal(2)) is None
    assert computed(RuleKind.RATIO, "", Decimal(2), None, Decimal(2)) is None
    assert computed(RuleKind.STEPPED, "đạt 1; không 0", Decimal(1), Decimal(1), Decimal(2)) is None


def test_nothing_is_divided_by_nothing():
    with pytest.raises(BadInput):
        computed(RuleKind.RATIO, "", Decimal(2), Decimal(1), Decimal(0))


def test_a_rule_says_which_scores_it_can_give():
    assert attainable(RuleKind.YES_NO, "", Decimal("2.5")) == [0, Decimal("2.5")]
    assert attainable(RuleKind.STEPPED, PLAN, Decimal(2)) == [0, 1, 2]
    assert attainable(RuleKind.JUDGED, PLAN, Decimal(2)) == []
