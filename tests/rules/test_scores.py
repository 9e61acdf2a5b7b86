"""Lost points, standing of remedies and forecasts are exact."""

from datetime import date
from decimal import Decimal

import pytest

from tracker.criteria.rules import RuleKind
from tracker.scores.rules import (
    Direction,
    Measure,
    Standing,
    counted_maximum,
    counted_value,
    forecast,
    lost_points,
    share_of,
    standing_of,
)

TODAY = date(2026, 6, 1)


def lost(maximum, final, kind=RuleKind.JUDGED, *, na=False):
    final = None if final is None else Decimal(final)
    return lost_points(Decimal(maximum), final, not_applicable=na, kind=kind)


def test_lost_is_the_maximum_less_the_final_score():
    assert lost("100", "73.63") == Decimal("26.37")
    assert lost("2", "2") == 0
    assert lost("1.25", "0.75") == Decimal("0.50")


def test_nothing_is_lost_before_the_final_score_and_where_it_does_not_apply():
    assert lost("2", None) is None
    assert lost("2", "0", na=True) == 0


def test_a_bonus_not_won_is_not_lost_and_a_penalty_is():
    assert lost("3", "0", RuleKind.BONUS) == 0
    assert lost("5", "1.5", RuleKind.PENALTY) == Decimal("1.5")


@pytest.mark.parametrize(
    ("kind", "na", "maximum", "value"),
    [
        (RuleKind.RATIO, False, "2", "1.5"),
        (RuleKind.RATIO, True, "0", "0"),
        (RuleKind.BONUS, False, "0", "1.5"),
        (RuleKind.PENALTY, False, "0", "-1.5"),
    ],
)
def test_what_does_not_apply_takes_its_maximum_out(kind, na, maximum, value):
    assert counted_maximum(Decimal(2), kind, not_applicable=na) == Decimal(maximum)
    assert counted_value(Decimal("1.5"), kind, not_applicable=na) == Decimal(value)


def test_an_index_is_a_percentage_of_the_own_maximum():
    assert share_of(Decimal("409.66"), Decimal(600)) == Decimal("68.28")
    assert share_of(Decimal(1), Decimal(0)) is None


@pytest.mark.parametrize(
    ("due_on", "complete_on", "expected"),
    [
        (TODAY, None, Standing.GOING),
        (date(2026, 5, 31), None, Standing.RISK),
        (None, None, Standing.GOING),
        (date(2026, 5, 31), TODAY, Standing.COMPLETE),
    ],
)
def test_a_remedy_is_at_risk_the_day_after_its_date(due_on, complete_on, expected):
    found = standing_of(has_remedy=True, due_on=due_on, complete_on=complete_on, today=TODAY)

    assert found is expected


def test_without_a_remedy_points_are_without_a_plan():
    found = standing_of(has_remedy=False, due_on=None, complete_on=None, today=TODAY)

    assert found is Standing.OPEN


def heading(*measured, target="50", direction=Direction.UP, measure=Measure.PERCENT):
    return forecast(
        [(day, Decimal(value)) for day, value in measured],
        target=Decimal(target),
        due_on=date(2026, 12, 31),
        direction=direction,
        measure=measure,
    )


def test_a_slow_trend_misses_its_target_and_says_by_how_much():
    found = heading((date(2026, 6, 30), "22"), (date(2026, 10, 31), "40"))

    assert found.misses
    assert found.value == Decimal("48.9")
    assert found.short_by == Decimal("1.1")


def test_a_fast_trend_stays_within_a_hundred_percent():
    found = heading((date(2026, 6, 1), "10"), (date(2026, 7, 1), "60"))

    assert not found.misses
    assert found.value == 100


def test_a_better_rank_is_a_smaller_one():
    found = heading(
        (date(2025, 12, 31), "9"),
        (date(2026, 6, 30), "8"),
        target="6",
        direction=Direction.DOWN,
        measure=Measure.RANK,
    )

    assert found.misses
    assert (found.value, found.short_by) == (7, 1)


def test_one_value_has_no_pace():
    assert heading((date(2026, 6, 30), "22")) is None
    assert heading() is None


def test_after_the_day_the_measured_value_judges():
    found = heading((date(2026, 6, 30), "22"), (date(2026, 12, 31), "49.9"))

    assert found.short_by == Decimal("0.1")
