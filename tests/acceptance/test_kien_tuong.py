"""Kiến Tường, 18/03/2024: a joint session of two committees; one order to all, without a date."""

import pytest
import sqlalchemy as sa

from tests.acceptance.office import Office, enter_conclusion, on, seed
from tracker.outbox import OutboxMessage
from tracker.permissions import Role
from tracker.tasks.rules import TimeKind
from tracker.units.rules import UnitKind

ORDER = "Kết luận hội nghị"
PLAN = "kế hoạch khắc phục"


@pytest.fixture
def town(app, session):
    return KienTuong(Office(app, session))


class KienTuong:
    def __init__(self, office):
        self.office = office
        self.town = office.unit("KT", "UBND thị xã Kiến Tường", UnitKind.DISTRICT)
        below = {"parent": self.town}
        self.home_affairs = office.unit("PNV", "Phòng Nội vụ", **below)
        self.finance = office.unit("PTC", "Phòng Tài chính – Kế hoạch", **below)
        self.culture = office.unit("PVH", "Phòng Văn hóa và Thông tin", **below)
        self.main_office = office.unit("VP", "Văn phòng HĐND và UBND", UnitKind.OFFICE, **below)
        self.ward = office.unit("P1", "UBND Phường 1", UnitKind.COMMUNE, **below)
        self.commune = office.unit("TT", "UBND xã Tuyên Thạnh", UnitKind.COMMUNE, **below)
        office.unit("CCT", "Chi cục Thuế khu vực", UnitKind.SECTOR, **below)
        self.par = office.committee("CCHC", "Ban Chỉ đạo cải cách hành chính", self.home_affairs)
        self.digital = office.committee("CDS", "Ban Chỉ đạo chuyển đổi số", self.culture)
        self.addressed = [
            self.home_affairs,
            self.finance,
            self.culture,
            self.main_office,
            self.ward,
            self.commune,
        ]
        both = {"committees": [self.par, self.digital]}
        self.secretary = office.hire("Lê Thị Thư", Role.SECRETARIAT, **both)
        self.chair = office.hire("Nguyễn Văn Vũ", Role.CHAIRPERSON, **both)
        self.ward_head = office.hire("Trần Văn Phường", Role.UNIT_HEAD, unit=self.ward)
        self.finance_head = office.hire("Phạm Thị Tài", Role.UNIT_HEAD, unit=self.finance)


def test_an_order_to_all_without_a_date_and_the_points_lost(town, shared):
    review = enter_the_conclusion(town, seed(shared, "000"))
    the_order_is_not_assigned_before_its_time_is_settled(review)
    every_addressed_unit_has_one_task_and_one_mail(town, review)
    a_proposed_date_makes_nobody_overdue(town)
    a_letter_dates_the_task_of(town, *town.addressed)
    the_finance_office_hands_in_its_plan(town)
    the_chairperson_sees_who_has_no_plan(town)


def enter_the_conclusion(town, text):
    with on("20/03/2024"):
        review = enter_conclusion(
            town.office,
            town.secretary,
            text=text,
            committees=[town.par, town.digital],
            kind="session",
            meeting_title="Phiên họp quý I/2024 của hai Ban Chỉ đạo",
            held_on="18/03/2024",
            concluding="Nguyễn Văn Vũ – Chủ tịch UBND thị xã",
        )
        assert review.notice.text == text
        assert review.notice.meeting.committees == [town.par, town.digital]
        assert "6 đơn vị, mỗi đơn vị một nhiệm vụ" in review.open(review.clause(ORDER)).words
        assert review.confirm_clear() == len(review.clauses) - 1
    return review


def the_order_is_not_assigned_before_its_time_is_settled(review):
    order = review.clause(ORDER)
    with on("22/03/2024"):
        review.again()
        review.sign("45/TB-BCĐ", "22/03/2024", "Nguyễn Văn Vũ")
        refused = review.assign(status=409)
        assert f"đoạn {order.position}: chưa xác nhận" in refused.part("refused")

        review.decide(ORDER, parts=[{"said": ""}])
        refused = review.assign(status=409)
        assert f"đoạn {order.position}: chưa xác định thời hạn" in refused.part("refused")

        review.decide(ORDER, parts=[{"said": "", "due": "30/04/2024"}])

        review.decide(ORDER, parts=[{"said": "proposed", "due": "30/04/2024"}])
        assert review.assign().address == review.notice_page


def every_addressed_unit_has_one_task_and_one_mail(town, review):
    office = town.office
    tasks = office.tasks()
    assert [task.lead_unit for task in tasks] == town.addressed
    assert {task.clause_id for task in tasks} == {review.clause(ORDER).id}
    assert {task.time for task in tasks} == {TimeKind.PROPOSED}
    assert {task.leader for task in tasks} == {"Nguyễn Văn Vũ"}
    mails = office.rows(sa.select(OutboxMessage))
    assert len({mail.recipient for mail in mails}) == len(mails) == len(town.addressed)
    with on("25/03/2024"):
        head = office.sign_in(town.ward_head)
        mine = head.open("/my-work").links("/tasks/")
        own = f"/tasks/{office.task(PLAN, town.ward).id}"
        assert own in mine
        assert f"/tasks/{office.task(PLAN, town.finance).id}" not in mine
        head.open(f"/tasks/{office.task(PLAN, town.finance).id}", status=404)
        assert review.notice_page in head.open(own).links("/conclusions/")
        page = office.sign_in(town.secretary).open(review.notice_page)
        assert {f"/tasks/{task.id}" for task in tasks} <= page.links("/tasks/")


def a_proposed_date_makes_nobody_overdue(town):
    with on("10/05/2024"):
        page = town.office.sign_in(town.chair).open("/overdue")
        assert page.links("/tasks/") == set()
        assert "6 nhiệm vụ chưa có thời hạn" in page.words


def a_letter_dates_the_task_of(town, *units):
    with on("10/05/2024"):
        secretary = town.office.sign_in(town.secretary)
        for unit in units:
            page = secretary.open(f"/tasks/{town.office.task(PLAN, unit).id}/deadline")
            secretary.send(
                page,
                time="dated",
                due_on="15/05/2024",
                basis="letter",
                reference="12/UBND-NV ngày 10/05/2024",
                reason="Ấn định thời hạn bằng công văn",
            )


def the_finance_office_hands_in_its_plan(town):
    address = f"/tasks/{town.office.task(PLAN, town.finance).id}"
    with on("14/05/2024"):
        head = town.office.sign_in(town.finance_head)
        page = head.open(f"{address}/hand-in")
        head.send(page, result="Kế hoạch khắc phục", document_number="8/KH-TCKH")
    with on("15/05/2024"):
        secretary = town.office.sign_in(town.secretary)
        page = secretary.open(f"{address}/decision")
        secretary.send(page, button=("verdict", "accepted"))


def the_chairperson_sees_who_has_no_plan(town):
    with on("20/05/2024"):
        page = town.office.sign_in(town.chair).open("/overdue")
    assert "5/6 đơn vị chưa hoàn thành" in page.words
    late = {f"/tasks/{town.office.task(PLAN, u).id}" for u in town.addressed if u != town.finance}
    assert page.links("/tasks/") == late
