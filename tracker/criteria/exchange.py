"""Criteria in and out as a sheet, with the same columns."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from tracker.criteria.actions import CriterionData, put_in_order, write_criterion, write_edition
from tracker.criteria.models import Criterion, Edition
from tracker.criteria.queries import criteria_tree, edition_by_id, tree_mismatches
from tracker.criteria.reading import Reading, read_criteria
from tracker.criteria.rules import Mismatch, RuleKind, plain, settled_kind
from tracker.errors import N_
from tracker.permissions import Actor, Permission, Way, require
from tracker.sheets import BadRows, CellValue, Column, Sheet

COLUMNS = (
    Column("edition", ("Kỳ đánh giá", "Edition", "Bộ tiêu chí"), required=True),
    Column("year", ("Năm", "Year")),
    Column("index", ("Chỉ số", "Index")),
    Column("level", ("Cấp", "Level")),
    Column("scale", ("Thang điểm", "Scale")),
    Column("code", ("Mã tiêu chí", "Code", "Mã", "STT"), required=True),
    Column("name", ("Tên tiêu chí", "Name", "Lĩnh vực/Tiêu chí/Tiêu chí thành phần"), width=60),
    Column("parent_code", ("Thuộc tiêu chí", "Parent code", "Mã tiêu chí cấp trên")),
    Column("max_points", ("Điểm tối đa", "Maximum points")),
    Column("rule_kind", ("Cách chấm", "Rule kind")),
    Column("rule_text", ("Quy định chấm điểm", "Rule text", "Thang điểm chi tiết"), width=60),
    Column("survey", ("Điều tra xã hội học", "Survey", "ĐTXHH")),
)


@dataclass
class Imported:
    """What an import did, in rows of criteria; the maxima that do not add up, by edition."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    mismatches: dict[str, list[Mismatch]] = field(default_factory=dict)


def import_criteria(
    session: Session, sheet: Sheet, *, by: Actor, at: datetime, as_printed: bool = False
) -> Imported:
    """Take editions and their criteria in, all or nothing.

    A known code updates, a blank cell erases nothing, an equal row changes nothing, parents may
    follow their children. A changed edition in which a maximum differs from the sum of its parts
    is refused unless `as_printed`, which keeps it so; the differences are reported either way, and
    so is a scale that the fields do not fill (a table may be loaded in pieces). RowErrors lists
    every bad row.
    """
    require(by, Permission.CRITERIA_MANAGE)
    by = by.through(Way.IMPORT)
    done = Imported()
    bad = BadRows()
    for reading in read_criteria(session, sheet).values():
        edition = reading.edition or Edition(criteria=[])
        write_edition(session, edition, reading.data, by=by, at=at)
        changed = _write(session, edition, reading, done, by=by, at=at)
        if changed:
            put_in_order(edition)
            session.flush()
        found = tree_mismatches(criteria_tree(session, edition.id), edition.scale)
        if found:
            done.mismatches[edition.code] = found
        if changed and not as_printed:
            _refuse_mismatches(bad, reading, found)
    bad.refuse()
    return done


def criteria_rows(session: Session, edition_id: int | None = None) -> list[dict[str, CellValue]]:
    """Return the criteria of one edition, or of all, as the sheet holds them."""
    query = select(Edition).order_by(Edition.year, Edition.code)
    if edition_id is not None:
        query = query.where(Edition.id == edition_by_id(session, edition_id).id)
    rows: list[dict[str, CellValue]] = []
    for edition in session.scalars(query.options(selectinload(Edition.criteria))):
        codes = {item.id: item.code for item in edition.criteria}
        rows += [
            {
                "edition": edition.code,
                "year": edition.year,
                "index": edition.index,
                "level": edition.level,
                "scale": edition.scale,
                "code": item.code,
                "name": item.name,
                "parent_code": codes.get(item.parent_id or 0, ""),
                "max_points": item.max_points,
                "rule_kind": item.rule_kind.value,
                "rule_text": item.rule_text,
                "survey": item.survey,
            }
            for item in edition.criteria
        ]
    return rows


def _refuse_mismatches(bad: BadRows, reading: Reading, found: list[Mismatch]) -> None:
    first = next(iter(reading.rows.values()))
    for item in found:
        if item.code:
            bad.add(
                reading.rows.get(item.code, first),
                "max_points",
                N_(
                    "%(code)s: the maximum is %(printed)s, its parts sum to %(parts)s."
                    " Correct it, or keep it as printed."
                ),
                code=item.code,
                printed=plain(item.printed),
                parts=plain(item.parts),
            )


def _write(
    session: Session,
    edition: Edition,
    reading: Reading,
    done: Imported,
    *,
    by: Actor,
    at: datetime,
) -> bool:
    """Write the rows of one edition; tell whether anything changed."""
    before = done.added + done.changed
    parents = reading.parents
    above = {parent for parent in parents.values() if parent}
    criteria = dict(reading.known)
    for code in _parents_first(reading.read, parents):
        data, parent = reading.read[code]
        new = code not in criteria
        item = criteria.get(code) or Criterion(edition=edition)
        has_parts = code in above
        kind = RuleKind.GROUP if has_parts else settled_kind(data.kind, has_parts=False)
        placed = replace(data, parent_id=criteria[parent].id if parent else None)
        changed = write_criterion(session, item, placed, kind=kind, by=by, at=at)
        criteria[code] = item
        done.added += new
        done.changed += changed and not new
        done.unchanged += not changed
    for code in above - set(reading.read):
        item = criteria[code]
        if item.rule_kind is not RuleKind.GROUP:
            data = CriterionData(
                item.code,
                item.name,
                item.max_points,
                item.parent_id,
                RuleKind.GROUP,
                item.rule_text,
                item.survey,
            )
            write_criterion(session, item, data, kind=RuleKind.GROUP, by=by, at=at)
    return done.added + done.changed > before


def _parents_first(
    read: dict[str, tuple[CriterionData, str | None]], parents: dict[str, str | None]
) -> list[str]:
    """Return the codes of the file, each after the one above it."""
    ordered: dict[str, None] = {}
    for code in read:
        way: list[str] = []
        here: str | None = code
        while here is not None and here in read and here not in ordered:
            way.append(here)
            here = parents.get(here)
        ordered.update(dict.fromkeys(reversed(way)))
    return list(ordered)
