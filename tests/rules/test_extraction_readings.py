"""Quality on texts of our own, with the tasks marked in them, flat and wrapped as a page is.

Each of the four parts was first measured unseen, then used for work; the figures of the unseen
readings stand in benchmarks/extraction.md.
"""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from tests.files.gold import FOLDER, Gold, Task, load, names, score, wrap
from tracker.extraction.reading import read_notice

GOLDS = [load(path) for path in sorted(FOLDER.glob("*.txt"))]
FLOORS = {"task_f1": 0.95, "lead_f1": 0.95, "coordinate_f1": 0.95, "dated_share": 0.97}
WIDTHS = (0, 55, 75, 100)


def read(gold: Gold) -> Sequence[Task]:
    return [
        Task(
            item.start,
            item.end,
            names(item.lead),
            names(item.coordinate),
            item.deadline.due_on,
        )
        for item in read_notice(gold.text, issued_on=gold.issued_on).proposals
    ]


@pytest.mark.parametrize("width", WIDTHS)
def test_the_marked_texts_are_read_well(width: int) -> None:
    golds = [replace(gold, text=wrap(gold.text, width)) for gold in GOLDS]
    figures = score(golds, read)
    for name, floor in FLOORS.items():
        assert getattr(figures, name) >= floor, figures.wrong
