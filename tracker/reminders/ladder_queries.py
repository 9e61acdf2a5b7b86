"""Reads of ladders: which one holds where, and which are about to."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from tracker.permissions import Actor, Permission, Role, may_anywhere
from tracker.reminders.ladders import DEFAULTS, Ladder, LadderKind, from_text, to_text
from tracker.reminders.models import LadderVersion
from tracker.workdays import WorkCalendar


@dataclass(frozen=True)
class LadderBook:
    """The ladders in force: a committee's own, else the default."""

    own: Mapping[tuple[int, LadderKind], Ladder] = field(default_factory=dict)

    def of(self, committee_id: int | None, kind: LadderKind) -> Ladder:
        """Return the ladder of `kind` that holds in a committee (None: in no committee)."""
        if committee_id is None:
            return DEFAULTS[kind]
        return self.own.get((committee_id, kind), DEFAULTS[kind])

    def in_use(self, kind: LadderKind) -> set[Ladder]:
        """Return every ladder of `kind` that holds somewhere."""
        return {DEFAULTS[kind]} | {
            ladder for (_, of_kind), ladder in self.own.items() if of_kind is kind
        }

    def with_versions(self, versions: list[LadderVersion]) -> "LadderBook":
        """Return the book as it will be when `versions` are in force."""
        changed = {(one.committee_id, one.kind): from_text(one.steps) for one in versions}
        return replace(self, own={**self.own, **changed})

    def fingerprint(self, calendar: WorkCalendar) -> str:
        """Return a digest that changes when a ladder or the calendar does."""
        said = [
            *sorted(f"{kind.value} {to_text(ladder)}" for kind, ladder in DEFAULTS.items()),
            *sorted(f"{key[0]} {key[1].value} {to_text(own)}" for key, own in self.own.items()),
            *sorted(map(str, calendar.rest_weekdays)),
            *sorted(f"{day} {works}" for day, works in calendar.exceptions.items()),
        ]
        return hashlib.sha256("\n".join(said).encode()).hexdigest()


def ladders_in_force(session: Session, *, as_of: date) -> LadderBook:
    """Return the ladders that hold on a day: the last version of each that was tried before it."""
    rows = session.execute(
        select(LadderVersion.committee_id, LadderVersion.kind, LadderVersion.steps)
        .where(LadderVersion.tried_on < as_of)
        .order_by(LadderVersion.id)
    )
    return LadderBook(
        {(committee_id, kind): from_text(steps) for committee_id, kind, steps in rows}
    )


def versions_to_try(session: Session) -> list[LadderVersion]:
    """Return the versions that were switched on and not yet tried, the oldest first."""
    return list(
        session.scalars(
            select(LadderVersion)
            .where(
                LadderVersion.switched_on_at.is_not(None),
                LadderVersion.tried_on.is_(None),
                LadderVersion.dropped_at.is_(None),
            )
            .order_by(LadderVersion.id)
        )
    )


def newest_version(session: Session, committee_id: int, kind: LadderKind) -> LadderVersion | None:
    """Return the last saved version of a committee's ladder that was not dropped, or None."""
    return session.scalars(
        select(LadderVersion)
        .where(
            LadderVersion.committee_id == committee_id,
            LadderVersion.kind == kind,
            LadderVersion.dropped_at.is_(None),
        )
        .order_by(LadderVersion.id.desc())
        .limit(1)
    ).first()


def ladder_version(session: Session, actor: Actor, version_id: int) -> LadderVersion:
    """Return a version that `actor` may decide on. NoResultFound: there is none."""
    query = (
        select(LadderVersion)
        .where(LadderVersion.id == version_id)
        .options(joinedload(LadderVersion.committee))
    )
    if actor.role is not Role.ADMIN:
        query = query.where(LadderVersion.committee_id.in_(actor.committee_ids))
    return session.scalars(query).one()


def waiting_versions(session: Session, actor: Actor) -> int:
    """Return how many saved ladders of the actor's committees wait to be switched on."""
    if not may_anywhere(actor, Permission.LADDER_MANAGE):
        return 0
    newest = (
        select(func.max(LadderVersion.id))
        .where(LadderVersion.dropped_at.is_(None))
        .group_by(LadderVersion.committee_id, LadderVersion.kind)
    )
    found = session.scalar(
        select(func.count())
        .select_from(LadderVersion)
        .where(
            LadderVersion.id.in_(newest),
            LadderVersion.switched_on_at.is_(None),
            LadderVersion.committee_id.in_(actor.committee_ids),
        )
    )
    return found or 0
