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
from tracker.deadlines.rules import DeadlineBasis, DeadlineKind
from tracker.errors import BadInput, NotAllowed, RuleViolation
from tracker.outbox import OutboxMessage
from tracker.people.absences import cancel_absence, note_absence
from tracker.people.models import Absence
from tracker.permissions import Role
from tracker.reminders.actions import plan_reminders
from tracker.reminders.holds import decide_hold, waiting_hold
from tracker.reminders.ladder_actions import drop_ladder, save_ladder, switch_on
from tracker.reminders.ladder_queries import ladders_in_force
from tracker.reminders.ladders import Audience, Ladder, LadderKind, Rung
from tracker.reminders.models import LadderVersion, LedgerRow
from tracker.reminders.preview import days_ahead
from tracker.reminders.rules import Rule, SkipReason
from tracker.tasks.actions import name_officer, set_deadline
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
    body = session.scalars(sa.select(OutboxMessage.body)).one()
    assert "CHỜ ĐỒNG CHÍ TRẢ LỜI (1)" in body
    assert "Đã 5 ngày" in body
    assert "Quá hạn" not in body


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


# The cap, the digest, and who is told at once ---------------------------------------------------


def capped(as_of, cap):
    with transaction() as session:
        return plan_reminders(
            session,
            as_of=as_of,
            at=JUNE_1,
            calendar=working_calendar(session),
            public_url="https://tracker.example",
            cap=cap,
        )


def test_a_run_over_the_cap_stops_before_sending_and_asks(session, committee, secretary):
    for _ in range(3):
        TaskFactory(committee=committee)
    assert capped(DUE, 2) == []
    assert session.scalar(sa.select(sa.func.count()).select_from(LedgerRow)) == 0
    assert capped(DUE, 2) == []
    hold = waiting_hold(session)
    assert (hold.people, hold.reminders) == (3, 3)

    with transaction() as writing:
        decide_hold(writing, let_go=True, by=secretary, at=JUNE_1)

    assert len(capped(DUE, 2)) == 3
    session.expire_all()
    assert waiting_hold(session) is None
    with pytest.raises(RuleViolation), transaction() as writing:
        decide_hold(writing, let_go=False, by=secretary, at=JUNE_1)


def test_a_dropped_run_is_recorded_and_sends_nothing(session, committee, secretary):
    for _ in range(2):
        TaskFactory(committee=committee)
    capped(DUE, 1)
    with transaction() as writing:
        decide_hold(writing, let_go=False, by=secretary, at=JUNE_1)

    assert capped(DUE, 1) == []

    assert set(session.scalars(sa.select(LedgerRow.reason))) == {SkipReason.STOPPED}
    assert session.scalar(sa.select(sa.func.count()).select_from(OutboxMessage)) == 0


def test_ten_thousand_late_tasks_are_one_digest_for_each_unit(session, committee):
    units = [UnitFactory() for _ in range(3)]
    due = date(2025, 11, 3)
    session.execute(
        sa.insert(Task),
        [
            {
                "code": f"NV-{number}",
                "committee_id": committee.id,
                "title": "Việc",
                "lead_unit_id": units[number % 3].id,
                "time": TimeKind.DATED,
                "deadline_kind": DeadlineKind.DATE,
                "due_on": due,
                "effective_on": due,
                "assigned_on": date(2025, 10, 1),
            }
            for number in range(10_000)
        ],
    )
    session.commit()

    assert len(plan(DUE)) == 10_000

    mails = session.scalars(sa.select(OutboxMessage.recipient).order_by(OutboxMessage.id)).all()
    assert sorted(mails) == sorted(unit.email for unit in units)


def test_the_digest_also_names_what_is_new_and_due_this_week(session, committee):
    unit, officer = UnitFactory(), PersonFactory()
    TaskFactory(
        committee=committee, lead_unit=unit, officer_id=officer.id, due_on=date(2026, 6, 29)
    )
    TaskFactory(lead_unit=unit, title="Mới giao", assigned_on=date(2026, 6, 29), due_on=TENTH)
    TaskFactory(
        lead_unit=unit, title="Trong tuần", due_on=date(2026, 7, 6), workflow=Workflow.RECEIVED
    )
    TaskFactory(lead_unit=unit, title="Hôm nay")
    plan(DUE)

    by_person = dict(session.execute(sa.select(OutboxMessage.recipient, OutboxMessage.body)).all())

    body = by_person[unit.email]
    assert body.index("MỚI GIAO") < body.index("Mới giao") < body.index("Hôm nay")
    assert body.index("Hôm nay") < body.index("Trong tuần")
    assert "Trong tuần" not in by_person[officer.email]


def test_the_last_reminder_says_that_none_follows(session, committee, secretary):
    TaskFactory(committee=committee)
    started(saved(committee, secretary), secretary)
    plan(date(2026, 7, 1))

    assert len(plan(SECOND)) == 1

    body = session.scalars(sa.select(OutboxMessage.body).order_by(OutboxMessage.id.desc())).first()
    assert "lần nhắc tự động cuối" in body


def test_a_moved_deadline_and_a_named_officer_are_told_at_once(session, committee, secretary):
    unit = UnitFactory()
    head = PostFactory(unit=unit)
    officer = PostFactory(unit=unit, role=Role.OFFICER).person
    task = TaskFactory(committee=committee, lead_unit=unit)
    with transaction() as writing:
        fresh = writing.get_one(Task, task.id)
        name_officer(writing, fresh, officer.id, by=actor_of(head), at=JUNE_1)
    with transaction() as writing:
        set_deadline(
            writing,
            writing.get_one(Task, task.id),
            by=secretary,
            at=JUNE_1,
            calendar=working_calendar(writing),
            time=TimeKind.DATED,
            kind=DeadlineKind.DATE,
            text="",
            due_on=TENTH,
            basis=DeadlineBasis.LETTER,
            reference="9/CV",
            reason="Chờ số liệu",
            public_url="https://tracker.example",
        )

    told = session.execute(
        sa.select(OutboxMessage.recipient, OutboxMessage.body).order_by(OutboxMessage.id)
    ).all()
    assert [row.recipient for row in told] == [officer.email, head.person.email, officer.email]
    assert "phụ trách" in told[0].body
    assert "14/07/2026" in told[1].body
