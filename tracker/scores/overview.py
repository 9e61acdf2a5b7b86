"""Reads over many units: the overview of an edition, units without a plan, points at stake."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import and_, func, or_, select, type_coerce
from sqlalchemy.orm import Session, aliased

from tracker.criteria.models import Criterion
from tracker.criteria.rules import RuleKind
from tracker.db import Points
from tracker.permissions import Actor, Permission, Scope, scope_of
from tracker.scores.conditions import ZERO, covered_in_sql, lost_in_sql
from tracker.scores.models import IndexResult, Remedy, Score, remedy_tasks
from tracker.scores.rules import Measure
from tracker.units.models import Unit


@dataclass(frozen=True)
class UnitRow:
    """One unit of the overview: points lost, covered by a remedy, without a plan."""

    unit_id: int
    name: str
    value: Decimal
    maximum: Decimal
    lost: Decimal
    covered: Decimal
    open_count: int
    unscored: int
    published: Decimal | None = None
    measure: Measure | None = None
    rank: int | None = None
    ranked: int | None = None
    block: str = ""

    @property
    def open(self) -> Decimal:
        """What no remedy covers."""
        return self.lost - self.covered


def overview(session: Session, edition_id: int, actor: Actor) -> list[UnitRow]:
    """Return one row for each unit of the edition that `actor` may read; nothing is added up."""
    units = None if scope_of(actor, Permission.SCORE_READ) is Scope.EVERYWHERE else actor.unit_ids
    beside = Criterion.rule_kind.in_((RuleKind.BONUS, RuleKind.PENALTY))
    penalty = Criterion.rule_kind == RuleKind.PENALTY
    applies = ~Score.not_applicable
    raw_final = type_coerce(Score.final_score, Points.impl)
    lost, covered = lost_in_sql(), covered_in_sql()
    has_lost = lost > ZERO
    left = or_(Remedy.id.is_(None), Remedy.expected_points < lost)
    sums = (
        select(
            Score.unit_id,
            (
                func.coalesce(func.sum(raw_final).filter(applies, ~penalty), 0)
                - func.coalesce(func.sum(raw_final).filter(applies, penalty), 0)
            ).label("value"),
            func.coalesce(
                func.sum(type_coerce(Criterion.max_points, Points.impl)).filter(applies, ~beside),
                0,
            ).label("maximum"),
            func.coalesce(func.sum(type_coerce(lost, Points.impl)), 0).label("lost"),
            func.coalesce(func.sum(type_coerce(covered, Points.impl)), 0).label("covered"),
            func.count().filter(has_lost, left).label("open_count"),
            func.count().filter(Score.final_score.is_(None), applies).label("unscored"),
        )
        .join(Criterion, Criterion.id == Score.criterion_id)
        .outerjoin(Remedy, Remedy.score_id == Score.id)
        .where(Criterion.edition_id == edition_id, Criterion.rule_kind != RuleKind.GROUP)
        .group_by(Score.unit_id)
        .subquery()
    )
    result = aliased(IndexResult)
    query = (
        select(
            Unit.id,
            Unit.name,
            *(
                type_coerce(func.coalesce(column, 0), Points)
                for column in (sums.c.value, sums.c.maximum, sums.c.lost, sums.c.covered)
            ),
            func.coalesce(sums.c.open_count, 0),
            func.coalesce(sums.c.unscored, 0),
            result.value,
            result.measure,
            result.rank,
            result.ranked,
            func.coalesce(result.block, ""),
        )
        .outerjoin(sums, sums.c.unit_id == Unit.id)
        .outerjoin(
            result,
            and_(
                result.unit_id == Unit.id,
                result.edition_id == edition_id,
                result.criterion_id.is_(None),
            ),
        )
        .where(or_(sums.c.unit_id.is_not(None), result.id.is_not(None)))
        .order_by((sums.c.lost - sums.c.covered).desc().nulls_last(), Unit.name)
    )
    if units is not None:
        query = query.where(Unit.id.in_(units))
    return [UnitRow(*list(row)) for row in session.execute(query)]


def losing_criteria(session: Session) -> dict[int, int]:
    """Return edition id → how many scores lost points, of editions that have any."""
    rows = session.execute(
        select(Criterion.edition_id, func.count())
        .select_from(Score)
        .join(Criterion, Criterion.id == Score.criterion_id)
        .where(Criterion.rule_kind != RuleKind.GROUP, lost_in_sql() > ZERO)
        .group_by(Criterion.edition_id)
    )
    return {row[0]: row[1] for row in rows}


def units_without_plan(session: Session, edition_id: int) -> list[tuple[int, str, int, Decimal]]:
    """Return (unit id, name, criteria, points) of units with lost points that no remedy covers.

    Points of different units are never added up.
    """
    lost = lost_in_sql()
    rows = session.execute(
        select(
            Unit.id,
            Unit.name,
            func.count(),
            type_coerce(func.sum(type_coerce(lost, Points.impl)), Points),
        )
        .select_from(Score)
        .join(Criterion, Criterion.id == Score.criterion_id)
        .join(Unit, Unit.id == Score.unit_id)
        .outerjoin(Remedy, Remedy.score_id == Score.id)
        .where(
            Criterion.edition_id == edition_id,
            Criterion.rule_kind != RuleKind.GROUP,
            Remedy.id.is_(None),
            lost > ZERO,
        )
        .group_by(Unit.id, Unit.name)
        .order_by(Unit.name)
    )
    return [(unit_id, name, count, points) for unit_id, name, count, points in rows]


def points_at_stake(session: Session, task_ids: Iterable[int]) -> dict[int, Decimal]:
    """Return task id → points lost on the criteria whose remedies link the task.

    Points of different units or editions are never added up: where a task serves several, the
    largest sum stands. A task without lost points is not in the answer.
    """
    wanted = set(task_ids)
    if not wanted:
        return {}
    rows = session.execute(
        select(
            remedy_tasks.c.task_id,
            type_coerce(func.sum(type_coerce(lost_in_sql(), Points.impl)), Points),
        )
        .select_from(remedy_tasks)
        .join(Remedy, Remedy.id == remedy_tasks.c.remedy_id)
        .join(Score, Score.id == Remedy.score_id)
        .join(Criterion, Criterion.id == Score.criterion_id)
        .where(remedy_tasks.c.task_id.in_(wanted))
        .group_by(remedy_tasks.c.task_id, Score.unit_id, Criterion.edition_id)
    )
    found: dict[int, Decimal] = {}
    for task_id, points in rows:
        if points:
            found[task_id] = max(points, found.get(task_id, ZERO))
    return found
