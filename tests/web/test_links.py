"""One-tap links of mails: open without signing in, once, for one task; a GET changes nothing."""

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
import time_machine

from tests.conftest import counted_queries
from tests.factories import PostFactory, TaskFactory, actor_of
from tracker.db import db, transaction
from tracker.history import HistoryEntry
from tracker.outbox import OutboxMessage
from tracker.people.models import SignInSession
from tracker.permissions import Role, Way
from tracker.reminders.actions import plan_reminders
from tracker.tasks.by_link import call_back_links
from tracker.tasks.links import LINK_DAYS, link_for, read_token, token_for
from tracker.tasks.models import Receipt, Task
from tracker.tasks.rules import Workflow
from tracker.workdays import WorkCalendar

DAY = date(2026, 6, 15)
MORNING = datetime(2026, 6, 15, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def morning():
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield traveller


@pytest.fixture
def task(session):
    return TaskFactory()


@pytest.fixture
def head(task):
    return PostFactory(unit=task.lead_unit)


@pytest.fixture
def address(head, task):
    return link_to(head.person, task)


def link_to(person, task, day=DAY):
    return link_for(person.id, task.id, issued_on=day, key=person.link_key, public_url="")


def test_a_link_is_shown_without_signing_in_and_opening_it_changes_nothing(
    app, session, task, address
):
    client = app.test_client()
    with app.app_context(), counted_queries(db.engine) as statements:
        page = client.get(address)

    assert page.status_code == 200
    assert task.title in page.text
    assert "Xác nhận tiếp nhận" in page.text
    assert not [sql for sql in statements if sql.startswith(("INSERT", "UPDATE", "DELETE"))]
    assert client.get("/my-work").status_code == 302


def test_receipt_is_confirmed_once_and_recorded_as_by_link(app, session, task, head, address):
    client = app.test_client()
    for _ in range(2):
        client.post(f"{address}/receipt")

    session.expire_all()
    assert session.get(Task, task.id).workflow is Workflow.RECEIVED
    assert len(session.scalars(sa.select(Receipt)).all()) == 1
    entry = session.scalars(sa.select(HistoryEntry)).one()
    assert (entry.act, entry.way, entry.person_id) == ("task.receive", Way.LINK, head.person_id)
    assert session.scalars(sa.select(SignInSession)).all() == []
    used = client.get(address)
    assert "đã được dùng lúc 15/06/2026 09:00" in used.text
    assert '<form class="narrow"' not in used.text


def test_a_report_has_three_fields_and_keeps_what_was_typed(app, session, task, address):
    client = app.test_client()
    empty = client.post(f"{address}/progress", data={"text": "", "difficulty": "Thiếu người"})
    assert empty.status_code == 422
    assert "Thiếu người" in empty.text

    said = {"text": "Đã trình dự thảo", "percent": "60", "difficulty": "Thiếu người"}
    assert client.post(f"{address}/progress", data=said).status_code == 303
    session.expire_all()
    task = session.get(Task, task.id)
    assert (task.percent, task.progress[0].way) == (60, "link")
    assert task.progress[0].text == "Đã trình dự thảo\nKhó khăn, vướng mắc: Thiếu người"


def test_what_a_void_link_says(app, session, morning, task, head, address):
    client = app.test_client()

    def void(path):
        answer = client.get(path)
        assert answer.status_code == 410
        assert '<form class="narrow"' not in answer.text
        return answer.text

    assert "thu hồi" in void(address[:-1] + ("0" if address[-1] != "0" else "1"))
    assert "thu hồi" in void("/link/1-1-20260230-" + 40 * "a")
    assert "thu hồi" in void("/link/anything")
    morning.move_to(MORNING + timedelta(days=LINK_DAYS + 1))
    assert "quá 14 ngày" in void(address)
    morning.move_to(MORNING)
    task.accepted_on = DAY
    session.commit()
    assert "đã hoàn thành hoặc đã rút" in void(address)


def test_a_link_of_somebody_who_left_the_unit_does_nothing(app, session, task, head, address):
    head.ends_on = DAY - timedelta(days=1)
    session.commit()

    answer = app.test_client().post(f"{address}/receipt")

    assert answer.status_code == 410
    assert "không còn thuộc" in answer.text


def test_links_that_were_called_back_do_nothing(app, session, head, address):
    actor = actor_of(head)
    with transaction() as writing:
        call_back_links(writing, by=actor, at=MORNING)

    assert app.test_client().get(address).status_code == 410
    entry = session.scalars(sa.select(HistoryEntry)).one()
    assert "link_key" not in str((entry.before, entry.after))


def test_a_link_is_bound_to_its_person_and_task(session, task, head):
    other = TaskFactory()
    token = token_for(head.person_id, task.id, issued_on=DAY, key=head.person.link_key)
    moved = token.replace(f"-{task.id}-", f"-{other.id}-", 1)

    assert read_token(token).is_genuine(head.person.link_key)
    assert not read_token(moved).is_genuine(head.person.link_key)
    assert not read_token(token).is_genuine("")


def test_who_tries_many_false_links_is_refused_for_a_while(app, session, address):
    client = app.test_client()
    for number in range(20):
        client.post(f"/link/1-{number + 1}-20260615-{40 * 'a'}/receipt")

    assert client.get(address).status_code == 429
    assert client.post(f"{address}/receipt").status_code == 429


def test_the_digest_carries_a_link_that_only_its_reader_sees_and_a_unit_mailbox_none(
    session, client_as, task, head
):
    mailbox = TaskFactory(due_on=task.due_on)
    head_link = link_to(head.person, task, date(2026, 6, 30))
    with transaction() as writing:
        plan_reminders(
            writing,
            as_of=date(2026, 6, 30),
            at=MORNING,
            calendar=WorkCalendar(),
            public_url="https://office.example",
        )
    bodies = {
        message.recipient: (message.body, message.html)
        for message in session.scalars(sa.select(OutboxMessage))
    }

    secretariat = PostFactory(role=Role.SECRETARIAT, committee_id=task.committee_id)
    message_id = session.scalar(
        sa.select(OutboxMessage.id).where(OutboxMessage.recipient == head.person.email)
    )
    signature = head_link.rpartition("-")[2]
    shown = [
        signature in client_as(post).get(f"/reminders/mails/{message_id}").text
        for post in (head, secretariat)
    ]
    assert shown == [True, False]
    link = "https://office.example" + head_link
    assert all(link in body for body in bodies[head.person.email])
    assert not any("/link/" in body for body in bodies[mailbox.lead_unit.email])


def test_an_officer_may_report_but_not_confirm_receipt(app, session, task):
    officer = PostFactory(role=Role.OFFICER, unit=task.lead_unit)
    task.officer_id = officer.person_id
    session.commit()

    page = app.test_client().get(link_to(officer.person, task)).text

    assert "Gửi báo cáo" in page
    assert "Xác nhận tiếp nhận" not in page
