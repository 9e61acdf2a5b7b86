"""Accounts and committees on the command line."""

import click

from tracker import clock
from tracker.commands.base import with_app
from tracker.committees.actions import CommitteeData, add_committee
from tracker.committees.queries import all_committees
from tracker.db import transaction
from tracker.errors import N_, BadInput
from tracker.people.actions import PostData, add_person, add_post
from tracker.people.queries import command_actor
from tracker.people.rules import COMMITTEE_ROLES
from tracker.permissions import Role
from tracker.units.queries import units_by_code


@click.group("person")
def person_group() -> None:
    """Look after accounts."""


@person_group.command("add")
@click.argument("email")
@click.option("--name", required=True, help="The person's name.")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
@click.option("--unit", "unit_code", default="", help="The unit in which the role is held.")
@click.option("--committee", "committee_code", default="", help="The steering committee.")
@click.option("--title", default="", help="What the post is called.")
@with_app
def add(email: str, name: str, role: str, unit_code: str, committee_code: str, title: str) -> None:
    """Give EMAIL an account and a post; print a one-time password."""
    at = clock.now()
    with transaction() as session:
        by = command_actor(session, Role.ADMIN)
        units = units_by_code(session, [unit_code])
        if unit_code and unit_code not in units:
            raise BadInput(N_("No unit has the code “%(code)s”."), code=unit_code)
        committees = {committee.code: committee.id for committee in all_committees(session)}
        if committee_code and committee_code not in committees:
            raise BadInput(N_("No committee has the code “%(code)s”."), code=committee_code)
        committee_id = committees.get(committee_code)
        if committee_id is None and Role(role) in COMMITTEE_ROLES and len(committees) == 1:
            committee_id = next(iter(committees.values()))
        person, password = add_person(session, email=email, name=name, by=by, at=at)
        post = PostData(
            Role(role),
            unit_id=units[unit_code].id if unit_code else None,
            committee_id=committee_id,
            title=title,
        )
        add_post(session, person, post, by=by, at=at)
    click.echo(f"Added {person.email}. The password must be changed at first sign-in.", err=True)
    click.echo(password)


@click.group("committee")
def committee_group() -> None:
    """Look after steering committees."""


@committee_group.command("add")
@click.argument("code")
@click.option("--name", required=True, help="The committee's full name.")
@click.option("--short-name", default="", help="What it is called in lists.")
@click.option("--unit", "unit_code", default="", help="Its standing unit.")
@with_app
def add_one(code: str, name: str, short_name: str, unit_code: str) -> None:
    """Set up the steering committee CODE."""
    with transaction() as session:
        units = units_by_code(session, [unit_code])
        if unit_code and unit_code not in units:
            raise BadInput(N_("No unit has the code “%(code)s”."), code=unit_code)
        unit_id = units[unit_code].id if unit_code else None
        add_committee(
            session,
            CommitteeData(code, name, short_name, unit_id),
            by=command_actor(session, Role.ADMIN),
            at=clock.now(),
        )
    click.echo(f"Added the committee {code}.")
