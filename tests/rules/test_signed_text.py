"""Draft and signed text: what differs is found by clause and word, the rest is left out."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.conclusions.comparing import Change, Difference, Piece, compare

DRAFT = [
    "1. Giao Sở Nội vụ rà soát quy chế, báo cáo trước ngày 20/3/2026.",
    "2. Công an xã cập nhật dữ liệu.",
    "3. Phòng Kinh tế khảo sát.",
]


def found(signed: list[str], draft: list[str] = DRAFT) -> list[tuple[int, list[str]]]:
    signs = {Change.GONE: "-", Change.NEW: "+", Change.SAME: "", Change.LEFT_OUT: ""}
    return [
        (each.index, [signs[piece.change] + piece.words for piece in each.pieces])
        for each in compare(draft, signed).differences
    ]


def test_a_changed_word_is_shown_between_equal_ones():
    signed = [DRAFT[0].replace("20/3/2026", "25/3/2026"), *DRAFT[1:]]

    assert found(signed) == [
        (
            0,
            [
                "1. Giao Sở Nội vụ rà soát quy chế, báo cáo trước ngày",
                "-20/3/2026.",
                "+25/3/2026.",
            ],
        )
    ]


def test_white_space_dashes_emphasis_and_other_cuts_are_no_difference():
    draft = ["1. Giai đoạn 2026 – 2030,  báo cáo.", "2. Sở Y tế", "báo cáo.", "A | B"]
    signed = ["**1.** Giai đoạn 2026 - 2030, báo\ncáo.", "2. Sở Y tế báo cáo.", "A B"]

    assert found(signed, draft) == []


def test_a_clause_that_went_and_one_that_came():
    assert found([DRAFT[0], DRAFT[2]]) == [(1, ["-2. Công an xã cập nhật dữ liệu."])]
    assert found([*DRAFT, "4. Mới."]) == [(2, ["+4. Mới."])]
    assert found(["Mới trước.", *DRAFT]) == [(-1, ["+Mới trước."])]


def test_equal_words_far_from_the_difference_are_left_out():
    long = " ".join(f"từ{n}" for n in range(100))

    pieces = compare([long], [f"{long} cuối"]).differences[0].pieces

    assert [piece.change for piece in pieces] == [Change.LEFT_OUT, Change.SAME, Change.NEW]
    assert len(pieces[1].words.split()) == 14


def test_another_document_is_told():
    assert compare(DRAFT, ["Thực đơn tuần này gồm cơm, canh và cá."]).another_document
    assert not compare(DRAFT, DRAFT[:2]).another_document


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text("ab c", min_size=1, max_size=12), max_size=8), st.lists(st.text("ab c")))
def test_equal_texts_never_differ_and_different_words_always_do(draft, signed):
    assert compare(draft, draft).differences == ()
    same = " ".join(draft).split() == " ".join(signed).split()
    assert (compare(draft, signed).differences == ()) == same


def test_very_long_stretches_are_not_compared_word_by_word():
    draft, signed = ["a " * 7_000], ["b " * 7_000]

    assert compare(draft, signed).differences == (
        Difference(
            0,
            (
                Piece(Change.GONE, ("a " * 7_000).strip()),
                Piece(Change.NEW, ("b " * 7_000).strip()),
            ),
        ),
    )
