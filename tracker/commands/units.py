"""Units in and out on the command line."""

from tracker import clock
from tracker.commands.moving import Wanted, rehearsal
from tracker.db import db
from tracker.people.queries import command_actor
from tracker.sheets import read_sheet, write_csv, write_xlsx
from tracker.units.exchange import COLUMNS, import_units, unit_rows


def take_units(data: bytes, file_name: str, dry_run: bool) -> str:  # an Importer
    """Take units in; return what changed."""
    sheet = read_sheet(data, file_name=file_name, columns=COLUMNS)
    with rehearsal(dry_run=dry_run) as session:
        counts = import_units(session, sheet, by=command_actor(session), at=clock.now())
    said = f"{counts.added} units added, {counts.changed} changed, {counts.unchanged} unchanged."
    return f"{said} Dry run: nothing was written." if dry_run else said


def write_units(wanted: Wanted) -> bytes:
    """Return every unit as a sheet."""
    rows = unit_rows(db.session)
    if wanted.sheet_format == "csv":
        return write_csv(COLUMNS, rows)
    return write_xlsx(COLUMNS, rows, sheet_name="units")
