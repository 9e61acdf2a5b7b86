"""Steering committees: settings and members."""

import pytest
import sqlalchemy as sa

from tests.factories import JUNE_1, PostFactory, actor_of
from tracker.committees.actions import (
    CommitteeData,
    MemberData,
    add_committee,
    change_committee,
    set_members,
)
from tracker.committees.queries import all_committees
from tracker.db import transaction
from tracker.errors import BadInput, NotAllowed
from tracker.history import HistoryEntry
from tracker.permissions import Role

CCHC = CommitteeData("CCHC", "Ban Chỉ đạo Cải cách hành chính")


@pytest.fixture
def admin(session):
    return actor_of(PostFactory(role=Role.ADMIN))


def do(act, *given, by):
    with transaction() as session:
        return act(session, *given, by=by, at=JUNE_1)


def test_a_committee_reads_deadlines_as_the_law_does_by_default(session, admin):
    committee = do(add_committee, CCHC, by=admin)

    assert committee.before_excludes_day is False
    assert committee.rolls_to_workday is True


def test_settings_are_recorded_with_the_committee(session, admin):
    committee = do(add_committee, CCHC, by=admin)
    data = CommitteeData("CCHC", CCHC.name, before_excludes_day=True)
    do(change_committee, committee.id, data, by=admin)
    do(change_committee, committee.id, data, by=admin)

    entries = session.scalars(sa.select(HistoryEntry).order_by(HistoryEntry.id)).all()
    assert [entry.act for entry in entries] == ["committee.add", "committee.change"]
    assert entries[1].after == {"before_excludes_day": True}
    assert entries[1].committee_id == committee.id


@pytest.mark.parametrize(
    ("data", "field"),
    [
        (CommitteeData("CCHC", "Ban khác"), "code"),
        (CommitteeData("", "Ban khác"), "code"),
        (CommitteeData("CDS", ""), "name"),
        (CommitteeData("CDS", "Ban", unit_id=999), "unit_id"),
        (CommitteeData("CDS", "Ban", acceptor_id=999), "acceptor_id"),
    ],
)
def test_what_cannot_be_a_committee_is_named_by_its_field(session, admin, data, field):
    do(add_committee, CCHC, by=admin)

    with pytest.raises(BadInput) as refusal:
        do(add_committee, data, by=admin)

    assert refusal.value.field == field


def test_only_the_administrator_sets_committees_up(session):
    by = actor_of(PostFactory(role=Role.SECRETARIAT))

    with pytest.raises(NotAllowed):
        do(add_committee, CCHC, by=by)


def test_members_keep_their_order_and_fields(session, admin):
    committee = do(add_committee, CCHC, by=admin)
    chair = MemberData("Trần Minh Đức", "Chủ tịch", "Phụ trách chung", admin.person_id)
    deputy = MemberData("Hoàng Gia Bảo", "Phó Chủ tịch", "Thủ tục hành chính")

    do(set_members, committee.id, [chair, deputy], by=admin)
    do(set_members, committee.id, [deputy], by=admin)
    do(set_members, committee.id, [deputy], by=admin)

    (kept,) = all_committees(session)
    assert [(member.name, member.fields) for member in kept.members] == [
        ("Hoàng Gia Bảo", "Thủ tục hành chính")
    ]
    acts = session.scalars(sa.select(HistoryEntry.act).order_by(HistoryEntry.id)).all()
    assert acts == ["committee.add", "committee.set-members", "committee.set-members"]


def test_a_member_has_a_name(session, admin):
    committee = do(add_committee, CCHC, by=admin)

    with pytest.raises(BadInput, match="name"):
        do(set_members, committee.id, [MemberData("", "Ủy viên")], by=admin)
