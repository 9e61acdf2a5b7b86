"""The small demo office, and where no demo may be loaded."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from tests.factories import PersonFactory
from tracker import history
from tracker.demo.loading import Preset, load_demo
from tracker.errors import RuleViolation
from tracker.evidence.storage import FileStore
from tracker.people.queries import demo_accounts
from tracker.permissions import Role
from tracker.tasks.models import Task
from tracker.tasks.queries import overdue
from tracker.units.models import Office
from tracker.workdays import office_day

WEDNESDAY = datetime(2026, 9, 16, 3, 0, tzinfo=UTC)
"""Wednesday 16 September 2026, 10:00 in the office."""


def load(preset, store, at=WEDNESDAY):
    return load_demo(preset, at=at, password="mở cửa", store=store, public_url="http://localhost")


def count(session, model, *conditions):
    return session.scalar(select(func.count()).select_from(model).where(*conditions))


def test_the_commune_has_one_secretary_and_about_25_tasks(session, tmp_path):
    assert load(Preset.COMMUNE, FileStore(tmp_path))

    assert 20 <= count(session, Task) <= 30
    assert [role for role, _ in demo_accounts(session)] == list(Role)
    assert history.verify(session)[1] is None


def test_the_commune_can_be_loaded_on_a_day_off(session, tmp_path):
    new_year = datetime(2027, 1, 1, 1, 0, tzinfo=UTC)

    assert load(Preset.COMMUNE, FileStore(tmp_path), at=new_year)
    assert count(session, Task, overdue(office_day(new_year))) >= 2


def test_the_demo_is_not_loaded_beside_real_accounts(session, tmp_path):
    PersonFactory()

    with pytest.raises(RuleViolation, match="empty"):
        load(Preset.COMMUNE, FileStore(tmp_path))
    assert session.get(Office, 1) is None
