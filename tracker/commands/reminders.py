"""Commands of reminders: plan what is owed, send what waits."""

import json
from datetime import datetime, timedelta

import click
from flask import current_app
from sqlalchemy.orm import Session

from config import Config
from tracker import clock
from tracker.channels import chat_for, sender_for
from tracker.commands.base import with_app
from tracker.db import db, transaction
from tracker.deadlines.queries import working_calendar
from tracker.reminders.actions import plan_reminders
from tracker.reminders.delivery import deliver_waiting
from tracker.reminders.planning import PlannedRow, planned_rows

DAY = click.DateTime(formats=["%Y-%m-%d", "%d/%m/%Y"])


@click.command("remind")
@click.option("--as-of", type=DAY, help="The day to plan (today).")
@click.option("--dry-run", is_flag=True, help="Only print what is owed.")
@with_app
def remind(as_of: datetime | None, dry_run: bool) -> None:
    """Plan reminders; one JSON line per owed row."""
    at = clock.now()
    day = as_of.date() if as_of else clock.today()

    def owed(session: Session) -> list[PlannedRow]:
        calendar = working_calendar(session)
        if dry_run:
            rows = planned_rows(session, as_of=day, calendar=calendar, today=clock.today())
            return [row for row in rows if row.owed]
        url = settings().public_url
        return plan_reminders(session, as_of=day, at=at, calendar=calendar, public_url=url)

    if dry_run:
        rows = owed(db.session)
    else:
        with transaction() as session:
            rows = owed(session)
    for row in rows:
        click.echo(
            json.dumps(
                {
                    "task": row.matter.code,
                    "recipient": row.recipient.address,
                    "unit": row.unit_code,
                    "rule": row.rule.value,
                    "step": row.step,
                    "due_on": row.matter.due_on.isoformat() if row.matter.due_on else None,
                    "as_of": row.as_of.isoformat(),
                },
                ensure_ascii=False,
            )
        )


@click.command("deliver")
@with_app
def deliver() -> None:
    """Send all that waits in the outbox, at any hour; JSON summary."""
    config = settings()
    lease = timedelta(seconds=config.delivery_lease_seconds)
    delivery = deliver_waiting(
        sender_for(config), now=clock.now, lease=lease, hurry=True, chat=chat_for(config)
    )
    click.echo(json.dumps(delivery.summary()))


def settings() -> Config:
    """Return the settings of the running application."""
    config: Config = current_app.config["TRACKER"]
    return config
