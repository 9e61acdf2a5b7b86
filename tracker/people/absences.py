"""Who is away, from when to when, and who stands in; reminders follow it."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from tracker import history
from tracker.errors import N_, BadInput
from tracker.people.models import Absence, Person, Post
from tracker.people.queries import serving
from tracker.permissions import Actor, Permission, Scope, require, scope_of


def note_absence(
    session: Session,
    person_id: int,
    *,
    first_on: date,
    last_on: date,
    substitute_id: int | None,
    reason: str = "",
    by: Actor,
    at: datetime,
) -> Absence:
    """Note that a person is away from the first to the last day, both included.

    NotAllowed: the person holds no post in the actor's units. BadInput: the days run backwards, a
    person stands in for themselves.
    """
    _require_over(session, person_id, by=by, on=first_on)
    if last_on < first_on:
        raise BadInput(N_("The last day lies before the first day."), field="last_on")
    if substitute_id == person_id:
        raise BadInput(N_("Choose somebody else to stand in."), field="substitute_id")
    if substitute_id is not None and session.get(Person, substitute_id) is None:
        raise BadInput(N_("There is no such person."), field="substitute_id")
    absence = Absence(
        person_id=person_id,
        first_on=first_on,
        last_on=last_on,
        substitute_id=substitute_id,
        reason=reason.strip(),
        noted_by=by.name,
    )
    session.add(absence)
    session.flush()
    history.record(session, "absence.note", absence, by=by, at=at, label=_name(session, person_id))
    return absence


def cancel_absence(session: Session, absence_id: int, *, by: Actor, at: datetime) -> Absence:
    """Take an absence back; saying it twice changes nothing. NotAllowed: see `note_absence`."""
    absence = session.get_one(Absence, absence_id)
    _require_over(session, absence.person_id, by=by, on=absence.first_on)
    if absence.cancelled_at is None:
        absence.cancelled_at = at
        label = _name(session, absence.person_id)
        history.record(session, "absence.cancel", absence, by=by, at=at, label=label)
    return absence


def absences(session: Session, actor: Actor, *, today: date) -> list[Absence]:
    """Return the absences that last or are to come, of those whom `actor` looks after."""
    return list(
        session.scalars(
            select(Absence)
            .where(
                Absence.last_on >= today,
                Absence.cancelled_at.is_(None),
                Absence.person_id.in_([person_id for person_id, _ in looked_after(session, actor)]),
            )
            .options(joinedload(Absence.person), joinedload(Absence.substitute))
            .order_by(Absence.first_on, Absence.id)
        )
    )


def looked_after(session: Session, actor: Actor) -> list[tuple[int, str]]:
    """Return (id, name) of those whose absence `actor` may note, by name."""
    query = select(Person.id, Person.name).where(Person.left_on.is_(None))
    if scope_of(actor, Permission.ABSENCE_NOTE) is Scope.OWN_UNITS:
        held = select(Post.person_id).where(Post.unit_id.in_(actor.unit_ids))
        query = query.where(Person.id.in_(held))
    rows = session.execute(query.order_by(Person.name, Person.id))
    return [(person_id, name) for person_id, name in rows]


def _require_over(session: Session, person_id: int, *, by: Actor, on: date) -> None:
    posts = session.scalars(
        select(Post.unit_id).where(
            Post.person_id == person_id, serving(on), Post.unit_id.is_not(None)
        )
    )
    units = frozenset(unit_id for unit_id in posts if unit_id is not None)
    require(by, Permission.ABSENCE_NOTE, unit_ids=units)


def _name(session: Session, person_id: int) -> str:
    return session.get_one(Person, person_id).name
