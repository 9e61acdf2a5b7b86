"""Reads of single results: one line for each leaf criterion of a unit, and the lists of them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    case,
    false,
    func,
    null,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.orm import Session, aliased

from tracker.criteria.models import Criterion
from tracker.criteria.rules import RuleKind
from tracker.db import Points
from tracker.people.models import Person
from tracker.permissions import Actor
from tracker.scores.access import visible_to
from tracker.scores.models import CriterionOwner, Remedy, RemedyProgress, Score, remedy_tasks
from tracker.scores.rules import Standing, counted_maximum, counted_value, lost_points, standing_of
from tracker.tasks.models import Task
from tracker.tasks.queries import open_, overdue
from tracker.units.models import Unit

ZERO = Decimal(0)
Officer, Owner, OwnerUnit = aliased(Person), aliased(Person), aliased(Unit)


class Show(StrEnum):
    """Which lines a list holds."""

    LOST = "lost"
    COVERED = "covered"
    COMPLETE = "complete"
    GOING = "going"
    RISK = "risk"
    BARE = "bare"
    OPEN = "open"
    NO_OWNER = "no-owner"
    UNSCORED = "unscored"


@dataclass(frozen=True)
class Line:
    """One leaf criterion of one unit: the score, what is lost, and how its remedy stands.

    `covered` is what the remedy is expected to bring back, never more than is lost.
    """

    score_id: int | None
    unit_id: int | None
    unit_name: str
    criterion_id: int
    code: str
    name: str
    kind: RuleKind
    max_points: Decimal
    final: Decimal | None
    not_applicable: bool
    standing: Standing
    has_remedy: bool
    expected: Decimal
    due_on: date | None
    percent: int
    officer: str
    owner_unit: str
    owner_id: int | None
    owner: str
    self_score: Decimal | None

    @property
    def maximum(self) -> Decimal:
        """What the leaf adds to the unit's own maximum."""
        return counted_maximum(self.max_points, self.kind, not_applicable=self.not_applicable)

    @property
    def value(self) -> Decimal:
        """What the leaf adds to the unit's value."""
        return counted_value(self.final, self.kind, not_applicable=self.not_applicable)

    @property
    def scored(self) -> bool:
        """Tell whether the leaf has its final score, or needs none."""
        return self.not_applicable or self.final is not None

    @property
    def lost(self) -> Decimal:
        """What is lost; 0 while there is no final score."""
        found = lost_points(
            self.max_points, self.final, not_applicable=self.not_applicable, kind=self.kind
        )
        return found or ZERO

    @property
    def covered(self) -> Decimal:
        """What the remedy is expected to bring back."""
        return min(self.expected, self.lost) if self.has_remedy else ZERO

    @property
    def open(self) -> Decimal:
        """What no remedy covers."""
        return self.lost - self.covered

    def part(self, standing: Standing) -> Decimal:
        """Return the points of this line that stand so."""
        if standing is Standing.OPEN:
            return self.open
        return self.covered if self.standing is standing else ZERO


def lost_in_sql() -> ColumnElement[Decimal | None]:
    """Return the points lost on a joined Score and Criterion, as `rules.lost_points` says."""
    found = case(
        (or_(Score.not_applicable, Criterion.rule_kind == RuleKind.BONUS), 0),
        (Score.final_score.is_(None), null()),
        (Criterion.rule_kind == RuleKind.PENALTY, type_coerce(Score.final_score, Points.impl)),
        else_=type_coerce(Criterion.max_points, Points.impl)
        - type_coerce(Score.final_score, Points.impl),
    )
    return type_coerce(found, Points)


def covered_in_sql() -> ColumnElement[Decimal | None]:
    """Return what the joined Remedy covers of the points lost; NULL without a remedy."""
    lost = lost_in_sql()
    found = case(
        (Remedy.id.is_(None), null()),
        (Remedy.expected_points < lost, Remedy.expected_points),
        else_=lost,
    )
    return type_coerce(found, Points)


def has_task(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return the condition that a task linked to the joined Remedy meets `condition`.

    Only tasks led by its owner or by the unit of the joined Score: what other units owe does not
    speak for these points.
    """
    return (
        select(remedy_tasks.c.task_id)
        .join(Task, Task.id == remedy_tasks.c.task_id)
        .where(
            remedy_tasks.c.remedy_id == Remedy.id,
            or_(Task.lead_unit_id == Remedy.owner_unit_id, Task.lead_unit_id == Score.unit_id),
            condition,
        )
        .correlate(Remedy, Score)
        .exists()
    )


def standing_in_sql(standing: Standing, today: date) -> ColumnElement[bool]:
    """Return the condition that the joined Remedy stands so, as `rules.standing_of` says."""
    complete = and_(Remedy.evidence_complete_on.is_not(None), ~has_task(open_()))
    past = func.coalesce(Remedy.due_on < today, false())
    late = and_(Remedy.evidence_complete_on.is_(None), past)
    risk = and_(~complete, or_(late, has_task(overdue(today))))
    conditions = {
        Standing.COMPLETE: complete,
        Standing.RISK: risk,
        Standing.GOING: and_(~complete, ~risk),
    }
    return and_(Remedy.id.is_not(None), conditions[standing])


def _has_evidence() -> ColumnElement[bool]:
    return (
        select(RemedyProgress.id)
        .where(RemedyProgress.remedy_id == Remedy.id, RemedyProgress.evidence.any())
        .correlate(Remedy)
        .exists()
    )


def line_columns(today: date) -> tuple[Any, ...]:
    """Return the columns of a line, in the order in which `to_line` takes them."""
    return (
        Score.id,
        Score.unit_id,
        Unit.name,
        Criterion.id,
        Criterion.code,
        Criterion.name,
        Criterion.rule_kind,
        Criterion.max_points,
        Score.final_score,
        Score.not_applicable,
        Score.self_score,
        Remedy.id,
        Remedy.expected_points,
        Remedy.due_on,
        Remedy.percent,
        Remedy.evidence_complete_on,
        Officer.name,
        OwnerUnit.name,
        Owner.id,
        Owner.name,
        has_task(open_()),
        has_task(overdue(today)),
    )


def with_remedies(query: Select[Any]) -> Select[Any]:
    """Join remedy, officers and owners to a query over Score and Criterion."""
    owner = and_(CriterionOwner.criterion_id == Criterion.id, CriterionOwner.unit_id == Unit.id)
    return (
        query.outerjoin(Remedy, Remedy.score_id == Score.id)
        .outerjoin(Officer, Officer.id == Remedy.officer_id)
        .outerjoin(OwnerUnit, OwnerUnit.id == Remedy.owner_unit_id)
        .outerjoin(CriterionOwner, owner)
        .outerjoin(Owner, Owner.id == CriterionOwner.person_id)
    )


def to_line(row: Any, today: date) -> Line:
    """Return the line of a row with `line_columns`."""
    (
        score_id, unit_id, unit_name, criterion_id, code, name, kind, max_points, final, na,
        self_score, remedy_id, expected, due_on, percent, complete_on, officer, owner_unit,
        owner_id, owner, open_task, late_task,
    ) = row  # fmt: skip
    has_remedy = remedy_id is not None
    return Line(
        score_id=score_id,
        unit_id=unit_id,
        unit_name=unit_name or "",
        criterion_id=criterion_id,
        code=code,
        name=name,
        kind=kind,
        max_points=max_points,
        final=final,
        not_applicable=bool(na),
        standing=standing_of(
            has_remedy=has_remedy,
            due_on=due_on,
            complete_on=complete_on,
            today=today,
            open_task=bool(open_task),
            late_task=bool(late_task),
        ),
        has_remedy=has_remedy,
        expected=expected or ZERO,
        due_on=due_on,
        percent=percent or 0,
        officer=officer or "",
        owner_unit=owner_unit or "",
        owner_id=owner_id,
        owner=owner or "",
        self_score=self_score,
    )


def shown(show: Show, today: date) -> ColumnElement[bool]:
    """Return the condition that a line belongs to a list."""
    lost, covered = lost_in_sql(), covered_in_sql()
    covers = and_(Remedy.id.is_not(None), covered > ZERO)
    left = or_(Remedy.id.is_(None), Remedy.expected_points < lost)
    conditions: dict[Show, ColumnElement[bool]] = {
        Show.LOST: lost > ZERO,
        Show.COVERED: covers,
        Show.COMPLETE: and_(covers, standing_in_sql(Standing.COMPLETE, today)),
        Show.GOING: and_(covers, standing_in_sql(Standing.GOING, today)),
        Show.RISK: and_(covers, standing_in_sql(Standing.RISK, today)),
        Show.BARE: and_(covers, Remedy.evidence_complete_on.is_(None), ~_has_evidence()),
        Show.OPEN: and_(lost > ZERO, left),
        Show.NO_OWNER: CriterionOwner.id.is_(None),
        Show.UNSCORED: and_(Score.final_score.is_(None), ~Score.not_applicable),
    }
    return conditions[show]


@dataclass(frozen=True)
class Page:
    """One page of a list; `total` counts all its rows."""

    lines: list[Line]
    total: int


def list_lines(
    session: Session,
    actor: Actor,
    *,
    edition_id: int,
    show: Show,
    today: date,
    unit_id: int | None = None,
    criterion_ids: frozenset[int] | None = None,
    offset: int = 0,
    limit: int = 100,
) -> Page:
    """Return the lines of a list that `actor` may read, the most points first."""
    where = [
        Criterion.edition_id == edition_id,
        Criterion.rule_kind != RuleKind.GROUP,
        visible_to(actor),
        shown(show, today),
    ]
    if unit_id is not None:
        where.append(Score.unit_id == unit_id)
    if criterion_ids is not None:
        where.append(Criterion.id.in_(criterion_ids))
    base = (
        select(*line_columns(today))
        .select_from(Score)
        .join(Criterion, Criterion.id == Score.criterion_id)
        .join(Unit, Unit.id == Score.unit_id)
    )
    query = with_remedies(base).where(*where)
    total = session.scalar(
        select(func.count()).select_from(query.with_only_columns(Score.id).subquery())
    )
    ordered = query.order_by(
        lost_in_sql().desc().nulls_last(), Unit.name, Criterion.position, Score.id
    )
    rows = session.execute(ordered.offset(offset).limit(limit))
    return Page([to_line(row, today) for row in rows], total or 0)
