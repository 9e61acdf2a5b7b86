"""Acts on remediation forms and on the officers who answer for criteria."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker import history
from tracker.criteria.models import Criterion
from tracker.criteria.rules import RuleKind, check_points, plain
from tracker.errors import N_, BadInput, EditedByAnother, NotAllowed, RuleViolation
from tracker.evidence.models import Evidence
from tracker.people.models import Person
from tracker.people.queries import officers_of
from tracker.permissions import Actor, Permission, Scope, require, scope_of
from tracker.scores.access import may_remedy, may_vouch
from tracker.scores.models import CriterionOwner, Remedy, RemedyProgress, Score
from tracker.scores.rules import CauseClass, Confidence, lost_points
from tracker.tasks.models import Task
from tracker.tasks.queries import open_
from tracker.tasks.queries import visible_to as visible_tasks
from tracker.units.models import Unit
from tracker.units.queries import with_units_below
from tracker.workdays import office_day

FILL_IN = N_("Fill in this field.")


@dataclass(frozen=True)
class RemedyData:
    """What a remediation form says."""

    cause_class: CauseClass
    solution: str
    owner_unit_id: int
    due_on: date | None
    expected_points: Decimal | None
    cause: str = ""
    officer_id: int | None = None
    confidence: Confidence | None = None
    evidence_needed: str = ""
    task_ids: tuple[int, ...] = ()


def lost_on(score: Score) -> Decimal | None:
    """Return the points lost on a score; None while there is no final score."""
    return lost_points(
        score.criterion.max_points,
        score.final_score,
        not_applicable=score.not_applicable,
        kind=score.criterion.rule_kind,
    )


def save_remedy(
    session: Session, score: Score, data: RemedyData, *, edition: int, by: Actor, at: datetime
) -> Remedy:
    """Write the remediation form of `score`; `edition` is that of the form in hand, 0 for none.

    EditedByAnother: somebody else wrote first; both texts come back. RuleViolation: no points are
    lost here. BadInput names the field.
    """
    if not may_remedy(session, by, score):
        raise NotAllowed
    lost = lost_on(score)
    if not lost:
        raise RuleViolation(
            N_("No points are lost on this criterion, so there is nothing to mend.")
        )
    remedy = score.remedy
    if remedy is not None and remedy.edition != edition:
        raise EditedByAnother(theirs=remedy.solution, yours=data.solution)
    _check(session, score, data, lost, by=by, at=at)
    tasks = _tasks(session, remedy, data, by=by)
    saved = remedy or Remedy(score=score, edition=0)
    saved.cause_class, saved.cause = data.cause_class, data.cause.strip()
    saved.solution, saved.evidence_needed = data.solution.strip(), data.evidence_needed.strip()
    saved.owner_unit_id, saved.officer_id = data.owner_unit_id, data.officer_id
    saved.due_on, saved.confidence = data.due_on, data.confidence
    saved.expected_points = data.expected_points or Decimal(0)
    saved.tasks = tasks
    saved.edition += 1
    session.add(saved)
    session.flush()
    act = "remedy.edit" if remedy else "remedy.open"
    history.record(session, act, saved, by=by, at=at, label=score.criterion.code)
    return saved


def report_remedy(
    session: Session,
    score: Score,
    *,
    text: str,
    percent: int | None,
    by: Actor,
    at: datetime,
    evidence: Sequence[Evidence] = (),
) -> RemedyProgress:
    """Note progress on a remediation form, with evidence. `percent` None: as before."""
    remedy = _remedy(session, score, by=by)
    if not text.strip():
        raise BadInput(FILL_IN, field="text")
    percent = remedy.percent if percent is None else percent
    if not 0 <= percent <= 100:
        raise BadInput(N_("A percentage lies between 0 and 100."), field="percent")
    progress = RemedyProgress(
        remedy=remedy,
        at=at,
        by_name=by.name,
        text=text.strip(),
        percent=percent,
        evidence=list(evidence),
    )
    remedy.percent = percent
    session.add(progress)
    session.flush()
    history.record(session, "remedy.report", progress, by=by, at=at, label=score.criterion.code)
    return progress


def mark_evidence(
    session: Session, score: Score, *, complete: bool, by: Actor, at: datetime
) -> Remedy:
    """Say that the evidence of a remedy is complete, or that it is not yet.

    RuleViolation: complete, but no progress record has a piece of evidence.
    """
    remedy = _remedy(session, score, by=by)
    if not may_vouch(by, score):
        raise NotAllowed
    if complete and not any(record.evidence for record in remedy.progress):
        raise RuleViolation(
            N_("No evidence is attached yet. Attach it to a progress record first.")
        )
    remedy.evidence_complete_on = office_day(at) if complete else None
    act = "remedy.evidence-complete" if complete else "remedy.evidence-missing"
    history.record(session, act, remedy, by=by, at=at, label=score.criterion.code)
    return remedy


def name_criterion_owner(
    session: Session,
    *,
    criterion_id: int,
    unit_id: int,
    person_id: int | None,
    by: Actor,
    at: datetime,
) -> CriterionOwner | None:
    """Name the officer who answers for a criterion in a unit; None takes the name away.

    BadInput: the person holds no post in the unit or below it. RuleViolation: a group.
    """
    if scope_of(by, Permission.REMEDY_WRITE) is Scope.OWN_TASKS:
        raise NotAllowed
    require(by, Permission.REMEDY_WRITE, unit_ids=frozenset({unit_id}))
    criterion = session.scalars(select(Criterion).where(Criterion.id == criterion_id)).one()
    if criterion.rule_kind is RuleKind.GROUP:
        raise RuleViolation(
            N_("%(code)s is the sum of its parts: name the officers of its parts."),
            code=criterion.code,
        )
    found = session.scalars(
        select(CriterionOwner).where(
            CriterionOwner.criterion_id == criterion_id, CriterionOwner.unit_id == unit_id
        )
    ).first()
    if person_id is None:
        if found is not None:
            history.record(session, "criterion-owner.remove", found, by=by, at=at)
            session.delete(found)
        return None
    if found is not None and found.person_id == person_id:
        return found
    _check_officer(session, person_id, {unit_id}, by=by, at=at)
    owner = found or CriterionOwner(criterion_id=criterion_id, unit_id=unit_id)
    owner.person_id = person_id
    session.add(owner)
    session.flush()
    history.record(session, "criterion-owner.name", owner, by=by, at=at, label=criterion.code)
    return owner


def owner_units(session: Session, score: Score, by: Actor) -> frozenset[int] | None:
    """Return the units that `by` may make answerable for a remedy; None: any.

    Everyone but the secretariat stays in the unit that lost the points, the units below it and
    those of the post.
    """
    if scope_of(by, Permission.REMEDY_WRITE) is Scope.EVERYWHERE:
        return None
    kept = {score.remedy.owner_unit_id} if score.remedy else set()
    return with_units_below(session, frozenset({score.unit_id})) | by.unit_ids | kept


def _remedy(session: Session, score: Score, *, by: Actor) -> Remedy:
    if not may_remedy(session, by, score):
        raise NotAllowed
    if score.remedy is None:
        raise RuleViolation(N_("There is no remediation form yet. Save it first."))
    return score.remedy


def _check(
    session: Session, score: Score, data: RemedyData, lost: Decimal, *, by: Actor, at: datetime
) -> None:
    if not data.solution.strip():
        raise BadInput(FILL_IN, field="solution")
    if data.due_on is None:
        raise BadInput(N_("Give the deadline of the remedy."), field="due_on")
    if data.expected_points is None:
        raise BadInput(N_("Give the points expected back, 0 if none."), field="expected_points")
    try:
        check_points(data.expected_points)
    except BadInput as error:
        raise BadInput(error.message, field="expected_points", **error.params) from error
    if data.expected_points > lost:
        raise BadInput(
            N_("No more can come back than was lost: %(lost)s points."),
            field="expected_points",
            lost=plain(lost),
        )
    units = owner_units(session, score, by)
    known = session.get(Unit, data.owner_unit_id) is not None
    if not known or (units is not None and data.owner_unit_id not in units):
        raise BadInput(N_("Choose a unit of the list."), field="owner_unit_id")
    kept = score.remedy.officer_id if score.remedy else None
    if data.officer_id is not None and data.officer_id != kept:
        _check_officer(session, data.officer_id, {data.owner_unit_id, score.unit_id}, by=by, at=at)


def _check_officer(
    session: Session, person_id: int, unit_ids: set[int], *, by: Actor, at: datetime
) -> None:
    units = with_units_below(session, frozenset(unit_ids))
    if person_id not in dict(officers_of(session, units, on=office_day(at))):
        person = session.get(Person, person_id)
        raise BadInput(
            N_("%(name)s holds no post in this unit."),
            field="officer_id",
            name=person.name if person else by.name,
        )


def _tasks(session: Session, remedy: Remedy | None, data: RemedyData, *, by: Actor) -> list[Task]:
    """Return the tasks to link: those linked already, and open ones that the actor may read.

    What is linked and not the actor's to read was never offered, and stays.
    """
    hidden = _hidden(session, remedy, by) if remedy else set()
    wanted = set(data.task_ids) | hidden
    kept = {task.id: task for task in remedy.tasks} if remedy else {}
    fresh = session.scalars(
        select(Task).where(Task.id.in_(wanted - set(kept)), open_(), visible_tasks(by))
    )
    found = kept | {task.id: task for task in fresh}
    if not wanted <= set(found):
        raise BadInput(N_("Choose open tasks of the list."), field="task_ids")
    return [found[task_id] for task_id in sorted(wanted)]


def _hidden(session: Session, remedy: Remedy, by: Actor) -> set[int]:
    linked = {task.id for task in remedy.tasks}
    readable = select(Task.id).where(Task.id.in_(linked), visible_tasks(by))
    return linked - set(session.scalars(readable))
