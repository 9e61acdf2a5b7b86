"""Reads for the forms of scores and results."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.scores.models import IndexResult, Score


def unit_scores(session: Session, unit_id: int, criterion_ids: list[int]) -> dict[int, Score]:
    """Return criterion id → the unit's score."""
    rows = session.scalars(
        select(Score).where(Score.unit_id == unit_id, Score.criterion_id.in_(criterion_ids))
    )
    return {score.criterion_id: score for score in rows}


def result_of(
    session: Session, edition_id: int, unit_id: int, criterion_id: int | None
) -> IndexResult | None:
    """Return the unit's published result of the whole or of one field, if there is one."""
    return session.scalars(
        select(IndexResult).where(
            IndexResult.edition_id == edition_id,
            IndexResult.unit_id == unit_id,
            IndexResult.criterion_id.is_(None)
            if criterion_id is None
            else IndexResult.criterion_id == criterion_id,
        )
    ).first()
