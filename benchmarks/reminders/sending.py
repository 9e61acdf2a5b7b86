"""Plan, write and deliver 200 digests, beside bare smtplib sending 200 mails of the same size.

    python -m benchmarks.reminders.sending

10,000 tasks of 200 units with a head each, 12 % overdue. Both send over one connection to an SMTP
server of this machine in a process of its own. The limit is 1.5 × the bare time plus one second.
"""

import logging
import smtplib
import socket
import statistics
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from aiosmtpd.controller import Controller
from sqlalchemy.orm import Session

from benchmarks import office
from benchmarks.__main__ import database, folder
from config import Config
from tracker.app import alembic, create_app
from tracker.channels import sender_for
from tracker.clock import now, today
from tracker.db import db, transaction
from tracker.deadlines.queries import working_calendar
from tracker.mail import compose
from tracker.outbox import OutboxMessage
from tracker.people.models import Person, Post
from tracker.permissions import Role
from tracker.reminders.actions import plan_reminders
from tracker.reminders.delivery import deliver_waiting
from tracker.units.models import Unit

TASKS, LEASE, FACTOR, SLACK = 10_000, timedelta(seconds=60), 1.5, 1.0
ROUNDS = 3


class Sink:
    """Takes every mail and keeps none."""

    async def handle_DATA(self, *_: object) -> str:  # noqa: N802
        return "250 taken"


def main() -> None:
    """Measure on both databases; print a table in Markdown."""
    if sys.argv[1:2] == ["--sink"]:
        serve(int(sys.argv[2]))
        return
    logging.disable(logging.WARNING)
    print("| engine | mails | plan + digests s | delivery s | bare smtplib s | limit s | holds |")
    print("|---|---|---|---|---|---|---|", flush=True)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    sink = subprocess.Popen(
        [sys.executable, "-m", __spec__.name, "--sink", str(port)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    sink.stdout.readline()
    try:
        for engine in ("sqlite", "postgresql"):
            row(engine, port)
    finally:
        sink.stdin.close()
        sink.wait()


def serve(port: int) -> None:
    """Be the SMTP server until stdin ends."""
    controller = Controller(Sink(), hostname="127.0.0.1", port=port)
    controller.start()
    print("ready", flush=True)
    sys.stdin.read()
    controller.stop()


def row(engine: str, port: int) -> None:
    """Measure one engine: our way and the bare one, in this process."""
    with database(engine) as url, folder() as instance:
        config = Config(database_url=url, secret_key="bench", instance=instance)
        config = replace(config, smtp_host="127.0.0.1", smtp_port=port)
        app = create_app(config)
        with app.app_context():
            alembic.upgrade()
        office.fill(app, TASKS, today())
        with app.app_context():
            name_heads()
            day = working_calendar(db.session).next_workday(today())
            db.session.close()
            start = time.perf_counter()
            with transaction() as session:
                plan_reminders(
                    session, as_of=day, at=now(), calendar=working_calendar(session),
                    public_url="http://localhost",
                )  # fmt: skip
            planned = time.perf_counter()
            sent = deliver_waiting(sender_for(config), now=now, lease=LEASE).sent
            delivered = time.perf_counter()
            mails = [
                (message.recipient, compose(message, sender=config.smtp_from).as_bytes())
                for message in db.session.scalars(sa.select(OutboxMessage))
            ]
            db.session.close()
            db.engine.dispose()
    bare = statistics.median(send_bare(mails, config, port) for _ in range(ROUNDS))
    limit = FACTOR * bare + SLACK
    print(
        f"| {engine} | {sent} | {planned - start:.2f} | {delivered - planned:.2f} | {bare:.2f}"
        f" | {limit:.2f} | {'yes' if delivered - start <= limit else 'no'} |",
        flush=True,
    )


def name_heads() -> None:
    """Give every unit a head, so that every mail goes to a person."""
    with Session(db.engine) as session:
        for unit_id in session.scalars(sa.select(Unit.id)).all():
            person = Person(
                email=f"head{unit_id}@office.example",
                name=f"Trưởng {unit_id}",
                must_change_password=False,
                created_at=datetime.now(UTC),
            )
            session.add(Post(person=person, role=Role.UNIT_HEAD, unit_id=unit_id,
                             starts_on=today()))  # fmt: skip
        session.commit()


def send_bare(mails: list[tuple[str, bytes]], config: Config, port: int) -> float:
    """Return the seconds in which smtplib alone sends the same mails over one connection."""
    start = time.perf_counter()
    with smtplib.SMTP("127.0.0.1", port) as smtp:
        for address, content in mails:
            smtp.sendmail(config.smtp_from, [address], content)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
