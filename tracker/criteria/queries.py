"""Reads of editions and their trees of criteria."""

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.criteria.comparing import Change, Item, compare
from tracker.criteria.computing import steps_of
from tracker.criteria.models import Criterion, Edition
from tracker.criteria.rules import Mismatch, Node, RuleKind, mismatches


@dataclass(frozen=True)
class EditionRow:
    """One edition of the list, with how many criteria it has and how many of them are scored."""

    id: int
    code: str
    name: str
    index: str
    year: int
    level: str
    scale: Decimal
    closed: bool
    criteria: int
    leaves: int


@dataclass(frozen=True)
class CriterionRow:
    """One criterion of a tree; `depth` counts from 0 at the fields."""

    id: int
    code: str
    name: str
    parent_id: int | None
    max_points: Decimal
    kind: RuleKind
    rule_text: str
    survey: bool
    depth: int
    field_id: int
    field_name: str

    @property
    def is_leaf(self) -> bool:
        """Tell whether it carries scores."""
        return self.kind is not RuleKind.GROUP


def editions(session: Session) -> list[EditionRow]:
    """Return every edition, the newest first."""
    leaves = func.count(Criterion.id).filter(Criterion.rule_kind != RuleKind.GROUP)
    rows = session.execute(
        select(
            Edition.id,
            Edition.code,
            Edition.name,
            Edition.index,
            Edition.year,
            Edition.level,
            Edition.scale,
            Edition.closed,
            func.count(Criterion.id),
            leaves,
        )
        .outerjoin(Criterion, Criterion.edition_id == Edition.id)
        .group_by(Edition.id)
        .order_by(Edition.year.desc(), Edition.index, Edition.code)
    )
    return [EditionRow(*list(row)) for row in rows]


def edition_by_id(session: Session, edition_id: int) -> Edition:
    """Return an edition. NoResultFound: there is none."""
    return session.scalars(select(Edition).where(Edition.id == edition_id)).one()


def criterion_of(session: Session, edition_id: int, criterion_id: int) -> Criterion:
    """Return a criterion of an edition. NoResultFound: there is none."""
    return session.scalars(
        select(Criterion).where(Criterion.id == criterion_id, Criterion.edition_id == edition_id)
    ).one()


def criteria_tree(session: Session, edition_id: int) -> list[CriterionRow]:
    """Return the criteria of an edition in the order of their codes, fields at depth 0."""
    rows = session.execute(
        select(
            Criterion.id,
            Criterion.code,
            Criterion.name,
            Criterion.parent_id,
            Criterion.max_points,
            Criterion.rule_kind,
            Criterion.rule_text,
            Criterion.survey,
        )
        .where(Criterion.edition_id == edition_id)
        .order_by(Criterion.position, Criterion.id)
    ).all()
    parents = {row.id: row.parent_id for row in rows}
    names = {row.id: row.name for row in rows}
    placed = {row.id: _place(parents, row.id) for row in rows}
    return [CriterionRow(*row, *placed[row.id], names[placed[row.id][1]]) for row in rows]


def tree_mismatches(tree: list[CriterionRow], scale: Decimal) -> list[Mismatch]:
    """Return the maxima of a tree that do not add up, as printed."""
    codes = {row.id: row.code for row in tree}
    nodes = [
        Node(row.code, codes.get(row.parent_id or 0), row.max_points, row.kind) for row in tree
    ]
    return mismatches(nodes, scale)


def edition_before(session: Session, edition: Edition) -> Edition | None:
    """Return the last edition of the same index and level before this one."""
    return session.scalars(
        select(Edition)
        .where(
            Edition.index == edition.index,
            Edition.level == edition.level,
            Edition.year < edition.year,
        )
        .order_by(Edition.year.desc(), Edition.id.desc())
    ).first()


def compare_editions(session: Session, old_id: int, new_id: int) -> list[Change]:
    """Return what became of the scored criteria of one edition in another."""
    old, new = (
        [
            Item(row.code, row.name, row.max_points)
            for row in criteria_tree(session, one)
            if row.is_leaf
        ]
        for one in (old_id, new_id)
    )
    return compare(old, new)


def steps_apart(tree: list[CriterionRow]) -> list[Mismatch]:
    """Return the leaves whose best printed step (`parts`) gives other points than the maximum."""
    found = []
    for row in tree:
        best = max((step.points for step in steps_of(row.rule_text)), default=row.max_points)
        if row.is_leaf and best != row.max_points:
            found.append(Mismatch(row.code, row.max_points, best))
    return found


def _place(parents: dict[int, int | None], criterion_id: int) -> tuple[int, int]:
    """Return (depth, id of the field) of a criterion."""
    depth, here = 0, criterion_id
    while (above := parents[here]) is not None:
        depth, here = depth + 1, above
    return depth, here
