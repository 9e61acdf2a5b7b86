"""The heat table of an edition: points lost by unit and field."""

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.criteria.models import Criterion
from tracker.criteria.queries import CriterionRow, criteria_tree
from tracker.criteria.rules import RuleKind
from tracker.permissions import Actor, Permission, Scope, scope_of
from tracker.scores.models import Score
from tracker.scores.rules import counted_maximum, lost_points
from tracker.units.models import Unit

ZERO = Decimal(0)
LEVELS = 5


@dataclass
class HeatCell:
    """What one unit lost in one field, of its own maximum there."""

    lost: Decimal = ZERO
    maximum: Decimal = ZERO

    @property
    def level(self) -> int:
        """How dark: 0 where nothing is lost, else 1 to 5 for each 10 % lost and more."""
        if not self.lost:
            return 0
        return min(int(self.lost * 10 / self.maximum) + 1, LEVELS) if self.maximum else LEVELS


@dataclass(frozen=True)
class HeatRow:
    """One unit; `cells` stand in the order of the fields, None where nothing is scored."""

    unit_id: int
    name: str
    cells: list[HeatCell | None]


@dataclass(frozen=True)
class Heat:
    """Fields and units of the table, the units by name."""

    fields: list[CriterionRow]
    rows: list[HeatRow]


def heat_table(session: Session, edition_id: int, actor: Actor) -> Heat:
    """Return what each unit that `actor` may read lost in each field of an edition."""
    tree = criteria_tree(session, edition_id)
    field_of = {row.id: row.field_id for row in tree}
    query = (
        select(
            Score.unit_id,
            Score.criterion_id,
            Criterion.max_points,
            Criterion.rule_kind,
            Score.final_score,
            Score.not_applicable,
        )
        .join(Criterion, Criterion.id == Score.criterion_id)
        .where(Criterion.edition_id == edition_id, Criterion.rule_kind != RuleKind.GROUP)
    )
    if scope_of(actor, Permission.SCORE_READ) is not Scope.EVERYWHERE:
        query = query.where(Score.unit_id.in_(actor.unit_ids))
    cells: dict[tuple[int, int], HeatCell] = {}
    for unit_id, criterion_id, most, kind, final, na in session.execute(query):
        lost = lost_points(most, final, not_applicable=na, kind=kind)
        if lost is None:
            continue
        cell = cells.setdefault((unit_id, field_of[criterion_id]), HeatCell())
        cell.lost += lost
        cell.maximum += counted_maximum(most, kind, not_applicable=na)
    fields = [row for row in tree if row.depth == 0]
    wanted = {unit_id for unit_id, _ in cells}
    names = session.execute(
        select(Unit.id, Unit.name).where(Unit.id.in_(wanted)).order_by(Unit.name)
    )
    return Heat(
        fields,
        [
            HeatRow(unit_id, name, [cells.get((unit_id, field.id)) for field in fields])
            for unit_id, name in names
        ],
    )
