"""Acts on the unit tree."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker import history
from tracker.errors import N_, BadInput
from tracker.folding import fold, settle
from tracker.permissions import Actor, Permission, require
from tracker.units.models import Unit, UnitAlias
from tracker.units.queries import unit_by_id
from tracker.units.rules import (
    NAME_BREAK,
    UnitKind,
    check_code,
    check_length,
    check_mail,
    check_validity,
    closes_circle,
    folded_names,
    one_alias_each,
)

NAME_LIMIT, SHORT_LIMIT, PHONE_LIMIT, HEAD_LIMIT = 300, 100, 40, 200


@dataclass(frozen=True)
class UnitData:
    """What a unit is said to be. A blank short name means the name."""

    code: str
    name: str
    short_name: str = ""
    kind: UnitKind = UnitKind.OTHER
    parent_id: int | None = None
    email: str = ""
    phone: str = ""
    head_name: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    aliases: tuple[str, ...] = ()
    hand_in_by_head_only: bool = False
    hand_in_needs_document: bool = False


def save_unit(
    session: Session, unit_id: int | None, data: UnitData, *, by: Actor, at: datetime
) -> Unit:
    """Add a unit, or change the one of `unit_id`; nothing is recorded when it is equal.

    BadInput names the field that cannot be: a code taken, a parent below the unit itself.
    NoResultFound: no such unit.
    """
    require(by, Permission.UNIT_MANAGE)
    check_unit(data)
    taken = session.scalar(select(Unit.id).where(Unit.code == data.code))
    if taken is not None and taken != unit_id:
        raise BadInput(
            N_("The code “%(code)s” belongs to another unit."), field="code", code=data.code
        )
    pairs = session.execute(select(Unit.id, Unit.parent_id)).all()
    parents: dict[int, int | None] = {child: parent for child, parent in pairs}  # noqa: C416
    if data.parent_id is not None and data.parent_id not in parents:
        raise BadInput(N_("There is no such unit."), field="parent_id")
    if unit_id is not None and closes_circle(parents | {unit_id: data.parent_id}, unit_id):
        raise BadInput(N_("A unit cannot lie below itself."), field="parent_id")
    unit = unit_by_id(session, unit_id) if unit_id is not None else Unit(aliases=[])
    write_unit(session, unit, data, by=by, at=at)
    return unit


def add_alias(session: Session, unit_id: int, alias: str, *, by: Actor, at: datetime) -> Unit:
    """Let documents address a unit by a further name; a name that it has already changes nothing.

    BadInput: no name, one too long, or the name of another unit. NoResultFound: no such unit.
    """
    require(by, Permission.UNIT_MANAGE)
    name = " ".join(alias.split())
    if not name:
        raise BadInput(N_("Write the name under which documents address the unit."), field="alias")
    check_length(name, NAME_LIMIT, field="alias")
    unit = unit_by_id(session, unit_id)
    known = (unit.name, unit.short_name, *(other.alias for other in unit.aliases))
    if settle(name) in {settle(other) for other in known}:
        return unit
    others = session.scalars(
        select(Unit).where(Unit.folded.contains(fold(name), autoescape=True), Unit.id != unit_id)
    )
    other = next((unit for unit in others if fold(name) in unit.folded.split(NAME_BREAK)), None)
    if other is not None:
        raise BadInput(
            N_("“%(alias)s” is already a name of %(unit)s."),
            field="alias",
            alias=name,
            unit=other.name,
        )
    unit.aliases.append(UnitAlias(alias=name, folded=fold(name)[:NAME_LIMIT]))
    unit.folded = NAME_BREAK.join((unit.folded, fold(name)))
    session.flush()
    history.record(
        session, "unit.add-alias", unit, by=by, at=at, before={}, after={"aliases": [name]}
    )
    return unit


def write_unit(session: Session, unit: Unit, data: UnitData, *, by: Actor, at: datetime) -> bool:
    """Put checked `data` into a new or known unit and record it; return whether it differs."""
    new = unit.id is None
    before = {} if new else snapshot(unit)
    _fill(unit, data)
    if new:
        session.add(unit)
        session.flush()
    after = snapshot(unit)
    changed = [key for key, value in after.items() if new or before[key] != value]
    if changed:
        history.record(
            session,
            "unit.add" if new else "unit.change",
            unit,
            by=by,
            at=at,
            before={key: before[key] for key in changed} if not new else {},
            after={key: after[key] for key in changed},
        )
    return bool(changed)


def check_unit(data: UnitData) -> None:
    """Refuse what cannot be said of a unit. BadInput names the field."""
    check_code(data.code)
    if not data.name:
        raise BadInput(N_("A unit needs a name."), field="name")
    for field, limit in (
        ("name", NAME_LIMIT),
        ("short_name", SHORT_LIMIT),
        ("phone", PHONE_LIMIT),
        ("head_name", HEAD_LIMIT),
    ):
        check_length(getattr(data, field), limit, field=field)
    for alias in data.aliases:
        check_length(alias, NAME_LIMIT, field="aliases")
    if data.email:
        check_mail(data.email)
    check_validity(data.valid_from, data.valid_to)


def snapshot(unit: Unit) -> dict[str, Any]:
    """Return what a unit is said to be, with its aliases, for comparison and history."""
    columns = (
        "code name short_name kind parent_id email phone head_name valid_from valid_to"
        " hand_in_by_head_only hand_in_needs_document"
    )
    said = {name: getattr(unit, name) for name in columns.split()}
    return {**said, "aliases": [alias.alias for alias in unit.aliases]}


def _fill(unit: Unit, data: UnitData) -> None:
    short = data.short_name or data.name[:SHORT_LIMIT]
    aliases = one_alias_each(data.aliases, data.name, short)
    unit.code, unit.name, unit.short_name, unit.kind = data.code, data.name, short, data.kind
    unit.parent_id, unit.email, unit.phone = data.parent_id, data.email, data.phone
    unit.head_name, unit.valid_from, unit.valid_to = data.head_name, data.valid_from, data.valid_to
    unit.hand_in_by_head_only = data.hand_in_by_head_only
    unit.hand_in_needs_document = data.hand_in_needs_document
    unit.folded = folded_names(data.code, data.name, short, aliases)
    known = {alias.alias: alias for alias in unit.aliases}
    if tuple(known) != aliases:
        unit.aliases = [
            known.get(alias) or UnitAlias(alias=alias, folded=fold(alias)[:300])
            for alias in aliases
        ]
