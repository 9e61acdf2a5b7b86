"""Acts on ladders: save one, switch it on, drop it; planning tries it once before it holds."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker import history
from tracker.committees.models import Committee
from tracker.errors import N_, RuleViolation
from tracker.permissions import Actor, Permission, Role, Way, require
from tracker.reminders.ladder_queries import ladders_in_force, newest_version, versions_to_try
from tracker.reminders.ladders import DEFAULTS, Ladder, LadderKind, check_ladder, to_text
from tracker.reminders.models import LadderVersion
from tracker.reminders.planning import planned_rows
from tracker.workdays import WorkCalendar

MACHINE = Actor(person_id=None, name="tracker", role=Role.ADMIN, way=Way.MACHINE)


def save_ladder(
    session: Session,
    committee_id: int,
    kind: LadderKind,
    ladder: Ladder,
    *,
    by: Actor,
    at: datetime,
) -> LadderVersion:
    """Save a ladder of a committee; it reminds nobody before it is switched on.

    Saving again what waits replaces it. NotAllowed: not the committee's. BadInput: see
    `ladders.check_ladder`. RuleViolation: it is what holds already.
    """
    require(by, Permission.LADDER_MANAGE, committee_id=committee_id)
    text = to_text(check_ladder(ladder))
    newest = newest_version(session, committee_id, kind)
    if text == (newest.steps if newest else to_text(DEFAULTS[kind])):
        raise RuleViolation(N_("Nothing has changed: these steps are in force or waiting already."))
    if newest is not None and newest.tried_on is None:
        newest.dropped_at = at
        history.record(session, "ladder.drop", newest, by=by, at=at, committee_id=committee_id)
    version = LadderVersion(
        committee=session.get_one(Committee, committee_id),
        kind=kind,
        steps=text,
        saved_at=at,
        saved_by=by.name,
    )
    session.add(version)
    session.flush()
    history.record(
        session,
        "ladder.save",
        version,
        by=by,
        at=at,
        committee_id=committee_id,
        label=kind.value,
    )
    return version


def switch_on(session: Session, version_id: int, *, by: Actor, at: datetime) -> LadderVersion:
    """Let a saved ladder be tried by the next run of planning and hold from the one after.

    NotAllowed: not the committee's. RuleViolation: it was switched on or replaced before.
    """
    version = _waiting(session, version_id, by=by)
    version.switched_on_at = at
    _record(session, "ladder.switch-on", version, by=by, at=at)
    return version


def drop_ladder(session: Session, version_id: int, *, by: Actor, at: datetime) -> LadderVersion:
    """Throw away a saved ladder that does not hold yet; see `switch_on` for the refusals."""
    version = _waiting(session, version_id, by=by)
    version.dropped_at = at
    _record(session, "ladder.drop", version, by=by, at=at)
    return version


def try_ladders(session: Session, *, as_of: date, at: datetime, calendar: WorkCalendar) -> None:
    """Try the ladders that were switched on, sending nothing; note what they would have owed."""
    for version in versions_to_try(session):
        rows = planned_rows(
            session,
            as_of=as_of,
            calendar=calendar,
            book=ladders_in_force(session, as_of=as_of).with_versions([version]),
            committee_ids=frozenset({version.committee_id}),
        )
        owed = [row for row in rows if row.owed and row.matter.kind is version.kind]
        version.tried_on = as_of
        version.tried_rows = len(owed)
        version.tried_people = len({row.recipient.address for row in owed})
        _record(session, "ladder.try", version, by=MACHINE, at=at)


def _waiting(session: Session, version_id: int, *, by: Actor) -> LadderVersion:
    version = session.scalars(
        select(LadderVersion).where(LadderVersion.id == version_id).with_for_update()
    ).one()
    require(by, Permission.LADDER_MANAGE, committee_id=version.committee_id)
    if version.switched_on_at is not None or version.dropped_at is not None:
        raise RuleViolation(N_("These steps were switched on or replaced before."))
    return version


def _record(session: Session, act: str, version: LadderVersion, *, by: Actor, at: datetime) -> None:
    history.record(
        session,
        act,
        version,
        by=by,
        at=at,
        committee_id=version.committee_id,
        label=version.kind.value,
    )
