"""Reads of published results: value with its measure, rank r of n in a block."""

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, aliased

from tracker.criteria.models import Edition
from tracker.scores.models import IndexResult
from tracker.scores.rules import Measure


@dataclass(frozen=True)
class Result:
    """A published result: value with its measure, rank r of n in a block, change against before."""

    edition: str
    index: str
    year: int
    scale: Decimal
    criterion_id: int | None
    value: Decimal | None
    measure: Measure
    change: Decimal | None
    rank: int | None
    ranked: int | None
    rank_change: int | None
    block: str
    band: str


def results_of(session: Session, edition: Edition, unit_id: int) -> list[Result]:
    """Return the unit's results of the same year, and of the same index before, newest first."""
    rows = session.execute(
        select(
            Edition.code,
            Edition.index,
            Edition.year,
            Edition.scale,
            IndexResult.criterion_id,
            IndexResult.value,
            IndexResult.measure,
            IndexResult.change,
            IndexResult.rank,
            IndexResult.ranked,
            IndexResult.rank_change,
            IndexResult.block,
            IndexResult.band,
        )
        .join(Edition, Edition.id == IndexResult.edition_id)
        .where(
            IndexResult.unit_id == unit_id,
            or_(
                Edition.id == edition.id,
                and_(Edition.year == edition.year, IndexResult.criterion_id.is_(None)),
                and_(
                    Edition.index == edition.index,
                    Edition.level == edition.level,
                    Edition.year < edition.year,
                    IndexResult.criterion_id.is_(None),
                ),
            ),
        )
        .order_by(Edition.year.desc(), Edition.index)
    )
    return [Result(*list(row)) for row in rows]


def values_beside(session: Session, edition_id: int, unit_id: int) -> list[Decimal]:
    """Return the published values of the other units of a unit's edition, block and measure."""
    own, other = aliased(IndexResult), aliased(IndexResult)
    rows = session.scalars(
        select(other.value)
        .join(
            own,
            and_(
                own.edition_id == other.edition_id,
                own.block == other.block,
                own.measure == other.measure,
                own.criterion_id.is_(None),
                own.unit_id == unit_id,
            ),
        )
        .where(
            other.edition_id == edition_id,
            other.criterion_id.is_(None),
            other.unit_id != unit_id,
            other.value.is_not(None),
        )
    )
    return [value for value in rows if value is not None]


def path_of(
    results: list[Result], edition: Edition, counted: Decimal | None
) -> list[tuple[int, Decimal]]:
    """Return (year, value) of an index over the years as published, the oldest first.

    The edition looked at counts with `counted` where nothing is published; years in another
    measure stay out, and so does a year without a result.
    """
    whole = [item for item in results if item.criterion_id is None and item.index == edition.index]
    own = next((item for item in whole if item.edition == edition.code), None)
    measure = own.measure if own is not None else Measure.POINTS
    values = {
        item.year: item.value
        for item in whole
        if item.value is not None and item.measure is measure and item.scale == edition.scale
    }
    if own is None and counted is not None:
        values[edition.year] = counted
    return sorted(values.items())
