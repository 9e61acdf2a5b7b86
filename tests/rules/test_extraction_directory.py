"""Names as written against the unit directory: sure, unsure, and never a silent guess."""

import pytest

from tracker.extraction.directory import DirectoryUnit, UnitDirectory
from tracker.extraction.reading import read_notice

DIRECTORY = UnitDirectory(
    (
        DirectoryUnit("SNV", "Sở Nội vụ", kind="department"),
        DirectoryUnit("STC", "Sở Tài chính", kind="department"),
        DirectoryUnit("SYT", "Sở Y tế", "Sở YT", kind="department"),
        DirectoryUnit("VP", "Văn phòng Ủy ban nhân dân tỉnh", "VP UBND tỉnh", kind="office"),
        DirectoryUnit("AN", "UBND xã An Hòa", aliases=("xã An Hòa",), kind="commune"),
        DirectoryUnit("BN", "UBND phường Bình Nam", kind="commune"),
        DirectoryUnit("CAT", "Công an tỉnh", kind="sector"),
    )
)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Sở Nội vụ", "SNV"),
        ("sở nội vụ", "SNV"),
        ("Văn phòng UBND tỉnh", "VP"),
        ("VP UBND tỉnh", "VP"),
        ("Uỷ ban nhân dân xã An Hoà", "AN"),
        ("xã An Hòa", "AN"),
        ("Giám đốc Sở Y tế", "SYT"),
        ("So Tai chinh", "STC"),
    ],
)
def test_a_name_is_known_in_all_its_spellings(name: str, code: str) -> None:
    match = DIRECTORY.match(name)
    assert match.codes == (code,)
    assert match.confidence >= 90


def test_a_misspelt_name_is_offered_and_not_taken() -> None:
    match = DIRECTORY.match("UBND xã An Hà")
    assert (match.codes, match.runner_up) == ((), "AN")


def test_an_unknown_name_is_nobody_and_shows_the_nearest() -> None:
    match = DIRECTORY.match("Sở Ngoại vụ")
    assert match.codes == ()
    assert match.runner_up == "SNV"


def test_a_name_far_from_all_has_no_neighbour() -> None:
    match = DIRECTORY.match("Tập đoàn Viễn thông")
    assert (match.codes, match.runner_up, match.confidence) == ((), "", 0)


def test_one_name_of_two_units_is_not_guessed() -> None:
    twins = UnitDirectory((DirectoryUnit("A", "Trạm Y tế"), DirectoryUnit("B", "Trạm Y tế")))
    assert twins.match("Trạm Y tế").codes == ()


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("UBND các xã, phường", ("AN", "BN")),
        ("Chủ tịch UBND các xã, phường", ("AN", "BN")),
        ("các sở, ban, ngành", ("SNV", "STC", "SYT", "VP")),
        ("các Sở: Nội vụ, Tài chính", ("SNV", "STC")),
    ],
)
def test_a_group_is_the_list_of_its_units(name: str, codes: tuple[str, ...]) -> None:
    match = DIRECTORY.match(name)
    assert (match.codes, match.group) == (codes, True)


def test_a_group_that_does_not_say_which_is_less_sure() -> None:
    vague, plain = DIRECTORY.match("các sở liên quan"), DIRECTORY.match("các sở, ngành")
    assert vague.confidence < plain.confidence


def test_a_listed_name_that_is_unknown_spoils_the_list() -> None:
    assert DIRECTORY.match("các Sở: Nội vụ, Ngoại giao").codes == ()


def test_proposals_carry_the_matches_of_their_names() -> None:
    text = "1. Giao Sở Nội vụ chủ trì, phối hợp với Sở Ngoại vụ lập kế hoạch."
    proposal = read_notice(text, directory=DIRECTORY).proposals[0]
    assert [match.codes for match in proposal.lead_matches] == [("SNV",)]
    assert [match.codes for match in proposal.coordinate_matches] == [()]
