"""Thạch Hà, 09/03/2023: two products with one lead; criteria not met become key tasks."""

import pytest

from tests.acceptance.office import (
    Office,
    enter_conclusion,
    on,
    pieces,
    plan_remedy,
    publish,
    seed,
    take_in,
)
from tracker.permissions import Role
from tracker.units.rules import UnitKind

MENDING = "khẩn trương rà soát, xây dựng kế hoạch"
STANDING_BODY = "Giao phòng Nội vụ"
PASSING_ON = "giao nhiệm vụ cho từng bộ phận"
EVERYBODY = "các phòng chuyên môn; UBND các xã, thị trấn"
FIELDS = (
    # code, field, maximum, points of 2022, rank where the source names one
    ("1", "Chỉ đạo, điều hành", "10", "10", ""),
    ("2", "Cải cách thể chế", "10", "10", "1"),
    ("3", "Cải cách thủ tục hành chính", "15", "15", "1"),
    ("4", "Cải cách tổ chức bộ máy", "10", "10", "1"),
    ("5", "Cải cách chế độ công vụ", "15", "13", ""),
    ("6", "Cải cách tài chính công", "10", "8,5", ""),
    ("7", "Chính quyền điện tử, chính quyền số", "10", "10", ""),
    ("8", "Điều tra xã hội học", "10", "10", ""),
    ("9", "Tác động đến phát triển KT-XH", "10", "10", ""),
)
NOT_MET = {"5": "PNV", "6": "PTC"}


@pytest.fixture
def district(app, session):
    return ThachHa(Office(app, session))


class ThachHa:
    def __init__(self, office):
        self.office = office
        self.district = office.unit("TH", "UBND huyện Thạch Hà", UnitKind.DISTRICT)
        below = {"parent": self.district}
        self.home_affairs = office.unit("PNV", "Phòng Nội vụ", **below)
        self.finance = office.unit("PTC", "Phòng Tài chính – Kế hoạch", **below)
        self.town = office.unit("TT", "UBND thị trấn Thạch Hà", UnitKind.COMMUNE, **below)
        self.commune = office.unit("TĐ", "UBND xã Thạch Đài", UnitKind.COMMUNE, **below)
        self.units = [self.home_affairs, self.finance, self.town, self.commune]
        self.committee = office.committee(
            "CCHC", "Ban Chỉ đạo cải cách hành chính huyện", self.home_affairs
        )
        inside = {"committees": [self.committee]}
        self.secretary = office.hire(
            "Bùi Thị Thư", Role.SECRETARIAT, unit=self.home_affairs, **inside
        )
        self.chair = office.hire("Nguyễn Văn Khoa", Role.CHAIRPERSON, **inside)
        self.admin = office.hire("Quản trị", Role.ADMIN)
        self.home_head = office.hire("Trần Thị Nội", Role.UNIT_HEAD, unit=self.home_affairs)
        self.town_head = office.hire("Lê Văn Trấn", Role.UNIT_HEAD, unit=self.town)
        self.town_officer = office.hire("Mai Thị Phận", Role.OFFICER, unit=self.town)


def test_two_products_with_one_lead_and_key_tasks_for_what_was_not_met(district, shared):
    review = enter_the_conclusion(district, seed(shared, "002"))
    the_orders_become_key_tasks_and_two_products(district, review)
    the_results_of_2022_are_ranked_field_by_field(district)
    every_criterion_not_met_has_a_remedy_with_its_key_task(district)
    a_unit_passes_its_work_on(district)
    the_standing_body_does_not_accept_its_own_work(district)
    members_answer_for_fields(district)


def enter_the_conclusion(district, text):
    with on("10/03/2023"):
        review = enter_conclusion(
            district.office,
            district.secretary,
            text=text,
            committees=[district.committee],
            kind="conference",
            meeting_title="Hội nghị triển khai kế hoạch cải cách hành chính năm 2023",
            held_on="09/03/2023",
            concluding="Nguyễn Văn Khoa – Phó Bí thư Huyện uỷ, Chủ tịch UBND huyện",
        )
        review.confirm_clear()
        left = {clause.id for clause in review.clauses if clause.verdict == "open"}
        assert left == {review.clause(a).id for a in (MENDING, STANDING_BODY, PASSING_ON)}
    return review


def the_orders_become_key_tasks_and_two_products(district, review):
    office = district.office
    letter = {"said": "letter", "due": "30/06/2023", "reference": "90/UBND-NV ngày 13/03/2023"}
    with on("13/03/2023"):
        review.again()
        (mending,) = pieces(review.notice.text, MENDING, "Căn cứ kế hoạch năm 2023")
        review.decide(
            MENDING, parts=[{"title": mending, "lead": EVERYBODY, "star": True, **letter}]
        )
        fields, order = pieces(
            review.clause(STANDING_BODY).text + " Hết", "triển khai kịp thời", "Giao phòng", "Hết"
        )
        rules, members = pieces(order + " Hết", "tham mưu xây dựng", "phân công nhiệm vụ", "Hết")
        home = district.home_affairs.name
        review.decide(
            STANDING_BODY,
            parts=[
                {"title": fields, "lead": EVERYBODY, "said": "standing"},
                {"title": rules, "lead": home, "product": "Quy chế hoạt động", **letter},
                {"title": members, "lead": home, "product": "Bảng phân công", **letter},
            ],
        )
        review.decide(PASSING_ON, parts=[{"lead": EVERYBODY, "said": "without"}])
        review.sign("20/TB-UBND", "13/03/2023", "Nguyễn Văn Khoa")
        assert review.assign().address == review.notice_page
    assert len(office.tasks()) == 3 * len(district.units) + 2
    key = [task for task in office.tasks() if task.star]
    assert [task.lead_unit for task in key] == district.units
    rules = office.task("tham mưu xây dựng Quy chế", district.home_affairs)
    members = office.task("phân công nhiệm vụ cụ thể", district.home_affairs)
    assert rules.clause_id == members.clause_id
    assert [rules.product, members.product] == ["Quy chế hoạt động", "Bảng phân công"]


def the_results_of_2022_are_ranked_field_by_field(district):
    office = district.office
    with on("14/03/2023"):
        secretary = office.sign_in(district.secretary)
        take_in(
            secretary,
            "/criteria/import",
            "edition | year | index | level | scale | code | name | max_points",
            *(
                f"PAR-2022 | 2022 | PAR Index | district | 100 | {code} | {field} | {most}"
                for code, field, most, *_rest in FIELDS
            ),
        )
        take_in(
            secretary,
            "/scores/import",
            "edition | unit | code | final_score",
            *(f"PAR-2022 | TH | {row[0]} | {row[3]}" for row in FIELDS),
        )
        edition = office.edition("PAR-2022")
        block = {"ranked": "13", "block": "huyện, thành phố, thị xã"}
        for item, (_code, _field, _most, _reached, rank) in zip(
            edition.criteria, FIELDS, strict=True
        ):
            if rank:
                publish(
                    secretary,
                    edition,
                    district.district,
                    criterion_id=str(item.id),
                    value="",
                    rank=rank,
                    **block,
                )
        page = publish(
            secretary, edition, district.district, value="96,5", rank="2", rank_change="5", **block
        )
        assert "hạng 2/13 (huyện, thành phố, thị xã) · tăng 5 bậc" in page.words
        for _code, field, _most, _reached, rank in FIELDS:
            assert (f"{field} hạng 1/13" in page.words) is (rank == "1")


def every_criterion_not_met_has_a_remedy_with_its_key_task(district):
    office = district.office
    edition = office.edition("PAR-2022")
    open_list = f"/scores/criteria?edition={edition.id}&show=open"
    with on("15/03/2023"):
        secretary = office.sign_in(district.secretary)
        forms = {f"/scores/{office.score('PAR-2022', code).id}/remediation" for code in NOT_MET}
        assert secretary.open(open_list).links("/scores/") >= forms
        for code, unit in NOT_MET.items():
            score = office.score("PAR-2022", code)
            (lead,) = (one for one in district.units if one.code == unit)
            key_task = office.task("xây dựng kế hoạch", lead)
            plan_remedy(
                secretary,
                score,
                cause_class="not_done",
                solution="Kế hoạch khắc phục tiêu chí chưa đạt",
                owner_unit_id=str(lead.id),
                expected_points=f"{score.criterion.max_points - score.final_score}",
                due_on="30/06/2023",
                task_ids=[str(key_task.id)],
            )
            page = secretary.open(f"/scores/{score.id}/remediation")
            assert f"/tasks/{key_task.id}" in page.links("/tasks/")
        assert not secretary.open(open_list).links("/scores/") & forms


def the_standing_body_does_not_accept_its_own_work(district):
    office = district.office
    address = f"/tasks/{office.task('tham mưu xây dựng Quy chế', district.home_affairs).id}"
    with on("20/06/2023"):
        head = office.sign_in(district.home_head)
        page = head.open(f"{address}/hand-in")
        head.send(page, result="Quy chế hoạt động", document_number="55/QĐ-BCĐ")
        secretary = office.sign_in(district.secretary)
        assert f"{address}/decision" not in secretary.open(address).links("/tasks/")
        secretary.open(f"{address}/decision", status=403)
        chair = office.sign_in(district.chair)
        page = chair.open(f"{address}/decision")
        chair.send(page, button=("verdict", "accepted"))
    task = office.task("tham mưu xây dựng Quy chế", district.home_affairs)
    assert f"{task.accepted_on:%d/%m/%Y}" == "20/06/2023"


def members_answer_for_fields(district):
    with on("21/06/2023"):
        admin = district.office.sign_in(district.admin)
        committee = f"/committees/{district.committee.id}"
        page = admin.open(committee)
        fields = {
            "members-0-name": "Nguyễn Bá Hà",
            "members-0-title": "Phó Chủ tịch UBND huyện",
            "members-0-fields": FIELDS[2][1],
        }
        page = admin.send(page, f"{committee}/members", **fields)
        named = page.form(f"{committee}/members").fields
        assert {name: named[name] for name in fields} == fields


def a_unit_passes_its_work_on(district):
    office = district.office
    task = office.task("cho từng bộ phận", district.town)
    with on("15/03/2023"):
        officer = office.sign_in(district.town_officer)
        officer.open(f"/tasks/{task.id}", status=404)
        head = office.sign_in(district.town_head)
        page = head.open(f"/tasks/{task.id}/officer")
        head.send(page, officer=str(office.person(district.town_officer).id))
        assert f"/tasks/{task.id}" in officer.open("/my-work").links("/tasks/")
        page = officer.open(f"/tasks/{task.id}/progress")
        officer.send(page, text="Đã phân công trong bộ phận một cửa", percent="40")
        assert "Đã phân công trong bộ phận" in head.open(f"/tasks/{task.id}").words
