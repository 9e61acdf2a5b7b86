"""Reads of the trail: entries newest first, narrowed, and those of one object."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, and_, false, or_, select, true
from sqlalchemy.orm import Session

from tracker.history import HistoryEntry
from tracker.permissions import Actor, Permission, Scope, scope_of
from tracker.workdays import OFFICE_ZONE

SHARED = {
    "units": Permission.UNIT_READ,
    "calendar_days": Permission.CALENDAR_READ,
    "editions": Permission.CRITERIA_READ,
    "criteria": Permission.CRITERIA_READ,
    **dict.fromkeys(
        (
            "assessment_rounds",
            "round_closings",
            "scores",
            "index_results",
            "remedies",
            "remedy_progress",
            "criterion_owners",
            "indicators",
            "targets",
            "measurements",
        ),
        Permission.SCORE_READ,
    ),
}
"""Nouns that belong to no committee: whoever reads all of them reads what was done to them."""


@dataclass(frozen=True)
class Filters:
    """What the trail is narrowed to; `name` is a part of who acted, `act` how an act begins."""

    noun: str = ""
    object_id: int | None = None
    name: str = ""
    act: str = ""
    first: date | None = None
    last: date | None = None


def entries(
    session: Session, actor: Actor, filters: Filters, *, before: int | None, limit: int
) -> Sequence[HistoryEntry]:
    """Return entries that `actor` may read, newest first, older than the entry `before`."""
    query = select(HistoryEntry).where(_readable(actor))
    if filters.noun:
        query = query.where(HistoryEntry.noun == filters.noun)
    if filters.object_id is not None:
        query = query.where(HistoryEntry.object_id == filters.object_id)
    if filters.name:
        query = query.where(HistoryEntry.name.icontains(filters.name, autoescape=True))
    if filters.act:
        query = query.where(HistoryEntry.act.startswith(filters.act, autoescape=True))
    if filters.first:
        query = query.where(HistoryEntry.at >= _midnight(filters.first))
    if filters.last:
        query = query.where(HistoryEntry.at < _midnight(filters.last + timedelta(days=1)))
    if before is not None:
        query = query.where(HistoryEntry.id < before)
    return session.scalars(query.order_by(HistoryEntry.id.desc()).limit(limit)).all()


def _readable(actor: Actor) -> ColumnElement[bool]:
    match scope_of(actor, Permission.HISTORY_READ):
        case Scope.EVERYWHERE:
            return true()
        case Scope.OWN_COMMITTEES:
            shared = [
                noun
                for noun, permission in SHARED.items()
                if scope_of(actor, permission) is Scope.EVERYWHERE
            ]
            return or_(
                HistoryEntry.committee_id.in_(sorted(actor.committee_ids)),
                and_(HistoryEntry.committee_id.is_(None), HistoryEntry.noun.in_(shared)),
            )
        case _:
            return false()


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), OFFICE_ZONE)
