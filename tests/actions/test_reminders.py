"""Planning writes each owed step once, with one digest per person and day."""

from datetime import date

import pytest
import sqlalchemy as sa

from tests.factories import (
    JUNE_1,
    ClauseFactory,
    CommitteeFactory,
    NoticeFactory,
    PersonFactory,
    PostFactory,
    TaskFactory,
    UnitFactory,
    actor_of,
)
from tracker.db import transaction
from tracker.deadlines.queries import working_calendar
from tracker.errors import NotAllowed, RuleViolation
from tracker.outbox import Letter, MessageState, OutboxMessage, enqueue
from tracker.permissions import Role
from tracker.reminders import queries
from tracker.reminders.actions import plan_reminders, try_again
from tracker.reminders.models import LedgerRow, LedgerState
from tracker.reminders.rules import Rule, SkipReason
from tracker.tasks.models import DeadlineVersion, Task
from tracker.tasks.rules import TimeKind, Workflow

ON_THE_DAY = date(2026, 6, 30)  # a Tuesday, and the factory's deadline
DAY_AFTER = date(2026, 7, 1)
THIRD_DAY = date(2026, 7, 3)
TENTH_DAY = date(2026, 7, 14)


def plan(as_of):
    with transaction() as session:
        rows = plan_reminders(
            session,
            as_of=as_of,
            at=JUNE_1,
            calendar=working_calendar(session),
            public_url="https://tracker.example",
        )
        return [(row.matter.code, row.recipient.address, row.rule, row.step) for row in rows]


def ledger(session):
    session.expire_all()
    return [
        (row.step, row.state, row.reason, row.recipient)
        for row in session.scalars(sa.select(LedgerRow).order_by(LedgerRow.id))
    ]


def mails(session):
    session.expire_all()
    return list(session.scalars(sa.select(OutboxMessage).order_by(OutboxMessage.id)))


def change(task_id, **columns):
    with transaction() as session:
        session.execute(sa.update(Task).where(Task.id == task_id).values(**columns))


def test_the_head_with_an_account_is_reminded_else_the_units_mailbox(session):
    headed, headless = UnitFactory(), UnitFactory()
    head = PostFactory(unit=headed).person
    tasks = [TaskFactory(lead_unit=headed), TaskFactory(lead_unit=headless)]

    assert plan(ON_THE_DAY) == [
        (tasks[0].code, head.email, Rule.DUE, 0),
        (tasks[1].code, headless.email, Rule.DUE, 0),
    ]


def test_planning_twice_adds_nothing(session):
    TaskFactory()
    assert len(plan(ON_THE_DAY)) == 1

    assert plan(ON_THE_DAY) == []

    assert len(ledger(session)) == 1
    assert len(mails(session)) == 1


def test_many_tasks_of_one_person_come_in_one_mail(session):
    unit = UnitFactory()
    notice = NoticeFactory(number="12/TB-BCĐ")
    clause = ClauseFactory(notice=notice, label="III.4")
    for due in (ON_THE_DAY, date(2026, 6, 12), date(2026, 7, 3)):
        TaskFactory(
            lead_unit=unit, due_on=due, clause_id=clause.id, product="Kế hoạch", title=f"Việc {due}"
        )
    assert len(plan(ON_THE_DAY)) == 3

    (mail,) = mails(session)
    assert mail.key == f"digest:{unit.email}:2026-06-30"
    assert "1 việc quá hạn, 1 việc đến hạn hôm nay, 1 việc sắp đến hạn" in mail.subject
    for text in (mail.body, mail.html):
        assert "Quá hạn 18 ngày" in text
        assert "Đến hạn hôm nay" in text
        assert "Còn 3 ngày" in text
        assert "Thông báo số 12/TB-BCĐ ngày 30/05/2026, mục III.4" in text
        assert "Kế hoạch" in text
        assert "https://tracker.example/tasks/" in text
        assert text.index("Quá hạn 18 ngày") < text.index("Đến hạn hôm nay") < text.index("Còn 3")
    assert {row.message_id for row in session.scalars(sa.select(LedgerRow))} == {mail.id}


def test_a_digest_is_in_the_language_of_its_reader(session):
    unit = UnitFactory()
    PostFactory(unit=unit, person=PersonFactory(language="en"))
    TaskFactory(lead_unit=unit)

    plan(DAY_AFTER)

    (mail,) = mails(session)
    assert "1 overdue" in mail.subject
    assert "Overdue 1 day" in mail.body


def test_titles_cannot_break_out_of_the_mail(session):
    TaskFactory(title='<script>alert("x")</script>\r\nBcc: a@b.example', deadline_text="<b>mai</b>")

    plan(ON_THE_DAY)

    (mail,) = mails(session)
    assert "<script>" not in mail.html
    assert "<b>mai" not in mail.html
    assert "&lt;b&gt;mai" in mail.html
    assert "<b>mai</b>" in mail.body
    assert "\n" not in mail.subject


def test_the_first_day_late_goes_to_the_named_officer_the_third_to_the_head(session):
    unit = UnitFactory()
    head = PostFactory(unit=unit).person
    officer = PersonFactory()
    TaskFactory(lead_unit=unit, officer_id=officer.id)

    assert [row[1] for row in plan(ON_THE_DAY)] == [head.email]
    assert [row[1] for row in plan(DAY_AFTER)] == [officer.email]
    assert [row[1] for row in plan(THIRD_DAY)] == [head.email]


def test_an_officer_who_left_is_not_written_to(session):
    officer = PersonFactory(left_on=date(2026, 6, 15))
    task = TaskFactory(officer_id=officer.id)

    assert [row[1] for row in plan(DAY_AFTER)] == [task.lead_unit.email]


def test_from_the_tenth_working_day_the_chairpersons_list_goes_beside(session):
    committee = CommitteeFactory()
    chair = PostFactory(role=Role.CHAIRPERSON, committee_id=committee.id).person
    task = TaskFactory(committee=committee)
    for day in (ON_THE_DAY, DAY_AFTER, THIRD_DAY):
        assert len(plan(day)) == 1

    assert plan(TENTH_DAY) == [
        (task.code, task.lead_unit.email, Rule.AFTER, 10),
        (task.code, chair.email, Rule.CHAIR_LIST, 10),
    ]
    assert plan(TENTH_DAY) == []
    listed = mails(session)[-1]
    assert (listed.recipient, "Ban Chỉ đạo có 1 việc quá hạn" in listed.subject) == (
        chair.email,
        True,
    )
    assert task.lead_unit.name in listed.body


def test_a_chairperson_who_heads_a_unit_gets_one_mail(session):
    committee, unit = CommitteeFactory(), UnitFactory()
    chair = PostFactory(role=Role.CHAIRPERSON, committee_id=committee.id).person
    PostFactory(role=Role.UNIT_HEAD, unit=unit, person=chair)
    TaskFactory(committee=committee, lead_unit=unit)

    assert len(plan(TENTH_DAY)) == 2

    assert [mail.recipient for mail in mails(session)] == [chair.email]


def test_three_days_of_silence_owe_the_newest_step_and_skip_the_others(session):
    other = TaskFactory(due_on=date(2026, 7, 7))
    task = TaskFactory()
    plan(date(2026, 6, 26))  # Friday: the seventh day before the other, the second before this

    assert (task.code, task.lead_unit.email, Rule.AFTER, 1) in plan(DAY_AFTER)

    rows = session.execute(
        sa.select(LedgerRow.step, LedgerRow.state, LedgerRow.reason)
        .where(LedgerRow.task_id == task.id)
        .order_by(LedgerRow.id)
    ).all()
    assert other.code
    assert [tuple(row) for row in rows] == [
        (-3, LedgerState.OWED, None),
        (-1, LedgerState.SKIPPED, SkipReason.OVERTAKEN),
        (0, LedgerState.SKIPPED, SkipReason.OVERTAKEN),
        (1, LedgerState.OWED, None),
    ]


@pytest.mark.parametrize("day", [date(2026, 7, 4), date(2026, 7, 5), date(2026, 9, 2)])
def test_nothing_is_planned_on_a_day_off(session, day):
    TaskFactory()

    assert plan(day) == []


def test_a_hand_in_silences_and_a_redo_wakes(session):
    task = TaskFactory()
    plan(ON_THE_DAY)
    change(task.id, workflow=Workflow.HANDED_IN)
    assert plan(DAY_AFTER) == []
    assert ledger(session)[-1][:3] == (1, LedgerState.SKIPPED, SkipReason.HANDED_IN)

    change(task.id, workflow=Workflow.REDO)

    assert plan(date(2026, 7, 2)) == []
    assert [row[3] for row in plan(THIRD_DAY)] == [3]


def test_a_new_version_of_the_deadline_arms_the_ladder_again(session):
    task = TaskFactory()
    plan(DAY_AFTER)
    later = date(2026, 7, 7)
    session.add(
        DeadlineVersion(
            task_id=task.id,
            version=2,
            time=TimeKind.DATED,
            kind=task.deadline_kind,
            due_on=later,
            effective_on=later,
            decided_on=date(2026, 7, 2),
            decided_at=JUNE_1,
        )
    )
    session.commit()
    change(task.id, due_on=later, effective_on=later, deadline_version=2)

    assert [row[3] for row in plan(date(2026, 7, 2))] == [-3]
    assert [row[3] for row in plan(date(2026, 7, 6))] == [-1]
    assert [row[3] for row in plan(later)] == [0]


@pytest.mark.parametrize("time", [TimeKind.AWAITING, TimeKind.WITHOUT, TimeKind.STANDING])
def test_a_task_without_a_date_is_not_reminded(session, time):
    TaskFactory(time=time, due_on=None)

    assert plan(TENTH_DAY) == []


def test_a_proposed_date_is_reminded_but_never_called_overdue(session):
    committee = CommitteeFactory()
    PostFactory(role=Role.CHAIRPERSON, committee_id=committee.id)
    task = TaskFactory(committee=committee, time=TimeKind.PROPOSED)

    assert plan(TENTH_DAY) == [(task.code, task.lead_unit.email, Rule.AFTER, 10)]

    (mail,) = mails(session)
    assert "quá hạn" not in mail.body.lower()
    assert "Đã qua hạn đề xuất 14 ngày" in mail.body


@pytest.mark.parametrize(
    "end", [{"accepted_on": DAY_AFTER}, {"left_on": DAY_AFTER}, {"assigned_on": date(2026, 8, 1)}]
)
def test_what_is_done_has_left_or_is_not_yet_given_is_not_reminded(session, end):
    task = TaskFactory()
    change(task.id, **end)

    assert plan(TENTH_DAY) == []


def test_a_unit_without_any_address_shows_in_the_ledger(session):
    TaskFactory(lead_unit=UnitFactory(email=""))

    assert plan(ON_THE_DAY) == []

    assert ledger(session) == [(0, LedgerState.SKIPPED, SkipReason.NO_ADDRESS, "")]


def test_what_becomes_owed_after_the_digest_comes_the_next_working_day(session):
    unit = UnitFactory()
    TaskFactory(lead_unit=unit)
    plan(ON_THE_DAY)
    late = TaskFactory(lead_unit=unit)

    assert plan(ON_THE_DAY) == []
    assert (late.code, unit.email, Rule.AFTER, 1) in plan(DAY_AFTER)

    rows = session.scalars(
        sa.select(LedgerRow).where(LedgerRow.task_id == late.id).order_by(LedgerRow.id)
    )
    assert [(row.step, row.reason) for row in rows] == [(0, SkipReason.OVERTAKEN), (1, None)]
    assert len(mails(session)) == 2


def test_only_what_the_server_took_counts_as_delivered(session):
    unit, committee = UnitFactory(), CommitteeFactory()
    PostFactory(role=Role.CHAIRPERSON, committee_id=committee.id)
    task = TaskFactory(lead_unit=unit, committee=committee)
    for day in (ON_THE_DAY, DAY_AFTER, TENTH_DAY):
        plan(day)
    assert queries.delivered_counts(session, [task.id]) == {}
    sent = [mail.id for mail in mails(session) if mail.key.endswith(("06-30", "07-14"))]
    with transaction() as writing:
        writing.execute(
            sa.update(OutboxMessage)
            .where(OutboxMessage.id.in_(sent))
            .values(state=MessageState.SENT, sent_at=JUNE_1)
        )

    assert queries.delivered_counts(session, [task.id]) == {task.id: 2}


def test_a_failed_mail_starts_afresh_by_the_secretariats_word(session):
    committee = CommitteeFactory()
    secretary = actor_of(PostFactory(role=Role.SECRETARIAT, committee_id=committee.id))
    head = actor_of(PostFactory(unit=UnitFactory()))
    TaskFactory(committee=committee)
    plan(ON_THE_DAY)
    (mail,) = mails(session)
    with pytest.raises(RuleViolation), transaction() as writing:
        try_again(writing, mail.id, by=secretary, at=JUNE_1)
    with transaction() as writing:
        writing.execute(sa.update(OutboxMessage).values(state=MessageState.FAILED, attempts=48))
    with pytest.raises(NotAllowed), transaction() as writing:
        try_again(writing, mail.id, by=head, at=JUNE_1)
    assert [line.id for line in queries.failed_messages(session, secretary)] == [mail.id]

    with transaction() as writing:
        try_again(writing, mail.id, by=secretary, at=JUNE_1)

    (mail,) = mails(session)
    assert (mail.state, mail.attempts) == (MessageState.WAITING, 0)
    assert queries.failed_messages(session, secretary) == []


def test_mails_about_another_committee_are_not_shown(session):
    stranger = actor_of(PostFactory(role=Role.SECRETARIAT, committee_id=CommitteeFactory().id))
    TaskFactory()
    plan(ON_THE_DAY)

    assert queries.messages(session, stranger) == ([], None)


def test_a_mail_queued_for_a_committee_is_its_secretariats_to_read(session):
    committee = CommitteeFactory()
    secretary = actor_of(PostFactory(role=Role.SECRETARIAT, committee_id=committee.id))
    stranger = actor_of(PostFactory(role=Role.SECRETARIAT, committee_id=CommitteeFactory().id))
    letter = Letter(recipient="a@office.example", subject="Giao việc", body="…")
    with transaction() as writing:
        enqueue(writing, "assigned:1", letter, at=JUNE_1, committee_id=committee.id)

    assert [line.subject for line in queries.messages(session, secretary)[0]] == ["Giao việc"]
    assert queries.messages(session, stranger)[0] == []
