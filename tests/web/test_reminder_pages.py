"""The ledger and the mails on screen, and the pages for monitors."""

import io
import re
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa
import time_machine
from openpyxl import load_workbook

from tests.factories import JUNE_1, CommitteeFactory, PostFactory, TaskFactory, UnitFactory
from tracker.db import db, transaction
from tracker.deadlines.queries import working_calendar
from tracker.history import HistoryEntry, JobRun
from tracker.outbox import Letter, MessageState, OutboxMessage, enqueue
from tracker.permissions import Role
from tracker.reminders.actions import plan_reminders

ALL = "/reminders?from="


def plan(as_of=date(2026, 6, 30)):
    with transaction() as session:
        plan_reminders(
            session,
            as_of=as_of,
            at=JUNE_1,
            calendar=working_calendar(session),
            public_url="https://x.example",
        )


def mark(state, answer=""):
    with transaction() as session:
        session.execute(sa.update(OutboxMessage).values(state=state, answer=answer, sent_at=JUNE_1))


@pytest.fixture
def committee(session):
    return CommitteeFactory()


@pytest.fixture
def secretary(client_as, committee):
    return client_as(PostFactory(role=Role.SECRETARIAT, committee_id=committee.id))


def page(client, address=ALL):
    response = client.get(address)
    assert response.status_code == 200
    return response.get_data(as_text=True)


def test_the_ledger_shows_the_step_the_task_the_recipient_and_the_servers_answer(
    secretary, committee
):
    task = TaskFactory(committee=committee, title="Tham mưu kế hoạch")
    plan()
    mark(MessageState.SENT, "250 taken as 42")

    text = page(secretary)

    assert "Tham mưu kế hoạch" in text
    assert "Vào ngày đến hạn" in text
    assert task.lead_unit.email in text
    assert "Đã gửi được" in text
    assert "250 taken as 42" in text


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (MessageState.WAITING, "Chờ gửi"),
        (MessageState.FAILED, "Không gửi được"),
        (MessageState.SENT, "Đã gửi được"),
    ],
)
def test_a_mail_that_was_not_delivered_is_never_called_so(secretary, committee, state, words):
    TaskFactory(committee=committee)
    plan()
    mark(state)

    cells = page(secretary).split("<tbody")[1]

    assert words in cells
    assert ("Đã gửi được" in cells) is (state is MessageState.SENT)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("task=NV-X", True),
        ("task=nv-x", True),
        ("task=NV-Y", False),
        ("from=30/06/2026&to=30/06/2026", True),
        ("from=01/07/2026", False),
        ("from=&to=29/06/2026", False),
        ("from=&person=office", True),
        ("from=&person=%25", False),
        ("from=&result=queued", True),
        ("from=&result=delivered", False),
        ("from=&unit=999999", False),
        ("from=&unit=x&result=nonsense&before=-1&to=31/02/2026", True),
    ],
)
def test_the_address_narrows_the_ledger(secretary, committee, query, found):
    TaskFactory(committee=committee, code="NV-X", title="Việc cần tìm")
    plan()

    assert ("Việc cần tìm" in page(secretary, f"/reminders?{query}")) is found


def test_pages_follow_each_other_without_gap(secretary, committee):
    unit = UnitFactory()
    for number in range(60):
        TaskFactory(committee=committee, lead_unit=unit, title=f"Việc-{number:02d}.")
    plan()

    first = page(secretary)
    after = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    second = page(secretary, after)

    shown = [number for number in range(60) if f"Việc-{number:02d}." in first + second]
    assert shown == list(range(60))
    assert not [n for n in range(60) if f"Việc-{n:02d}." in first and f"Việc-{n:02d}." in second]
    assert "60 dòng" in first


def test_a_unit_head_sees_the_own_units_rows_only(client_as, session):
    mine, other = UnitFactory(), UnitFactory()
    TaskFactory(lead_unit=mine, title="Việc của tôi ở đây")
    TaskFactory(lead_unit=other, title="Việc nơi khác")
    head = client_as(PostFactory(unit=mine))
    plan()

    text = page(head)

    assert "Việc của tôi ở đây" in text
    assert "Việc nơi khác" not in text


def test_another_committees_rows_are_not_shown(secretary):
    TaskFactory(title="Việc nơi khác")
    plan()

    assert "Việc nơi khác" not in page(secretary)


def test_a_failed_mail_is_sent_again_from_the_list(secretary, committee, session):
    TaskFactory(committee=committee)
    plan()
    mark(MessageState.FAILED, "550 no such user")
    mail_id = session.scalars(sa.select(OutboxMessage.id)).one()
    assert "Gửi lại" in page(secretary, "/reminders/mails?state=failed")

    response = secretary.post(f"/reminders/mails/{mail_id}/attempts")

    assert response.status_code == 303
    session.expire_all()
    assert session.scalars(sa.select(OutboxMessage.state)).one() is MessageState.WAITING
    assert session.scalars(sa.select(HistoryEntry.act)).all() == ["message.try-again"]
    assert secretary.post(f"/reminders/mails/{mail_id}/attempts").status_code == 409


def test_a_mail_opens_as_text_for_those_who_may_read_it(secretary, client_as, committee, session):
    TaskFactory(committee=committee, title="<b>Việc</b>")
    plan()
    mail_id = session.scalars(sa.select(OutboxMessage.id)).one()
    stranger = client_as(PostFactory(unit=UnitFactory()))

    text = page(secretary, f"/reminders/mails/{mail_id}")

    assert "&lt;b&gt;Việc&lt;/b&gt;" in text
    assert stranger.get(f"/reminders/mails/{mail_id}").status_code == 404
    assert stranger.post(f"/reminders/mails/{mail_id}/attempts").status_code == 403


def test_a_digest_over_two_committees_is_known_to_both_but_read_by_neither(
    secretary, committee, session
):
    unit = UnitFactory()
    TaskFactory(committee=committee, lead_unit=unit)
    TaskFactory(lead_unit=unit, title="Việc nơi khác")
    plan()
    mark(MessageState.FAILED)
    mail_id = session.scalars(sa.select(OutboxMessage.id)).one()

    assert "Gửi lại" in page(secretary, "/reminders/mails?state=failed")
    assert "Việc nơi khác" not in page(secretary, f"/reminders/mails/{mail_id}")


def test_the_pages_for_monitors_are_open(app, session):
    client = app.test_client()

    assert client.get("/healthz").get_data(as_text=True) == "ok\n"
    ready = client.get("/readyz")
    assert (ready.status_code, ready.json["ready"], ready.json["scheduler_last_run"]) == (
        200,
        True,
        None,
    )
    metrics = client.get("/metrics")
    assert metrics.status_code == 200
    assert "tracker_mail_waiting 0.0" in metrics.get_data(as_text=True)


def test_an_old_schema_is_not_ready(app, session):
    with db.engine.begin() as connection:
        head = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one()
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
    try:
        response = app.test_client().get("/readyz")
    finally:
        with db.engine.begin() as connection:
            connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{head}'")

    assert response.status_code == 503
    assert response.json == {"ready": False, "database": True, "schema": False}


def test_the_administrator_sees_how_the_jobs_and_the_mail_do(session, client_as):
    now = datetime.now(UTC)
    with transaction() as writing:
        writing.add(JobRun(name="deliver-mail", started_at=now, finished_at=now, done=7))
        writing.add(
            JobRun(name="deliver-mail", started_at=now, finished_at=now, done=0, error="No luck")
        )
        letter = Letter(recipient="a@office.example", subject="Việc", body="…")
        message = enqueue(writing, "k", letter, at=now)
        message.state = MessageState.FAILED
    page = client_as(PostFactory(role=Role.ADMIN)).get("/system").get_data(as_text=True)

    assert "No luck" in page
    assert '<td role="cell" class="num" data-th="Số đã làm">7</td>' in page
    assert "Việc nhắc đang chạy" in page
    assert "/reminders/mails" not in page
    head = client_as(PostFactory(unit=UnitFactory()))
    assert head.get("/system").status_code == 403


def test_the_ledger_goes_out_as_a_sheet_with_the_texts_sent(secretary, committee):
    task = TaskFactory(committee=committee, title="=Tham mưu")
    plan()
    mark(MessageState.SENT, "250 taken as 42")

    response = secretary.get("/reminders/export?from=")

    assert response.status_code == 200
    sheet = load_workbook(io.BytesIO(response.data)).active
    header, row = list(sheet.iter_rows(values_only=True))
    said = dict(zip(header, row, strict=True))
    assert said["Mã nhiệm vụ"] == task.code
    assert said["Kết quả"] == "Đã gửi được"
    assert said["Máy chủ trả lời"] == "250 taken as 42"
    assert "Tham mưu" in said["Nội dung đã gửi"]
    assert re.search(r"/link/\d", said["Nội dung đã gửi"]) is None  # a personal link stays private


def test_the_inbox_shows_whom_nobody_could_remind_and_a_run_that_was_stopped(
    client_as, committee, session
):
    mute = UnitFactory(email="")
    TaskFactory(committee=committee, lead_unit=mute)
    TaskFactory(committee=committee)
    with time_machine.travel(datetime(2026, 6, 30, 2, tzinfo=UTC), tick=False):
        secretary = client_as(PostFactory(role=Role.SECRETARIAT, committee_id=committee.id))
        with transaction() as writing:
            plan_reminders(
                writing,
                as_of=date(2026, 6, 30),
                at=JUNE_1,
                calendar=working_calendar(writing),
                public_url="https://x.example",
                cap=0,
            )
        text = page(secretary, "/inbox")
        assert "đã dừng trước khi gửi" in text
        assert 'action="/reminders/hold/start"' in text
        assert secretary.post("/reminders/hold/start").status_code == 303
        assert secretary.post("/reminders/hold/end").status_code == 409
        text = page(secretary, "/inbox")

    assert "đã dừng trước khi gửi" not in text
    assert mute.name in text.split('id="unreachable"')[1]
    assert session.scalar(sa.select(sa.func.count()).select_from(OutboxMessage)) == 1
