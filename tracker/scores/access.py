"""Who may read and write which results: asked before every look and every change."""

from sqlalchemy import ColumnElement, false, or_, select, true
from sqlalchemy.orm import Session, joinedload, selectinload

from tracker.criteria.models import Criterion
from tracker.permissions import Actor, Permission, Scope, may, require, scope_of
from tracker.scores.models import CriterionOwner, Remedy, RemedyProgress, Score
from tracker.scores.rounds import COLUMNS, ROUND_OF, Round

SELF_COLUMNS = frozenset({*COLUMNS[Round.SELF], *COLUMNS[Round.ADDITIONS]})
APPRAISED_COLUMNS = frozenset({*COLUMNS[Round.APPRAISAL_1], *COLUMNS[Round.APPRAISAL_2]})
ALL_COLUMNS = frozenset(ROUND_OF)


def readable_units(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that `actor` may read all results of a score's unit."""
    match scope_of(actor, Permission.SCORE_READ):
        case Scope.EVERYWHERE:
            return true()
        case Scope.OWN_UNITS:
            return Score.unit_id.in_(actor.unit_ids)
        case _:
            return false()


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that `actor` may read a score.

    Beside the unit's own people: the unit that owns the remedy, the officer named for the remedy
    or for the criterion.
    """
    if scope_of(actor, Permission.SCORE_READ) is None:
        return false()
    given = [readable_units(actor)]
    if scope_of(actor, Permission.SCORE_READ) is Scope.OWN_UNITS:
        owned = select(Remedy.score_id).where(Remedy.owner_unit_id.in_(actor.unit_ids))
        owned = owned.correlate(None)  # the query around it may join remedies too
        given.append(Score.id.in_(owned))
    if actor.person_id is not None:
        named = select(Remedy.score_id).where(Remedy.officer_id == actor.person_id)
        named = named.correlate(None)
        owner = (
            select(CriterionOwner.id)
            .where(
                CriterionOwner.criterion_id == Score.criterion_id,
                CriterionOwner.unit_id == Score.unit_id,
                CriterionOwner.person_id == actor.person_id,
            )
            .correlate(Score)
        )
        given += [Score.id.in_(named), owner.exists()]
    return or_(*given)


def score_of(session: Session, score_id: int, actor: Actor, *, lock: bool = False) -> Score:
    """Return a score that `actor` may read, with its remedy. NoResultFound: there is none."""
    found = (
        select(Score)
        .where(Score.id == score_id, visible_to(actor))
        .options(
            joinedload(Score.unit),
            joinedload(Score.criterion).joinedload(Criterion.edition),
            joinedload(Score.remedy).options(
                joinedload(Remedy.officer),
                joinedload(Remedy.owner_unit),
                selectinload(Remedy.tasks),
                selectinload(Remedy.progress).selectinload(RemedyProgress.evidence),
            ),
        )
    )
    return session.scalars(found.with_for_update(of=Score) if lock else found).unique().one()


def may_read_unit(actor: Actor, unit_id: int) -> bool:
    """Tell whether `actor` may read all results of a unit."""
    return may(actor, Permission.SCORE_READ, unit_ids=frozenset({unit_id}))


def require_unit(actor: Actor, unit_id: int) -> None:
    """Raise NotAllowed unless `actor` may read all results of a unit."""
    require(actor, Permission.SCORE_READ, unit_ids=frozenset({unit_id}))


def open_columns(actor: Actor, unit_id: int) -> frozenset[str]:
    """Return the columns of a unit's scores that `actor` may write."""
    units = frozenset({unit_id})
    if may(actor, Permission.SCORE_ENTER, unit_ids=units):
        return ALL_COLUMNS
    columns: frozenset[str] = frozenset()
    if may(actor, Permission.SCORE_SELF, unit_ids=units):
        columns |= SELF_COLUMNS
    if may(actor, Permission.SCORE_APPRAISE, unit_ids=units):
        columns |= APPRAISED_COLUMNS
    return columns


def may_remedy(session: Session, actor: Actor, score: Score) -> bool:
    """Tell whether `actor` may write the remediation form of `score`.

    The secretariat, the head or focal point of the unit that lost the points or that owns the
    remedy, the officer named for the remedy or for the criterion.
    """
    units = {score.unit_id}
    persons = set(
        session.scalars(
            select(CriterionOwner.person_id).where(
                CriterionOwner.criterion_id == score.criterion_id,
                CriterionOwner.unit_id == score.unit_id,
            )
        )
    )
    if score.remedy is not None:
        units.add(score.remedy.owner_unit_id)
        if score.remedy.officer_id is not None:
            persons.add(score.remedy.officer_id)
    return may(
        actor,
        Permission.REMEDY_WRITE,
        unit_ids=frozenset(units),
        person_ids=frozenset(persons),
    )


def may_vouch(actor: Actor, score: Score) -> bool:
    """Tell whether `actor` may say that the evidence is complete: no officer does for the unit."""
    units = {score.unit_id}
    if score.remedy is not None:
        units.add(score.remedy.owner_unit_id)
    return may(actor, Permission.REMEDY_WRITE, unit_ids=frozenset(units))
