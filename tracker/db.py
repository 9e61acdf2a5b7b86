"""The database: base, column types, `transaction()` (the only commit), the before-commit hook."""

import enum
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, ClassVar, TypeVar

from flask_sqlalchemy_lite import SQLAlchemy
from sqlalchemy import (
    JSON,
    BigInteger,
    Date,
    DateTime,
    Dialect,
    Engine,
    Integer,
    MetaData,
    String,
    Text,
    TypeDecorator,
    event,
    inspect,
)
from sqlalchemy.orm import DeclarativeBase, Mapper, Session

from tracker.errors import N_, BadInput

E = TypeVar("E", bound=enum.StrEnum)

TOO_LONG = N_("At most %(most)s characters can be kept here.")
TOO_LARGE = N_("At most %(most)s can be kept here.")

POINT_SCALE = 10_000
"""Points are kept as whole numbers of ten-thousandths, so that sums are exact everywhere."""


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: aware in Python, UTC in the database; a naive value is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(
        self,
        value: datetime | None,
        dialect: Dialect,  # noqa: ARG002
    ) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            msg = "a moment must be aware"
            raise ValueError(msg)
        return value.astimezone(UTC)

    def process_result_value(
        self,
        value: datetime | None,
        dialect: Dialect,  # noqa: ARG002
    ) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Points(TypeDecorator[Decimal]):
    """An exact decimal of at most four places (points, percent, index values); never a float."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(
        self,
        value: Decimal | None,
        dialect: Dialect,  # noqa: ARG002
    ) -> int | None:
        if value is None:
            return None
        scaled = Decimal(value) * POINT_SCALE
        if scaled != scaled.to_integral_value():
            msg = f"{value} has more than four decimal places"
            raise ValueError(msg)
        return int(scaled)

    def process_result_value(
        self,
        value: int | None,
        dialect: Dialect,  # noqa: ARG002
    ) -> Decimal | None:
        return None if value is None else Decimal(int(value)) / POINT_SCALE


class Word(TypeDecorator[E]):
    """A closed set of words (a StrEnum), kept as its value in a short string."""

    impl = String(20)
    cache_ok = True

    def __init__(self, words: type[E]) -> None:
        super().__init__()
        self.words = words

    def process_bind_param(
        self,
        value: E | None,
        dialect: Dialect,  # noqa: ARG002
    ) -> str | None:
        return None if value is None else self.words(value).value

    def process_result_value(
        self,
        value: str | None,
        dialect: Dialect,  # noqa: ARG002
    ) -> E | None:
        return None if value is None else self.words(value)


class Base(DeclarativeBase):
    """Base of every table. Rows of a table with `recorded = True` change only with history."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UtcDateTime,
        date: Date,
        Decimal: Points,
        str: Text,
        dict[str, Any]: JSON,
    }
    recorded: ClassVar[bool] = True


db = SQLAlchemy()

_before_commit: list[Callable[[Session], None]] = []


def before_commit(hook: Callable[[Session], None]) -> None:
    """Run `hook(session)` inside every `transaction()`, after the caller's changes."""
    if hook not in _before_commit:
        _before_commit.append(hook)


@contextmanager
def transaction() -> Iterator[Session]:
    """Open a session of its own, commit at the end, roll back when anything is raised.

    On SQLite it begins IMMEDIATE: a transaction that reads first and writes after another
    writer would otherwise fail at once, whatever the busy timeout.
    """
    with Session(db.engine, expire_on_commit=False, info={"writes": True}) as session:
        session.connection(execution_options={"begin_immediate": True})
        yield session
        for hook in _before_commit:
            hook(session)
        session.commit()


@event.listens_for(Session, "before_flush")
def _refuse_what_does_not_fit(session: Session, context: object, instances: object) -> None:  # noqa: ARG001
    """Refuse what PostgreSQL would not keep, on both databases and with a sentence.

    SQLite keeps a text of any length and PostgreSQL answers with an error: neither may be left
    to the forms and sheets that text comes through. BadInput names the column as its field.
    """
    if not session.info.get("writes"):
        return
    for obj in [*session.new, *session.dirty]:
        held = vars(obj)
        for name, most in _limits(inspect(obj).mapper):
            value = held.get(name)
            if isinstance(value, str) and len(value) > most:
                raise BadInput(TOO_LONG, field=name, most=most)
            if isinstance(value, int) and not -most <= value <= most:
                raise BadInput(TOO_LARGE, field=name, most=most)


@cache
def _limits(mapper: Mapper[Any]) -> list[tuple[str, int]]:
    """Return (attribute, most characters or largest number) of the columns that have a limit."""
    found = []
    for attribute in mapper.column_attrs:
        kind = attribute.columns[0].type
        if isinstance(kind, String) and kind.length:
            found.append((attribute.key, kind.length))
        elif isinstance(kind, Integer) and not isinstance(kind, BigInteger):
            found.append((attribute.key, 2**31 - 1))
    return found


@event.listens_for(Engine, "connect")
def _set_up_sqlite(connection: Any, record: object) -> None:  # noqa: ARG001
    """Turn on what SQLite leaves off, and leave BEGIN to us (see `_begin`)."""
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None
    for pragma in (
        "foreign_keys=ON",
        "journal_mode=WAL",
        "busy_timeout=15000",
        "synchronous=NORMAL",
    ):
        connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _begin(connection: Any) -> None:
    """Begin on SQLite by hand: IMMEDIATE for a transaction that writes, none at all on request."""
    options = connection.get_execution_options()
    if connection.dialect.name == "sqlite" and not options.get("each_statement_alone"):
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("begin_immediate") else "BEGIN")


def engine_options(url: str) -> dict[str, Any]:
    """Return the pool settings that fit `url`."""
    if url.startswith("sqlite"):
        return {"url": url}
    return {"url": url, "pool_pre_ping": True, "pool_size": 10, "max_overflow": 20}


def is_postgresql(session: Session) -> bool:
    """Tell whether `session` talks to PostgreSQL (row and advisory locks exist)."""
    return session.get_bind().dialect.name == "postgresql"
