"""Scores, lost points, remedies and targets: exact sums, permissions, two editors."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from tests.factories import (
    JUNE_1,
    CommitteeFactory,
    CriterionFactory,
    EditionFactory,
    PersonFactory,
    PostFactory,
    ScoreFactory,
    TaskFactory,
    UnitFactory,
    actor_of,
)
from tracker.criteria.rules import RuleKind
from tracker.db import db, transaction
from tracker.errors import (
    BadInput,
    EditedByAnother,
    NotAllowed,
    RowErrors,
    RuleViolation,
)
from tracker.evidence.models import Evidence
from tracker.history import HistoryEntry
from tracker.permissions import Role
from tracker.scores import actions, exchange, queries
from tracker.scores.actions import Cell, RemedyData
from tracker.scores.models import CriterionOwner, IndexResult, Measurement, Remedy, Score, Target
from tracker.scores.projection import place_among, projections
from tracker.scores.rules import CauseClass, Confidence, Direction, Measure, Standing
from tracker.sheets import read_sheet, write_csv, write_xlsx
from tracker.tasks.models import Task
from tracker.workdays import WorkCalendar

TODAY = date(2026, 6, 1)
HEADER = (
    "edition;unit;code;self_score;appraised_1;appraised_2;survey_score;final_score;"
    "not_applicable;explanation"
)


@pytest.fixture
def secretary(session):
    return actor_of(PostFactory(role=Role.SECRETARIAT))


@pytest.fixture
def edition(session):
    """An edition of two fields: 1 with leaves of 2 and 1,25; 2, itself a leaf, of 5."""
    made = EditionFactory(code="PAR-2025", scale=Decimal("8.25"))
    top = CriterionFactory(
        edition=made, code="1", max_points=Decimal("3.25"), rule_kind=RuleKind.GROUP, position=1
    )
    for position, (code, most) in enumerate([("1.1", "2"), ("1.2", "1.25")], start=2):
        CriterionFactory(
            edition=made,
            code=code,
            parent_id=top.id,
            max_points=Decimal(most),
            position=position,
        )
    CriterionFactory(edition=made, code="2", max_points=Decimal(5), position=4)
    return made


@pytest.fixture
def unit(session):
    return UnitFactory(code="TT", name="Phường Tân Thịnh")


def leaf(edition, code):
    return next(item for item in edition.criteria if item.code == code)


def sheet(*lines):
    data = "\n".join([HEADER, *lines]).encode()
    return read_sheet(data, file_name="diem.csv", columns=exchange.COLUMNS)


def take(by, *lines):
    with transaction() as writing:
        return exchange.import_scores(writing, sheet(*lines), by=by, at=JUNE_1)


def account(session, edition, unit):
    session.expire_all()
    return queries.account(session, edition.id, unit.id, today=TODAY)


# In and out ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("typed", "final"), [("0,73", "0.73"), ("0.99", "0.99")])
def test_comma_and_point_are_both_taken_exactly(session, edition, unit, secretary, typed, final):
    take(secretary, f"PAR-2025;TT;1.1;;;;;{typed};;")

    score = session.scalars(sa.select(Score)).one()
    assert score.final_score == Decimal(final)


def test_a_unit_is_known_by_code_or_exact_name(session, edition, unit, secretary):
    done = take(
        secretary, "PAR-2025;TT;1.1;;;;;1;;", "PAR-2025;Phường Tân Thịnh;1.2;;;;;1;;giải trình"
    )

    assert done.added == 2
    assert {score.unit_id for score in session.scalars(sa.select(Score))} == {unit.id}


def test_every_bad_row_is_named_and_nothing_is_changed(session, edition, unit, secretary):
    with pytest.raises(RowErrors) as refused:
        take(
            secretary,
            "PAR-2025;TT;1.1;;;;;2;;",
            "PAR-2025;TT;1.1;;;;;1;;",  # 3: twice
            "PAR-2025;TT;1;;;;;1;;",  # 4: a group
            "PAR-2025;TT;1.2;1,26;;;;;;",  # 5: above the maximum
            "PAR-2025;Không có;1.2;;;;;1;;",  # 6: unknown unit
            "PAR-2024;TT;1.2;;;;;1;;",  # 7: unknown edition
            "PAR-2025;TT;9;;;;;1;;",  # 8: unknown criterion
            "PAR-2025;TT;2;;;;;năm;;",  # 9: no number
        )

    assert [(row.line, row.column) for row in refused.value.rows] == [
        (3, "code"),
        (4, "code"),
        (5, "self_score"),
        (6, "unit"),
        (7, "edition"),
        (8, "code"),
        (9, "final_score"),
    ]
    assert session.scalars(sa.select(Score)).all() == []


def test_the_same_file_again_changes_nothing(session, edition, unit, secretary):
    take(secretary, "PAR-2025;TT;1.1;1;;;;1,5;;vì sao", "PAR-2025;TT;2;;;;;;x;")
    acts = session.scalar(sa.select(sa.func.count(HistoryEntry.id)))

    done = take(secretary, "PAR-2025;TT;1.1;1;;;;1,5;;", "PAR-2025;TT;2;;;;;;1;")

    assert (done.added, done.changed, done.unchanged) == (0, 0, 2)
    assert session.scalar(sa.select(sa.func.count(HistoryEntry.id))) == acts
    assert {s.explanation for s in session.scalars(sa.select(Score))} == {"vì sao", ""}


@pytest.mark.parametrize("write", [write_csv, lambda *a: write_xlsx(*a, sheet_name="Điểm")])
def test_export_import_export_gives_the_same_rows(session, edition, unit, secretary, write):
    take(secretary, "PAR-2025;TT;1.1;1;1,25;1.5;;1,75;;=vì", "PAR-2025;TT;2;;;;;;x;")
    first = exchange.score_rows(session)
    read = read_sheet(write(exchange.COLUMNS, first), file_name="x", columns=exchange.COLUMNS)

    with transaction() as writing:
        done = exchange.import_scores(writing, read, by=secretary, at=JUNE_1)

    session.expire_all()
    assert (done.unchanged, len(first)) == (2, 2)
    assert exchange.score_rows(session) == first


def test_a_closed_edition_takes_only_what_it_has(session, edition, unit, secretary):
    take(secretary, "PAR-2025;TT;1.1;;;;;1,5;;")
    edition.closed = True
    session.commit()

    assert take(secretary, "PAR-2025;TT;1.1;;;;;1,5;;").unchanged == 1
    with pytest.raises(RowErrors):
        take(secretary, "PAR-2025;TT;1.1;;;;;1,75;;")


def test_only_the_secretariat_imports_scores(session, edition, unit):
    head = actor_of(PostFactory(unit=unit))

    with pytest.raises(NotAllowed):
        take(head, "PAR-2025;TT;1.1;;;;;1;;")


# By form -------------------------------------------------------------------------------------


def enter(by, edition, unit, code, **cells):
    with transaction() as writing:
        return actions.enter_scores(
            writing,
            edition_id=edition.id,
            unit_id=unit.id,
            cells={leaf(edition, code).id: cells},
            by=by,
            at=JUNE_1,
        )


def test_a_head_scores_the_own_unit_and_nothing_else(session, edition, unit):
    head = actor_of(PostFactory(unit=unit))
    other = UnitFactory()

    assert enter(head, edition, unit, "1.1", self_score=Cell(None, Decimal(1))) == 1
    with pytest.raises(NotAllowed):
        enter(head, edition, unit, "1.1", final_score=Cell(None, Decimal(1)))
    with pytest.raises(NotAllowed):
        enter(head, edition, other, "1.1", self_score=Cell(None, Decimal(1)))


def test_an_appraiser_appraises_the_given_units_only(session, edition, unit):
    appraiser = actor_of(PostFactory(role=Role.APPRAISER, unit=unit))

    assert enter(appraiser, edition, unit, "1.1", appraised_1=Cell(None, Decimal(1))) == 1
    with pytest.raises(NotAllowed):
        enter(appraiser, edition, unit, "1.1", self_score=Cell(None, Decimal(1)))
    with pytest.raises(NotAllowed):
        enter(appraiser, edition, UnitFactory(), "1.1", appraised_1=Cell(None, Decimal(1)))


def test_a_cell_that_another_changed_meanwhile_is_refused_with_both_values(
    session, edition, unit, secretary
):
    enter(secretary, edition, unit, "1.1", final_score=Cell(None, Decimal(1)))

    with pytest.raises(RowErrors) as refused:
        enter(secretary, edition, unit, "1.1", final_score=Cell(None, Decimal(2)))

    assert refused.value.rows[0].params == {"theirs": Decimal(1), "yours": Decimal(2)}


def test_two_typists_in_different_cells_lose_nothing(session, edition, unit, secretary):
    enter(secretary, edition, unit, "1.1", final_score=Cell(None, Decimal(1)))
    enter(
        secretary,
        edition,
        unit,
        "1.1",
        final_score=Cell(None, None),
        appraised_1=Cell(None, Decimal(2)),
    )

    score = session.scalars(sa.select(Score)).one()
    assert (score.final_score, score.appraised_1) == (1, 2)


@pytest.mark.parametrize("bad", ["2.01", "-1", "1.00001"])
def test_a_score_outside_its_bounds_is_refused(session, edition, unit, secretary, bad):
    with pytest.raises(RowErrors):
        enter(secretary, edition, unit, "1.1", final_score=Cell(None, Decimal(bad)))


# The account ---------------------------------------------------------------------------------


def test_lost_points_sum_by_field_and_unit(session, edition, unit, secretary):
    take(
        secretary,
        "PAR-2025;TT;1.1;;;;;1,13;;",
        "PAR-2025;TT;1.2;;;;;1;;",
        "PAR-2025;TT;2;;;;;4.5;;",
    )

    found = account(session, edition, unit)

    assert found.sums.value == Decimal("6.63")
    assert found.sums.maximum == Decimal("8.25")
    assert found.sums.lost == found.sums.parts[Standing.OPEN] == Decimal("1.62")
    assert [(f.code, f.lost) for f in found.fields] == [
        ("1", Decimal("1.12")),
        ("2", Decimal("0.5")),
    ]
    assert [line.code for line in found.lost_lines] == ["1.1", "2", "1.2"]


def test_what_does_not_apply_takes_its_maximum_out(session, edition, unit, secretary):
    take(secretary, "PAR-2025;TT;1.1;;;;;1;;", "PAR-2025;TT;1.2;;;;;1;;", "PAR-2025;TT;2;;;;;;x;")

    found = account(session, edition, unit)

    assert found.sums.maximum == Decimal("3.25")
    assert found.sums.lost == Decimal("1.25")
    assert found.unscored == 0


def cover(session, edition, unit, code, expected, by, *, due_on=date(2026, 12, 1), **more):
    score = session.scalars(
        sa.select(Score).where(
            Score.unit_id == unit.id, Score.criterion_id == leaf(edition, code).id
        )
    ).one()
    data = RemedyData(
        cause_class=CauseClass.NOT_DONE,
        solution="Làm đủ",
        owner_unit_id=unit.id,
        due_on=due_on,
        expected_points=Decimal(expected),
    )
    return save(score, replace(data, **more), by)


def save(score, data, by, edition=0):
    with transaction() as writing:
        held = queries.score_of(writing, score.id, by, lock=True)
        return actions.save_remedy(writing, held, data, edition=edition, by=by, at=JUNE_1)


def test_lost_is_covered_or_without_a_plan(session, edition, unit, secretary):
    take(secretary, "PAR-2025;TT;1.1;;;;;0;;", "PAR-2025;TT;1.2;;;;;0;;", "PAR-2025;TT;2;;;;;0;;")
    cover(session, edition, unit, "1.1", "1.5", secretary)
    cover(session, edition, unit, "1.2", "1.25", secretary, due_on=date(2026, 5, 31))

    found = account(session, edition, unit)

    assert found.sums.parts == {
        Standing.COMPLETE: 0,
        Standing.GOING: Decimal("1.5"),
        Standing.RISK: Decimal("1.25"),
        Standing.OPEN: Decimal("5.5"),
    }
    assert sum(found.sums.parts.values()) == found.sums.lost == Decimal("8.25")
    assert found.sums.covered == Decimal("2.75")


def test_each_number_of_the_account_opens_its_list(session, edition, unit, secretary):
    take(secretary, "PAR-2025;TT;1.1;;;;;0;;", "PAR-2025;TT;1.2;;;;;0;;", "PAR-2025;TT;2;;;;;0;;")
    cover(session, edition, unit, "1.1", "1.5", secretary)
    cover(session, edition, unit, "1.2", "1.25", secretary, due_on=date(2026, 5, 31))
    found = account(session, edition, unit)

    def listed(show):
        return queries.list_lines(
            session, secretary, edition_id=edition.id, unit_id=unit.id, show=show, today=TODAY
        )

    for show, standing in (
        (queries.Show.GOING, Standing.GOING),
        (queries.Show.RISK, Standing.RISK),
        (queries.Show.COMPLETE, Standing.COMPLETE),
        (queries.Show.OPEN, Standing.OPEN),
    ):
        page = listed(show)
        assert page.total == len(page.lines) == found.sums.counts[standing]
        assert sum(line.part(standing) for line in page.lines) == found.sums.parts[standing]
    assert listed(queries.Show.LOST).total == found.sums.lost_count == 3
    assert listed(queries.Show.NO_OWNER).total == 3


def test_the_overview_says_the_same_as_the_account_and_adds_no_units_up(
    session, edition, unit, secretary
):
    other = UnitFactory(code="BA")
    take(
        secretary,
        "PAR-2025;TT;1.1;;;;;0,63;;",
        "PAR-2025;TT;1.2;;;;;;x;",
        "PAR-2025;TT;2;;;;;4;;",
        "PAR-2025;BA;2;;;;;1;;",
    )
    cover(session, edition, unit, "1.1", "1", secretary)

    rows = {row.unit_id: row for row in queries.overview(session, edition.id, secretary)}
    found = account(session, edition, unit).sums

    row = rows[unit.id]
    assert (row.value, row.lost, row.covered, row.open) == (
        found.value,
        found.lost,
        found.covered,
        found.parts[Standing.OPEN],
    )
    assert row.open_count == found.counts[Standing.OPEN] == 2
    assert rows[other.id].lost == 4


def test_a_head_sees_only_the_own_unit_in_the_overview(session, edition, unit, secretary):
    UnitFactory(code="BA")
    take(secretary, "PAR-2025;TT;2;;;;;4;;", "PAR-2025;BA;2;;;;;1;;")
    head = actor_of(PostFactory(unit=unit))

    assert [row.unit_id for row in queries.overview(session, edition.id, head)] == [unit.id]


def test_last_year_is_compared_where_it_is_there(session, edition, unit, secretary):
    before = EditionFactory(code="PAR-2024", year=2024, scale=Decimal(5))
    CriterionFactory(edition=before, code="2", max_points=Decimal(5))
    take(secretary, "PAR-2025;TT;2;;;;;3,5;;", "PAR-2024;TT;2;;;;;4;;")

    found = account(session, edition, unit)

    assert (found.before_year, found.before_value, found.change) == (
        2024,
        Decimal(4),
        Decimal("-0.5"),
    )
    assert found.again == {"2"}
    assert [f.change for f in found.fields] == [None, Decimal("-0.5")]


def test_units_with_a_loss_and_no_form_are_listed(session, edition, unit, secretary):
    UnitFactory(code="BA", name="Phường Bắc")
    take(secretary, "PAR-2025;TT;2;;;;;4;;", "PAR-2025;TT;1.1;;;;;1;;", "PAR-2025;BA;2;;;;;5;;")

    assert queries.units_without_plan(session, edition.id) == [(unit.id, unit.name, 2, Decimal(2))]


KINDS = st.sampled_from(
    [RuleKind.JUDGED, RuleKind.RATIO, RuleKind.SURVEY, RuleKind.BONUS, RuleKind.PENALTY]
)
LEAVES = st.lists(
    st.tuples(
        KINDS,
        st.integers(1, 2000),
        st.one_of(st.none(), st.integers(0, 2000)),
        st.booleans(),
        st.one_of(st.none(), st.integers(0, 2000)),
    ),
    min_size=1,
    max_size=12,
)


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(LEAVES)
def test_sums_are_exact_on_any_tree(session, leaves):
    edition, unit = EditionFactory(scale=Decimal(100)), UnitFactory()
    lost = value = covered = Decimal(0)
    for number, (kind, most, final, na, expected) in enumerate(leaves):
        maximum = Decimal(most) / 100
        points = None if final is None else min(Decimal(final) / 100, maximum)
        score = ScoreFactory(
            unit=unit,
            criterion=CriterionFactory(
                edition=edition, code=f"{number}", max_points=maximum, rule_kind=kind
            ),
            final_score=points,
            not_applicable=na,
        )
        if na or points is None:
            own = Decimal(0)
        elif kind is RuleKind.BONUS:
            own, value = Decimal(0), value + points
        elif kind is RuleKind.PENALTY:
            own, value = points, value - points
        else:
            own, value = maximum - points, value + points
        lost += own
        if expected is not None:
            with Session(db.engine) as writing:
                writing.add(
                    Remedy(
                        score_id=score.id,
                        cause_class=CauseClass.LATE,
                        solution="x",
                        owner_unit_id=unit.id,
                        expected_points=Decimal(expected) / 100,
                    )
                )
                writing.commit()
            covered += min(Decimal(expected) / 100, own)
    reader = actor_of(PostFactory(role=Role.SECRETARIAT))

    found = queries.account(session, edition.id, unit.id, today=TODAY)
    (row,) = queries.overview(session, edition.id, reader)

    assert (found.sums.lost, found.sums.value, found.sums.covered) == (lost, value, covered)
    assert (row.lost, row.value, row.covered) == (lost, value, covered)
    assert row.open_count == found.sums.counts[Standing.OPEN]


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 400),  # final, of 4 points
            st.integers(0, 400),  # expected
            st.sampled_from([None, -1, 0, 30]),  # the form's date against today
            st.booleans(),  # evidence complete
            st.sampled_from([None, "done", "late", "open"]),  # the linked task
        ),
        min_size=1,
        max_size=8,
    )
)
def test_the_projection_equals_a_reckoning_leaf_by_leaf(session, rows):
    edition, unit = EditionFactory(scale=Decimal(100)), UnitFactory()
    reader = actor_of(PostFactory(role=Role.SECRETARIAT))
    nothing = pace = holds = Decimal(0)
    for number, (final, expected, days, complete, task) in enumerate(rows):
        leaf_of = CriterionFactory(edition=edition, code=f"{number}", max_points=Decimal(4))
        points, back = Decimal(final) / 100, Decimal(expected) / 100
        score = ScoreFactory(unit=unit, criterion=leaf_of, final_score=points)
        back = min(back, 4 - points)
        nothing, pace, holds = nothing + points, pace + points, holds + points
        if days is None:
            continue
        linked = TaskFactory(
            lead_unit=unit,
            due_on=TODAY + timedelta(days=-3 if task == "late" else 9),
            accepted_on=TODAY if task == "done" else None,
        )
        with Session(db.engine) as writing:
            remedy = Remedy(
                score_id=score.id,
                cause_class=CauseClass.LATE,
                solution="x",
                owner_unit_id=unit.id,
                expected_points=Decimal(expected) / 100,
                due_on=TODAY + timedelta(days=days),
                evidence_complete_on=TODAY if complete else None,
            )
            if task:
                remedy.tasks.append(writing.get_one(Task, linked.id))
            writing.add(remedy)
            writing.commit()
        accepted = complete and task in {None, "done"}
        late = task == "late" or (not complete and days < 0)
        nothing += back if accepted else 0
        pace += back if accepted or not late else 0
        holds += back

    found = queries.account(session, edition.id, unit.id, today=TODAY)
    reckoned = projections(found.sums.value, found.sums.parts)

    assert [item.value for item in reckoned] == [nothing, pace, holds]
    assert reckoned[0].value == found.sums.value + found.sums.parts[Standing.COMPLETE]
    for show, standing in (
        (queries.Show.COMPLETE, Standing.COMPLETE),
        (queries.Show.GOING, Standing.GOING),
        (queries.Show.RISK, Standing.RISK),
    ):
        page = queries.list_lines(session, reader, edition_id=edition.id, show=show, today=TODAY)
        assert page.total == found.sums.counts[standing]


# Remedies ------------------------------------------------------------------------------------


@pytest.fixture
def score(session, edition, unit):
    return ScoreFactory(unit=unit, criterion=leaf(edition, "1.1"), final_score=Decimal("0.75"))


@pytest.fixture
def data(unit):
    return RemedyData(
        cause_class=CauseClass.NO_EVIDENCE,
        cause="Thiếu báo cáo",
        solution="Lập báo cáo từng quý",
        owner_unit_id=unit.id,
        due_on=date(2026, 11, 6),
        expected_points=Decimal("1.00"),
        evidence_needed="Báo cáo quý",
    )


def test_a_head_writes_the_form_and_links_open_tasks(session, score, data, unit):
    head = actor_of(PostFactory(unit=unit))
    officer = PostFactory(role=Role.OFFICER, unit=unit).person
    task = TaskFactory(lead_unit=unit)

    remedy = save(score, replace(data, officer_id=officer.id, task_ids=(task.id,)), head)

    kept = session.get(Remedy, remedy.id)
    assert (kept.expected_points, kept.officer_id, kept.edition) == (1, officer.id, 1)
    assert [linked.id for linked in kept.tasks] == [task.id]
    assert queries.points_at_stake(session, [task.id, 0]) == {task.id: Decimal("1.25")}


def test_another_units_head_does_not_even_find_it(session, score, data):
    other = actor_of(PostFactory(unit=UnitFactory()))

    with pytest.raises(sa.exc.NoResultFound):
        save(score, data, other)


def test_the_owner_units_head_may_write_the_form(session, score, data, secretary):
    center = UnitFactory()
    save(score, replace(data, owner_unit_id=center.id), secretary)

    saved = save(
        score,
        replace(data, owner_unit_id=center.id, solution="Cách khác"),
        actor_of(PostFactory(unit=center)),
        edition=1,
    )

    assert saved.edition == 2


def test_a_viewer_reads_and_does_not_write(session, score, data):
    viewer = actor_of(PostFactory(role=Role.VIEWER))

    with pytest.raises(NotAllowed):
        save(score, data, viewer)


def test_no_more_comes_back_than_was_lost(session, score, data, secretary):
    with pytest.raises(BadInput) as refused:
        save(score, replace(data, expected_points=Decimal("1.26")), secretary)

    assert refused.value.field == "expected_points"
    assert save(score, replace(data, expected_points=Decimal("1.25")), secretary).id


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"solution": " "}, "solution"),
        ({"due_on": None}, "due_on"),
        ({"expected_points": None}, "expected_points"),
        ({"owner_unit_id": 0}, "owner_unit_id"),
        ({"officer_id": 0}, "officer_id"),
        ({"task_ids": (0,)}, "task_ids"),
    ],
)
def test_a_form_that_lacks_something_says_where(session, score, data, secretary, change, field):
    with pytest.raises(BadInput) as refused:
        save(score, replace(data, **change), secretary)

    assert refused.value.field == field
    assert session.scalars(sa.select(Remedy)).all() == []


def test_where_nothing_is_lost_there_is_nothing_to_mend(session, edition, unit, data, secretary):
    full = ScoreFactory(unit=unit, criterion=leaf(edition, "1.2"), final_score=Decimal("1.25"))

    with pytest.raises(RuleViolation, match="nothing to mend"):
        save(full, data, secretary)


def test_the_later_of_two_editors_is_shown_both_texts(session, score, data, secretary, unit):
    save(score, data, secretary)
    save(score, replace(data, solution="Bản của trưởng đơn vị"), secretary, edition=1)

    with pytest.raises(EditedByAnother) as refused:
        save(score, replace(data, solution="Bản của thư ký"), secretary, edition=1)

    assert (refused.value.theirs, refused.value.yours) == (
        "Bản của trưởng đơn vị",
        "Bản của thư ký",
    )
    assert session.scalars(sa.select(Remedy.solution)).one() == "Bản của trưởng đơn vị"


def report(score, by, *, evidence=None, **more):
    with transaction() as writing:
        held = queries.score_of(writing, score.id, by, lock=True)
        pieces = [writing.get(Evidence, evidence.id)] if evidence else []
        given = {"text": "Đã lập báo cáo quý I", "percent": 40} | more
        return actions.report_remedy(writing, held, by=by, at=JUNE_1, evidence=pieces, **given)


def mark(score, by, *, complete=True):
    with transaction() as writing:
        held = queries.score_of(writing, score.id, by, lock=True)
        actions.mark_evidence(writing, held, complete=complete, by=by, at=JUNE_1)


@pytest.fixture
def piece(session):
    made = Evidence(document_number="15/BC-UBND", added_at=JUNE_1)
    session.add(made)
    session.commit()
    return made


def test_the_named_officer_reports_and_the_head_vouches(session, score, data, unit, piece):
    head = actor_of(PostFactory(unit=unit))
    post = PostFactory(role=Role.OFFICER, unit=unit)
    officer = actor_of(post)
    save(score, replace(data, officer_id=post.person_id), head)

    report(score, officer, evidence=piece)
    with pytest.raises(NotAllowed):
        mark(score, officer)
    mark(score, head)

    session.expire_all()
    remedy = session.scalars(sa.select(Remedy)).one()
    assert (remedy.percent, remedy.evidence_complete_on) == (40, TODAY)


def test_evidence_is_not_complete_without_any(session, score, data, secretary):
    save(score, data, secretary)
    report(score, secretary)

    with pytest.raises(RuleViolation, match="No evidence"):
        mark(score, secretary)


@pytest.mark.parametrize("percent", [-1, 101])
def test_progress_lies_within_a_hundred_percent(session, score, data, secretary, percent):
    save(score, data, secretary)

    with pytest.raises(BadInput):
        report(score, secretary, percent=percent)


def name(by, criterion, unit, person_id):
    with transaction() as writing:
        return actions.name_criterion_owner(
            writing,
            criterion_id=criterion.id,
            unit_id=unit.id,
            person_id=person_id,
            by=by,
            at=JUNE_1,
        )


def test_a_named_officer_answers_for_a_criterion(session, edition, unit, score):
    head, post = actor_of(PostFactory(unit=unit)), PostFactory(role=Role.OFFICER, unit=unit)
    officer = actor_of(post)

    name(head, leaf(edition, "1.1"), unit, post.person_id)

    assert queries.score_of(session, score.id, officer).id == score.id
    with pytest.raises(NotAllowed):
        name(officer, leaf(edition, "1.2"), unit, post.person_id)
    with pytest.raises(BadInput):
        name(head, leaf(edition, "1.2"), unit, PersonFactory().id)
    name(head, leaf(edition, "1.1"), unit, None)
    assert session.scalars(sa.select(CriterionOwner)).all() == []


# Results, indicators, targets ----------------------------------------------------------------


def result(by, edition, unit, **given):
    with transaction() as writing:
        return actions.save_result(
            writing, edition_id=edition.id, unit_id=unit.id, by=by, at=JUNE_1, **given
        )


def test_a_result_keeps_value_rank_and_change(session, edition, unit, secretary):
    edition.scale = Decimal(100)
    session.commit()
    for value in ("73.63", "73.64"):
        result(
            secretary,
            edition,
            unit,
            value=Decimal(value),
            measure=Measure.POINTS,
            change=Decimal("-4.3"),
            rank=11,
            ranked=15,
            block="Khối phường",
        )

    kept = session.scalars(sa.select(IndexResult)).one()
    found = account(session, edition, unit)
    assert (kept.value, kept.rank, kept.ranked) == (Decimal("73.64"), 11, 15)
    assert (found.result.block, found.change) == ("Khối phường", Decimal("-4.3"))


@pytest.mark.parametrize(
    "given",
    [
        {"value": Decimal("100.01"), "measure": Measure.PERCENT},
        {"value": Decimal("8.26"), "measure": Measure.POINTS},
        {"value": None, "measure": Measure.POINTS},
        {"value": Decimal(5), "measure": Measure.POINTS, "rank": 2},
        {"value": Decimal(5), "measure": Measure.POINTS, "rank": 16, "ranked": 15},
    ],
)
def test_a_result_that_cannot_be_is_refused(session, edition, unit, secretary, given):
    with pytest.raises(BadInput):
        result(secretary, edition, unit, **given)


def target(by, **given):
    wanted = {
        "clause_id": None,
        "name": "Tỷ lệ số hóa hồ sơ",
        "measure": Measure.PERCENT,
        "value": Decimal(80),
        "ranked": None,
        "due_on": date(2026, 12, 31),
        "unit_id": None,
    } | given
    with transaction() as writing:
        return actions.set_target(writing, by=by, at=JUNE_1, **wanted)


def measure(by, made, **given):
    with transaction() as writing:
        return actions.add_measurement(
            writing, indicator_id=made.indicator_id, by=by, at=JUNE_1, **given
        )


def test_a_target_opens_its_indicator_once(session, secretary):
    first = target(secretary)
    second = target(secretary, value=Decimal(85))

    kept = session.scalars(sa.select(Target)).one()
    assert first.id == second.id == kept.id
    assert kept.value == 85
    assert kept.indicator.direction is Direction.UP


def test_a_rank_target_is_better_when_smaller(session, secretary):
    made = target(secretary, name="Hạng DTI", measure=Measure.RANK, value=Decimal(6), ranked=12)

    assert session.get(Target, made.id).indicator.direction is Direction.DOWN


def test_measurements_warn_when_the_pace_will_miss(session, secretary):
    made = target(secretary)
    measure(secretary, made, unit_id=None, on=date(2026, 3, 31), value=Decimal(30))
    measure(secretary, made, unit_id=None, on=date(2026, 6, 30), value=Decimal(40))
    measure(secretary, made, unit_id=None, on=date(2026, 6, 30), value=Decimal(42))

    (page,) = queries.indicators(session, secretary)

    (line,) = page.targets
    assert session.scalar(sa.select(sa.func.count(Measurement.id))) == 2
    assert line.last.value == 42
    assert line.forecast.misses
    assert line.forecast.value == Decimal("66.3")


def test_a_head_measures_the_own_unit_only(session, secretary, unit):
    made = target(secretary, unit_id=unit.id)
    head = actor_of(PostFactory(unit=unit))

    measure(head, made, unit_id=unit.id, on=TODAY, value=Decimal(30))
    for other in (None, UnitFactory().id):
        with pytest.raises(NotAllowed):
            measure(head, made, unit_id=other, on=TODAY, value=Decimal(30))


def test_a_task_is_made_of_a_remedy_in_one_step(session, score, data, secretary):
    committee = CommitteeFactory()
    secretary = replace(secretary, committee_ids=frozenset({committee.id}))
    save(score, replace(data, confidence=Confidence.HIGH), secretary)

    with transaction() as writing:
        held = queries.score_of(writing, score.id, secretary, lock=True)
        task = actions.assign_from_remedy(
            writing,
            held,
            committee_id=committee.id,
            by=secretary,
            at=JUNE_1,
            calendar=WorkCalendar(),
        )

    kept = session.scalars(sa.select(Remedy)).one()
    assert [linked.id for linked in kept.tasks] == [task.id]
    assert (kept.confidence, kept.edition) == (Confidence.HIGH, 2)
    assert (task.title, task.lead_unit_id, task.due_on) == (
        data.solution,
        data.owner_unit_id,
        data.due_on,
    )


def test_equal_values_share_a_place():
    others = [Decimal(80), Decimal(75), Decimal(75), Decimal(60)]

    assert [place_among(Decimal(value), others) for value in (81, 75, 10)] == [1, 2, 5]
