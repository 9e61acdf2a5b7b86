"""The SQL of overdue, classes and visibility says the same as the rules."""

from datetime import date, timedelta
from itertools import product

import pytest
import sqlalchemy as sa

from tests.factories import (
    CommitteeFactory,
    PostFactory,
    TaskFactory,
    UnitFactory,
    actor_of,
)
from tracker.deadlines.rules import DeadlineKind
from tracker.permissions import Role
from tracker.tasks import queries
from tracker.tasks.models import Coordination, DeadlineVersion, Task
from tracker.tasks.rules import DeadlineClass, TimeKind, deadline_class, is_overdue

TODAY = date(2026, 6, 30)
AROUND = [TODAY - timedelta(1), TODAY, TODAY + timedelta(1)]


@pytest.fixture
def tasks(session):
    """Every kind of time × date around today × open, done, left."""
    committee, unit = CommitteeFactory(), UnitFactory()
    made = []
    for time, due_on in product(TimeKind, [*AROUND, None]):
        if time is TimeKind.DATED and due_on is None:
            continue
        facts = {"committee": committee, "lead_unit": unit, "time": time, "due_on": due_on}
        made.append(TaskFactory(**facts))
        made.append(TaskFactory(**facts, left_on=TODAY, left_why="withdrawn"))
        made.extend(
            TaskFactory(**facts, accepted_on=TODAY + timedelta(2), handed_in_on=day)
            for day in [*AROUND, None]
        )
    return made


def test_overdue_in_sql_equals_the_rule(session, tasks):
    found = set(session.scalars(sa.select(Task.id).where(queries.overdue(TODAY))))

    assert found == {
        task.id
        for task in tasks
        if task.accepted_on is None
        and task.left_on is None
        and is_overdue(task.effective_on, task.time, TODAY)
    }
    assert found


def test_the_class_in_sql_equals_the_rule(session, tasks):
    rows = dict(session.execute(sa.select(Task.id, queries.deadline_class(TODAY))).all())

    for task in tasks:
        judged_on = (task.handed_in_on or task.accepted_on) if task.accepted_on else None
        assert rows[task.id] is deadline_class(
            time=task.time, effective_on=task.effective_on, judged_on=judged_on, today=TODAY
        )


def test_as_of_a_day_the_deadline_decided_by_then_counts(session):
    task = TaskFactory(due_on=date(2026, 6, 10), deadline_version=2, time=TimeKind.DATED)
    task.due_on = task.effective_on = date(2026, 7, 10)
    session.add(
        DeadlineVersion(
            task_id=task.id,
            version=2,
            time=TimeKind.DATED,
            kind=DeadlineKind.DATE,
            due_on=date(2026, 7, 10),
            effective_on=date(2026, 7, 10),
            decided_on=date(2026, 6, 20),
            decided_at=sa.func.current_timestamp(),
        )
    )
    session.commit()

    def on(day):
        return session.scalar(sa.select(queries.class_as_of(day)).where(Task.id == task.id))

    assert on(date(2026, 6, 10)) is DeadlineClass.OPEN_IN_TIME
    assert on(date(2026, 6, 11)) is DeadlineClass.OPEN_OVERDUE
    assert on(date(2026, 6, 20)) is DeadlineClass.OPEN_IN_TIME
    assert on(date(2026, 7, 11)) is DeadlineClass.OPEN_OVERDUE


def test_as_of_a_day_done_is_what_was_accepted_by_then(session):
    task = TaskFactory(
        due_on=TODAY, handed_in_on=TODAY + timedelta(1), accepted_on=TODAY + timedelta(3)
    )

    def on(day):
        return session.scalar(sa.select(queries.class_as_of(day)).where(Task.id == task.id))

    assert on(TODAY + timedelta(2)) is DeadlineClass.OPEN_OVERDUE
    assert on(TODAY + timedelta(3)) is DeadlineClass.DONE_LATE


def test_a_task_counts_from_its_assignment_until_the_day_it_leaves(session):
    task = TaskFactory(assigned_on=date(2026, 6, 1), left_on=date(2026, 6, 10), left_why="exempt")

    def counts(day):
        found = sa.select(Task.id).where(queries.counts_as_of(day))
        return session.scalar(found) == task.id

    assert [counts(date(2026, *day)) for day in ((5, 31), (6, 1), (6, 9), (6, 10))] == [
        False,
        True,
        True,
        False,
    ]


def test_each_role_reads_its_own_tasks_only(session):
    ours, theirs = CommitteeFactory(), CommitteeFactory()
    unit = UnitFactory()
    below = UnitFactory(parent=unit)
    officer = PostFactory(role=Role.OFFICER, unit=unit)
    tasks = {
        "lead": TaskFactory(committee=ours, lead_unit=unit),
        "below": TaskFactory(committee=theirs, lead_unit=below),
        "coordinated": TaskFactory(committee=theirs),
        "officer's": TaskFactory(committee=ours, officer_id=officer.person_id),
        "other": TaskFactory(committee=theirs),
    }
    session.add(Coordination(task_id=tasks["coordinated"].id, unit_id=unit.id))
    session.commit()

    def seen_by(post):
        visible = queries.visible_to(actor_of(post))
        ids = set(session.scalars(sa.select(Task.id).where(visible)))
        return {name for name, task in tasks.items() if task.id in ids}

    for role in (Role.SECRETARIAT, Role.CHAIRPERSON, Role.ADVISER, Role.VIEWER):
        assert seen_by(PostFactory(role=role, committee_id=ours.id)) == {"lead", "officer's"}
    for role in (Role.UNIT_HEAD, Role.FOCAL_POINT):
        assert seen_by(PostFactory(role=role, unit=unit)) == {"lead", "below", "coordinated"}
    assert seen_by(PostFactory(role=Role.UNIT_HEAD, unit=below)) == {"below"}
    assert seen_by(officer) == {"officer's"}
    assert seen_by(PostFactory(role=Role.APPRAISER, unit=unit)) == set()
    assert seen_by(PostFactory(role=Role.ADMIN)) == set()
