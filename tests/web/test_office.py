"""Units, people, committees, calendar and help, as a browser meets them."""

import io
import re
from datetime import date

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher
from markupsafe import escape

from tests.factories import CommitteeFactory, PersonFactory, PostFactory, TaskFactory, UnitFactory
from tracker.committees.models import Committee, CommitteeMember
from tracker.deadlines.models import CalendarDay
from tracker.people import passwords
from tracker.people.models import Person, Post
from tracker.permissions import GRANTS, Permission, Role
from tracker.tasks.models import Task
from tracker.units.models import Unit
from tracker.words import label_of


@pytest.fixture(autouse=True)
def _quick_digests(monkeypatch):
    monkeypatch.setattr(passwords, "_HASHER", PasswordHasher(1, 256, 1))


@pytest.fixture
def admin(session, client_as):
    return client_as(PostFactory(role=Role.ADMIN))


@pytest.fixture
def secretary(session, client_as):
    committee = CommitteeFactory()
    return client_as(PostFactory(role=Role.SECRETARIAT, committee_id=committee.id))


def upload(text, name="tep.csv"):
    return {"file": (io.BytesIO(text.encode()), name)}


MANAGED = [
    "/people",
    "/people/new",
    "/committees",
    "/committees/new",
    "/units/new",
    "/units/import",
]


@pytest.mark.parametrize("address", [*MANAGED, "/units", "/calendar", "/help", "/password"])
def test_the_administrator_opens_every_page_of_the_office(admin, address):
    assert admin.get(address).status_code == 200


@pytest.mark.parametrize("address", MANAGED)
def test_a_viewer_opens_no_page_of_administration(session, client_as, address):
    viewer = client_as(PostFactory(role=Role.VIEWER))

    assert viewer.get(address).status_code == 403
    assert viewer.post(address, data={}).status_code in {403, 405}


@pytest.mark.parametrize("address", ["/units", "/calendar", "/help", "/units/export"])
def test_everybody_reads_units_calendar_and_help(session, client_as, address):
    viewer = client_as(PostFactory(role=Role.VIEWER))

    page = viewer.get(address)

    assert page.status_code == 200
    if address != "/units/export":
        assert "Thêm đơn vị" not in page.text
        assert 'action="/calendar/day"' not in page.text


# Units ---------------------------------------------------------------------------------------


def unit_form(**said):
    typed = {"code": "SNV", "name": "Sở Nội vụ", "kind": "department", "parent_id": "0"}
    return typed | said


def test_a_unit_is_added_and_changed(secretary, session):
    answer = secretary.post(
        "/units/new", data=unit_form(aliases="CQTT\nSở NV", valid_from="1/7/2025")
    )
    assert (answer.status_code, answer.location) == (303, "/units")
    unit = session.scalars(sa.select(Unit)).one()
    assert unit.valid_from == date(2025, 7, 1)

    form = secretary.get(f"/units/{unit.id}").text
    assert 'value="01/07/2025"' in form
    assert "CQTT\nSở NV" in form.replace("\r", "")

    secretary.post(f"/units/{unit.id}", data=unit_form(name="Sở Nội vụ tỉnh"))
    session.expire_all()
    assert session.scalars(sa.select(Unit.name)).one() == "Sở Nội vụ tỉnh"


def test_a_refused_unit_keeps_what_was_typed(secretary, session):
    answer = secretary.post(
        "/units/new", data=unit_form(email="sai", phone="0987", valid_from="31/02/2026")
    )

    assert answer.status_code == 422
    assert 'value="0987"' in answer.text
    assert 'value="31/02/2026"' in answer.text
    assert "Hãy ghi" in answer.text or "Ghi ngày" in answer.text or "dd/mm" in answer.text
    assert session.scalars(sa.select(Unit)).all() == []


def test_a_refusal_of_the_rules_stands_at_its_field(secretary, session):
    UnitFactory(code="SNV")

    answer = secretary.post("/units/new", data=unit_form())

    assert answer.status_code == 422
    assert re.search(r'id="code-error".*?đã thuộc đơn vị khác', answer.text, re.DOTALL)


def test_a_superior_unit_that_no_longer_exists_stays_until_it_is_changed(secretary, session):
    parent = UnitFactory(valid_to=date(2025, 6, 30), name="Huyện cũ")
    unit = UnitFactory(code="XA", parent_id=parent.id, name="Xã")

    assert "Huyện cũ" in secretary.get(f"/units/{unit.id}").text
    secretary.post(
        f"/units/{unit.id}", data=unit_form(code="XA", name="Xã Mới", parent_id=str(parent.id))
    )
    session.expire_all()
    assert session.get_one(Unit, unit.id).parent_id == parent.id


def test_units_are_looked_for_without_accents(secretary, session):
    secretary.post("/units/new", data=unit_form())
    secretary.post("/units/new", data=unit_form(code="SYT", name="Sở Y tế", kind="office"))

    secretary.get("/units")  # takes what was said of the last act

    found = secretary.get("/units?q=noi+vu").text
    assert "Sở Nội vụ" in found
    assert "Sở Y tế" not in found
    assert "Sở Y tế" in secretary.get("/units?kind=office").text
    assert "Sở Nội vụ" in secretary.get("/units?kind=nothing").text


def test_a_sheet_of_units_goes_in_and_comes_out(secretary, session):
    sheet = "Mã đơn vị;Tên đơn vị;Loại đơn vị\nSNV;Sở Nội vụ;Sở\n"

    answer = secretary.post("/units/import", data=upload(sheet))
    assert answer.status_code == 303
    assert "Thêm mới: 1." in secretary.get("/units").text

    out = secretary.get("/units/export?format=csv")
    assert "attachment" in out.headers["Content-Disposition"]
    assert "SNV;Sở Nội vụ" in out.data.decode("utf-8-sig")
    assert secretary.get("/units/export").data.startswith(b"PK")


def test_checking_a_sheet_changes_nothing(secretary, session):
    data = upload("code;name\nSNV;Sở Nội vụ\n") | {"check_only": "y"}

    answer = secretary.post("/units/import", data=data)

    assert answer.location == "/units/import"
    assert "chưa lưu gì" in secretary.get("/units/import").text
    assert session.scalars(sa.select(Unit)).all() == []


def test_bad_rows_are_shown_by_line_in_the_readers_language(secretary, session):
    answer = secretary.post("/units/import", data=upload("code;name\nA;Đơn vị\nB;\n"))

    assert answer.status_code == 422
    assert "1 dòng" in answer.text
    assert re.search(r">3</td>.*Hãy ghi tên đơn vị", answer.text, re.DOTALL)
    assert session.scalars(sa.select(Unit)).all() == []


@pytest.mark.parametrize(
    "given", [None, ("", "rong.csv"), ("PK\x03\x04rubbish", "a.xlsx"), ("\0", "b")]
)
def test_a_file_that_is_none_is_refused_with_a_sentence(secretary, session, given):
    answer = secretary.post("/units/import", data=upload(*given) if given else {})

    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


# People --------------------------------------------------------------------------------------


def test_a_new_account_shows_its_one_time_password_once(admin, app, session):
    unit = UnitFactory(name="Phòng Nội vụ")

    page = admin.post(
        "/people/new",
        data={
            "name": "Lê A",
            "email": "a@tinh.example",
            "role": "unit-head",
            "unit_id": str(unit.id),
            "committee_id": "0",
        },
    )

    password = re.search(r"<code>([a-z0-9-]{14})</code>", page.text)[1]
    assert password not in admin.get("/people").text
    client = app.test_client()
    client.post("/sign-in", data={"email": "a@tinh.example", "password": password})
    assert client.get("/units").location == "/password"


def test_an_account_without_a_place_for_its_role_is_not_made(admin, session):
    data = {"name": "Lê A", "email": "a@tinh.example", "role": "unit-head"}

    answer = admin.post("/people/new", data=data | {"unit_id": "0", "committee_id": "0"})

    assert answer.status_code == 422
    assert 'id="unit_id-error"' in answer.text
    assert 'value="a@tinh.example"' in answer.text
    assert session.scalars(sa.select(Person).where(Person.email == "a@tinh.example")).all() == []


def test_posts_are_given_and_ended(admin, session):
    unit = UnitFactory(name="Phòng Tài chính")
    person = PersonFactory(name="Lê B")
    given = {
        "role": "officer",
        "unit_id": str(unit.id),
        "committee_id": "0",
        "title": "Chuyên viên",
    }

    assert admin.post(f"/people/{person.id}/posts", data=given).status_code == 303
    post = session.scalars(sa.select(Post).where(Post.person_id == person.id)).one()
    assert "Phòng Tài chính" in admin.get(f"/people/{person.id}").text
    again = admin.post(f"/people/{person.id}/posts", data=given)
    assert again.status_code == 422
    assert "đang giữ vai trò đó" in again.text

    assert admin.post(f"/people/{person.id}/posts/{post.id}/end").status_code == 303
    session.expire_all()
    assert session.get_one(Post, post.id).ends_on is not None


def test_a_closed_account_is_out_of_the_list_but_not_gone(admin, session):
    person = PersonFactory(name="Người Đã Chuyển")
    admin.post(f"/people/{person.id}/close")

    assert "Người Đã Chuyển" not in admin.get("/people").text
    assert "Người Đã Chuyển" in admin.get("/people?closed=1&q=nguoi+da").text
    assert "<code>" in admin.post(f"/people/{person.id}/open").text


def test_people_are_looked_for_by_name_and_role(admin, session):
    PostFactory(person=PersonFactory(name="Đỗ Thị Hạnh"), unit=UnitFactory())
    PersonFactory(name="Trần Văn Khác")

    for address in ("/people?q=do+thi", "/people?role=unit-head"):
        page = admin.get(address).text
        assert "Đỗ Thị Hạnh" in page
        assert "Trần Văn Khác" not in page
    assert admin.get("/people?page=99999&role=x").status_code == 200


def test_the_list_of_people_has_pages(admin, session):
    for n in range(60):
        PersonFactory(name=f"Người {n:02d}")

    first, second = admin.get("/people").text, admin.get("/people?page=2").text

    assert "61 tài khoản" in first
    assert "Người 00" in first
    assert "Người 59" in second


def test_an_account_that_is_not_there_is_not_found(admin):
    assert admin.get("/people/987654").status_code == 404
    assert admin.get("/units/987654").status_code == 404
    assert admin.get("/committees/987654").status_code == 404


# Committees ----------------------------------------------------------------------------------


def test_a_committee_is_set_up_with_members(admin, session):
    answer = admin.post(
        "/committees/new",
        data={
            "code": "CCHC",
            "name": "Ban Chỉ đạo CCHC",
            "unit_id": "0",
            "acceptor_id": "0",
            "rolls_to_workday": "y",
        },
    )
    committee = session.scalars(sa.select(Committee)).one()
    assert answer.location == f"/committees/{committee.id}"

    admin.post(
        f"/committees/{committee.id}/members",
        data={
            "members-0-name": "Trần Minh Đức",
            "members-0-title": "Trưởng ban",
            "members-0-fields": "Phụ trách chung",
            "members-0-person_id": "0",
            "members-1-name": "",
            "members-1-person_id": "0",
        },
    )
    member = session.scalars(sa.select(CommitteeMember)).one()
    assert (member.name, member.fields) == ("Trần Minh Đức", "Phụ trách chung")
    assert "Trần Minh Đức" in admin.get(f"/committees/{committee.id}").text


def test_deadlines_on_days_off_follow_the_committees_setting(admin, session):
    task = TaskFactory(due_on=date(2026, 6, 27), effective_on=date(2026, 6, 29))
    data = {
        "code": task.committee.code,
        "name": task.committee.name,
        "unit_id": "0",
        "acceptor_id": "0",
    }

    admin.post(f"/committees/{task.committee_id}", data=data)
    session.expire_all()
    assert session.get_one(Task, task.id).effective_on == date(2026, 6, 27)

    admin.post(f"/committees/{task.committee_id}", data=data | {"rolls_to_workday": "y"})
    session.expire_all()
    assert session.get_one(Task, task.id).effective_on == date(2026, 6, 29)


# Calendar ------------------------------------------------------------------------------------


def test_the_year_shows_holidays_and_make_up_days(secretary):
    page = secretary.get("/calendar?year=2026").text

    assert "24/11/2026" in page
    assert "Ngày Văn hóa Việt Nam" in page
    assert "22/08/2026" in page


@pytest.mark.parametrize("year", ["", "abcd", "1999", "9999", "20260"])
def test_a_year_that_is_none_is_this_year(secretary, year):
    assert secretary.get(f"/calendar?year={year}").status_code == 200


def test_open_tasks_follow_a_changed_day(secretary, session):
    task = TaskFactory()
    assert task.effective_on == date(2026, 6, 30)

    entered = secretary.post(
        "/calendar/day", data={"day": "30/6/2026", "kind": "off", "name": "Nghỉ bão"}
    )
    assert entered.location == "/calendar?year=2026"
    session.expire_all()
    assert session.get_one(Task, task.id).effective_on == date(2026, 7, 1)
    assert session.get_one(Task, task.id).due_on == date(2026, 6, 30)
    assert "Nghỉ bão" in secretary.get("/calendar?year=2026").text

    secretary.post("/calendar/remove", data={"day": "2026-06-30"})
    session.expire_all()
    assert session.get_one(Task, task.id).effective_on == date(2026, 6, 30)


def test_a_year_of_days_is_imported(secretary, session):
    answer = secretary.post(
        "/calendar/import", data=upload("date;working;name\n2027-01-02;1;Làm bù\n")
    )

    assert answer.location == "/calendar?year=2027"
    assert session.scalars(sa.select(CalendarDay.working)).one() is True


def test_a_bad_day_is_shown_by_its_line(secretary, session):
    answer = secretary.post("/calendar/import", data=upload("date;working\n2027-02-30;1\n"))

    assert answer.status_code == 422
    assert "2027-02-30" in answer.text
    assert session.scalars(sa.select(CalendarDay)).all() == []


@pytest.mark.parametrize("data", [{}, {"day": "30/2/2026", "kind": "off"}, {"day": "1/1/1999"}])
def test_a_day_that_is_none_is_refused(secretary, session, data):
    assert secretary.post("/calendar/day", data={"kind": "off"} | data).status_code == 422
    assert session.scalars(sa.select(CalendarDay)).all() == []


# Help ----------------------------------------------------------------------------------------


def test_the_help_page_prints_the_table_of_permissions(session, client_as):
    page = client_as(PostFactory(person=PersonFactory(language="en"), role=Role.VIEWER)).get(
        "/help"
    )

    rows = re.findall(r'<tr role="row"><th role="rowheader".*?</tr>', page.text, re.DOTALL)
    assert len(rows) == len(Permission)
    for row, permission in zip(rows, Permission, strict=True):
        assert f">{escape(label_of(permission))}<" in row
        assert row.count('class="only-wide"') == len(GRANTS[permission])
