"""How deadlines and messages reach a person: calendar feeds, chat services."""

import json
import threading
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
import sqlalchemy as sa
import time_machine
from icalendar import Calendar

from config import from_environment
from tests.factories import PersonFactory, PostFactory, TaskFactory, UnitFactory
from tests.smtp import Sink, smtp_server
from tracker import outbox
from tracker.channels import ChatSender, SmtpSender
from tracker.db import transaction
from tracker.history import HistoryEntry
from tracker.outbox import Letter, MessageState, OutboxMessage
from tracker.people.models import Person
from tracker.permissions import Role
from tracker.reminders.delivery import deliver_waiting

AT = datetime(2026, 6, 15, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def morning():
    with time_machine.travel(AT, tick=False) as traveller:
        yield traveller


@pytest.fixture
def head(session):
    return PostFactory(unit=UnitFactory(name="Sở Nội vụ"))


def address_made(client, unit=""):
    page = client.post("/subscriptions/feeds", data={"unit": unit}).text
    return "/feeds/" + page.split("/feeds/")[1].split("<")[0]


def events(app, address):
    answer = app.test_client().get(address)
    assert answer.content_type == "text/calendar; charset=utf-8"
    found = Calendar.from_ical(answer.data).walk("VEVENT")
    return {str(event["summary"]): event for event in found}


def test_a_feed_shows_deadlines_and_follows_what_becomes_of_them(app, session, client_as, head):
    moved = TaskFactory(
        lead_unit=head.unit, title="Dời", due_on=date(2026, 6, 28), effective_on=date(2026, 6, 29)
    )
    ended = TaskFactory(lead_unit=head.unit, title="Xong")
    TaskFactory(title="Của đơn vị khác")
    address = address_made(client_as(head))

    first = events(app, address)
    assert set(first) == {"Dời", "Xong"}
    event = first["Dời"]
    assert event.decoded("dtstart") == date(2026, 6, 29)
    assert event.decoded("dtend") == date(2026, 6, 30)
    assert "Thời hạn theo văn bản: 28/06/2026" in event["description"]
    assert "Rơi vào ngày nghỉ" in event["description"]
    assert (event["sequence"], event["status"]) == (0, "CONFIRMED")

    moved.due_on = moved.effective_on = date(2026, 7, 10)
    moved.deadline_version = 2
    ended.accepted_on = date(2026, 6, 15)
    session.commit()
    second = events(app, address)
    assert second["Dời"]["uid"] == event["uid"]
    assert second["Dời"].decoded("dtstart") == date(2026, 7, 10)
    assert (second["Dời"]["sequence"], second["Xong"]["sequence"]) == (1, 1)
    assert second["Xong"]["status"] == "CANCELLED"
    assert head.person.email not in app.test_client().get(address).text


def test_a_feed_that_was_revoked_or_whose_person_left_shows_nothing(app, session, client_as, head):
    client = client_as(head)
    addresses = [address_made(client), address_made(client)]
    feed_id = session.scalar(sa.text("SELECT min(id) FROM calendar_feeds"))
    client.post(f"/subscriptions/feeds/{feed_id}/revocation")

    assert [app.test_client().get(address).status_code for address in addresses] == [404, 200]
    session.get(Person, head.person_id).left_on = date(2026, 6, 15)
    session.commit()
    assert app.test_client().get(addresses[1]).status_code == 404
    acts = session.scalars(sa.select(HistoryEntry.act).order_by(HistoryEntry.id)).all()
    assert acts == ["feed.add", "feed.add", "feed.revoke"]
    kept = json.dumps([entry.after for entry in session.scalars(sa.select(HistoryEntry))])
    assert "token" not in kept


def test_a_unit_feed_is_for_those_who_look_after_the_unit(app, session, client_as, head):
    foreign = TaskFactory(title="Việc của xã")
    secretariat = PostFactory(role=Role.SECRETARIAT, committee_id=foreign.committee_id)

    refused = client_as(head).post("/subscriptions/feeds", data={"unit": str(foreign.lead_unit_id)})
    assert refused.status_code == 422
    address = address_made(client_as(secretariat), str(foreign.lead_unit_id))
    assert set(events(app, address)) == {"Việc của xã"}


# Chat -----------------------------------------------------------------------------------------


class Chat(BaseHTTPRequestHandler):
    """A chat service: keeps what it is told, answers as it is told."""

    def do_POST(self):
        length = int(self.headers["Content-Length"])
        self.server.taken.append((self.path, json.loads(self.rfile.read(length))))
        self.send_response(self.server.answer)
        self.end_headers()

    def log_message(self, *args):
        pass


@pytest.fixture
def service():
    server = HTTPServer(("127.0.0.1", 0), Chat)
    server.taken, server.answer = [], 200
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


def chat_to(port):
    services = {"office": f"json://127.0.0.1:{port}/{{id}}"}
    return ChatSender(services, public_url="https://office.example")


def queue(*people):
    with transaction() as session:
        for person in people:
            letter = Letter(person.email, "Nhắc việc", "Ba việc quá hạn\n-- \nfoot", "", person.id)
            outbox.enqueue(session, f"k:{person.id}", letter, at=AT)


def deliver(chat, tmp_path, at=AT):
    sink = Sink()
    with smtp_server(sink, tmp_path) as config:
        delivery = deliver_waiting(
            SmtpSender(config), now=lambda: at, lease=timedelta(seconds=60), chat=chat
        )
    return delivery, sink


def results(session):
    session.expire_all()
    return session.execute(
        sa.select(OutboxMessage.state, OutboxMessage.channel, OutboxMessage.attempts).order_by(
            OutboxMessage.id
        )
    ).all()


def test_a_person_who_chose_chat_gets_messages_there_and_others_by_mail(session, tmp_path, service):
    chatting = PersonFactory(chat_service="office", chat_id="84.912-a")
    queue(chatting, PersonFactory())
    delivery, sink = deliver(chat_to(service.server_port), tmp_path)

    assert delivery.summary() == {"sent": 2, "failed": 0, "waiting": 0}
    ((path, said),) = service.taken
    assert (path, said["title"], said["message"]) == (
        "/84.912-a", "Nhắc việc", "Ba việc quá hạn",
    )  # fmt: skip
    assert len(sink.taken) == 1
    assert results(session) == [(MessageState.SENT, "office", 1), (MessageState.SENT, "mail", 1)]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (404, (MessageState.FAILED, "office", 1)),
        (503, (MessageState.WAITING, "office", 1)),
    ],
)
def test_a_refusing_service_is_treated_like_a_refusing_mail_server(
    session, tmp_path, service, answer, expected
):
    service.answer = answer
    queue(PersonFactory(chat_service="office", chat_id="1"), PersonFactory())
    deliver(chat_to(service.server_port), tmp_path)

    assert results(session) == [expected, (MessageState.SENT, "mail", 1)]


def test_a_service_that_is_down_holds_up_no_mail_and_uses_up_no_attempt(session, tmp_path, service):
    queue(*(PersonFactory(chat_service="office", chat_id="1") for _ in range(2)), PersonFactory())
    delivery, sink = deliver(chat_to(1), tmp_path)

    assert (delivery.waiting, len(sink.taken)) == (2, 1)
    assert {attempts for _, channel, attempts in results(session)[:2]} == {0}
    later = AT + timedelta(minutes=1)
    assert deliver(chat_to(service.server_port), tmp_path, later)[0].sent == 2


def test_persons_choose_a_service_that_is_set_and_an_id_that_leads_nowhere_else(
    app, session, client_as, head, monkeypatch
):
    settings = replace(app.config["TRACKER"], chat_services=(("zalo", "zalo://1:a/{id}"),))
    monkeypatch.setitem(app.config, "TRACKER", settings)
    client = client_as(head)

    def choose(service, chat_id):
        data = {"service": service, "chat_id": chat_id}
        return client.post("/subscriptions/channel", data=data).status_code

    for hostile in ("file:///etc/passwd", "1/../x", "a@169.254.169.254", "1?to=2", "", ".."):
        assert choose("zalo", hostile) == 422
    assert choose("file", "1") == 422
    assert choose("zalo", "84912") == 303
    assert "84912" in client.get("/subscriptions").text
    assert choose("", "") == 303


@pytest.mark.parametrize(
    "text",
    ["zalo", "zalo=zalo://{id}/x", "zalo=zalo://token/x", "=json://host/{id}", "a=file:///{id}"],
)
def test_a_service_whose_host_a_person_could_choose_is_refused(monkeypatch, tmp_path, text):
    monkeypatch.setenv("TRACKER_INSTANCE", str(tmp_path))
    monkeypatch.setenv("TRACKER_CHAT_SERVICES", text)

    with pytest.raises(ValueError, match="TRACKER_CHAT_SERVICES"):
        from_environment()


def test_the_text_for_a_group_names_what_is_due_and_holds_no_personal_link(
    session, client_as, head
):
    late = TaskFactory(lead_unit=head.unit, title="Trễ </textarea><b>", due_on=date(2026, 6, 10))
    for title, due_on in (("Sắp", date(2026, 6, 22)), ("Xa", date(2026, 6, 23))):
        TaskFactory(lead_unit=head.unit, title=title, due_on=due_on, committee=late.committee)
    secretariat = PostFactory(role=Role.SECRETARIAT, committee_id=late.committee_id)
    client = client_as(secretariat)
    page = client.get(f"/units/{head.unit_id}/group-text").text

    text = page.split("readonly>")[1].split("</textarea>")[0]
    assert "1. Trễ &lt;/textarea&gt;&lt;b&gt; – quá hạn 5 ngày (hạn 10/06/2026)" in text
    assert "1. Sắp – còn 7 ngày" in text
    assert "Xa" not in text
    assert "/my-work" in text
    assert "/link/" not in text
    assert f"/units/{head.unit_id}/group-text" in client.get(f"/tasks?unit={head.unit_id}").text
    assert client_as(head).get(f"/units/{head.unit_id}/group-text").status_code == 403
