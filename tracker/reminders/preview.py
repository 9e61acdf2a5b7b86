"""What ladders will send in the coming days, if nothing changes: by day and recipient."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy.orm import Session

from tracker.reminders.addressees import Addressees
from tracker.reminders.ladder_queries import LadderBook
from tracker.reminders.ladders import LadderKind
from tracker.reminders.matters import Matter, Window, task_matters
from tracker.reminders.planning import PlannedRow, last_planning, rows_of
from tracker.workdays import WorkCalendar

DAYS = 14


@dataclass(frozen=True)
class Expected:
    """How many reminders one recipient will get on a day, as things stand."""

    address: str
    name: str
    reminders: int


@dataclass(frozen=True)
class DayAhead:
    """One working day to come: what each recipient will get, beside what they would get now."""

    day: date
    after: list[Expected]
    before: int

    @property
    def reminders(self) -> int:
        """Return how many reminders the day will bring."""
        return sum(one.reminders for one in self.after)


def days_ahead(
    session: Session,
    *,
    today: date,
    calendar: WorkCalendar,
    present: LadderBook,
    changed: LadderBook,
    committee_id: int,
    kinds: frozenset[LadderKind] = frozenset(LadderKind),
) -> list[DayAhead]:
    """Return the working days of the next 14 with what a committee's ladders will send.

    `changed` are the ladders to be looked at, `present` those beside which they are counted.
    """
    last = last_planning(session, before=today + timedelta(days=1))
    first = today if last is None or last.as_of < today else today + timedelta(days=1)
    days = [
        day
        for day in (first + timedelta(days=ahead) for ahead in range(DAYS))
        if calendar.is_workday(day)
    ]
    people = {day: Addressees(session, day) for day in days}
    since = last.as_of if last else today
    found = {}
    for book in (present, changed):
        window = Window(since, days[-1], None, calendar, book)
        chunks = task_matters(session, window, committee_ids=frozenset({committee_id}))
        matters = [matter for chunk in chunks for matter in chunk if matter.kind in kinds]
        found[id(book)] = {
            day: _by_recipient(rows) for day, rows in _played(matters, window, people).items()
        }
    return [
        DayAhead(
            day,
            found[id(changed)][day],
            sum(one.reminders for one in found[id(present)][day]),
        )
        for day in days
    ]


def _played(
    matters: list[Matter], window: Window, people: Mapping[date, Addressees]
) -> dict[date, list[PlannedRow]]:
    """Plan day after day, remembering what each day would have recorded."""
    recorded: dict[int, int] = {}
    since, played = window.since, {}
    for day, addressees in people.items():
        addressees.meet(matters)
        today = replace(window, since=since, as_of=day)
        played[day] = list(_plan_day(matters, today, addressees, recorded))
        since = day
    return played


def _plan_day(
    matters: list[Matter], window: Window, people: Addressees, recorded: dict[int, int]
) -> Iterator[PlannedRow]:
    reminded: set[int] = set()
    for number, matter in enumerate(matters):
        facts = replace(matter.facts, recorded=recorded.get(number, matter.facts.recorded))
        rows = list(rows_of(replace(matter, facts=facts), window, people))
        owed = [row for row in rows if row.owed]
        if owed and matter.id in reminded:
            continue
        if rows:
            recorded[number] = max(row.step for row in rows)
        if owed:
            reminded.add(matter.id)
        yield from owed


def _by_recipient(rows: list[PlannedRow]) -> list[Expected]:
    names: dict[str, str] = {}
    counts: dict[str, int] = {}
    for row in rows:
        address = row.recipient.address
        names[address] = row.recipient.name
        counts[address] = counts.get(address, 0) + 1
    return sorted(
        (Expected(address, names[address], number) for address, number in counts.items()),
        key=lambda one: (-one.reminders, one.name),
    )
