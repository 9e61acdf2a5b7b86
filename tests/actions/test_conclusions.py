"""From the draft of a notice to the work assigned: acts and every refusal."""

import threading
from datetime import date
from decimal import Decimal

import pytest
import sqlalchemy as sa

from tests.factories import (
    JUNE_1,
    CommitteeFactory,
    MeetingFactory,
    PersonFactory,
    PostFactory,
    UnitFactory,
    actor_of,
)
from tracker.conclusions import actions
from tracker.conclusions.imports import clause_for_import
from tracker.conclusions.models import Clause, Finding, Meeting, Notice
from tracker.conclusions.review_rules import Lack, NotReady, Said
from tracker.conclusions.rules import Attendance, ClauseVerdict, NoticeState, RaisedKind, SourceKind
from tracker.db import db, transaction
from tracker.deadlines.queries import working_calendar
from tracker.deadlines.rules import DeadlineBasis
from tracker.errors import BadInput, EditedByAnother, NotAllowed, RuleViolation
from tracker.history import HistoryEntry
from tracker.outbox import OutboxMessage
from tracker.permissions import Role
from tracker.scores.models import Target
from tracker.tasks.models import Task, TaskGroup
from tracker.tasks.rules import TimeKind
from tracker.units.rules import UnitKind

TEXT = """THÔNG BÁO
Kết luận của Trưởng ban tại phiên họp quý II

I. Đánh giá chung
1. Các đơn vị đã có nhiều cố gắng trong cải cách hành chính.
II. Nhiệm vụ
1. Giao Sở Nội vụ chủ trì, phối hợp với Sở Tài chính tham mưu kế hoạch kiểm tra năm 2027, \
hoàn thành trước ngày 15/12/2026.
2. Giao Sở Tài chính bố trí kinh phí số hóa.
"""
REASONS = {
    ClauseVerdict.GUIDANCE: "Đánh giá chung",
    ClauseVerdict.NO_TASK: "Lời dẫn",
}


class Office:
    """A committee with its secretary and three units."""

    def __init__(self):
        self.committee = CommitteeFactory()
        self.home = UnitFactory(code="SNV", name="Sở Nội vụ", email="snv@office.example")
        self.finance = UnitFactory(code="STC", name="Sở Tài chính", email="stc@office.example")
        self.communes = [
            UnitFactory(code=f"X{n}", name=f"UBND xã Số {n}", kind=UnitKind.COMMUNE, email="")
            for n in (1, 2)
        ]
        post = PostFactory(role=Role.SECRETARIAT, unit=None, committee_id=self.committee.id)
        self.post = post
        self.by = actor_of(post)


@pytest.fixture
def office(session):
    return Office()


def draft(office, text=TEXT, **values):
    with transaction() as session:
        notice = actions.draft_notice(
            session,
            actions.NewNotice(
                committee_id=office.committee.id, title="Kết luận quý II", text=text, **values
            ),
            by=office.by,
            at=JUNE_1,
        )
        actions.read_clauses(session, notice, by=office.by, at=JUNE_1)
        return notice.id


def sign(office, notice_id, number="47/TB-BCĐ", issued_on=date(2026, 5, 30)):
    with transaction() as session:
        notice = session.get_one(Notice, notice_id)
        if notice.submitted_at is None:
            actions.submit(session, notice, by=office.by, at=JUNE_1)
        actions.record_signature(
            session,
            notice,
            by=office.by,
            at=JUNE_1,
            number=number,
            issued_on=issued_on,
            signer="Trưởng ban",
            calendar=working_calendar(session),
        )


def assign(office, notice_id, by=None):
    with transaction() as session:
        return actions.assign_work(
            session,
            session.get_one(Notice, notice_id),
            by=by or office.by,
            at=JUNE_1,
            public_url="https://tracker.example",
        )


def on_notice(office, notice_id, act, **values):
    with transaction() as session:
        return act(session, session.get_one(Notice, notice_id), by=office.by, at=JUNE_1, **values)


def record_inspection(office, **values):
    with transaction() as session:
        new = actions.NewMeeting(
            (office.committee.id,), SourceKind.INSPECTION, "Kiểm tra", date(2026, 5, 28), **values
        )
        return actions.record_meeting(session, new, by=office.by, at=JUNE_1)


def clause_of(session, notice_id, words):
    session.expire_all()
    return session.scalars(
        sa.select(Clause).where(Clause.notice_id == notice_id, Clause.text.contains(words))
    ).one()


def edit(office, clause, verdict=ClauseVerdict.TASK, confirm=True, **values):
    """Save a clause with what is stored, changed by `values` on its first proposal."""
    reason = values.pop("reason", "")
    edition = values.pop("edition", None)
    proposals = ()
    if clause.proposals:
        first = clause.proposals[0]
        typed = {
            "title": first.title,
            "lead": first.lead_text,
            "coordinate": first.coordinate_text,
            "due": f"{first.due_on:%d/%m/%Y}" if first.due_on else "",
            **values,
        }
        proposals = (actions.ProposalEdit(proposal_id=first.id, **typed),)
    with transaction() as session:
        notice = session.get_one(Notice, clause.notice_id)
        return actions.save_clause(
            session,
            actions.ClauseEdit(
                clause_id=clause.id,
                edition=notice.edition if edition is None else edition,
                verdict=verdict,
                reason=reason,
                proposals=proposals,
            ),
            by=office.by,
            at=JUNE_1,
            confirm=confirm,
        )


def accept_clear(office, notice_id):
    with transaction() as session:
        notice = session.get_one(Notice, notice_id)
        return actions.accept_clear(session, notice, by=office.by, at=JUNE_1, reasons=REASONS)


def confirm_all(office, session, notice_id):
    """Confirm what is clear, and date the order that has no date."""
    accept_clear(office, notice_id)
    money = clause_of(session, notice_id, "bố trí kinh phí")
    edit(office, money, said=Said.AWAITING)


def ready(office, session, text=TEXT):
    notice_id = draft(office, text)
    confirm_all(office, session, notice_id)
    sign(office, notice_id)
    return notice_id


# Reading ---------------------------------------------------------------------------------------


def test_a_notice_is_cut_into_clauses_with_proposals_and_the_unit_directory(session, office):
    notice_id = draft(office)

    clause = clause_of(session, notice_id, "kế hoạch kiểm tra")
    proposal = clause.proposals[0]
    assert clause.label == "II.1"
    assert clause.verdict is ClauseVerdict.OPEN
    assert [(part.unit_id, part.lead) for part in proposal.units] == [
        (office.home.id, True),
        (office.finance.id, False),
    ]
    assert proposal.time is TimeKind.DATED
    assert proposal.deadline_basis is DeadlineBasis.NOTICE
    assert proposal.due_on == date(2026, 12, 15)


def test_spans_count_the_characters_of_the_text(session, office):
    notice_id = draft(office)

    notice = session.get_one(Notice, notice_id)
    for clause in notice.clauses:
        assert notice.text[clause.start : clause.end] == clause.text


def test_reading_again_keeps_nothing_silently(session, office):
    notice_id = draft(office)
    accept_clear(office, notice_id)

    def again(**options):
        with transaction() as writing:
            notice = writing.get_one(Notice, notice_id)
            actions.read_clauses(writing, notice, by=office.by, at=JUNE_1, **options)

    with pytest.raises(RuleViolation, match="confirmed already"):
        again()
    again(discard=True)

    assert clause_of(session, notice_id, "kế hoạch kiểm tra").verdict is ClauseVerdict.OPEN


def test_the_number_of_days_counts_from_the_date_that_the_registry_gave(session, office):
    text = "1. Giao Sở Nội vụ báo cáo kết quả trong 05 ngày làm việc kể từ ngày ban hành thông báo."
    notice_id = draft(office, text)

    sign(office, notice_id, issued_on=date(2026, 5, 25))

    proposal = clause_of(session, notice_id, "báo cáo kết quả").proposals[0]
    assert proposal.due_on == date(2026, 6, 1)


# Deciding --------------------------------------------------------------------------------------


def test_what_is_clear_is_confirmed_at_once_and_the_doubtful_stays(session, office):
    notice_id = draft(office)

    accept_clear(office, notice_id)

    assert clause_of(session, notice_id, "kế hoạch kiểm tra").verdict is ClauseVerdict.TASK
    assert clause_of(session, notice_id, "nhiều cố gắng").reason == "Đánh giá chung"
    assert clause_of(session, notice_id, "bố trí kinh phí").verdict is ClauseVerdict.OPEN


def test_words_that_give_a_date_are_read_as_one(session, office):
    notice_id = draft(office)
    clause = clause_of(session, notice_id, "bố trí kinh phí")

    edit(office, clause, said=Said.LEADER, due="quý III/2026", reference="CV 12/UBND 29/5/2026")

    proposal = clause_of(session, notice_id, "bố trí kinh phí").proposals[0]
    assert proposal.due_on == date(2026, 9, 30)
    assert proposal.deadline_basis is DeadlineBasis.LEADER


def test_words_without_a_date_are_refused_at_their_field(session, office):
    clause = clause_of(session, draft(office), "bố trí kinh phí")

    with pytest.raises(BadInput) as refusal:
        edit(office, clause, said=Said.NOTICE, due="sớm nhất")

    assert refusal.value.field == f"{clause.proposals[0].id}:due"


def test_an_unknown_lead_is_refused_and_the_nearest_unit_named(session, office):
    clause = clause_of(session, draft(office), "bố trí kinh phí")

    with pytest.raises(BadInput, match="Sở Tài chính"):
        edit(office, clause, lead="Sở Tài chánh", said=Said.AWAITING)


def test_units_may_be_typed_as_codes(session, office):
    notice_id = draft(office)

    edit(office, clause_of(session, notice_id, "bố trí kinh phí"), lead="SNV", said=Said.AWAITING)

    proposal = clause_of(session, notice_id, "bố trí kinh phí").proposals[0]
    assert [part.unit_id for part in proposal.units] == [office.home.id]


def test_a_body_outside_the_office_may_coordinate_in_words_only(session, office):
    notice_id = draft(office)
    clause = clause_of(session, notice_id, "bố trí kinh phí")

    edit(office, clause, coordinate="Bộ Tài chính; Sở Nội vụ", said=Said.AWAITING)

    proposal = clause_of(session, notice_id, "bố trí kinh phí").proposals[0]
    assert proposal.coordinate_text == "Bộ Tài chính; Sở Nội vụ"
    assert [p.unit_id for p in proposal.units if not p.lead] == [office.home.id]


def test_a_proposal_is_split_at_its_semicolon(session, office):
    notice_id = draft(office)
    clause = clause_of(session, notice_id, "bố trí kinh phí")
    edit(office, clause, title="Lập dự toán; trình phê duyệt", said=Said.WITHOUT)

    with transaction() as writing:
        actions.split_proposal(writing, clause.id, clause.proposals[0].id, by=office.by, at=JUNE_1)

    clause = clause_of(session, notice_id, "bố trí kinh phí")
    assert [p.title for p in clause.proposals] == ["Lập dự toán", "Trình phê duyệt"]
    assert [p.time for p in clause.proposals] == [TimeKind.WITHOUT, TimeKind.WITHOUT]
    assert clause.verdict is ClauseVerdict.OPEN


def test_proposals_are_added_and_removed(session, office):
    notice_id = draft(office)
    clause = clause_of(session, notice_id, "nhiều cố gắng")

    with transaction() as writing:
        added = actions.add_proposal(writing, clause.id, by=office.by, at=JUNE_1)
    assert clause_of(session, notice_id, "nhiều cố gắng").suggested is ClauseVerdict.TASK
    with transaction() as writing:
        actions.remove_proposal(writing, clause.id, added.id, by=office.by, at=JUNE_1)

    clause = clause_of(session, notice_id, "nhiều cố gắng")
    assert clause.proposals == []
    assert clause.suggested is ClauseVerdict.GUIDANCE


def test_the_later_of_two_editors_is_shown_both_texts(session, office):
    notice_id = draft(office)
    clause = clause_of(session, notice_id, "bố trí kinh phí")
    seen = session.get_one(Notice, notice_id).edition
    edit(office, clause, title="Bản của người trước", said=Said.AWAITING, edition=seen)

    with pytest.raises(EditedByAnother) as refusal:
        edit(office, clause, title="Bản của người sau", said=Said.AWAITING, edition=seen)

    assert "Bản của người trước" in refusal.value.theirs
    assert "Bản của người sau" in refusal.value.yours
    title = clause_of(session, notice_id, "bố trí kinh phí").proposals[0].title
    assert title == "Bản của người trước"


def test_two_editors_of_different_clauses_do_not_disturb_each_other(session, office):
    notice_id = draft(office)
    seen = session.get_one(Notice, notice_id).edition
    edit(office, clause_of(session, notice_id, "bố trí"), said=Said.AWAITING, edition=seen)

    edit(office, clause_of(session, notice_id, "kiểm tra"), said=Said.NOTICE, edition=seen)


# The signature ---------------------------------------------------------------------------------


def test_number_and_date_are_written_once(session, office):
    notice_id = draft(office)
    sign(office, notice_id)

    with pytest.raises(RuleViolation, match="written once"):
        sign(office, notice_id, number="48/TB-BCĐ")

    assert session.get_one(Notice, notice_id).number == "47/TB-BCĐ"


def test_a_number_is_recorded_once_for_a_day(session, office):
    sign(office, draft(office))

    with pytest.raises(BadInput, match="already"):
        sign(office, draft(office))


def test_a_notice_of_tomorrow_is_refused(session, office):
    with pytest.raises(BadInput, match="future"):
        sign(office, draft(office), issued_on=date(2026, 6, 2))


def test_of_a_secret_document_only_number_and_date_are_kept(session, office):
    with transaction() as writing:
        new = actions.NewNotice(
            committee_id=office.committee.id,
            title="không được giữ",
            secret=True,
            number="05-TB",
            issued_on=date(2026, 5, 1),
        )
        notice_id = actions.draft_notice(writing, new, by=office.by, at=JUNE_1).id

    notice = session.get_one(Notice, notice_id)
    assert (notice.number, notice.title, notice.text) == ("05-TB", "", "")
    with pytest.raises(RuleViolation, match="secret"):
        assign(office, notice_id)


def test_the_text_of_a_secret_document_is_refused(session, office):
    with pytest.raises(BadInput, match="secret"):
        draft(office, secret=True, number="05-TB", issued_on=date(2026, 5, 1))


# Assigning -------------------------------------------------------------------------------------


def test_assigning_lists_everything_that_is_lacking(session, office):
    text = TEXT + "3. Khẩn trương rà soát các thủ tục.\n"
    notice_id = draft(office, text)
    accept_clear(office, notice_id)
    money = clause_of(session, notice_id, "bố trí kinh phí")
    edit(office, money, lead="", said=None)

    with pytest.raises(NotReady) as refusal:
        assign(office, notice_id)

    lacking = {lack.label: lack.kinds for lack in refusal.value.lacks}
    assert refusal.value.unsigned
    assert lacking["II.2"] == (Lack.LEAD, Lack.TIME)
    session.expire_all()
    assert session.scalars(sa.select(Task)).all() == []


@pytest.mark.parametrize(
    ("values", "lack"),
    [
        ({"said": None}, Lack.TIME),
        ({"said": None, "due": "30/9/2026"}, Lack.BASIS),
        ({"said": Said.NOTICE, "due": ""}, Lack.TIME),
        ({"said": Said.LEADER, "due": "30/9/2026"}, Lack.REFERENCE),
        ({"said": Said.LETTER, "due": "30/9/2026"}, Lack.REFERENCE),
        ({"said": Said.AWAITING, "lead": ""}, Lack.LEAD),
        ({"said": Said.AWAITING, "title": ""}, Lack.TITLE),
        ({"verdict": ClauseVerdict.GUIDANCE}, Lack.REASON),
        ({"verdict": ClauseVerdict.NO_TASK}, Lack.REASON),
        ({"verdict": ClauseVerdict.TARGET}, Lack.VALUE),
    ],
)
def test_assigning_is_refused_while_one_thing_lacks(session, office, values, lack):
    notice_id = ready(office, session)
    edit(office, clause_of(session, notice_id, "bố trí kinh phí"), **values)

    with pytest.raises(NotReady) as refusal:
        assign(office, notice_id)

    assert [(item.label, item.kinds) for item in refusal.value.lacks] == [("II.2", (lack,))]


@pytest.mark.parametrize(
    ("values", "time"),
    [
        ({"said": Said.AWAITING}, TimeKind.AWAITING),
        ({"said": Said.WITHOUT}, TimeKind.WITHOUT),
        ({"said": Said.STANDING}, TimeKind.STANDING),
        ({"said": Said.PROPOSED, "due": "30/9/2026"}, TimeKind.PROPOSED),
        ({"said": Said.LETTER, "due": "30/9/2026", "reference": "CV 9/UBND"}, TimeKind.DATED),
    ],
)
def test_each_way_of_speaking_of_time_is_enough(session, office, values, time):
    notice_id = ready(office, session)
    edit(office, clause_of(session, notice_id, "bố trí kinh phí"), **values)

    assigned = assign(office, notice_id)

    assert assigned.tasks[-1].time is time


def test_assigning_waits_for_the_signature(session, office):
    notice_id = draft(office)
    confirm_all(office, session, notice_id)

    with pytest.raises(NotReady, match="signed") as refusal:
        assign(office, notice_id)

    assert refusal.value.lacks == []


def test_tasks_exist_with_their_clause_and_each_unit_is_told_once(session, office):
    notice_id = ready(office, session)

    assigned = assign(office, notice_id)

    session.expire_all()
    tasks = session.scalars(sa.select(Task).order_by(Task.id)).all()
    assert [task.lead_unit.code for task in tasks] == ["SNV", "STC"]
    assert [task.clause.label for task in tasks] == ["II.1", "II.2"]
    assert tasks[0].due_on == date(2026, 12, 15)
    assert assigned.told == 2
    mails = {mail.recipient: mail for mail in session.scalars(sa.select(OutboxMessage))}
    assert set(mails) == {"snv@office.example", "stc@office.example"}
    assert tasks[1].title in mails["stc@office.example"].body
    assert tasks[0].title in mails["stc@office.example"].body
    assert tasks[1].title not in mails["snv@office.example"].body
    assert f"https://tracker.example/tasks/{tasks[0].id}" in mails["snv@office.example"].html


def test_the_actor_gets_no_mail(session, office):
    person = PersonFactory(email="head@office.example")
    PostFactory(role=Role.UNIT_HEAD, unit=office.home, person=person)
    post = PostFactory(
        role=Role.SECRETARIAT, unit=None, committee_id=office.committee.id, person=person
    )
    office.by = actor_of(post)

    assigned = assign(office, ready(office, session))

    recipients = session.scalars(sa.select(OutboxMessage.recipient)).all()
    assert recipients == ["stc@office.example"]
    assert assigned.told == 1


def test_work_is_assigned_once(session, office):
    notice_id = ready(office, session)
    assign(office, notice_id)

    with pytest.raises(RuleViolation, match="already"):
        assign(office, notice_id)

    session.expire_all()
    assert len(session.scalars(sa.select(Task)).all()) == 2


def test_an_assigned_notice_is_frozen(session, office):
    notice_id = ready(office, session)
    assign(office, notice_id)
    clause = clause_of(session, notice_id, "bố trí kinh phí")

    with pytest.raises(RuleViolation, match="supplement"):
        edit(office, clause, title="khác", said=Said.AWAITING)
    with pytest.raises(RuleViolation, match="supplement"):
        on_notice(office, notice_id, actions.replace_text, text="khác")
    with pytest.raises(RuleViolation, match="supplement"):
        on_notice(office, notice_id, actions.read_clauses, discard=True)


def test_a_supplement_follows_an_assigned_notice_only(session, office):
    first = ready(office, session)
    with pytest.raises(RuleViolation, match="follows"):
        draft(office, supplements_id=first)
    assign(office, first)

    second = draft(office, supplements_id=first)

    assert session.get_one(Notice, second).supplements_id == first


def test_an_order_to_a_group_is_one_clause_with_one_task_for_each_unit(session, office):
    text = "1. Yêu cầu UBND các xã niêm yết thủ tục hành chính trước ngày 30/9/2026."
    notice_id = draft(office, text)
    clause = clause_of(session, notice_id, "niêm yết")
    edit(office, clause, said=Said.NOTICE)
    sign(office, notice_id)

    assigned = assign(office, notice_id)

    session.expire_all()
    group = session.scalars(sa.select(TaskGroup)).one()
    tasks = session.scalars(sa.select(Task).order_by(Task.id)).all()
    assert [task.lead_unit.code for task in tasks] == ["X1", "X2"]
    assert {task.group_id for task in tasks} == {group.id}
    assert {task.clause_id for task in tasks} == {clause.id}
    assert group.addressee == "UBND các xã"
    assert assigned.untold == ("UBND xã Số 1", "UBND xã Số 2")


TWO = "1. Giao Sở Nội vụ, Sở Tài chính chủ trì tuyên truyền, hoàn thành trước ngày 30/9/2026."


def test_two_leads_become_two_tasks(session, office):
    notice_id = draft(office, TWO)
    edit(office, clause_of(session, notice_id, "tuyên truyền"), said=Said.NOTICE)
    sign(office, notice_id)

    assign(office, notice_id)

    session.expire_all()
    tasks = session.scalars(sa.select(Task).order_by(Task.id)).all()
    assert [(task.lead_unit.code, task.group_id) for task in tasks] == [
        ("SNV", None),
        ("STC", None),
    ]


def test_a_leaders_decision_makes_one_of_two_units_the_lead(session, office):
    notice_id = draft(office, TWO)
    clause = clause_of(session, notice_id, "tuyên truyền")
    edit(office, clause, said=Said.NOTICE, lead_decided_by="Bút phê ngày 30/5/2026")
    sign(office, notice_id)

    assign(office, notice_id)

    session.expire_all()
    task = session.scalars(sa.select(Task)).one()
    assert task.lead_unit.code == "SNV"
    assert [part.unit.code for part in task.coordinations] == ["STC"]
    assert task.lead_decided_by == "Bút phê ngày 30/5/2026"


def test_a_target_becomes_a_target_with_its_number(session, office):
    text = "1. Phấn đấu tỷ lệ thanh toán trực tuyến đạt từ 50,5% trở lên."
    notice_id = draft(office, text)
    clause = clause_of(session, notice_id, "thanh toán")
    if not clause.proposals:
        with transaction() as writing:
            actions.add_proposal(writing, clause.id, by=office.by, at=JUNE_1)
        clause = clause_of(session, notice_id, "thanh toán")
    edit(office, clause, verdict=ClauseVerdict.TARGET, target_value="≥ 50,5 %")
    sign(office, notice_id)

    assigned = assign(office, notice_id)

    session.expire_all()
    target = session.scalars(sa.select(Target)).one()
    assert (target.value, target.clause_id) == (Decimal("50.5"), clause.id)
    assert (assigned.targets, assigned.tasks) == (1, ())


def test_only_the_secretariat_of_the_committee_records_and_assigns(session, office):
    notice_id = ready(office, session)
    other = PostFactory(role=Role.SECRETARIAT, unit=None, committee_id=CommitteeFactory().id)
    chair = PostFactory(role=Role.CHAIRPERSON, unit=None, committee_id=office.committee.id)

    for post in (other, chair):
        with pytest.raises(NotAllowed):
            assign(office, notice_id, by=actor_of(post))
    office.by = actor_of(chair)
    with pytest.raises(NotAllowed):
        draft(office)


def test_every_act_on_a_notice_is_in_its_history(session, office):
    notice_id = ready(office, session)
    assign(office, notice_id)

    acts = session.scalars(
        sa.select(HistoryEntry.act)
        .where(HistoryEntry.noun == "notices", HistoryEntry.object_id == notice_id)
        .order_by(HistoryEntry.id)
    ).all()
    assert acts == [
        "notice.draft",
        "notice.read",
        "notice.accept-clear",
        "notice.review-clause",
        "notice.submit",
        "notice.record-signature",
        "notice.assign",
    ]


# Meetings --------------------------------------------------------------------------------------


def test_a_session_of_two_committees_has_participants_who_conclude(session, office):
    other = CommitteeFactory()
    with transaction() as writing:
        meeting = actions.record_meeting(
            writing,
            actions.NewMeeting(
                committee_ids=(office.committee.id, other.id),
                kind=SourceKind.SESSION,
                title="Phiên họp quý II",
                held_on=date(2026, 5, 28),
                participants=(
                    actions.NewParticipant("Nguyễn A", "Chủ tịch UBND", concludes=True),
                    actions.NewParticipant("Trần B", "Phó Bí thư Thường trực", concludes=True),
                ),
            ),
            by=office.by,
            at=JUNE_1,
        )
        meeting_id = meeting.id

    meeting = session.get_one(Meeting, meeting_id)
    assert {c.id for c in meeting.committees} == {office.committee.id, other.id}
    assert [p.attendance for p in meeting.participants] == [
        Attendance.STATE_LEADER,
        Attendance.PARTY_LEADER,
    ]


def test_an_inspection_names_its_unit_and_links_findings_to_tasks(session, office):
    with pytest.raises(BadInput, match="inspected"):
        record_inspection(office, inspected_unit_id=None)
    with transaction() as writing:
        meeting = actions.record_meeting(
            writing,
            actions.NewMeeting(
                committee_ids=(office.committee.id,),
                kind=SourceKind.INSPECTION,
                title="Kiểm tra xã Số 1",
                held_on=date(2026, 5, 28),
                inspected_unit_id=office.communes[0].id,
            ),
            by=office.by,
            at=JUNE_1,
        )
        finding_id = actions.record_finding(
            writing, meeting, by=office.by, at=JUNE_1, text="Quy chế chưa đầy đủ"
        ).id
        meeting_id = meeting.id
    notice_id = draft(office, meeting_id=meeting_id)
    confirm_all(office, session, notice_id)
    sign(office, notice_id)
    tasks = assign(office, notice_id).tasks

    with transaction() as writing:
        finding = writing.get_one(Finding, finding_id)
        actions.link_finding(writing, finding, [tasks[0].id], by=office.by, at=JUNE_1)

    session.expire_all()
    assert [task.id for task in session.get_one(Finding, finding_id).tasks] == [tasks[0].id]


def test_a_unit_raises_difficulties(session, office):
    meeting = MeetingFactory(committee=office.committee)
    with transaction() as writing:
        actions.raise_matter(
            writing,
            writing.get_one(Meeting, meeting.id),
            by=office.by,
            at=JUNE_1,
            kind=RaisedKind.DIFFICULTY,
            text="Thiếu máy quét",
            unit_id=office.communes[0].id,
        )

    session.expire_all()
    matter = session.get_one(Meeting, meeting.id).raised[0]
    assert (matter.kind, matter.text) == (RaisedKind.DIFFICULTY, "Thiếu máy quét")


def test_the_state_of_a_notice_follows_its_dates(session, office):
    notice_id = draft(office)
    states = [session.get_one(Notice, notice_id).state]
    with transaction() as writing:
        actions.submit(writing, writing.get_one(Notice, notice_id), by=office.by, at=JUNE_1)
    session.expire_all()
    states.append(session.get_one(Notice, notice_id).state)
    sign(office, notice_id)
    session.expire_all()
    states.append(session.get_one(Notice, notice_id).state)
    confirm_all(office, session, notice_id)
    assign(office, notice_id)
    session.expire_all()
    states.append(session.get_one(Notice, notice_id).state)

    assert states == list(NoticeState)


def test_words_that_sound_like_a_target_are_proposed_as_one(session, office):
    notice_id = draft(office, "1. Phấn đấu tỷ lệ số hóa đạt từ 80% trở lên.\n2. Đạt 73,63 điểm.")

    clause = clause_of(session, notice_id, "số hóa")
    assert clause.suggested is ClauseVerdict.TARGET
    assert [(p.target, p.target_value) for p in clause.proposals] == [(True, "≥ 80%")]
    assert accept_clear(office, notice_id) == 1
    assert clause_of(session, notice_id, "số hóa").verdict is ClauseVerdict.OPEN


def test_further_paragraphs_of_an_item_have_labels_of_their_own(session, office):
    text = "1. Giao Sở Nội vụ báo cáo.\nSở Tài chính bố trí kinh phí trước ngày 30/9/2026.\n"
    notice_id = draft(office, text)

    session.expire_all()
    labels = [clause.label for clause in session.get_one(Notice, notice_id).clauses]
    assert len(labels) == len(set(labels))


def test_two_secretaries_who_assign_at_once_assign_once(app, session, office):
    notice_id = ready(office, session)
    start, results = threading.Barrier(2), []

    def press():
        with app.app_context():
            start.wait()
            try:
                results.append(len(assign(office, notice_id).tasks))
            except RuleViolation:
                results.append("refused")
            finally:
                db.session.close()

    threads = [threading.Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(results, key=str) == [2, "refused"]
    assert session.scalar(sa.select(sa.func.count(Task.id))) == 2


# Notices that imported tasks name ----------------------------------------------------------------


def clause_for(office, number, issued_on, label):
    with transaction() as session:
        return clause_for_import(
            session, office.committee.id, number, issued_on, label, by=office.by, at=JUNE_1
        )


def test_an_imported_task_finds_or_makes_its_notice_and_clause(session, office):
    first = clause_for(office, "12/TB-BCĐ", date(2026, 3, 1), "III.4")
    again = clause_for(office, "12/TB-BCĐ", date(2026, 3, 1), " iii.4 ")
    other = clause_for(office, "12/TB-BCĐ", date(2026, 3, 1), "III.5")

    assert first == again != other
    notice = session.scalars(sa.select(Notice)).one()
    assert notice.state is NoticeState.ASSIGNED
    assert [clause.label for clause in notice.clauses] == ["III.4", "III.5"]


def test_an_imported_task_needs_the_date_of_an_unknown_document(session, office):
    with pytest.raises(BadInput, match="date"):
        clause_for(office, "12/TB-BCĐ", None, "III.4")
    known = clause_for(office, "12/TB-BCĐ", date(2026, 3, 1), "III.4")

    assert clause_for(office, "12/TB-BCĐ", None, "III.4") == known


def test_an_imported_task_cannot_slip_into_a_notice_under_review(session, office):
    sign(office, draft(office))

    with pytest.raises(BadInput, match="not been assigned"):
        clause_for(office, "47/TB-BCĐ", date(2026, 5, 30), "II.2")
