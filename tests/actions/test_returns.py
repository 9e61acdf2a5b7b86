"""A task that is not the unit's own: returned, answered, never lost."""

from datetime import date

import pytest

from tests.factories import (
    JUNE_1,
    CommitteeFactory,
    PersonFactory,
    PostFactory,
    TaskFactory,
    UnitFactory,
    actor_of,
)
from tracker.db import transaction
from tracker.errors import BadInput, NotAllowed, RuleViolation
from tracker.outbox import OutboxMessage
from tracker.permissions import Role
from tracker.tasks import actions
from tracker.tasks.models import Coordination, Task
from tracker.tasks.return_models import TaskReturn
from tracker.tasks.rules import ReturnAnswer, Workflow


@pytest.fixture
def office(session):
    class Office:
        committee = CommitteeFactory()
        unit, other = UnitFactory(), UnitFactory(email="khac@office.example")
        gone = UnitFactory(valid_to=date(2026, 3, 1))
        secretary = actor_of(PostFactory(role=Role.SECRETARIAT, committee_id=committee.id))
        chair = actor_of(PostFactory(role=Role.CHAIRPERSON, committee_id=committee.id))
        head = actor_of(PostFactory(unit=unit))
        other_head = actor_of(PostFactory(unit=other))
        task = TaskFactory(committee=committee, lead_unit=unit, officer=PersonFactory())

        def act(self, verb, by, **said):
            with transaction() as writing:
                return verb(writing, writing.get(Task, self.task.id), by=by, at=JUNE_1, **said)

        def give_back(self, **said):
            self.act(actions.return_task, self.head, **({"reason": "Thuộc Sở Tài chính"} | said))

        def answer(self, answer, by=None, **said):
            self.act(actions.answer_return, by or self.secretary, answer=answer, **said)

        def now(self):
            session.expire_all()
            return session.get(Task, self.task.id)

    return Office()


def test_a_returned_task_waits_for_its_answer_and_its_deadline_runs_on(office):
    office.give_back(proposed_unit_id=office.other.id)

    task = office.now()
    assert task.workflow is Workflow.RETURNED
    assert (task.lead_unit_id, task.due_on) == (office.unit.id, date(2026, 6, 30))
    assert task.returns[0].proposed_unit_id == office.other.id


def test_another_unit_leads_from_then_on_without_the_old_officer(office, session):
    session.add(Coordination(task_id=office.task.id, unit_id=office.other.id))
    session.commit()
    office.give_back()
    office.answer(ReturnAnswer.REASSIGNED, lead_unit_id=office.other.id)

    task = office.now()
    assert (task.workflow, task.lead_unit_id) == (Workflow.ASSIGNED, office.other.id)
    assert task.officer_id is None
    assert task.coordinations == []
    assert session.query(OutboxMessage).count() == 1
    office.act(actions.receive_task, office.other_head)
    with pytest.raises(NotAllowed):
        office.act(actions.report_progress, office.head, text="Xong", percent=50)


def test_insisting_says_why_and_the_unit_may_return_it_again(office, session):
    office.give_back()
    with pytest.raises(BadInput) as refusal:
        office.answer(ReturnAnswer.INSISTED, reason=" ")
    assert refusal.value.field == "reason"
    office.answer(ReturnAnswer.INSISTED, reason="Đúng chức năng theo Quyết định 12")

    assert office.now().workflow is Workflow.ASSIGNED
    letters = session.query(OutboxMessage).all()
    assert letters
    assert all("Đúng chức năng" in letter.body for letter in letters)
    office.give_back()
    assert session.query(TaskReturn).count() == 2


@pytest.mark.parametrize("chosen", ["none", "same", "gone"])
def test_the_new_lead_is_another_unit_that_exists(office, chosen):
    office.give_back()
    unit = {"none": None, "same": office.unit.id, "gone": office.gone.id}[chosen]

    with pytest.raises(BadInput) as refusal:
        office.answer(ReturnAnswer.REASSIGNED, lead_unit_id=unit)

    assert refusal.value.field == "lead_unit"
    assert office.now().workflow is Workflow.RETURNED


def test_a_return_names_its_reason_and_never_the_own_unit(office):
    for said, field in (
        ({"reason": ""}, "reason"),
        ({"proposed_unit_id": office.unit.id}, "proposed_unit"),
        ({"proposed_unit_id": office.gone.id}, "proposed_unit"),
    ):
        with pytest.raises(BadInput) as refusal:
            office.give_back(**said)
        assert refusal.value.field == field


def test_while_it_waits_nothing_is_reported_and_nothing_returned_twice(office):
    office.give_back()

    for verb, said in (
        (actions.report_progress, {"text": "Xong", "percent": 50}),
        (actions.hand_in, {"result": "Xong"}),
        (actions.return_task, {"reason": "Lần nữa"}),
    ):
        with pytest.raises(RuleViolation, match="waits"):
            office.act(verb, office.head, **said)


def test_work_that_has_begun_is_not_returned_and_what_was_not_returned_not_answered(office):
    with pytest.raises(RuleViolation):
        office.answer(ReturnAnswer.REASSIGNED, lead_unit_id=office.other.id)
    office.act(actions.report_progress, office.head, text="Đã làm", percent=20)

    with pytest.raises(RuleViolation):
        office.give_back()


def test_a_secretary_answers_the_own_unit_only_by_a_document(office, session):
    post = PostFactory(role=Role.SECRETARIAT, committee_id=office.committee.id)
    PostFactory(role=Role.OFFICER, unit=office.unit, person=post.person)
    session.expire_all()
    own = actor_of(post)
    office.give_back()
    with pytest.raises(BadInput):
        office.answer(ReturnAnswer.REASSIGNED, by=own, lead_unit_id=office.other.id)

    office.answer(
        ReturnAnswer.REASSIGNED, by=own, lead_unit_id=office.other.id, reference="CV 7/UBND"
    )

    assert office.now().lead_unit_id == office.other.id


def test_only_the_lead_unit_returns_and_only_the_secretariat_answers(office):
    for nobody in (office.other_head, office.secretary):
        with pytest.raises(NotAllowed):
            office.act(actions.return_task, nobody, reason="Không phải việc này")
    office.give_back()
    for nobody in (office.head, office.chair):
        with pytest.raises(NotAllowed):
            office.answer(ReturnAnswer.INSISTED, by=nobody, reason="Phải làm")
