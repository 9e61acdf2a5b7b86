"""Reads of the unit tree."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.units.models import Unit


def with_units_below(session: Session, unit_ids: frozenset[int]) -> frozenset[int]:
    """Return `unit_ids` and the ids of every unit below them."""
    if not unit_ids:
        return unit_ids
    tree = select(Unit.id).where(Unit.id.in_(unit_ids)).cte("below", recursive=True)
    tree = tree.union(select(Unit.id).join(tree, Unit.parent_id == tree.c.id))
    return frozenset(session.scalars(select(tree.c.id)))
