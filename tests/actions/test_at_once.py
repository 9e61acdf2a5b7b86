"""Two people at the same moment: one is refused with a sentence, nothing is lost or done twice.

Both read before either writes, unless a lock keeps the second from reading: then the first goes on
after a short wait.
"""

import threading
from contextlib import suppress
from datetime import date
from decimal import Decimal

import sqlalchemy as sa

from tests.factories import (
    JUNE_1,
    ClauseFactory,
    CommitteeFactory,
    CriterionFactory,
    MeetingFactory,
    NoticeFactory,
    PostFactory,
    ScoreFactory,
    actor_of,
)
from tracker.conclusions.assigning import assign_work
from tracker.conclusions.clauses import read_clauses
from tracker.conclusions.meeting_queries import meeting_page
from tracker.conclusions.meetings import change_meeting
from tracker.conclusions.models import Clause, Meeting, Notice
from tracker.conclusions.notices import replace_text
from tracker.conclusions.review_queries import notice_for_review
from tracker.conclusions.rules import ClauseVerdict
from tracker.db import db, transaction
from tracker.errors import EditedByAnother, Refusal, RowErrors
from tracker.permissions import Role
from tracker.scores.entering import Cell, enter_scores
from tracker.scores.models import Score

PATIENCE = 0.4


def at_once(app, *acts):
    """Run each `act(session, meet)` in a thread and transaction; return what became of each.

    An act calls `meet()` between reading and writing.
    """
    barrier = threading.Barrier(len(acts))
    came = [None] * len(acts)

    def meet():
        with suppress(threading.BrokenBarrierError):
            barrier.wait(PATIENCE)

    def run(number, act):
        with app.app_context():
            try:
                with transaction() as session:
                    came[number] = act(session, meet) or "done"
            except Refusal as refusal:
                came[number] = type(refusal)
            finally:
                db.session.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return came


def secretary_of(committee):
    return actor_of(PostFactory(role=Role.SECRETARIAT, committee_id=committee.id))


def test_two_who_correct_a_meeting_lose_nothing(app, session):
    meeting = MeetingFactory()
    by = secretary_of(meeting.committee)

    def correct(title):
        def act(writing, meet):
            shown = meeting_page(writing, by, meeting.id, lock=True)
            meet()
            change_meeting(
                writing, shown.meeting, by=by, at=JUNE_1, edition=1, title=title,
                held_on=date(2026, 5, 28), place="", inspected_unit_id=None, summary="",
            )  # fmt: skip

        return act

    came = at_once(app, correct("Phiên họp thứ nhất"), correct("Phiên họp thứ hai"))

    assert sorted(map(str, came)) == sorted([str(EditedByAnother), "done"])
    session.expire_all()
    assert session.get(Meeting, meeting.id).edition == 2


def test_a_text_is_not_replaced_under_a_notice_that_is_being_assigned(app, session):
    notice = NoticeFactory(text="Chỉ đạo chung.", submitted_at=JUNE_1, signed_at=JUNE_1)
    ClauseFactory(notice=notice, verdict=ClauseVerdict.GUIDANCE, reason="chỉ đạo chung")
    by = secretary_of(notice.committee)

    def assign(writing, meet):
        found = notice_for_review(writing, by, notice.id, lock=True)
        meet()
        assign_work(writing, found, by=by, at=JUNE_1, public_url="http://localhost")

    def replace(writing, meet):
        found = notice_for_review(writing, by, notice.id, lock=True)
        meet()
        replace_text(writing, found, by=by, at=JUNE_1, text="1. Phòng Nội vụ lập kế hoạch.")
        read_clauses(writing, found, by=by, at=JUNE_1, discard=True)

    came = at_once(app, assign, replace)

    session.expire_all()
    kept = session.get(Notice, notice.id)
    assert came.count("done") == 1
    assert (kept.assigned_at is not None) == (kept.text == "Chỉ đạo chung.")
    verdicts = session.scalars(sa.select(Clause.verdict).where(Clause.notice_id == notice.id))
    assert (kept.assigned_at is not None) == (ClauseVerdict.GUIDANCE in set(verdicts))


def test_two_typists_in_one_cell_at_once_are_not_both_believed(app, session):
    score = ScoreFactory(criterion=CriterionFactory(), final_score=Decimal("0.5"))
    fresh = CriterionFactory(edition=score.criterion.edition)
    by = secretary_of(CommitteeFactory())

    def type_in(value):
        cell = {"final_score": Cell(shown=Decimal("0.5"), typed=Decimal(value))}
        first = {"final_score": Cell(shown=None, typed=Decimal(value))}

        def act(writing, meet):
            cells = {score.criterion_id: cell, fresh.id: first}
            meet()
            enter_scores(
                writing, edition_id=score.criterion.edition_id, unit_id=score.unit_id,
                cells=cells, by=by, at=JUNE_1,
            )  # fmt: skip
            meet()

        return act

    came = at_once(app, type_in("1"), type_in("1.5"))

    assert sorted(map(str, came)) == sorted([str(RowErrors), "done"])
    session.expire_all()
    values = session.scalars(sa.select(Score.final_score).where(Score.unit_id == score.unit_id))
    assert len(set(values)) == 1
