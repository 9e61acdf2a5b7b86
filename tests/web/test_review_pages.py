"""The review as pages: marks and rules, drafts, undo, exceptions, names, the report on rules."""

import re

import sqlalchemy as sa

from tests.web.test_conclusions import (
    TEXT,
    Office,
    clause_of,
    client,
    enter,
    fields,
    notice_at,
    office,
    plain,
    send,
)
from tracker.conclusions.models import Clause
from tracker.conclusions.rules import ClauseVerdict
from tracker.units.models import UnitAlias

__all__ = ["Office", "client", "office"]


def test_a_field_shows_its_rule_and_its_words_are_marked(session, office, client):
    notice_id = notice_at(enter(client, office))
    clause = clause_of(session, notice_id, "kế hoạch kiểm tra")

    page = client.get(f"/conclusions/{notice_id}/review?clause={clause.id}").text

    card = re.search(rf'id="p{clause.id}".*?</article>', page, re.DOTALL)[0]
    key = re.search(r'data-read="(r\d+)"><input[^>]*-lead"', card)[1]
    assert re.search(rf'<mark[^>]*data-k="[^"]*\b{key}"[^>]*>Sở Nội vụ</mark>', page)
    assert f'href="#{key}"' in card
    assert "Mức đọc: chắc chắn" in plain(card)
    part = client.get(f"/conclusions/{notice_id}/clauses/{clause.id}/form").text
    assert part.startswith("<article")


def test_a_draft_saves_itself_and_stands_there_again(session, office, client):
    notice_id = notice_at(enter(client, office))
    clause = clause_of(session, notice_id, "bố trí kinh phí")
    review = f"/conclusions/{notice_id}/review?clause={clause.id}"
    typed = fields(client.get(review).text, clause.id)
    title = next(key for key in typed if key.endswith("-title"))

    said = client.post(
        f"/conclusions/{notice_id}/clauses/{clause.id}/draft",
        data={**typed, title: "Bố trí đủ kinh phí"},
    )

    assert re.fullmatch(r"Đã lưu lúc \d\d:\d\d", said.json["said"])
    page = client.get(review).text
    assert "Bố trí đủ kinh phí" in page
    assert "chưa xác nhận" in page
    assert clause_of(session, notice_id, "bố trí kinh phí").proposals[0].title != (
        "Bố trí đủ kinh phí"
    )
    send(client, session, notice_id, "bố trí kinh phí", act="discard")
    assert "Bố trí đủ kinh phí" not in client.get(review).text


def test_a_step_is_taken_back_by_a_button(session, office, client):
    notice_id = notice_at(enter(client, office))
    send(client, session, notice_id, "bố trí kinh phí", said="awaiting")
    assert "Hoàn tác: II.2" in plain(client.get(f"/conclusions/{notice_id}/review").text)

    done = client.post(f"/conclusions/{notice_id}/undo", follow_redirects=True)

    assert "Đã hoàn tác: II.2" in plain(done.text)
    assert clause_of(session, notice_id, "bố trí kinh phí").verdict is ClauseVerdict.OPEN
    assert client.post(f"/conclusions/{notice_id}/undo").status_code == 409


def test_a_corrected_name_is_asked_about_and_saved_by_a_click(session, office, client):
    text = TEXT.replace("Giao Sở Tài chính bố trí", "Giao Sở TChính bố trí")
    notice_id = notice_at(enter(client, office, text=text))
    sent = send(client, session, notice_id, "bố trí kinh phí", lead="Sở Tài chính", said="awaiting")
    asked = client.get(sent.location).text
    assert "là tên gọi khác của Sở Tài chính?" in plain(asked)
    form = re.search(r'<form class="say".*?</form>', asked, re.DOTALL)[0]
    data = dict(re.findall(r'name="(name|unit)" value="([^"]*)"', form))

    done = client.post(f"/conclusions/{notice_id}/names", data=data, follow_redirects=True)

    assert "Đã lưu" in done.text
    assert session.scalars(sa.select(UnitAlias.alias)).all() == [data["name"]]


def test_the_report_on_rules_lists_corrections_with_examples(session, office, client):
    notice_id = notice_at(enter(client, office, number="47/TB", issued_on="30/05/2026"))
    assert "Chưa giao việc" in client.get("/reports/reading-rules").text
    send(client, session, notice_id, "bố trí kinh phí", lead="Sở Nội vụ", said="awaiting")
    clauses = session.scalars(sa.select(Clause.id).where(Clause.notice_id == notice_id)).all()
    client.post(f"/conclusions/{notice_id}/clear", data={"clauses": clauses})
    client.post(f"/conclusions/{notice_id}/assignment")

    page = plain(client.get("/reports/reading-rules").text)

    assert "Sở Tài chính → Sở Nội vụ" in page
    assert "/reports/reading-rules" in client.get("/reports").text
