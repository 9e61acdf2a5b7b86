"""Thanh Bình, 01/03/2024: State and Party leaders both conclude; helpers decide nothing."""

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
from tracker.conclusions.rules import Attendance
from tracker.permissions import Role
from tracker.units.rules import UnitKind

SECRETARY_OF_PARTY, CHAIRMAN = "Cao Thanh Xuân", "Võ Thành Ngoan"
RANK = "hạng 6/12"
MEASURES = "sẽ tập trung thực hiện"
DEMANDS = "Lãnh đạo Huyện uỷ - UBND huyện đề nghị"
EVERYBODY = "các phòng chuyên môn; UBND các xã"


@pytest.fixture
def district(app, session):
    return ThanhBinh(Office(app, session))


class ThanhBinh:
    def __init__(self, office):
        self.office = office
        self.district = office.unit("TB", "UBND huyện Thanh Bình", UnitKind.DISTRICT)
        below = {"parent": self.district}
        self.home_affairs = office.unit("PNV", "Phòng Nội vụ", **below)
        self.culture = office.unit("PVH", "Phòng Văn hóa và Thông tin", **below)
        self.commune = office.unit("TM", "UBND xã Tân Mỹ", UnitKind.COMMUNE, **below)
        self.helpers = office.unit("TGV", "Tổ giúp việc CCHC", UnitKind.OTHER, **below)
        self.committee = office.committee(
            "BCD", "Ban Chỉ đạo Cải cách hành chính và Chuyển đổi số", self.home_affairs
        )
        inside = {"committees": [self.committee]}
        self.secretary = office.hire("Lê Thị Thư", Role.SECRETARIAT, **inside)
        self.chair = office.hire(CHAIRMAN, Role.CHAIRPERSON, **inside)
        self.adviser = office.hire("Phan Văn Giúp", Role.ADVISER, **inside)
        self.commune_head = office.hire("Ngô Văn Xã", Role.UNIT_HEAD, unit=self.commune)


def test_state_and_party_leaders_both_conclude(district, shared):
    review = enter_the_conclusion(district, seed(shared, "004"))
    the_rank_is_a_target_of_the_chairman(district, review)
    the_party_secretary_concludes_the_demands(district, review)
    each_task_names_the_leader_who_concluded(district, review)
    the_results_are_percentages(district)
    components_without_a_plan_are_listed(district)
    the_helper_team_reads_and_decides_nothing(district, review)


def enter_the_conclusion(district, text):
    with on("05/03/2024"):
        review = enter_conclusion(
            district.office,
            district.secretary,
            text=text,
            committees=[district.committee],
            kind="session",
            meeting_title="Phiên họp quý I/2024",
            held_on="01/03/2024",
            place="Hội trường Huyện ủy",
            concluding=f"{SECRETARY_OF_PARTY} – Bí thư Huyện uỷ\n"
            f"{CHAIRMAN} – Chủ tịch UBND huyện, Trưởng Ban Chỉ đạo",
        )
        capacities = {one.name: one.attendance for one in review.notice.meeting.participants}
        assert capacities == {
            SECRETARY_OF_PARTY: Attendance.PARTY_LEADER,
            CHAIRMAN: Attendance.STATE_LEADER,
        }
        review.confirm_clear()
        left = {clause.id for clause in review.clauses if clause.verdict == "open"}
        assert left == {review.clause(RANK).id, review.clause(DEMANDS).id}
    return review


def the_rank_is_a_target_of_the_chairman(district, review):
    with on("05/03/2024"):
        review.decide(
            RANK,
            "target",
            concluded_by=CHAIRMAN,
            parts=[
                {
                    "title": "Thứ hạng chỉ số chuyển đổi số (DTI) cấp huyện",
                    "target_value": RANK,
                    "lead": district.district.name,
                    "due": "31/12/2024",
                    "said": "",
                }
            ],
        )
        skills, models = pieces(
            review.clause(MEASURES).text + " Hết",
            "Đẩy mạnh công tác",
            "Phát triển các mô hình",
            "Hết",
        )
        review.decide(
            MEASURES,
            concluded_by=CHAIRMAN,
            parts=[
                {"title": skills, "lead": district.culture.name, "said": "standing"},
                {"title": models, "lead": district.culture.name, "said": "awaiting"},
            ],
        )


def the_party_secretary_concludes_the_demands(district, review):
    with on("06/03/2024"):
        review.again()
        focus, plans, together, helpers = pieces(
            review.clause(DEMANDS).text + " Hết",
            "cần tập trung thực hiện",
            "việc thực hiện các chỉ tiêu",
            "phối hợp các đơn vị",
            "Tổ giúp việc CCHC",
            "Hết",
        )
        review.decide(
            DEMANDS,
            concluded_by=SECRETARY_OF_PARTY,
            parts=[
                {"title": focus, "lead": EVERYBODY, "coordinate": "", "said": "standing"},
                {
                    "title": plans,
                    "lead": EVERYBODY,
                    "said": "leader",
                    "due": "30/04/2024",
                    "reference": "Ý kiến của Bí thư Huyện uỷ ngày 06/03/2024",
                    "product": "Kế hoạch chi tiết của từng chỉ tiêu thành phần",
                },
                {"title": together, "lead": EVERYBODY, "said": "standing"},
                {"title": helpers, "lead": district.helpers.name, "said": "standing"},
            ],
        )
        review.sign("15/TB-BCĐ", "06/03/2024", CHAIRMAN)
        assert review.assign().address == review.notice_page


def each_task_names_the_leader_who_concluded(district, review):
    office = district.office
    tasks = office.tasks()
    assert len(tasks) == 2 + 3 * 3 + 1
    leaders = {task.leader: task.clause_id for task in tasks}
    assert leaders == {
        CHAIRMAN: review.clause(MEASURES).id,
        SECRETARY_OF_PARTY: review.clause(DEMANDS).id,
    }
    (target,) = office.indicator("DTI").targets
    assert (target.value, target.ranked, target.unit_id) == (6, 12, district.district.id)
    with on("07/03/2024"):
        secretary = office.sign_in(district.secretary)
        page = secretary.open(review.notice_page)
        assert SECRETARY_OF_PARTY in page.part(f"clause-{review.clause(DEMANDS).id}")
        assert CHAIRMAN in page.part(f"clause-{review.clause(RANK).id}")
        task = office.task("chỉ tiêu thành phần", district.commune)
        page = office.sign_in(district.commune_head).open(f"/tasks/{task.id}")
        assert f"{SECRETARY_OF_PARTY}, Bí thư Huyện uỷ" in page.words


def the_results_are_percentages(district):
    office = district.office
    with on("07/03/2024"):
        secretary = office.sign_in(district.secretary)
        for code, index in (("PAR-2023", "PAR Index"), ("SIPAS-2023", "SIPAS")):
            secretary.send(
                secretary.open("/criteria/new"),
                code=code,
                index=index,
                year="2023",
                level="district",
                scale="100",
            )
        percent = {"measure": "percent"}
        par, sipas = office.edition("PAR-2023"), office.edition("SIPAS-2023")
        publish(secretary, par, district.district, value="80,37", **percent)
        page = publish(secretary, sipas, district.district, value="95,12", change="6,24", **percent)
        assert "SIPAS 2023: 95,12 % · +6,24 so với năm trước · PAR Index: 80,37 %" in page.words


def components_without_a_plan_are_listed(district):
    office = district.office
    with on("08/03/2024"):
        secretary = office.sign_in(district.secretary)
        take_in(
            secretary,
            "/criteria/import",
            "edition | year | index | level | scale | code | name | max_points",
            "PAR-2023 | 2023 | PAR Index | district | 100 | 1 | Chỉ đạo, điều hành | 40",
            "PAR-2023 | 2023 | PAR Index | district | 100 | 2 | Thủ tục hành chính | 60",
        )
        take_in(
            secretary,
            "/scores/import",
            "edition | unit | code | final_score",
            "PAR-2023 | TB | 1 | 35",
            "PAR-2023 | TB | 2 | 45,37",
        )
        plan_remedy(
            secretary,
            office.score("PAR-2023", "1"),
            cause_class="late",
            solution="Kế hoạch chi tiết",
            owner_unit_id=str(district.home_affairs.id),
            expected_points="5",
            due_on="30/06/2024",
        )
        edition = office.edition("PAR-2023")
        page = secretary.open(f"/scores/criteria?edition={edition.id}&show=open")
        without = page.links("/scores/")
        assert f"/scores/{office.score('PAR-2023', '2').id}/remediation" in without
        assert f"/scores/{office.score('PAR-2023', '1').id}/remediation" not in without


def the_helper_team_reads_and_decides_nothing(district, review):
    office = district.office
    task = office.task("chỉ tiêu thành phần", district.commune)
    with on("11/03/2024"):
        head = office.sign_in(district.commune_head)
        page = head.open(f"/tasks/{task.id}/hand-in")
        head.send(page, result="Kế hoạch chi tiết của xã", document_number="4/KH-UBND")
        adviser = office.sign_in(district.adviser)
        page = adviser.open(f"/tasks/{task.id}")
        assert "Kế hoạch chi tiết của xã" in page.words
        assert {link for link in page.links("/tasks/") if f"/{task.id}/" in link} == set()
        assert "15/TB-BCĐ" in adviser.open(review.notice_page).words
        for act in ("decision", "deadline", "departure", "leader-decision", "text", "hand-in"):
            adviser.open(f"/tasks/{task.id}/{act}", status=403)
        adviser.open("/conclusions/new", status=403)
        adviser.open("/criteria/new", status=403)
