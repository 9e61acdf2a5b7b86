"""The trail is complete, chained and cannot be changed."""

import pytest
import sqlalchemy as sa

from tests.factories import JUNE_1, PostFactory, UnitFactory, actor_of
from tracker import history
from tracker.db import db, transaction
from tracker.history import HistoryEntry
from tracker.units.models import Unit


def rename(unit_id, name, by):
    with transaction() as session:
        unit = session.get(Unit, unit_id)
        unit.name = name
        history.record(session, "unit.rename", unit, by=by, at=JUNE_1, reason="đổi tên")


def test_an_act_is_recorded_with_what_was_and_what_is(session):
    unit = UnitFactory(name="Phòng A")
    by = actor_of(PostFactory(unit=unit))

    rename(unit.id, "Phòng B", by)

    entry = session.scalars(sa.select(HistoryEntry)).one()
    assert (entry.act, entry.noun, entry.object_id) == ("unit.rename", "units", unit.id)
    assert entry.before["name"] == "Phòng A"
    assert entry.after["name"] == "Phòng B"
    assert entry.name == by.name


def test_a_change_without_an_act_is_refused(session):
    unit = UnitFactory()

    with pytest.raises(RuntimeError, match="units"), transaction() as writing:
        writing.get(Unit, unit.id).name = "khác"

    session.expire_all()
    assert session.get(Unit, unit.id).name != "khác"


@pytest.mark.parametrize("statement", ["UPDATE history SET name = 'x'", "DELETE FROM history"])
def test_the_database_itself_refuses_to_change_history(session, statement):
    unit = UnitFactory()
    rename(unit.id, "Phòng B", actor_of(PostFactory(unit=unit)))

    with pytest.raises(sa.exc.DatabaseError, match="append-only"), db.engine.begin() as connection:
        connection.exec_driver_sql(statement)


def test_verify_walks_the_chain(session):
    unit = UnitFactory()
    by = actor_of(PostFactory(unit=unit))
    for name in ("Một", "Hai", "Ba"):
        rename(unit.id, name, by)

    assert history.verify(session) == (3, None)
