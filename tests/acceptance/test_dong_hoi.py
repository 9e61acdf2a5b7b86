"""Đồng Hới, 20/03/2024: the review of a year; two targets with a number, measured over time."""

from decimal import Decimal

import pytest

from tests.acceptance.office import (
    Office,
    enter_conclusion,
    measure,
    on,
    pieces,
    publish,
    seed,
    take_in,
)
from tracker.permissions import Role
from tracker.units.rules import UnitKind

CONCLUSION = "Phát biểu kết luận Hội nghị"
BEGINNINGS = (
    "cần tiếp tục duy trì",
    "Phấn đấu tỷ lệ thanh toán",
    "Thực hiện có hiệu quả các nhiệm vụ",
    "Đảm bảo tỷ lệ số hóa",
)
EVERYBODY = "các phòng chuyên môn; UBND các xã, phường"
FIELDS = (
    # code, field that the source praises, maximum, points of 2022 and of 2023
    ("1", "Chỉ đạo, điều hành", "20", "17.5", "19"),
    ("2", "Cải cách thủ tục hành chính", "30", "26.75", "28"),
    ("3", "Cải cách tài chính công", "20", "17.15", "17.99"),
    ("4", "Chính quyền điện tử, chính quyền số", "30", "25.5", "26"),
)


@pytest.fixture
def city(app, session):
    return DongHoi(Office(app, session))


class DongHoi:
    def __init__(self, office):
        self.office = office
        self.city = office.unit("DH", "UBND thành phố Đồng Hới", UnitKind.DISTRICT)
        below = {"parent": self.city}
        self.units = [
            office.unit("PNV", "Phòng Nội vụ", **below),
            office.unit("PTC", "Phòng Tài chính – Kế hoạch", **below),
            office.unit("HT", "UBND phường Hải Thành", UnitKind.COMMUNE, **below),
        ]
        self.committee = office.committee("CCHC", "Ban Chỉ đạo cải cách hành chính", self.units[0])
        inside = {"committees": [self.committee]}
        self.secretary = office.hire("Đỗ Thị Thư", Role.SECRETARIAT, **inside)
        self.chair = office.hire("Hoàng Ngọc Đan", Role.CHAIRPERSON, **inside)


def test_two_targets_with_a_number_and_the_results_of_a_year(city, shared):
    review = enter_the_conclusion(city, seed(shared, "003"))
    two_demands_are_tasks_and_two_are_targets(city, review)
    the_results_of_2023_are_kept_with_rank_and_gains(city)
    the_targets_are_measured_and_one_will_be_missed(city)


def enter_the_conclusion(city, text):
    with on("22/03/2024"):
        review = enter_conclusion(
            city.office,
            city.secretary,
            text=text,
            committees=[city.committee],
            kind="conference",
            meeting_title="Hội nghị tổng kết công tác cải cách hành chính năm 2023",
            held_on="20/03/2024",
            concluding="Hoàng Ngọc Đan – Phó Bí thư Thành ủy, Chủ tịch UBND thành phố",
        )
        review.confirm_clear()
        assert [clause for clause in review.clauses if clause.verdict == "open"] == [
            review.clause(CONCLUSION)
        ]
    return review


def two_demands_are_tasks_and_two_are_targets(city, review):
    with on("25/03/2024"):
        review.again()
        task, payment, digital, files = pieces(review.notice.text + " Hết", *BEGINNINGS, "Hết")
        due = {"due": "31/12/2024", "lead": EVERYBODY, "said": ""}
        review.decide(
            CONCLUSION,
            parts=[
                {"kind": "task", "title": task, "lead": EVERYBODY, "said": "standing"},
                {"kind": "target", "title": payment, "target_value": "≥ 50 %", **due},
                {"kind": "target", "title": files, "target_value": "≥ 80 %", **due},
                {"kind": "task", "title": digital, "lead": EVERYBODY, "said": "without"},
            ],
        )
        review.sign("31/TB-UBND", "25/03/2024", "Hoàng Ngọc Đan")
        page = review.assign()
        assert page.address == review.notice_page
        became = page.part(f"clause-{review.clause(CONCLUSION).id}")
        assert became.count("0/3 đơn vị đã hoàn thành") == 2
        assert became.count("Chỉ tiêu: ") == 2
    assert len(city.office.tasks()) == 2 * len(city.units)
    for anchor, value in (("thanh toán trực tuyến", 50), ("số hóa hồ sơ", 80)):
        (target,) = city.office.indicator(anchor).targets
        assert (target.value, target.clause_id) == (Decimal(value), review.clause(CONCLUSION).id)
        assert f"{target.due_on:%d/%m/%Y}" == "31/12/2024"


def the_results_of_2023_are_kept_with_rank_and_gains(city):
    office = city.office
    with on("26/03/2024"):
        secretary = office.sign_in(city.secretary)
        for year, column in (("2022", 3), ("2023", 4)):
            take_in(
                secretary,
                "/criteria/import",
                "edition | year | index | level | scale | code | name | max_points",
                *(
                    f"PAR-{year} | {year} | PAR Index | district | 100 | {code} | {field} | {most}"
                    for code, field, most, *_points in FIELDS
                ),
            )
            take_in(
                secretary,
                "/scores/import",
                "edition | unit | code | final_score",
                *(f"PAR-{year} | DH | {row[0]} | {row[column]}" for row in FIELDS),
            )
        before, edition = office.edition("PAR-2022"), office.edition("PAR-2023")
        publish(secretary, before, city.city, value="86.90", rank="5", ranked="8")
        page = publish(
            secretary,
            edition,
            city.city,
            value="90.99",
            change="4.09",
            rank="2",
            ranked="8",
            rank_change="3",
        )
        assert "90,99/100, hạng 2/8 · +4,09 so với 2022 (86,90) · tăng 3 bậc" in page.words
        for gain in ("+1,50", "+1,25", "+0,84", "+0,50", "+4,09"):
            assert gain in page.words


def the_targets_are_measured_and_one_will_be_missed(city):
    office = city.office
    with on("01/07/2024"):
        secretary = office.sign_in(city.secretary)
        page = measure(
            secretary,
            office.indicator("thanh toán trực tuyến"),
            ("31/03/2024", "31"),
            ("30/06/2024", "42,5"),
        )
        assert "Theo tiến độ hiện nay sẽ đạt chỉ tiêu" in page.words
        page = measure(
            secretary,
            office.indicator("số hóa hồ sơ"),
            ("31/03/2024", "60"),
            ("30/06/2024", "64"),
        )
        assert "thiếu 7,9" in page.words
        assert page.has_chart()
        both = office.sign_in(city.chair).open("/indicators").words
        assert "chỉ tiêu ≥ 50 %" in both
        assert "chỉ tiêu ≥ 80 %" in both
