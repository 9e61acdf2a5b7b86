"""Labelled lines: "Đơn vị chủ trì: …", "Thời gian thực hiện: …" speak of the items above them."""

from collections.abc import Iterator

from tracker.extraction.drafts import Draft
from tracker.extraction.names import clean, split_names
from tracker.extraction.timing import Timing
from tracker.extraction.words import any_of, pattern

_UNIT = any_of("chủ trì, thực hiện, tham mưu, phối hợp, phụ trách, đầu mối, chịu trách nhiệm")
_LABEL = pattern(
    rf"(?:(?:đơn vị|cơ quan)(?:\s*,\s*(?:đơn vị|cá nhân))? (?P<unit>{_UNIT})"
    r"|(?P<time>thời gian|thời hạn|tiến độ)|(?P<product>sản phẩm|kết quả))[^:;.]{0,50}:[\s*_]*"
)
_EDGE = " \t\n;.*_-"


def read_labels(words: str) -> Iterator[tuple[str, str]]:
    """Yield what a labelled line says, such as ("lead", "Sở Nội vụ") and ("time", "Quý I")."""
    marks = list(_LABEL.finditer(words))
    for index, mark in enumerate(marks):
        stop = marks[index + 1].start() if index + 1 < len(marks) else len(words)
        if mark["unit"]:
            name = "coordinate" if "hợp" in mark[0].lower() else "lead"
        else:
            name = "time" if mark["time"] else "product"
        yield name, words[mark.end() : stop].strip(_EDGE)


def apply_labels(
    labels: dict[str, str], body: tuple[int, int], drafts: list[Draft], timing: Timing
) -> list[Draft]:
    """Return the drafts of one item above the labelled lines, with what these say of it."""
    lead = split_names(labels.get("lead", ""))
    if not lead and not drafts:
        return []
    if lead:
        drafts = [Draft(*body, lead, action=body[0])]
    coordinate = split_names(labels.get("coordinate", ""))
    product = clean(labels.get("product", ""))
    for draft in drafts:
        draft.coordinate = coordinate or draft.coordinate
        draft.product = product or draft.product
        if labels.get("time"):
            draft.deadline = timing.parsed(labels["time"])
    return drafts
