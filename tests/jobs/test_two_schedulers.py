"""Two schedulers at once on PostgreSQL over 30 days: nothing doubled, nothing lost.

What the ledger holds is compared with a plain oracle that walks the calendar day by day.
"""

import random
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

import pytest
import sqlalchemy as sa

from tests.factories import CommitteeFactory, PersonFactory, PostFactory, UnitFactory
from tracker.db import transaction
from tracker.deadlines.queries import working_calendar
from tracker.deadlines.rules import DeadlineBasis, DeadlineKind
from tracker.outbox import MessageState, OutboxMessage
from tracker.permissions import Role
from tracker.reminders.actions import plan_reminders
from tracker.reminders.delivery import deliver_waiting
from tracker.reminders.models import LedgerRow
from tracker.tasks.models import DeadlineVersion, Task
from tracker.tasks.rules import TimeKind, Workflow

TASKS = 1000
FIRST = date(2026, 8, 17)  # a Monday; Tuesday and Wednesday, 1 and 2 September, are holidays
DAYS = [FIRST + timedelta(days=day) for day in range(30)]
SILENT = {date(2026, 9, 7), date(2026, 9, 8), date(2026, 9, 9)}
LEASE = timedelta(seconds=60)

pytestmark = pytest.mark.parametrize("migrated_app", ["postgresql"], indirect=True)


@dataclass
class Known:
    """What the oracle remembers of one task."""

    unit: str
    officer: str | None
    due: date
    known: date
    version: int = 1
    handed_in: bool = False
    accepted: bool = False
    recorded: dict[str, int] = field(default_factory=dict)


class Oracle:
    """The ladder in the plainest words: lists of days, no arithmetic."""

    def __init__(self, tasks: dict[int, Known], chair: str, calendar) -> None:
        self.tasks = tasks
        self.chair = chair
        span = [FIRST + timedelta(days=day) for day in range(-150, 150)]
        self.worked = [day for day in span if calendar.is_workday(day)]
        self.rows: set[tuple] = set()
        self.last_day: date | None = None

    def steps(self, due: date, today: date) -> list[tuple[int, date]]:
        before = [day for day in self.worked if day < due]
        after = [day for day in self.worked if day > due]
        on_the_day = next(day for day in self.worked if day >= due)
        found = [(-7, before[-7]), (-3, before[-3]), (-1, before[-1]), (0, on_the_day)]
        found += [(1, after[0]), (3, after[2])]
        found += [(n, after[n - 1]) for n in range(8, len(after), 5)]
        return [(step, day) for step, day in found if day <= today]

    def plan(self, today: date) -> None:
        if today not in self.worked:
            return
        new = set()
        for id_, task in self.tasks.items():
            if task.accepted:
                continue
            reached = [
                (step, day) for step, day in self.steps(task.due, today) if day >= task.known
            ]
            new |= self.ladder(id_, task, reached, today)
            if not task.handed_in:
                repeats = [(step, day) for step, day in reached if step >= 8]
                new |= self.listed(id_, task, repeats, today)
        self.rows |= new
        if new:
            self.last_day = today

    def ladder(self, id_: int, task: Known, reached: list, today: date) -> set[tuple]:
        fresh = [pair for pair in reached if pair[0] > task.recorded.get("ladder", -99)]
        rows = set()
        for step, day in fresh:
            newest = step == fresh[-1][0]
            if newest and not task.handed_in:
                reason = None
            elif day >= (self.last_day or today):
                reason = "handed-in" if task.handed_in else "overtaken"
            else:
                continue
            to = task.officer if step == 1 and task.officer else task.unit
            rule = (
                "before" if step < 0 else "due" if not step else "after" if step < 8 else "repeat"
            )
            rows.add((id_, to, rule, step, task.version, today, reason))
            task.recorded["ladder"] = step
        return rows

    def listed(self, id_: int, task: Known, repeats: list, today: date) -> set[tuple]:
        fresh = [pair for pair in repeats if pair[0] > task.recorded.get("chair", -99)]
        rows = set()
        for step, day in fresh:
            newest = step == fresh[-1][0]
            if newest or day >= (self.last_day or today):
                reason = None if newest else "overtaken"
                rows.add((id_, self.chair, "chair-list", step, task.version, today, reason))
                task.recorded["chair"] = step
        return rows


@pytest.fixture
def office(session):
    """Return (oracle, chance): 1,000 tasks of 40 units, some with heads and officers."""
    chance = random.Random(20260817)  # noqa: S311
    committee = CommitteeFactory()
    chair = PostFactory(role=Role.CHAIRPERSON, committee_id=committee.id).person
    addresses, officers = {}, [PersonFactory() for _ in range(20)]
    for number in range(40):
        unit = UnitFactory()
        head = PostFactory(unit=unit).person if number % 2 else None
        addresses[unit.id] = head.email if head else unit.email
    calendar = working_calendar(session)
    tasks, rows, versions = {}, [], []
    for number in range(1, TASKS + 1):
        due = FIRST + timedelta(days=chance.randint(-40, 45))
        assigned = due - timedelta(days=chance.randint(5, 60))
        unit_id = chance.choice(list(addresses))
        officer = chance.choice(officers) if chance.random() < 0.3 else None
        effective = calendar.next_workday(due)
        tasks[number] = Known(
            addresses[unit_id], officer.email if officer else None, effective, assigned
        )
        rows.append(
            {
                "id": number,
                "code": f"NV-{number}",
                "committee_id": committee.id,
                "title": f"Việc số {number}",
                "lead_unit_id": unit_id,
                "officer_id": officer.id if officer else None,
                "time": TimeKind.DATED,
                "deadline_kind": DeadlineKind.DATE,
                "deadline_basis": DeadlineBasis.NOTICE,
                "due_on": due,
                "first_due_on": due,
                "effective_on": effective,
                "assigned_on": assigned,
            }
        )
        versions.append(version_row(number, 1, due, effective, assigned))
    session.execute(sa.insert(Task), rows)
    session.execute(sa.insert(DeadlineVersion), versions)
    session.commit()
    return Oracle(tasks, chair.email, calendar), chance


def version_row(task_id, version, due, effective, decided):
    return {
        "task_id": task_id,
        "version": version,
        "time": TimeKind.DATED,
        "kind": DeadlineKind.DATE,
        "due_on": due,
        "effective_on": effective,
        "decided_on": decided,
        "decided_at": datetime.combine(decided, time(2), UTC),
    }


def live_a_day(session, oracle, chance, today, calendar):
    """Let units hand in, the secretariat accept, send back and extend, before the planning."""
    for id_ in chance.sample(range(1, TASKS + 1), 40):
        task = oracle.tasks[id_]
        if task.accepted or task.known >= today:
            continue
        if task.handed_in and chance.random() < 0.5:
            task.accepted = True
            change(session, id_, accepted_on=today, workflow=Workflow.CLOSED)
        elif task.handed_in:
            task.handed_in = False
            change(session, id_, workflow=Workflow.REDO)
        elif chance.random() < 0.7:
            task.handed_in = True
            change(session, id_, workflow=Workflow.HANDED_IN)
        else:
            due = today + timedelta(days=chance.randint(2, 20))
            task.due, task.known, task.recorded = calendar.next_workday(due), today, {}
            task.version += 1
            session.execute(
                sa.insert(DeadlineVersion),
                version_row(id_, task.version, due, task.due, today),
            )
            change(session, id_, due_on=due, effective_on=task.due, deadline_version=task.version)
    session.commit()


def change(session, id_, **columns):
    session.execute(sa.update(Task).where(Task.id == id_).values(**columns))


class Killed(BaseException):
    """The process dies here."""


class Sink:
    """A mail server that now and then sees its client die before the answer is noted."""

    def __init__(self) -> None:
        self.taken: list[str] = []
        self.deaths = 0
        self.deadly = True
        self.lock = threading.Lock()

    def __enter__(self):
        return self

    def __exit__(self, *error):
        pass

    def send(self, message: OutboxMessage) -> str:
        with self.lock:
            self.taken.append(message.key)
            if self.deadly and len(self.taken) % 97 == 0:
                self.deaths += 1
                raise Killed
        return "250 OK"


def test_two_schedulers_over_thirty_days_neither_double_nor_lose(app, session, office):
    oracle, chance = office
    calendar = working_calendar(session)
    sink = Sink()
    barrier = threading.Barrier(2)

    def scheduler(today: date, at: datetime) -> None:
        with app.app_context():
            barrier.wait()
            with transaction() as planning:
                plan_reminders(
                    planning, as_of=today, at=at, calendar=calendar, public_url="https://x.example"
                )
            with suppress(Killed):
                deliver_waiting(sink, now=lambda: at, lease=LEASE)

    with ThreadPoolExecutor(2) as schedulers:
        for today in DAYS:
            live_a_day(session, oracle, chance, today, calendar)
            if today in SILENT:
                continue
            at = datetime.combine(today, time(0, 30), UTC)
            for run in [schedulers.submit(scheduler, today, at) for _ in range(2)]:
                run.result()
            oracle.plan(today)
    sink.deadly = False
    with app.app_context():
        end = datetime.combine(DAYS[-1] + timedelta(days=1), time(3), UTC)
        deliver_waiting(sink, now=lambda: end, lease=LEASE)

    session.expire_all()
    ledger = session.execute(
        sa.select(
            LedgerRow.task_id,
            LedgerRow.recipient,
            LedgerRow.rule,
            LedgerRow.step,
            LedgerRow.deadline_version,
            LedgerRow.as_of,
            LedgerRow.reason,
        )
    ).all()
    assert {tuple(row) for row in ledger} == oracle.rows
    assert len(ledger) == len(oracle.rows)
    digests = {
        f"digest:{recipient}:{as_of}"
        for _, recipient, _, _, _, as_of, reason in oracle.rows
        if reason is None
    }
    sent = session.scalars(
        sa.select(OutboxMessage.key).where(OutboxMessage.state == MessageState.SENT)
    ).all()
    assert sorted(sent) == sorted(digests)
    times = Counter(sink.taken)
    assert set(times) == digests
    assert sink.deaths > 0
    assert sum(times.values()) - len(times) <= sink.deaths
    assert not {as_of for *_, as_of, _ in ledger} & {
        day for day in DAYS if not calendar.is_workday(day)
    }
