"""Acts on scores and published results."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker import history
from tracker.criteria.actions import require_open
from tracker.criteria.computing import computed
from tracker.criteria.models import Criterion, Edition
from tracker.criteria.rules import RuleKind, check_points
from tracker.errors import N_, BadInput, NotAllowed, RowError, RowErrors
from tracker.permissions import Actor, Permission, require
from tracker.scores.access import open_columns
from tracker.scores.models import IndexResult, Score
from tracker.scores.round_queries import closed_rounds
from tracker.scores.rounds import Round, refuses
from tracker.scores.rules import Measure
from tracker.units.models import Unit

POINT_COLUMNS = ("self_score", "appraised_1", "appraised_2", "survey_score", "final_score")

ON_A_GROUP = N_("%(code)s is the sum of its parts: enter the scores of its parts.")
BY_SURVEY = N_("%(code)s is scored by a survey: there is no self-score.")
ROUND_CLOSED = N_("The round “%(round)s” is closed: its scores change no more.")
OUTSIDE_PERCENT = N_("A percentage lies between 0 and 100.")

Value = Decimal | bool | str | None


@dataclass(frozen=True)
class Cell:
    """One cell of the form: what it showed and what was typed."""

    shown: Value
    typed: Value


def enter_scores(
    session: Session,
    *,
    edition_id: int,
    unit_id: int,
    cells: Mapping[int, Mapping[str, Cell]],
    by: Actor,
    at: datetime,
) -> int:
    """Write what was typed into a unit's scores; return how many criteria changed.

    Only cells that the typist changed are written, so that two typists lose nothing; a cell that
    somebody else changed meanwhile is refused. `cells`: criterion id → column → cell.
    A closed round takes no more. NotAllowed: a column that is not the actor's. RowErrors
    (line = criterion id): every bad cell.
    """
    edition = session.scalars(select(Edition).where(Edition.id == edition_id)).one()
    _alone(session, unit_id)
    require_open(edition)
    open_ones = open_columns(by, unit_id)
    closed = closed_rounds(session, edition_id, unit_id)
    criteria = {item.id: item for item in edition.criteria}
    scores = {
        score.criterion_id: score
        for score in session.scalars(
            select(Score).where(Score.unit_id == unit_id, Score.criterion_id.in_(list(criteria)))
        )
    }
    bad: list[RowError] = []
    changed = 0
    for criterion_id, row in cells.items():
        changes = {name: cell for name, cell in row.items() if cell.shown != cell.typed}
        if not changes:
            continue
        if not open_ones.issuperset(changes):
            raise NotAllowed
        criterion = criteria[criterion_id]
        score = scores.get(criterion_id) or Score(
            unit_id=unit_id, criterion_id=criterion_id, not_applicable=False, explanation=""
        )
        mistakes = _mistakes(criterion, score, changes, closed)
        bad += mistakes
        if not mistakes:
            values = _with_computed(
                criterion, score, {name: cell.typed for name, cell in changes.items()}
            )
            changed += write_score(session, score, criterion, values, by=by, at=at)
    if bad:
        raise RowErrors(bad)
    return changed


def write_score(
    session: Session,
    score: Score,
    criterion: Criterion,
    values: Mapping[str, Any],
    *,
    by: Actor,
    at: datetime,
) -> bool:
    """Put checked `values` into `score`; tell whether anything changed. The caller has asked."""
    new = score.id is None
    changed = new
    for name, value in values.items():
        if getattr(score, name) != value:
            setattr(score, name, value)
            changed = True
    if new:
        session.add(score)
    if changed:
        history.record(session, "score.enter", score, by=by, at=at, label=criterion.code)
    return changed


def surveyed(criterion: Criterion) -> bool:
    """Tell whether a survey gives the points of a criterion."""
    return criterion.survey or criterion.rule_kind is RuleKind.SURVEY


def check_score(criterion: Criterion, name: str, value: Value) -> Value:
    """Return `value`. BadInput: on a group, below 0, above the maximum, more than four places."""
    if criterion.rule_kind is RuleKind.GROUP:
        raise BadInput(ON_A_GROUP, code=criterion.code)
    if name == "whole" and value == 0:
        raise BadInput(N_("Give how many there are in all, more than 0."))
    if name == "self_score" and value is not None and surveyed(criterion):
        raise BadInput(BY_SURVEY, code=criterion.code)
    if name in POINT_COLUMNS and isinstance(value, Decimal):
        check_points(value, most=criterion.max_points)
    return value


def _alone(session: Session, unit_id: int) -> Unit:
    """Return the unit; whoever enters results of the same unit waits until this is committed.

    Rows that refer to the unit can still be written meanwhile. NoResultFound: there is none.
    """
    return session.scalars(
        select(Unit).where(Unit.id == unit_id).with_for_update(key_share=True)
    ).one()


def save_result(
    session: Session,
    *,
    edition_id: int,
    unit_id: int,
    value: Decimal | None,
    measure: Measure,
    by: Actor,
    at: datetime,
    criterion_id: int | None = None,
    change: Decimal | None = None,
    rank: int | None = None,
    ranked: int | None = None,
    rank_change: int | None = None,
    block: str = "",
    band: str = "",
) -> IndexResult:
    """Record what was published of a unit in an edition, of the whole or of one field.

    `change` is against the year before, in the same measure; `rank_change` is positive for a
    better place. BadInput: neither value nor rank, a rank without the number ranked or beyond it,
    a value outside its measure.
    """
    require(by, Permission.SCORE_ENTER)
    edition = session.scalars(select(Edition).where(Edition.id == edition_id)).one()
    unit = _alone(session, unit_id)
    if value is None and rank is None:
        raise BadInput(N_("Give the value, the rank, or both."), field="value")
    _check_value(value, measure, edition)
    if rank is not None and (ranked is None or not 1 <= rank <= ranked):
        raise BadInput(
            N_("Give a rank with the number of units ranked, for example 11 of 15."), field="rank"
        )
    for number in (value, change):
        if number is not None and number != round(number, 4):
            raise BadInput(N_("Write points with at most four decimal places."), field="value")
    if criterion_id is not None and criterion_id not in {item.id for item in edition.criteria}:
        raise BadInput(N_("Choose a criterion of the same edition."), field="criterion_id")
    found = session.scalars(
        select(IndexResult).where(
            IndexResult.edition_id == edition_id,
            IndexResult.unit_id == unit_id,
            IndexResult.criterion_id.is_(None)
            if criterion_id is None
            else IndexResult.criterion_id == criterion_id,
        )
    ).first()
    result = found or IndexResult(edition_id=edition_id, unit_id=unit_id, criterion_id=criterion_id)
    result.value, result.measure, result.change = value, measure, change
    result.rank, result.ranked, result.rank_change = rank, ranked, rank_change
    result.block, result.band = block.strip(), band.strip()
    session.add(result)
    session.flush()
    label = f"{edition.code} {unit.code}"
    history.record(session, "result.save", result, by=by, at=at, label=label)
    return result


def _check_value(value: Decimal | None, measure: Measure, edition: Edition) -> None:
    if value is None:
        return
    if value < 0:
        raise BadInput(N_("Points cannot be below 0."), field="value")
    if measure is Measure.PERCENT and value > 100:
        raise BadInput(OUTSIDE_PERCENT, field="value")
    if measure is Measure.POINTS:
        try:
            check_points(value, most=edition.scale)
        except BadInput as error:
            raise BadInput(error.message, field="value", **error.params) from error


def _with_computed(
    criterion: Criterion, score: Score, values: dict[str, Value]
) -> dict[str, Value]:
    """Return `values`, with the self-score that the rule gives where none was typed."""
    if not {"part", "whole"} & set(values) or values.get("self_score") is not None:
        return values
    part, whole = (values.get(name, getattr(score, name)) for name in ("part", "whole"))
    if not (isinstance(part, Decimal) and isinstance(whole, Decimal)):
        return values
    found = computed(criterion.rule_kind, criterion.rule_text, criterion.max_points, part, whole)
    return values | {"self_score": found.points} if found else values


def _mistakes(
    criterion: Criterion, score: Score, changes: Mapping[str, Cell], closed: Collection[Round]
) -> list[RowError]:
    found = []
    for name, cell in changes.items():
        if closing := refuses(name, closed):
            found.append(RowError(criterion.id, name, ROUND_CLOSED, {"round": closing}))
            continue
        present = getattr(score, name)
        if present not in {cell.shown, cell.typed}:
            message = N_(
                "Somebody else entered “%(theirs)s” here meanwhile. You typed “%(yours)s”."
            )
            params: dict[str, object] = {"theirs": present, "yours": cell.typed}
            found.append(RowError(criterion.id, name, message, params))
            continue
        try:
            check_score(criterion, name, cell.typed)
        except BadInput as error:
            found.append(RowError(criterion.id, name, error.message, error.params))
    return found
