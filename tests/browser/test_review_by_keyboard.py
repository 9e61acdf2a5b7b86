"""A notice of two pages becomes twelve tasks by the keyboard alone; the page is open to all."""

import re

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from sqlalchemy.orm import Session

from tests import factories
from tests.browser.conftest import PHONE, aside
from tests.browser.test_main_job import PASSWORD, keep, sign_in
from tests.files.notices import DECIMAL_LIST, numbered
from tracker import clock
from tracker.db import db
from tracker.permissions import Role
from tracker.tasks.models import Task
from tracker.units.rules import UnitKind

YEAR = clock.today().year + 1
UNITS = {
    "PNV": "Phòng Nội vụ",
    "PKT": "Phòng Kinh tế",
    "PVH": "Phòng Văn hóa - Xã hội",
    "VP": "Văn phòng HĐND và UBND xã",
    "TT": "Trung tâm Phục vụ hành chính công xã",
    "CA": "Công an xã",
}
ITEMS = [
    ("VP", "tham mưu kế hoạch kiểm tra công vụ, hoàn thành trước ngày 15/01"),
    ("PNV", "trình danh mục vị trí việc làm của các cơ quan chuyên môn, xong trước ngày 31/01"),
    ("PKT", "rà soát hồ sơ đất đai chậm giải quyết, báo cáo trước ngày 20/02"),
    (
        "PVH",
        "tuyên truyền thanh toán không dùng tiền mặt tại trường học, xong trước ngày 28/02",
    ),
    ("TT", "niêm yết lại bộ thủ tục hành chính đã thay đổi, hoàn thành trước ngày 10/01"),
    ("CA", "rà soát dữ liệu dân cư phục vụ chuyển đổi số, hoàn thành trước ngày 31/03"),
    ("PNV", "tổng hợp kết quả khảo sát hài lòng của người dân, báo cáo trước ngày 15/03"),
    ("PKT", "bố trí kinh phí số hóa hồ sơ lưu trữ, hoàn thành trước ngày 31/01"),
    ("VP", "công khai tiến độ giải quyết hồ sơ trên trang thông tin, xong trước ngày 05/01"),
    ("TT", "sơ kết mô hình tiếp nhận hồ sơ tại nhà văn hóa thôn, xong trước ngày 30/04"),
    ("PVH", "khẩn trương kiện toàn tổ công nghệ số cộng đồng ở các thôn"),
    ("CA", "khẩn trương hướng dẫn người dân kích hoạt tài khoản định danh điện tử"),
]


def the_notice():
    """Return the notice as a Word file whose items are numbered by Word."""
    head = [
        "ỦY BAN NHÂN DÂN XÃ AN PHÚ",
        "BAN CHỈ ĐẠO CẢI CÁCH HÀNH CHÍNH",
        "Số: 08/TB-BCĐ",
        f"An Phú, ngày 02 tháng 01 năm {clock.today().year}",
        "THÔNG BÁO",
        "Kết luận của Trưởng Ban Chỉ đạo tại phiên họp thường kỳ",
        "Sau khi nghe các đơn vị báo cáo, Trưởng Ban Chỉ đạo kết luận như sau:",
    ]
    items = [
        (f"Giao {UNITS[code]} {work}{f'/{YEAR}' if work[-1].isdigit() else ''}.", DECIMAL_LIST, 0)
        for code, work in ITEMS
    ]
    return numbered(*head, *items, "TRƯỞNG BAN", "Nguyễn Văn A")


@pytest.fixture(scope="module")
def office(served_app):
    aside(lambda: arrange(served_app))
    return served_app


def arrange(app):
    with (
        app.app_context(),
        Session(db.engine, expire_on_commit=False) as session,
        factories.bound_to(session),
    ):
        committee = factories.CommitteeFactory(code="CCHC", name="Ban Chỉ đạo CCHC xã An Phú")
        for code, name in UNITS.items():
            factories.UnitFactory(code=code, name=name, kind=UnitKind.DEPARTMENT)
        digest = PasswordHasher(time_cost=1, memory_cost=256, parallelism=1).hash(PASSWORD)
        person = factories.PersonFactory(
            email="thuky@xa.example", name="Lê Thu Hằng", password_hash=digest
        )
        factories.PostFactory(person=person, role=Role.SECRETARIAT, committee_id=committee.id)
        session.commit()


class Keyboard:
    """A page's keyboard that counts."""

    def __init__(self, page):
        self.page, self.strokes = page, 0

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)
            self.strokes += 1

    def sent(self, *keys):
        """Press keys of which the last one sends the page and loads another."""
        with self.page.expect_navigation():
            self.press(*keys)


def test_two_pages_become_twelve_tasks_by_keyboard_alone(page, site, office, pictures):
    enter(page, site)
    keep(page, pictures, "review-1200")
    for theme in ("light", "dark"):
        page.evaluate("theme => document.documentElement.dataset.bsTheme = theme", theme)
        found = Axe().run(page).response["violations"]
        assert [(item["id"], item["nodes"][0]["html"]) for item in found] == [], theme
    keyboard = Keyboard(page)
    see_keys_and_marks(page, keyboard)
    keyboard.strokes = 0

    for _doubtful in range(2):
        expect(page.locator(":focus")).to_have_attribute("name", re.compile("-said$"))
        keyboard.press("C", "h")
        keyboard.sent("Control+Enter")
    keyboard.sent("Enter")
    expect(page.locator("#number")).to_be_focused()
    keyboard.sent("Enter")
    keyboard.sent("Enter")

    expect(page.get_by_role("status")).to_contain_text("Đã giao 12 nhiệm vụ")
    assert keyboard.strokes <= 10
    assert aside(lambda: tasks_of(office)) == sorted(expected())


def enter(page, site):
    sign_in(page, site, "thuky", {"width": 1200, "height": 900})
    page.goto(f"{site}/conclusions/new")
    page.locator("[name=meeting_title]").fill("Phiên họp thường kỳ")
    page.locator("[name=held_on]").fill(f"02/01/{clock.today().year}")
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    page.locator("[name=file]").set_input_files(
        {"name": "thong-bao.docx", "mimeType": word, "buffer": the_notice()}
    )
    page.get_by_role("button", name="Đọc văn bản").click()
    expect(page).to_have_url(re.compile("/review"))


def see_keys_and_marks(page, keyboard):
    """Walk: the clause in hand is marked, a field shows words and rule, a line opens, drafts."""
    keyboard.press("Escape")
    expect(page.locator(".clause.here")).to_contain_text("11")
    keyboard.press("j", "j", "j", "Enter")
    opened = page.locator("tr article")
    expect(opened.locator("textarea").first).to_be_focused()
    opened.locator("[name$=-lead]").focus()
    expect(page.locator(".notice .on").first).to_be_visible()
    expect(opened.locator(".how").locator("visible=true").first).to_contain_text("Mức đọc")
    page.keyboard.type("; ")
    expect(opened.locator("[data-saved]")).to_contain_text("Đã lưu lúc")
    page.reload()
    keyboard.press("Escape", "?")
    expect(page.locator("dialog")).to_be_visible()
    keyboard.press("Escape")
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.set_viewport_size({"width": 1200, "height": 900})
    page.reload()


def tasks_of(app):
    with app.app_context(), Session(db.engine) as session:
        tasks = session.scalars(sa.select(Task)).all()
        return sorted((task.lead_unit.code, f"{task.due_on or ''}") for task in tasks)


def expected():
    for code, work in ITEMS:
        day, _slash, month = work[-5:].partition("/")
        yield code, f"{YEAR}-{month}-{day}" if month.isdigit() else ""
