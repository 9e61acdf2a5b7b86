"""The main job in a real browser: notice → review → assign → mail → report on a phone → accept."""

import re
from email import message_from_bytes
from email.policy import default

import pytest
from argon2 import PasswordHasher
from playwright.sync_api import expect
from sqlalchemy.orm import Session

from tests import factories
from tests.browser.conftest import DESK, PHONE, aside
from tracker import clock
from tracker.db import db
from tracker.permissions import Role
from tracker.units.rules import UnitKind
from tracker.web import day

PASSWORD = "bốn mùa hoa nở"
NOTICE = """I. Đánh giá chung
1. Các đơn vị đã nỗ lực cải cách hành chính trong quý vừa qua.
II. Nhiệm vụ
1. Giao Phòng Nội vụ chủ trì, phối hợp với Văn phòng UBND xã tham mưu kế hoạch kiểm tra công vụ, \
hoàn thành trước ngày {due}.
2. Phòng Kinh tế khẩn trương rà soát hồ sơ đất đai chậm giải quyết.
"""


@pytest.fixture(scope="module")
def office(served_app):
    """Return the application with a commune in it; see `arrange`."""
    aside(lambda: arrange(served_app))
    return served_app


def arrange(app):
    """Open a commune: three units, a committee, its secretary, chairperson and a unit head."""
    with (
        app.app_context(),
        Session(db.engine, expire_on_commit=False) as session,
        factories.bound_to(session),
    ):
        committee = factories.CommitteeFactory(code="CCHC", name="Ban Chỉ đạo CCHC xã")
        home = factories.UnitFactory(code="PNV", name="Phòng Nội vụ")
        factories.UnitFactory(code="PKT", name="Phòng Kinh tế")
        office = factories.UnitFactory(code="VP", name="Văn phòng UBND xã", kind=UnitKind.OFFICE)
        committee.unit_id = office.id
        digest = PasswordHasher(time_cost=1, memory_cost=256, parallelism=1).hash(PASSWORD)
        for name, role, where in (
            ("thuky", Role.SECRETARIAT, {"committee_id": committee.id}),
            ("chutich", Role.CHAIRPERSON, {"committee_id": committee.id}),
            ("noivu", Role.UNIT_HEAD, {"unit": home}),
        ):
            person = factories.PersonFactory(
                email=f"{name}@xa.example", name=name, password_hash=digest
            )
            factories.PostFactory(person=person, role=role, **where)
        session.commit()


def sign_in(page, site, name, size):
    page.context.clear_cookies()
    page.set_viewport_size(size)
    page.goto(f"{site}/sign-in")
    page.locator("[name=email]").first.fill(f"{name}@xa.example")
    page.locator("[name=password]").first.fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Đăng nhập").click()
    expect(page).not_to_have_url(re.compile("sign-in"))


def keep(page, pictures, name):
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    if pictures:
        page.screenshot(path=pictures / f"{name}.png", full_page=True)


def mails(app):
    folder = app.config["TRACKER"].mail_folder
    return [
        message_from_bytes(path.read_bytes(), policy=default)
        for path in sorted(folder.glob("*.eml"))
    ]


def test_a_conclusion_gets_done(page, site, office, pictures, deliver):
    enter_the_notice(page, site, pictures)
    review_and_assign(page, pictures)
    deliver()
    address = the_address_in_the_mail_of("noivu", office)
    report_from_the_phone(page, site, pictures, address)
    confirm_from_the_inbox(page, site, pictures)
    sign_in(page, site, "chutich", DESK)
    expect(page).to_have_url(re.compile("/overdue"))
    expect(page.locator(".figures")).to_contain_text("1/1")
    keep(page, pictures, "overdue")


def enter_the_notice(page, site, pictures):
    due = clock.today().replace(year=clock.today().year + 1)

    sign_in(page, site, "thuky", DESK)
    page.goto(f"{site}/conclusions/new")
    page.locator("[name=text]").fill(NOTICE.format(due=day(due)))
    page.locator("[name=title]").fill("Kết luận phiên họp Ban Chỉ đạo")
    page.locator("[name=meeting_title]").fill("Phiên họp quý")
    page.locator("[name=held_on]").fill(day(clock.today()))
    page.locator("[name=number]").fill("07/TB-BCĐ")
    page.locator("[name=issued_on]").fill(day(clock.today()))
    page.locator("[name=signer]").fill("Chủ tịch UBND xã")
    keep(page, pictures, "new")
    page.get_by_role("button", name="Đọc văn bản").click()
    expect(page).to_have_url(re.compile("/review"))
    keep(page, pictures, "review")


def review_and_assign(page, pictures):
    page.locator("form[action*='/clear'] button[type=submit]").first.click()
    page.get_by_role("button", name="Giao việc").click()
    expect(page.locator("#refused")).to_contain_text("II.2")
    keep(page, pictures, "refused")
    card = page.locator("article.prop", has_text="II.2")
    card.locator("[name$='-said']").select_option("awaiting")
    card.get_by_role("button", name="Xác nhận").click()
    page.get_by_role("button", name="Giao việc").click()
    expect(page.get_by_role("status")).to_contain_text("Đã giao 2 nhiệm vụ")
    keep(page, pictures, "conclusion")


def the_address_in_the_mail_of(name, office):
    told = [mail for mail in mails(office) if mail["To"] == f"{name}@xa.example"]
    assert len(told) == 1
    text = told[0].get_body(("plain",)).get_content()
    return re.search(r"https?://[^/\s]+(/tasks/\d+)", text)[1]


def report_from_the_phone(page, site, pictures, address):
    sign_in(page, site, "noivu", PHONE)
    keep(page, pictures, "my-work-360")
    page.goto(site + address)
    keep(page, pictures, "task-360")
    page.get_by_role("link", name="Cập nhật thực hiện").first.click()
    page.locator("[name=text]").fill("Đã dự thảo kế hoạch, đang lấy ý kiến.")
    page.locator("label", has_text="60").first.click()
    page.locator("[name=files]").set_input_files(
        {"name": "du-thao.txt", "mimeType": "text/plain", "buffer": "Dự thảo".encode()}
    )
    keep(page, pictures, "progress-360")
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_role("main")).to_contain_text("Đã dự thảo kế hoạch")
    page.get_by_role("link", name="Báo cáo hoàn thành").first.click()
    page.locator("[name=result]").fill("Kế hoạch số 12 đã được ban hành và gửi các đơn vị.")
    page.locator("[name=document_number]").fill("12/KH-UBND")
    keep(page, pictures, "hand-in-360")
    page.get_by_role("button", name="Báo cáo hoàn thành").click()
    expect(page.get_by_role("main")).to_contain_text("chờ xác nhận")


def confirm_from_the_inbox(page, site, pictures):
    sign_in(page, site, "thuky", DESK)
    keep(page, pictures, "inbox")
    page.get_by_role("link", name="Kiểm tra, trả lời").first.click()
    keep(page, pictures, "decision")
    page.get_by_role("button", name="Xác nhận hoàn thành").click()
    expect(page.get_by_role("status")).to_contain_text("xác nhận hoàn thành")
