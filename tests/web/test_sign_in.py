"""Sign-in, sign-out, lock-out, the own password and preferences, as a browser meets them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
import time_machine
from argon2 import PasswordHasher

from tests.conftest import make_config
from tests.factories import CommitteeFactory, PersonFactory, PostFactory, UnitFactory
from tracker.app import create_app
from tracker.people import passwords
from tracker.people.models import Person, SignInFailure, SignInSession
from tracker.permissions import Role
from tracker.units.models import Office

PASSWORD = "một con ngựa vằn"
QUICK = PasswordHasher(time_cost=1, memory_cost=256, parallelism=1)
DIGEST = QUICK.hash(PASSWORD)


@pytest.fixture(autouse=True)
def _quick_digests(monkeypatch):
    monkeypatch.setattr(passwords, "_HASHER", QUICK)


@pytest.fixture
def head(session):
    person = PersonFactory(email="truong@office.example", password_hash=DIGEST)
    return PostFactory(person=person, role=Role.UNIT_HEAD, unit=UnitFactory(name="Phòng Nội vụ"))


def sign_in(client, email="truong@office.example", password=PASSWORD, **more):
    return client.post("/sign-in", data={"email": email, "password": password, **more})


def test_the_right_password_leads_to_the_first_page(app, head):
    client = app.test_client()

    answer = sign_in(client)

    assert (answer.status_code, answer.location) == (303, "/")
    assert client.get("/password").status_code == 200


def test_an_address_is_known_in_any_case(app, head):
    assert sign_in(app.test_client(), email=" Truong@Office.example ").status_code == 303


def test_the_database_keeps_only_digests(app, head, session):
    client = app.test_client()
    answer = sign_in(client)

    kept = session.scalars(sa.select(SignInSession)).one()
    with client.session_transaction() as cookie:
        assert cookie["_user_id"] != kept.token_digest
        assert len(kept.token_digest) == 64
    assert PASSWORD not in head.person.password_hash
    assert "Max-Age" not in answer.headers["Set-Cookie"]


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(app, head):
    flags = sign_in(app.test_client()).headers["Set-Cookie"]

    assert "HttpOnly" in flags
    assert "SameSite=Lax" in flags
    assert "Secure" not in flags


def test_behind_tls_the_cookie_is_secure(tmp_path):
    config = replace(
        make_config(f"sqlite:///{tmp_path / 'tls.sqlite3'}", tmp_path), secure_cookies=True
    )

    assert create_app(config).config["SESSION_COOKIE_SECURE"] is True


@pytest.mark.parametrize(
    ("email", "password"),
    [("truong@office.example", "sai mật khẩu"), ("khong-co@office.example", PASSWORD)],
)
def test_a_wrong_password_and_an_unknown_address_get_the_same_sentence(app, head, email, password):
    answer = sign_in(app.test_client(), email=email, password=password)

    assert answer.status_code == 422
    assert "Thư điện tử hoặc mật khẩu không đúng." in answer.text
    assert email in answer.text
    assert password not in answer.text


def test_an_unknown_address_costs_a_comparison_too(session, head):
    assert passwords.fits("", PASSWORD) is False
    assert passwords.fits(DIGEST, PASSWORD) is True


@pytest.mark.parametrize("bad", ["", "  "])
def test_nothing_typed_is_said_at_the_field(app, head, bad):
    answer = app.test_client().post("/sign-in", data={"email": bad, "password": ""})

    assert answer.status_code == 422
    assert "Hãy điền mục này." in answer.text


def test_five_failures_lock_an_account_for_a_quarter_of_an_hour(app, head, session):
    client = app.test_client()
    with time_machine.travel(datetime(2026, 6, 1, 2, 0, tzinfo=UTC), tick=False) as clock:
        for _ in range(4):
            assert sign_in(client, password="sai").status_code == 422
        fifth = sign_in(client, password="sai")
        right = sign_in(client)
        clock.shift(timedelta(minutes=14, seconds=59))
        still = sign_in(client)
        clock.shift(timedelta(seconds=1))
        later = sign_in(client)

    assert fifth.status_code == right.status_code == still.status_code == 429
    assert "Hãy thử lại sau 01/06/2026 09:15." in right.text
    assert later.status_code == 303
    assert session.scalars(sa.select(SignInFailure)).all() == []


def test_failures_of_one_account_do_not_lock_another(app, head, session):
    PostFactory(person=PersonFactory(email="khac@office.example", password_hash=DIGEST))
    client = app.test_client()
    for _ in range(5):
        sign_in(client, password="sai")

    assert sign_in(client, email="khac@office.example").status_code == 303


def test_twenty_failures_lock_an_address_whatever_the_account(app, head):
    client = app.test_client()
    codes = [sign_in(client, email=f"a{n}@x.example", password="sai") for n in range(20)]

    assert [answer.status_code for answer in codes[:19]] == [422] * 19
    assert codes[19].status_code == 429
    assert sign_in(client).status_code == 429
    elsewhere = client.post(
        "/sign-in",
        data={"email": "truong@office.example", "password": PASSWORD},
        environ_base={"REMOTE_ADDR": "10.0.0.9"},
    )
    assert elsewhere.status_code == 303


@pytest.mark.parametrize(
    ("wanted", "leads"),
    [
        ("/tasks?unit=3", "/tasks?unit=3"),
        ("https://evil.example/", "/"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("/\t/evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
def test_after_sign_in_the_way_leads_only_to_own_addresses(app, head, wanted, leads):
    assert sign_in(app.test_client(), next=wanted).location == leads


@pytest.mark.parametrize(
    "address",
    ["/", "/overdue", "/tasks/1", "/nothing/there", "/people", "/history", "/sign-in/x"],
)
def test_without_a_session_every_address_leads_to_sign_in(app, address):
    answer = app.test_client().get(address)

    assert answer.status_code == 302
    assert answer.location.startswith("/sign-in")


@pytest.mark.parametrize("address", ["/people/new", "/units/new", "/nothing"])
def test_without_a_session_nothing_is_taken_either(app, address):
    assert app.test_client().post(address, data={}).location == "/sign-in"


def test_an_unknown_cookie_is_nobody(app, head):
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = "made up"

    assert client.get("/password").location.startswith("/sign-in")


def test_a_session_ends_after_its_hours(app, head):
    client = app.test_client()
    with time_machine.travel(datetime(2026, 6, 1, 2, 0, tzinfo=UTC), tick=False) as clock:
        sign_in(client)
        clock.shift(timedelta(hours=11, minutes=59))
        assert client.get("/password").status_code == 200
        clock.shift(timedelta(minutes=1))
        assert client.get("/password").status_code == 302


def test_sign_out_ends_the_session_on_the_server(app, head, session):
    client = app.test_client()
    sign_in(client)
    with client.session_transaction() as cookie:
        token = cookie["_user_id"]

    assert client.post("/sign-out").location == "/sign-in"

    with client.session_transaction() as cookie:
        cookie["_user_id"] = token
    assert client.get("/password").status_code == 302


def test_signing_out_by_get_is_not_possible(app, head):
    client = app.test_client()
    sign_in(client)

    assert client.get("/sign-out").status_code == 405


def test_somebody_without_a_post_is_told_so(app, session):
    PersonFactory(email="moi@office.example", password_hash=DIGEST)

    answer = sign_in(app.test_client(), email="moi@office.example")

    assert answer.status_code == 422
    assert "không giữ vai trò nào" in answer.text


def test_who_has_left_cannot_sign_in(app, head, session):
    head.person.left_on = date(2026, 1, 2)
    session.commit()

    assert sign_in(app.test_client()).status_code == 422


def test_a_one_time_password_must_be_changed_first(app, head, session):
    head.person.must_change_password = True
    session.commit()
    client = app.test_client()
    sign_in(client)

    assert client.get("/units").location == "/password"
    changed = client.post(
        "/password", data={"old": PASSWORD, "new": "bốn mùa hoa nở", "again": "bốn mùa hoa nở"}
    )
    assert changed.status_code == 303
    assert client.get("/units").status_code == 200


def test_changing_the_password_signs_other_devices_out(app, head):
    here, there = app.test_client(), app.test_client()
    sign_in(here)
    sign_in(there)

    here.post(
        "/password", data={"old": PASSWORD, "new": "bốn mùa hoa nở", "again": "bốn mùa hoa nở"}
    )

    assert here.get("/password").status_code == 200
    assert there.get("/password").status_code == 302
    assert sign_in(app.test_client()).status_code == 422
    assert sign_in(app.test_client(), password="bốn mùa hoa nở").status_code == 303


@pytest.mark.parametrize(
    ("old", "new", "again", "says"),
    [
        ("sai", "bốn mùa hoa nở", "bốn mùa hoa nở", "Mật khẩu hiện tại không đúng."),
        (PASSWORD, "123456789", "123456789", "ít nhất 10 ký tự"),
        (PASSWORD, "1111111111", "1111111111", "quá dễ đoán"),
        (PASSWORD, PASSWORD, PASSWORD, "phải khác"),
        (PASSWORD, "bốn mùa hoa nở", "bốn mùa", "không giống nhau"),
    ],
)
def test_a_bad_new_password_is_said_at_the_field(app, head, old, new, again, says):
    client = app.test_client()
    sign_in(client)

    answer = client.post("/password", data={"old": old, "new": new, "again": again})

    assert answer.status_code == 422
    assert says in answer.text
    assert sign_in(app.test_client()).status_code == 303


def test_guessing_the_present_password_locks_out_as_at_sign_in(app, head):
    client = app.test_client()
    sign_in(client)
    guess = {"old": "sai", "new": "bốn mùa hoa nở", "again": "bốn mùa hoa nở"}

    answers = [client.post("/password", data=guess) for _ in range(6)]
    right = client.post("/password", data=guess | {"old": PASSWORD})

    assert [answer.status_code for answer in answers] == [422] * 4 + [429] * 2
    assert right.status_code == 429
    assert "sai quá nhiều lần" in right.text
    assert sign_in(app.test_client()).status_code == 429


def test_ten_characters_are_enough(app, head):
    client = app.test_client()
    sign_in(client)
    data = {"old": PASSWORD, "new": "abcde12345", "again": "abcde12345"}

    assert client.post("/password", data=data).status_code == 303


def test_language_and_theme_stay_with_the_person(app, head, session):
    client = app.test_client()
    sign_in(client)

    answer = client.post("/language", data={"language": "en", "next": "/password"})
    client.post("/theme", data={"theme": "dark"})

    assert answer.location == "/password"
    page = client.get("/password").text
    assert '<html lang="en" data-bs-theme="dark">' in page
    assert session.get_one(Person, head.person_id, populate_existing=True).language == "en"


def test_a_visitors_language_and_theme_stay_in_the_cookie(app, session):
    client = app.test_client()
    client.post("/language", data={"language": "en"})
    client.post("/theme", data={"theme": "dark"})

    assert '<html lang="en" data-bs-theme="dark">' in client.get("/sign-in").text


@pytest.mark.parametrize("address", ["/language", "/theme"])
def test_an_unknown_choice_changes_nothing(app, session, address):
    client = app.test_client()
    client.post(address, data={"language": "xx", "theme": "xx", "next": "https://evil.example"})

    assert '<html lang="vi" data-bs-theme="light">' in client.get("/sign-in").text


def test_a_person_with_two_posts_acts_in_one_and_can_change(app, head, session):
    committee = CommitteeFactory(short_name="BCĐ CCHC")
    other = PostFactory(person=head.person, role=Role.SECRETARIAT, committee_id=committee.id)
    client = app.test_client()
    sign_in(client)
    assert "Phòng Nội vụ" in client.get("/password").text

    assert client.post("/post", data={"post": other.id}).status_code == 303

    page = client.get("/password").text
    assert "<small>BCĐ CCHC</small>" in page
    assert "Phòng Nội vụ" in page  # to go back


def test_nobody_acts_in_a_post_that_is_not_theirs(app, head, session):
    strange = PostFactory(role=Role.ADMIN)
    client = app.test_client()
    sign_in(client)

    assert client.post("/post", data={"post": strange.id}).status_code == 403


def test_the_sign_in_page_of_a_demo_shows_one_account_for_each_role(app, session):
    session.add(Office(id=1, name="Tỉnh mẫu", demo=True))
    for n in range(2):
        person = PersonFactory(email=f"demo{n}@mau.example", demo=True, password_hash=DIGEST)
        PostFactory(person=person, role=Role.UNIT_HEAD, unit=UnitFactory())
    real = PersonFactory(email="that@mau.example", password_hash=DIGEST)
    PostFactory(person=real, role=Role.ADMIN)
    session.commit()
    path = app.config["TRACKER"].demo_password_file
    path.write_text("mật khẩu mẫu 123", encoding="utf-8")
    try:
        page = app.test_client().get("/sign-in").text
    finally:
        path.unlink()

    assert "mật khẩu mẫu 123" in page
    assert "unit-head" in page
    assert "demo0@mau.example" in page
    assert "demo1@mau.example" not in page
    assert "that@mau.example" not in page


def test_another_instance_shows_no_accounts(app, session):
    person = PersonFactory(email="demo@mau.example", demo=True, password_hash=DIGEST)
    PostFactory(person=person)

    assert "demo@mau.example" not in app.test_client().get("/sign-in").text
