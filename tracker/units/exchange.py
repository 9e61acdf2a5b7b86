"""Units in and out as a sheet, with the same columns."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from tracker.errors import N_, BadInput
from tracker.permissions import Actor, Permission, Way, require
from tracker.sheets import (
    BadRows,
    CellValue,
    Column,
    Row,
    Sheet,
    cell_choice,
    cell_date,
    cell_list,
)
from tracker.units.actions import UnitData, check_unit, write_unit
from tracker.units.models import Unit
from tracker.units.queries import units_by_code
from tracker.units.rules import UnitKind, closes_circle, one_alias_each

COLUMNS = (
    Column("code", ("Mã đơn vị", "Unit code", "Mã"), required=True),
    Column("name", ("Tên đơn vị", "Name", "Tên")),
    Column("short_name", ("Tên viết tắt", "Short name", "Tên ngắn")),
    Column("kind", ("Loại đơn vị", "Kind", "Loại")),
    Column("parent_code", ("Mã đơn vị cấp trên", "Parent unit code", "Đơn vị cấp trên")),
    Column("email", ("Thư điện tử", "E-mail", "Email")),
    Column("phone", ("Điện thoại", "Phone")),
    Column("head_name", ("Thủ trưởng", "Head", "Người đứng đầu")),
    Column("valid_from", ("Có hiệu lực từ", "Valid from", "Từ ngày")),
    Column("valid_to", ("Có hiệu lực đến", "Valid to", "Đến ngày")),
    Column("aliases", ("Tên gọi khác", "Aliases")),
)

KIND_WORDS: dict[str, UnitKind] = {
    **{kind.value: kind for kind in UnitKind},
    "Sở, phòng, ban chuyên môn": UnitKind.DEPARTMENT,
    "Sở": UnitKind.DEPARTMENT,
    "Phòng": UnitKind.DEPARTMENT,
    "Phòng chuyên môn": UnitKind.DEPARTMENT,
    "Ban": UnitKind.DEPARTMENT,
    "Ban chuyên môn": UnitKind.DEPARTMENT,
    "Văn phòng": UnitKind.OFFICE,
    "Ngành dọc": UnitKind.SECTOR,
    "Cơ quan ngành dọc": UnitKind.SECTOR,
    "UBND xã, phường, đặc khu": UnitKind.COMMUNE,
    "Xã, phường, đặc khu": UnitKind.COMMUNE,
    "Xã, phường": UnitKind.COMMUNE,
    "Xã": UnitKind.COMMUNE,
    "Phường": UnitKind.COMMUNE,
    "Đặc khu": UnitKind.COMMUNE,
    "UBND xã": UnitKind.COMMUNE,
    "UBND phường": UnitKind.COMMUNE,
    "UBND đặc khu": UnitKind.COMMUNE,
    "Huyện": UnitKind.DISTRICT,
    "Cấp huyện": UnitKind.DISTRICT,
    "UBND huyện": UnitKind.DISTRICT,
    "Tỉnh": UnitKind.PROVINCE,
    "Cấp tỉnh": UnitKind.PROVINCE,
    "UBND tỉnh": UnitKind.PROVINCE,
    "Cơ quan Đảng": UnitKind.PARTY,
    "Đảng": UnitKind.PARTY,
    "Mặt trận Tổ quốc, đoàn thể": UnitKind.FRONT,
    "Mặt trận, đoàn thể": UnitKind.FRONT,
    "Mặt trận": UnitKind.FRONT,
    "Đơn vị sự nghiệp": UnitKind.PUBLIC_SERVICE,
    "Đơn vị sự nghiệp công lập": UnitKind.PUBLIC_SERVICE,
    "Đơn vị khác": UnitKind.OTHER,
    "Khác": UnitKind.OTHER,
}


@dataclass(frozen=True)
class Counts:
    """What an import did, in rows."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0


def import_units(session: Session, sheet: Sheet, *, by: Actor, at: datetime) -> Counts:
    """Take units in, all or nothing.

    A known code updates and a blank cell erases nothing; an equal row changes nothing; a parent
    may stand below its children. RowErrors lists every bad row.
    """
    require(by, Permission.UNIT_MANAGE)
    by = by.through(Way.IMPORT)
    known = units_by_code(session)
    read = _read(sheet, known)
    codes_by_id = {unit.id: code for code, unit in known.items()}
    parents = {code: codes_by_id.get(unit.parent_id or 0) for code, unit in known.items()}
    parents |= {code: parent for code, (_, parent) in read.items() if parent}
    units, counts = dict(known), [0, 0, 0]
    for code in _parents_first(read, parents):
        data, _ = read[code]
        parent = parents.get(code)
        data = replace(data, parent_id=units[parent].id if parent else None)
        unit, new = units.get(code) or Unit(aliases=[]), code not in known
        changed = write_unit(session, unit, data, by=by, at=at)
        units[code] = unit
        counts[0 if new else 1 if changed else 2] += 1
    return Counts(*counts)


def unit_rows(session: Session) -> list[dict[str, CellValue]]:
    """Return every unit as the sheet holds it, by code."""
    units = units_by_code(session)
    codes = {unit.id: code for code, unit in units.items()}
    return [
        {
            "code": code,
            "name": unit.name,
            "short_name": unit.short_name,
            "kind": unit.kind.value,
            "parent_code": codes.get(unit.parent_id or 0, ""),
            "email": unit.email,
            "phone": unit.phone,
            "head_name": unit.head_name,
            "valid_from": unit.valid_from,
            "valid_to": unit.valid_to,
            "aliases": [alias.alias for alias in unit.aliases],
        }
        for code, unit in units.items()
    ]


def _read(sheet: Sheet, known: dict[str, Unit]) -> dict[str, tuple[UnitData, str]]:
    """Return code → (what the row says over what is known, parent's code)."""
    bad = BadRows()
    read: dict[str, tuple[UnitData, str]] = {}
    rows: dict[str, Row] = {}
    for row in sheet:
        code = bad.required(row, "code")
        if not code:
            continue
        if code in rows:
            bad.add(
                row,
                "code",
                N_("The code “%(code)s” is already in line %(line)s."),
                code=code,
                line=rows[code].line,
            )
            continue
        rows[code] = row
        data = _data(bad, row, known.get(code))
        read[code] = data, row.cells["parent_code"]
        try:
            check_unit(data)
        except BadInput as error:
            bad.add(row, error.field, error.message, **error.params)
    _check_parents(bad, rows, read, known)
    bad.refuse()
    return read


def _data(bad: BadRows, row: Row, unit: Unit | None) -> UnitData:
    cells = row.cells
    kind = bad.read(row, "kind", _kind)
    first = bad.read(row, "valid_from", cell_date)
    last = bad.read(row, "valid_to", cell_date)
    aliases = tuple(cell_list(cells["aliases"]))
    name = cells["name"] or (unit.name if unit else "")
    if unit is None:
        return UnitData(
            code=cells["code"],
            name=name,
            short_name=cells["short_name"],
            kind=kind or UnitKind.OTHER,
            email=cells["email"],
            phone=cells["phone"],
            head_name=cells["head_name"],
            valid_from=first,
            valid_to=last,
            aliases=aliases,
        )
    return UnitData(
        code=unit.code,
        name=name,
        short_name=cells["short_name"] or unit.short_name,
        kind=kind or unit.kind,
        email=cells["email"] or unit.email,
        phone=cells["phone"] or unit.phone,
        head_name=cells["head_name"] or unit.head_name,
        valid_from=first or unit.valid_from,
        valid_to=last or unit.valid_to,
        aliases=one_alias_each(aliases) or tuple(alias.alias for alias in unit.aliases),
        hand_in_by_head_only=unit.hand_in_by_head_only,
        hand_in_needs_document=unit.hand_in_needs_document,
    )


def _kind(text: str) -> UnitKind | None:
    """Read a kind by its word or one of its Vietnamese names; a refusal lists the words."""
    try:
        return cell_choice(text, KIND_WORDS)
    except BadInput:
        return cell_choice(text, {kind.value: kind for kind in UnitKind})


def _check_parents(
    bad: BadRows,
    rows: dict[str, Row],
    read: dict[str, tuple[UnitData, str]],
    known: dict[str, Unit],
) -> None:
    codes = {unit.id: code for code, unit in known.items()}
    parents = {code: codes.get(unit.parent_id or 0) for code, unit in known.items()}
    for code, (_, parent) in read.items():
        if parent and parent not in read and parent not in known:
            bad.add(
                rows[code],
                "parent_code",
                N_("No unit has the code “%(code)s”, neither here nor in the file."),
                code=parent,
            )
        elif parent:
            parents[code] = parent
    for code, (_, parent) in read.items():
        if parent and closes_circle(parents, code):
            bad.add(rows[code], "parent_code", N_("A unit cannot lie below itself."))


def _parents_first(
    read: dict[str, tuple[UnitData, str]], parents: dict[str, str | None]
) -> Sequence[str]:
    """Return the codes of the file, each after its parent."""
    ordered: dict[str, None] = {}
    for code in read:
        way = []
        here: str | None = code
        while here is not None and here in read and here not in ordered:
            way.append(here)
            here = parents.get(here)
        ordered.update(dict.fromkeys(reversed(way)))
    return list(ordered)
