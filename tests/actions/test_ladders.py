"""A committee decides its ladder: saved, looked at, tried, then in force."""

from datetime import date

import pytest
import sqlalchemy as sa

from tests.factories import (
    JUNE_1,
    CommitteeFactory,
    PersonFactory,
    PostFactory,
    TaskFactory,
    UnitFactory,
    actor_of,
)
from tracker.committees.models import CommitteeMember
from tracker.db import transaction
from tracker.deadlines.queries import working_calendar
from tracker.errors import BadInput, NotAllowed, RuleViolation
from tracker.people.absences import cancel_absence, note_absence
from tracker.people.models import Absence
from tracker.permissions import Role
from tracker.reminders.actions import plan_reminders
from tracker.reminders.ladder_actions import drop_ladder, save_ladder, switch_on
from tracker.reminders.ladder_queries import ladders_in_force
from tracker.reminders.ladders import Audience, Ladder, LadderKind, Rung
from tracker.reminders.models import LadderVersion, LedgerRow
from tracker.reminders.preview import days_ahead
from tracker.reminders.rules import Rule, SkipReason
from tracker.tasks.models import Task
from tracker.tasks.rules import TimeKind, Workflow
from tracker.units.rules import UnitKind

DUE = date(2026, 6, 30)  # a Tuesday, and the factory's deadline
SECOND, THIRD, FIFTH, TENTH = (date(2026, 7, day) for day in (2, 3, 7, 14))
SHORT = Ladder(after=(Rung(2, Audience.HEAD),))


def plan(as_of):
    with transaction() as session:
        rows = plan_reminders(
            session,
            as_of=as_of,
            at=JUNE_1,
            calendar=working_calendar(session),
            public_url="https://tracker.example",
        )
        return [(row.recipient.address, row.rule.value, row.step) for row in rows]


@pytest.fixture
def committee(session):
    return CommitteeFactory()


@pytest.fixture
def secretary(session, committee):
    return actor_of(PostFactory(role=Role.SECRETARIAT, committee_id=committee.id))


def saved(committee, by, ladder=SHORT, kind=LadderKind.DEADLINE):
    with transaction() as session:
        return save_ladder(session, committee.id, kind, ladder, by=by, at=JUNE_1).id


def started(version_id, by):
    with transaction() as session:
        switch_on(session, version_id, by=by, at=JUNE_1)


def test_a_changed_ladder_is_tried_once_before_it_holds(session, committee, secretary):
    TaskFactory(committee=committee)
    version = saved(committee, secretary)
    assert [step for *_, step in plan(date(2026, 7, 1))] == [1]  # saved is not yet in force
    started(version, secretary)

    assert plan(SECOND) == []  # the trial sends nothing; the old ladder has no such step
    session.expire_all()
    tried = session.get_one(LadderVersion, version)
    assert (tried.tried_on, tried.tried_rows, tried.tried_people) == (SECOND, 1, 1)

    assert [(rule, step) for _, rule, step in plan(THIRD)] == [("after", 2)]
    assert plan(TENTH) == []  # and its end is the end


def test_only_the_committees_own_side_decides_and_nothing_twice(session, committee, secretary):
    stranger = actor_of(PostFactory(role=Role.SECRETARIAT, committee_id=CommitteeFactory().id))
    with pytest.raises(NotAllowed):
        saved(committee, stranger)
    with pytest.raises(BadInput):
        saved(committee, secretary, Ladder())
    version = saved(committee, secretary)
    with pytest.raises(RuleViolation):
        saved(committee, secretary)
    with transaction() as writing:
        drop_ladder(writing, version, by=secretary, at=JUNE_1)
    with pytest.raises(RuleViolation):
        started(version, secretary)


def test_the_days_ahead_are_shown_by_recipient_beside_what_holds_now(session, committee, secretary):
    task = TaskFactory(committee=committee)
    TaskFactory()  # another committee's
    version = session.get_one(LadderVersion, saved(committee, secretary))
    book = ladders_in_force(session, as_of=DUE)

    ahead = days_ahead(
        session,
        today=DUE,
        calendar=working_calendar(session),
        present=book,
        changed=book.with_versions([version]),
        committee_id=committee.id,
    )

    assert [
        (one.day, one.reminders, one.before) for one in ahead if one.reminders or one.before
    ] == [
        (DUE, 0, 1),
        (date(2026, 7, 1), 0, 1),
        (SECOND, 1, 0),
        (THIRD, 0, 1),
        (FIFTH, 0, 1),
    ]
    assert ahead[2].after[0].address == task.lead_unit.email
    assert plan(DUE) != []  # looking changed nothing


def test_the_fifth_day_reaches_the_leader_and_the_tenth_the_chairperson(session, committee):
    chair = PostFactory(role=Role.CHAIRPERSON, committee_id=committee.id).person
    leader = PersonFactory(name="Nguyễn Văn Phó")
    session.add(CommitteeMember(committee_id=committee.id, person_id=leader.id, name=leader.name))
    task = TaskFactory(committee=committee, leader="Phó Chủ tịch Nguyễn Văn Phó")
    unit = task.lead_unit.email

    assert plan(FIFTH) == [(unit, "after", 5), (leader.email, "leader-list", 5)]
    assert plan(TENTH) == [(unit, "after", 10), (chair.email, "chair-list", 10)]


def test_a_leader_is_also_found_by_field(session, committee):
    leader = PersonFactory()
    session.add(
        CommitteeMember(
            committee_id=committee.id,
            person_id=leader.id,
            name="A",
            fields="Tài chính; Dịch vụ công",
        )
    )
    TaskFactory(committee=committee, field="dịch vụ công")

    assert (leader.email, "leader-list", 5) in plan(FIFTH)


def test_a_sector_agency_goes_up_to_the_chairperson_alone(session, committee):
    chair = PostFactory(role=Role.CHAIRPERSON, committee_id=committee.id).person
    leader = PersonFactory(name="Nguyễn Văn Phó")
    session.add(CommitteeMember(committee_id=committee.id, person_id=leader.id, name=leader.name))
    agency = UnitFactory(kind=UnitKind.SECTOR)
    TaskFactory(committee=committee, leader=leader.name, lead_unit=agency)

    assert plan(FIFTH) == [(agency.email, "after", 5), (chair.email, "chair-list", 5)]


def test_a_starred_task_climbs_faster(session, committee):
    TaskFactory(committee=committee, star=True)

    assert [step for *_, step in plan(date(2026, 6, 16))] == [-10]


def test_a_report_that_waits_is_the_secretariats_to_answer(session, committee, secretary):
    task = TaskFactory(
        committee=committee, workflow=Workflow.HANDED_IN, handed_in_on=date(2026, 6, 26)
    )

    assert plan(DUE) == []
    assert [row[1:] for row in plan(date(2026, 7, 1))] == [("waiting", 3)]
    rows = session.execute(
        sa.select(LedgerRow.rule, LedgerRow.reason).where(LedgerRow.task_id == task.id)
    )
    assert set(map(tuple, rows)) == {
        (Rule.DUE, SkipReason.HANDED_IN),
        (Rule.AFTER, SkipReason.HANDED_IN),
        (Rule.WAITING, None),
    }


@pytest.mark.parametrize(
    ("kind", "columns", "rule"),
    [
        (LadderKind.QUIET, {"due_on": date(2026, 12, 31)}, "quiet"),
        (LadderKind.UNDATED, {"time": TimeKind.AWAITING, "due_on": None}, "undated"),
        (LadderKind.STANDING, {"time": TimeKind.STANDING, "due_on": None}, "standing"),
    ],
)
def test_ladders_that_count_from_another_day_remind_once_switched_on(
    session, committee, secretary, kind, columns, rule
):
    TaskFactory(committee=committee, **columns)
    ladder = Ladder(after=(Rung(10, Audience.HEAD),))
    assert plan(date(2026, 6, 12)) == []
    started(saved(committee, secretary, ladder, kind), secretary)
    plan(date(2026, 6, 15))

    assert [row[1:] for row in plan(date(2026, 6, 16))] == [(rule, 10)]
    assert plan(date(2026, 6, 17)) == []


def test_a_task_that_is_due_is_not_reminded_of_silence_too(session, committee, secretary):
    TaskFactory(committee=committee)
    ladder = Ladder(after=(Rung(10, Audience.HEAD),))
    started(saved(committee, secretary, ladder, LadderKind.QUIET), secretary)
    plan(date(2026, 6, 16))

    assert [row[1] for row in plan(DUE)] == ["due"]


# Absence ----------------------------------------------------------------------------------------


def away(session, person, substitute=None, first=DUE, last=DUE):
    session.add(
        Absence(
            person_id=person.id,
            first_on=first,
            last_on=last,
            substitute_id=substitute.id if substitute else None,
        )
    )
    session.commit()


def test_whoever_stands_in_is_reminded_and_the_ledger_names_both(session):
    unit = UnitFactory()
    head, deputy = PostFactory(unit=unit).person, PersonFactory()
    TaskFactory(lead_unit=unit)
    away(session, head, deputy)

    assert plan(DUE) == [(deputy.email, "due", 0)]
    row = session.scalars(sa.select(LedgerRow)).one()
    assert (row.person_id, row.instead_of_id) == (deputy.id, head.id)
    assert plan(date(2026, 7, 1)) == [(head.email, "after", 1)]


def test_an_absent_head_without_anybody_leaves_it_to_the_units_mailbox(session):
    unit, mute = UnitFactory(), UnitFactory(email="")
    for one in (unit, mute):
        away(session, PostFactory(unit=one).person)
        TaskFactory(lead_unit=one)

    assert plan(DUE) == [(unit.email, "due", 0)]
    reasons = session.scalars(sa.select(LedgerRow.reason).order_by(LedgerRow.id)).all()
    assert reasons == [None, SkipReason.ABSENT]


def test_an_absent_officer_leaves_it_to_the_head(session):
    unit = UnitFactory()
    head, officer = PostFactory(unit=unit).person, PersonFactory()
    TaskFactory(lead_unit=unit, officer_id=officer.id)
    away(session, officer, first=date(2026, 7, 1), last=SECOND)

    assert plan(date(2026, 7, 1)) == [(head.email, "after", 1)]


def test_a_head_notes_absences_of_the_own_unit_only(session):
    unit = UnitFactory()
    head = actor_of(PostFactory(unit=unit))
    own = PostFactory(unit=unit, role=Role.OFFICER).person
    other = PostFactory(unit=UnitFactory(), role=Role.OFFICER).person
    days = {"first_on": DUE, "last_on": SECOND, "at": JUNE_1, "by": head}
    with pytest.raises(NotAllowed), transaction() as writing:
        note_absence(writing, other.id, substitute_id=None, **days)
    for wrong in ({"substitute_id": own.id}, {"substitute_id": None, "last_on": date(2026, 6, 1)}):
        with pytest.raises(BadInput), transaction() as writing:
            note_absence(writing, own.id, **days | wrong)
    with transaction() as writing:
        noted = note_absence(writing, own.id, substitute_id=other.id, **days).id
    with transaction() as writing:
        assert cancel_absence(writing, noted, by=head, at=JUNE_1).cancelled_at == JUNE_1


# What changed before it was planned -------------------------------------------------------------


def test_a_step_that_fell_before_the_task_was_withdrawn_is_recorded_as_skipped(session):
    task = TaskFactory()
    plan(date(2026, 6, 26))
    with transaction() as writing:
        writing.execute(
            sa.update(Task)
            .where(Task.id == task.id)
            .values(left_on=date(2026, 7, 1), workflow=Workflow.LEFT)
        )

    assert plan(SECOND) == []

    rows = session.execute(
        sa.select(LedgerRow.step, LedgerRow.reason).order_by(LedgerRow.step)
    ).all()
    assert [tuple(row) for row in rows] == [
        (-3, None),
        (-1, SkipReason.WITHDRAWN),
        (0, SkipReason.WITHDRAWN),
    ]
