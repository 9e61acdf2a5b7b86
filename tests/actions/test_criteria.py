"""Editions and criteria come in as a sheet, all or nothing, and go out the same."""

from decimal import Decimal

import pytest
import sqlalchemy as sa

from tests.factories import (
    JUNE_1,
    CriterionFactory,
    EditionFactory,
    PostFactory,
    ScoreFactory,
    UnitFactory,
    actor_of,
)
from tracker.criteria import actions, exchange, queries
from tracker.criteria.models import Criterion, Edition
from tracker.criteria.rules import RuleKind
from tracker.db import transaction
from tracker.errors import BadInput, NotAllowed, RowErrors, RuleViolation
from tracker.history import HistoryEntry
from tracker.permissions import Role
from tracker.sheets import read_sheet, write_csv, write_xlsx

HEADER = (
    "edition;year;index;level;scale;code;name;parent_code;max_points;rule_kind;rule_text;survey"
)
TABLE_A = [
    "PAR-2025;2025;PAR Index;commune;100;1.1.1;Ban hành kế hoạch;1.1;1;stepped;kịp thời 1;",
    "PAR-2025;;;;;1.1.2;Xác định đầy đủ nhiệm vụ;1.1;1,25;có/không;;",
    "PAR-2025;;;;;1;CÔNG TÁC CHỈ ĐẠO;;20;;;",
    "PAR-2025;;;;;1.1;Kế hoạch CCHC năm;1;5;;;",
    "PAR-2025;;;;;1.10;Kiểm tra;1;3;;;",
    "PAR-2025;;;;;1.2;Báo cáo;1;2.75;ratio;;x",
]


def sheet(*lines, header=HEADER):
    data = "\n".join([header, *lines]).encode()
    return read_sheet(data, file_name="tieu-chi.csv", columns=exchange.COLUMNS)


@pytest.fixture
def secretary(session):
    return actor_of(PostFactory(role=Role.SECRETARIAT))


def take(lines, by):
    with transaction() as writing:
        return exchange.import_criteria(writing, sheet(*lines), by=by, at=JUNE_1, as_printed=True)


def test_parents_may_follow_their_children(session, secretary):
    done = take(TABLE_A, secretary)

    edition = session.scalars(sa.select(Edition)).one()
    tree = queries.criteria_tree(session, edition.id)
    assert (done.added, done.changed, done.unchanged) == (6, 0, 0)
    assert [row.code for row in tree] == ["1", "1.1", "1.1.1", "1.1.2", "1.2", "1.10"]
    assert [row.depth for row in tree] == [0, 1, 2, 2, 1, 1]
    assert [row.kind for row in tree] == [
        RuleKind.GROUP,
        RuleKind.GROUP,
        RuleKind.STEPPED,
        RuleKind.YES_NO,
        RuleKind.RATIO,
        RuleKind.JUDGED,
    ]
    assert tree[3].max_points == Decimal("1.25")
    assert tree[4].survey


def test_maxima_that_do_not_add_up_are_kept_and_reported(session, secretary):
    done = take(TABLE_A, secretary)

    found = {item.code: (item.printed, item.parts) for item in done.mismatches["PAR-2025"]}
    assert found == {
        "": (Decimal(100), Decimal(20)),
        "1": (Decimal(20), Decimal("10.75")),
        "1.1": (Decimal(5), Decimal("2.25")),
    }


def test_the_same_file_again_changes_nothing_and_leaves_no_trace(session, secretary):
    take(TABLE_A, secretary)
    acts = session.scalar(sa.select(sa.func.count(HistoryEntry.id)))

    done = take(TABLE_A, secretary)

    assert (done.added, done.changed, done.unchanged) == (0, 0, 6)
    assert session.scalar(sa.select(sa.func.count(HistoryEntry.id))) == acts


def test_a_blank_cell_erases_nothing(session, secretary):
    take(TABLE_A, secretary)

    done = take(["PAR-2025;;;;;1.1.1;;;1,5;;;"], secretary)

    item = session.scalars(sa.select(Criterion).where(Criterion.code == "1.1.1")).one()
    assert done.changed == 1
    assert (item.name, item.rule_text, item.max_points) == (
        "Ban hành kế hoạch",
        "kịp thời 1",
        Decimal("1.5"),
    )
    assert item.parent.code == "1.1"


def save(edition_id, criterion_id, data, by):
    with transaction() as writing:
        edition = queries.edition_by_id(writing, edition_id)
        item = writing.get(Criterion, criterion_id) if criterion_id else None
        actions.save_criterion(writing, edition, item, data, by=by, at=JUNE_1)


@pytest.mark.parametrize("write", [write_csv, lambda *a: write_xlsx(*a, sheet_name="Tiêu chí")])
def test_export_import_export_gives_the_same_rows(session, secretary, write):
    take(TABLE_A, secretary)
    first = exchange.criteria_rows(session)
    data = write(exchange.COLUMNS, first)

    read = read_sheet(data, file_name="x.csv", columns=exchange.COLUMNS)
    with transaction() as writing:
        done = exchange.import_criteria(writing, read, by=secretary, at=JUNE_1)

    session.expire_all()
    assert done.unchanged == len(first) == 6
    assert exchange.criteria_rows(session) == first


def test_every_bad_row_is_named_and_nothing_is_changed(session, secretary):
    lines = [
        *TABLE_A,
        "PAR-2025;;;;;1.1.1;Lần hai;1.1;1;;;",  # 8: twice
        "PAR-2025;;;;;3;Không có cha;9;1;;;",  # 9: no parent
        "PAR-2025;;;;;4;Điểm lạ;;mười;;;",  # 10: no number
        "PAR-2025;;;;;5;Cách lạ;;1;tùy ý;;",  # 11: unknown kind
        "PAR-2025;;;;;6;Tự chứa;6;1;;;",  # 12: a circle
        "PAR-2025;2024;;;;7;Năm khác;;1;;;",  # 13: two years
        "PAR-2025;;;;;8;;;1;;;",  # 14: no name
        "PAR-2025;;;;;9.1;Âm;;-1;;;",  # 15: negative
        "DTI-2025;;;;;1;Không có năm;;1;;;",  # 16: new edition without year
    ]

    with pytest.raises(RowErrors) as refused:
        take(lines, secretary)

    assert [row.line for row in refused.value.rows] == [8, 9, 10, 11, 12, 13, 14, 15, 16]
    assert session.scalars(sa.select(Edition)).all() == []


def test_a_scored_rule_above_others_is_refused(session, secretary):
    with pytest.raises(RowErrors) as refused:
        take(["E;2025;PAR;;100;1;Cha;;5;stepped;;", "E;;;;;1.1;Con;1;5;;;"], secretary)

    assert [(row.line, row.column) for row in refused.value.rows] == [(2, "rule_kind")]


def test_a_criterion_with_scores_cannot_be_divided(session, secretary):
    leaf = CriterionFactory(code="1.1", edition=EditionFactory(code="E"))
    ScoreFactory(criterion=leaf)

    with pytest.raises(RowErrors) as refused:
        take(["E;;;;;1.1.1;Con;1.1;1;;;"], secretary)

    assert refused.value.rows[0].column == "parent_code"


def test_a_closed_edition_takes_no_more_criteria(session, secretary):
    EditionFactory(code="E", closed=True)

    with pytest.raises(RowErrors, match="Rows to correct: 1"):
        take(["E;;;;;1;Mới;;1;;;"], secretary)


def test_only_the_secretariat_manages_criteria(session):
    head = actor_of(PostFactory(role=Role.UNIT_HEAD, unit=UnitFactory()))

    with pytest.raises(NotAllowed):
        take(TABLE_A, head)


def test_a_new_part_makes_what_is_above_a_group(session, secretary):
    leaf = CriterionFactory(code="1.1")

    data = actions.CriterionData("1.1.1", "Con", Decimal(1), parent_id=leaf.id)
    save(leaf.edition_id, None, data, secretary)

    session.expire_all()
    assert session.get(Criterion, leaf.id).rule_kind is RuleKind.GROUP


def test_a_criterion_is_not_put_below_itself(session, secretary):
    take(TABLE_A, secretary)
    top, below = (
        session.scalars(sa.select(Criterion).where(Criterion.code == code)).one()
        for code in ("1", "1.1")
    )

    data = actions.CriterionData("1", "Đỉnh", Decimal(20), parent_id=below.id)
    with pytest.raises(RuleViolation, match="below itself"):
        save(top.edition_id, top.id, data, secretary)


def test_an_edition_needs_its_code_once(session, secretary):
    EditionFactory(code="E")

    data = actions.EditionData("E", "DTI", 2025, Decimal(600))

    with pytest.raises(BadInput) as refused, transaction() as writing:
        actions.save_edition(writing, None, data, by=secretary, at=JUNE_1)

    assert refused.value.field == "code"
