"""Kiến Tường, 18/03/2024: a joint session of two committees; one order to all, without a date."""

import pytest
import sqlalchemy as sa

from tests.acceptance.office import (
    Office,
    enter_conclusion,
    on,
    plan_remedy,
    publish,
    seed,
    take_in,
)
from tracker.outbox import OutboxMessage
from tracker.permissions import Role
from tracker.tasks.rules import TimeKind
from tracker.units.rules import UnitKind

ORDER = "Kết luận hội nghị"
ACCOUNT = "Hoàn thành 30/30"
PLAN = "kế hoạch khắc phục"
GROUPS = (
    # code, group, maximum, points reached, points expected back, cause, unit that answers
    ("1", "Lãnh đạo, điều hành", "9,5", "7,25", "1,25", "late", "VP"),
    ("2", "Văn bản quy phạm pháp luật", "5", "3,5", "1", "wrong_form", "VP"),
    ("3", "Thủ tục hành chính", "14", "10", "2,5", "late", "VP"),
    ("4", "Tổ chức bộ máy", "6,5", "5,5", "0,5", "no_evidence", "PNV"),
    ("5", "Chế độ công vụ", "10", "7,38", "1,5", "not_done", "PNV"),
    ("6", "Tài chính công", "10", "6", "3", "no_evidence", "PTC"),
    ("7", "Chính quyền điện tử, chính quyền số", "15", "9", "4", "not_done", "PVH"),
    ("8", "Tác động đến phát triển KT-XH", "30", "25", "2", "survey", "PTC"),
)


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

    def unit(self, code):
        (unit,) = (one for one in self.addressed if one.code == code)
        return unit


def test_an_order_to_all_without_a_date_and_the_points_lost(town, shared):
    review = enter_the_conclusion(town, seed(shared, "000"))
    the_order_is_not_assigned_before_its_time_is_settled(review)
    every_addressed_unit_has_one_task_and_one_mail(town, review)
    a_proposed_date_makes_nobody_overdue(town)
    a_letter_dates_the_task_of(town, *town.addressed)
    the_finance_office_hands_in_its_plan(town)
    the_chairperson_sees_who_has_no_plan(town)
    the_results_of_2023_are_published(town)
    every_group_gets_a_remedy(town)
    what_is_lost_is_split_into_covered_and_without_plan(town)
    the_plan_of_2023_was_done_in_full(town)


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
        assert review.confirm_clear() == len(review.clauses) - 2
        review.decide(ACCOUNT, "no_task", reason="Kết quả thực hiện kế hoạch năm 2023")
    return review


def the_order_is_not_assigned_before_its_time_is_settled(review):
    order = review.clause(ORDER)
    with on("22/03/2024"):
        review.again()
        review.sign("45/TB-BCĐ", "22/03/2024", "Nguyễn Văn Vũ")
        refused = review.assign(status=409)
        unconfirmed = refused.part("refused").partition("chưa xác nhận:")[2]
        assert f"đoạn {order.position}" in unconfirmed

        review.decide(ORDER, parts=[{"said": ""}])
        refused = review.assign(status=409)
        assert f"chưa xác định thời hạn: đoạn {order.position}" in refused.part("refused")

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
        secretary = office.sign_in(town.secretary)
        page = secretary.open(review.notice_page)
        assert "0/6 đơn vị đã hoàn thành" in page.part(f"clause-{review.clause(ORDER).id}")
        group = secretary.open(page.link("/tasks?group="))
        assert group.links("/tasks/") == {f"/tasks/{task.id}" for task in tasks}


def a_proposed_date_makes_nobody_overdue(town):
    with on("10/05/2024"):
        page = town.office.sign_in(town.chair).open("/overdue")
        assert page.links("/tasks/") == set()
        assert "6 việc chưa có hạn" in page.words


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


def the_results_of_2023_are_published(town):
    with on("21/05/2024"):
        secretary = town.office.sign_in(town.secretary)
        take_in(
            secretary,
            "/criteria/import",
            "edition | year | index | level | scale | code | name | max_points",
            *(
                f"PAR-2023 | 2023 | PAR Index | district | 100 | {code} | {group} | {most}"
                for code, group, most, *_rest in GROUPS
            ),
        )
        take_in(
            secretary,
            "/scores/import",
            "edition | unit | code | final_score",
            *(f"PAR-2023 | KT | {group[0]} | {group[3]}" for group in GROUPS),
        )
        for code, index, scale in (("PAR-2022", "PAR Index", "100"), ("DTI-2023", "DTI", "600")):
            secretary.send(
                secretary.open("/criteria/new"),
                code=code,
                index=index,
                year=code[-4:],
                level="district",
                scale=scale,
            )
        publish(secretary, town.office.edition("PAR-2022"), town.town, value="77,93")
        par, digital = town.office.edition("PAR-2023"), town.office.edition("DTI-2023")
        page = publish(
            secretary, par, town.town, value="73,63", change="-4,3", rank="11", ranked="15"
        )
        assert "73,63/100, hạng 11/15 · −4,30 so với 2022 (77,93)" in page.words
        assert "Chưa có kế hoạch 26,37" in page.words
        page = publish(secretary, digital, town.town, value="409,66")
        assert "409,66/600" in page.words


def every_group_gets_a_remedy(town):
    office = town.office
    task = office.task(PLAN, town.home_affairs)
    with on("22/05/2024"):
        secretary = office.sign_in(town.secretary)
        for code, group, _most, _reached, expected, cause, unit in GROUPS:
            plan_remedy(
                secretary,
                office.score("PAR-2023", code),
                cause_class=cause,
                solution=f"Bổ sung tài liệu kiểm chứng: {group}",
                owner_unit_id=str(town.unit(unit).id),
                expected_points=expected,
                due_on="30/09/2024",
                task_ids=[str(task.id)] if unit == "PNV" else [],
            )
        head = office.sign_in(town.finance_head)
        address = f"/scores/{office.score('PAR-2023', '6').id}/remediation"
        head.send(
            head.open(address),
            f"{address}/progress",
            text="Đã tập hợp tài liệu",
            percent="50",
            files=[("files", "tai-lieu.txt", "Danh mục".encode())],
        )


def what_is_lost_is_split_into_covered_and_without_plan(town):
    with on("23/05/2024"):
        chair = town.office.sign_in(town.chair)
        page = chair.open(f"/scores/account/{town.office.edition('PAR-2023').id}/{town.town.id}")
        assert "mất 26,37 điểm, đã có kế hoạch cho 15,75" in page.words
        assert "Chưa có kế hoạch 10,62" in page.words
        for _code, group, *_rest in GROUPS:
            assert group in page.words
        remediations = page.links("/scores/") & {
            f"/scores/{town.office.score('PAR-2023', group[0]).id}/remediation" for group in GROUPS
        }
        assert len(remediations) == len(GROUPS)
        task = town.office.task(PLAN, town.home_affairs)
        serves = chair.open(f"/tasks/{task.id}").links("/scores/")
        assert len(serves & remediations) == 2


def the_plan_of_2023_was_done_in_full(town):
    with on("24/05/2024"):
        units = [unit.code for unit in town.addressed]
        said = town.office.take_over_tasks(
            "code | committee | title | lead_unit | assigned_on | due_on | accepted_on",
            *(
                f"KH23-{n:02} | CCHC | Nhiệm vụ {n} của kế hoạch năm 2023 | {units[n % 6]}"
                " | 16/01/2023 | 15/12/2023 | 08/12/2023"
                for n in range(30)
            ),
        )
        assert said.startswith("30 tasks added")
        page = town.office.sign_in(town.chair).open("/reports?as_of=31/12/2023")
        assert "Đã hoàn thành 30/30 (100,0 %)" in page.words.replace("\N{NO-BREAK SPACE}", " ")
