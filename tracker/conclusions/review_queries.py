"""Reads of a notice under review."""

from dataclasses import dataclass

from sqlalchemy import false, select
from sqlalchemy.orm import Session, joinedload, selectinload

from tracker.conclusions.models import (
    Clause,
    Meeting,
    Notice,
    Proposal,
)
from tracker.permissions import Actor, Permission, Scope, scope_of
from tracker.units.models import Unit


def notice_for_review(
    session: Session, actor: Actor, notice_id: int, *, lock: bool = False
) -> Notice:
    """Return a notice with its clauses, proposals and their units, for who may record.

    `lock` keeps other writers waiting until the transaction ends: whoever means to change it asks.
    NoResultFound: none whose record `actor` keeps.
    """
    may_record = (
        Notice.committee_id.in_(actor.committee_ids)
        if scope_of(actor, Permission.CONCLUSION_RECORD) is Scope.OWN_COMMITTEES
        else false()
    )
    found = (
        select(Notice)
        .where(Notice.id == notice_id, may_record)
        .options(
            joinedload(Notice.committee),
            joinedload(Notice.meeting).selectinload(Meeting.participants),
            selectinload(Notice.clauses)
            .selectinload(Clause.proposals)
            .selectinload(Proposal.units),
        )
    )
    return session.scalars(found.with_for_update(of=Notice) if lock else found).one()


@dataclass(frozen=True)
class UnitName:
    """A unit as choices and lists show it."""

    id: int
    code: str
    name: str
    short_name: str
    kind: str


def unit_names(session: Session) -> dict[int, UnitName]:
    """Return id → names of every unit, in one light query."""
    rows = session.execute(
        select(Unit.id, Unit.code, Unit.name, Unit.short_name, Unit.kind).order_by(Unit.name)
    )
    return {
        unit_id: UnitName(unit_id, code, name, short, kind.value)
        for unit_id, code, name, short, kind in rows
    }
