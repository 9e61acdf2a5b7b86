"""Deadline classes, labels and turns of a task at their boundaries."""

from datetime import date, timedelta

import pytest

from tracker.tasks.next_step import NextStep, Side, Step, next_step
from tracker.tasks.rules import (
    DeadlineClass,
    TimeKind,
    Workflow,
    days_late,
    deadline_class,
    due_state,
    is_overdue,
)
from tracker.tasks.times import later_than_superior

DUE = date(2026, 6, 30)


@pytest.mark.parametrize(
    ("today", "overdue"),
    [
        (DUE - timedelta(1), False),
        (DUE, False),
        (DUE + timedelta(1), True),
    ],
)
def test_the_due_day_itself_is_in_time(today, overdue):
    assert is_overdue(DUE, TimeKind.DATED, today) is overdue
    found = deadline_class(time=TimeKind.DATED, effective_on=DUE, judged_on=None, today=today)
    assert (found is DeadlineClass.OPEN_OVERDUE) is overdue


@pytest.mark.parametrize("time", [kind for kind in TimeKind if kind is not TimeKind.DATED])
def test_only_an_official_date_is_ever_overdue(time):
    assert not is_overdue(DUE, time, date(2030, 1, 1))


@pytest.mark.parametrize(
    ("judged_on", "expected"),
    [
        (DUE - timedelta(1), DeadlineClass.DONE_ON_TIME),
        (DUE, DeadlineClass.DONE_ON_TIME),
        (DUE + timedelta(1), DeadlineClass.DONE_LATE),
    ],
)
def test_done_is_judged_by_the_day_of_the_hand_in(judged_on, expected):
    for time, found in ((TimeKind.DATED, expected), (TimeKind.WITHOUT, DeadlineClass.DONE_ON_TIME)):
        assert (
            deadline_class(time=time, effective_on=DUE, judged_on=judged_on, today=judged_on)
            is found
        )


def test_days_late_are_calendar_days_after_the_effective_date():
    assert [days_late(DUE, DUE + timedelta(n)) for n in (-1, 0, 1, 3)] == [0, 0, 1, 3]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (-8, ("ok", 8)),
        (-7, ("soon", 7)),
        (-1, ("soon", 1)),
        (0, ("today", 0)),
        (1, ("late", 1)),
    ],
)
def test_the_label_counts_from_the_effective_day(days, expected):
    """The nominal day lies on a Sunday, the day before the effective one."""
    found = due_state(
        time=TimeKind.DATED,
        effective_on=DUE,
        judged_on=None,
        today=DUE + timedelta(days),
    )

    assert found == expected


def test_a_proposed_date_keeps_its_word():
    assert due_state(
        time=TimeKind.PROPOSED, effective_on=DUE, judged_on=None, today=date(2030, 1, 1)
    ) == ("proposed", 0)


def test_the_own_deadline_may_not_lie_after_the_superiors_without_a_warning():
    assert not later_than_superior(DUE, DUE)
    assert later_than_superior(DUE, DUE - timedelta(1))
    assert not later_than_superior(None, DUE)
    assert not later_than_superior(DUE, None)


FACTS = {
    "workflow": Workflow.IN_PROGRESS,
    "time": TimeKind.DATED,
    "assigned_on": date(2026, 6, 1),
    "updated_on": date(2026, 6, 3),
    "handed_in_on": None,
    "sent_back_on": None,
    "returned_on": None,
    "prepared": False,
    "tracked_elsewhere": False,
    "standing_units": False,
}
JUNE_3 = date(2026, 6, 3)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, NextStep(Side.LEAD, Step.WORK, JUNE_3)),
        ({"updated_on": None}, NextStep(Side.LEAD, Step.WORK, date(2026, 6, 1))),
        ({"prepared": True}, NextStep(Side.LEAD, Step.HAND_IN, JUNE_3)),
        (
            {"workflow": Workflow.ASSIGNED},
            NextStep(Side.LEAD, Step.RECEIVE, date(2026, 6, 1)),
        ),
        (
            {"workflow": Workflow.HANDED_IN, "handed_in_on": JUNE_3},
            NextStep(Side.ASSIGNING, Step.CONFIRM, JUNE_3),
        ),
        (
            {"workflow": Workflow.HANDED_IN, "handed_in_on": JUNE_3, "standing_units": True},
            NextStep(Side.ACCEPTOR, Step.CONFIRM, JUNE_3),
        ),
        (
            {"workflow": Workflow.REDO, "sent_back_on": JUNE_3, "prepared": True},
            NextStep(Side.LEAD, Step.REDO, JUNE_3),
        ),
        (
            {"time": TimeKind.AWAITING},
            NextStep(Side.ASSIGNING, Step.SET_DEADLINE, date(2026, 6, 1)),
        ),
        (
            {"workflow": Workflow.RETURNED, "returned_on": JUNE_3},
            NextStep(Side.ASSIGNING, Step.ANSWER_RETURN, JUNE_3),
        ),
        ({"workflow": Workflow.CLOSED}, NextStep(Side.NOBODY, Step.NOTHING)),
        ({"workflow": Workflow.LEFT}, NextStep(Side.NOBODY, Step.NOTHING)),
        ({"tracked_elsewhere": True}, NextStep(Side.NOBODY, Step.ELSEWHERE)),
    ],
)
def test_whose_turn_it_is(said, expected):
    assert next_step(**(FACTS | said)) == expected
