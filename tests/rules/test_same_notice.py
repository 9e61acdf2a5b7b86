"""The same notice as text, Word, PDF and web page gives the same tasks and the same letterhead."""

import pytest

from tests.files.same_notice import (
    PDFS,
    SAME_NOTICES,
    Said,
    SameNotice,
    as_html,
    as_text,
    as_word,
)
from tracker.evidence.reading import read_text
from tracker.extraction.reading import read_notice


@pytest.mark.parametrize("ending", ["txt", "docx", "pdf", "html"])
@pytest.mark.parametrize("notice", SAME_NOTICES, ids=[n.name for n in SAME_NOTICES])
def test_the_same_notice_gives_the_same_tasks_in_every_format(
    notice: SameNotice, ending: str
) -> None:
    data = {
        "txt": as_text,
        "docx": as_word,
        "html": as_html,
        "pdf": lambda each: (PDFS / f"{each.name}.pdf").read_bytes(),
    }[ending](notice)

    reading = read_notice(read_text(f"a.{ending}", data))

    given = [Said(p.clause, p.lead, p.coordinate, p.deadline.due_on) for p in reading.proposals]
    head = reading.letterhead
    assert given == notice.tasks
    assert (f"Số: {head.number}", head.place) == (notice.left[2], notice.right[2].split(",")[0])
    assert (head.kind.upper(), head.excerpt) == tuple(notice.title)
    assert (head.signer_post, head.signer) == tuple(notice.foot_right[-2:])
    assert head.recipients == tuple(line.strip("- ;.") for line in notice.foot_left[1:])
    framed = "".join(clause.text for clause in reading.clauses)
    assert not any(line in framed for line in [*notice.right, *notice.foot_right])
