"""What the command line answers when settings, database or files are not as they should be."""

import sys

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from config import from_environment
from tests.factories import CommitteeFactory
from tracker.commands import base, cli, main
from tracker.db import db


@pytest.fixture
def tracker(monkeypatch, tmp_path, capfd):
    """Return `tracker(*words, **environment)`: (exit code, stderr) of the whole program."""
    monkeypatch.setenv("TRACKER_INSTANCE", str(tmp_path))
    monkeypatch.setenv("TRACKER_DATABASE_URL", "")

    def run(*words, **environment):
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(sys, "argv", ["tracker", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        return ended.value.code, capfd.readouterr().err

    return run


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TRACKER_SMTP_SECURITY", "ssl"),
        ("TRACKER_SMTP_PORT", "mail"),
        ("TRACKER_DATABASE_URL", "mysql://x/y"),
        ("TRACKER_DATABASE_URL", "tracker.db"),
    ],
)
def test_a_setting_that_cannot_be_understood_is_wrong_use_in_one_line(tracker, name, value):
    code, said = tracker("figures", **{name: value})

    assert (code, said.count("\n"), name in said) == (2, 1, True)


def test_a_blank_setting_is_as_a_missing_one(monkeypatch, tmp_path):
    monkeypatch.setenv("TRACKER_INSTANCE", str(tmp_path))
    plain = from_environment()
    for name in ("SMTP_PORT", "SMTP_SECURITY", "SMTP_FROM", "SESSION_HOURS", "PUBLIC_URL"):
        monkeypatch.setenv(f"TRACKER_{name}", "")

    assert from_environment() == plain


def test_a_database_without_tables_says_which_command_makes_them(tracker):
    code, said = tracker("figures")

    assert (code, said.count("\n"), "tracker db upgrade" in said) == (1, 1, True)


def test_a_database_that_does_not_answer_is_one_line(tracker):
    code, said = tracker("figures", TRACKER_DATABASE_URL="postgresql://nobody@127.0.0.1:1/none")

    assert (code, said.count("\n"), "cannot be used" in said) == (1, 1, True)


def test_both_databases_are_understood_when_a_table_is_missing(app, session):
    with pytest.raises(sa.exc.DBAPIError) as refusal, db.engine.connect() as connection:
        connection.exec_driver_sql("SELECT 1 FROM no_such_thing")

    assert "db upgrade" in (base.trouble_with_database(refusal.value) or "")


def test_a_file_that_cannot_be_written_is_wrong_use(app, session, monkeypatch, tmp_path):
    CommitteeFactory()
    monkeypatch.setattr(base, "create_app", lambda: app)
    session.close()

    there = str(tmp_path / "none" / "tasks.csv")
    result = CliRunner().invoke(cli, ["export", "tasks", "--format", "csv", "-o", there])

    assert (result.exit_code, "cannot be written" in result.stderr) == (2, True)
