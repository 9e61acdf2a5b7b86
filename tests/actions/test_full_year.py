"""A full year of an index, from the self-score to what is regained and lost again."""

from datetime import date
from decimal import Decimal

import sqlalchemy as sa

from tests.factories import (
    JUNE_1,
    CommitteeFactory,
    EditionFactory,
    PostFactory,
    UnitFactory,
    actor_of,
)
from tracker.criteria import actions as criteria
from tracker.criteria.actions import CriterionData
from tracker.criteria.models import Criterion, Edition
from tracker.db import transaction
from tracker.evidence.models import Evidence
from tracker.permissions import Role
from tracker.scores import actions, queries
from tracker.scores.actions import Cell, RemedyData
from tracker.scores.binder import binder_of
from tracker.scores.conditions import Show
from tracker.scores.models import Score
from tracker.scores.projection import projections
from tracker.scores.rounds import Round
from tracker.scores.rules import CauseClass, Standing
from tracker.tasks.models import Task
from tracker.workdays import WorkCalendar

LEAVES = (("1", "Kế hoạch", "4"), ("2", "Báo cáo", "3"), ("3", "Dịch vụ công", "3"))


class Year:
    """One ward through an edition; each step is one act of one side."""

    def __init__(self, unit, edition, names):
        self.unit, self.edition = unit, edition
        self.head = actor_of(PostFactory(unit=unit))
        self.appraiser = actor_of(PostFactory(role=Role.APPRAISER, unit=unit))
        self.secretary = actor_of(
            PostFactory(role=Role.SECRETARIAT, committee_id=CommitteeFactory().id)
        )
        with transaction() as session:
            kept = session.get_one(Edition, edition.id)
            for code, name, most in names:
                data = CriterionData(code, name, Decimal(most))
                criteria.save_criterion(session, kept, None, data, by=self.secretary, at=JUNE_1)

    def leaf(self, session, code):
        return session.scalars(
            sa.select(Criterion).where(
                Criterion.edition_id == self.edition.id, Criterion.code == code
            )
        ).one()

    def score(self, session, code):
        return session.scalars(
            sa.select(Score).where(
                Score.criterion_id == self.leaf(session, code).id, Score.unit_id == self.unit.id
            )
        ).one()

    def enter(self, by, column, points):
        with transaction() as session:
            cells = {
                self.leaf(session, code).id: {column: Cell(None, Decimal(value))}
                for code, value in points.items()
            }
            if column == "self_score":
                for row in cells.values():
                    row["explanation"] = Cell("", "theo báo cáo năm")
            actions.enter_scores(
                session,
                edition_id=self.edition.id,
                unit_id=self.unit.id,
                cells=cells,
                by=by,
                at=JUNE_1,
            )

    def close(self, *rounds):
        for round_ in rounds:
            with transaction() as session:
                actions.close_round(
                    session,
                    edition_id=self.edition.id,
                    unit_id=self.unit.id,
                    round_=round_,
                    by=self.secretary,
                    at=JUNE_1,
                )

    def assess(self, self_scores, appraised, again):
        self.enter(self.head, "self_score", self_scores)
        self.close(Round.SELF)
        self.enter(self.appraiser, "appraised_1", appraised)
        self.close(Round.APPRAISAL_1, Round.ADDITIONS)
        self.enter(self.appraiser, "appraised_2", again)
        self.close(Round.APPRAISAL_2, Round.FINAL)

    def account(self, session):
        session.expire_all()
        return queries.account(session, self.edition.id, self.unit.id, today=date(2026, 6, 1))


def test_points_are_lost_mended_regained_and_lost_again(session):
    unit = UnitFactory(code="TT")
    first = Year(unit, EditionFactory(code="PAR-2025", year=2025, scale=Decimal(10)), LEAVES)
    first.assess(
        {"1": "4", "2": "3", "3": "3"}, {"1": "2", "2": "3", "3": "2"}, {"1": "2.5", "3": "1.75"}
    )
    found = first.account(session)
    assert (found.sums.value, found.sums.lost) == (Decimal("7.25"), Decimal("2.75"))

    # Both losses get a form, the first a task as well, in one step.
    for code, points in (("1", "1.5"), ("3", "1")):
        with transaction() as writing:
            score = first.score(writing, code)
            data = RemedyData(
                cause_class=CauseClass.LATE,
                solution=f"Làm lại {code}",
                owner_unit_id=unit.id,
                due_on=date(2026, 11, 30),
                expected_points=Decimal(points),
            )
            actions.save_remedy(writing, score, data, edition=0, by=first.head, at=JUNE_1)
    with transaction() as writing:
        task = actions.assign_from_remedy(
            writing,
            first.score(writing, "1"),
            committee_id=next(iter(first.secretary.committee_ids)),
            by=first.secretary,
            at=JUNE_1,
            calendar=WorkCalendar(),
        )
    with transaction() as writing:
        piece = Evidence(document_number="15/BC-UBND", unit_id=unit.id, added_at=JUNE_1)
        score = first.score(writing, "1")
        actions.report_remedy(
            writing, score, text="Xong", percent=100, evidence=[piece], by=first.head, at=JUNE_1
        )
        actions.mark_evidence(writing, score, complete=True, by=first.head, at=JUNE_1)
    found = first.account(session)
    assert found.sums.parts[Standing.GOING] == Decimal("2.5")  # its task is still open
    session.get(Task, task.id).accepted_on = date(2026, 6, 1)
    session.commit()
    found = first.account(session)
    assert [item.value for item in projections(found.sums.value, found.sums.parts)] == [
        Decimal("8.75"),
        Decimal("9.75"),
        Decimal("9.75"),
    ]
    bare = queries.list_lines(
        session,
        first.secretary,
        edition_id=first.edition.id,
        show=Show.BARE,
        today=date(2026, 6, 1),
    )
    assert [line.code for line in bare.lines] == ["3"]
    binder = binder_of(session, first.edition.id, unit.id)
    assert [(piece.document_number, piece.codes) for piece in binder.pieces] == [
        ("15/BC-UBND", ["1"])
    ]

    # Next year's table moves the third criterion; the second is lost anew.
    moved = (("1", "Kế hoạch", "4"), ("2", "Báo cáo", "3"), ("4", "Dịch vụ công", "3"))
    second = Year(unit, EditionFactory(code="PAR-2026", year=2026, scale=Decimal(10)), moved)
    second.assess({"1": "4", "2": "3", "4": "3"}, {"1": "4", "2": "2.5", "4": "2"}, {"4": "2.25"})
    found = second.account(session)

    assert found.before_year == 2025
    assert found.change == Decimal("1.5")
    assert found.regained == 2  # 1,5 on the plan, 0,5 on the services that moved
    assert (found.again, found.lost_again) == ({"4"}, Decimal("0.75"))
    assert found.path == [(2026, Decimal("8.75"))]
