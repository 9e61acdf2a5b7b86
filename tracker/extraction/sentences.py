"""Sentences of a block: whom each addresses, what it asks, and where one task ends."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from tracker.deadlines.rules import FoundDeadline
from tracker.extraction.addressing import ASSIGNED, DIRECTS, TOPIC, Addressing
from tracker.extraction.drafts import NO_TIME, NOBODY, Draft, Named, Timed
from tracker.extraction.findings import Rule, Stretch
from tracker.extraction.names import UnitList, read_units
from tracker.extraction.timing import Timing, choose
from tracker.extraction.vocabulary import (
    CAPITAL,
    any_of,
    exact,
    pattern,
)
from tracker.extraction.words import (
    ACTION,
    APPROVAL,
    CLOSING,
    COORDINATE,
    EXHORTATION,
    PERSUADING,
    TARGET,
)

_SENTENCE = exact(
    rf"…(?=[{CAPITAL}])|(?<![.!?…])[.!?…]+[\"”*_)\]]*\s+(?=[*_]{{0,3}}[\"“(]?[{CAPITAL}])"
)
_ABBREVIATION = exact(
    r"(?:\b(?:TP|Tp|TX|TT|ThS|TS|PGS|GS|[Ôô]ng|[Bb]à|[Ss]ố|St|[A-Z])"
    r"|(?:^|[\n(:;.])\s*\d{1,2})\.\s+$"
)
_SEMICOLON = pattern(r";[*_]*\s*(?:(?:và|đồng thời|riêng)\s*,? )?(?:đồng thời\s*,? )?")
_OPENERS = any_of(
    """trong đó, đồng thời, ngoài ra, theo đó, cụ thể, bên cạnh đó, song song đó, riêng, từ đó,
    mặt khác, trước mắt, thời gian tới, trong thời gian tới, đặc biệt, tiếp theo, sau đó,
    cùng với đó, cùng đó, về tiến độ thực hiện"""
)
_CONNECTIVE = pattern(
    rf"(?:\s|[*_\"“])*(?:(?:{_OPENERS}|(?:hằng|hàng) (?:năm|quý|tháng|tuần)|đợt \d+)"
    r"\s*[,:]?\s*){0,2}[*_\"“]*"
)
_OFFER = pattern(
    r"\s*(?:(?:trong )?quá trình (?:tổ chức )?(?:triển khai|thực hiện)[^.;]{0,80}?"
    r"(?:nếu|trường hợp|khi)? ?(?:có|phát sinh|gặp)"
    r"|(?:nếu|trường hợp) (?:có|cần|còn|phát sinh|gặp)) [^.;]{0,200}?"
    r"(?:vướng mắc|khó khăn|phát sinh|trao đổi|chưa rõ)"
)
_ONLY_TIME = pattern(
    r"\s*(?:thời gian|thời hạn|hoàn thành|báo cáo|xong|kết quả|gửi|các nội dung|việc)\b"
)
_TIMED = pattern(r"\s*(?:đến|trong|trước|từ) (?:năm|ngày|tháng|quý|giai đoạn) [^,.;]{1,50},\s*")
_LEADING = pattern(r"chủ trì\s*,? (?:phối hợp|cùng)")
_CONTINUING = pattern(r"\s*(?:từ đó|trong đó|qua đó|trường hợp|nếu)\b")
_QUOTES = pattern(r"\b(?:cho biết|cho hay|chia sẻ|phát biểu|bày tỏ|trao đổi với|thông tin thêm)\b")
_GROUPED = pattern(r"(?:các|những|từng) ")
_FOR_ANOTHER = exact(r",?\s+để\s+(?=[A-ZĐ])")
_TAIL = ' \t\n./;,*_"”'
SHORTEST_ITEM = 25


@dataclass
class Sentences:
    """Reads the sentences of one block into drafts.

    `marked`: a numbered item, or below a heading of units; `headed`: such an item below such one.
    `ordering`: orders went just before, as in a news item.
    """

    text: str
    timing: Timing
    marked: bool = False
    headed: bool = False
    ordering: bool = False
    drafts: list[Draft] = field(default_factory=list)

    @cached_property
    def whom(self) -> Addressing:
        """Return who finds the addressees of this block's sentences."""
        return Addressing(self.text, self.timing, self.marked, self.ordering)

    def read(self, start: int, end: int, lead: Named) -> list[Draft]:
        """Return the drafts of a block; `lead` answers for sentences that name nobody."""
        for begin, stop in self._segments(start, end):
            self._segment(begin, stop, lead)
            if self.drafts:
                self.whom.ordering = True
                lead = self.drafts[-1].lead.by(Rule.SENTENCE_BEFORE)
        return self.drafts

    # --- where one task ends

    def _segments(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Cut a block into sentences, and these at semicolons before another unit."""
        position = start
        for found in _SENTENCE.finditer(self.text, start, end):
            if _ABBREVIATION.search(self.text, max(start, found.start() - 6), found.end()):
                continue
            yield from self._parts(position, found.end())
            position = found.end()
        yield from self._parts(position, end)

    def _parts(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        position = start
        for found in _SEMICOLON.finditer(self.text, start, end):
            if self._changes(position, found.start(), found.end(), end):
                yield from self._handed_on(position, found.start())
                position = found.end()
        yield from self._handed_on(position, end)

    def _handed_on(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Cut "A báo cáo … trước ngày D, để B tổng hợp … trước ngày E" in two."""
        dates = self.timing.between(start, end)
        for found in _FOR_ANOTHER.finditer(self.text, start, end) if len(dates) > 1 else ():
            if (
                read_units(self.text, found.end(), end, acting=True)
                and self.timing.is_dated(start, found.start())
                and self.timing.is_dated(found.end(), end)
            ):
                yield start, found.start()
                start = found.end()
        yield start, end

    def _changes(self, start: int, stop: int, begin: int, end: int) -> bool:
        """Tell whether behind a semicolon another unit, or another deadline, begins."""
        text = self.text
        assigned = None if DIRECTS.match(text, begin) else ASSIGNED.match(text, begin, end)
        if assigned and read_units(text, assigned.end(), end, acting=True):
            return True
        units = read_units(text, begin, end, acting=True)
        if units and not self.whom.tells(units.end):
            return text[begin].isupper() or _GROUPED.match(text, begin) is not None
        if self.marked and _LEADING.match(text, begin):
            return True
        return self.timing.is_dated(start, stop) and self.timing.is_dated(begin, end)

    # --- one sentence

    def _segment(self, origin: int, end: int, lead: Named) -> None:
        text = self.text
        start = _skip(_CONNECTIVE, text, origin)
        if not text[start:end].strip(" .*_\n") or APPROVAL.match(text, start):
            return
        own = self.whom.addressed(start, end, origin=origin, led=self.marked and bool(lead))
        if own is not None:
            units, begin, rule = own
            closing = CLOSING.fullmatch(text[units.end : end].rstrip('"” \n'))
            if not closing and not self._is_offer(origin, end):
                self.drafts.append(Draft(begin, end, named(units, rule), action=units.end))
        elif self.drafts and self._continues(self.drafts[-1], origin, start, end):
            self.drafts[-1].end = end
        elif lead:
            self._inherit(origin, start, end, lead)

    def _is_offer(self, start: int, end: int) -> bool:
        """Tell "Trong quá trình thực hiện, nếu có vướng mắc, … phản ánh về …" from an order."""
        return bool(_OFFER.match(self.text, start, end)) and not self.timing.is_dated(start, end)

    def _continues(self, current: Draft, origin: int, start: int, end: int) -> bool:
        """Tell whether a sentence that addresses nobody belongs to the task before it."""
        done = bool(self.timing.between(current.start, current.end))
        if self.marked:
            apart = ";" in self.text[max(0, origin - 3) : origin]
            if apart and _LEADING.match(self.text, start):
                return False
            return not (done and self._acts(start))
        if _CONTINUING.match(self.text, origin):
            return True
        dated = self.timing.is_dated(start, end)
        return dated and not done and _ONLY_TIME.match(self.text, start) is not None

    def _inherit(self, origin: int, start: int, end: int, lead: Named) -> None:
        """Draft a task for the unit named before, when the sentence asks for an act."""
        text = self.text
        target = self._is_target(start, end)
        acts = self._acts(start)
        if not target and not acts and not self._is_item(start, end):
            return
        urged = not target and not self.timing.is_dated(start, end)
        if not self.marked and urged and EXHORTATION.match(text, start):
            return
        if CLOSING.fullmatch(text[start:end]) or self._reports(start, end):
            return
        timed = any(item.start < start for item in self.timing.between(origin, end))
        begin = origin if timed else start
        kind = Rule.TARGET if target else Rule.ORDER if acts else Rule.ITEM
        self.drafts.append(Draft(begin, end, lead, kind=kind, action=start))

    def _reports(self, start: int, end: int) -> bool:
        """Tell whether a sentence of running text quotes somebody instead of ordering."""
        return not self.marked and _QUOTES.search(self.text, start, end) is not None

    def _acts(self, position: int) -> bool:
        """Tell whether an act is asked at `position`, at once or after "Đến năm 2030, "."""
        lead_in = _TIMED.match(self.text, position)
        return bool(
            ACTION.match(self.text, position)
            or (lead_in and ACTION.match(self.text, lead_in.end()))
        )

    def _is_item(self, start: int, end: int) -> bool:
        """Tell whether an item below a heading of units asks for work in words of its own."""
        text = self.text
        whole = self.headed and not self.drafts and end - start > SHORTEST_ITEM
        return whole and text[start].isupper() and not TOPIC.match(text, start)

    def _is_target(self, start: int, end: int) -> bool:
        return TARGET.match(self.text, start) is not None and any(
            char.isdigit() for char in self.text[start:end]
        )

    # --- whom a sentence addresses

    # --- what belongs to a draft

    def complete(self, draft: Draft, fallback: Timed) -> None:
        """Trim a draft and find who coordinates, by when, and whether it is a target."""
        words = self.text[draft.action : draft.end].rstrip(_TAIL)
        draft.end = draft.action + max(len(words), 1)
        coordinate = self.coordinate(draft.action, draft.end)
        draft.coordinate = coordinate.without(draft.lead.names)
        if self._is_target(draft.action, draft.end):
            draft.kind = Rule.TARGET
        draft.time = timed(self.timing.between(draft.start, draft.end)) or fallback

    def coordinate(self, start: int, end: int) -> Named:
        """Return the units behind "phối hợp với" in `text[start:end]`."""
        names: list[str] = []
        places: list[Stretch] = []
        for found in COORDINATE.finditer(self.text, start, end):
            if PERSUADING.search(self.text, max(start, found.start() - 130), found.start()):
                continue
            units = read_units(self.text, found.end(), end)
            if units:
                names.extend(name for name in units.names if name not in names)
                places.append((units.start, units.end))
        return Named(tuple(names), Rule.COORDINATES, tuple(places)) if names else NOBODY

    def adds_time(self, start: int, end: int) -> Timed:
        """Return the deadline of a paragraph that only says by when, such as a second line."""
        if not _ONLY_TIME.match(self.text, start):
            return NO_TIME
        if self.whom.addressed(start, end, origin=start, led=True):
            return NO_TIME
        dated = [item for item in self.timing.between(start, end) if item.deadline.due_on]
        return timed(dated).by(Rule.TIME_AFTERWARDS)


def named(units: UnitList, rule: Rule) -> Named:
    """Return the units of a list as found by `rule`."""
    return Named(units.names, rule, ((units.start, units.end),))


def timed(found: list[FoundDeadline]) -> Timed:
    """Return the deadline that counts among those of one task."""
    chosen = choose(found)
    if chosen is None:
        return NO_TIME
    return Timed(chosen.deadline, Rule.TIME_IN_SENTENCE, ((chosen.start, chosen.end),))


def _skip(opener: re.Pattern[str], text: str, position: int) -> int:
    """Return where the words behind an optional opener begin."""
    found = opener.match(text, position)
    return found.end() if found else position
