"""An extension is a decision: asked for with reasons, answered, and the first date stays."""

from datetime import date

import pytest

from tests.factories import JUNE_1, CommitteeFactory, PostFactory, UnitFactory, actor_of
from tracker.db import transaction
from tracker.deadlines.rules import DeadlineBasis
from tracker.errors import BadInput, NotAllowed, RuleViolation
from tracker.outbox import OutboxMessage
from tracker.permissions import Role
from tracker.tasks import actions
from tracker.tasks.actions import NewTask
from tracker.tasks.extension_models import ExtensionRequest
from tracker.tasks.models import Task
from tracker.tasks.rules import ExtensionVerdict, TimeKind
from tracker.workdays import WorkCalendar

CALENDAR = WorkCalendar(exceptions={})
DUE, WANTED = date(2026, 6, 30), date(2026, 7, 31)
PLEA = {"due_on": WANTED, "reason": "Chờ số liệu của 5 xã", "done_so_far": "Đã có dự thảo"}


def on(day, month=6):
    return JUNE_1.replace(day=day, month=month)


@pytest.fixture
def office(session):
    class Office:
        committee = CommitteeFactory(most_extensions=2)
        unit = UnitFactory()
        secretary = actor_of(PostFactory(role=Role.SECRETARIAT, committee_id=committee.id))
        chair = actor_of(PostFactory(role=Role.CHAIRPERSON, committee_id=committee.id))
        head = actor_of(PostFactory(unit=unit))
        officer = actor_of(PostFactory(role=Role.OFFICER, unit=unit))
        stranger = actor_of(PostFactory(unit=UnitFactory()))

        def assign(self, **said):
            facts = {
                "committee_id": self.committee.id,
                "title": "Tham mưu kế hoạch",
                "lead_unit_id": self.unit.id,
                "time": TimeKind.DATED,
                "deadline_text": "trước ngày 30/6/2026",
                "deadline_basis": DeadlineBasis.NOTICE,
                "due_on": DUE,
            }
            with transaction() as writing:
                return actions.assign_task(
                    writing,
                    NewTask(**(facts | said)),
                    by=self.secretary,
                    at=JUNE_1,
                    calendar=CALENDAR,
                ).id

        def act(self, verb, task_id, by, at=JUNE_1, **said):
            with transaction() as writing:
                return verb(writing, writing.get(Task, task_id), by=by, at=at, **said)

        def ask(self, task_id, at=JUNE_1, by=None, **said):
            self.act(actions.ask_extension, task_id, by or self.head, at, **(PLEA | said))

        def decide(self, task_id, verdict, by=None, at=JUNE_1, **said):
            self.act(
                actions.decide_extension,
                task_id,
                by or self.secretary,
                at,
                calendar=CALENDAR,
                verdict=verdict,
                **said,
            )

    return Office()


@pytest.fixture
def read(session):
    def task(task_id):
        session.expire_all()
        return session.get(Task, task_id)

    return task


def test_a_request_changes_no_deadline_until_it_is_granted(office, read):
    task_id = office.assign()
    office.ask(task_id)
    assert read(task_id).due_on == DUE

    office.decide(task_id, ExtensionVerdict.GRANTED, at=on(2))

    task = read(task_id)
    assert (task.first_due_on, task.due_on, task.deadline_version) == (DUE, WANTED, 2)
    assert task.deadlines[-1].reference == f"{task.code}/GH1"
    assert task.deadlines[-1].reason == PLEA["reason"]


def test_a_shorter_time_or_a_refusal_says_why_and_the_unit_is_told(office, read, session):
    shorter, refused = office.assign(), office.assign()
    for task_id in (shorter, refused):
        office.ask(task_id)
    for verdict in (ExtensionVerdict.SHORTENED, ExtensionVerdict.REFUSED):
        with pytest.raises(BadInput):
            office.decide(shorter, verdict, due_on=date(2026, 7, 10))

    office.decide(
        shorter, ExtensionVerdict.SHORTENED, due_on=date(2026, 7, 10), reason="Cần trước kỳ họp"
    )
    office.decide(refused, ExtensionVerdict.REFUSED, reason="Đã chậm hai lần")

    assert read(shorter).due_on == date(2026, 7, 10)
    assert read(refused).due_on == DUE
    bodies = [
        message.body
        for message in session.query(OutboxMessage).filter(OutboxMessage.key.like("extension:%"))
    ]
    assert len(bodies) == 2
    assert any("10/07/2026" in body and "Cần trước kỳ họp" in body for body in bodies)
    assert any("Đã chậm hai lần" in body for body in bodies)


@pytest.mark.parametrize("day", [DUE, WANTED, date(2026, 8, 1), None])
def test_a_shorter_date_lies_between_the_two(office, read, day):
    task_id = office.assign()
    office.ask(task_id)

    with pytest.raises(BadInput) as refusal:
        office.decide(task_id, ExtensionVerdict.SHORTENED, due_on=day, reason="Sớm hơn")

    assert refusal.value.field == "due_on"
    assert read(task_id).due_on == DUE


def test_a_request_after_the_deadline_is_taken_and_marked(office, session):
    late, early = office.assign(), office.assign()
    office.ask(early, at=on(30))
    office.ask(late, at=on(1, 7))

    marks = {request.task_id: request.asked_late for request in session.query(ExtensionRequest)}
    assert marks == {early: False, late: True}


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"due_on": DUE}, "due_on"),
        ({"due_on": date(2026, 6, 1)}, "due_on"),
        ({"due_on": None}, "due_on"),
        ({"reason": "  "}, "reason"),
        ({"done_so_far": ""}, "done_so_far"),
    ],
)
def test_a_request_without_its_parts_is_refused_at_the_field(office, session, said, field):
    task_id = office.assign()

    with pytest.raises(BadInput) as refusal:
        office.ask(task_id, **said)

    assert refusal.value.field == field
    assert session.query(ExtensionRequest).count() == 0


def test_a_date_that_has_passed_cannot_be_asked_for(office):
    task_id = office.assign()

    with pytest.raises(BadInput):
        office.ask(task_id, at=on(20, 8), due_on=date(2026, 8, 1))


def test_one_request_waits_at_a_time_and_the_limit_holds(office):
    task_id = office.assign()
    office.ask(task_id)
    with pytest.raises(RuleViolation, match="waits"):
        office.ask(task_id, due_on=date(2026, 8, 31))
    office.decide(task_id, ExtensionVerdict.REFUSED, reason="Chưa đủ lý do")
    for month in (8, 9):
        office.ask(task_id, due_on=date(2026, month, 31 if month == 8 else 30))
        office.decide(task_id, ExtensionVerdict.GRANTED)

    with pytest.raises(RuleViolation, match="at most"):
        office.ask(task_id, due_on=date(2026, 10, 31))


def test_only_a_dated_open_task_that_is_not_reported_as_done_can_be_extended(office):
    undated = office.assign(time=TimeKind.AWAITING, due_on=None, deadline_basis=None)
    with pytest.raises(RuleViolation):
        office.ask(undated)
    handed_in = office.assign()
    office.act(actions.hand_in, handed_in, office.head, result="Đã trình")
    with pytest.raises(RuleViolation):
        office.ask(handed_in)


def test_the_unit_asks_and_the_assigning_side_decides(office):
    task_id = office.assign()
    for nobody in (office.officer, office.stranger, office.chair):
        with pytest.raises(NotAllowed):
            office.ask(task_id, by=nobody)
    office.ask(task_id)
    for nobody in (office.head, office.officer, office.stranger):
        with pytest.raises(NotAllowed):
            office.decide(task_id, ExtensionVerdict.GRANTED, by=nobody)

    office.decide(task_id, ExtensionVerdict.GRANTED, by=office.chair)


def test_the_secretariat_records_a_letter_of_the_unit_and_a_leaders_answer(office, read):
    task_id = office.assign()
    with pytest.raises(BadInput):
        office.ask(task_id, by=office.secretary)
    office.ask(task_id, by=office.secretary, on_behalf_of="Phòng Nội vụ, CV 12/PNV")
    with pytest.raises(BadInput):
        office.decide(task_id, ExtensionVerdict.GRANTED, on_behalf_of="Phó Chủ tịch A")

    office.decide(
        task_id, ExtensionVerdict.GRANTED, on_behalf_of="Phó Chủ tịch A", reference="CV 7/UBND"
    )

    version = read(task_id).deadlines[-1]
    assert (version.on_behalf_of, version.reference) == ("Phó Chủ tịch A", "CV 7/UBND")


def test_nobody_extends_the_work_of_the_own_unit(office, session):
    post = PostFactory(role=Role.SECRETARIAT, committee_id=office.committee.id)
    PostFactory(role=Role.OFFICER, unit=office.unit, person=post.person)
    session.expire_all()
    task_id = office.assign()
    office.ask(task_id)

    with pytest.raises(NotAllowed):
        office.decide(task_id, ExtensionVerdict.GRANTED, by=actor_of(post))
