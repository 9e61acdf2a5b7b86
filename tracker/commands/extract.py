"""`tracker extract`: what the grammar reads in a notice, as JSON; no database is needed."""

import json
from pathlib import Path

import click

from tracker.deadlines.public_holidays import base_days
from tracker.errors import N_, BadInput
from tracker.evidence.reading import read_text
from tracker.extraction.directory import DirectoryUnit, UnitDirectory
from tracker.extraction.output import as_json
from tracker.extraction.reading import read_notice
from tracker.sheets import cell_choice, cell_date, cell_list, read_sheet
from tracker.units.exchange import COLUMNS, KIND_WORDS
from tracker.units.rules import UnitKind
from tracker.workdays import WorkCalendar


@click.command("extract")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--issued", default="", help="The date of the notice, YYYY-MM-DD.")
@click.option(
    "--units",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A sheet of units with the columns of the import.",
)
def extract(file: Path, issued: str, units: Path | None) -> None:
    """Print the tasks proposed for the notice in FILE (.txt, .docx, .pdf or .html)."""
    try:
        issued_on = cell_date(issued)
    except BadInput as refusal:
        raise click.BadParameter(str(refusal), param_hint="--issued") from refusal
    text = read_text(file.name, file.read_bytes())
    reading = read_notice(
        text,
        issued_on=issued_on,
        directory=read_directory(units) if units else None,
        calendar=office_calendar(),
    )
    click.echo(json.dumps(as_json(reading), ensure_ascii=False, indent=1))


def office_calendar() -> WorkCalendar:
    """Return the working calendar without what an office entered: the public holidays alone."""
    return WorkCalendar(exceptions={day: working for day, (working, _) in base_days().items()})


def read_directory(file: Path) -> UnitDirectory:
    """Return the units of a sheet. BadInput: no unit in it, or a kind that is none."""
    rows = read_sheet(file.read_bytes(), file_name=file.name, columns=COLUMNS)
    found = [
        DirectoryUnit(
            code=row.cells["code"],
            name=row.cells["name"],
            short_name=row.cells["short_name"],
            aliases=tuple(cell_list(row.cells["aliases"])),
            kind=(cell_choice(row.cells["kind"], KIND_WORDS) or UnitKind.OTHER).value,
        )
        for row in rows
    ]
    if not found:
        raise BadInput(N_("The sheet of units is empty."))
    return UnitDirectory(tuple(found))
