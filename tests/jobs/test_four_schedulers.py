"""Four schedulers at once on PostgreSQL over 60 days: nothing doubled, nothing lost.

The days hold Tết, a make-up Saturday, three days of silence, new deadlines, hand-ins, withdrawals
and absences. What the ledger holds is compared with a plain oracle that walks day by day.
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
from tracker.committees.models import CommitteeMember
from tracker.db import transaction
from tracker.deadlines.queries import working_calendar
from tracker.deadlines.rules import DeadlineBasis, DeadlineKind
from tracker.outbox import MessageState, OutboxMessage
from tracker.people.models import Absence
from tracker.permissions import Role
from tracker.reminders.actions import plan_reminders
from tracker.reminders.delivery import deliver_waiting
from tracker.reminders.models import LedgerRow
from tracker.tasks.models import DeadlineVersion, Task
from tracker.tasks.rules import TimeKind, Workflow

TASKS = 1000
SCHEDULERS = 4
FIRST = date(2026, 1, 5)  # a Monday; Saturday 10 January is worked, Tết lasts 14 to 22 February
DAYS = [FIRST + timedelta(days=day) for day in range(60)]
SILENT = {date(2026, 1, 26), date(2026, 1, 27), date(2026, 1, 28)}
LEASE = timedelta(seconds=60)
AFTER = [1, 3, 5, 10, 15, 20, 25, 30, *range(40, 121, 10)]
WAITING = [3, 5, 10, 15, 20, 25, 30, 40, 50, 60]

pytestmark = pytest.mark.parametrize("migrated_app", ["postgresql"], indirect=True)


@dataclass
class Known:
    """What the oracle remembers of one task."""

    head: str
    mailbox: str
    officer: str | None
    leader: str | None
    due: date
    known: date
    version: int = 1
    handed_in: date | None = None
    ended: bool = False
    recorded: dict[str, int] = field(default_factory=dict)


@dataclass
class Oracle:
    """The ladder in the plainest words: lists of days, no arithmetic."""

    tasks: dict[int, Known]
    chair: str
    secretary: str
    leader: str
    worked: list[date]
    away: list[tuple[date, date, str, str | None]] = field(default_factory=list)
    moved: list[tuple[int, int, date, date, int | None, date]] = field(default_factory=list)
    left: list[tuple[int, date]] = field(default_factory=list)
    rows: set[tuple] = field(default_factory=set)
    last_day: date | None = None

    def steps(self, due: date, today: date) -> list[tuple[int, date]]:
        before = [day for day in self.worked if day < due]
        after = [day for day in self.worked if day > due]
        on_the_day = next(day for day in self.worked if day >= due)
        found = [(-7, before[-7]), (-3, before[-3]), (-1, before[-1]), (0, on_the_day)]
        found += [(n, after[n - 1]) for n in AFTER if n <= len(after)]
        return [(step, day) for step, day in found if day <= today]

    def plan(self, today: date) -> None:
        if today not in self.worked:
            return
        since = self.last_day or today
        for id_, version, due, known, recorded, moved_on in self.moved:
            self.missed(id_, version, due, known, recorded, moved_on, since, "new-deadline", today)
        for id_, left_on in self.left:
            task = self.tasks[id_]
            at = task.recorded.get("ladder")
            self.missed(
                id_, task.version, task.due, task.known, at, left_on, since, "withdrawn", today
            )
        self.moved, self.left = [], []
        for id_, task in self.tasks.items():
            if not task.ended:
                self.ladder(id_, task, since, today)
                self.waiting(id_, task, since, today)
        self.last_day = today

    def ladder(self, id_: int, task: Known, since: date, today: date) -> None:
        reached = [pair for pair in self.steps(task.due, today) if pair[1] >= task.known]
        fresh = [pair for pair in reached if pair[0] > task.recorded.get("ladder", -99)]
        for step, day in fresh:
            newest = step == fresh[-1][0]
            reason = "handed-in" if task.handed_in else None if newest else "overtaken"
            if not newest and day < since:
                continue
            rule = (
                "before" if step < 0 else "due" if not step else "after" if step < 11 else "repeat"
            )
            self.note(id_, self.doer(task, step, today), rule, step, task.version, today, reason)
            task.recorded["ladder"] = step
            if task.handed_in:
                continue
            if step == 5 and task.leader:
                to = self.present(task.leader, today)
                self.note(id_, to, "leader-list", step, task.version, today, reason)
            elif step >= 10:
                to = self.present(self.chair, today)
                self.note(id_, to, "chair-list", step, task.version, today, reason)

    def waiting(self, id_: int, task: Known, since: date, today: date) -> None:
        if not task.handed_in:
            return
        after = [day for day in self.worked if task.handed_in < day <= today]
        reached = [(n, after[n - 1]) for n in WAITING if n <= len(after)]
        fresh = [pair for pair in reached if pair[0] > task.recorded.get("waiting", -99)]
        for step, day in fresh:
            newest = step == fresh[-1][0]
            if newest or day >= since:
                to = self.present(self.secretary, today)
                version = task.handed_in.toordinal()
                reason = None if newest else "overtaken"
                self.note(id_, to, "waiting", step, version, today, reason)
                task.recorded["waiting"] = step

    def missed(self, id_, version, due, known, recorded, until, since, reason, today) -> None:
        for step, day in self.steps(due, until):
            if max(since, known) <= day < until and step > (-99 if recorded is None else recorded):
                rule = (
                    "before"
                    if step < 0
                    else "due"
                    if not step
                    else "after"
                    if step < 11
                    else "repeat"
                )
                to = self.doer(self.tasks[id_], None, today)
                self.note(id_, to, rule, step, version, today, reason)

    def note(self, id_, to, rule, step, version, today, reason) -> None:
        address, own_reason = to
        self.rows.add((id_, address, rule, step, version, today, reason or own_reason))

    def doer(self, task: Known, step: int | None, today: date) -> tuple[str, str | None]:
        if step == 1 and task.officer:
            address, reason = self.present(task.officer, today)
            if not reason:
                return address, None
        address, reason = self.present(task.head, today)
        return (task.mailbox, None) if reason else (address, None)

    def present(self, address: str, today: date) -> tuple[str, str | None]:
        spans = [span for span in self.away if span[0] <= today <= span[1]]
        absent = {who: substitute for _, _, who, substitute in spans}
        if address not in absent:
            return address, None
        substitute = absent[address]
        if substitute is None or substitute in absent:
            return address, "absent"
        return substitute, None


@pytest.fixture
def office(session):
    """Return (oracle, chance): 1,000 tasks of 40 units, some with heads, officers, leaders."""
    chance = random.Random(20260105)  # noqa: S311
    committee = CommitteeFactory()
    chair = PostFactory(role=Role.CHAIRPERSON, committee_id=committee.id).person
    secretary = PostFactory(role=Role.SECRETARIAT, committee_id=committee.id).person
    leader = PersonFactory(name="Lê Thị Phó")
    session.add(CommitteeMember(committee_id=committee.id, person_id=leader.id, name=leader.name))
    heads, officers = {}, [PersonFactory() for _ in range(20)]
    people = [chair, secretary, leader, *officers]
    for number in range(40):
        unit = UnitFactory()
        head = PostFactory(unit=unit).person if number % 2 else None
        people += [head] if head else []
        heads[unit.id] = (head.email if head else unit.email, unit.email)
    calendar = working_calendar(session)
    tasks, rows, versions = {}, [], []
    for number in range(1, TASKS + 1):
        due = FIRST + timedelta(days=chance.randint(-100, 75))
        assigned = due - timedelta(days=chance.randint(5, 60))
        unit_id = chance.choice(list(heads))
        officer = chance.choice(officers) if chance.random() < 0.3 else None
        led = chance.random() < 0.3
        effective = calendar.next_workday(due)
        tasks[number] = Known(
            *heads[unit_id],
            officer.email if officer else None,
            leader.email if led else None,
            effective,
            assigned,
        )
        rows.append(
            {
                "id": number,
                "code": f"NV-{number}",
                "committee_id": committee.id,
                "title": f"Việc số {number}",
                "lead_unit_id": unit_id,
                "officer_id": officer.id if officer else None,
                "leader": f"Phó Chủ tịch {leader.name}" if led else "",
                "time": TimeKind.DATED,
                "deadline_kind": DeadlineKind.DATE,
                "deadline_basis": DeadlineBasis.NOTICE,
                "due_on": due,
                "first_due_on": due,
                "effective_on": effective,
                "assigned_on": assigned,
            }
        )
        versions.append(version_row(number, 1, due, effective, assigned, assigned))
    session.execute(sa.insert(Task), rows)
    session.execute(sa.insert(DeadlineVersion), versions)
    span = [FIRST + timedelta(days=day) for day in range(-250, 150)]
    oracle = Oracle(
        tasks,
        chair.email,
        secretary.email,
        leader.email,
        [day for day in span if calendar.is_workday(day)],
    )
    for _ in range(40):
        someone, other = chance.sample(people, 2)
        first = chance.choice(DAYS)
        last = first + timedelta(days=chance.randint(0, 12))
        substitute = other if chance.random() < 0.6 else None
        session.add(
            Absence(
                person_id=someone.id,
                first_on=first,
                last_on=last,
                substitute_id=substitute.id if substitute else None,
            )
        )
        session.flush()
        oracle.away.append((first, last, someone.email, substitute.email if substitute else None))
    session.commit()
    return oracle, chance


def version_row(task_id, version, due, effective, decided, written):
    return {
        "task_id": task_id,
        "version": version,
        "time": TimeKind.DATED,
        "kind": DeadlineKind.DATE,
        "due_on": due,
        "effective_on": effective,
        "decided_on": decided,
        "decided_at": datetime.combine(written, time(0, 20), UTC),
    }


def live_a_day(session, oracle, chance, today, calendar):
    """Let units hand in, the secretariat accept, send back, move and withdraw, before planning."""
    for id_ in chance.sample(range(1, TASKS + 1), 25):
        task = oracle.tasks[id_]
        if task.ended or task.known >= today:
            continue
        if task.handed_in and chance.random() < 0.5:
            task.ended = True
            change(session, id_, accepted_on=today, workflow=Workflow.CLOSED)
        elif task.handed_in:
            task.handed_in = None
            task.recorded.pop("waiting", None)
            change(session, id_, workflow=Workflow.REDO, handed_in_on=None)
        elif chance.random() < 0.5:
            task.handed_in = today
            change(session, id_, workflow=Workflow.HANDED_IN, handed_in_on=today)
        elif chance.random() < 0.15:
            task.ended = True
            oracle.left.append((id_, today))
            change(session, id_, left_on=today, workflow=Workflow.LEFT)
        else:
            due = today + timedelta(days=chance.randint(2, 20))
            at = task.recorded.pop("ladder", None)
            oracle.moved.append((id_, task.version, task.due, task.known, at, today))
            task.due, task.known = calendar.next_workday(due), today
            task.version += 1
            session.execute(
                sa.insert(DeadlineVersion),
                version_row(id_, task.version, due, task.due, today, today),
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


def test_four_schedulers_over_sixty_days_neither_double_nor_lose(app, session, office):
    oracle, chance = office
    calendar = working_calendar(session)
    sink = Sink()
    barrier = threading.Barrier(SCHEDULERS)

    def scheduler(today: date, at: datetime) -> None:
        with app.app_context():
            barrier.wait()
            with transaction() as planning:
                plan_reminders(
                    planning, as_of=today, at=at, calendar=calendar, public_url="https://x.example"
                )
            with suppress(Killed):
                deliver_waiting(sink, now=lambda: at, lease=LEASE)

    with ThreadPoolExecutor(SCHEDULERS) as schedulers:
        for today in DAYS:
            live_a_day(session, oracle, chance, today, calendar)
            if today in SILENT:
                continue
            at = datetime.combine(today, time(0, 30), UTC)
            for run in [schedulers.submit(scheduler, today, at) for _ in range(SCHEDULERS)]:
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
