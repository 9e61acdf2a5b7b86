"""The command that loads the demo office."""

import os
import secrets

import click

from config import Config
from tracker import clock
from tracker.app import alembic
from tracker.commands.base import with_app
from tracker.db import db
from tracker.demo.loading import Preset, load_demo
from tracker.evidence.views import file_store
from tracker.people.queries import demo_accounts
from tracker.web import settings


@click.group("demo")
def demo_group() -> None:
    """Look after the demo office."""


@demo_group.command("load")
@click.option(
    "--preset",
    type=click.Choice([preset.value for preset in Preset]),
    default=Preset.PROVINCE.value,
    show_default=True,
    help="A province with its communes, or one commune.",
)
@with_app
def load(preset: str) -> None:
    """Load the demo office, once, and print `role email password` of one account per role."""
    alembic.upgrade()
    config = settings()
    password = demo_password(config)
    new = load_demo(
        Preset(preset),
        at=clock.now(),
        password=password,
        store=file_store(),
        public_url=config.public_url,
    )
    click.echo(
        "The demo office was loaded." if new else "The demo office was already there.", err=True
    )
    for role, email in demo_accounts(db.session):
        click.echo(f"{role.value} {email} {password}")


def demo_password(config: Config) -> str:
    """Return the password of the demo accounts, generated once into the instance unless set.

    What is in the instance wins: the accounts were made with it.
    """
    if kept := config.shown_demo_password() if config.demo_password_file.exists() else "":
        return kept
    password = config.demo_password or secrets.token_urlsafe(9)
    descriptor = os.open(config.demo_password_file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(password + "\n")
    return password
