"""`tracker figures`: the official figures as JSON, as of any day."""

import json
from dataclasses import asdict
from typing import Any

import click

from tracker import clock
from tracker.commands.base import with_app
from tracker.committees.queries import committee_by_code
from tracker.db import db
from tracker.errors import N_, BadInput
from tracker.reports.queries import Part, Scope, figures, figures_by
from tracker.reports.rules import By, Figure, Figures
from tracker.sheets import cell_date
from tracker.units.queries import units_by_code


@click.command("figures")
@click.option("--as-of", "as_of", default="", help="A date; without it, today.")
@click.option("--committee", default="", help="Only the tasks of this committee (its code).")
@click.option("--unit", default="", help="Only the tasks that this unit leads (its code).")
@click.option("--by", type=click.Choice([by.value for by in By]), help="Part the figures, too.")
@with_app
def figures_command(as_of: str, committee: str, unit: str, by: str | None) -> None:
    """Print the figures as JSON: total, the four classes, what stands beside, and rates."""
    today = clock.today()
    try:
        day = cell_date(as_of) or today
    except BadInput as error:
        raise click.BadParameter(str(error), param_hint="--as-of") from error
    scope = _scope(committee, unit)
    found = {"as_of": day.isoformat()} | as_json(figures(db.session, scope, as_of=day, today=today))
    if by:
        parts = figures_by(db.session, scope, By(by), as_of=day, today=today)
        found["groups"] = [_part(part) for part in parts]
    click.echo(json.dumps(found, ensure_ascii=False, indent=2))


def as_json(found: Figures) -> dict[str, Any]:
    """Return figures and rates as they are printed; a rate of nothing has the value null."""
    numbers: dict[str, Any] = {figure.value: found[figure] for figure in Figure}
    return numbers | {"rates": {name: asdict(rate) for name, rate in found.rates.items()}}


def _part(part: Part) -> dict[str, Any]:
    return {"code": part.code, "name": part.name} | as_json(part.figures)


def _scope(committee_code: str, unit_code: str) -> Scope:
    """Return what is to be counted. BadInput: no such committee or unit."""
    scope = Scope()
    if committee_code:
        committee = committee_by_code(db.session, committee_code)
        if committee is None:
            raise BadInput(N_("There is no committee “%(code)s”."), code=committee_code)
        scope = scope.narrowed(committee_id=committee.id)
    if unit_code:
        unit = units_by_code(db.session, [unit_code]).get(unit_code)
        if unit is None:
            raise BadInput(N_("There is no unit “%(code)s”."), code=unit_code)
        scope = scope.narrowed(unit_id=unit.id)
    return scope
