"""`tracker figures` prints what the pages show."""

import json
from datetime import date

import pytest
from click.testing import CliRunner

from tests.factories import CommitteeFactory, TaskFactory, UnitFactory
from tracker.commands import cli
from tracker.errors import BadInput
from tracker.tasks.rules import TimeKind, Workflow


@pytest.fixture
def tracker(app, session, tmp_path):
    """Return `tracker(*words)`: run the command line on the test's database."""
    with app.app_context():
        url = session.get_bind().url.render_as_string(hide_password=False)
    env = {
        "TRACKER_DATABASE_URL": url,
        "TRACKER_INSTANCE": str(tmp_path),
        "TRACKER_SECRET_KEY": "for-tests",
    }
    return lambda *words: CliRunner().invoke(cli, list(words), env=env)


@pytest.fixture
def office(session):
    """One committee with one task of every class as of 1 July 2026, and another committee."""
    ours, unit = CommitteeFactory(code="CCHC"), UnitFactory(code="SNV", name="Sở Nội vụ")
    same = {"committee": ours, "lead_unit": unit}
    closed = {"workflow": Workflow.CLOSED, "accepted_on": date(2026, 7, 1)}
    TaskFactory(**same, **closed, handed_in_on=date(2026, 6, 30))
    TaskFactory(**same, **closed)
    TaskFactory(**same, due_on=date(2026, 7, 1), field="Thể chế")
    TaskFactory(**same, due_on=date(2026, 6, 29))
    TaskFactory(**same, due_on=None, time=TimeKind.AWAITING)
    TaskFactory(**same, due_on=None, time=TimeKind.STANDING)
    TaskFactory(due_on=date(2026, 6, 29))


def test_all_figures_and_rates_are_printed(tracker, office):
    result = tracker("figures", "--as-of", "2026-07-01", "--committee", "CCHC")

    assert result.exit_code == 0
    assert json.loads(result.stdout) == {
        "as_of": "2026-07-01",
        "total": 4,
        "done_on_time": 1,
        "done_late": 1,
        "open_in_time": 1,
        "open_overdue": 1,
        "undated": 1,
        "standing": 1,
        "rates": {
            "done_of_due": {"value": 2 / 3, "of": 3},
            "done_of_all": {"value": 0.5, "of": 4},
            "on_time_of_done": {"value": 0.5, "of": 2},
            "overdue_of_all": {"value": 0.25, "of": 4},
        },
    }


@pytest.mark.parametrize(
    ("by", "names"),
    [("unit", {"Sở Nội vụ"}), ("meeting", {""}), ("field", {"", "Thể chế"})],
)
def test_groups_sum_to_the_whole(tracker, office, by, names):
    found = json.loads(
        tracker("figures", "--as-of", "01/07/2026", "--unit", "SNV", "--by", by).stdout
    )

    assert {group["name"] for group in found["groups"]} == names
    for name in ("total", "open_overdue", "undated", "standing"):
        assert sum(group[name] for group in found["groups"]) == found[name]


def test_before_anything_was_assigned_rates_have_no_value(tracker, office):
    found = json.loads(tracker("figures", "--as-of", "2020-01-01").stdout)

    assert found["total"] == 0
    assert found["rates"]["done_of_all"] == {"value": None, "of": 0}


def test_an_unknown_committee_is_refused(tracker, office):
    result = tracker("figures", "--committee", "KHÔNG")

    assert isinstance(result.exception, BadInput)


def test_a_day_that_is_none_is_wrong_use(tracker):
    assert tracker("figures", "--as-of", "31/02/2026").exit_code == 2
