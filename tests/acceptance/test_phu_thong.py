"""Phủ Thông, 21/09/2022: conclusions from an inspection; every demand is accounted for."""

import pytest

from tests.acceptance.office import (
    Office,
    enter_conclusion,
    measure,
    on,
    pieces,
    seed,
    take_in,
)
from tracker.conclusions.rules import SourceKind
from tracker.permissions import Role
from tracker.tasks.rules import TimeKind
from tracker.units.rules import UnitKind

CONCLUSION = "Qua kiểm tra cho thấy"
FINDINGS = (
    "Qua kiểm tra cho thấy",
    "Tuy nhiên",
    "Thực hiện quy chế",
    "công chức chuyên môn được",
    "Công tác chỉ đạo",
    "Tại buổi làm việc",
)
DEMANDS = {
    # row of the domain: how the demand begins, what is said of its time
    "P8": ("tiếp thu, khắc phục", "awaiting"),
    "P9": ("Nâng cao vai", "standing"),
    "P10": ("Tăng cường công tác", "standing"),
    "P11": ("Nâng cao mức độ", "standing"),
    "P12": ("Lấy kết quả", "standing"),
    "P13": ("Thực hiện tốt kỷ cương", "standing"),
    "P14": ("luôn lắng nghe", "standing"),
    "P15": ("Phân công cán bộ", "leader"),
    "P16": ("Thực hiện tốt việc tiết kiệm", "standing"),
    "": ("Đối với công tác", ""),
    "P17": ("cần tiếp tục đẩy mạnh", "standing"),
    "P18": ("Thực hiện nâng cao", "without"),
}
MENDED_BY = {2: ("P8", "P11"), 3: ("P13",), 4: ("P15",), 5: ("P9", "P10")}


@pytest.fixture
def district(app, session):
    return BachThong(Office(app, session))


class BachThong:
    def __init__(self, office):
        self.office = office
        self.district = office.unit("BT", "UBND huyện Bạch Thông", UnitKind.DISTRICT)
        self.town = office.unit(
            "PT", "UBND thị trấn Phủ Thông", UnitKind.COMMUNE, parent=self.district
        )
        office.unit("QT", "UBND xã Quân Hà", UnitKind.COMMUNE, parent=self.district)
        self.committee = office.committee("CCHC", "Ban Chỉ đạo cải cách hành chính huyện")
        self.secretary = office.hire("Hà Thị Thư", Role.SECRETARIAT, committees=[self.committee])
        self.head = office.hire("Hoàng Văn Thị", Role.UNIT_HEAD, unit=self.town)
        self.officer = office.hire("Lý Thị Chuyên", Role.OFFICER, unit=self.town)


def test_an_inspection_whose_every_demand_is_accounted_for(district, shared):
    text = seed(shared, "001")
    review = upload_the_conclusion(district, text)
    record_the_findings(district, review, text)
    every_demand_becomes_a_task(district, review, text)
    the_findings_are_linked_to_the_tasks_that_mend_them(district, review)
    each_criterion_gets_its_officer(district)
    the_share_of_files_handled_online_is_measured(district)


def upload_the_conclusion(district, text):
    with on("22/09/2022"):
        review = enter_conclusion(
            district.office,
            district.secretary,
            text=text,
            as_file="ket-luan-kiem-tra.txt",
            committees=[district.committee],
            kind="inspection",
            meeting_title="Kiểm tra cải cách hành chính tại thị trấn Phủ Thông",
            held_on="21/09/2022",
            inspected_unit=str(district.town.id),
            concluding="Nguyễn Duy Luân – Uỷ viên BTV Huyện uỷ, Phó Chủ tịch UBND huyện",
        )
        meeting = review.notice.meeting
        assert meeting.kind is SourceKind.INSPECTION
        assert meeting.inspected_unit == district.town
        assert "ket-luan-kiem-tra.txt" in review.secretary.open(review.notice_page).words
        review.confirm_clear()
        assert [clause for clause in review.clauses if clause.verdict == "open"] == [
            review.clause(CONCLUSION)
        ]
    return review


def record_the_findings(district, review, text):
    secretary, meeting = review.secretary, f"/conclusions/meetings/{review.notice.meeting_id}"
    with on("22/09/2022"):
        page = secretary.open(meeting)
        page = secretary.send(
            page,
            f"{meeting}/participants",
            **{"person-name": "Đoàn công tác của huyện", "person-attendance": "team"},
        )
        for number, found in enumerate(pieces(text, *FINDINGS)):
            typed = {"finding-text": found, "finding-good": number == 0}
            page = secretary.send(page, f"{meeting}/findings", **typed)
    assert [finding.good for finding in review.notice.meeting.findings] == [True, *[False] * 4]


def every_demand_becomes_a_task(district, review, text):
    beginnings = [beginning for beginning, _said in DEMANDS.values()]
    titles = dict(zip(DEMANDS, pieces(text, *beginnings, "Thanh Tuyền"), strict=True))
    parts = [
        {"title": titles[row], "lead": district.town.name, "said": said, "star": row == "P12"}
        for row, (_beginning, said) in DEMANDS.items()
        if row
    ]
    with on("28/09/2022"):
        review.again()
        review.decide(CONCLUSION, parts=parts)
        review.sign("120/TB-UBND", "28/09/2022", "Nguyễn Duy Luân")
        refused = review.assign(status=409)
        assert "chưa xác định thời hạn" in refused.part("refused")

        (dated,) = (part for part in parts if part["said"] == "leader")
        dated |= {"due": "15/10/2022", "reference": "Ý kiến của Phó Chủ tịch ngày 28/09/2022"}
        review.decide(CONCLUSION, parts=parts)
        assert review.assign().address == review.notice_page
    tasks = {row: district.office.task(titles[row], district.town) for row in DEMANDS if row}
    assert len(tasks) == len(district.office.tasks()) == 11
    assert {task.clause_id for task in tasks.values()} == {review.clause(CONCLUSION).id}
    assert tasks["P8"].time is TimeKind.AWAITING
    assert f"{tasks['P15'].due_on:%d/%m/%Y}" == "15/10/2022"
    assert [row for row, task in tasks.items() if task.star] == ["P12"]
    district.tasks = tasks


def the_findings_are_linked_to_the_tasks_that_mend_them(district, review):
    meeting = f"/conclusions/meetings/{review.notice.meeting_id}"
    with on("29/09/2022"):
        secretary = district.office.sign_in(district.secretary)
        page = secretary.open(meeting)
        for finding in review.notice.meeting.findings:
            if finding.good:
                assert not page.has_form(f"{meeting}/findings/{finding.id}")
                continue
            mending = [str(district.tasks[row].id) for row in MENDED_BY[finding.number]]
            page = secretary.send(page, f"{meeting}/findings/{finding.id}", tasks=mending)
            for row in MENDED_BY[finding.number]:
                assert district.tasks[row].code in page.part(f"finding-{finding.id}")


def each_criterion_gets_its_officer(district):
    office = district.office
    with on("30/09/2022"):
        take_in(
            office.sign_in(district.secretary),
            "/criteria/import",
            "edition | year | index | level | scale | code | name | parent_code | max_points",
            "PAR-2022 | 2022 | PAR Index | commune | 10 | 1 | Chỉ đạo, điều hành | | 10",
            "PAR-2022 | 2022 | PAR Index | commune | 10 | 1.1 | Kế hoạch | 1 | 4",
            "PAR-2022 | 2022 | PAR Index | commune | 10 | 1.2 | Kiểm tra | 1 | 6",
        )
        edition = office.edition("PAR-2022")
        account = f"/scores/account/{edition.id}/{district.town.id}"
        head = office.sign_in(district.head)
        page = head.open(f"{account}/owners")
        leaves = [item for item in edition.criteria if item.parent_id]
        chosen = {f"owner-{item.id}": str(office.person(district.officer).id) for item in leaves}
        page = head.send(page, **chosen)
        assert "0 tiêu chí chưa có người phụ trách" in page.words
        named = page.form(f"{account}/owners").fields
        assert {name: named[name] for name in chosen} == chosen


def the_share_of_files_handled_online_is_measured(district):
    office = district.office
    with on("02/12/2022"):
        secretary = office.sign_in(district.secretary)
        secretary.send(
            secretary.open("/indicators/new"),
            name="Tỷ lệ hồ sơ xử lý trên môi trường mạng",
            measure="percent",
            value="90",
            due_on="31/12/2022",
            unit_id=str(district.town.id),
        )
        page = measure(
            office.sign_in(district.head),
            office.indicator("môi trường mạng"),
            ("01/10/2022", "60"),
            ("01/12/2022", "66,5"),
        )
        assert "gần nhất 66,50 % ngày 01/12/2022" in page.words
        assert "thiếu 20,3" in page.words
        assert page.has_chart()
