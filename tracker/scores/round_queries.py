"""Reads of the rounds of an assessment: deadlines, what is closed, what a round still lacks."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from tracker.criteria.models import Criterion
from tracker.criteria.rules import RuleKind
from tracker.history import HistoryEntry
from tracker.scores.models import AssessmentRound, RoundClosing, Score, score_evidence
from tracker.scores.rounds import Entry, Round, lacking, next_round
from tracker.units.models import Unit


@dataclass(frozen=True)
class RoundRow:
    """One round of a unit: its last day, who closed it, and the codes that keep it open."""

    round: Round
    due_on: date | None
    closing: RoundClosing | None
    lacking: list[str]
    is_next: bool

    def is_late(self, today: date) -> bool:
        """Tell whether it is still open after its last day."""
        return self.closing is None and self.due_on is not None and self.due_on < today


def closed_rounds(session: Session, edition_id: int, unit_id: int) -> set[Round]:
    """Return the rounds of a unit that are closed."""
    return set(_closings(session, edition_id, unit_id))


def closed_everywhere(
    session: Session, edition_ids: Iterable[int]
) -> dict[tuple[int, int], set[Round]]:
    """Return (edition, unit) → closed rounds."""
    found: dict[tuple[int, int], set[Round]] = defaultdict(set)
    rows = session.execute(
        select(RoundClosing.edition_id, RoundClosing.unit_id, RoundClosing.round).where(
            RoundClosing.edition_id.in_(list(edition_ids)), RoundClosing.reopened_at.is_(None)
        )
    )
    for edition_id, unit_id, round_ in rows:
        found[edition_id, unit_id].add(round_)
    return found


def due_days(session: Session, edition_id: int) -> dict[Round, date]:
    """Return the last day of each round of an edition that has one."""
    rows = session.execute(
        select(AssessmentRound.round, AssessmentRound.due_on).where(
            AssessmentRound.edition_id == edition_id
        )
    )
    return {row.round: row.due_on for row in rows}


def rounds_of(session: Session, edition_id: int, unit_id: int) -> list[RoundRow]:
    """Return the rounds of a unit in their order."""
    closings = _closings(session, edition_id, unit_id)
    days = due_days(session, edition_id)
    running = next_round(closings)
    entries = unit_entries(session, edition_id, unit_id)
    return [
        RoundRow(
            round_,
            days.get(round_),
            closings.get(round_),
            lacking(round_, entries) if round_ not in closings else [],
            round_ is running,
        )
        for round_ in Round
    ]


def unit_entries(session: Session, edition_id: int, unit_id: int) -> list[Entry]:
    """Return what closing a round looks at, for each leaf of an edition."""
    evidence = (
        select(func.count())
        .where(score_evidence.c.score_id == Score.id)
        .correlate(Score)
        .scalar_subquery()
    )
    rows = session.execute(
        select(Criterion.code, Criterion.rule_kind, Criterion.survey, Score, evidence)
        .outerjoin(Score, and_(Score.criterion_id == Criterion.id, Score.unit_id == unit_id))
        .where(Criterion.edition_id == edition_id, Criterion.rule_kind != RuleKind.GROUP)
        .order_by(Criterion.position, Criterion.id)
    )
    return [_entry(code, kind, survey, score, count) for code, kind, survey, score, count in rows]


def unit_states(session: Session, edition_id: int) -> list[tuple[int, str, set[Round]]]:
    """Return (unit id, name, closed rounds) of every unit that has a score in an edition."""
    closed = closed_everywhere(session, [edition_id])
    rows = session.execute(
        select(Unit.id, Unit.name)
        .where(
            Unit.id.in_(
                select(Score.unit_id)
                .join(Criterion, Criterion.id == Score.criterion_id)
                .where(Criterion.edition_id == edition_id)
            )
        )
        .order_by(Unit.name)
    )
    return [(unit_id, name, closed.get((edition_id, unit_id), set())) for unit_id, name in rows]


def score_history(session: Session, score_id: int) -> list[HistoryEntry]:
    """Return every act on a score, the newest first."""
    return list(
        session.scalars(
            select(HistoryEntry)
            .where(HistoryEntry.noun == Score.__tablename__, HistoryEntry.object_id == score_id)
            .order_by(HistoryEntry.id.desc())
        )
    )


def _closings(session: Session, edition_id: int, unit_id: int) -> dict[Round, RoundClosing]:
    rows = session.scalars(
        select(RoundClosing).where(
            RoundClosing.edition_id == edition_id,
            RoundClosing.unit_id == unit_id,
            RoundClosing.reopened_at.is_(None),
        )
    )
    return {row.round: row for row in rows}


def _entry(code: str, kind: RuleKind, survey: bool, score: Score | None, evidence: int) -> Entry:
    if score is None:
        return Entry(code, kind, survey)
    return Entry(
        code,
        kind,
        survey,
        score.not_applicable,
        score.self_score,
        score.appraised_1,
        score.appraised_2,
        score.survey_score,
        score.final_score,
        score.explanation,
        evidence,
    )
