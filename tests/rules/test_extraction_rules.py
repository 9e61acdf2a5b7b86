"""Every rule of the grammar by its id: texts in which it speaks, and near misses in which not."""

from datetime import date

import pytest

from tracker.extraction.directory import DirectoryGroup, DirectoryUnit, UnitDirectory
from tracker.extraction.findings import Rule
from tracker.extraction.matches import MatchRule
from tracker.extraction.reading import read_notice

ISSUED = date(2026, 3, 2)
TABLE = "STT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian | Sản phẩm\n"
ROW = "1 | Lập kho dữ liệu | Sở Y tế | Công an tỉnh | Quý II/2026 | Báo cáo\n"
LABELLED = (
    "1. Nâng cao năng lực\n- Mở lớp tập huấn.\nĐơn vị chủ trì: Sở Nội vụ; phối hợp: không.\n"
    "Cơ quan phối hợp: Trường Chính trị tỉnh.\nThời gian thực hiện: Quý III/2026.\n"
    "Sản phẩm: Kế hoạch.\n"
)
MERGED = (
    "STT | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian | Nhiệm vụ | Sản phẩm\n"
    "1 | Sở Y tế | Công an tỉnh | Quý II/2026 | Lập kho dữ liệu | Báo cáo\n"
    "Mở rộng kho dữ liệu | Đề án\n"
)
PLAIN = "Sở Y tế đã lập kế hoạch."

SPEAKS: dict[Rule, tuple[list[str], list[str]]] = {
    Rule.ASSIGNED: (
        [
            "1. Giao Thuế tỉnh lập danh mục.",
            "1. Phân công Ban Xây dựng Đảng tham mưu kế hoạch.",
            "Chủ tịch UBND xã chỉ đạo Công an xã rà soát hộ khẩu.",
        ],
        [
            "1. Kiến nghị Chính phủ giao Bộ Y tế bố trí vốn.",
            "1. Tỉnh sẽ đề nghị Bộ Y tế hỗ trợ.",
            "1. Hoàn thành nhiệm vụ của tỉnh giao cho xã trong năm.",
            "1. Nhiệm vụ được giao Sở Y tế báo cáo.",
        ],
    ),
    Rule.ORDERED: (
        [
            "1. Bảo hiểm xã hội tỉnh có trách nhiệm đồng bộ dữ liệu.",
            "Sở Y tế chịu trách nhiệm rà soát hồ sơ.",
            "1. Phòng Kinh tế là cơ quan đầu mối, theo dõi kế hoạch.",
        ],
        [PLAIN, "1. Công an phường báo cáo: đã cấp 8.000 tài khoản.", "Bí thư Đảng ủy chủ trì."],
    ),
    Rule.AFTER_TOPIC: (
        [
            "1. Đối với hồ sơ quá hạn, Sở Nội vụ gửi thư xin lỗi.",
            "1. Về vốn: Sở Tài chính cân đối.",
        ],
        ["1. Đối với hồ sơ quá hạn, kết quả còn thấp.", "1. Sở Nội vụ gửi thư xin lỗi."],
    ),
    Rule.PASSIVE: (
        ["1. Kinh phí thực hiện do Phòng Kinh tế tham mưu bố trí."],
        [
            "1. Kế hoạch do Sở Y tế chủ trì đã hoàn thành.",
            "1. Lý do Sở Y tế chậm chưa rõ.",
            "Kinh phí do Phòng Kinh tế bố trí.",
        ],
    ),
    Rule.OPENED: (
        ["1. Sở Tài chính: Cân đối kinh phí."],
        ["1. Sở Tài chính cân đối kinh phí.", "1. Mục tiêu: Cân đối kinh phí."],
    ),
    Rule.UNDER_HEADING: (
        ["1. Sở Tài chính\na) Cân đối kinh phí.\n", "2. Giao Công an xã:\n- Rà soát hộ khẩu.\n"],
        ["1. Nhiệm vụ chung\na) Cân đối kinh phí.\n"],
    ),
    Rule.UNDER_ITEM: (
        ["1. Giao Sở Y tế kiểm tra hồ sơ quá hạn.\na) Lập danh mục.\nb) Rà soát hồ sơ.\n"],
        ["1. Các việc sau:\na) Lập danh mục.\n"],
    ),
    Rule.SENTENCE_BEFORE: (
        ["Yêu cầu Phòng Nội vụ rà soát hồ sơ. Phân công người theo dõi từng tiêu chí."],
        ["Yêu cầu Phòng Nội vụ rà soát hồ sơ. Hồ sơ hiện còn nhiều."],
    ),
    Rule.PARAGRAPH_BEFORE: (
        ["Yêu cầu Phòng Nội vụ rà soát hồ sơ.\nPhân công người theo dõi từng tiêu chí.\n"],
        ["Yêu cầu Phòng Nội vụ rà soát hồ sơ.\nTrao đổi với báo, ông A cho biết sẽ sớm xong.\n"],
    ),
    Rule.LEAD_COLUMN: ([TABLE + ROW], [PLAIN, "STT | Họ tên\n1 | Sở Y tế\n"]),
    Rule.LEAD_ROW_ABOVE: ([TABLE + ROW + "2 | Mở rộng kho dữ liệu | | | |\n"], [TABLE + ROW]),
    Rule.LEAD_LABEL: ([LABELLED], ["1. Nâng cao năng lực\n- Mở lớp tập huấn.\n"]),
    Rule.COORDINATES: (
        [
            "1. Sở Y tế phối hợp chặt chẽ với Công an tỉnh kiểm tra.",
            "1. Sở Y tế chủ trì, cùng Sở Tài chính lập dự toán.",
        ],
        [
            "1. Sở Y tế kiểm tra.",
            "1. Sở Y tế đôn đốc các chủ đầu tư phối hợp với chính quyền xã.",
            "1. Sở Y tế xây dựng quy chế phối hợp Công an tỉnh.",
        ],
    ),
    Rule.COORDINATE_HEADING: (
        ["1. Sở Y tế chủ trì, phối hợp với Công an tỉnh:\na) Lập danh mục.\n"],
        ["1. Sở Y tế:\na) Lập danh mục.\n"],
    ),
    Rule.COORDINATE_COLUMN: ([TABLE + ROW], [TABLE + ROW.replace("Công an tỉnh", "")]),
    Rule.COORDINATE_LABEL: ([LABELLED], [LABELLED.replace("Cơ quan phối hợp: Trường", "Trường")]),
    Rule.TIME_IN_SENTENCE: (
        ["1. Giao Sở Y tế lập danh mục trước ngày 5/4/2026."],
        [
            "1. Giao Sở Y tế lập danh mục theo Nghị định ngày 5/4/2025.",
            "1. Giao Sở Y tế sớm lập danh mục.",
        ],
    ),
    Rule.TIME_AFTERWARDS: (
        ["Yêu cầu các vụ rà soát phương án.\nHoàn thành chậm nhất ngày 4/4/2026.\n"],
        ["Yêu cầu các vụ rà soát phương án.\nHội nghị họp ngày 4/4/2026.\n"],
    ),
    Rule.TIME_HEADING: (
        ["I. VIỆC LÀM NGAY TRONG THÁNG 4/2026\n1. Sở Y tế\na) Lập danh mục.\n"],
        ["I. VIỆC LÀM NGAY\n1. Sở Y tế\na) Lập danh mục.\n"],
    ),
    Rule.TIME_COLUMN: ([TABLE + ROW], [TABLE + ROW.replace("Quý II/2026", "")]),
    Rule.TIME_LABEL: ([LABELLED], [LABELLED.replace("Thời gian thực hiện: Quý III/2026.\n", "")]),
    Rule.PRODUCT_COLUMN: ([TABLE + ROW], [TABLE + ROW.replace("Báo cáo", "")]),
    Rule.PRODUCT_LABEL: ([LABELLED], [LABELLED.replace("Sản phẩm: Kế hoạch.\n", "")]),
    Rule.ORDER: (["1. Giao Sở Y tế lập danh mục."], [PLAIN, TABLE + ROW]),
    Rule.ITEM: (
        ["1. Sở Y tế\na) Danh mục thuốc của năm 2026 phải được công bố.\n"],
        ["1. Sở Y tế\na) Lập danh mục.\n"],
    ),
    Rule.TARGET: (
        ["Yêu cầu các xã duy trì kết quả. Phấn đấu tỷ lệ hồ sơ trực tuyến đạt từ 60%."],
        ["Yêu cầu các xã duy trì kết quả. Phấn đấu làm tốt hơn nữa."],
    ),
    Rule.ROW: ([TABLE + ROW], [PLAIN]),
    Rule.LABELLED: ([LABELLED], [PLAIN]),
    Rule.COORDINATE_ROW_ABOVE: ([MERGED], [TABLE + ROW]),
    Rule.TIME_ROW_ABOVE: ([MERGED], [TABLE + ROW]),
}


def spoken(text: str) -> set[Rule]:
    proposals = read_notice(text, issued_on=ISSUED).proposals
    return {finding.rule for item in proposals for finding in item.findings}


@pytest.mark.parametrize("rule", Rule)
def test_a_rule_speaks_where_it_should_and_nowhere_near(rule: Rule) -> None:
    positive, negative = SPEAKS[rule]
    assert positive
    assert negative
    assert [text for text in positive if rule not in spoken(text)] == []
    assert [text for text in negative if rule in spoken(text)] == []


DIRECTORY = UnitDirectory(
    (
        DirectoryUnit("SNV", "Sở Nội vụ", kind="department"),
        DirectoryUnit("SKHCN", "Sở Khoa học và Công nghệ", kind="department"),
        DirectoryUnit(
            "STTTT",
            "Sở Thông tin và Truyền thông",
            valid_to=date(2025, 2, 28),
            successors=("SKHCN",),
        ),
        DirectoryUnit("SLD", "Sở Lao động", valid_to=date(2025, 2, 28)),
        DirectoryUnit("CAT", "Công an tỉnh", kind="sector"),
        DirectoryUnit("AH", "UBND xã An Hòa", kind="commune"),
        DirectoryUnit("T1", "Trạm Y tế", kind="public_service"),
        DirectoryUnit("T2", "Trạm Y tế", kind="public_service"),
    ),
    (DirectoryGroup(("các đơn vị trọng điểm",), ("SNV", "CAT")),),
    date(2026, 3, 2),
)
NAMED: dict[MatchRule, tuple[list[str], list[str]]] = {
    MatchRule.NAME: (["Sở Nội vụ", "SNV", "Uỷ ban nhân dân xã An Hoà"], ["So Noi vu", "Sở Y tế"]),
    MatchRule.SPELLING: (["So Noi vu"], ["Sở Nội vụ", "Sở Nội"]),
    MatchRule.POST: (
        ["Giám đốc Sở Nội vụ", "đồng chí Chủ tịch UBND xã An Hòa"],
        ["Giám đốc Sở Y tế"],
    ),
    MatchRule.ABBREVIATION: (["Sở KH&CN", "S. KHCN"], ["SXD", "Sở XD"]),
    MatchRule.PLACE: (["xã An Hòa", "Sở Nội vụ tỉnh Nam Hà"], ["Công an xã An Hòa", "xã An Hà"]),
    MatchRule.SUCCESSOR: (["Sở Thông tin và Truyền thông"], ["Sở Nội vụ", "Sở Lao động"]),
    MatchRule.ENDED: (["Sở Lao động"], ["Sở Thông tin và Truyền thông"]),
    MatchRule.LIST: (["các Sở: Nội vụ, Khoa học và Công nghệ"], ["các sở liên quan"]),
    MatchRule.GROUP: (["Các đơn vị trọng điểm"], ["các đơn vị"]),
    MatchRule.KINDS: (
        ["các sở, ban, ngành", "UBND các xã, phường"],
        ["UBND xã An Hòa", "các sở liên quan"],
    ),
    MatchRule.VAGUE: (["các sở liên quan", "các đơn vị nêu trên"], ["các sở"]),
    MatchRule.TWINS: (["Trạm Y tế"], ["Sở Nội vụ"]),
    MatchRule.NEAREST: (["Sở Nội vu vụ", "UBND xã An Hà"], ["Tập đoàn Viễn thông", "Sở Nội vụ"]),
    MatchRule.UNKNOWN: (["Tập đoàn Viễn thông"], ["UBND xã An Hà"]),
}


@pytest.mark.parametrize("rule", MatchRule)
def test_a_name_is_matched_by_the_rule_that_fits_and_no_other(rule: MatchRule) -> None:
    positive, negative = NAMED[rule]
    assert {name: DIRECTORY.match(name).rule for name in positive} == dict.fromkeys(positive, rule)
    assert [name for name in negative if DIRECTORY.match(name).rule is rule] == []


def test_a_successor_names_the_unit_that_it_took_over() -> None:
    match = DIRECTORY.match("Sở Thông tin và Truyền thông")
    assert (match.codes, match.former) == (("SKHCN",), "STTTT")


def test_nobody_is_guessed_for_a_unit_that_ended_or_has_a_twin() -> None:
    assert DIRECTORY.match("Sở Lao động").codes == ()
    assert DIRECTORY.match("Trạm Y tế").codes == ()
