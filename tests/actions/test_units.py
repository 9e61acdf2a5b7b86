"""The unit tree: saving, aliases, validity, import and export."""

from datetime import date

import pytest
import sqlalchemy as sa

from tests.factories import JUNE_1, PostFactory, UnitFactory, actor_of
from tracker.db import transaction
from tracker.errors import BadInput, NotAllowed, RowErrors
from tracker.history import HistoryEntry
from tracker.permissions import Role, Way
from tracker.sheets import read_sheet, write_csv, write_xlsx
from tracker.units.actions import UnitData, save_unit
from tracker.units.exchange import COLUMNS, Counts, import_units, unit_rows
from tracker.units.models import Unit
from tracker.units.queries import unit_choices, unit_directory, unit_tree, units_by_code
from tracker.units.rules import UnitKind

TODAY = date(2026, 6, 1)


@pytest.fixture
def admin(session):
    return actor_of(PostFactory(role=Role.ADMIN))


def save(by, unit_id=None, **said):
    data = UnitData(**{"code": "SNV", "name": "Sở Nội vụ", **said})
    with transaction() as session:
        return save_unit(session, unit_id, data, by=by, at=JUNE_1).id


def take(by, *lines, name="units.csv"):
    text = "\n".join(lines)
    with transaction() as session:
        sheet = read_sheet(text.encode(), file_name=name, columns=COLUMNS)
        return import_units(session, sheet, by=by, at=JUNE_1)


def acts(session):
    return list(session.scalars(sa.select(HistoryEntry.act).order_by(HistoryEntry.id)))


def test_a_saved_unit_is_found_without_accents_by_any_of_its_names(session, admin):
    save(admin, aliases=("Cơ quan thường trực",))

    for words in ("so noi vu", "SNV", "co quan thuong", "Thường Trực"):
        assert [row.unit.code for row in unit_tree(session, TODAY, words=words)] == ["SNV"]
    assert unit_tree(session, TODAY, words="so y te") == []


def test_saving_an_equal_unit_records_nothing(session, admin):
    unit_id = save(admin, aliases=("Sở NV",))
    save(admin, unit_id, aliases=("Sở NV",))

    assert acts(session) == ["unit.add"]


def test_a_change_of_aliases_is_recorded_with_before_and_after(session, admin):
    unit_id = save(admin, aliases=("Sở NV", "CQTT"))
    save(admin, unit_id, aliases=("CQTT", "Sở Nội Vụ tỉnh"))

    entry = session.scalars(sa.select(HistoryEntry).order_by(HistoryEntry.id.desc())).first()
    assert entry.before == {"aliases": ["Sở NV", "CQTT"]}
    assert entry.after == {"aliases": ["CQTT", "Sở Nội Vụ tỉnh"]}


def test_doubled_aliases_and_the_own_name_are_left_out(session, admin):
    save(admin, aliases=("sở nội vụ", "CQTT", "cqtt", "  ", "CQTT "))

    assert [alias.alias for alias in units_by_code(session)["SNV"].aliases] == ["CQTT"]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"code": ""}, "code"),
        ({"code": "S NV"}, "code"),
        ({"code": "=SUM(A1)"}, "code"),
        ({"code": "X" * 41}, "code"),
        ({"name": ""}, "name"),
        ({"name": "x" * 301}, "name"),
        ({"email": "không phải"}, "email"),
        ({"valid_from": date(2026, 2, 1), "valid_to": date(2026, 1, 31)}, "valid_to"),
        ({"parent_id": 987654}, "parent_id"),
    ],
)
def test_what_cannot_be_said_of_a_unit_is_named_by_its_field(session, admin, said, field):
    with pytest.raises(BadInput) as refusal:
        save(admin, **said)

    assert refusal.value.field == field
    assert session.scalars(sa.select(Unit)).all() == []


def test_a_code_belongs_to_one_unit(session, admin):
    save(admin)

    with pytest.raises(BadInput, match="another unit"):
        save(admin, name="Sở khác")


def test_a_unit_cannot_lie_below_itself(session, admin):
    top = save(admin, code="A")
    middle = save(admin, code="B", parent_id=top)
    bottom = save(admin, code="C", parent_id=middle)

    for parent in (top, middle, bottom):
        with pytest.raises(BadInput, match="below itself"):
            save(admin, top, code="A", parent_id=parent)


@pytest.mark.parametrize("role", [Role.UNIT_HEAD, Role.VIEWER, Role.CHAIRPERSON])
def test_only_the_secretariat_and_the_administrator_change_units(session, role):
    by = actor_of(PostFactory(role=role, unit=UnitFactory()))

    with pytest.raises(NotAllowed):
        save(by)


def test_a_unit_exists_on_both_ends_of_its_validity(session, admin):
    save(admin, valid_from=date(2025, 7, 1), valid_to=date(2026, 6, 1))

    for day, exists in (
        (date(2025, 6, 30), False),
        (date(2025, 7, 1), True),
        (date(2026, 6, 1), True),
        (date(2026, 6, 2), False),
    ):
        assert bool(unit_choices(session, day)) is exists
        assert bool(unit_directory(session, day).match("Sở Nội vụ").codes) is exists


def test_the_directory_knows_every_name(session, admin):
    save(admin, short_name="Sở NV", aliases=("Cơ quan Thường trực",))
    directory = unit_directory(session, TODAY)

    for name in ("Sở Nội vụ", "Sở NV", "cơ quan thường trực"):
        assert directory.match(name).codes == ("SNV",)


def test_the_tree_puts_children_under_their_parent(session, admin):
    top = save(admin, code="TINH", name="Ủy ban nhân dân tỉnh", kind=UnitKind.PROVINCE)
    save(admin, code="SNV", parent_id=top)
    save(admin, code="A", name="An Giang")

    rows = [(row.unit.code, row.depth) for row in unit_tree(session, TODAY)]

    assert rows == [("A", 0), ("TINH", 0), ("SNV", 1)]


def test_an_import_takes_children_above_their_parents(session, admin):
    counts = take(
        admin,
        "code,name,kind,parent_code,aliases",
        "XA1,UBND xã Một,commune,TINH,xã Một; Xã Một mới",
        "TINH,UBND tỉnh,Cấp tỉnh,,",
    )

    units = units_by_code(session)
    assert counts == Counts(added=2)
    assert units["XA1"].parent_id == units["TINH"].id
    assert units["TINH"].kind is UnitKind.PROVINCE
    assert [alias.alias for alias in units["XA1"].aliases] == ["xã Một", "Xã Một mới"]


def test_a_known_code_updates_and_a_blank_erases_nothing(session, admin):
    save(admin, email="snv@tinh.example", phone="0123", aliases=("CQTT",), kind=UnitKind.DEPARTMENT)

    counts = take(admin, "code;name;phone;email", "SNV;Sở Nội vụ tỉnh;;moi@tinh.example")

    unit = units_by_code(session)["SNV"]
    assert counts == Counts(changed=1)
    assert (unit.name, unit.phone, unit.email) == ("Sở Nội vụ tỉnh", "0123", "moi@tinh.example")
    assert unit.kind is UnitKind.DEPARTMENT
    assert [alias.alias for alias in unit.aliases] == ["CQTT"]


def test_an_equal_row_is_unchanged(session, admin):
    rows = ("code;name;valid_from", "SNV;Sở Nội vụ;01/07/2025")
    take(admin, *rows)

    assert take(admin, *rows) == Counts(unchanged=1)
    assert acts(session) == ["unit.add"]


def test_an_import_is_recorded_as_such(session, admin):
    take(admin, "code;name", "SNV;Sở Nội vụ")

    assert session.scalars(sa.select(HistoryEntry.way)).all() == [Way.IMPORT]


def test_one_bad_row_refuses_the_file_and_every_bad_row_is_named(session, admin):
    with pytest.raises(RowErrors) as refusal:
        take(
            admin,
            "code;name;kind;parent_code;email;valid_from",
            "A;Đơn vị A;department;;;",
            "B;;department;;;",
            "A;Lặp;;;;",
            "C;Đơn vị C;tàu thủy;;;",
            "D;Đơn vị D;;KHONG;;",
            "E;Đơn vị E;;;khong-phai;",
            "F;Đơn vị F;;;;31/02/2026",
            ";Không mã;;;;",
        )

    assert [(row.line, row.column) for row in refusal.value.rows] == [
        (3, "name"),
        (4, "code"),
        (5, "kind"),
        (6, "parent_code"),
        (7, "email"),
        (8, "valid_from"),
        (9, "code"),
    ]
    assert session.scalars(sa.select(Unit)).all() == []


def test_an_import_cannot_close_a_circle(session, admin):
    take(admin, "code;name;parent_code", "A;Đơn vị A;", "B;Đơn vị B;A")

    with pytest.raises(RowErrors, match="Rows to correct: 1"):
        take(admin, "code;name;parent_code", "A;;B")


@pytest.mark.parametrize("sheet_format", ["csv", "xlsx"])
def test_export_import_export_gives_the_same_rows(session, admin, sheet_format):
    take(
        admin,
        "code;name;short_name;kind;parent_code;email;phone;head_name;valid_from;valid_to",
        "A-1;=Đơn vị;ĐV;department;;a@b.vn;0987;Lê A;01/07/2025;",
        "B/2;Đơn vị B;;other;A-1;;+84 1;;;31/12/2027",
    )
    first = unit_rows(session)
    data = (
        write_csv(COLUMNS, first)
        if sheet_format == "csv"
        else write_xlsx(COLUMNS, first, sheet_name="units")
    )

    with transaction() as writing:
        sheet = read_sheet(data, file_name=f"units.{sheet_format}", columns=COLUMNS)
        counts = import_units(writing, sheet, by=admin, at=JUNE_1)

    session.expire_all()
    assert counts == Counts(unchanged=2)
    assert unit_rows(session) == first


def test_a_large_import_with_one_bad_row_names_it_and_changes_nothing(session, admin):
    lines = [f"U{n};Đơn vị {n};{'U' + str(n + 1) if n < 4999 else ''}" for n in range(5000)]
    lines[3210] = "U3210;;"

    with pytest.raises(RowErrors) as refusal:
        take(admin, "code;name;parent_code", *lines)

    assert [(row.line, row.column) for row in refusal.value.rows] == [(3212, "name")]
    assert session.scalars(sa.select(Unit.id)).first() is None
