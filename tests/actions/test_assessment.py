"""Rounds of an assessment: each closes for good, and only when nothing is lacking."""

from datetime import date
from decimal import Decimal

import pytest
import sqlalchemy as sa

from tests.factories import (
    JUNE_1,
    CriterionFactory,
    EditionFactory,
    PostFactory,
    UnitFactory,
    actor_of,
)
from tracker.criteria.rules import RuleKind
from tracker.db import transaction
from tracker.errors import BadInput, NotAllowed, RowErrors, RuleViolation
from tracker.evidence.models import Evidence
from tracker.permissions import Role
from tracker.scores import actions, exchange
from tracker.scores.actions import Cell
from tracker.scores.models import Score
from tracker.scores.round_queries import rounds_of, score_history
from tracker.scores.rounds import Round
from tracker.sheets import read_sheet

PLAN = "> 90 %: 2; 70–90 %: 1; < 70 %: 0"


class Office:
    """A ward, an edition of three leaves (judged, stepped, survey), and the three sides."""

    def __init__(self):
        self.unit = UnitFactory(code="TT")
        self.edition = EditionFactory(code="PAR-2026", scale=Decimal(10))
        self.leaf = {
            code: CriterionFactory(
                edition=self.edition,
                code=code,
                max_points=Decimal(most),
                rule_kind=kind,
                rule_text=PLAN if kind is RuleKind.STEPPED else "",
                position=int(code),
            )
            for code, most, kind in (
                ("1", "5", RuleKind.JUDGED),
                ("2", "2", RuleKind.STEPPED),
                ("3", "3", RuleKind.SURVEY),
            )
        }
        self.head = actor_of(PostFactory(unit=self.unit))
        self.appraiser = actor_of(PostFactory(role=Role.APPRAISER, unit=self.unit))
        self.secretary = actor_of(PostFactory(role=Role.SECRETARIAT))

    def enter(self, by, code, **typed):
        with transaction() as session:
            kept = session.scalars(
                sa.select(Score).where(Score.criterion_id == self.leaf[code].id)
            ).first()
            blank = {"explanation": "", "addition": "", "note_1": "", "note_2": ""}
            cells = {
                name: Cell(getattr(kept, name) if kept else blank.get(name), value)
                for name, value in typed.items()
            }
            actions.enter_scores(
                session,
                edition_id=self.edition.id,
                unit_id=self.unit.id,
                cells={self.leaf[code].id: cells},
                by=by,
                at=JUNE_1,
            )

    def close(self, by, round_):
        with transaction() as session:
            actions.close_round(
                session,
                edition_id=self.edition.id,
                unit_id=self.unit.id,
                round_=round_,
                by=by,
                at=JUNE_1,
            )

    def attach(self, by, code):
        with transaction() as session:
            piece = Evidence(document_number="15/BC-UBND", unit_id=self.unit.id, added_at=JUNE_1)
            session.add(piece)
            session.flush()
            actions.attach_evidence(
                session,
                edition_id=self.edition.id,
                unit_id=self.unit.id,
                criterion_id=self.leaf[code].id,
                pieces=[piece],
                by=by,
                at=JUNE_1,
            )

    def lacking(self, session, round_):
        session.expire_all()
        rows = rounds_of(session, self.edition.id, self.unit.id)
        return next(row.lacking for row in rows if row.round is round_)

    def score(self, session, code):
        session.expire_all()
        return session.scalars(
            sa.select(Score).where(Score.criterion_id == self.leaf[code].id)
        ).one()


@pytest.fixture
def office(session):
    return Office()


def test_an_assessment_goes_through_its_rounds_to_the_final_score(session, office):
    assert office.lacking(session, Round.SELF) == ["1", "2"]  # a survey scores 3
    office.enter(office.head, "1", self_score=Decimal(5))
    office.attach(office.head, "1")
    office.enter(office.head, "2", part=Decimal(91), whole=Decimal(100))
    assert office.score(session, "2").self_score == 2  # the rule says so
    assert office.lacking(session, Round.SELF) == ["2"]
    with pytest.raises(RuleViolation):
        office.close(office.head, Round.SELF)
    office.enter(office.head, "2", explanation="91 trên 100 hồ sơ")
    office.close(office.head, Round.SELF)

    with pytest.raises(RowErrors):
        office.enter(office.head, "1", self_score=Decimal(4))
    with pytest.raises(RowErrors):
        office.enter(office.secretary, "1", explanation="muộn")
    with pytest.raises(RuleViolation):
        office.attach(office.head, "1")

    office.enter(office.appraiser, "1", appraised_1=Decimal(3), note_1="Thiếu báo cáo quý")
    office.enter(office.appraiser, "2", appraised_1=Decimal(2))
    office.close(office.appraiser, Round.APPRAISAL_1)
    office.enter(office.head, "1", addition="Gửi bổ sung báo cáo quý III")
    office.attach(office.head, "1")
    office.close(office.head, Round.ADDITIONS)
    office.enter(office.appraiser, "1", appraised_2=Decimal(4))
    office.close(office.appraiser, Round.APPRAISAL_2)
    assert office.lacking(session, Round.FINAL) == ["3"]
    office.enter(office.secretary, "3", survey_score=Decimal("2.55"))
    office.close(office.secretary, Round.FINAL)

    finals = {code: office.score(session, code).final_score for code in "123"}
    assert finals == {"1": 4, "2": 2, "3": Decimal("2.55")}
    acts = score_history(session, office.score(session, "1").id)
    assert [act.act for act in acts].count("score.attach") == 2
    assert len(acts) == 7  # self, evidence, appraisal 1, addition, evidence, appraisal 2, final


def test_a_survey_leaf_is_not_scored_by_the_unit(session, office):
    with pytest.raises(RowErrors):
        office.enter(office.head, "3", self_score=Decimal(3))


def test_rounds_close_in_order_and_by_the_side_whose_they_are(session, office):
    with pytest.raises(RuleViolation):
        office.close(office.secretary, Round.APPRAISAL_1)
    with pytest.raises(NotAllowed):
        office.close(office.appraiser, Round.SELF)
    with pytest.raises(NotAllowed):
        office.close(office.head, Round.FINAL)


def test_the_import_changes_no_score_of_a_closed_round(session, office):
    for code in "12":
        office.enter(office.head, code, self_score=Decimal(1), explanation="có")
    office.close(office.head, Round.SELF)

    def take(*lines):
        text = "\n".join(["edition;unit;code;self_score;final_score", *lines])
        read = read_sheet(text.encode(), file_name="a.csv", columns=exchange.COLUMNS)
        with transaction() as writing:
            return exchange.import_scores(writing, read, by=office.secretary, at=JUNE_1)

    assert take("PAR-2026;TT;1;1;5").changed == 1
    with pytest.raises(RowErrors) as refused:
        take("PAR-2026;TT;1;2;5")
    assert [(row.line, row.column) for row in refused.value.rows] == [(2, "self_score")]


def test_a_round_opens_again_with_a_reason_and_its_history_stays(session, office):
    for code in "12":
        office.enter(office.head, code, self_score=Decimal(1), explanation="có")
    office.close(office.head, Round.SELF)

    def reopen(by, reason):
        with transaction() as writing:
            actions.reopen_round(
                writing,
                edition_id=office.edition.id,
                unit_id=office.unit.id,
                round_=Round.SELF,
                reason=reason,
                by=by,
                at=JUNE_1,
            )

    with pytest.raises(NotAllowed):
        reopen(office.head, "nhầm")
    with pytest.raises(BadInput):
        reopen(office.secretary, " ")
    reopen(office.secretary, "Đơn vị nộp nhầm bản")
    office.enter(office.head, "1", self_score=Decimal(2))
    office.close(office.head, Round.SELF)


def test_rounds_end_one_after_the_other(session, office):
    with transaction() as writing, pytest.raises(BadInput) as refused:
        actions.set_rounds(
            writing,
            office.edition.id,
            {Round.SELF: date(2027, 1, 15), Round.APPRAISAL_1: date(2027, 1, 10)},
            by=office.secretary,
            at=JUNE_1,
        )
    assert refused.value.field == "appraisal_1"
