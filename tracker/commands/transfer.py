"""Import and export: one group each, with a subcommand for every noun that travels as a sheet.

A noun adds itself to IMPORTS and EXPORTS below, with a function of its own file of commands.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import click

from tracker import clock
from tracker.commands.base import with_app
from tracker.commands.moving import Wanted
from tracker.commands.scores import take_criteria, take_scores, write_criteria, write_scores
from tracker.commands.tasks import take_tasks, write_overdue, write_tasks
from tracker.commands.units import take_units, write_units
from tracker.errors import BadInput
from tracker.sheets import cell_date

Importer = Callable[[bytes, str, bool], str]
"""Take (content, file name, dry run); return a line that says what changed. Raise a Refusal."""

Exporter = Callable[[Wanted], bytes]
"""Take what is wanted; return the file's content."""

IMPORTS: dict[str, Importer] = {
    "units": take_units,
    "tasks": take_tasks,
    "scores": take_scores,
}
EXPORTS: dict[str, Exporter] = {
    "units": write_units,
    "tasks": write_tasks,
    "overdue": write_overdue,
    "criteria": write_criteria,
    "scores": write_scores,
}


@click.group("import")
def importing() -> None:
    """Take a sheet in, all or nothing."""


@click.group("export")
def exporting() -> None:
    """Write a sheet with the columns of the import."""


def _import_command(noun: str, take: Importer) -> click.Command:
    @click.command(noun, help=f"Take {noun} in from FILE (.xlsx or .csv).")
    @click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
    @click.option("--dry-run", is_flag=True, help="Check everything, change nothing.")
    @with_app
    def run(file: Path, *, dry_run: bool) -> None:
        click.echo(take(file.read_bytes(), file.name, dry_run))

    return run


@click.command("criteria", help="Take criteria in from FILE (.xlsx or .csv).")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Check everything, change nothing.")
@click.option(
    "--as-printed",
    is_flag=True,
    help="Keep maxima that differ from the sum of their parts, and list them.",
)
@with_app
def _import_criteria(file: Path, *, dry_run: bool, as_printed: bool) -> None:
    click.echo(take_criteria(file.read_bytes(), file.name, dry_run, as_printed=as_printed))


def _export_command(noun: str, write: Exporter) -> click.Command:
    @click.command(noun, help=f"Write {noun} as a sheet.")
    @click.option("--format", "sheet_format", type=click.Choice(["xlsx", "csv"]), required=True)
    @click.option("--as-of", "as_of", default="", help="A date; without it, today.")
    @click.option("-o", "output", type=click.Path(dir_okay=False, path_type=Path), required=True)
    @with_app
    def run(sheet_format: str, as_of: str, output: Path) -> None:
        content = write(Wanted(sheet_format, _day(as_of)))
        try:
            output.write_bytes(content)
        except OSError as error:
            words = f"{output} cannot be written: {error.strerror}."
            raise click.BadParameter(words, param_hint="-o") from error
        click.echo(f"Wrote {output}.")

    return run


def _day(text: str) -> date:
    """Return the date of an option. A date that cannot be read is wrong use."""
    try:
        return cell_date(text) or clock.today()
    except BadInput as error:
        raise click.BadParameter(str(error), param_hint="--as-of") from error


for _noun, _take in IMPORTS.items():
    importing.add_command(_import_command(_noun, _take))
importing.add_command(_import_criteria)
for _noun, _write in EXPORTS.items():
    exporting.add_command(_export_command(_noun, _write))
