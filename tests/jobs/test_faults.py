"""What goes wrong around the program: outages, full disks, restarted databases, moved clocks."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from tests.factories import TaskFactory, UnitFactory
from tests.smtp import Sink, smtp_server
from tracker import outbox
from tracker.channels import FolderSender, SmtpSender
from tracker.db import db, transaction
from tracker.outbox import Letter, MessageState, OutboxMessage
from tracker.reminders import actions
from tracker.reminders.delivery import OUTAGE_PAUSE, deliver_waiting
from tracker.reminders.models import LedgerRow
from tracker.workdays import WorkCalendar

AT = datetime(2026, 6, 30, 1, 0, tzinfo=UTC)  # Tuesday, 08:00 in the office
LEASE = timedelta(seconds=60)


def queue(*names, at=AT):
    with transaction() as session:
        for name in names:
            letter = Letter(recipient=f"{name}@office.example", subject="Việc", body="…\n")
            outbox.enqueue(session, f"test:{name}", letter, at=at)


def plan(at=AT):
    with transaction() as session:
        return actions.plan_reminders(
            session,
            as_of=date(2026, 6, 30),
            at=at,
            calendar=WorkCalendar(),
            public_url="https://office.example",
        )


def states(session):
    session.expire_all()
    query = sa.select(OutboxMessage.state, OutboxMessage.attempts).order_by(OutboxMessage.id)
    return [tuple(row) for row in session.execute(query)]


def terminate_backends():
    """Do to every connection of the program what a restart of PostgreSQL does."""
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


on_postgresql = pytest.mark.parametrize("migrated_app", ["postgresql"], indirect=True)


def test_a_day_without_the_server_uses_up_no_attempt_and_loses_nothing(session, tmp_path):
    queue("a", "b")
    sink = Sink()
    with smtp_server(sink, tmp_path) as config:
        down = replace(config, smtp_port=1)
        for hour in range(0, 24, 4):
            at = AT + timedelta(hours=hour)
            assert deliver_waiting(SmtpSender(down), now=lambda at=at: at, lease=LEASE).waiting == 2
        assert states(session) == [(MessageState.WAITING, 0)] * 2
        after = AT + timedelta(days=1)
        assert deliver_waiting(SmtpSender(config), now=lambda: after, lease=LEASE).sent == 2

    assert len(sink.taken) == 2


def test_a_mail_at_which_the_server_hangs_up_waits_while_the_others_go(session, tmp_path):
    class HangsUp(Sink):
        async def handle_DATA(self, server, session, envelope):  # noqa: N802
            if envelope.rcpt_tos == ["poison@office.example"]:
                server.transport.close()
            return await super().handle_DATA(server, session, envelope)

    queue("a", "poison", "b")
    sink = HangsUp()
    with smtp_server(sink, tmp_path) as config:
        delivery = deliver_waiting(SmtpSender(config), now=lambda: AT, lease=LEASE)

    assert delivery.summary() == {"sent": 2, "failed": 0, "waiting": 1}
    assert states(session)[1] == (MessageState.WAITING, 1)


def test_a_full_disk_leaves_no_half_mail_and_everything_waits(session, tmp_path, monkeypatch):
    queue("a", "b")
    folder = tmp_path / "mail"
    sender = FolderSender(folder, sender="t@office.example")

    def full(path: Path, content: bytes) -> None:
        with path.open("wb") as file:
            file.write(content[:10])
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(Path, "write_bytes", full)
        assert deliver_waiting(sender, now=lambda: AT, lease=LEASE).waiting == 2
    assert list(folder.iterdir()) == []

    later = AT + OUTAGE_PAUSE
    assert deliver_waiting(sender, now=lambda: later, lease=LEASE).sent == 2
    assert all(message_from_bytes(file.read_bytes())["To"] for file in folder.glob("*.eml"))


@on_postgresql
def test_a_database_restarted_while_planning_owes_everything_once(session, monkeypatch):
    unit = UnitFactory()
    tasks = [TaskFactory(lead_unit=unit) for _ in range(3)]
    assert tasks
    session.close()
    enqueue_many = outbox.enqueue_many

    def restarted(*args, **kwargs):
        terminate_backends()
        return enqueue_many(*args, **kwargs)

    with monkeypatch.context() as fault:
        fault.setattr(outbox, "enqueue_many", restarted)
        with pytest.raises(OperationalError):
            plan()
    assert session.scalar(sa.select(sa.func.count()).select_from(LedgerRow)) == 0

    assert len(plan()) == 3
    assert plan() == []
    assert len(states(session)) == 1


@on_postgresql
def test_a_database_restarted_while_sending_loses_no_mail(session, tmp_path):
    queue("a", "b", "c")
    session.close()
    sink = Sink()

    class Restarted(SmtpSender):
        def send(self, message):
            if message.recipient.startswith("b@"):
                terminate_backends()
            return super().send(message)

    with smtp_server(sink, tmp_path) as config:
        delivery = deliver_waiting(Restarted(config), now=lambda: AT, lease=LEASE)

    assert delivery.sent == len(sink.taken) == 3
    assert {state for state, _ in states(session)} == {MessageState.SENT}


def test_a_clock_moved_back_an_hour_neither_doubles_nor_holds_up(session, tmp_path):
    """What a dead process had claimed by the old clock does not wait until that hour is over."""
    TaskFactory()
    sink, earlier = Sink(), AT - timedelta(hours=1)
    plan()
    with smtp_server(sink, tmp_path) as config:
        assert deliver_waiting(SmtpSender(config), now=lambda: AT, lease=LEASE).sent == 1
        queue("dead", at=earlier)
        with transaction() as session_of_the_dead:
            outbox.claim(session_of_the_dead, at=AT, lease=LEASE)
        assert plan(earlier) == []
        queue("later", at=earlier)
        delivery = deliver_waiting(SmtpSender(config), now=lambda: earlier, lease=LEASE)

    assert delivery.summary() == {"sent": 2, "failed": 0, "waiting": 0}
    assert len({address for address, _ in sink.taken}) == len(sink.taken) == 3
