"""Folding: what search forgives, and what matching keeps apart."""

import unicodedata

import pytest

from tracker.folding import alphabetical, fold, settle


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Uỷ ban nhân dân", "uy ban nhan dan"),
        ("Ủy ban nhân dân", "uy ban nhan dan"),
        ("ĐỒNG  HỚI\n", "dong hoi"),
        ("Văn hoá", "van hoa"),
        ("Văn hóa", "van hoa"),
        ("", ""),
    ],
)
def test_accents_case_and_spaces_are_forgiven(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_decomposed_text_folds_like_composed_text() -> None:
    assert fold(unicodedata.normalize("NFD", "Đặng Thuý")) == fold("Đặng Thúy")


def test_settled_text_keeps_its_accents_and_one_tone_placement() -> None:
    assert settle("Uỷ Ban") == settle("ủy  ban") == "ủy ban"
    assert settle("bố") != settle("bỏ")


def test_a_tone_before_a_final_consonant_stays_in_its_place() -> None:
    assert settle("Hoàn thành quý, huỳnh, toàn") == "hoàn thành quý, huỳnh, toàn"


def test_names_stand_in_the_order_of_the_alphabet():
    names = ["Ủy ban", "Zét", "Đội thuế", "Dân quân", "ôn", "Văn phòng", "Ơn", "on", "Ban 2", "bàn"]

    assert sorted(names, key=alphabetical) == [
        "bàn", "Ban 2", "Dân quân", "Đội thuế", "on", "ôn", "Ơn", "Ủy ban", "Văn phòng", "Zét",
    ]  # fmt: skip
    assert sorted(["ma", "mạ", "má", "mã", "mả", "mà"], key=alphabetical) == [
        "ma", "mà", "mả", "mã", "má", "mạ",
    ]  # fmt: skip
    assert alphabetical("Đội") == alphabetical(unicodedata.normalize("NFD", "đội"))
