"""Labelled lines: "Đơn vị chủ trì: …", "Thời gian thực hiện: …" speak of the items above them."""

from collections.abc import Iterator
from dataclasses import dataclass

from tracker.extraction.drafts import NOBODY, Draft, Named, Timed
from tracker.extraction.findings import Field, Rule, Stretch
from tracker.extraction.names import clean, split_names
from tracker.extraction.timing import Timing
from tracker.extraction.vocabulary import any_of, pattern

_UNIT = any_of("chủ trì, thực hiện, tham mưu, phối hợp, phụ trách, đầu mối, chịu trách nhiệm")
_LABEL = pattern(
    rf"(?:(?:đơn vị|cơ quan)(?:\s*,\s*(?:đơn vị|cá nhân))? (?P<unit>{_UNIT})"
    r"|(?P<time>thời gian|thời hạn|tiến độ)|(?P<product>sản phẩm|kết quả))[^:;.]{0,50}:[\s*_]*"
)
_EDGE = " \t\n;.*_-"


def read_labels(text: str, start: int, end: int) -> Iterator[tuple[Field, Stretch]]:
    """Yield what a labelled line says and where, such as (Field.LEAD, stretch of "Sở Nội vụ")."""
    marks = list(_LABEL.finditer(text, start, end))
    for index, mark in enumerate(marks):
        stop = marks[index + 1].start() if index + 1 < len(marks) else end
        if mark["unit"]:
            name = Field.COORDINATE if "hợp" in mark[0].lower() else Field.LEAD
        else:
            name = Field.DEADLINE if mark["time"] else Field.PRODUCT
        words = text[mark.end() : stop]
        begin = mark.end() + len(words) - len(words.lstrip(_EDGE))
        yield name, (begin, begin + len(words.strip(_EDGE)))


@dataclass
class Labels:
    """What labelled lines say of the items above them: field → where its words stand."""

    text: str
    timing: Timing
    found: dict[Field, Stretch]

    def apply(self, body: Stretch, drafts: list[Draft]) -> list[Draft]:
        """Return the drafts of one item above the labelled lines, with what these say of it."""
        lead = self._named(Field.LEAD, Rule.LEAD_LABEL)
        if not lead and not drafts:
            return []
        if lead:
            drafts = [Draft(*body, lead, kind=Rule.LABELLED, action=body[0])]
        coordinate = self._named(Field.COORDINATE, Rule.COORDINATE_LABEL)
        product = self._product()
        for draft in drafts:
            draft.coordinate = coordinate or draft.coordinate
            draft.product = product or draft.product
            if Field.DEADLINE in self.found:
                draft.time = self._time()
        return drafts

    def _words(self, name: Field) -> str:
        start, end = self.found.get(name, (0, 0))
        return self.text[start:end]

    def _named(self, name: Field, rule: Rule) -> Named:
        names = split_names(self._words(name))
        return Named(names, rule, (self.found[name],)) if names else NOBODY

    def _product(self) -> Named:
        words = clean(self._words(Field.PRODUCT))
        return (
            Named((words,), Rule.PRODUCT_LABEL, (self.found[Field.PRODUCT],)) if words else NOBODY
        )

    def _time(self) -> Timed:
        deadline = self.timing.parsed(self._words(Field.DEADLINE))
        return Timed(deadline, Rule.TIME_LABEL, (self.found[Field.DEADLINE],))
