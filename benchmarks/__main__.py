"""Measure the overdue page, the figures and the planning of reminders; print a table.

    python -m benchmarks [SIZE ...]

A PostgreSQL that listens at TRACKER_TEST_POSTGRESQL (default: this machine) is used for half of
the rows and for the baseline. Only ratios of one run mean anything: machines drift.
"""

import logging
import os
import secrets
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from benchmarks import baseline, office
from config import Config
from tracker import clock
from tracker.app import alembic, create_app
from tracker.db import db, transaction
from tracker.deadlines.queries import working_calendar
from tracker.reminders.actions import plan_reminders
from tracker.reports.queries import Scope, figures

SERVER = os.environ.get("TRACKER_TEST_POSTGRESQL", "postgresql://postgres@127.0.0.1:5432")
SIZES = (1_000, 10_000, 100_000)
SECONDS = 3.0


def main() -> None:
    """Run everything and print a table in Markdown."""
    logging.disable(logging.INFO)
    sizes = [int(size) for size in sys.argv[1:]] or list(SIZES)
    print("| engine | tasks | overdue page p50 ms | HTML KB | ÷ bare page | figures p50 ms |"
          " planning s | rows owed |")  # fmt: skip
    print("|---|---|---|---|---|---|---|---|")
    for engine in ("sqlite", "postgresql"):
        pages = [row(engine, tasks) for tasks in sizes]
        print(f"growth of the overdue page, {engine}: {pages[-1] / pages[0]:.2f} ×", flush=True)


def row(engine: str, tasks: int) -> float:
    """Measure one engine at one size; print its row and return the page's median in ms."""
    today = clock.today()
    with database(engine) as url, database("postgresql") as plain, folder() as instance:
        bare = baseline.load(plain.replace("+psycopg", ""), tasks)
        app = create_app(Config(database_url=url, secret_key="bench", instance=instance))
        with app.app_context():
            alembic.upgrade()
        client = office.fill(app, tasks, today)
        answer = client.get("/overdue")
        assert answer.status_code == 200
        page = median(lambda: client.get("/overdue"))
        with app.app_context():
            counted = median(lambda: figures(db.session, Scope(), as_of=today, today=today))
            start = time.perf_counter()
            with transaction() as session:
                planned = plan_reminders(
                    session, as_of=today, at=clock.now(), calendar=working_calendar(session),
                    public_url="http://localhost",
                )  # fmt: skip
            planning = time.perf_counter() - start
            db.engine.dispose()
        ratio = f"{page / median(bare):.1f}" if bare else "–"
    print(
        f"| {engine} | {tasks:,} | {page:.1f} | {len(answer.data) / 1024:.0f} | {ratio} |"
        f" {counted:.2f} | {planning:.1f} | {len(planned):,} |",
        flush=True,
    )
    return page


def median(work: Callable[[], object]) -> float:
    """Return the median of `work` in milliseconds over some seconds."""
    for _ in range(3):
        work()
    times, end = [], time.perf_counter() + SECONDS
    while time.perf_counter() < end:
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


@contextmanager
def folder() -> Iterator[Path]:
    """Return a folder that goes away."""
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


@contextmanager
def database(engine: str) -> Iterator[str]:
    """Return the address of an empty database that goes away."""
    if engine == "sqlite":
        with folder() as place:
            yield f"sqlite:///{place / 'bench.sqlite3'}"
        return
    name = f"bench_{secrets.token_hex(4)}"
    with psycopg.connect(SERVER + "/postgres", autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        yield f"postgresql+psycopg://{SERVER.removeprefix('postgresql://')}/{name}"
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


if __name__ == "__main__":
    main()
