"""The working calendar: what the holidays package knows and what the office decides."""

from datetime import date

import pytest
import sqlalchemy as sa

from tests.factories import JUNE_1, PostFactory, actor_of
from tracker.db import transaction
from tracker.deadlines.actions import COLUMNS, DayData, import_days, remove_day, set_day
from tracker.deadlines.queries import exceptions_of, working_calendar
from tracker.errors import BadInput, NotAllowed, RowErrors, RuleViolation
from tracker.history import HistoryEntry
from tracker.permissions import Role
from tracker.sheets import read_sheet


@pytest.fixture
def secretary(session):
    return actor_of(PostFactory(role=Role.SECRETARIAT))


def do(act, *given, by):
    with transaction() as session:
        return act(session, *given, by=by, at=JUNE_1)


def take(by, *lines):
    sheet = read_sheet("\n".join(lines).encode(), file_name="lich.csv", columns=COLUMNS)
    return do(import_days, sheet, by=by)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 4, 27), False),  # in lieu of Hung Kings' day, a Sunday
        (date(2026, 4, 30), False),
        (date(2026, 8, 31), False),  # swapped
        (date(2026, 8, 22), True),  # a Saturday worked in its place
        (date(2026, 11, 24), False),  # a holiday from 2026
        (date(2025, 11, 24), True),
        (date(2026, 6, 1), True),
        (date(2026, 6, 6), False),
    ],
)
def test_public_holidays_of_viet_nam_are_known(session, day, works):
    assert working_calendar(session).is_workday(day) is works


def test_an_own_entry_stands_above_the_package_until_it_is_taken_back(session, secretary):
    day = date(2026, 4, 30)
    do(set_day, DayData(day, working=True, name="Trực"), by=secretary)
    assert working_calendar(session).is_workday(day)

    do(remove_day, day, by=secretary)
    assert not working_calendar(session).is_workday(day)
    acts = session.scalars(sa.select(HistoryEntry.act).order_by(HistoryEntry.id)).all()
    assert acts == ["calendar.set-day", "calendar.remove-day"]


def test_the_year_shows_whose_each_exception_is(session, secretary):
    do(set_day, DayData(date(2026, 1, 2), working=False, name="Nghỉ hoán đổi"), by=secretary)
    do(set_day, DayData(date(2026, 1, 1), working=False, name="Tết"), by=secretary)

    first, second = exceptions_of(session, 2026)[:2]

    assert (first.day, first.own, first.stands_above, first.name) == (
        date(2026, 1, 1),
        True,
        True,
        "Tết",
    )
    assert (second.day, second.own, second.stands_above) == (date(2026, 1, 2), True, False)
    assert exceptions_of(session, 2026)[2].own is False


def test_nothing_entered_cannot_be_taken_back(session, secretary):
    with pytest.raises(RuleViolation, match="entered nothing"):
        do(remove_day, date(2026, 4, 30), by=secretary)


@pytest.mark.parametrize("day", [date(2009, 12, 31), date(2061, 1, 1)])
def test_the_calendar_has_its_years(session, secretary, day):
    with pytest.raises(BadInput) as refusal:
        do(set_day, DayData(day, working=False), by=secretary)

    assert refusal.value.field == "day"


def test_a_unit_head_does_not_change_the_calendar(session):
    by = actor_of(PostFactory(role=Role.UNIT_HEAD))

    with pytest.raises(NotAllowed):
        do(set_day, DayData(date(2026, 1, 2), working=False), by=by)


def test_a_year_is_imported_once_however_often(session, secretary):
    rows = (
        "Ngày;Làm việc;Tên",
        "02/01/2026;không;Nghỉ hoán đổi",
        "10/01/2026;có;Làm bù",
    )

    assert take(secretary, *rows) == 2
    assert take(secretary, *rows) == 0
    assert working_calendar(session).is_workday(date(2026, 1, 10))
    assert not working_calendar(session).is_workday(date(2026, 1, 2))


def test_a_bad_row_of_the_calendar_refuses_the_file(session, secretary):
    with pytest.raises(RowErrors) as refusal:
        take(
            secretary,
            "date;working;name",
            "2026-01-02;0;Nghỉ",
            "2026-02-30;0;Không có",
            "2026-01-02;1;Lặp",
            "2026-01-03;có lẽ;",
            ";1;",
            "1999-01-01;1;",
        )

    assert [(row.line, row.column) for row in refusal.value.rows] == [
        (3, "date"),
        (4, "date"),
        (5, "working"),
        (6, "date"),
        (7, "date"),
    ]
    assert working_calendar(session).is_workday(date(2026, 1, 2))
