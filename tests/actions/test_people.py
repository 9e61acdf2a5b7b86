"""Accounts and posts: who gives them, how they end, and who is written to."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher

from tests.factories import (
    JUNE_1,
    CommitteeFactory,
    PersonFactory,
    PostFactory,
    UnitFactory,
    actor_of,
)
from tracker.committees.queries import committees_of
from tracker.db import transaction
from tracker.errors import BadInput, NotAllowed, RuleViolation
from tracker.history import HistoryEntry
from tracker.people import passwords
from tracker.people.actions import (
    PostData,
    add_person,
    add_post,
    change_person,
    deactivate,
    end_post,
    reopen,
    reset_password,
)
from tracker.people.models import Person, Post, SignInSession
from tracker.people.queries import (
    command_actor,
    committee_recipients,
    officers_of,
    posts_held,
    unit_recipients,
)
from tracker.people.rules import locked_until
from tracker.permissions import Role, Way

TODAY = date(2026, 6, 1)


@pytest.fixture(autouse=True)
def _quick_digests(monkeypatch):
    monkeypatch.setattr(passwords, "_HASHER", PasswordHasher(1, 256, 1))


@pytest.fixture
def admin(session):
    return actor_of(PostFactory(role=Role.ADMIN))


def do(act, *given, by, **more):
    with transaction() as session:
        return act(session, *given, by=by, at=JUNE_1, **more)


def give_post(person, by, **said):
    with transaction() as session:
        kept = session.get_one(Person, person.id)
        return add_post(session, kept, PostData(**said), by=by, at=JUNE_1)


def test_a_new_account_has_a_one_time_password_that_must_be_changed(session, admin):
    person, password = do(
        add_person, by=admin, email=" Hang.LT@Tinh.example ", name="Lê  Thị Thu Hằng"
    )

    assert (person.email, person.name) == ("hang.lt@tinh.example", "Lê Thị Thu Hằng")
    assert person.must_change_password
    assert passwords.fits(person.password_hash, password)
    assert len(password.replace("-", "")) == 12
    entry = session.scalars(sa.select(HistoryEntry)).one()
    assert entry.act == "person.add"
    assert "password_hash" not in entry.after


def test_two_one_time_passwords_differ():
    assert passwords.one_time() != passwords.one_time()


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"email": "không phải"}, "email"),
        ({"email": "a@b"}, "email"),
        ({"email": "trung@tinh.example"}, "email"),
        ({"name": "  "}, "name"),
        ({"name": "x" * 201}, "name"),
    ],
)
def test_what_cannot_be_an_account_is_named_by_its_field(session, admin, said, field):
    PersonFactory(email="trung@tinh.example")

    with pytest.raises(BadInput) as refusal:
        do(add_person, by=admin, **{"email": "a@tinh.example", "name": "Lê A", **said})

    assert refusal.value.field == field


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_only_the_administrator_gives_accounts(session, role):
    by = actor_of(PostFactory(role=role, unit=UnitFactory()))

    with pytest.raises(NotAllowed):
        do(add_person, by=by, email="a@tinh.example", name="Lê A")


@pytest.mark.parametrize(
    ("role", "field"),
    [
        (Role.UNIT_HEAD, "unit_id"),
        (Role.OFFICER, "unit_id"),
        (Role.SECRETARIAT, "committee_id"),
        (Role.CHAIRPERSON, "committee_id"),
        (Role.ADMIN, None),
    ],
)
def test_a_role_needs_the_place_it_is_held_in(session, admin, role, field):
    person = PersonFactory()

    if field is None:
        assert give_post(person, admin, role=role).starts_on == TODAY
        return
    with pytest.raises(BadInput) as refusal:
        give_post(person, admin, role=role)
    assert refusal.value.field == field


def test_the_same_post_is_not_held_twice(session, admin):
    unit = UnitFactory()
    post = PostFactory(unit=unit)

    with pytest.raises(BadInput, match="already"):
        give_post(post.person, admin, role=Role.UNIT_HEAD, unit_id=unit.id)
    assert give_post(post.person, admin, role=Role.OFFICER, unit_id=unit.id).id


@pytest.mark.parametrize("start", [date(2026, 1, 1), TODAY])
def test_an_ended_post_is_not_held_today_any_more(session, admin, start):
    post = PostFactory(unit=UnitFactory(), starts_on=start)

    do(end_post, post.id, by=admin)

    session.refresh(post)
    assert post.ends_on == TODAY - timedelta(days=1)
    assert posts_held(post.person, at=JUNE_1) == []
    with pytest.raises(RuleViolation, match="ended already"):
        do(end_post, post.id, by=admin)


def test_the_last_administrator_stays(session, admin):
    with pytest.raises(RuleViolation, match="last administrator"):
        do(end_post, admin.post_id, by=admin)

    second = PostFactory(role=Role.ADMIN)
    do(end_post, admin.post_id, by=actor_of(second))
    with pytest.raises(RuleViolation, match="last administrator"):
        do(end_post, second.id, by=admin)


def test_a_closed_account_loses_posts_and_sessions_and_can_be_opened_again(session, admin):
    post = PostFactory(unit=UnitFactory())
    session.add(
        SignInSession(
            token_digest="x",
            person_id=post.person_id,
            started_at=JUNE_1,
            expires_at=JUNE_1 + timedelta(hours=12),
        )
    )
    session.commit()

    do(deactivate, post.person_id, by=admin)

    session.expire_all()
    assert post.person.left_on == TODAY
    assert posts_held(post.person, at=JUNE_1) == []
    assert session.scalars(sa.select(SignInSession.ended_at)).one() == JUNE_1
    with pytest.raises(RuleViolation, match="closed already"):
        do(deactivate, post.person_id, by=admin)
    with pytest.raises(RuleViolation, match="has left"):
        give_post(post.person, admin, role=Role.ADMIN)
    assert do(reopen, post.person_id, by=admin)
    session.expire_all()
    assert post.person.left_on is None


def test_nobody_closes_the_own_account(session, admin):
    PostFactory(role=Role.ADMIN)

    with pytest.raises(RuleViolation, match="own account"):
        do(deactivate, admin.person_id, by=admin)


def test_a_reset_password_ends_every_session(session, admin):
    post = PostFactory(unit=UnitFactory())
    session.add(
        SignInSession(
            token_digest="y",
            person_id=post.person_id,
            started_at=JUNE_1,
            expires_at=JUNE_1 + timedelta(hours=12),
        )
    )
    session.commit()

    password = do(reset_password, post.person_id, by=admin)

    session.expire_all()
    assert passwords.fits(post.person.password_hash, password)
    assert post.person.must_change_password
    assert session.scalars(sa.select(SignInSession.ended_at)).one() == JUNE_1


def test_an_equal_correction_records_nothing(session, admin):
    person = PersonFactory(email="a@tinh.example", name="Lê A")
    do(change_person, person.id, by=admin, email="A@tinh.example", name="Lê A", phone="")
    do(change_person, person.id, by=admin, email="a@tinh.example", name="Lê Văn A", phone="")

    assert session.scalars(sa.select(HistoryEntry.act)).all() == ["person.change"]


# Who is written to ---------------------------------------------------------------------------


def test_a_unit_is_written_to_through_its_head_else_its_mailbox(session):
    with_head, without, silent = UnitFactory(), UnitFactory(), UnitFactory(email="")
    head = PostFactory(unit=with_head, person=PersonFactory(language="en"))
    PostFactory(unit=without, role=Role.OFFICER)

    found = unit_recipients(session, [with_head.id, without.id, silent.id], on=TODAY)

    assert found[with_head.id].address == head.person.email
    assert (found[with_head.id].person_id, found[with_head.id].language) == (head.person_id, "en")
    assert (found[without.id].address, found[without.id].person_id) == (without.email, None)
    assert silent.id not in found


@pytest.mark.parametrize("away", [{"ends_on": date(2026, 5, 31)}, {"starts_on": date(2026, 6, 2)}])
def test_who_is_not_head_on_the_day_is_not_written_to(session, away):
    unit = UnitFactory()
    PostFactory(unit=unit, **away)

    assert unit_recipients(session, [unit.id], on=TODAY)[unit.id].address == unit.email


def test_a_head_who_left_is_not_written_to(session):
    unit = UnitFactory()
    PostFactory(unit=unit, person=PersonFactory(left_on=TODAY))

    assert unit_recipients(session, [unit.id], on=TODAY)[unit.id].person_id is None


def test_the_officers_of_a_unit_are_its_people(session):
    unit = UnitFactory()
    officer = PostFactory(unit=unit, role=Role.OFFICER, person=PersonFactory(name="Anh"))
    PostFactory(unit=unit, role=Role.OFFICER, person=officer.person)
    PostFactory(unit=UnitFactory(), role=Role.OFFICER)

    assert officers_of(session, [unit.id], on=TODAY) == [(officer.person_id, "Anh")]


def test_a_committees_chairperson_is_found(session):
    committee = CommitteeFactory()
    chair = PostFactory(role=Role.CHAIRPERSON, committee_id=committee.id)
    PostFactory(role=Role.SECRETARIAT, committee_id=committee.id)
    PostFactory(role=Role.CHAIRPERSON, committee_id=CommitteeFactory().id)

    found = committee_recipients(session, committee.id, Role.CHAIRPERSON, TODAY)

    assert [recipient.person_id for recipient in found] == [chair.person_id]


def test_the_command_line_acts_over_every_committee(session):
    committees = {CommitteeFactory().id, CommitteeFactory().id}

    actor = command_actor(session)

    assert actor.committee_ids == committees
    assert (actor.person_id, actor.name, actor.way) == (None, "tracker", Way.COMMAND)
    assert {committee.id for committee in committees_of(session, actor)} == committees


def test_a_secretary_sees_the_own_committees_only(session):
    own = CommitteeFactory()
    CommitteeFactory()
    actor = actor_of(PostFactory(role=Role.SECRETARIAT, committee_id=own.id))

    assert [committee.id for committee in committees_of(session, actor)] == [own.id]


@pytest.mark.parametrize(
    ("ago", "locked"), [([0, 1, 2, 3, 4], True), ([0, 1, 2, 3], False), ([0, 1, 2, 3, 15], False)]
)
def test_five_failures_within_a_quarter_of_an_hour_lock(ago, locked):
    failures = [JUNE_1 - timedelta(minutes=minutes) for minutes in ago]

    until = locked_until(failures, 5, at=JUNE_1)

    assert bool(until) is locked
    if until:
        assert until == JUNE_1 + timedelta(minutes=11)


def test_every_post_row_is_recorded(session, admin):
    give_post(PersonFactory(), admin, role=Role.ADMIN)

    assert session.scalars(sa.select(HistoryEntry.act)).all() == ["post.add"]
    assert session.scalars(sa.select(sa.func.count(Post.id))).one() == 2
