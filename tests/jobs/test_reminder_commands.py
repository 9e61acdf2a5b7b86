"""`tracker remind`, `tracker deliver`, `tracker history verify`."""

import json
from datetime import date

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from tests.factories import JUNE_1, PostFactory, TaskFactory, UnitFactory, actor_of
from tracker import history
from tracker.commands import base, cli
from tracker.db import db, transaction
from tracker.reminders.models import LedgerRow
from tracker.units.models import Unit


@pytest.fixture
def tracker(app, session, monkeypatch):
    """Return `tracker(*words)`: run a command on the tests' database."""
    monkeypatch.setattr(base, "create_app", lambda: app)

    def run(*words):
        session.close()
        return CliRunner().invoke(cli, list(words))

    return run


def test_remind_prints_one_line_per_owed_row_and_nothing_else(tracker, session):
    task = TaskFactory(code="NV-1", lead_unit=UnitFactory(code="SNV", email="snv@x.example"))

    result = tracker("remind", "--as-of", "2026-06-30")

    assert result.exit_code == 0
    (line,) = result.stdout.splitlines()
    assert json.loads(line) == {
        "task": task.code,
        "recipient": "snv@x.example",
        "unit": "SNV",
        "rule": "due",
        "step": 0,
        "due_on": "2026-06-30",
        "as_of": "2026-06-30",
    }
    assert tracker("remind", "--as-of", "2026-06-30").stdout == ""


def test_a_dry_run_writes_nothing(tracker, session):
    TaskFactory()

    assert len(tracker("remind", "--as-of", "2026-06-30", "--dry-run").stdout.splitlines()) == 1

    assert session.scalar(sa.select(sa.func.count()).select_from(LedgerRow)) == 0


def test_a_day_that_is_none_is_wrong_use(tracker):
    assert tracker("remind", "--as-of", "2026-02-30").exit_code == 2


def test_deliver_sends_at_any_hour_and_says_how_many(tracker, app, session):
    TaskFactory()
    tracker("remind", "--as-of", "2026-06-30")

    result = tracker("deliver")

    assert json.loads(result.stdout) == {"sent": 1, "failed": 0, "waiting": 0}
    assert json.loads(tracker("deliver").stdout) == {"sent": 0, "failed": 0, "waiting": 0}
    mails = list(app.config["TRACKER"].mail_folder.glob("*.eml"))
    assert mails
    for mail in mails:
        mail.unlink()


def test_history_verify_names_the_first_broken_row(tracker, session):
    unit = UnitFactory()
    by = actor_of(PostFactory(unit=unit))
    for name in ("Một", "Hai"):
        with transaction() as writing:
            row = writing.get_one(Unit, unit.id)
            row.name = name
            history.record(writing, "unit.rename", row, by=by, at=JUNE_1)
    whole = tracker("history", "verify")
    assert (whole.exit_code, "2 rows" in whole.stdout) == (0, True)

    forge(session)

    broken = tracker("history", "verify")
    assert (broken.exit_code, "row 1" in broken.stderr) == (1, True)


def forge(session):
    """Change a row of history around its guard, as somebody with the file could."""
    with db.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET session_replication_role = replica")
            connection.exec_driver_sql("UPDATE history SET reason = 'x' WHERE id = 1")
            connection.exec_driver_sql("SET session_replication_role = DEFAULT")
        else:
            guards = connection.exec_driver_sql(
                "SELECT name, sql FROM sqlite_master"
                " WHERE type = 'trigger' AND tbl_name = 'history'"
            ).all()
            for name, _ in guards:
                connection.exec_driver_sql(f"DROP TRIGGER {name}")
            connection.exec_driver_sql("UPDATE history SET reason = 'x' WHERE id = 1")
            for _, sql in guards:
                connection.exec_driver_sql(sql)
        connection.commit()


def test_a_past_day_planned_late_goes_to_who_heads_the_unit_now(tracker, session):
    unit = UnitFactory(code="SNV", email="snv@x.example")
    head = PostFactory(unit=unit, starts_on=date(2026, 7, 1)).person
    TaskFactory(lead_unit=unit)

    line = tracker("remind", "--as-of", "2026-06-30").stdout

    assert json.loads(line)["recipient"] == head.email
