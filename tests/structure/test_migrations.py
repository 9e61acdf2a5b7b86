"""The numbered migrations build the models exactly, up and down, on both databases."""

import re

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from tests.paths import ROOT
from tracker import tables
from tracker.app import alembic
from tracker.db import Points, UtcDateTime, db
from tracker.migrating import write_migration


def test_migrations_are_numbered_without_gaps():
    names = sorted(path.name for path in (ROOT / "migrations").glob("*.py"))

    assert names
    assert [name[:4] for name in names] == [f"{n:04d}" for n in range(1, len(names) + 1)]
    assert all(re.fullmatch(r"\d{4}_[a-z_]+\.py", name) for name in names)


def test_migrations_build_the_models(app):
    with app.app_context(), db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})

        assert compare_metadata(context, tables.metadata) == []


def test_checks_and_triggers_are_there(app):
    """`compare_metadata` misses CHECKs, and batch changes on SQLite drop triggers."""
    with app.app_context(), db.engine.connect() as connection:
        inspector = sa.inspect(connection)
        for table in tables.metadata.sorted_tables:
            wanted = {
                c.name for c in table.constraints if isinstance(c, sa.CheckConstraint) and c.name
            }
            found = {c["name"] for c in inspector.get_check_constraints(table.name)}
            assert wanted <= found, table.name
        triggers = connection.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            if db.engine.dialect.name == "sqlite"
            else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
        )
        assert len([name for (name,) in triggers if name.startswith("history_no_")]) == 2


def test_migrations_go_down_and_up_again(app):
    with app.app_context():
        alembic.downgrade("base")
        try:
            left = set(sa.inspect(db.engine).get_table_names()) - {"alembic_version"}
            assert left == set()
        finally:
            alembic.upgrade()


def test_a_new_migration_is_numbered_and_stands_alone(tmp_path):
    (tmp_path / "0001_begin.py").write_text("")
    metadata = sa.MetaData()
    sa.Table("marks", metadata, sa.Column("at", UtcDateTime()), sa.Column("points", Points()))
    engine = sa.create_engine("sqlite://")

    with engine.connect() as connection:
        path = write_migration(connection, metadata, tmp_path, "let marks be given")

    engine.dispose()
    text = path.read_text()
    assert path.name == "0002_let_marks_be_given.py"
    assert 'down_revision = "0001"' in text
    assert "sa.DateTime(timezone=True)" in text
    assert "sa.BigInteger()" in text
    assert "tracker" not in text
