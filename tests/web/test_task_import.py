"""Tasks in from a sheet, on screen."""

import io
import re

import pytest
import sqlalchemy as sa
import time_machine

from tests.factories import JUNE_1, CommitteeFactory, PostFactory, UnitFactory
from tracker.conclusions.models import Notice
from tracker.outbox import OutboxMessage
from tracker.permissions import Role
from tracker.tasks.models import Task

SHEET = """Mã nhiệm vụ;Nhiệm vụ;Cơ quan chủ trì;Số, ký hiệu văn bản;Ngày văn bản;Mục;Hạn
NV-7;Rà soát thủ tục;SNV;41/TB-BCĐ;05/06/2026;III.4;30/07/2026
;Số hóa hồ sơ;Sở Nội vụ;41/TB-BCĐ;05/06/2026;III.5;
"""


@pytest.fixture(autouse=True)
def _on_a_day_of_july():
    with time_machine.travel(JUNE_1.replace(month=7, day=10), tick=False):
        yield


@pytest.fixture
def secretary(session, client_as):
    UnitFactory(code="SNV", name="Sở Nội vụ")
    committee = CommitteeFactory(code="CCHC")
    return client_as(PostFactory(role=Role.SECRETARIAT, committee_id=committee.id))


def send(client, text, **more):
    file = (io.BytesIO(text.encode()), "nhiem-vu.csv")
    return client.post("/tasks/import", data={"file": file} | more)


def codes(session):
    session.expire_all()
    return sorted(session.scalars(sa.select(Task.code)))


def test_a_sheet_is_checked_first_and_then_taken_in(secretary, session):
    assert 'href="/tasks/import"' in secretary.get("/tasks").text
    assert 'href="/tasks/import"' in secretary.get("/inbox").text
    assert re.search(r"<input [^>]*\bchecked [^>]*check_only", secretary.get("/tasks/import").text)

    checked = send(secretary, SHEET, check_only="y")
    assert codes(session) == []
    page = secretary.get(checked.location).text
    assert "Thêm mới: 2. Cập nhật: 0. Không đổi: 0. Đây là lần kiểm tra" in page
    assert not re.search(r"<input [^>]*\bchecked [^>]*check_only", page)

    taken = send(secretary, SHEET)
    assert taken.location == "/tasks"
    assert "Rà soát thủ tục" in secretary.get("/tasks").text
    assert codes(session) == ["NV-2026-0001", "NV-7"]
    assert session.scalars(sa.select(Notice.number)).all() == ["41/TB-BCĐ"]
    assert session.scalars(sa.select(OutboxMessage)).all() == []


def test_every_bad_row_is_named_by_its_line_and_nothing_is_kept(secretary, session):
    bad = SHEET + ";;SNV;;;;\n;Việc;Sở Lạ;;;;31/02/2026\n"

    answer = send(secretary, bad)

    assert answer.status_code == 422
    assert "2 dòng cần sửa" in answer.text
    rows = re.findall(r'data-th="Dòng">(\d+)</td><td role="cell">([^<]+)</td>', answer.text)
    assert sorted(rows) == [("4", "Nhiệm vụ"), ("5", "Cơ quan chủ trì"), ("5", "Hạn hoàn thành")]
    assert codes(session) == []
    assert session.scalars(sa.select(Notice)).all() == []


@pytest.mark.parametrize("role", [Role.CHAIRPERSON, Role.ADMIN, Role.UNIT_HEAD])
def test_only_the_secretariat_imports_tasks(session, client_as, role):
    where = {"unit": UnitFactory()} if role is Role.UNIT_HEAD else {}
    client = client_as(PostFactory(role=role, **where))

    assert "/tasks/import" not in client.get("/tasks").text
    assert client.get("/tasks/import").status_code == 403
    assert send(client, SHEET).status_code == 403
    assert codes(session) == []
