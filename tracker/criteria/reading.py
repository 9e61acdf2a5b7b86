"""Reading a sheet of criteria: what each row says, and what is wrong with it."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from tracker.criteria.actions import (
    CriterionData,
    EditionClosed,
    EditionData,
    check_criterion,
    check_edition,
    require_unscored,
)
from tracker.criteria.models import Criterion, Edition
from tracker.criteria.rules import RuleKind, circle, settled_kind
from tracker.errors import N_, BadInput, RuleViolation
from tracker.folding import fold
from tracker.sheets import BadRows, Row, Sheet, cell_bool, cell_choice, cell_decimal, cell_int
from tracker.units.exchange import KIND_WORDS as UNIT_WORDS

KIND_WORDS: dict[str, RuleKind] = {
    **{kind.value: kind for kind in RuleKind},
    "Tổng các tiêu chí thành phần": RuleKind.GROUP,
    "Tổng": RuleKind.GROUP,
    "Nhóm": RuleKind.GROUP,
    "Theo bậc": RuleKind.STEPPED,
    "Bậc": RuleKind.STEPPED,
    "Có/không": RuleKind.YES_NO,
    "Có, không": RuleKind.YES_NO,
    "Tỷ lệ": RuleKind.RATIO,
    "Đánh giá": RuleKind.JUDGED,
    "Chấm theo đánh giá": RuleKind.JUDGED,
    "Điều tra xã hội học": RuleKind.SURVEY,
    "ĐTXHH": RuleKind.SURVEY,
    "Điểm thưởng": RuleKind.BONUS,
    "Điểm trừ": RuleKind.PENALTY,
    "Điểm phạt": RuleKind.PENALTY,
}


def level_of(text: str) -> str:
    """Return the kind of unit that `text` names (“phường” is commune), else `text` itself."""
    named = {fold(word): kind.value for word, kind in UNIT_WORDS.items()}
    return named.get(fold(text), text)


@dataclass
class Reading:
    """The file of one edition while it is read."""

    data: EditionData
    edition: Edition | None
    known: dict[str, Criterion]
    rows: dict[str, Row] = field(default_factory=dict)
    read: dict[str, tuple[CriterionData, str | None]] = field(default_factory=dict)
    said: set[str] = field(default_factory=set)

    @property
    def parents(self) -> dict[str, str | None]:
        """Return code → code above, the file's word over what is known."""
        ids = {item.id: code for code, item in self.known.items()}
        above = {code: ids.get(item.parent_id or 0) for code, item in self.known.items()}
        return above | {code: parent for code, (_, parent) in self.read.items()}


def read_criteria(session: Session, sheet: Sheet) -> dict[str, Reading]:
    """Return edition code → what the sheet says of it. RowErrors lists every bad row."""
    bad = BadRows()
    editions = {
        edition.code: edition
        for edition in session.scalars(
            select(Edition)
            .where(Edition.code.in_({row.cells["edition"] for row in sheet}))
            .options(selectinload(Edition.criteria))
        )
    }
    readings: dict[str, Reading] = {}
    for row in sheet:
        code = bad.required(row, "edition")
        if not code:
            continue
        if code not in readings:
            readings[code] = _begin(code, editions.get(code))
        _read_edition(bad, row, readings[code])
        _read_criterion(bad, row, readings[code])
    for reading in readings.values():
        _check_edition(bad, reading)
        _check_tree(session, bad, reading)
    bad.refuse()
    return readings


def _begin(code: str, edition: Edition | None) -> Reading:
    if edition is None:
        return Reading(EditionData(code, "", None, None), None, {})
    data = EditionData(
        edition.code,
        edition.index,
        edition.year,
        edition.scale,
        edition.level,
        edition.name,
        edition.closed,
    )
    return Reading(data, edition, {item.code: item for item in edition.criteria})


def _read_edition(bad: BadRows, row: Row, reading: Reading) -> None:
    """Take what a row says of its edition; two rows may not say different things."""
    parsers: dict[str, Callable[[str], object]] = {
        "year": cell_int,
        "index": str,
        "level": level_of,
        "scale": cell_decimal,
    }
    for name, parse in parsers.items():
        value = bad.read(row, name, parse)
        if value is None or value == "":
            continue
        if name in reading.said and getattr(reading.data, name) != value:
            bad.add(
                row,
                name,
                N_("Another row of the same edition says “%(other)s”."),
                other=str(getattr(reading.data, name)),
            )
            continue
        reading.said.add(name)
        reading.data = replace(reading.data, **{name: value})  # type: ignore[arg-type]


def _read_criterion(bad: BadRows, row: Row, reading: Reading) -> None:
    code = bad.required(row, "code")
    if not code:
        return
    if code in reading.rows:
        bad.add(
            row,
            "code",
            N_("The code “%(code)s” is already in line %(line)s."),
            code=code,
            line=reading.rows[code].line,
        )
        return
    reading.rows[code] = row
    cells, known = row.cells, reading.known.get(code)
    points = bad.read(row, "max_points", cell_decimal)
    kind = bad.read(row, "rule_kind", lambda text: cell_choice(text, KIND_WORDS))
    survey = bad.read(row, "survey", cell_bool)
    if known is not None:
        kind = kind or known.rule_kind
        points = known.max_points if points is None and not cells["max_points"] else points
        survey = survey if cells["survey"] else known.survey
    data = CriterionData(
        code=code,
        name=cells["name"] or (known.name if known else ""),
        max_points=points,
        kind=kind,
        rule_text=cells["rule_text"] or (known.rule_text if known else ""),
        survey=bool(survey) or kind is RuleKind.SURVEY,
    )
    above = reading.parents.get(code) if known else None
    reading.read[code] = data, cells["parent_code"] or above
    if cells["max_points"] and points is None:
        data = replace(data, max_points=Decimal(0))  # said already: it cannot be read
    try:
        check_criterion(data)
    except BadInput as error:
        bad.add(row, error.field, error.message, **error.params)


def _check_edition(bad: BadRows, reading: Reading) -> None:
    first = next(iter(reading.rows.values()), None)
    if first is None:
        return
    try:
        check_edition(reading.data)
    except BadInput as error:
        if not any(found.column == error.field for found in bad.errors):
            column = "edition" if error.field == "code" else error.field
            bad.add(first, column, error.message, **error.params)
    if reading.edition is not None and reading.edition.closed:
        _check_closed(bad, reading, reading.edition)


def _check_closed(bad: BadRows, reading: Reading, edition: Edition) -> None:
    """Rows of a closed edition must equal what is known."""
    refusal = EditionClosed(edition.code)
    data = reading.data
    same = (edition.year, edition.index, edition.level, edition.scale)
    if (data.year, data.index, data.level, data.scale) != same:
        bad.add(next(iter(reading.rows.values())), "edition", refusal.message, **refusal.params)
    ids = {item.id: code for code, item in reading.known.items()}
    for code, (row, parent) in reading.read.items():
        known = reading.known.get(code)
        if (
            known is None
            or (row.name, row.max_points, row.kind, row.rule_text, row.survey)
            != (
                known.name,
                known.max_points,
                known.rule_kind,
                known.rule_text,
                known.survey,
            )
            or parent != ids.get(known.parent_id or 0)
        ):
            bad.add(reading.rows[code], "code", refusal.message, **refusal.params)


def _check_tree(session: Session, bad: BadRows, reading: Reading) -> None:
    parents = reading.parents
    above = {parent for parent in parents.values() if parent}
    for code, (data, parent) in reading.read.items():
        row, known = reading.rows[code], reading.known.get(code)
        if parent and parent not in reading.read and parent not in reading.known:
            bad.add(
                row,
                "parent_code",
                N_("No criterion has the code “%(code)s”, neither here nor in the file."),
                code=parent,
            )
        elif circle(parents, code):
            bad.add(row, "parent_code", N_("A criterion cannot lie below itself."))
        said = data.kind if row.cells["rule_kind"] or code not in above else None
        try:
            kind = settled_kind(said, has_parts=code in above)
            if kind is RuleKind.GROUP and known and known.rule_kind is not RuleKind.GROUP:
                require_unscored(session, known)
        except RuleViolation as error:
            bad.add(row, "rule_kind", error.message, **error.params)
    for code in above - set(reading.read):
        known = reading.known.get(code)
        if known is not None and known.rule_kind is not RuleKind.GROUP:
            child = next(c for c, (_, parent) in reading.read.items() if parent == code)
            try:
                require_unscored(session, known)
            except RuleViolation as error:
                bad.add(reading.rows[child], "parent_code", error.message, **error.params)
