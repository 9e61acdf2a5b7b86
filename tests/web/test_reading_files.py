"""A file fills the form of a new notice, is kept once, and is compared with what was read."""

import io
import re

import pytest

from tests.factories import CommitteeFactory, PostFactory
from tests.files.same_notice import NUMBERED, PDFS, as_html, as_word
from tracker.conclusions.models import Notice
from tracker.permissions import Role

DRAFT = as_html(NUMBERED).replace("Số: 08/".encode(), "Số:    /".encode())
PDF = (PDFS / "numbered.pdf").read_bytes()


@pytest.fixture
def committee(session):
    return CommitteeFactory(name="Ban Chỉ đạo")


@pytest.fixture
def client(committee, client_as):
    return client_as(PostFactory(role=Role.SECRETARIAT, unit=None, committee_id=committee.id))


def send(client, address, name="", data=b"", **values):
    if name:
        values["file"] = (io.BytesIO(data), name)
    return client.post(address, data=values, content_type="multipart/form-data")


def values_of(page: str) -> dict[str, str]:
    found = dict(re.findall(r'<input[^>]*name="(\w+)"[^>]*value="([^"]*)"', page))
    text = re.search(r'<textarea[^>]*name="text"[^>]*>\s*(.*?)</textarea>', page, re.DOTALL)
    found.pop("secret", None)  # a box that is not ticked
    return found | {"text": text[1] if text else ""}


def test_a_file_fills_the_blank_fields_and_keeps_what_was_typed(client, session, committee):
    page = send(client, "/conclusions/new/fields", "tb.pdf", PDF, title="Của tôi", number="")

    values = values_of(page.text)
    assert page.status_code == 200
    assert (values["number"], values["issued_on"]) == ("08/TB-BCĐ", "12/03/2026")
    assert (values["signer"], values["title"]) == ("Lương Thị Hạnh", "Của tôi")
    assert "BAN CHỈ ĐẠO CHUYỂN ĐỔI SỐ" in page.text
    assert page.text.count("Đọc từ tệp: cần kiểm tra.") == 3
    assert session.query(Notice).count() == 0

    values |= {"committees": str(committee.id), "kind": "session", "meeting_title": ""}
    done = client.post("/conclusions/new", data=values)
    assert done.status_code == 303, done.text[:2000]
    notice = session.query(Notice).one()
    assert (notice.number, notice.file_name, len(notice.files)) == ("08/TB-BCĐ", "tb.pdf", 1)


def test_a_kept_file_is_not_given_to_another_person(client, session, committee, client_as):
    page = send(client, "/conclusions/new/fields", "tb.docx", as_word(NUMBERED))
    other = client_as(PostFactory(role=Role.SECRETARIAT, unit=None, committee_id=committee.id))

    values = values_of(page.text) | {"committees": str(committee.id), "kind": "session"}
    done = other.post("/conclusions/new", data=values)
    assert done.status_code == 303, re.findall(r"field-error.*|<li>.*", done.text)
    assert session.query(Notice).one().files == []


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        (
            "tb.html",
            as_html(NUMBERED).replace("Số: 08/".encode(), "Số:    /".encode()),
            "coi là dự thảo",
        ),
        ("tb.txt", b"\xff\xfe\x00", "Không đọc được"),
        (
            "tb.txt",
            "UBND XÃ\nMẬT\nSố: 1/TB-UBND\nTHÔNG BÁO\nVề việc A\n".encode(),
            "dấu chỉ độ mật",
        ),
        ("", b"", "dán nội dung"),
    ],
)
def test_a_draft_and_what_cannot_be_read_fill_in_nothing(client, name, data, says):
    page = send(client, "/conclusions/new/fields", name, data)

    assert says in page.text
    assert values_of(page.text).get("number", "") == ""


def test_the_signed_file_is_compared_with_the_draft(client, session, committee):
    draft = as_word(NUMBERED._replace(body=[*NUMBERED.body[:-1], ("Yêu cầu xã báo cáo.", 1)]))
    made = send(
        client,
        "/conclusions/new",
        "draft.docx",
        draft,
        committees=str(committee.id),
        kind="session",
    )
    notice = session.query(Notice).one()
    assert made.status_code == 303, made.text[:2000]
    send(client, f"/conclusions/{notice.id}/files", "signed.pdf", PDF)
    session.expire_all()
    signed = next(file for file in notice.files if file.file_name == "signed.pdf")

    page = client.get(f"/conclusions/{notice.id}/files/{signed.id}/comparison").text

    assert "1 mục khác nhau" in page
    assert "1 mục trong đó có giao việc" in page
    assert re.search(r"<del>.*?báo cáo\..*?</del>", page)
    assert re.search(r"<ins>.*?kiện toàn Tổ công nghệ số cộng đồng", page)
    assert f"/files/{signed.id}/comparison" in client.get(f"/conclusions/{notice.id}").text
    same = next(file for file in notice.files if file.file_name == "draft.docx")
    page = client.get(f"/conclusions/{notice.id}/files/{same.id}/comparison").text
    assert "giống nhau từng chữ" in page
    assert client.get(f"/conclusions/{notice.id}/files/999/comparison").status_code == 404
