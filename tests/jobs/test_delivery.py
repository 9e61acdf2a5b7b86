"""Delivery: at least once, never before the server took it, and nobody holds up others."""

import json
import smtplib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default as modern

import pytest
import sqlalchemy as sa

from tests.smtp import Sink, smtp_server
from tracker import mail, outbox
from tracker.channels import FolderSender, SmtpSender
from tracker.db import transaction
from tracker.outbox import Letter, MessageState, OutboxMessage
from tracker.reminders.delivery import deliver_waiting

AT = datetime(2026, 6, 1, 2, 0, tzinfo=UTC)
LEASE = timedelta(seconds=60)


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.at = AT

    def __call__(self) -> datetime:
        return self.at

    def move(self, **by: int) -> None:
        self.at += timedelta(**by)


class Killed(BaseException):
    """The process dies here."""


def queue(*recipients, subject="Nhắc việc", body="Kính gửi\n"):
    with transaction() as session:
        for address in recipients:
            letter = Letter(recipient=address, subject=subject, body=body, html=f"<p>{body}</p>")
            outbox.enqueue(session, f"test:{address}", letter, at=AT)


def states(session):
    session.expire_all()
    return {
        message.recipient: (message.state, message.attempts, message.answer)
        for message in session.scalars(sa.select(OutboxMessage))
    }


def test_a_mail_goes_out_with_its_headers_over_one_connection(session, tmp_path):
    queue("a@office.example", "b@office.example", subject="Nhắc việc: quá hạn")
    sink = Sink()
    with smtp_server(sink, tmp_path) as config:
        delivery = deliver_waiting(SmtpSender(config), now=Clock(), lease=LEASE)

    assert delivery.summary() == {"sent": 2, "failed": 0, "waiting": 0}
    assert len(sink.sessions) == 1
    sent = message_from_bytes(sink.taken[0][1], policy=modern)
    assert sent["Subject"] == "Nhắc việc: quá hạn"
    assert sent["Auto-Submitted"] == "auto-generated"
    assert sent["List-Id"]
    assert sent["Message-ID"] == f"<{mail.digest_of('test:a@office.example')}@office.example>"
    assert sent.get_body(("html",)).get_content().startswith("<p>Kính gửi")
    assert states(session)["a@office.example"] == (MessageState.SENT, 1, "250 taken as 42")


def test_a_refused_address_fails_for_good_and_holds_up_nobody(session, tmp_path):
    queue("a@office.example", "gone@office.example", "b@office.example")
    with smtp_server(Sink({"gone@office.example": "550 no such user"}), tmp_path) as config:
        delivery = deliver_waiting(SmtpSender(config), now=Clock(), lease=LEASE)

    assert delivery.summary() == {"sent": 2, "failed": 1, "waiting": 0}
    assert states(session)["gone@office.example"] == (MessageState.FAILED, 1, "550 no such user")


def test_a_temporary_refusal_is_tried_48_times_about_five_minutes_apart(session, tmp_path):
    queue("full@office.example")
    clock, pauses = Clock(), []
    with smtp_server(Sink({"full@office.example": "452 mailbox full"}), tmp_path) as config:
        sender = SmtpSender(config)
        for attempts in (1, 2, 47):
            session.execute(sa.update(OutboxMessage).values(attempts=attempts - 1))
            session.commit()
            for _ in range(2):  # the second run comes too early
                assert deliver_waiting(sender, now=clock, lease=LEASE).waiting == 1
            assert states(session)["full@office.example"][1] == attempts
            ready = session.scalars(sa.select(OutboxMessage.next_at)).one()
            pauses.append((ready - clock.at) / timedelta(minutes=1))
            clock.at = ready
        delivery = deliver_waiting(sender, now=clock, lease=LEASE)

    assert delivery.summary() == {"sent": 0, "failed": 1, "waiting": 0}
    assert states(session)["full@office.example"] == (MessageState.FAILED, 48, "452 mailbox full")
    assert 4.5 <= min(pauses) < max(pauses) <= 5.5


def test_the_command_tries_again_at_once(session, tmp_path):
    queue("full@office.example")
    clock = Clock()
    with smtp_server(Sink({"full@office.example": "452 mailbox full"}), tmp_path) as config:
        deliver_waiting(SmtpSender(config), now=clock, lease=LEASE)
    with smtp_server(Sink(), tmp_path) as config:
        delivery = deliver_waiting(SmtpSender(config), now=clock, lease=LEASE, hurry=True)

    assert delivery.summary() == {"sent": 1, "failed": 0, "waiting": 0}


def test_without_a_server_everything_waits_and_no_message_pays(session, tmp_path):
    queue("a@office.example", "b@office.example", "c@office.example")
    with smtp_server(Sink(), tmp_path) as config:
        pass
    delivery = deliver_waiting(SmtpSender(config), now=Clock(), lease=LEASE)

    assert delivery.summary() == {"sent": 0, "failed": 0, "waiting": 3}
    assert {attempts for _, attempts, _ in states(session).values()} == {0}
    assert "ConnectionRefusedError" in states(session)["a@office.example"][2]


def test_what_a_dead_process_had_claimed_is_taken_up_after_its_lease(session, tmp_path):
    """A crash between the server's word and our note repeats one mail with the same id."""
    queue("a@office.example")
    clock, sink = Clock(), Sink()
    with smtp_server(sink, tmp_path) as config:

        class DiesAfterSending(SmtpSender):
            def send(self, message):
                super().send(message)
                raise Killed

        with pytest.raises(Killed):
            deliver_waiting(DiesAfterSending(config), now=clock, lease=LEASE)
        clock.move(seconds=59)
        assert deliver_waiting(SmtpSender(config), now=clock, lease=LEASE).sent == 0
        clock.move(seconds=1)
        assert deliver_waiting(SmtpSender(config), now=clock, lease=LEASE).sent == 1

    ids = {message_from_bytes(content, policy=modern)["Message-ID"] for _, content in sink.taken}
    assert (len(sink.taken), len(ids)) == (2, 1)
    assert states(session)["a@office.example"][0] is MessageState.SENT


def test_a_slow_server_gives_back_what_its_lease_cannot_cover(session, tmp_path):
    queue(*(f"{name}@office.example" for name in "abcd"))
    clock, sink = Clock(), Sink()
    with smtp_server(sink, tmp_path) as config:

        class Slow(SmtpSender):
            def send(self, message):
                clock.move(seconds=20)
                return super().send(message)

        deliver_waiting(Slow(config), now=clock, lease=LEASE)

    assert sorted(address for address, _ in sink.taken) == [
        f"{name}@office.example" for name in "abcd"
    ]
    assert {attempts for _, attempts, _ in states(session).values()} == {1}


def test_without_an_smtp_host_mails_become_files(session, tmp_path):
    queue("a@office.example")
    delivery = deliver_waiting(
        FolderSender(tmp_path / "mail", sender="t@x.example"), now=Clock(), lease=LEASE
    )

    assert delivery.sent == 1
    (file,) = (tmp_path / "mail").iterdir()
    sent = message_from_bytes(file.read_bytes(), policy=modern)
    assert (file.suffix, sent["To"]) == (".eml", "a@office.example")
    assert states(session)["a@office.example"][2] == file.name


@pytest.mark.parametrize(
    "address",
    ["", "nobody", "a@b.example\r\nBcc: c@d.example", "a@b.example, c@d.example", "<a@b.example>"],
)
def test_what_is_no_address_fails_for_good(session, tmp_path, address):
    queue(address, "b@office.example")
    sink = Sink()
    with smtp_server(sink, tmp_path) as config:
        delivery = deliver_waiting(SmtpSender(config), now=Clock(), lease=LEASE)

    assert delivery.summary() == {"sent": 1, "failed": 1, "waiting": 0}
    assert [recipient for recipient, _ in sink.taken] == ["b@office.example"]


def test_a_subject_cannot_add_a_header(session, tmp_path):
    queue("a@office.example", subject="Việc\r\nBcc: thief@x.example\r\n\r\nxin chào")
    sink = Sink()
    with smtp_server(sink, tmp_path) as config:
        deliver_waiting(SmtpSender(config), now=Clock(), lease=LEASE)

    ((recipient, content),) = sink.taken
    assert recipient == "a@office.example"
    assert message_from_bytes(content, policy=modern)["Bcc"] is None


def test_a_broken_sign_in_at_the_server_loses_no_mail(session, tmp_path):
    queue("a@office.example")
    with smtp_server(Sink(), tmp_path) as config:
        refused = SmtpSender(replace(config, smtp_user="u", smtp_password="p"))
        delivery = deliver_waiting(refused, now=Clock(), lease=LEASE)

    assert delivery.summary() == {"sent": 0, "failed": 0, "waiting": 1}
    assert json.dumps(delivery.summary())
    assert smtplib.SMTPNotSupportedError.__name__ in states(session)["a@office.example"][2]


def test_urgent_messages_to_one_address_leave_as_one_mail(session, tmp_path):
    clock, sink = Clock(), Sink()
    with transaction() as writing:
        for minute, (address, name) in enumerate(
            [("a@x.example", "Giao việc"), ("b@x.example", "Khác"), ("a@x.example", "Làm <lại>")]
        ):
            letter = mail.render(
                "redo", language="vi", recipient=address, public_url="https://x.example",
                code="NV-1", title=name, task_id=1, due_on=AT.date(), handed_in_on=None, reason="",
            )  # fmt: skip
            at = AT + timedelta(minutes=minute)
            outbox.enqueue(writing, f"act:{minute}", replace(letter, subject=name), at=at, join="a")
    with smtp_server(sink, tmp_path) as config:
        sender = SmtpSender(config)
        clock.move(minutes=9, seconds=59)
        assert deliver_waiting(sender, now=clock, lease=LEASE).sent == 0
        clock.move(seconds=1)
        assert deliver_waiting(sender, now=clock, lease=LEASE).sent == 2
        clock.move(minutes=5)
        assert deliver_waiting(sender, now=clock, lease=LEASE).sent == 1

    assert [address for address, _ in sink.taken] == ["a@x.example", "b@x.example"]
    sent = message_from_bytes(sink.taken[0][1], policy=modern)
    text = sent.get_body(("plain",)).get_content().replace("\r\n", "\n")
    page = sent.get_body(("html",)).get_content()
    assert sent["Subject"] == "Giao việc (+1)"
    assert sent["Message-ID"] == f"<{mail.digest_of('act:0')}@office.example>"
    assert text.index("GIAO VIỆC") < text.index("LÀM <LẠI>") < text.index("\n-- \n")
    assert text.count("\n-- \n") == page.count("</html>") == 1
    assert "<h2>Làm &lt;lại&gt;</h2>" in page


def test_a_message_that_breaks_its_sender_holds_up_nobody(session, tmp_path):
    queue("a@office.example", "b@office.example", body="thân\n")
    sink = Sink()

    class Breaks(SmtpSender):
        def send(self, message):
            if message.recipient.startswith("a@"):
                raise RuntimeError("unforeseen")
            return super().send(message)

    with smtp_server(sink, tmp_path) as config:
        delivery = deliver_waiting(Breaks(config), now=Clock(), lease=LEASE)

    assert delivery.summary() == {"sent": 1, "failed": 0, "waiting": 1}
    assert states(session)["a@office.example"][1:] == (1, "RuntimeError: unforeseen")
