"""Working days: weekly rest, holidays, make-up days, and the arithmetic on them."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.workdays import WorkCalendar, office_day

PLAIN = WorkCalendar()
NATIONAL_DAY = WorkCalendar(
    exceptions={
        date(2026, 8, 22): True,
        date(2026, 8, 31): False,
        date(2026, 9, 1): False,
        date(2026, 9, 2): False,
    }
)
FRIDAY = date(2026, 8, 28)

days = st.dates(date(2020, 1, 1), date(2032, 12, 31))
calendars = st.builds(
    WorkCalendar,
    rest_weekdays=st.frozensets(st.integers(0, 6), max_size=6),
    exceptions=st.dictionaries(days, st.booleans(), max_size=30),
)


def test_the_office_day_turns_at_five_in_the_afternoon_utc() -> None:
    assert office_day(datetime(2026, 3, 1, 16, 59, tzinfo=UTC)) == date(2026, 3, 1)
    assert office_day(datetime(2026, 3, 1, 17, 0, tzinfo=UTC)) == date(2026, 3, 2)


def test_a_moment_without_a_zone_has_no_office_day() -> None:
    with pytest.raises(ValueError, match="time zone"):
        office_day(datetime(2026, 3, 1, 12))  # noqa: DTZ001


def test_a_week_without_a_working_day_is_refused() -> None:
    with pytest.raises(ValueError, match="working day"):
        WorkCalendar(rest_weekdays=frozenset(range(7)))


def test_a_saturday_rests_unless_it_makes_up_for_a_holiday() -> None:
    assert not PLAIN.is_workday(date(2026, 8, 22))
    assert NATIONAL_DAY.is_workday(date(2026, 8, 22))


def test_the_next_working_day_of_a_working_day_is_the_day_itself() -> None:
    assert NATIONAL_DAY.next_workday(FRIDAY) == FRIDAY


def test_the_next_working_day_leaps_over_the_weekend_and_the_holidays() -> None:
    assert NATIONAL_DAY.next_workday(date(2026, 8, 29)) == date(2026, 9, 3)


def test_the_start_day_is_not_counted() -> None:
    assert PLAIN.add(date(2026, 5, 26), 3) == date(2026, 5, 29)
    assert PLAIN.add(date(2026, 5, 30), 1) == date(2026, 6, 1)


def test_counting_backwards_leaps_over_rest_days_too() -> None:
    assert NATIONAL_DAY.add(date(2026, 9, 3), -1) == FRIDAY
    assert PLAIN.add(date(2026, 5, 31), -1) == date(2026, 5, 29)


def test_adding_nothing_stays_where_it_was() -> None:
    assert PLAIN.add(date(2026, 5, 31), 0) == date(2026, 5, 31)


def test_the_days_between_count_the_end_and_not_the_start() -> None:
    assert NATIONAL_DAY.between(FRIDAY, date(2026, 9, 3)) == 1
    assert NATIONAL_DAY.between(FRIDAY, FRIDAY) == 0
    assert NATIONAL_DAY.between(date(2026, 9, 3), FRIDAY) == -1


def test_two_calendars_with_the_same_days_are_equal() -> None:
    assert WorkCalendar(exceptions={FRIDAY: False}) == WorkCalendar(exceptions={FRIDAY: False})
    assert len({WorkCalendar(), WorkCalendar()}) == 1


@given(calendars, days, st.integers(-400, 400).filter(bool))
def test_an_added_day_is_worked_and_lies_that_many_working_days_away(
    calendar: WorkCalendar, day: date, n: int
) -> None:
    found = calendar.add(day, n)
    assert calendar.is_workday(found)
    step = timedelta(days=1 if n > 0 else -1)
    counted, walker = 0, day
    while walker != found:
        walker += step
        counted += calendar.is_workday(walker)
    assert counted == abs(n)


@given(calendars, days, days, days)
def test_days_between_add_up(calendar: WorkCalendar, a: date, b: date, c: date) -> None:
    steps = pairwise((a, b, c))
    assert sum(calendar.between(*step) for step in steps) == calendar.between(a, c)
