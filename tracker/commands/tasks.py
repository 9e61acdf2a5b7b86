"""Tasks in and out on the command line."""

from tracker import clock
from tracker.commands.moving import Wanted, rehearsal
from tracker.conclusions.imports import clause_for_import
from tracker.db import db
from tracker.deadlines.queries import working_calendar
from tracker.people.queries import command_actor
from tracker.sheets import read_sheet, write_csv, write_xlsx
from tracker.tasks.exchange import COLUMNS, task_rows
from tracker.tasks.imports import import_tasks


def take_tasks(data: bytes, file_name: str, dry_run: bool) -> str:  # an Importer
    """Take tasks in; return what changed."""
    sheet = read_sheet(data, file_name=file_name, columns=COLUMNS)
    with rehearsal(dry_run=dry_run) as session:
        counts = import_tasks(
            session,
            sheet,
            by=command_actor(session),
            at=clock.now(),
            calendar=working_calendar(session),
            find_clause=clause_for_import,
        )
    said = f"{counts.added} tasks added, {counts.changed} changed, {counts.unchanged} unchanged."
    return f"{said} Dry run: nothing was written." if dry_run else said


def write_tasks(wanted: Wanted) -> bytes:
    """Return every task that counts as a sheet."""
    return _write(wanted, "tasks", only_overdue=False)


def write_overdue(wanted: Wanted) -> bytes:
    """Return the tasks that are overdue on the day as a sheet."""
    return _write(wanted, "overdue", only_overdue=True)


def _write(wanted: Wanted, sheet_name: str, *, only_overdue: bool) -> bytes:
    rows = task_rows(
        db.session,
        command_actor(db.session),
        as_of=wanted.as_of,
        today=clock.today(),
        only_overdue=only_overdue,
    )
    if wanted.sheet_format == "csv":
        return write_csv(COLUMNS, rows)
    return write_xlsx(COLUMNS, rows, sheet_name=sheet_name)
