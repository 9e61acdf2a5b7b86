"""Commands of the history."""

import sys

import click

from tracker import history as trail
from tracker.commands.base import with_app
from tracker.db import db


@click.group("history")
def history() -> None:
    """Look after the trail of acts."""


@history.command("verify")
@with_app
def verify() -> None:
    """Walk the hash chain; exit 1 and the first broken row if altered."""
    read, broken = trail.verify(db.session)
    if broken is not None:
        click.echo(f"The history was altered: row {broken} does not fit.", err=True)
        sys.exit(1)
    click.echo(f"The history is whole: {read} rows.")
