"""The review: where fields were read, splitting and merging, undo, drafts, earlier tasks, names."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from tests.actions.test_conclusions import REASONS, TEXT, Office, assign, clause_of, draft, sign
from tests.factories import JUNE_1, PostFactory, TaskFactory, UnitFactory, actor_of
from tracker.conclusions import actions, new_names
from tracker.conclusions.drafts import drafts_of
from tracker.conclusions.earlier import same_matter
from tracker.conclusions.models import Clause, Notice, Proposal
from tracker.conclusions.review_models import ClauseDraft, ReadField, ReviewStep
from tracker.conclusions.review_rules import Doubt, Outcome, Said
from tracker.conclusions.rule_queries import rules_judged
from tracker.conclusions.rules import ClauseVerdict, Fate
from tracker.conclusions.steps import state_of
from tracker.db import transaction
from tracker.errors import BadInput, NotAllowed, RuleViolation
from tracker.history import HistoryEntry
from tracker.permissions import Role
from tracker.tasks.models import Departure, Task
from tracker.tasks.rules import LeftWhy
from tracker.units.models import UnitAlias
from tracker.workdays import office_day

TWO_LEADS = "1. Giao Sở Nội vụ, Sở Tài chính chủ trì tuyên truyền thanh toán trong quý IV/2026."
TO_ALL = "1. Yêu cầu UBND các xã, phường niêm yết bộ thủ tục trước ngày 15/12/2026."


@pytest.fixture
def office(session):
    return Office()


def act(office, verb, *ids, **values):
    with transaction() as session:
        return verb(session, *ids, by=office.by, at=JUNE_1, **values)


def save(office, session, clause, **values):
    """Confirm a clause with what is stored, changed by `values` on its first proposal."""
    typed = []
    for place, proposal in enumerate(clause.proposals):
        stored = {
            "title": proposal.title,
            "lead": proposal.lead_text,
            "coordinate": proposal.coordinate_text,
            "due": f"{proposal.due_on:%d/%m/%Y}" if proposal.due_on else "",
            "said": Said.NOTICE if proposal.due_on else Said.AWAITING,
        }
        changed = {**stored, **values} if place == 0 else stored
        typed.append(actions.ProposalEdit(proposal_id=proposal.id, **changed))
    edition = session.scalar(sa.select(Notice.edition).where(Notice.id == clause.notice_id))
    edit = actions.ClauseEdit(clause.id, edition, ClauseVerdict.TASK, proposals=tuple(typed))
    return act(office, actions.save_clause, edit)


def confirm_the_rest(office, notice_id):
    with transaction() as session:
        notice = session.get_one(Notice, notice_id)
        actions.accept_clear(session, notice, by=office.by, at=JUNE_1, reasons=REASONS)


def test_each_field_keeps_its_rule_and_the_words_that_it_was_read_from(session, office):
    notice_id = draft(office)
    clause = clause_of(session, notice_id, "kế hoạch kiểm tra")

    read = session.scalars(sa.select(ReadField).where(ReadField.clause_id == clause.id)).all()

    words = {r.field: [TEXT[start:end] for start, end in r.stretches] for r in read}
    assert words["lead"] == ["Sở Nội vụ"]
    assert words["coordinate"] == ["Sở Tài chính"]
    assert words["deadline"] == ["trước ngày 15/12/2026"]
    assert {r.field: r.value for r in read}["deadline"] == "2026-12-15"
    assert all(r.rule.startswith(f"{r.field}.") for r in read)


def test_an_order_that_no_rule_could_read_is_never_taken_for_guidance(session, office):
    notice_id = draft(office, text="1. Giao Công an xã làm sạch dữ liệu dân cư.\n2. Đẹp giao diện.")

    doubts = [p.doubts for p in clause_of(session, notice_id, "Công an xã").proposals]
    assert doubts == [Doubt.UNREAD_ORDER.value]
    assert clause_of(session, notice_id, "giao diện").proposals == []


def test_a_proposal_is_split_where_the_cursor_stands(session, office):
    notice_id = draft(office, text="1. Giao Sở Tài chính bố trí kinh phí và lập dự toán năm 2027.")
    clause = clause_of(session, notice_id, "bố trí")
    first = clause.proposals[0]
    cut = first.title.index(" và lập")

    act(office, actions.split_proposal, clause.id, first.id, cut=cut)

    titles = [part.title for part in clause_of(session, notice_id, "bố trí").proposals]
    assert titles == [first.title[:cut], "Và lập dự toán năm 2027"]


def test_two_leads_become_two_proposals_with_one_lead_each(session, office):
    notice_id = draft(office, text=TWO_LEADS)
    clause = clause_of(session, notice_id, "tuyên truyền")

    act(office, actions.part_leads, clause.id, clause.proposals[0].id)

    parts = clause_of(session, notice_id, "tuyên truyền").proposals
    assert [[unit.unit_id for unit in part.units if unit.lead] for part in parts] == [
        [office.home.id],
        [office.finance.id],
    ]
    with pytest.raises(RuleViolation):
        act(office, actions.part_leads, clause.id, parts[0].id)


def test_neighbours_are_merged_and_what_both_say_stays_once(session, office):
    notice_id = draft(office, text=TWO_LEADS)
    clause = clause_of(session, notice_id, "tuyên truyền")
    title = clause.proposals[0].title
    act(office, actions.part_leads, clause.id, clause.proposals[0].id)
    first = clause_of(session, notice_id, "tuyên truyền").proposals[0]

    act(office, actions.merge_proposals, clause.id, first.id)

    (merged,) = clause_of(session, notice_id, "tuyên truyền").proposals
    assert merged.lead_text == "Sở Nội vụ; Sở Tài chính"
    assert title in merged.title
    with pytest.raises(RuleViolation):
        act(office, actions.merge_proposals, clause.id, merged.id)


def test_an_item_is_merged_with_the_one_above(session, office):
    notice_id = draft(office)
    below = clause_of(session, notice_id, "bố trí kinh phí")

    act(office, actions.merge_with_above, below.id, reason="Gộp vào nội dung trên")

    above = clause_of(session, notice_id, "kế hoạch kiểm tra")
    assert "ố trí kinh phí" in above.proposals[0].title
    below = clause_of(session, notice_id, "bố trí kinh phí")
    assert (below.verdict, below.proposals) == (ClauseVerdict.NO_TASK, [])


def states(session, notice_id):
    session.expire_all()
    clauses = session.scalars(
        sa.select(Clause)
        .where(Clause.notice_id == notice_id)
        .order_by(Clause.position)
        .options(selectinload(Clause.proposals).selectinload(Proposal.units))
    )
    found = [state_of(clause) for clause in clauses]
    for state in found:
        for proposal in state["proposals"]:
            proposal.pop("id")
    return found


def test_every_step_is_taken_back_in_turn_until_the_reading_stands_again(session, office):
    notice_id = draft(office)
    seen = [states(session, notice_id)]
    clause = clause_of(session, notice_id, "bố trí kinh phí")
    steps = [
        lambda: act(office, actions.split_proposal, clause.id, clause.proposals[0].id),
        lambda: act(office, actions.add_proposal, clause.id),
        lambda: act(office, actions.remove_proposal, clause.id, clause.proposals[0].id),
        lambda: act(office, actions.merge_with_above, clause.id, reason="Gộp"),
        lambda: confirm_the_rest(office, notice_id),
    ]
    for step in steps:
        clause = clause_of(session, notice_id, "bố trí kinh phí")
        step()
        seen.append(states(session, notice_id))

    for expected in reversed(seen[:-1]):
        act(office, actions.undo, notice_id)
        assert states(session, notice_id) == expected

    with pytest.raises(RuleViolation):
        act(office, actions.undo, notice_id)
    acts = session.scalars(sa.select(HistoryEntry.act).where(HistoryEntry.noun == "notices")).all()
    assert acts.count("notice.undo") == len(steps)


def test_a_unit_that_is_ticked_off_gets_no_task_of_the_group(session, office):
    office.communes.append(
        UnitFactory(code="X3", name="UBND xã Số 3", kind=office.communes[0].kind)
    )
    notice_id = draft(office, text=TO_ALL)
    sign(office, notice_id)
    clause = clause_of(session, notice_id, "niêm yết")
    save(office, session, clause, left_out=frozenset({office.communes[1].id}))
    confirm_the_rest(office, notice_id)

    assign(office, notice_id)

    leads = session.scalars(sa.select(Task.lead_unit_id)).all()
    assert set(leads) == {office.communes[0].id, office.communes[2].id}


def earlier_task(office):
    return TaskFactory(
        committee=office.committee, lead_unit=office.finance, title="Bố trí kinh phí số hóa hồ sơ"
    )


@pytest.mark.parametrize("fate", [Fate.REPLACED, Fate.STAYS, None])
def test_an_earlier_task_is_asked_about_and_never_joined_in_passing(session, office, fate):
    old = earlier_task(office)
    notice_id = draft(office)
    sign(office, notice_id)
    clause = clause_of(session, notice_id, "bố trí kinh phí")
    assert Doubt.EARLIER_TASK in clause.proposals[0].doubts.split()
    save(office, session, clause, fate=fate, earlier=(old.id,))
    confirm_the_rest(office, notice_id)

    assign(office, notice_id)

    session.expire_all()
    new = session.scalars(
        sa.select(Task).where(Task.lead_unit_id == office.finance.id).order_by(Task.id)
    ).all()[-1]
    old = session.get_one(Task, old.id)
    stays = session.scalars(sa.select(HistoryEntry).where(HistoryEntry.act == "task.stay-beside"))
    if fate is Fate.REPLACED:
        departure = session.scalars(sa.select(Departure)).one()
        assert (departure.why, departure.other_task_id) == (LeftWhy.SUPERSEDED, new.id)
        assert departure.reference == "47/TB-BCĐ, 30/05/2026"
    else:
        assert old.left_on is None
        assert len(stays.all()) == (fate is Fate.STAYS)


def test_a_task_of_another_committee_cannot_be_replaced(session, office):
    other = TaskFactory(lead_unit=office.finance)
    notice_id = draft(office)
    clause = clause_of(session, notice_id, "bố trí kinh phí")

    save(office, session, clause, fate=Fate.REPLACED, earlier=(other.id,))

    assert clause_of(session, notice_id, "bố trí kinh phí").proposals[0].earlier == []


def test_most_words_of_the_shorter_title_must_be_shared():
    one = "Rà soát văn bản hết hiệu lực"
    assert same_matter(one, "Hoàn thành rà soát văn bản đã hết hiệu lực năm 2026")
    assert not same_matter("Báo cáo kết quả", "Báo cáo kết quả rà soát văn bản hết hiệu lực")
    assert not same_matter(one, "Rà soát bộ thủ tục hành chính đã thay đổi")


def test_a_draft_is_kept_for_each_person_and_changes_nothing(session, office):
    notice_id = draft(office)
    clause = clause_of(session, notice_id, "bố trí kinh phí")
    second = actor_of(PostFactory(role=Role.SECRETARIAT, committee_id=office.committee.id))
    before = states(session, notice_id)
    entries = session.scalar(sa.select(sa.func.count(HistoryEntry.id)))

    assert act(office, actions.keep_draft, clause.id, typed={"a": ["một"]}, edition=2) == []
    act(office, actions.keep_draft, clause.id, typed={"a": ["hai"]}, edition=2)
    with transaction() as writing:
        named = actions.keep_draft(
            writing, clause.id, {"a": ["ba"]}, edition=2, by=second, at=JUNE_1
        )

    assert named == [office.by.name]
    kept = drafts_of(session, office.by, [clause.id])
    assert kept.own[clause.id].typed == {"a": ["hai"]}
    assert [name for name, _at in kept.others[clause.id]] == [second.name]
    assert states(session, notice_id) == before
    assert session.scalar(sa.select(sa.func.count(HistoryEntry.id))) == entries
    save(office, session, clause)
    assert len(session.scalars(sa.select(ClauseDraft)).all()) == 1


def learn(by, notice_id, name, unit_id):
    with transaction() as session:
        notice = session.get_one(Notice, notice_id)
        return actions.learn_name(session, notice, name, unit_id, by=by, at=JUNE_1)


def test_a_corrected_name_is_asked_about_and_clears_up_the_others(session, office):
    text = "1. Giao Sở N.vụ báo cáo kết quả.\n2. Giao Sở N.vụ lập danh sách cán bộ."
    notice_id = draft(office, text=text)
    clause = clause_of(session, notice_id, "kết quả")
    assert Doubt.UNKNOWN_LEAD in clause.proposals[0].doubts
    name = clause.proposals[0].lead_text
    save(office, session, clause, lead="Sở Nội vụ")
    clause = clause_of(session, notice_id, "kết quả")

    asked = new_names.name_to_learn(session, clause, on=office_day(JUNE_1))
    assert asked == (name, office.home.id)
    cleared = learn(office.by, notice_id, *asked)

    assert cleared == 1
    other = clause_of(session, notice_id, "danh sách").proposals[0]
    assert [unit.unit_id for unit in other.units] == [office.home.id]
    assert other.doubts == ""
    assert session.scalars(sa.select(UnitAlias.alias)).all() == [name]


def test_a_name_that_another_unit_has_cannot_be_learnt(session, office):
    notice_id = draft(office)
    stranger = actor_of(PostFactory(role=Role.UNIT_HEAD, unit=office.home))
    UnitFactory(name="Sở Tư pháp", folded="stp | so tu phap")

    with pytest.raises(BadInput):
        learn(office.by, notice_id, "Sở  tư pháp", office.home.id)
    with pytest.raises(NotAllowed):
        learn(stranger, notice_id, "SN", office.home.id)


def test_the_rules_are_judged_by_what_was_issued(session, office):
    notice_id = draft(office)
    sign(office, notice_id)
    clause = clause_of(session, notice_id, "bố trí kinh phí")
    save(office, session, clause, lead="Sở Nội vụ", due="30/9/2026", said=Said.NOTICE)
    confirm_the_rest(office, notice_id)

    assign(office, notice_id)

    session.expire_all()
    rows = {row.field.value: row for row in rules_judged(session, office.by)}
    lead = rows["lead"]
    assert (lead.total, lead.overruled) == (2, 1)
    assert [(e.read, e.issued, e.outcome) for e in lead.examples] == [
        ("Sở Tài chính", "Sở Nội vụ", Outcome.CHANGED)
    ]
    assert rows["deadline"].overruled == 0
    assert session.scalars(sa.select(ReviewStep)).all() == []
    stranger = actor_of(PostFactory(role=Role.SECRETARIAT, committee_id=None))
    assert rules_judged(session, stranger) == []
