"""Accounts, committees and units on the command line: exit codes and what is printed."""

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from tests.factories import UnitFactory
from tracker.commands import base, cli
from tracker.committees.models import Committee
from tracker.errors import Refusal
from tracker.people import passwords
from tracker.people.models import Person, Post
from tracker.permissions import Role
from tracker.units.models import Unit


@pytest.fixture
def tracker(app, session, monkeypatch):
    """Return `tracker(*words)`: run a command on the tests' database."""
    monkeypatch.setattr(base, "create_app", lambda: app)

    def run(*words):
        session.close()  # a command disposes of the pool at its end
        return CliRunner().invoke(cli, [str(word) for word in words])

    return run


def test_an_account_is_printed_with_its_one_time_password(tracker, session):
    unit = UnitFactory(code="SNV")

    result = tracker(
        "person", "add", "a@tinh.example", "--name", "Lê A", "--role", "unit-head", "--unit", "SNV"
    )

    assert result.exit_code == 0
    person = session.scalars(sa.select(Person)).one()
    assert passwords.fits(person.password_hash, result.stdout.strip())
    post = session.scalars(sa.select(Post)).one()
    assert (post.role, post.unit_id) == (Role.UNIT_HEAD, unit.id)


def test_the_only_committee_is_meant_when_none_is_named(tracker, session):
    tracker("committee", "add", "CCHC", "--name", "Ban Chỉ đạo CCHC")
    tracker("person", "add", "a@tinh.example", "--name", "Lê A", "--role", "secretariat")

    committee = session.scalars(sa.select(Committee)).one()
    assert session.scalars(sa.select(Post.committee_id)).one() == committee.id


@pytest.mark.parametrize(
    "words",
    [
        ("person", "add", "a@t.example", "--name", "A", "--role", "unit-head"),
        ("person", "add", "a@t.example", "--name", "A", "--role", "unit-head", "--unit", "X"),
        ("person", "add", "a@t.example", "--name", "A", "--role", "viewer", "--committee", "X"),
        ("person", "add", "không phải", "--name", "A", "--role", "admin"),
        ("committee", "add", "C D", "--name", "Ban"),
        ("committee", "add", "CD", "--name", "Ban", "--unit", "X"),
    ],
)
def test_refused_data_change_nothing(tracker, session, words):
    result = tracker(*words)

    assert isinstance(result.exception, Refusal)
    assert session.scalars(sa.select(Person)).all() == []
    assert session.scalars(sa.select(Committee)).all() == []


@pytest.mark.parametrize(
    "words",
    [
        ("person", "add", "a@t.example", "--name", "A", "--role", "boss"),
        ("person", "add", "a@t.example", "--role", "admin"),
        ("import", "units", "/does/not/exist.csv"),
        ("export", "units", "--format", "pdf", "-o", "x"),
        ("export", "units", "--format", "csv", "-o", "x", "--as-of", "hôm qua"),
    ],
)
def test_wrong_use_exits_with_two(tracker, words):
    assert tracker(*words).exit_code == 2


def test_units_go_in_and_out(tracker, session, tmp_path):
    sheet = tmp_path / "units.csv"
    sheet.write_text("code,name,kind\nSNV,Sở Nội vụ,department\n", encoding="utf-8")

    assert tracker("import", "units", sheet, "--dry-run").exit_code == 0
    assert session.scalars(sa.select(Unit)).all() == []
    assert tracker("import", "units", sheet).exit_code == 0
    for ending in ("csv", "xlsx"):
        out = tmp_path / f"out.{ending}"
        assert tracker("export", "units", "--format", ending, "-o", out).exit_code == 0
        again = tracker("import", "units", out)
        assert "1 unchanged" in again.output
