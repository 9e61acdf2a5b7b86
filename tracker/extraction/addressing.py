"""Whom a sentence addresses: behind a verb that assigns, as its subject, behind its topic."""

from dataclasses import dataclass

from tracker.extraction.findings import Rule
from tracker.extraction.names import UnitList, read_units, starts_with_unit
from tracker.extraction.timing import Timing
from tracker.extraction.vocabulary import (
    ASSIGN,
    CAPITAL,
    any_of,
    exact,
    pattern,
)
from tracker.extraction.words import (
    ACTION,
    ASSIGNING,
    PROPOSED,
    TELLING,
)

ASSIGNED = pattern(
    rf"(?<!\w)(?P<verb>{ASSIGN}) (?:(?:thêm|ngay|rõ|cho|riêng|tất cả"
    rf"|(?:trong )?thời gian tới,?) )?"
    r"(?:trách nhiệm cho )?[*_]*"
)
_BEFORE_NO_ORDER = any_of(
    """được, theo, nhiệm vụ, do, tại, của, những, nội dung, ý kiến, xét, bị, sự, việc, kiến nghị,
    đáp ứng, trên cơ sở, ban, đề xuất, đã được, tinh thần, thực hiện, quyền, tham mưu, để, hoặc,
    chức năng, chỉ tiêu, biên chế"""
)
# "nhiệm vụ của thành phố giao cho phường": told of work, no order.
_TOLD = pattern(
    r"(?:nhiệm vụ|chỉ tiêu|nội dung|công việc|biên chế|kinh phí|dự toán|vốn) "
    r"(?:\w+ ){0,3}?(?:của|do|mà) [^.;:]{2,60} $"
)
_NO_ORDER = pattern(rf"(?:{_BEFORE_NO_ORDER}) (?:\w+, ?)?$")
_PROMISED = pattern(r"(?<!\w)sẽ [^.;,]{0,40}$")
_TOPICS = any_of(
    """đối với, về, trên cơ sở, sau khi, căn cứ, riêng, trong, để, với, tại, từ, nhằm, theo,
    hiện nay, khi, bên cạnh"""
)
TOPIC = pattern(rf"(?:\s|[*_\"“])*(?:{_TOPICS})\b")
_REQUEST = pattern(r"\s*về (?:các )?(?:đề nghị|kiến nghị|đề xuất)[^:]{3,1500}: ")
_BY = exact(r"(?<!lý )(?<!mặc )(?<!tự )\bdo\s+(?=\w)")
_PAST = pattern(r"\b(?:đã|đang|vừa|bị|sẽ)\b")
_CARRIES = pattern(
    r"\s*,?\s*(?:chủ trì|làm chủ|đảm nhận|đảm nhiệm|phụ trách|chịu trách nhiệm|bố trí|thực hiện"
    r"|chuẩn bị|tham mưu|bảo đảm|đảm bảo|cung cấp|làm đầu mối)"
)
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
_TELLS_SO = pattern(r"\b(?:sẽ|đã|vừa qua|hiện nay|có (?:công điện|công văn|thông báo))\b")
DIRECTS = pattern(r"chỉ đạo ")
# A proper name or a group, not "đơn vị phù hợp với nhiệm vụ".
_NAMED = exact(rf"[{CAPITAL}]|^(?i:các|những|từng|mọi|tất) ")
LONG_SENTENCE = 500
# How far an assigner ("Chủ tịch UBND tỉnh …") may stand before the assigning verb.
NEAR = 200
SUBJECT = 260


Addressed = tuple[UnitList, int, Rule]


@dataclass
class Addressing:
    """Finds the addressee of a sentence of one block.

    `marked`: a numbered item, or below a heading of units; `ordering`: orders went just before.
    """

    text: str
    timing: Timing
    marked: bool = False
    ordering: bool = False

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
        return (
            self._assigned(start, end, subject, led=led)
            or self._after_topic(origin, end)
            or self._passive(start, end)
        )

    def _passive(self, start: int, end: int) -> Addressed | None:
        """Find the unit of "<work> do <unit> chủ trì": an item whose subject is the work."""
        found = _BY.search(self.text, start, min(end, start + NEAR)) if self.marked else None
        if found is None or _PAST.search(self.text, start, end):
            return None
        units = read_units(self.text, found.end(), end)
        if units is None or not _CARRIES.match(self.text, units.end):
            return None
        return units, start, Rule.PASSIVE

    def _after_topic(self, start: int, end: int) -> Addressed | None:
        """Find the unit behind "Đối với …, " or "Về …: "."""
        text = self.text
        if not TOPIC.match(text, start):
            return None
        for mark in _AFTER_TOPIC.finditer(text, start, min(end, start + LONG_SENTENCE)):
            units = read_units(text, mark.end(), end, acting=True)
            if units is None or self.tells(units.end):
                continue
            if not _NAMED.search(units.names[0]):
                continue
            if self.marked or mark[0][0] == ":" or _DUTY.match(text, units.end):
                return units, mark.end() if mark[0][0] == ":" else start, Rule.AFTER_TOPIC
        return None

    def _ordered(self, subject: UnitList, end: int) -> bool:
        """Tell whether the sentence orders its own subject to do something."""
        text = self.text
        if not subject.acts or self.tells(subject.end):
            return False
        if self.marked:
            return True
        if DIRECTS.match(text, subject.end) and _POST.match(text, subject.start):
            return False
        if self.ordering and self._in_turn(subject, end):
            return True
        return bool(_DUTY.match(text, subject.end)) or self.timing.is_dated(subject.end, end)

    def _in_turn(self, subject: UnitList, end: int) -> bool:
        """Tell whether, after orders to others, a plain "Sở X <verb> …" is the next one."""
        text = self.text
        return (
            text[subject.start].isupper()
            and not _POST.match(text, subject.start)
            and ACTION.match(text, subject.end) is not None
            and _TELLS_SO.search(text, subject.end, end) is None
        )

    def _assigned(
        self, start: int, end: int, subject: UnitList | None, *, led: bool
    ) -> Addressed | None:
        """Find "giao <units> <verb>"; below a heading that names a unit, "chỉ đạo" is its work."""
        text = self.text
        for found in ASSIGNED.finditer(text, start, min(end, start + 4 * LONG_SENTENCE)):
            before = text[max(start, found.start() - 70) : found.start()]
            if _NO_ORDER.search(before) or PROPOSED.search(before) or _TOLD.search(before):
                continue
            if _PROMISED.search(before):
                continue
            units = read_units(text, found.end(), end)
            if units is None or TELLING.match(text, units.end):
                continue
            if not units.acts and text[units.end : units.end + 1] != ":":
                continue
            directs = DIRECTS.match(text, found.start()) is not None
            if directs and (led or (subject and not _POST.match(text, start))):
                continue
            begin = self._order_start(start, found.start(), before, subject)
            return units, begin, Rule.ASSIGNED
        return None

    def _order_start(self, start: int, verb: int, before: str, subject: UnitList | None) -> int:
        """Return where an order begins: with its assigner or topic when these stand near."""
        topic = TOPIC.match(self.text, start) and ":" not in before and verb - start < NEAR
        return start if (subject or topic) and verb - start < SUBJECT else verb

    def tells(self, position: int) -> bool:
        """Tell whether the words behind a unit report something, or pass an order on."""
        if TELLING.match(self.text, position):
            return True
        passing = ASSIGNING.match(self.text, position)
        return passing is not None and starts_with_unit(self.text, passing.end())
