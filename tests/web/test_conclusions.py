"""The secretary's way from pasted text to work assigned, as pages."""

import io
import re
from datetime import date

import pytest
import sqlalchemy as sa

from tests.conftest import counted_queries
from tests.factories import CommitteeFactory, PostFactory, UnitFactory
from tests.files import hostile
from tracker.conclusions.models import Clause, Meeting, Notice
from tracker.conclusions.rules import ClauseVerdict
from tracker.db import db
from tracker.outbox import OutboxMessage
from tracker.permissions import Role
from tracker.tasks.models import Task
from tracker.units.rules import UnitKind

TEXT = """I. Đánh giá chung
1. Các đơn vị đã có nhiều cố gắng trong cải cách hành chính.
II. Nhiệm vụ
1. Giao Sở Nội vụ chủ trì, phối hợp với Sở Tài chính tham mưu kế hoạch kiểm tra năm 2027, \
hoàn thành trước ngày 15/12/2026.
2. Giao Sở Tài chính bố trí kinh phí số hóa.
"""


class Office:
    def __init__(self):
        self.committee = CommitteeFactory(name="Ban Chỉ đạo CCHC")
        self.home = UnitFactory(code="SNV", name="Sở Nội vụ", email="snv@office.example")
        self.finance = UnitFactory(code="STC", name="Sở Tài chính", email="stc@office.example")
        self.secretary = PostFactory(
            role=Role.SECRETARIAT, unit=None, committee_id=self.committee.id
        )


@pytest.fixture
def office(session):
    return Office()


@pytest.fixture
def client(office, client_as):
    return client_as(office.secretary)


def enter(client, office, text=TEXT, **values):
    data = {
        "committees": str(office.committee.id),
        "kind": "session",
        "meeting_title": "Phiên họp quý II",
        "held_on": "28/05/2026",
        "concluding": "Nguyễn Văn A – Chủ tịch UBND tỉnh",
        "title": "Kết luận phiên họp quý II",
        "text": text,
        **values,
    }
    return client.post("/conclusions/new", data=data, content_type="multipart/form-data")


def notice_at(response):
    assert response.status_code == 303, response.text[:3000]
    return int(re.search(r"/conclusions/(\d+)", response.location)[1])


def clause_of(session, notice_id, words):
    session.expire_all()
    return session.scalars(
        sa.select(Clause).where(Clause.notice_id == notice_id, Clause.text.contains(words))
    ).one()


def plain(page):
    """Return the words of a page without its tags."""
    return " ".join(re.sub(r"<[^>]+>", "", page).split())


def fields(page, clause_id):
    """Return what a browser would send of the form of one clause."""
    form = re.search(rf'id="p{clause_id}".*?</article>', page, re.DOTALL)[0]
    values = dict(re.findall(r'name="([^"]+)"[^>]*\bvalue="([^"]*)"', form))
    values |= {
        name: re.sub(r"&#34;|&quot;", '"', text)
        for name, text in re.findall(
            r'<textarea[^>]*name="([^"]+)"[^>]*>\s*([^<]*)</textarea>', form
        )
    }
    for name, options in re.findall(
        r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL
    ):
        chosen = re.search(r'<option selected value="([^"]*)"', options)
        values[name] = chosen[1] if chosen else re.search(r'value="([^"]*)"', options)[1]
    values.pop("act", None)
    return {k: v for k, v in values.items() if not k.endswith("-star")}


def send(client, session, notice_id, words, act="confirm", **values):
    """Fill the form of the clause that holds `words` and send it."""
    clause = clause_of(session, notice_id, words)
    page = client.get(f"/conclusions/{notice_id}/review?clause={clause.id}").text
    typed = fields(page, clause.id)
    for name, value in values.items():
        key = next(key for key in typed if key.endswith(f"-{name}"))
        typed[key] = value
    return client.post(f"/conclusions/{notice_id}/clauses/{clause.id}", data={**typed, "act": act})


def test_from_pasted_text_to_assigned_work_and_mail(session, office, client):
    notice_id = notice_at(enter(client, office))

    page = client.get(f"/conclusions/{notice_id}/review")
    assert page.status_code == 200
    assert re.search(r"<mark[^>]*>Sở Nội vụ</mark>", page.text)
    assert re.search(r"<mark[^>]*>trước ngày 15/12/2026</mark>", page.text)
    clear = re.findall(r'name="clauses" value="(\d+)"', page.text)
    client.post(f"/conclusions/{notice_id}/clear", data={"clauses": clear})

    refused = client.post(f"/conclusions/{notice_id}/assignment")
    assert refused.status_code == 409
    assert "chưa xác nhận: II.2" in plain(refused.text)
    assert session.scalars(sa.select(Task)).all() == []

    sent = send(client, session, notice_id, "bố trí kinh phí", said="leader", due="30/9/2026")
    assert sent.status_code == 303
    refused = client.post(f"/conclusions/{notice_id}/assignment")
    assert "chưa ghi văn bản quyết định thời hạn" in refused.text
    assert "chưa ghi số và ngày" in refused.text

    send(client, session, notice_id, "bố trí kinh phí", reference="Bút phê 29/5/2026")
    signed = client.post(
        f"/conclusions/{notice_id}/signature",
        data={"number": "47/TB-BCĐ", "issued_on": "30/5/2026", "signer": "Trưởng ban"},
    )
    assert signed.status_code == 303
    done = client.post(f"/conclusions/{notice_id}/assignment", follow_redirects=True)

    assert done.status_code == 200
    assert "Đã giao 2 nhiệm vụ" in done.text
    session.expire_all()
    tasks = session.scalars(sa.select(Task).order_by(Task.id)).all()
    assert [(t.lead_unit.code, t.due_on, t.leader) for t in tasks] == [
        ("SNV", date(2026, 12, 15), "Nguyễn Văn A"),
        ("STC", date(2026, 9, 30), "Nguyễn Văn A"),
    ]
    mails = session.scalars(sa.select(OutboxMessage)).all()
    assert {mail.recipient for mail in mails} == {"snv@office.example", "stc@office.example"}
    assert all("47/TB-BCĐ" in mail.subject for mail in mails)


def test_a_signed_notice_is_entered_and_assigned_without_a_detour(session, office, client):
    notice_id = notice_at(
        enter(client, office, number="47/TB-BCĐ", issued_on="30/05/2026", signer="Trưởng ban")
    )
    page = client.get(f"/conclusions/{notice_id}/review").text
    clear = re.findall(r'name="clauses" value="(\d+)"', page)
    client.post(f"/conclusions/{notice_id}/clear", data={"clauses": clear})
    send(client, session, notice_id, "bố trí kinh phí", said="awaiting")

    done = client.post(f"/conclusions/{notice_id}/assignment")

    assert done.status_code == 303
    assert client.get(f"/conclusions/{notice_id}/review").status_code == 302


@pytest.mark.parametrize("name", ["ket-luan.docx", "ket-luan.txt"])
def test_a_file_is_read_and_kept(session, office, client, name):
    data = hostile.word(*TEXT.splitlines()) if name.endswith("docx") else TEXT.encode()

    notice_id = notice_at(enter(client, office, text="", file=(io.BytesIO(data), name)))

    notice = session.get_one(Notice, notice_id)
    assert notice.file_name == name
    evidence = notice.files[0]
    got = client.get(f"/conclusions/{notice_id}/files/{evidence.id}")
    assert got.data == data
    assert clause_of(session, notice_id, "kế hoạch kiểm tra").proposals


HOSTILE = {
    "empty.docx": b"",
    "notice.pdf": hostile.PDF,
    "old.docx": hostile.old_office(),
    "locked.docx": hostile.locked_office(),
    "bomb.docx": hostile.zip_bomb(),
    "half.docx": hostile.cut_off(hostile.word("a")),
    "program.txt": hostile.PROGRAM,
    "large.txt": b"a" * 20_000_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_bad_file_is_refused_with_a_sentence_and_what_was_typed_is_kept(
    session, office, client, name
):
    file = (io.BytesIO(HOSTILE[name]), name)

    refused = enter(client, office, text="", file=file, title="Trích yếu đã gõ")

    assert refused.status_code == 422
    assert "Trích yếu đã gõ" in refused.text
    assert "Nguyễn Văn A – Chủ tịch UBND tỉnh" in refused.text
    assert 'class="field-error" id="file-error"' in refused.text
    assert session.scalars(sa.select(Notice)).all() == []
    assert session.scalars(sa.select(Meeting)).all() == []
    refused.request.environ["wsgi.input"].close()


def test_the_text_of_a_secret_document_is_never_stored(session, office, client):
    refused = enter(client, office, secret="y", number="05-TB", issued_on="01/05/2026")
    assert refused.status_code == 422
    assert "mật" in refused.text
    assert session.scalars(sa.select(Notice)).all() == []

    kept = enter(client, office, text="", secret="y", number="05-TB", issued_on="01/05/2026")

    notice = session.get_one(Notice, notice_at(kept))
    assert (notice.number, notice.text, notice.title) == ("05-TB", "", "")
    page = client.get(f"/conclusions/{notice.id}").text
    assert "chỉ lưu số và ngày" in page


def test_an_error_stands_at_its_field_and_nothing_typed_is_lost(session, office, client):
    notice_id = notice_at(enter(client, office))

    refused = send(
        client,
        session,
        notice_id,
        "bố trí kinh phí",
        lead="Sở Tài chánh",
        said="awaiting",
        product="Tờ trình dự toán",
    )

    assert refused.status_code == 422
    assert "Có phải là “Sở Tài chính”?" in refused.text
    assert "Sở Tài chánh" in refused.text
    assert "Tờ trình dự toán" in refused.text
    assert clause_of(session, notice_id, "bố trí kinh phí").verdict is ClauseVerdict.OPEN


def test_the_later_editor_sees_both_texts_and_loses_nothing(session, office, client, client_as):
    notice_id = notice_at(enter(client, office))
    clause = clause_of(session, notice_id, "bố trí kinh phí")
    page = client.get(f"/conclusions/{notice_id}/review").text
    mine = fields(page, clause.id)
    title = next(key for key in mine if key.endswith("-title"))
    said = next(key for key in mine if key.endswith("-said"))
    other = client_as(
        PostFactory(role=Role.SECRETARIAT, unit=None, committee_id=office.committee.id)
    )
    other.post(
        f"/conclusions/{notice_id}/clauses/{clause.id}",
        data={**mine, title: "Bản của người trước", said: "awaiting"},
    )

    late = client.post(
        f"/conclusions/{notice_id}/clauses/{clause.id}",
        data={**mine, title: "Bản của tôi", said: "without"},
    )

    assert late.status_code == 409
    assert "Bản của người trước" in late.text
    assert "Bản của tôi" in late.text
    again = fields(late.text, clause.id)
    sent = client.post(f"/conclusions/{notice_id}/clauses/{clause.id}", data=again)
    assert sent.status_code == 303
    assert clause_of(session, notice_id, "bố trí kinh phí").proposals[0].title == "Bản của tôi"


def test_a_clause_is_split_and_parts_are_removed(session, office, client):
    notice_id = notice_at(enter(client, office))
    first = clause_of(session, notice_id, "bố trí kinh phí").proposals[0].id

    send(
        client,
        session,
        notice_id,
        "bố trí kinh phí",
        act=f"split-{first}",
        title="Lập dự toán; trình duyệt",
    )
    parts = clause_of(session, notice_id, "bố trí kinh phí").proposals
    assert [part.title for part in parts] == ["Lập dự toán", "Trình duyệt"]
    send(client, session, notice_id, "bố trí kinh phí", act=f"remove-{parts[1].id}")

    assert len(clause_of(session, notice_id, "bố trí kinh phí").proposals) == 1


def test_a_clause_may_give_a_task_and_a_target(session, office, client):
    text = "1. Giao Sở Tài chính bố trí kinh phí; phấn đấu đạt 50% trở lên."
    notice_id = notice_at(enter(client, office, text=text))
    clause = clause_of(session, notice_id, "bố trí kinh phí")
    send(client, session, notice_id, "bố trí kinh phí", act=f"split-{clause.proposals[0].id}")
    clause = clause_of(session, notice_id, "bố trí kinh phí")
    first, second = clause.proposals
    page = client.get(f"/conclusions/{notice_id}/review?clause={clause.id}").text
    typed = fields(page, clause.id)
    typed |= {
        f"p{first.id}-kind": "task",
        f"p{first.id}-said": "awaiting",
        f"p{second.id}-kind": "target",
        f"p{second.id}-target_value": "≥ 50 %",
        f"c{clause.id}-verdict": "task",
    }

    client.post(f"/conclusions/{notice_id}/clauses/{clause.id}", data=typed)

    first, second = clause_of(session, notice_id, "bố trí kinh phí").proposals
    assert (first.target, second.target) == (False, True)


def test_text_is_entered_anew_only_with_a_tick_once_something_is_confirmed(session, office, client):
    notice_id = notice_at(enter(client, office))
    send(client, session, notice_id, "bố trí kinh phí", said="awaiting")
    new = "1. Giao Sở Nội vụ báo cáo."

    refused = client.post(f"/conclusions/{notice_id}/text", data={"text": new})
    assert refused.status_code == 409
    assert "Đã xác nhận 1 nội dung" in refused.text
    done = client.post(f"/conclusions/{notice_id}/text", data={"text": new, "discard": "y"})

    assert done.status_code == 303
    session.expire_all()
    assert session.get_one(Notice, notice_id).text == new


def test_a_supplement_starts_from_its_notice(session, office, client):
    notice_id = notice_at(
        enter(client, office, text="1. Ghi nhận.", number="47/TB", issued_on="30/05/2026")
    )
    page = client.get(f"/conclusions/{notice_id}/review").text
    clear = re.findall(r'name="clauses" value="(\d+)"', page)
    client.post(f"/conclusions/{notice_id}/clear", data={"clauses": clear})
    client.post(f"/conclusions/{notice_id}/assignment")

    asked = client.get(f"/conclusions/new?supplements={notice_id}").text
    assert "Bổ sung Thông báo số 47/TB" in asked
    second = notice_at(enter(client, office, supplements=str(notice_id), meeting_title=""))

    assert session.get_one(Notice, second).supplements_id == notice_id
    assert "Được bổ sung bởi" in client.get(f"/conclusions/{notice_id}").text


def test_drafts_are_the_secretariats_and_units_see_what_gives_them_work(
    session, office, client, client_as
):
    notice_id = notice_at(
        enter(client, office, number="47/TB", issued_on="30/05/2026", meeting_title="")
    )
    chair = client_as(
        PostFactory(role=Role.CHAIRPERSON, unit=None, committee_id=office.committee.id)
    )
    head = client_as(PostFactory(role=Role.UNIT_HEAD, unit=office.finance))
    stranger = client_as(PostFactory(role=Role.UNIT_HEAD, unit=UnitFactory()))
    draft = notice_at(enter(client, office, title="Dự thảo kín", meeting_title=""))

    assert chair.get(f"/conclusions/{draft}").status_code == 404
    assert chair.get(f"/conclusions/{notice_id}").status_code == 200
    assert head.get(f"/conclusions/{notice_id}").status_code == 404
    assert chair.get(f"/conclusions/{notice_id}/review").status_code == 403

    page = client.get(f"/conclusions/{notice_id}/review").text
    clear = re.findall(r'name="clauses" value="(\d+)"', page)
    client.post(f"/conclusions/{notice_id}/clear", data={"clauses": clear})
    send(client, session, notice_id, "bố trí kinh phí", said="awaiting")
    client.post(f"/conclusions/{notice_id}/assignment")

    assert head.get(f"/conclusions/{notice_id}").status_code == 200
    assert "Kết luận phiên họp quý II" in head.get("/conclusions").text
    assert "Dự thảo kín" not in head.get("/conclusions").text
    assert stranger.get(f"/conclusions/{notice_id}").status_code == 404


def test_the_list_is_narrowed_by_words_without_accents_and_by_state(session, office, client):
    enter(client, office, title="Số hóa hồ sơ", meeting_title="")
    enter(client, office, title="Kiểm tra công vụ", meeting_title="")

    assert "Kiểm tra" not in client.get("/conclusions?q=so+hoa").text.split("<table")[1]
    assert "Không tìm thấy" in client.get("/conclusions?state=assigned").text
    assert client.get("/conclusions?state=nonsense&year=99999&page=-3").status_code == 200


def test_the_page_of_an_inspection_records_findings_and_participants(session, office, client):
    commune = UnitFactory(name="UBND xã Một", kind=UnitKind.COMMUNE)
    made = client.post(
        "/conclusions/meetings/new",
        data={
            "kind": "inspection",
            "committees": str(office.committee.id),
            "title": "Kiểm tra xã Một",
            "held_on": "28/05/2026",
            "inspected_unit": str(commune.id),
        },
    )
    address = made.location
    client.post(f"{address}/findings", data={"finding-text": "Quy chế chưa đầy đủ"})
    client.post(
        f"{address}/participants",
        data={"person-name": "Lê Thị B", "person-title": "Phó CT", "person-attendance": "team"},
    )
    client.post(
        f"{address}/matters",
        data={"raised-text": "Thiếu máy", "raised-kind": "difficulty", "raised-unit": commune.id},
    )

    page = client.get(address).text

    for words in ("Quy chế chưa đầy đủ", "Lê Thị B", "Đoàn kiểm tra", "Thiếu máy", "UBND xã Một"):
        assert words in page


SIXTY = "II. Nhiệm vụ\n" + "\n".join(
    f"{n}. Yêu cầu Sở Nội vụ, Sở Tài chính khẩn trương rà soát, niêm yết đầy đủ bộ thủ tục hành"
    f" chính thuộc lĩnh vực thứ {n}, bảo đảm người dân tra cứu được trên Cổng dịch vụ công."
    for n in range(1, 61)
)


def test_sixty_clauses_stay_light_and_need_few_queries(session, office, client):
    for number in range(200):
        UnitFactory(name=f"Ủy ban nhân dân xã thứ {number}", kind=UnitKind.COMMUNE)
    notice_id = notice_at(enter(client, office, text=SIXTY))

    with counted_queries(db.engine) as statements:
        page = client.get(f"/conclusions/{notice_id}/review")

    assert page.status_code == 200
    assert len(page.data) <= 100_000
    assert len(statements) <= 16
    with counted_queries(db.engine) as statements:
        listed = client.get("/conclusions")
    assert len(statements) <= 12
    assert len(listed.data) <= 100_000


def test_a_long_text_is_reviewed_page_by_page(session, office, client):
    text = "\n".join(f"{n}. Giao Sở Nội vụ báo cáo kết quả số {n}." for n in range(1, 401))
    notice_id = notice_at(enter(client, office, text=text))

    first = client.get(f"/conclusions/{notice_id}/review")
    last = client.get(f"/conclusions/{notice_id}/review?page=99")

    assert len(first.data) <= 100_000
    assert "báo cáo kết quả số 1." in plain(first.text)
    assert "báo cáo kết quả số 400." in plain(last.text)
    assert "báo cáo kết quả số 400." not in plain(first.text)


@pytest.mark.parametrize(
    "address",
    [
        "/conclusions/99999999999999999999",
        "/conclusions/99999999999999999999/review",
        "/conclusions/meetings/99999999999999999999",
        "/conclusions/new?supplements=99999999999999999999&meeting=x",
        "/conclusions?committee=99999999999999999999&q=%00%25_",
    ],
)
def test_odd_addresses_never_break_a_page(session, office, client, address):
    assert client.get(address).status_code in {200, 404}


def test_a_nul_in_a_field_is_left_out(session, office, client):
    made = client.post(
        "/conclusions/meetings/new",
        data={
            "kind": "session",
            "committees": str(office.committee.id),
            "title": "Phiên họp",
            "held_on": "28/05/2026",
            "summary": "Tóm\0tắt",
        },
    )

    assert made.status_code == 303
    assert session.scalars(sa.select(Meeting.summary)).one() == "Tómtắt"
