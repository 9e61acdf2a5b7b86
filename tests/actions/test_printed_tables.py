"""Criteria tables as offices print them: loaded from a spreadsheet, scored, mended."""

from datetime import date
from decimal import Decimal

import pytest

from tests.factories import JUNE_1, PostFactory, ScoreFactory, UnitFactory, actor_of
from tests.files.criteria_tables import CA_MAU, HAI_PHONG, sheet_rows
from tracker.criteria import exchange
from tracker.criteria.models import Criterion
from tracker.criteria.queries import criteria_tree, editions, steps_apart, tree_mismatches
from tracker.db import transaction
from tracker.errors import RowErrors
from tracker.permissions import Role
from tracker.scores import actions, queries
from tracker.scores.actions import RemedyData
from tracker.scores.rules import CauseClass, Standing, share_of
from tracker.sheets import read_sheet, write_xlsx


@pytest.fixture
def secretary(session):
    return actor_of(PostFactory(role=Role.SECRETARIAT))


def load(by, code, scale, table, *, as_printed):
    data = write_xlsx(exchange.COLUMNS, sheet_rows(code, scale, table), sheet_name="Bộ tiêu chí")
    read = read_sheet(data, file_name="tieu-chi.xlsx", columns=exchange.COLUMNS)
    with transaction() as writing:
        return exchange.import_criteria(writing, read, by=by, at=JUNE_1, as_printed=as_printed)


def test_maxima_that_do_not_add_up_are_refused_unless_kept_as_printed(session, secretary):
    with pytest.raises(RowErrors) as refused:
        load(secretary, "CM", "100", CA_MAU, as_printed=False)
    assert [(row.line, row.params["code"]) for row in refused.value.rows] == [(2, "1")]
    assert editions(session) == []

    done = load(secretary, "CM", "100", CA_MAU, as_printed=True)

    (edition,) = editions(session)
    tree = criteria_tree(session, edition.id)
    kept = {item.code: (item.printed, item.parts) for item in tree_mismatches(tree, edition.scale)}
    assert kept == {"": (100, 20), "1": (20, 10)}
    assert done.mismatches == {"CM": tree_mismatches(tree, edition.scale)}
    assert load(secretary, "CM", "100", CA_MAU, as_printed=False).unchanged == len(CA_MAU)


def test_the_sheet_of_heads_is_scored_loses_points_and_is_mended(session, secretary):
    load(secretary, "HP", "100", HAI_PHONG, as_printed=False)
    (edition,) = editions(session)
    tree = criteria_tree(session, edition.id)
    assert [(item.code, item.printed, item.parts) for item in steps_apart(tree)] == [
        ("II.5.1.b", 2, 1)
    ]
    unit = UnitFactory()
    for row in (row for row in tree if row.is_leaf):
        lost = Decimal("0.25") if row.code == "I.1.a" else Decimal(0)
        score = ScoreFactory(
            unit=unit,
            criterion=session.get(Criterion, row.id),
            final_score=row.max_points - lost,
            not_applicable=row.code == "II.5.2.a",
        )
        if lost:
            mended = score.id
    with transaction() as writing:
        actions.save_remedy(
            writing,
            queries.score_of(writing, mended, secretary, lock=True),
            RemedyData(
                cause_class=CauseClass.NO_EVIDENCE,
                solution="Bổ sung bản kiểm điểm",
                owner_unit_id=unit.id,
                due_on=date(2026, 12, 1),
                expected_points=Decimal("0.25"),
            ),
            edition=0,
            by=secretary,
            at=JUNE_1,
        )

    found = queries.account(session, edition.id, unit.id, today=date(2026, 6, 1))

    assert (found.sums.maximum, found.sums.value) == (Decimal("97.5"), Decimal("97.25"))
    assert found.sums.parts[Standing.GOING] == found.sums.lost == Decimal("0.25")
    assert share_of(found.sums.value, found.sums.maximum) == Decimal("99.74")
