"""Plan reminders over many open tasks on PostgreSQL: the first run, and the next working day.

    python -m benchmarks.reminders.planning [TASKS ...]

The deadlines lie evenly over a year back and more than two ahead: 30 % are overdue. The first run
looks at every open task; the second only at what has something new, so that its cost follows what
is owed. Every size runs in a process of its own, whose peak memory is printed.
"""

import logging
import resource
import subprocess
import sys
import time
from datetime import date, timedelta

import sqlalchemy as sa

from benchmarks.__main__ import database, folder
from config import Config
from tracker.app import alembic, create_app
from tracker.clock import now, today
from tracker.committees.models import Committee
from tracker.db import db, transaction
from tracker.deadlines.queries import working_calendar
from tracker.reminders.actions import plan_reminders
from tracker.units.models import Unit

SIZES = (10_000, 100_000, 1_000_000)
UNITS = 200
BACK, AHEAD = 365, 852


def main() -> None:
    """Measure each size in its own process; print a table in Markdown."""
    if sys.argv[1:2] == ["--one"]:
        measure(int(sys.argv[2]))
        return
    sizes = [int(size) for size in sys.argv[1:]] or list(SIZES)
    print("| open tasks | first run s | owed | next day s | owed | peak MB |")
    print("|---|---|---|---|---|---|", flush=True)
    for size in sizes:
        subprocess.run([sys.executable, "-m", __spec__.name, "--one", str(size)], check=True)


def measure(tasks: int) -> None:
    """Fill a database, plan two working days, print the row."""
    logging.disable(logging.INFO)
    with database("postgresql") as url, folder() as instance:
        app = create_app(Config(database_url=url, secret_key="bench", instance=instance))
        with app.app_context():
            alembic.upgrade()
            fill(tasks, today())
            calendar = working_calendar(db.session)
            db.session.close()
            first = calendar.next_workday(today())
            found = [
                *plan(first, calendar), *plan(calendar.add(first, 1), calendar),
            ]  # fmt: skip
            db.engine.dispose()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    first_s, first_owed, next_s, next_owed = found
    print(
        f"| {tasks:,} | {first_s:.1f} | {first_owed:,} | {next_s:.1f} | {next_owed:,}"
        f" | {peak:.0f} |",
        flush=True,
    )


def plan(day: date, calendar) -> tuple[float, int]:
    """Plan one day; return seconds and how many rows were owed."""
    start = time.perf_counter()
    with transaction() as session:
        owed = plan_reminders(
            session, as_of=day, at=now(), calendar=calendar, public_url="http://localhost"
        )
    return time.perf_counter() - start, len(owed)


def fill(tasks: int, day: date) -> None:
    """Write units, one committee and open tasks with their first deadline, within the server."""
    with transaction() as session:
        session.execute(
            sa.insert(Committee), [{"code": "CCHC", "name": "Ban Chỉ đạo cải cách hành chính"}]
        )
        session.execute(
            sa.insert(Unit),
            [
                {
                    "code": f"U{number:03d}", "name": f"Ủy ban nhân dân xã số {number}",
                    "short_name": f"UBND xã số {number}", "kind": "commune",
                    "email": f"u{number}@office.example",
                }
                for number in range(UNITS)
            ],
        )  # fmt: skip
        span = {"tasks": tasks, "units": UNITS, "first": day - timedelta(days=BACK),
                "days": BACK + AHEAD, "at": now() - timedelta(days=60)}  # fmt: skip
        session.execute(TASKS, span)
        session.execute(VERSIONS, span)
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as apart:
        apart.exec_driver_sql("VACUUM ANALYZE")


TASKS = sa.text(
    """INSERT INTO tasks (code, committee_id, title, product, lead_unit_id, lead_decided_by, leader,
  star, field, note, external_code, tracked_in, folded, time, deadline_kind, deadline_text,
  deadline_basis, basis_reference, first_due_on, due_on, effective_on, deadline_version,
  assigned_on, workflow, percent, last_update, edition)
SELECT 'NV-' || n, (SELECT min(id) FROM committees),
  'Rà soát, hoàn thiện quy trình nội bộ và công khai kết quả số ' || n, '',
  (SELECT min(id) FROM units) + n % :units, '', '', false, '', '', '', '', '', 'dated', 'date', '',
  'notice', '', due, due, due, 1, due - 60, 'in_progress', 40, '', 1
FROM (SELECT n, CAST(:first AS date) + (n * 37) % CAST(:days AS integer) AS due
      FROM generate_series(1, CAST(:tasks AS integer)) AS n) AS made"""
)
VERSIONS = sa.text(
    """INSERT INTO deadline_versions (task_id, version, time, kind, text, due_on, effective_on,
  basis, reference, decided_on, decided_at, decided_by, on_behalf_of, reason)
SELECT id, 1, time, deadline_kind, '', due_on, effective_on, deadline_basis, '', assigned_on,
  :at, '', '', '' FROM tasks"""
)

if __name__ == "__main__":
    main()
