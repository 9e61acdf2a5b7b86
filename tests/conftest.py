"""Fixtures: the application on both databases, factories, a client signed in as somebody."""

import contextvars
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from config import Config
from tests import factories
from tests.paths import SHARED
from tracker import tables
from tracker.app import alembic, create_app
from tracker.db import db
from tracker.people.models import Post, SignInSession
from tracker.people.queries import token_digest
from tracker.permissions import Role

POSTGRESQL = os.environ.get("TRACKER_TEST_POSTGRESQL", "postgresql://postgres@127.0.0.1:5432")
IN_CI = os.environ.get("CI") == "true" or os.environ.get("TRACKER_NO_SKIP") == "1"
DATABASES = ("sqlite", "postgresql")


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """In CI a skipped test is a failure: what it needs must be there."""
    if IN_CI and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of source documents beside the checkout; skip where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("the folder of shared documents is not beside this checkout")
    return SHARED


@pytest.fixture(scope="session")
def postgresql_url(worker_id: str) -> Iterator[str]:
    """Return the address of an empty PostgreSQL database of this worker."""
    name = f"tracker_test_{worker_id}_{secrets.token_hex(3)}"
    try:
        server = psycopg.connect(POSTGRESQL + "/postgres", autocommit=True, connect_timeout=3)
    except psycopg.OperationalError:
        pytest.skip("no PostgreSQL listens at " + urlsplit(POSTGRESQL).netloc)
    with closing(server):
        server.execute(f'CREATE DATABASE "{name}"')
        yield f"postgresql+psycopg://{POSTGRESQL.removeprefix('postgresql://')}/{name}"
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="session", params=DATABASES)
def migrated_app(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """Return an application on a migrated, empty database, once per kind of database."""
    instance = tmp_path_factory.mktemp(request.param)
    url = (
        f"sqlite:///{instance / 'tracker.sqlite3'}"
        if request.param == "sqlite"
        else request.getfixturevalue("postgresql_url")
    )
    app = create_app(make_config(url, instance))
    app.wsgi_app = apart(app.wsgi_app)
    with app.app_context():
        alembic.upgrade()
    yield app
    with app.app_context():
        db.engine.dispose()


def apart(wsgi_app: Callable[..., Any]) -> Callable[..., Any]:
    """Let each request have an application context of its own, as on a server.

    Flask reuses the one of the `session` fixture otherwise, and with it what the request before
    kept: who is signed in, the database session and its rows.
    """

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        return contextvars.Context().run(wsgi_app, environ, start_response)

    return answer


def make_config(url: str, instance: Path) -> Config:
    return Config(database_url=url, secret_key="for-tests", instance=instance, testing=True)


@pytest.fixture
def app(migrated_app: Flask) -> Iterator[Flask]:
    """Return the application with an empty database."""
    migrated_app.config["WTF_CSRF_ENABLED"] = False
    yield migrated_app
    with migrated_app.app_context():
        empty_database(db.engine)


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """Return a session for arranging and reading, in an application context.

    Acts go through `tracker.db.transaction()`; factories commit what they make. It sees at once
    what other sessions commit; call `session.expire_all()` before reading rows loaded earlier.
    """
    with app.app_context():
        engine = db.engine.execution_options(each_statement_alone=True)
        opened = Session(engine, expire_on_commit=False)
        with factories.bound_to(opened), opened:
            yield opened


@pytest.fixture
def client_as(app: Flask) -> Callable[..., FlaskClient]:
    """Return `client_as(post)`: a client signed in as the holder of a post (factories.Post…)."""

    def sign_in(post: Post, at: datetime | None = None) -> FlaskClient:
        token = secrets.token_hex(8)
        start = at or datetime.now(UTC)
        with app.app_context(), Session(db.engine) as writing:
            writing.add(
                SignInSession(
                    token_digest=token_digest(token),
                    person_id=post.person_id,
                    post_id=post.id,
                    started_at=start,
                    expires_at=start + timedelta(days=3650),
                )
            )
            writing.commit()
        client = app.test_client()
        with client.session_transaction() as cookie:
            cookie["_user_id"] = token
            cookie["_fresh"] = True
        return client

    return sign_in


@contextmanager
def counted_queries(engine: sa.Engine) -> Iterator[list[str]]:
    """Collect the statements sent to `engine` within the block."""
    statements: list[str] = []

    def note(connection, cursor, statement, parameters, context, executemany):
        statements.append(statement)

    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)


def empty_database(engine: sa.Engine) -> None:
    """Remove every row, around the guards that forbid it to the program."""
    names = [table.name for table in tables.metadata.sorted_tables]
    if engine.dialect.name == "postgresql":
        statements = "; ".join(f'DELETE FROM "{name}"' for name in names)
        with engine.begin() as connection:
            connection.exec_driver_sql(
                f"SET session_replication_role = replica; {statements}; "
                "SET session_replication_role = DEFAULT"
            )
        return
    raw = engine.raw_connection()
    try:
        connection = raw.driver_connection
        triggers = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall()
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("BEGIN IMMEDIATE")
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        for name in names:
            connection.execute(f'DELETE FROM "{name}"')
        for _, sql in triggers:
            connection.execute(sql)
        connection.execute("COMMIT")
        connection.execute("PRAGMA foreign_keys = ON")
    finally:
        raw.close()


__all__ = ["Role", "counted_queries"]
