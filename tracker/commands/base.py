"""What the commands share: the application context and the group of database commands."""

import functools
import sys
from collections.abc import Callable
from typing import Any, TypeVar

import click
import structlog
from sqlalchemy.exc import DBAPIError, OperationalError

from tracker import tables
from tracker.app import alembic, create_app, house
from tracker.db import db
from tracker.migrating import write_migration

F = TypeVar("F", bound=Callable[..., Any])

NO_TABLES = ("no such table", "no such column", "UndefinedTable", "UndefinedColumn")


def log_to_stderr() -> None:
    """Write the log as JSON lines on stderr: stdout belongs to a command's answer.

    On the stderr of the moment of writing: whoever replaces it closes the one before.
    """
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=lambda *_: structlog.PrintLogger(file=sys.stderr),
    )


def with_app(command: F) -> F:
    """Run `command` inside the application's context (made only when a command needs it)."""

    @functools.wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:
        log_to_stderr()
        with create_app().app_context():
            try:
                return command(*args, **kwargs)
            finally:
                db.session.close()
                db.engine.dispose()

    return run  # type: ignore[return-value]


def trouble_with_database(error: DBAPIError) -> str | None:
    """Return in one line what the operator has to mend; None: nothing that they could."""
    said = f"{type(error.orig).__name__}: {error.orig}"
    if any(sign in said for sign in NO_TABLES):
        return "The database is not up to date. Run `tracker db upgrade` first."
    if isinstance(error, OperationalError):
        return f"The database cannot be used now: {' '.join(str(error.orig).split())}"
    return None


@click.group("db")
def database() -> None:
    """Look after the database's schema."""


@database.command("upgrade")
@with_app
def upgrade() -> None:
    """Bring the schema up to date."""
    alembic.upgrade()
    click.echo("The database is up to date.")


@database.command("revision")
@click.argument("message")
@with_app
def revision(message: str) -> None:
    """Write a numbered migration for what changed in the models."""
    with db.engine.connect() as connection:
        path = write_migration(connection, tables.metadata, house("migrations"), message)
    click.echo(f"Wrote {path.name}." if path else "The models have not changed.")
