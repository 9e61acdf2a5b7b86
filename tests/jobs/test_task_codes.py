"""Codes stay unique when several secretaries assign at once (PostgreSQL; SQLite has one writer)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import sqlalchemy as sa

from tests.factories import (
    JUNE_1,
    CommitteeFactory,
    PostFactory,
    TaskFactory,
    UnitFactory,
    actor_of,
)
from tracker.db import transaction
from tracker.deadlines.rules import DeadlineBasis
from tracker.errors import RuleViolation
from tracker.permissions import Role
from tracker.tasks import actions, queries
from tracker.tasks.actions import NewTask, assign_task
from tracker.tasks.models import ClosedTally, Task
from tracker.tasks.rules import TimeKind
from tracker.workdays import WorkCalendar


def test_codes_are_unique_when_many_assign_at_once(app, session):
    committee, unit = CommitteeFactory(), UnitFactory()
    by = actor_of(PostFactory(role=Role.SECRETARIAT, committee_id=committee.id))
    new = NewTask(
        committee_id=committee.id,
        title="Việc",
        lead_unit_id=unit.id,
        time=TimeKind.DATED,
        deadline_basis=DeadlineBasis.NOTICE,
        due_on=date(2026, 6, 30),
    )

    def assign(_):
        with app.app_context(), transaction() as writing:
            for _number in range(5):
                assign_task(writing, new, by=by, at=JUNE_1, calendar=WorkCalendar())

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(assign, range(6)))

    session.expire_all()
    codes = sorted(session.scalars(sa.select(Task.code)))
    assert codes == [f"NV-2026-{number:04d}" for number in range(1, 31)]


def test_only_one_of_two_who_confirm_at_once_closes_the_task(app, session):
    task = TaskFactory()
    head = actor_of(PostFactory(unit=task.lead_unit))
    by = actor_of(PostFactory(role=Role.SECRETARIAT, committee_id=task.committee_id))
    with transaction() as writing:
        actions.hand_in(writing, writing.get(Task, task.id), by=head, at=JUNE_1, result="Xong")

    def confirm(_):
        try:
            with app.app_context(), transaction() as writing:
                fresh = queries.task_for_act(writing, task.id, by)
                actions.accept(writing, fresh, by=by, at=JUNE_1)
        except RuleViolation:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(confirm, range(4)))

    assert sorted(done) == [False, False, False, True]
    session.expire_all()
    assert session.scalars(sa.select(ClosedTally.tasks)).all() == [1]
