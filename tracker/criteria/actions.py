"""Acts on editions and criteria."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import column, exists, select, table
from sqlalchemy.orm import Session

from tracker import history
from tracker.criteria.models import Criterion, Edition
from tracker.criteria.rules import RuleKind, check_points, circle, code_order, settled_kind
from tracker.errors import N_, BadInput, RuleViolation
from tracker.permissions import Actor, Permission, require

FIRST_YEAR, LAST_YEAR = 1990, 2199
CODE_LENGTH, INDEX_LENGTH, NAME_LENGTH, LEVEL_LENGTH = 60, 60, 300, 40
CRITERION_CODE_LENGTH = 40

NO_YEAR = N_("The year must lie between %(first)s and %(last)s.")
FILL_IN = N_("Fill in this field.")


@dataclass(frozen=True)
class EditionData:
    """What an edition is; `level` is the kind of unit it is for, `scale` its sum of maxima."""

    code: str
    index: str
    year: int | None
    scale: Decimal | None
    level: str = ""
    name: str = ""
    closed: bool = False


@dataclass(frozen=True)
class CriterionData:
    """What a criterion is; `kind` None: judged on a leaf, a group above."""

    code: str
    name: str
    max_points: Decimal | None
    parent_id: int | None = None
    kind: RuleKind | None = None
    rule_text: str = ""
    survey: bool = False


class EditionClosed(RuleViolation):
    """The results of the edition are settled."""

    def __init__(self, code: str) -> None:
        super().__init__(
            N_("Edition %(code)s is closed: its criteria and scores change no more."), code=code
        )


def check_edition(data: EditionData) -> None:
    """Raise BadInput, naming the field, unless `data` makes an edition."""
    for field, text, most in (
        ("code", data.code, CODE_LENGTH),
        ("index", data.index, INDEX_LENGTH),
        ("name", data.name, NAME_LENGTH),
        ("level", data.level, LEVEL_LENGTH),
    ):
        if field in {"code", "index"} and not text.strip():
            raise BadInput(FILL_IN, field=field)
        _check_length(text, most, field)
    if data.year is None or not FIRST_YEAR <= data.year <= LAST_YEAR:
        raise BadInput(NO_YEAR, field="year", first=FIRST_YEAR, last=LAST_YEAR)
    _check_maximum(data.scale, "scale")
    if not data.scale:
        raise BadInput(N_("The scale must be above 0."), field="scale")


def check_criterion(data: CriterionData) -> None:
    """Raise BadInput, naming the field, unless `data` makes a criterion."""
    if not code_order(data.code):
        raise BadInput(N_("Write a code, for example 1.2.3 or I.1.a."), field="code")
    _check_length(data.code, CRITERION_CODE_LENGTH, "code")
    if not data.name.strip():
        raise BadInput(FILL_IN, field="name")
    _check_maximum(data.max_points, "max_points")


def save_edition(
    session: Session, edition: Edition | None, data: EditionData, *, by: Actor, at: datetime
) -> Edition:
    """Open an edition, or change it. BadInput: what was given makes no edition, or a known code."""
    require(by, Permission.CRITERIA_MANAGE)
    check_edition(data)
    other = session.scalar(select(Edition).where(Edition.code == data.code.strip()))
    if other is not None and other is not edition:
        raise BadInput(
            N_("The code “%(code)s” is already in use."), field="code", code=data.code.strip()
        )
    saved = edition or Edition()
    write_edition(session, saved, data, by=by, at=at)
    return saved


def write_edition(
    session: Session, edition: Edition, data: EditionData, *, by: Actor, at: datetime
) -> bool:
    """Put checked `data` into `edition`; tell whether anything changed. The caller has asked."""
    new = edition.id is None
    for name, value in vars(data).items():
        text = value.strip() if isinstance(value, str) else value
        if getattr(edition, name) != text:
            setattr(edition, name, text)
    if new:
        session.add(edition)
    changed = new or session.is_modified(edition)
    session.flush()
    if changed:
        act = "edition.open" if new else "edition.edit"
        history.record(session, act, edition, by=by, at=at)
    return changed


def save_criterion(
    session: Session,
    edition: Edition,
    criterion: Criterion | None,
    data: CriterionData,
    *,
    by: Actor,
    at: datetime,
) -> Criterion:
    """Add a criterion to an edition, or change it; nothing is deleted.

    BadInput: a known code, a parent elsewhere or below itself. RuleViolation: a closed edition,
    a rule that is not a group above others, scores on what would become a group.
    """
    require(by, Permission.CRITERIA_MANAGE)
    require_open(edition)
    check_criterion(data)
    known = {known.code: known for known in edition.criteria}
    other = known.get(data.code)
    if other is not None and other is not criterion:
        raise BadInput(N_("The code “%(code)s” is already in use."), field="code", code=data.code)
    ids = {known.id: known for known in edition.criteria}
    if data.parent_id is not None and data.parent_id not in ids:
        raise BadInput(N_("Choose a criterion of the same edition."), field="parent_id")
    parents = {item.code: _code_above(item, ids) for item in edition.criteria if item.id}
    parent = ids[data.parent_id] if data.parent_id else None
    parents[data.code] = parent.code if parent else None
    if circle(parents, data.code):
        raise BadInput(N_("A criterion cannot lie below itself."), field="parent_id")
    if parent is not None and parent.rule_kind is not RuleKind.GROUP:
        require_unscored(session, parent)
        parent.rule_kind = RuleKind.GROUP
        history.record(session, "criterion.edit", parent, by=by, at=at)
    below = criterion is not None and any(
        item.parent_id == criterion.id for item in edition.criteria
    )
    saved = criterion or Criterion(edition=edition)
    kind = settled_kind(data.kind, has_parts=below)
    if write_criterion(session, saved, data, kind=kind, by=by, at=at):
        put_in_order(edition)
    return saved


def write_criterion(
    session: Session,
    criterion: Criterion,
    data: CriterionData,
    *,
    kind: RuleKind,
    by: Actor,
    at: datetime,
) -> bool:
    """Put checked `data` into `criterion`; tell whether anything changed. The caller has asked."""
    new = criterion.id is None
    if not new and kind is RuleKind.GROUP and criterion.rule_kind is not RuleKind.GROUP:
        require_unscored(session, criterion)
    values = {
        "code": data.code.strip(),
        "name": data.name.strip(),
        "parent_id": data.parent_id,
        "max_points": data.max_points,
        "rule_kind": kind,
        "rule_text": data.rule_text.strip(),
        "survey": data.survey,
    }
    for name, value in values.items():
        if getattr(criterion, name) != value:
            setattr(criterion, name, value)
    if new:
        session.add(criterion)
    changed = new or session.is_modified(criterion, include_collections=False)
    session.flush()
    if changed:
        act = "criterion.add" if new else "criterion.edit"
        history.record(session, act, criterion, by=by, at=at)
    return changed


def put_in_order(edition: Edition) -> None:
    """Put the criteria in the natural order of their codes."""
    ordered = sorted(edition.criteria, key=lambda item: code_order(item.code))
    for position, item in enumerate(ordered, start=1):
        if item.position != position:
            item.position = position


def require_open(edition: Edition) -> None:
    """Raise EditionClosed when the results of the edition are settled."""
    if edition.closed:
        raise EditionClosed(edition.code)


def require_unscored(session: Session, criterion: Criterion) -> None:
    """Raise RuleViolation when units have scores on `criterion`: it cannot become a group."""
    scores = table("scores", column("criterion_id"))  # a room above this one
    if session.scalar(select(exists().where(scores.c.criterion_id == criterion.id))):
        raise RuleViolation(
            N_("Criterion %(code)s has scores, so it cannot be divided into parts."),
            code=criterion.code,
        )


def _code_above(item: Criterion, ids: dict[int, Criterion]) -> str | None:
    return ids[item.parent_id].code if item.parent_id else None


def _check_length(text: str, most: int, field: str) -> None:
    if len(text.strip()) > most:
        raise BadInput(
            N_("This is longer than %(most)s characters. Shorten it."), field=field, most=most
        )


def _check_maximum(points: Decimal | None, field: str) -> None:
    if points is None:
        raise BadInput(FILL_IN, field=field)
    try:
        check_points(points)
    except BadInput as error:
        raise BadInput(error.message, field=field, **error.params) from error
