"""The command line: `tracker …`, the same as `python run.py …`."""

import sys

import click
from sqlalchemy.exc import DBAPIError

from config import BadSetting
from tracker.commands.base import database, trouble_with_database
from tracker.commands.demo import demo_group
from tracker.commands.extract import extract
from tracker.commands.figures import figures_command
from tracker.commands.people import committee_group, person_group
from tracker.commands.reminders import deliver, remind
from tracker.commands.serving import run, scheduler, web
from tracker.commands.trail import history
from tracker.commands.transfer import exporting, importing
from tracker.errors import Refusal, RowErrors


@click.group()
def cli() -> None:
    """Follow up what a steering committee concludes."""


COMMANDS = (
    database,
    demo_group,
    extract,
    importing,
    exporting,
    figures_command,
    remind,
    deliver,
    web,
    scheduler,
    run,
    history,
    person_group,
    committee_group,
)
for command in COMMANDS:
    cli.add_command(command)


def main() -> None:
    """Run the command line: exit 0 on success, 1 when the data are refused, 2 on wrong use."""
    try:
        cli(standalone_mode=True)
    except RowErrors as refusal:
        for row in refusal.rows:
            click.echo(str(row), err=True)
        click.echo(str(refusal), err=True)
        sys.exit(1)
    except Refusal as refusal:
        click.echo(str(refusal), err=True)
        sys.exit(1)
    except BadSetting as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    except DBAPIError as error:
        words = trouble_with_database(error)
        if words is None:
            raise
        click.echo(words, err=True)
        sys.exit(1)
