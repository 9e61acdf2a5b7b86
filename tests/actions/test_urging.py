"""Urging by a document, explanations and commitments: asked, answered, judged, reminded."""

from datetime import date

import pytest
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
from tracker.deadlines.queries import working_calendar
from tracker.errors import BadInput, NotAllowed, RuleViolation
from tracker.outbox import ACTS, OutboxMessage
from tracker.permissions import Role
from tracker.reminders.actions import plan_reminders
from tracker.reminders.urging import (
    answer_explanation,
    ask_to_explain,
    judge_explanation,
    urge,
)
from tracker.reminders.urging_models import AskedFor, ExplanationRequest
from tracker.reminders.urging_queries import nudges, often_urged
from tracker.tasks.models import Task
from tracker.units.rules import UnitKind

BY_5 = date(2026, 6, 5)  # a Friday


@pytest.fixture
def committee(session):
    return CommitteeFactory()


@pytest.fixture
def secretary(session, committee):
    return actor_of(PostFactory(role=Role.SECRETARIAT, committee_id=committee.id))


@pytest.fixture
def chair(session, committee):
    return actor_of(PostFactory(role=Role.CHAIRPERSON, committee_id=committee.id))


@pytest.fixture
def unit(session):
    return UnitFactory()


@pytest.fixture
def head(session, unit):
    return actor_of(PostFactory(unit=unit))


@pytest.fixture
def task(committee, unit):
    return TaskFactory(committee=committee, lead_unit=unit)


def urged(task, by, number="15/CV-BCĐ", **said):
    with transaction() as session:
        fresh = session.get_one(Task, task.id)
        return urge(session, fresh, document_number=number, by=by, at=JUNE_1, **said)


def asked(task, by, due_on=BY_5, asked_for=AskedFor.EXPLANATION):
    with transaction() as session:
        fresh = session.get_one(Task, task.id)
        return ask_to_explain(
            session,
            fresh,
            asked_for=asked_for,
            question="Vì sao chậm?",
            due_on=due_on,
            by=by,
            at=JUNE_1,
            calendar=working_calendar(session),
        ).id


def answered(request_id, by, **said):
    with transaction() as session:
        request = session.get_one(ExplanationRequest, request_id)
        answer_explanation(session, request, text="Chờ thẩm định.", by=by, at=JUNE_1, **said)


def judged(request_id, by, **said):
    with transaction() as session:
        request = session.get_one(ExplanationRequest, request_id)
        judge_explanation(session, request, by=by, at=JUNE_1, **said)


def plan(as_of):
    with transaction() as session:
        calendar = working_calendar(session)
        rows = plan_reminders(
            session, as_of=as_of, at=JUNE_1, calendar=calendar, public_url="https://x.example"
        )
        return [(row.recipient.address, row.rule.value, row.step) for row in rows]


def test_an_urging_carries_its_document_and_tells_the_unit_at_once(session, task, secretary, head):
    urged(task, secretary, text="Hoàn thành trong tháng 6.")

    (mail,) = session.scalars(sa.select(OutboxMessage))
    assert (mail.recipient, mail.join_key) == (session_mail(session, head), ACTS)
    assert "đôn đốc" in mail.body
    assert "15/CV-BCĐ" in mail.body
    assert "Hoàn thành trong tháng 6." in mail.html


def session_mail(session, actor):
    return session.scalar(
        sa.text("SELECT email FROM persons WHERE id = :id"), {"id": actor.person_id}
    )


def test_a_sector_agency_is_asked_not_urged(session, committee, secretary):
    task = TaskFactory(committee=committee, lead_unit=UnitFactory(kind=UnitKind.SECTOR))
    urged(task, secretary)

    (mail,) = session.scalars(sa.select(OutboxMessage))
    assert "đề nghị" in mail.body
    assert "đôn đốc" not in mail.body + mail.subject


def test_only_the_secretariat_urges_and_by_a_document(task, secretary, chair, head):
    for wrong in (chair, head):
        with pytest.raises(NotAllowed):
            urged(task, wrong)
    with pytest.raises(BadInput):
        urged(task, secretary, number=" ")
    with pytest.raises(BadInput):
        urged(task, secretary, document_date=date(2026, 6, 2))


def test_after_more_than_three_urgings_the_task_enters_the_next_sessions_list(
    session, task, committee, secretary, chair
):
    for number in range(1, 4):
        urged(task, secretary, number=f"{number}/CV")
    assert often_urged(session, chair) == []

    urged(task, secretary, number="4/CV")

    (row,) = often_urged(session, chair)
    assert (row.id, row.urgings, row.last_document) == (task.id, 4, "4/CV")
    found = nudges(session, chair, [task.id])
    assert (found.reminded, found.urged, found.often) == ({}, {task.id: 4}, 1)
    session.get_one(type(committee), committee.id).urgings_before_session = 4
    session.commit()
    assert often_urged(session, chair) == []


def test_an_explanation_is_asked_answered_and_judged(session, task, chair, head):
    request = asked(task, chair)
    with pytest.raises(NotAllowed):
        answered(request, chair)
    with pytest.raises(RuleViolation):
        judged(request, chair, sufficient=True)
    answered(request, head)
    with pytest.raises(RuleViolation):
        answered(request, head)
    with pytest.raises(BadInput):
        judged(request, chair, sufficient=False)
    judged(request, chair, sufficient=False, note="Chưa nêu nguyên nhân.")
    answered(request, head)
    judged(request, chair, sufficient=True, objective=True)

    assert nudges(session, chair, [task.id]).objective == {task.id}
    subjects = " ".join(session.scalars(sa.select(OutboxMessage.subject)))
    assert "chưa đạt yêu cầu" in subjects


def test_a_commitment_names_its_day(task, secretary, head):
    request = asked(task, secretary, asked_for=AskedFor.COMMITMENT)

    with pytest.raises(BadInput) as refusal:
        answered(request, head)

    assert refusal.value.field == "planned_on"
    answered(request, head, planned_on=date(2026, 7, 15))


def test_a_question_without_words_or_with_a_past_day_is_refused(task, chair, head):
    with pytest.raises(NotAllowed):
        asked(task, head)
    with pytest.raises(BadInput):
        asked(task, chair, due_on=date(2026, 5, 29))


def test_an_explanation_climbs_its_own_ladder_until_it_is_answered(session, task, chair, head):
    request = asked(task, chair)
    unit_mail, chair_mail = session_mail(session, head), session_mail(session, chair)

    assert plan(date(2026, 6, 4)) == [(unit_mail, "explanation", -1)]
    assert plan(BY_5) == [(unit_mail, "explanation", 0)]
    assert plan(date(2026, 6, 8)) == [(unit_mail, "explanation", 1)]
    assert plan(date(2026, 6, 10)) == [
        (unit_mail, "explanation", 3),
        (chair_mail, "chair-list", 3),
    ]
    answered(request, head)
    assert plan(date(2026, 6, 17)) == []
