"""Reads of committees."""

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from tracker.committees.models import Committee
from tracker.permissions import Actor, Role


def committees_of(session: Session, actor: Actor) -> list[Committee]:
    """Return the committees of the actor's post, by code; an administrator's are all."""
    query = select(Committee).order_by(Committee.code)
    if actor.role is not Role.ADMIN:
        query = query.where(Committee.id.in_(actor.committee_ids))
    return list(session.scalars(query))


def all_committees(session: Session) -> list[Committee]:
    """Return every committee with its standing unit, acceptor and members, by code."""
    return list(
        session.scalars(
            select(Committee)
            .options(
                joinedload(Committee.unit),
                joinedload(Committee.acceptor),
                selectinload(Committee.members),
            )
            .order_by(Committee.code)
        )
    )


def committee_by_id(session: Session, committee_id: int) -> Committee:
    """Return a committee. NoResultFound: there is none."""
    return session.scalars(select(Committee).where(Committee.id == committee_id)).one()


def committee_by_code(session: Session, code: str) -> Committee | None:
    """Return the committee of that code, or None."""
    return session.scalars(select(Committee).where(Committee.code == code)).first()
