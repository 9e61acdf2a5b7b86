"""The recovery account of a unit in an edition."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from tracker.criteria.models import Criterion, Edition
from tracker.criteria.queries import compare_editions, edition_before
from tracker.criteria.rules import RuleKind
from tracker.scores.conditions import ZERO
from tracker.scores.lines import Line, line_columns, to_line, with_remedies
from tracker.scores.models import Score
from tracker.scores.results import Result, path_of, results_of
from tracker.scores.rules import Standing, counted_value, lost_points
from tracker.units.models import Unit


@dataclass
class Sums:
    """Points of one unit in one edition, or of one field there; parts sum to `lost`."""

    maximum: Decimal = ZERO
    value: Decimal = ZERO
    lost: Decimal = ZERO
    parts: dict[Standing, Decimal] = field(default_factory=lambda: dict.fromkeys(Standing, ZERO))
    counts: dict[Standing, int] = field(default_factory=lambda: dict.fromkeys(Standing, 0))
    lost_count: int = 0

    @property
    def covered(self) -> Decimal:
        """What remedies are expected to bring back."""
        return self.lost - self.parts[Standing.OPEN]

    @property
    def covered_count(self) -> int:
        """On how many criteria remedies are expected to bring something back."""
        return sum(self.counts.values()) - self.counts[Standing.OPEN]

    def add(self, line: Line) -> None:
        """Count one line in."""
        self.maximum += line.maximum
        self.value += line.value
        self.lost += line.lost
        self.lost_count += line.lost > 0
        for standing in Standing:
            points = line.part(standing)
            self.parts[standing] += points
            self.counts[standing] += points > 0


@dataclass
class FieldSums(Sums):
    """The sums of one field; `change` is its value against the edition before."""

    id: int = 0
    code: str = ""
    name: str = ""
    change: Decimal | None = None
    again: int = 0
    result: Result | None = None


@dataclass(frozen=True)
class Account:
    """What one unit lost in one edition, what is covered by a remedy, what is without a plan.

    `again` holds the codes on which points were lost in the edition before, too. `lines` and
    `fields` are empty until the unit has a score; `all_…` are those of the edition's tree.
    """

    edition: Edition
    unit: Unit
    lines: list[Line]
    all_lines: list[Line]
    all_fields: list[FieldSums]
    sums: Sums
    fields: list[FieldSums]
    field_of: dict[int, int]
    unscored: int
    without_owner: int
    result: Result | None
    others: list[Result]
    before: Result | None
    before_year: int | None
    before_value: Decimal | None
    again: frozenset[str]
    regained: Decimal
    lost_again: Decimal
    path: list[tuple[int, Decimal]]

    @property
    def lost_lines(self) -> list[Line]:
        """The criteria on which points are lost, the most first."""
        found = [line for line in self.lines if line.lost > 0]
        return sorted(found, key=lambda line: -line.lost)

    @property
    def change(self) -> Decimal | None:
        """The value against the edition before: as published, else as counted."""
        if self.result is not None and self.result.change is not None:
            return self.result.change
        if self.before_value is None or not self.lines:
            return None
        return self.sums.value - self.before_value


def account(session: Session, edition_id: int, unit_id: int, *, today: date) -> Account:
    """Return the recovery account of a unit in an edition. NoResultFound: unknown ids.

    Sums count leaves with a final score, exactly; what does not apply takes its maximum out.
    """
    edition, unit = session.execute(
        select(Edition, Unit).join(Unit, Unit.id == unit_id).where(Edition.id == edition_id)
    ).one()
    tree, lines = _lines(session, edition_id, unit_id, today)
    earlier_edition = edition_before(session, edition)
    before_year, before = _before(session, earlier_edition, edition, unit_id)
    results = results_of(session, edition, unit_id)
    fields, field_of = _fields(tree, lines, before, results)
    sums = Sums()
    for line in lines:
        sums.add(line)
    has_scores = any(line.score_id is not None for line in lines)
    earlier = [
        item for item in results if item.edition != edition.code and item.year < edition.year
    ]
    return Account(
        edition=edition,
        unit=unit,
        lines=lines if has_scores else [],
        all_lines=lines,
        all_fields=fields,
        sums=sums,
        fields=fields if has_scores else [],
        field_of=field_of,
        unscored=sum(not line.scored for line in lines),
        without_owner=sum(line.owner_id is None for line in lines),
        result=next(
            (r for r in results if r.edition == edition.code and r.criterion_id is None), None
        ),
        others=[r for r in results if r.year == edition.year and r.edition != edition.code],
        before=next(iter(earlier), None),
        before_year=before_year or next((r.year for r in earlier), None),
        before_value=sum((value for value, _ in before.values()), ZERO) if before else None,
        again=frozenset(
            line.code for line in lines if line.lost > 0 and _lost_before(before, line.code)
        ),
        regained=sum(
            (
                max(before[line.code][1] - line.lost, ZERO)
                for line in lines
                if line.code in before and line.scored
            ),
            ZERO,
        ),
        lost_again=sum(
            (line.lost for line in lines if line.lost > 0 and _lost_before(before, line.code)),
            ZERO,
        ),
        path=path_of(results, edition, sums.value if has_scores else None),
    )


def _lost_before(before: dict[str, tuple[Decimal, Decimal]], code: str) -> bool:
    return code in before and before[code][1] > 0


def _lines(
    session: Session, edition_id: int, unit_id: int, today: date
) -> tuple[dict[int, tuple[int | None, str, str, bool]], list[Line]]:
    """Return the tree (id → parent, code, name, is group) and the lines of its leaves."""
    query = (
        select(*line_columns(today), Criterion.parent_id)
        .select_from(Criterion)
        .join(Unit, Unit.id == unit_id)
        .outerjoin(Score, and_(Score.criterion_id == Criterion.id, Score.unit_id == Unit.id))
    )
    rows = session.execute(
        with_remedies(query)
        .where(Criterion.edition_id == edition_id)
        .order_by(Criterion.position, Criterion.id)
    ).all()
    tree: dict[int, tuple[int | None, str, str, bool]] = {}
    lines = []
    for *columns, parent_id in rows:
        line = to_line(columns, today)
        group = line.kind is RuleKind.GROUP
        tree[line.criterion_id] = parent_id, line.code, line.name, group
        if not group:
            lines.append(line)
    return tree, lines


def _fields(
    tree: dict[int, tuple[int | None, str, str, bool]],
    lines: list[Line],
    before: dict[str, tuple[Decimal, Decimal]],
    results: list[Result],
) -> tuple[list[FieldSums], dict[int, int]]:
    sums = {
        criterion_id: FieldSums(id=criterion_id, code=code, name=name)
        for criterion_id, (parent_id, code, name, _) in tree.items()
        if parent_id is None
    }
    field_of: dict[int, int] = {}
    for line in lines:
        here = line.criterion_id
        while (above := tree[here][0]) is not None:
            here = above
        field_of[line.criterion_id] = here
        sums[here].add(line)
        sums[here].again += line.lost > 0 and _lost_before(before, line.code)
        if line.code in before:
            sums[here].change = (sums[here].change or ZERO) + line.value - before[line.code][0]
    for result in results:
        if result.criterion_id in sums:
            sums[result.criterion_id].result = result
    return list(sums.values()), field_of


def _before(
    session: Session, earlier: Edition | None, edition: Edition, unit_id: int
) -> tuple[int | None, dict[str, tuple[Decimal, Decimal]]]:
    """Return (year, code of today → (value, lost)) of the unit in the edition before.

    A criterion that moved keeps its past; one that is gone counts under its own old code.
    """
    if earlier is None:
        return None, {}
    rows = session.execute(
        select(
            Criterion.code,
            Criterion.max_points,
            Criterion.rule_kind,
            Score.final_score,
            Score.not_applicable,
        )
        .join(Criterion, Criterion.id == Score.criterion_id)
        .where(Criterion.edition_id == earlier.id, Score.unit_id == unit_id)
    ).all()
    if not rows:
        return None, {}
    now = {
        change.old.code: change.new.code if change.new else f"{earlier.code} {change.old.code}"
        for change in compare_editions(session, earlier.id, edition.id)
        if change.old
    }
    return earlier.year, {
        now.get(code, code): (
            counted_value(final, kind, not_applicable=na),
            lost_points(most, final, not_applicable=na, kind=kind) or ZERO,
        )
        for code, most, kind, final, na in rows
    }
