"""Extraction: a notice becomes clauses, and clauses become proposed tasks."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.extraction.output import as_json
from tracker.extraction.reading import ClauseKind, Proposal, ProposalKind, Reading, read_notice

ISSUED = date(2026, 3, 2)

NOTICE = """ỦY BAN NHÂN DÂN TỈNH SÔNG XANH
Số: 45/TB-UBND
Sông Xanh, ngày 02 tháng 3 năm 2026
THÔNG BÁO
Kết luận phiên họp Ban Chỉ đạo cải cách hành chính quý I năm 2026
Kính gửi:
- Các sở, ban, ngành tỉnh;
- UBND các xã, phường.
I. KẾT QUẢ ĐẠT ĐƯỢC
1. Các sở, ngành tích cực triển khai kế hoạch năm, giải quyết 95% hồ sơ đúng hạn.
II. NHIỆM VỤ TRỌNG TÂM
1. Sở Nội vụ
a) Chủ trì, phối hợp với Sở Tài chính và Văn phòng UBND tỉnh rà soát các tiêu chí mất điểm, báo \
cáo UBND tỉnh trước ngày 20/3/2026.
b) Xây dựng bộ câu hỏi khảo sát hài lòng trong quý II/2026.
2. Giao Sở Khoa học và Công nghệ chủ trì, phối hợp các đơn vị liên quan hoàn thiện nền tảng số \
dùng chung; UBND các xã, phường cử cán bộ đầu mối trước ngày 10/3/2026.
3. Công an tỉnh hướng dẫn các địa phương làm sạch dữ liệu dân cư; định kỳ hằng tháng báo cáo.
Văn phòng UBND tỉnh thông báo để các đơn vị biết, thực hiện./.
Nơi nhận:
- Như trên;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
Trần Văn Minh
"""


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read_notice(NOTICE, issued_on=ISSUED)


def only(text: str) -> Proposal:
    proposals = read_notice(text, issued_on=ISSUED).proposals
    assert len(proposals) == 1, proposals
    return proposals[0]


def test_units_of_a_heading_answer_for_the_items_below_it(reading: Reading) -> None:
    found = {proposal.clause: proposal.lead for proposal in reading.proposals}
    assert found["II.1.a"] == ("Sở Nội vụ",)
    assert found["II.1.b"] == ("Sở Nội vụ",)
    assert found["II.3"] == ("Công an tỉnh",)


def test_coordinating_units_are_split_into_names(reading: Reading) -> None:
    first = reading.proposals[0]
    assert first.coordinate == ("Sở Tài chính", "Văn phòng UBND tỉnh")
    assert first.deadline.due_on == date(2026, 3, 20)


def test_two_units_in_one_clause_become_two_proposals(reading: Reading) -> None:
    leads = [proposal.lead for proposal in reading.proposals if proposal.clause == "II.2"]
    assert leads == [("Sở Khoa học và Công nghệ",), ("UBND các xã, phường",)]


def test_results_recipients_and_closing_words_are_no_tasks(reading: Reading) -> None:
    clauses = {proposal.clause for proposal in reading.proposals}
    assert clauses == {"II.1.a", "II.1.b", "II.2", "II.3"}


def test_a_heading_of_units_is_a_heading(reading: Reading) -> None:
    kinds = {clause.label: clause.kind for clause in reading.clauses}
    assert kinds["II"] is ClauseKind.HEADING
    assert kinds["II.1"] is ClauseKind.HEADING
    assert kinds["II.1.a"] is ClauseKind.TASK
    assert kinds["I.1"] is ClauseKind.GUIDANCE


def test_letterhead_address_and_signature_are_the_frame(reading: Reading) -> None:
    framed = "".join(NOTICE[span.start : span.end] for span in reading.frame)
    for words in ("Số: 45/TB-UBND", "Kính gửi", "Nơi nhận", "Trần Văn Minh", "Kết luận phiên họp"):
        assert words in framed
    assert reading.clauses[0].label == "I"


def test_the_letterhead_is_read(reading: Reading) -> None:
    head = reading.letterhead
    assert (head.number, head.issued_on) == ("45/TB-UBND", date(2026, 3, 2))
    assert head.excerpt.startswith("Kết luận phiên họp")
    assert head.signer == "Trần Văn Minh"


def test_the_letterheads_date_serves_when_none_is_given() -> None:
    text = NOTICE.replace("trước ngày 20/3/2026", "trước ngày 20/3")
    assert read_notice(text).proposals[0].deadline.due_on == date(2026, 3, 20)


def whole(reading: Reading) -> list[tuple[int, int]]:
    pieces = [(clause.start, clause.end) for clause in reading.clauses]
    return sorted([*pieces, *((span.start, span.end) for span in reading.frame)])


def test_every_character_belongs_to_one_clause_or_to_the_frame(reading: Reading) -> None:
    position = 0
    for start, end in whole(reading):
        assert start == position
        position = end
    assert position == len(NOTICE)


@settings(max_examples=200, deadline=None)
@given(
    st.text(
        st.sampled_from("aáơ\u0301\u0323 \n\r\t\x00|.;:-()*1I") | st.sampled_from("SởGiaoUBND"),
        max_size=200,
    )
)
def test_any_text_is_cut_without_gap_or_overlap(text: str) -> None:
    found = read_notice(text)
    position = 0
    for start, end in whole(found):
        assert start == position
        position = end
    assert position == len(text)
    assert all(
        proposal.quote == text[proposal.start : proposal.end] for proposal in found.proposals
    )


def test_spans_of_decomposed_text_count_the_files_own_characters() -> None:
    decomposed = unicodedata.normalize("NFD", NOTICE)
    found = read_notice(decomposed, issued_on=ISSUED)
    expected = read_notice(NOTICE, issued_on=ISSUED)
    assert [item.lead for item in found.proposals] == [item.lead for item in expected.proposals]
    for item, plain in zip(found.proposals, expected.proposals, strict=True):
        quote = decomposed[item.start : item.end]
        assert unicodedata.normalize("NFC", quote) == plain.quote


def test_control_characters_are_ignored_and_line_ends_keep_their_offsets() -> None:
    text = "\ufeffGiao Sở Y tế\x07 rà soát danh mục trước ngày 5/4/2026.\r\n"
    found = only(text)
    assert found.lead == ("Sở Y tế",)
    assert text[found.start : found.end].startswith("Giao Sở Y tế\x07 rà soát")
    assert text[found.start : found.end].endswith("5/4/2026")


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("1. Giao Sở Xây dựng lập quy chế.", ("Sở Xây dựng",)),
        ("1. Yêu cầu các sở, ban, ngành khẩn trương rà soát.", ("các sở, ban, ngành",)),
        (
            "1. Đề nghị UBND các xã, phường và Công an tỉnh phối hợp kiểm tra.",
            ("UBND các xã, phường", "Công an tỉnh"),
        ),
        (
            "1. Đối với dữ liệu đất đai, giao Sở Nông nghiệp và Môi trường cập nhật.",
            ("Sở Nông nghiệp và Môi trường",),
        ),
        (
            "1. Sở Văn hóa, Thể thao và Du lịch lập tài liệu, gửi trước ngày 1/4/2026.",
            ("Sở Văn hóa, Thể thao và Du lịch",),
        ),
        ("1. Các đơn vị, tổ chức triển khai mô hình mới.", ("Các đơn vị",)),
        ("- Ban Quản lý dự án tỉnh nghiệm thu.", ("Ban Quản lý dự án tỉnh",)),
        ("1. Giao Ban Chỉ đạo xã lập danh sách.", ("Ban Chỉ đạo xã",)),
        ("1. Sở Nội vụ dàn dựng tiểu phẩm tuyên truyền.", ("Sở Nội vụ",)),
        ("1. Bộ Ngoại giao lập danh sách.", ("Bộ Ngoại giao",)),
    ],
)
def test_names_end_where_the_work_begins(text: str, lead: tuple[str, ...]) -> None:
    assert only(text).lead == lead


@pytest.mark.parametrize(
    "text",
    [
        "Sở Nội vụ đã hoàn thành kế hoạch trước ngày 1/2/2026.",
        "1. Đánh giá cao sự cố gắng của Sở Y tế.",
        "1. Kiến nghị Chính phủ giao Bộ Tài chính bố trí vốn.",
        "Tỉnh sẽ đề nghị Bộ Y tế hỗ trợ kinh phí.",
        "Văn phòng thông báo để các đơn vị biết, thực hiện./.",
        "1. Yêu cầu các đơn vị nghiêm túc triển khai thực hiện.",
        "Ngày 20/3, hội nghị được tổ chức tại hội trường lớn.",
        "",
        " \n\t ",
    ],
)
def test_reports_praise_and_proposals_give_no_task(text: str) -> None:
    assert read_notice(text, issued_on=ISSUED).proposals == ()


def test_a_sentence_without_addressee_goes_to_the_unit_before_it() -> None:
    text = (
        "Chủ tịch UBND huyện yêu cầu Phòng Nội vụ rà soát hồ sơ. "
        "Phân công cán bộ theo dõi từng tiêu chí."
    )
    found = read_notice(text).proposals
    assert [item.lead for item in found] == [("Phòng Nội vụ",), ("Phòng Nội vụ",)]


def test_a_measure_to_reach_is_a_target() -> None:
    text = (
        "Yêu cầu các cơ quan, đơn vị duy trì kết quả. "
        "Phấn đấu tỷ lệ hồ sơ trực tuyến đạt từ 60% trở lên."
    )
    kinds = [item.kind for item in read_notice(text).proposals]
    assert kinds == [ProposalKind.TASK, ProposalKind.TARGET]


def test_two_deadlines_in_one_item_are_two_proposals() -> None:
    text = (
        "1. Giao Sở Y tế lập danh sách trước ngày 5/4/2026; "
        "trình phê duyệt kế hoạch trước ngày 9/4/2026."
    )
    dates = [item.deadline.due_on for item in read_notice(text, issued_on=ISSUED).proposals]
    assert dates == [date(2026, 4, 5), date(2026, 4, 9)]


def test_a_second_line_that_only_says_by_when_joins_its_task() -> None:
    text = (
        "Thứ trưởng yêu cầu các vụ rà soát phương án xử lý.\n"
        "Hoàn thành và gửi báo cáo chậm nhất ngày 4/4/2026.\n"
    )
    found = only(text)
    assert found.deadline.due_on == date(2026, 4, 4)
    assert found.quote.endswith("4/4/2026")


def test_labelled_lines_speak_of_the_items_above_them() -> None:
    text = (
        "1. Nâng cao năng lực cán bộ\n"
        "- Tổ chức tập huấn kỹ năng số.\n"
        "- Biên soạn sổ tay nghiệp vụ.\n"
        "Đơn vị chủ trì: Sở Nội vụ; Đơn vị phối hợp: Trường Chính trị tỉnh.\n"
        "Thời gian thực hiện: Quý III/2026.\n"
    )
    found = read_notice(text, issued_on=ISSUED).proposals
    assert [item.lead for item in found] == [("Sở Nội vụ",)] * 2
    assert {item.coordinate for item in found} == {("Trường Chính trị tỉnh",)}
    assert {item.deadline.due_on for item in found} == {date(2026, 9, 30)}


ROWS = [
    ("STT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian", "Sản phẩm"),
    ("1", "Rà soát thủ tục", "Sở Y tế", "", "Quý II/2026", "Báo cáo"),
    ("2", "Lập kho dữ liệu", "Sở Tài chính; Công an tỉnh", "Các sở, ban, ngành", "2026", ""),
]


def lined(rows: list[tuple[str, ...]]) -> str:
    return "\n".join(" | ".join(row) for row in rows)


def fenced(rows: list[tuple[str, ...]]) -> str:
    return "|\n" + "|\n".join("".join(f"{cell}\n|\n" for cell in row) for row in rows)


@pytest.mark.parametrize("form", [lined, fenced], ids=["one row a line", "one cell a line"])
def test_a_row_of_an_assignment_table_is_a_task(form: object) -> None:
    text = "Phụ lục\n" + form(ROWS) + "\n"  # type: ignore[operator]
    found = read_notice(text, issued_on=ISSUED).proposals
    assert [item.lead for item in found] == [("Sở Y tế",), ("Sở Tài chính", "Công an tỉnh")]
    assert [item.coordinate for item in found] == [(), ("Các sở, ban, ngành",)]
    assert [item.deadline.due_on for item in found] == [date(2026, 6, 30), date(2026, 12, 31)]
    assert [item.product for item in found] == ["Báo cáo", ""]
    assert [item.clause for item in found] == ["1", "2"]
    assert text[found[0].start] == "1"


def test_items_whose_line_break_was_lost_are_found() -> None:
    text = (
        "Chủ tịch UBND tỉnh có ý kiến như sau:1. Văn phòng UBND tỉnha) Rà soát quy chế nội bộ.b) "
        "Lập danh mục hồ sơ trước ngày 8/4/2026.2. Sở Y tế báo cáo tình hình."
    )
    found = read_notice(text, issued_on=ISSUED).proposals
    assert [(item.clause, item.lead) for item in found] == [
        ("1.a", ("Văn phòng UBND tỉnh",)),
        ("1.b", ("Văn phòng UBND tỉnh",)),
        ("2", ("Sở Y tế",)),
    ]


def test_a_hard_wrapped_item_is_one_clause() -> None:
    text = (
        "1. Giao Sở Giáo dục và Đào\ntạo chủ trì, phối\nhợp với Sở Nội vụ sắp xếp các\n"
        "trường học trước ngày 30/\n6/2026.\n2. Sở Y tế lập kế hoạch kiểm tra các\ncơ sở.\n"
    )
    found = read_notice(text, issued_on=ISSUED).proposals
    assert [item.lead for item in found] == [("Sở Giáo dục và Đào tạo",), ("Sở Y tế",)]
    assert found[0].coordinate == ("Sở Nội vụ",)
    assert found[0].deadline.due_on == date(2026, 6, 30)


def test_the_json_has_the_fixed_shape() -> None:
    task = as_json(read_notice("1. Giao Sở Y tế lập kế hoạch trong quý II/2026."))["tasks"][0]
    assert task == {
        "span": [3, 46],
        "quote": "Giao Sở Y tế lập kế hoạch trong quý II/2026",
        "lead": ["Sở Y tế"],
        "coordinate": [],
        "deadline": "2026-06-30",
        "deadline_text": "trong quý II/2026",
        "deadline_kind": "quarter",
        "kind": "task",
        "clause": "1",
    }


def test_no_deadline_is_null_in_the_json() -> None:
    task = as_json(read_notice("1. Giao Sở Y tế khẩn trương lập kế hoạch."))["tasks"][0]
    assert (task["deadline"], task["deadline_text"], task["deadline_kind"]) == (None, None, "none")


@pytest.mark.parametrize(
    "piece",
    [
        "Giao Sở A lập kế hoạch trước ngày 1/4/2026; ",
        "1. Giao Sở Nội vụ rà soát; giao Sở Y tế báo cáo. ",
        "phối hợp với các sở, ",
        "nghiêm túc, ",
        "|\n",
        "STT | Nội dung | Cơ quan chủ trì\n",
        "Về đề nghị ",
        "(",
        "a\u0301",
    ],
)
def test_a_third_of_a_megabyte_of_anything_is_read_in_seconds(piece: str) -> None:
    text = "STT | Nội dung | Cơ quan chủ trì\n" + piece * (330_000 // len(piece))
    assert len(whole(read_notice(text, issued_on=ISSUED))) >= 1
