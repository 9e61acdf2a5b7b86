"""Scores in and out as a sheet, with the same columns."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.criteria.actions import EditionClosed
from tracker.criteria.models import Criterion, Edition
from tracker.criteria.rules import RuleKind
from tracker.errors import N_, BadInput
from tracker.permissions import Actor, Permission, Way, require
from tracker.scores.entering import (
    ON_A_GROUP,
    POINT_COLUMNS,
    ROUND_CLOSED,
    check_score,
    write_score,
)
from tracker.scores.models import Score
from tracker.scores.round_queries import closed_everywhere
from tracker.scores.rounds import Round, refuses
from tracker.sheets import BadRows, CellValue, Column, Row, Sheet, cell_bool, cell_decimal
from tracker.units.models import Unit

COLUMNS = (
    Column("edition", ("Kỳ đánh giá", "Edition", "Bộ tiêu chí"), required=True),
    Column("unit", ("Đơn vị", "Unit", "Mã đơn vị"), required=True),
    Column("code", ("Mã tiêu chí", "Code", "Mã"), required=True),
    Column("self_score", ("Tự chấm", "Self-score", "Điểm tự chấm", "Điểm tự đánh giá")),
    Column("appraised_1", ("Thẩm định lần 1", "Appraisal 1", "Điểm thẩm định lần 1")),
    Column("appraised_2", ("Thẩm định lần 2", "Appraisal 2", "Điểm thẩm định lần 2")),
    Column("survey_score", ("Điều tra xã hội học", "Survey score", "Điểm điều tra xã hội học")),
    Column("final_score", ("Điểm đạt được", "Final score", "Điểm cuối cùng", "Điểm đạt")),
    Column("not_applicable", ("Không áp dụng", "Not applicable")),
    Column("explanation", ("Giải trình", "Explanation"), width=60),
)

PARSERS: dict[str, Callable[[str], Any]] = {
    **dict.fromkeys(POINT_COLUMNS, cell_decimal),
    "not_applicable": cell_bool,
    "explanation": str,
}


@dataclass(frozen=True)
class Counts:
    """What an import did, in rows."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0


@dataclass(frozen=True)
class _Known:
    """What the rows of a file refer to."""

    editions: dict[str, Edition]
    criteria: dict[tuple[str, str], Criterion]
    units: dict[str, int]
    scores: dict[tuple[int, int], Score]
    closed: dict[tuple[int, int], set[Round]]


def import_scores(session: Session, sheet: Sheet, *, by: Actor, at: datetime) -> Counts:
    """Take scores in, all or nothing; RowErrors lists every bad row.

    Units by code or exact name. A blank cell erases nothing, an equal row changes nothing. A score
    above the maximum, on a group, or in a closed edition is refused.
    """
    require(by, Permission.SCORE_ENTER)
    by = by.through(Way.IMPORT)
    known = _known(session, sheet)
    added = changed = unchanged = 0
    for criterion, unit_id, values in _read(sheet, known):
        score = known.scores.get((criterion.id, unit_id))
        new = score is None
        written = write_score(
            session,
            score
            or Score(
                unit_id=unit_id, criterion_id=criterion.id, not_applicable=False, explanation=""
            ),
            criterion,
            values,
            by=by,
            at=at,
        )
        added += new
        changed += written and not new
        unchanged += not written
    return Counts(added, changed, unchanged)


def score_rows(
    session: Session, edition_id: int | None = None, unit_ids: frozenset[int] | None = None
) -> list[dict[str, CellValue]]:
    """Return the scores of one edition and some units, or of all, as the sheet holds them."""
    query = (
        select(
            Edition.code,
            Unit.code,
            Criterion.code,
            Score.self_score,
            Score.appraised_1,
            Score.appraised_2,
            Score.survey_score,
            Score.final_score,
            Score.not_applicable,
            Score.explanation,
        )
        .join(Criterion, Criterion.id == Score.criterion_id)
        .join(Edition, Edition.id == Criterion.edition_id)
        .join(Unit, Unit.id == Score.unit_id)
        .order_by(Edition.year, Edition.code, Unit.code, Criterion.position, Criterion.id)
    )
    if edition_id is not None:
        query = query.where(Edition.id == edition_id)
    if unit_ids is not None:
        query = query.where(Unit.id.in_(unit_ids))
    names = [column.name for column in COLUMNS]
    return [dict(zip(names, row, strict=True)) for row in session.execute(query)]


def _known(session: Session, sheet: Sheet) -> _Known:
    codes = {row.cells["edition"] for row in sheet}
    editions = {
        item.code: item for item in session.scalars(select(Edition).where(Edition.code.in_(codes)))
    }
    by_id = {item.id: item.code for item in editions.values()}
    criteria = {
        (by_id[item.edition_id], item.code): item
        for item in session.scalars(select(Criterion).where(Criterion.edition_id.in_(by_id)))
    }
    scores = {
        (score.criterion_id, score.unit_id): score
        for score in session.scalars(
            select(Score)
            .join(Criterion, Criterion.id == Score.criterion_id)
            .where(Criterion.edition_id.in_(by_id))
        )
    }
    units = session.execute(select(Unit.id, Unit.code, Unit.name)).all()
    words = _unit_words(tuple(row) for row in units)
    return _Known(editions, criteria, words, scores, closed_everywhere(session, by_id))


def _unit_words(units: Iterable[tuple[Any, ...]]) -> dict[str, int]:
    """Return code or exact name → unit; a name that two units have is no answer, a code wins."""
    rows = list(units)
    named: dict[str, set[int]] = defaultdict(set)
    for unit_id, _, name in rows:
        named[name].add(unit_id)
    words = {name: next(iter(ids)) for name, ids in named.items() if len(ids) == 1}
    return words | {code: unit_id for unit_id, code, _ in rows}


def _read(sheet: Sheet, known: _Known) -> list[tuple[Criterion, int, dict[str, Any]]]:
    bad = BadRows()
    read: list[tuple[Criterion, int, dict[str, Any]]] = []
    lines: dict[tuple[int, int], int] = {}
    for row in sheet:
        found = _placed(bad, row, known)
        values = {
            name: bad.read(row, name, parse) for name, parse in PARSERS.items() if row.cells[name]
        }
        if found is None:
            continue
        criterion, unit_id = found
        if (criterion.id, unit_id) in lines:
            bad.add(
                row,
                "code",
                N_("This criterion of this unit is already in line %(line)s."),
                line=lines[criterion.id, unit_id],
            )
            continue
        lines[criterion.id, unit_id] = row.line
        score = known.scores.get((criterion.id, unit_id))
        _check(bad, row, criterion, score, values)
        closed = known.closed.get((criterion.edition_id, unit_id), set())
        for name, value in values.items():
            closing = refuses(name, closed)
            if closing and (score is None or getattr(score, name) != value):
                bad.add(row, name, ROUND_CLOSED, round=closing)
        read.append((criterion, unit_id, values))
    bad.refuse()
    return read


def _placed(bad: BadRows, row: Row, known: _Known) -> tuple[Criterion, int] | None:
    edition, unit, code = (bad.required(row, name) for name in ("edition", "unit", "code"))
    criterion = known.criteria.get((edition, code))
    unit_id = known.units.get(unit)
    if edition and edition not in known.editions:
        bad.add(row, "edition", N_("No edition has the code “%(code)s”."), code=edition)
    elif edition and code and criterion is None:
        bad.add(
            row,
            "code",
            N_("Edition %(edition)s has no criterion “%(code)s”."),
            edition=edition,
            code=code,
        )
    if unit and unit_id is None:
        bad.add(row, "unit", N_("No unit has the code or the exact name “%(name)s”."), name=unit)
    return None if criterion is None or unit_id is None else (criterion, unit_id)


def _check(
    bad: BadRows, row: Row, criterion: Criterion, score: Score | None, values: dict[str, Any]
) -> None:
    """Note what is wrong with a row; rows of a closed edition must equal what is known."""
    edition = row.cells["edition"]
    if criterion.rule_kind is RuleKind.GROUP:
        bad.add(row, "code", ON_A_GROUP, code=criterion.code)
        return
    if criterion.edition.closed and (
        score is None or any(getattr(score, name) != value for name, value in values.items())
    ):
        refusal = EditionClosed(edition)
        bad.add(row, "edition", refusal.message, **refusal.params)
    for name in POINT_COLUMNS:
        try:
            check_score(criterion, name, values.get(name))
        except BadInput as error:
            bad.add(row, name, error.message, **error.params)
