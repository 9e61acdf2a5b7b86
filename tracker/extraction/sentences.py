"""Sentences of a block: whom each addresses, what it asks, and where one task ends."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from tracker.deadlines.rules import FoundDeadline
from tracker.extraction.drafts import NO_TIME, NOBODY, Draft, Named, Timed
from tracker.extraction.findings import Rule, Stretch
from tracker.extraction.names import UnitList, read_units, starts_with_unit
from tracker.extraction.timing import Timing, choose
from tracker.extraction.words import (
    ACTION,
    APPROVAL,
    ASSIGN,
    ASSIGNING,
    CAPITAL,
    CLOSING,
    COORDINATE,
    EXHORTATION,
    PERSUADING,
    PROPOSED,
    TARGET,
    TELLING,
    any_of,
    exact,
    pattern,
)

_SENTENCE = exact(rf"…(?=[{CAPITAL}])|[.!?…]+[\"”*_)\]]*\s+(?=[*_]{{0,3}}[\"“(]?[{CAPITAL}])")
_ABBREVIATION = exact(
    r"(?:\b(?:TP|Tp|TX|TT|ThS|TS|PGS|GS|[Ôô]ng|[Bb]à|[Ss]ố|St|[A-Z])"
    r"|(?:^|[\s(])\d{1,2})\.\s+$"
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
_ASSIGN = pattern(
    rf"(?<!\w)(?P<verb>{ASSIGN}) (?:(?:thêm|ngay|rõ|cho|riêng|tất cả"
    rf"|(?:trong )?thời gian tới,?) )?"
    r"(?:trách nhiệm cho )?[*_]*"
)
_BEFORE_NO_ORDER = any_of(
    """được, theo, nhiệm vụ, do, tại, của, những, nội dung, ý kiến, xét, bị, sự, việc, kiến nghị,
    đáp ứng, trên cơ sở, ban, đề xuất, đã được, tinh thần, thực hiện, quyền, tham mưu, để, hoặc,
    chức năng"""
)
_NO_ORDER = pattern(rf"(?:{_BEFORE_NO_ORDER}) (?:\w+, ?)?$")
_PROMISED = pattern(r"(?<!\w)sẽ [^.;,]{0,40}$")
_TOPICS = any_of(
    """đối với, về, trên cơ sở, sau khi, căn cứ, riêng, trong, để, với, tại, từ, nhằm, theo,
    hiện nay, khi, bên cạnh"""
)
_TOPIC = pattern(rf"(?:\s|[*_\"“])*(?:{_TOPICS})\b")
_REQUEST = pattern(r"\s*về (?:các )?(?:đề nghị|kiến nghị|đề xuất)[^:]{3,1500}: ")
_AFTER_TOPIC = exact(r"[,:]\s+[*_]*")
_POST = pattern(
    rf"(?:{any_of('chủ tịch, phó, thủ tướng, bí thư, đồng chí, ông, bà, thứ trưởng, trưởng')}"
    r"|bộ trưởng|giám đốc|lãnh đạo)"
)
_DUTIES = any_of(
    """chủ trì, phối hợp, phải, cần, có trách nhiệm, chịu trách nhiệm, chỉ đạo, báo cáo, được giao,
    được phân công, căn cứ, theo chức năng, khẩn trương, có ý kiến, tiếp tục, phát huy, tổng hợp,
    tham mưu, làm đầu mối, là đầu mối, định kỳ"""
)
_DUTY = pattern(
    rf"\s*,?\s*(?:(?:tiếp tục|khẩn trương|cũng|cần|phải|chủ động|trước mắt) )*(?:{_DUTIES})"
)
_DIRECTS = pattern(r"chỉ đạo ")
_ONLY_TIME = pattern(
    r"\s*(?:thời gian|thời hạn|hoàn thành|báo cáo|xong|kết quả|gửi|các nội dung|việc)\b"
)
_TIMED = pattern(r"\s*(?:đến|trong|trước|từ) (?:năm|ngày|tháng|quý|giai đoạn) [^,.;]{1,50},\s*")
_CONTINUING = pattern(r"\s*(?:từ đó|trong đó|qua đó|trường hợp|nếu)\b")
_GROUPED = pattern(r"(?:các|những|từng) ")
_FOR_ANOTHER = exact(r",?\s+để\s+(?=[A-ZĐ])")
_TAIL = ' \t\n./;,*_"”'
LONG_SENTENCE = 500
# How far an assigner ("Chủ tịch UBND tỉnh …") may stand before the assigning verb.
NEAR = 200
SHORTEST_ITEM = 25
SUBJECT = 260


Addressed = tuple[UnitList, int, Rule]


@dataclass
class Sentences:
    """Reads the sentences of one block into drafts.

    `marked`: a numbered item, or below a heading of units; `headed`: such an item below such one.
    """

    text: str
    timing: Timing
    marked: bool = False
    headed: bool = False
    drafts: list[Draft] = field(default_factory=list)

    def read(self, start: int, end: int, lead: Named) -> list[Draft]:
        """Return the drafts of a block; `lead` answers for sentences that name nobody."""
        for begin, stop in self._segments(start, end):
            self._segment(begin, stop, lead)
            if self.drafts:
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
            units = read_units(self.text, found.end(), end)
            if (
                units
                and units.acts
                and self.timing.is_dated(start, found.start())
                and self.timing.is_dated(found.end(), end)
            ):
                yield start, found.start()
                start = found.end()
        yield start, end

    def _changes(self, start: int, stop: int, begin: int, end: int) -> bool:
        """Tell whether behind a semicolon another unit, or another deadline, begins."""
        text = self.text
        assigned = _ASSIGN.match(text, begin, end)
        if assigned and not _DIRECTS.match(text, begin):
            units = read_units(text, assigned.end(), end)
            if units and units.acts:
                return True
        units = read_units(text, begin, end)
        if units and units.acts and not self._tells(units.end):
            return text[begin].isupper() or _GROUPED.match(text, begin) is not None
        return self.timing.is_dated(start, stop) and self.timing.is_dated(begin, end)

    # --- one sentence

    def _segment(self, origin: int, end: int, lead: Named) -> None:
        text = self.text
        start = _skip(_CONNECTIVE, text, origin)
        if not text[start:end].strip(" .*_\n") or APPROVAL.match(text, start):
            return
        own = self.addressed(start, end, origin=origin, led=self.marked and bool(lead))
        if own is not None:
            units, begin, rule = own
            if not CLOSING.fullmatch(text[units.end : end].rstrip('"” \n')):
                self.drafts.append(Draft(begin, end, named(units, rule), action=units.end))
        elif self.drafts and self._continues(self.drafts[-1], origin, start, end):
            self.drafts[-1].end = end
        elif lead:
            self._inherit(origin, start, end, lead)

    def _continues(self, current: Draft, origin: int, start: int, end: int) -> bool:
        """Tell whether a sentence that addresses nobody belongs to the task before it."""
        done = bool(self.timing.between(current.start, current.end))
        if self.marked:
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
        if CLOSING.fullmatch(text[start:end]):
            return
        timed = any(item.start < start for item in self.timing.between(origin, end))
        begin = origin if timed else start
        kind = Rule.TARGET if target else Rule.ORDER if acts else Rule.ITEM
        self.drafts.append(Draft(begin, end, lead, kind=kind, action=start))

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
        return whole and text[start].isupper() and not _TOPIC.match(text, start)

    def _is_target(self, start: int, end: int) -> bool:
        return TARGET.match(self.text, start) is not None and any(
            char.isdigit() for char in self.text[start:end]
        )

    # --- whom a sentence addresses

    def addressed(self, start: int, end: int, *, origin: int, led: bool) -> Addressed | None:
        """Find whom a sentence addresses, where its order begins, and by which rule."""
        text = self.text
        request = _REQUEST.match(text, start, end)
        if request:
            # "Về đề nghị Bộ X …: Bộ Y …" – the request before the colon is no order.
            start = origin = request.end()
        subject = read_units(text, start, end)
        if subject is not None and self._ordered(subject, end):
            return subject, start, Rule.ORDERED
        return self._assigned(start, end, subject, led=led) or self._after_topic(origin, end)

    def _after_topic(self, start: int, end: int) -> Addressed | None:
        """Find the unit behind "Đối với …, " or "Về …: "."""
        text = self.text
        if not _TOPIC.match(text, start):
            return None
        for mark in _AFTER_TOPIC.finditer(text, start, min(end, start + LONG_SENTENCE)):
            units = read_units(text, mark.end(), end)
            if units is None or not units.acts or self._tells(units.end):
                continue
            if self.marked or _DUTY.match(text, units.end):
                return units, mark.end() if mark[0][0] == ":" else start, Rule.AFTER_TOPIC
        return None

    def _ordered(self, subject: UnitList, end: int) -> bool:
        """Tell whether the sentence orders its own subject to do something."""
        text = self.text
        if not subject.acts or self._tells(subject.end):
            return False
        if self.marked:
            return True
        if _DIRECTS.match(text, subject.end) and _POST.match(text, subject.start):
            return False
        return bool(_DUTY.match(text, subject.end)) or self.timing.is_dated(subject.end, end)

    def _assigned(
        self, start: int, end: int, subject: UnitList | None, *, led: bool
    ) -> Addressed | None:
        """Find "giao <units> <verb>"; below a heading that names a unit, "chỉ đạo" is its work."""
        text = self.text
        for found in _ASSIGN.finditer(text, start, min(end, start + 4 * LONG_SENTENCE)):
            before = text[max(start, found.start() - 70) : found.start()]
            if _NO_ORDER.search(before) or PROPOSED.search(before) or _PROMISED.search(before):
                continue
            units = read_units(text, found.end(), end)
            if units is None or TELLING.match(text, units.end):
                continue
            if not units.acts and text[units.end : units.end + 1] != ":":
                continue
            directs = _DIRECTS.match(text, found.start()) is not None
            if directs and (led or (subject and not _POST.match(text, start))):
                continue
            begin = self._order_start(start, found.start(), before, subject)
            return units, begin, Rule.ASSIGNED
        return None

    def _order_start(self, start: int, verb: int, before: str, subject: UnitList | None) -> int:
        """Return where an order begins: with its assigner or topic when these stand near."""
        topic = _TOPIC.match(self.text, start) and ":" not in before and verb - start < NEAR
        return start if (subject or topic) and verb - start < SUBJECT else verb

    def _tells(self, position: int) -> bool:
        """Tell whether the words behind a unit report something, or pass an order on."""
        if TELLING.match(self.text, position):
            return True
        passing = ASSIGNING.match(self.text, position)
        return passing is not None and starts_with_unit(self.text, passing.end())

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
        if self.addressed(start, end, origin=start, led=True):
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
