"""The ladder decides from facts alone what is owed as of a day."""

from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType

import pytest

from tracker.errors import BadInput
from tracker.reminders.ladders import (
    DEFAULTS,
    Audience,
    LadderKind,
    Rung,
    check_ladder,
    from_text,
    to_text,
)
from tracker.reminders.rules import (
    Facts,
    Rule,
    SkipReason,
    days_with_steps,
    decide,
    missed,
    rule_of,
    steps_reached,
)
from tracker.workdays import WorkCalendar

# June 2026: the 1st, 8th, 15th, 22nd and 29th are Mondays.
PLAIN = WorkCalendar()
LONG_AGO = date(2026, 1, 1)
DUE = date(2026, 6, 30)  # a Tuesday


def june(day):
    return date(2026, 6, day)


def july(day):
    return date(2026, 7, day)


def owed(
    as_of, *, due=DUE, known=LONG_AGO, recorded=None, silent=False, since=None, calendar=PLAIN
):
    outcomes = decide(
        Facts(due, known, recorded, silent),
        as_of=as_of,
        since=since or as_of,
        calendar=calendar,
    )
    return [(outcome.step.offset, outcome.reason) for outcome in outcomes]


@pytest.mark.parametrize(
    ("as_of", "offset"),
    [
        (june(19), -7),
        (june(25), -3),
        (june(29), -1),
        (june(30), 0),
        (july(1), 1),
        (july(3), 3),
        (july(7), 5),
        (july(14), 10),
        (july(21), 15),
        (july(28), 20),
    ],
)
def test_each_step_falls_on_its_working_day(as_of, offset):
    assert owed(as_of) == [(offset, None)]


def test_nothing_is_owed_before_the_seventh_working_day():
    assert owed(june(18)) == []


@pytest.mark.parametrize("as_of", [june(20), june(21), june(27), july(4)])
def test_nothing_is_owed_on_a_weekend(as_of):
    assert owed(as_of) == []


def test_a_step_that_is_recorded_is_not_owed_again():
    assert owed(june(22), recorded=-7) == []
    assert owed(july(6), recorded=3) == []


def test_a_missed_day_is_made_up_on_the_next_working_day():
    assert owed(june(22)) == [(-7, None)]


def test_after_three_days_of_silence_the_newest_step_is_owed_and_older_ones_are_skipped():
    outcomes = owed(july(1), recorded=-3, since=june(26))

    assert outcomes == [(-1, SkipReason.OVERTAKEN), (0, SkipReason.OVERTAKEN), (1, None)]


def test_steps_from_before_the_first_planning_are_not_recorded():
    assert owed(july(24), since=july(24)) == [(15, None)]


def test_a_holiday_moves_the_steps_around_it():
    holiday = WorkCalendar(exceptions=MappingProxyType({july(1): False}))

    assert owed(july(1), recorded=0, calendar=holiday) == []
    assert owed(july(2), recorded=0, calendar=holiday) == [(1, None)]
    assert owed(july(6), recorded=1, calendar=holiday) == [(3, None)]


def test_a_make_up_saturday_is_a_day_like_any_other():
    saturday = WorkCalendar(exceptions=MappingProxyType({date(2026, 7, 4): True}))

    assert owed(date(2026, 7, 4), recorded=1, calendar=saturday) == [(3, None)]
    assert owed(date(2026, 7, 4), recorded=1) == []
    assert owed(july(6), recorded=3, calendar=saturday) == [(5, None)]


def test_over_tet_nothing_falls_and_the_first_day_after_makes_up():
    tet = {date(2026, 2, 14) + timedelta(days=day): False for day in range(9)}
    calendar = WorkCalendar(exceptions=MappingProxyType(tet))
    due = date(2026, 2, 13)  # the Friday before; the office returns on Monday 23 February

    silent = [date(2026, 2, 14) + timedelta(days=day) for day in range(9)]
    assert all(owed(day, due=due, recorded=0, calendar=calendar) == [] for day in silent)
    assert owed(date(2026, 2, 23), due=due, recorded=0, calendar=calendar) == [(1, None)]


def test_a_deadline_on_a_day_off_that_does_not_roll_is_reminded_once_on_monday():
    sunday = june(28)

    assert owed(june(26), due=sunday, recorded=-3) == [(-1, None)]
    outcomes = owed(june(29), due=sunday, recorded=-1)
    assert outcomes == [(0, SkipReason.DAY_OFF), (1, None)]


def test_steps_before_the_task_was_given_were_never_owed():
    assert owed(june(24), known=june(24)) == []
    assert owed(june(25), known=june(24)) == [(-3, None)]


def test_a_new_deadline_arms_the_ladder_again():
    assert owed(july(8), due=july(10), known=july(8), recorded=None) == []
    assert owed(july(9), due=july(10), known=july(8), recorded=None) == [(-1, None)]


def test_a_hand_in_silences_and_says_so():
    assert owed(june(30), recorded=-1, silent=True) == [(0, SkipReason.HANDED_IN)]


def test_a_redo_wakes_the_ladder_at_its_next_step():
    assert owed(july(2), recorded=1) == []
    assert owed(july(3), recorded=1) == [(3, None)]


LADDER = DEFAULTS[LadderKind.DEADLINE]


def test_steps_are_named_by_their_rule():
    steps = steps_reached(DUE, july(21), PLAIN, LADDER)

    rules = [rule_of(LadderKind.DEADLINE, LADDER, step.offset) for step in steps]
    assert rules == [*[Rule.BEFORE] * 3, Rule.DUE, *[Rule.AFTER] * 4, Rule.REPEAT]


def test_the_default_ladder_rises_from_the_officer_to_the_chairperson():
    assert [(step, LADDER.audience(step).value) for step in LADDER.offsets if step < 20] == [
        (-7, "head"),
        (-3, "head"),
        (-1, "head"),
        (0, "head"),
        (1, "officer"),
        (3, "head"),
        (5, "leader"),
        (10, "chairperson"),
        (15, "chairperson"),
    ]


def test_the_back_off_grows_slower_and_says_when_it_stops():
    assert LADDER.offsets[7:] == (10, 15, 20, 25, 30, *range(40, 121, 10))
    assert LADDER.is_last(120)
    assert owed(date(2027, 6, 30), recorded=120) == []


def test_planning_looks_only_at_the_days_from_which_a_step_is_new():
    days = days_with_steps(since=june(30), as_of=june(30), calendar=PLAIN, ladder=LADDER)

    assert june(30) in days  # due today
    assert july(1) in days  # one day before
    assert june(29) in days  # one day after
    assert june(26) not in days  # the second day after: no step
    assert len(days) < 40
    every = [date(2025, 9, 1) + timedelta(days=n) for n in range(400)]
    assert days == {
        day
        for day in every
        if june(30) in [step.falls_on for step in steps_reached(day, june(30), PLAIN, LADDER)]
    }


def test_what_fell_before_a_deadline_moved_was_missed():
    steps = missed(
        Facts(DUE, LONG_AGO, recorded=-3),
        until=july(1),
        since=june(26),
        calendar=PLAIN,
        ladder=LADDER,
    )

    assert [step.offset for step in steps] == [-1, 0]


@pytest.mark.parametrize(
    ("changed", "at"),
    [
        ({"before": (3, 3)}, "before"),
        ({"before": (0,)}, "before"),
        ({"after": (Rung(3, Audience.HEAD), Rung(1, Audience.HEAD))}, "after"),
        ({"until": 5}, "until"),
        ({"last": 20}, "last"),
        ({"last": 900}, "last"),
    ],
)
def test_steps_that_do_not_rise_or_never_end_are_refused(changed, at):
    with pytest.raises(BadInput) as refusal:
        check_ladder(replace(LADDER, **changed))

    assert refusal.value.field == at


@pytest.mark.parametrize("kind", list(LadderKind))
def test_every_default_ladder_holds_and_comes_back_as_it_was_kept(kind):
    ladder = check_ladder(DEFAULTS[kind])

    assert from_text(to_text(ladder)) == ladder
    assert list(ladder.offsets) == sorted(set(ladder.offsets))
