"""Reads of single results: one line for each leaf criterion of a unit, and the lists of them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import Session, aliased

from tracker.criteria.models import Criterion
from tracker.criteria.rules import RuleKind
from tracker.people.models import Person
from tracker.permissions import Actor
from tracker.scores.access import visible_to
from tracker.scores.conditions import ZERO, Show, has_task, lost_in_sql, shown
from tracker.scores.models import CriterionOwner, Remedy, Score
from tracker.scores.rules import Standing, counted_maximum, counted_value, lost_points, standing_of
from tracker.tasks.queries import open_, overdue
from tracker.units.models import Unit

Officer, Owner, OwnerUnit = aliased(Person), aliased(Person), aliased(Unit)


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
