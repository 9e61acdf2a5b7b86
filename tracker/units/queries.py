"""Reads of the unit tree."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, selectinload

from tracker.extraction.directory import DirectoryUnit, UnitDirectory
from tracker.folding import alphabetical, fold
from tracker.units.models import Unit
from tracker.units.rules import UnitKind, is_valid_on


def with_units_below(session: Session, unit_ids: frozenset[int]) -> frozenset[int]:
    """Return `unit_ids` and the ids of every unit below them."""
    if not unit_ids:
        return unit_ids
    tree = select(Unit.id).where(Unit.id.in_(unit_ids)).cte("below", recursive=True)
    tree = tree.union(select(Unit.id).join(tree, Unit.parent_id == tree.c.id))
    return frozenset(session.scalars(select(tree.c.id)))


def valid_on(day: date) -> ColumnElement[bool]:
    """Return the condition that a unit exists on `day`."""
    return and_(
        or_(Unit.valid_from.is_(None), Unit.valid_from <= day),
        or_(Unit.valid_to.is_(None), Unit.valid_to >= day),
    )


def unit_directory(session: Session, on: date) -> UnitDirectory:
    """Return all units, ended ones too, as the reader of a notice of the day `on` looks them up."""
    units = session.scalars(select(Unit).options(selectinload(Unit.aliases)).order_by(Unit.code))
    return UnitDirectory(
        tuple(
            DirectoryUnit(
                code=unit.code,
                name=unit.name,
                short_name=unit.short_name,
                aliases=tuple(alias.alias for alias in unit.aliases),
                kind=unit.kind.value,
                valid_from=unit.valid_from,
                valid_to=unit.valid_to,
            )
            for unit in units
        ),
        on=on,
    )


def unit_choices(session: Session, on: date) -> list[tuple[int, str]]:
    """Return (id, name) of the units that exist on `on`, by name, for a choice."""
    rows = session.execute(select(Unit.id, Unit.name).where(valid_on(on)))
    choices = [(unit_id, name) for unit_id, name in rows]
    return sorted(choices, key=lambda choice: alphabetical(choice[1]))


@dataclass(frozen=True)
class TreeRow:
    """One unit of the list: how deep it lies, and whether it exists on the asked day."""

    unit: Unit
    depth: int
    exists: bool


def unit_tree(
    session: Session,
    on: date,
    *,
    words: str = "",
    kind: UnitKind | None = None,
    retired: bool = False,
) -> list[TreeRow]:
    """Return units in the order of the tree, each after its parent.

    `words` is looked for without accents in code, names and aliases; `retired` adds those that do
    not exist on `on`. With `words` or `kind`, only what was found, undented.
    """
    units = sorted(
        session.scalars(select(Unit)), key=lambda unit: (alphabetical(unit.name), unit.code)
    )
    wanted = fold(words)
    narrowed = bool(wanted) or kind is not None
    children: dict[int | None, list[Unit]] = {}
    for unit in units:
        children.setdefault(unit.parent_id, []).append(unit)
    rows: list[TreeRow] = []
    stack = [(unit, 0) for unit in reversed(children.get(None, []))]
    while stack:
        unit, depth = stack.pop()
        exists = is_valid_on(unit.valid_from, unit.valid_to, on)
        shown = (retired or exists) and wanted in unit.folded and kind in {None, unit.kind}
        if shown:
            rows.append(TreeRow(unit, 0 if narrowed else depth, exists))
        stack.extend((below, depth + 1) for below in reversed(children.get(unit.id, [])))
    return rows


def unit_by_id(session: Session, unit_id: int) -> Unit:
    """Return a unit with its aliases. NoResultFound: there is none."""
    return session.scalars(
        select(Unit).where(Unit.id == unit_id).options(selectinload(Unit.aliases))
    ).one()


def units_by_code(session: Session, codes: Iterable[str] | None = None) -> dict[str, Unit]:
    """Return code → unit with its aliases, of `codes` or of all."""
    query = select(Unit).options(selectinload(Unit.aliases)).order_by(Unit.code)
    if codes is not None:
        query = query.where(Unit.code.in_(list(codes)))
    return {unit.code: unit for unit in session.scalars(query)}
