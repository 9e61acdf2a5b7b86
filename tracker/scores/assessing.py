"""Acts on the rounds of an assessment: their days, closing, opening again, evidence of a score."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker import history
from tracker.criteria.actions import require_open
from tracker.criteria.models import Criterion, Edition
from tracker.criteria.rules import RuleKind
from tracker.errors import N_, BadInput, NotAllowed, RuleViolation
from tracker.evidence.models import Evidence
from tracker.permissions import Actor, Permission, may, require
from tracker.scores.access import open_columns
from tracker.scores.entering import write_score
from tracker.scores.models import AssessmentRound, RoundClosing, Score
from tracker.scores.round_queries import closed_rounds, unit_entries
from tracker.scores.rounds import Round, lacking, next_round, refuses
from tracker.units.models import Unit

MOST_CODES = 12


def set_rounds(
    session: Session, edition_id: int, days: Mapping[Round, date | None], *, by: Actor, at: datetime
) -> None:
    """Set the last day of each round of an edition; None takes it off.

    BadInput: a round ends before the one before it.
    """
    require(by, Permission.SCORE_ENTER)
    edition = session.scalars(select(Edition).where(Edition.id == edition_id)).one()
    require_open(edition)
    last: date | None = None
    for round_ in Round:
        due_on = days.get(round_)
        if due_on is not None and last is not None and due_on < last:
            raise BadInput(
                N_("A round cannot end before the one before it."), field=round_.name.lower()
            )
        last = due_on or last
    kept = {
        row.round: row
        for row in session.scalars(
            select(AssessmentRound).where(AssessmentRound.edition_id == edition_id)
        )
    }
    for round_, due_on in days.items():
        row = kept.get(round_)
        if due_on is None:
            if row is not None:
                history.record(session, "round.set-day", row, by=by, at=at, label=edition.code)
                session.delete(row)
        elif row is None or row.due_on != due_on:
            row = row or AssessmentRound(edition_id=edition_id, round=round_)
            row.due_on = due_on
            session.add(row)
            history.record(session, "round.set-day", row, by=by, at=at, label=edition.code)


def may_close(by: Actor, round_: Round, unit_id: int) -> bool:
    """Tell whether `by` closes a round of a unit: the side whose it is, or the secretariat."""
    units = frozenset({unit_id})
    if may(by, Permission.SCORE_ENTER, unit_ids=units):
        return True
    if round_ in {Round.SELF, Round.ADDITIONS}:
        return may(by, Permission.SCORE_SELF, unit_ids=units)
    if round_ in {Round.APPRAISAL_1, Round.APPRAISAL_2}:
        return may(by, Permission.SCORE_APPRAISE, unit_ids=units)
    return False


def close_round(
    session: Session, *, edition_id: int, unit_id: int, round_: Round, by: Actor, at: datetime
) -> RoundClosing:
    """Close a round of a unit (chốt). With the last one, blank finals take the settled score.

    RuleViolation: not the round that runs, or leaves that lack what the round asks for.
    """
    if not may_close(by, round_, unit_id):
        raise NotAllowed
    edition = session.scalars(select(Edition).where(Edition.id == edition_id)).one()
    unit = session.scalars(select(Unit).where(Unit.id == unit_id).with_for_update()).one()
    require_open(edition)
    if next_round(closed_rounds(session, edition_id, unit_id)) is not round_:
        raise RuleViolation(
            N_("Rounds close one after the other: “%(round)s” is not the one that runs."),
            round=round_,
        )
    missing = lacking(round_, unit_entries(session, edition_id, unit_id))
    if missing:
        raise RuleViolation(
            N_("%(count)s criteria keep this round open: %(codes)s."),
            count=len(missing),
            codes=", ".join(missing[:MOST_CODES]) + (" …" if len(missing) > MOST_CODES else ""),
        )
    if round_ is Round.FINAL:
        _settle(session, edition_id, unit_id, by=by, at=at)
    closing = RoundClosing(
        edition_id=edition_id, unit_id=unit_id, round=round_, closed_at=at, closed_by=by.name
    )
    session.add(closing)
    session.flush()
    label = f"{edition.code} {unit.code}"
    history.record(session, "round.close", closing, by=by, at=at, label=label)
    return closing


def reopen_round(
    session: Session,
    *,
    edition_id: int,
    unit_id: int,
    round_: Round,
    reason: str,
    by: Actor,
    at: datetime,
) -> None:
    """Open a closed round again, and every later one with it. BadInput: no reason."""
    require(by, Permission.SCORE_ENTER)
    edition = session.scalars(select(Edition).where(Edition.id == edition_id)).one()
    require_open(edition)
    if not reason.strip():
        raise BadInput(N_("Say why the round is opened again."), field="reason")
    later = list(Round)[list(Round).index(round_) :]
    rows = session.scalars(
        select(RoundClosing).where(
            RoundClosing.edition_id == edition_id,
            RoundClosing.unit_id == unit_id,
            RoundClosing.round.in_(later),
            RoundClosing.reopened_at.is_(None),
        )
    )
    for row in rows:
        row.reopened_at = at
        history.record(
            session, "round.reopen", row, by=by, at=at, reason=reason.strip(), label=edition.code
        )


def attach_evidence(
    session: Session,
    *,
    edition_id: int,
    unit_id: int,
    criterion_id: int,
    pieces: Sequence[Evidence],
    by: Actor,
    at: datetime,
) -> Score:
    """Attach evidence to a unit's score, in the self-score round or as an addition after it."""
    if "addition" not in open_columns(by, unit_id):
        raise NotAllowed
    criterion = session.scalars(
        select(Criterion).where(Criterion.id == criterion_id, Criterion.edition_id == edition_id)
    ).one()
    require_open(criterion.edition)
    if criterion.rule_kind is RuleKind.GROUP:
        raise RuleViolation(
            N_("%(code)s is the sum of its parts: enter the scores of its parts."),
            code=criterion.code,
        )
    closed = closed_rounds(session, edition_id, unit_id)
    if refuses("explanation", closed) and (
        refuses("addition", closed) or Round.APPRAISAL_1 not in closed
    ):
        raise RuleViolation(N_("The round is closed: no evidence can be added now."))
    score = session.scalars(
        select(Score).where(Score.unit_id == unit_id, Score.criterion_id == criterion_id)
    ).first() or Score(
        unit_id=unit_id, criterion_id=criterion_id, not_applicable=False, explanation=""
    )
    session.add(score)
    session.flush()
    score.evidence.extend(piece for piece in pieces if piece not in score.evidence)
    after = {"evidence": [piece.file_name or piece.document_number for piece in score.evidence]}
    history.record(
        session, "score.attach", score, by=by, at=at, label=criterion.code, before={}, after=after
    )
    return score


def _settle(session: Session, edition_id: int, unit_id: int, *, by: Actor, at: datetime) -> None:
    settled = {item.code: item.settled for item in unit_entries(session, edition_id, unit_id)}
    rows = session.execute(
        select(Score, Criterion)
        .join(Criterion, Criterion.id == Score.criterion_id)
        .where(Criterion.edition_id == edition_id, Score.unit_id == unit_id)
    ).all()
    for score, criterion in rows:
        value = settled.get(criterion.code)
        if score.final_score is None and not score.not_applicable and value is not None:
            write_score(session, score, criterion, {"final_score": value}, by=by, at=at)
