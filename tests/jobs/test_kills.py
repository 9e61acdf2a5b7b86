"""Ten of the runs of `make kill-test`: a process killed anywhere loses nothing."""

import pytest

from tests.killing import kill_often


def test_a_process_killed_anywhere_loses_nothing_and_repeats_only_what_was_not_marked(
    postgresql_url,
):
    counts = kill_often(10, seed=4)

    assert counts.runs == 10
    assert (counts.lost, counts.unexplained) == (0, 0)
    assert counts.repeated == counts.taken_unmarked
    assert counts.repeated > 0, "choose a seed that kills between the server's word and the mark"


pytestmark = pytest.mark.xdist_group("killing")
