"""Whatever the deadline from 2024 to 2030: steps rise, fall on working days, and none is lost."""

from datetime import date, timedelta
from itertools import pairwise
from types import MappingProxyType

from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.deadlines.public_holidays import base_days
from tracker.reminders.ladders import DEFAULTS, Audience, Ladder, LadderKind, Rung
from tracker.reminders.rules import Facts, days_with_steps, decide, steps_reached
from tracker.workdays import WorkCalendar

CALENDAR = WorkCalendar(
    exceptions=MappingProxyType({day: works for day, (works, _) in base_days().items()})
)
DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))
DUE = DAYS.map(CALENDAR.next_workday)
LADDERS = st.builds(
    lambda before, after, every: Ladder(
        before=tuple(sorted(before, reverse=True)),
        on_the_day=True,
        after=tuple(Rung(days, Audience.HEAD) for days in sorted(after)),
        every=every,
        until=45,
        last=45,
    ),
    st.sets(st.integers(1, 15), max_size=4),
    st.sets(st.integers(1, 30), min_size=1, max_size=4),
    st.integers(3, 10),
)


@given(due=DUE, ladder=st.one_of(LADDERS, st.sampled_from([*DEFAULTS.values()])))
def test_steps_rise_strictly_and_fall_on_working_days(due, ladder):
    steps = steps_reached(due, due + timedelta(days=400), CALENDAR, ladder)

    days = [step.falls_on for step in steps]
    assert [step.offset for step in steps] == list(ladder.offsets)
    assert all(earlier < later for earlier, later in pairwise(days))
    assert all(CALENDAR.is_workday(day) for day in days)


@settings(deadline=None, max_examples=60)
@given(due=DUE, ladder=LADDERS, silent=st.sets(st.integers(0, 110), max_size=60))
def test_every_step_is_owed_or_skipped_once_and_never_two_on_a_day(due, ladder, silent):
    first = CALENDAR.add(due, -20)
    recorded, since, seen = None, first, []
    for number in range(120):
        today = first + timedelta(days=number)
        if number in silent or not CALENDAR.is_workday(today):
            continue
        facts = Facts(due, first, recorded)
        outcomes = decide(facts, as_of=today, since=since, calendar=CALENDAR, ladder=ladder)
        assert sum(outcome.reason is None for outcome in outcomes) <= 1
        for outcome in outcomes:
            seen.append(outcome.step.offset)
            recorded = outcome.step.offset
        since = today

    reached = [step.offset for step in steps_reached(due, since, CALENDAR, ladder)]
    assert seen == reached


@settings(deadline=None, max_examples=60)
@given(as_of=DAYS, back=st.integers(0, 12), ladder=LADDERS)
def test_planning_looks_at_every_day_that_has_something_new_and_at_no_other(as_of, back, ladder):
    since = as_of - timedelta(days=back)

    found = days_with_steps(since=since, as_of=as_of, calendar=CALENDAR, ladder=ladder)

    span = [as_of + timedelta(days=n) for n in range(-90, 40)]
    assert {day for day in span if day in found} == {
        day
        for day in span
        if any(step.falls_on >= since for step in steps_reached(day, as_of, CALENDAR, ladder))
    }


def test_the_ladder_of_deadlines_reaches_half_a_year():
    assert DEFAULTS[LadderKind.DEADLINE].offsets[-1] == 120
