"""From blocks to drafts of tasks: who is asked, together with whom, to do what, by when."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from tracker.deadlines.rules import (
    NO_DEADLINE,
    Deadline,
    DeadlineKind,
    FoundDeadline,
    find_deadlines,
    parse_deadline,
)
from tracker.extraction.blocks import Block, Level
from tracker.extraction.grids import Column, Row, find_rows
from tracker.extraction.names import (
    UnitList,
    clean,
    read_units,
    split_names,
    starts_with_unit,
)
from tracker.extraction.words import (
    ACTION,
    APPROVAL,
    ASSIGN,
    ASSIGNING,
    BLACK_SECTION,
    CAPITAL,
    CLOSING,
    COORDINATE,
    EXHORTATION,
    FLAGS,
    PERSUADING,
    PROPOSED,
    STOP,
    TARGET,
    TELLING,
    WORK_SECTION,
)
from tracker.workdays import WorkCalendar

_SENTENCE = re.compile(rf"…(?=[{CAPITAL}])|[.!?…]+[\"”*_)\]]*\s+(?=[*_]{{0,3}}[\"“(]?[{CAPITAL}])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:TP|Tp|TX|TT|ThS|TS|PGS|GS|Ông|Bà|ông|bà|số|Số|St|[A-Z])|(?:^|[\s(])\d{1,2})\.\s+$"
)
_SEMICOLON = re.compile(
    r";[*_]*\s*(?:(?:và|đồng\s+thời|riêng)\s*,?\s+)?(?:đồng\s+thời\s*,?\s+)?", FLAGS
)
_CONNECTIVE = re.compile(
    r"(?:\s|[*_\"“])*(?:(?:trong\s+đó|đồng\s+thời|ngoài\s+ra|theo\s+đó|cụ\s+thể|bên\s+cạnh\s+đó|song\s+song\s+đó|riêng|từ\s+đó|mặt\s+khác"
    r"|trước\s+mắt|thời\s+gian\s+tới|trong\s+thời\s+gian\s+tới|đặc\s+biệt|tiếp\s+theo|sau\s+đó|cùng\s+với\s+đó|cùng\s+đó|về\s+tiến\s+độ\s+thực\s+hiện"
    r"|(?:hằng|hàng)\s+(?:năm|quý|tháng|tuần)|đợt\s+\d+)\s*[,:]?\s*){0,2}[*_\"“]*",
    FLAGS,
)
_ASSIGN = re.compile(
    rf"(?<!\w)(?P<verb>{ASSIGN})\s+(?:(?:thêm|ngay|rõ|cho|riêng|tất\s+cả|(?:trong\s+)?thời\s+gian\s+tới,?)\s+)?(?:trách\s+nhiệm\s+cho\s+)?[*_]*",
    FLAGS,
)
_NOT_ASSIGNED = re.compile(
    r"(?:được|theo|nhiệm\s+vụ|do|tại|của|những|nội\s+dung|ý\s+kiến|xét|bị|sự|việc|kiến\s+nghị|đáp\s+ứng|trên\s+cơ\s+sở"
    r"|ban|đề\s+xuất|đã\s+được|tinh\s+thần|thực\s+hiện|quyền|tham\s+mưu|để|hoặc|chức\s+năng)\s+(?:\w+,\s*)?$",
    FLAGS,
)
_PROMISED = re.compile(r"(?<!\w)sẽ\s[^.;,]{0,40}$", FLAGS)
_TOPIC = re.compile(
    r"(?:\s|[*_\"“])*(?:đối\s+với|về|trên\s+cơ\s+sở|sau\s+khi|căn\s+cứ|riêng|trong|để|với|tại|từ|nhằm|theo|hiện\s+nay|khi|bên\s+cạnh|hai\s+là)\b",
    FLAGS,
)
_REQUEST = re.compile(
    r"\s*về\s+(?:các\s+)?(?:đề\s+nghị|kiến\s+nghị|đề\s+xuất)[^:]{3,1500}:\s+", FLAGS
)
_AFTER_TOPIC = re.compile(r"[,:]\s+[*_]*")
_POST = re.compile(
    r"(?:chủ\s+tịch|phó|thủ\s+tướng|bí\s+thư|đồng\s+chí|ông|bà|thứ\s+trưởng|bộ\s+trưởng|trưởng|giám\s+đốc|lãnh\s+đạo)",
    FLAGS,
)
_DUTY = re.compile(
    r"\s*[,]?\s*(?:(?:tiếp\s+tục|khẩn\s+trương|cũng|cần|phải|chủ\s+động|trước\s+mắt)\s+)*"
    r"(?:chủ\s+trì|phối\s+hợp|phải|cần|có\s+trách\s+nhiệm|chịu\s+trách\s+nhiệm|chỉ\s+đạo|báo\s+cáo|được\s+giao|được\s+phân\s+công|căn\s+cứ|theo\s+chức\s+năng"
    r"|khẩn\s+trương|có\s+ý\s+kiến|tiếp\s+tục|phát\s+huy|tổng\s+hợp|tham\s+mưu|làm\s+đầu\s+mối|là\s+đầu\s+mối|định\s+kỳ)",
    FLAGS,
)
_HEADING_TAIL = re.compile(
    r"\s*(?:chủ\s+trì|có\s+trách\s+nhiệm|chịu\s+trách\s+nhiệm|thực\s+hiện|tập\s+trung|cần|phải)?(?P<with>\s*,?\s*phối\s+hợp[^:]{0,200})?"
    r"[^:.;]{0,60}:?[\s*_]*$",
    FLAGS,
)
_OPENED = re.compile(
    r"[\s*_]*(?:[-–]\s*[^:.;]{0,50})?(?:có\s+trách\s+nhiệm|chủ\s+trì)?[\s*_]*:[\s*_]*(?=\S)",
    FLAGS,
)
_GIVING = re.compile(rf"(?:\s|[*_])*(?:{ASSIGN}|đối\s+với|trách\s+nhiệm\s+của)\s+", FLAGS)
_LIST_INTRO = re.compile(r"(?:sau(?:\s+đây)?|dưới\s+đây|:)\s*[*_]*:?\s*[*_]*$", FLAGS)
_ONLY_TIME = re.compile(
    r"\s*(?:thời\s+gian|thời\s+hạn|hoàn\s+thành|báo\s+cáo|xong|kết\s+quả|gửi|các\s+nội\s+dung|việc)\b",
    FLAGS,
)
_LABEL = re.compile(
    r"(?:(?:đơn\s+vị|cơ\s+quan)(?:\s*,\s*(?:đơn\s+vị|cá\s+nhân))?\s+(?P<unit>chủ\s+trì|thực\s+hiện|tham\s+mưu|phối\s+hợp|phụ\s+trách|đầu\s+mối|chịu\s+trách\s+nhiệm)"
    r"|(?P<time>thời\s+gian|thời\s+hạn|tiến\s+độ)|(?P<product>sản\s+phẩm|kết\s+quả))[^:;.]{0,50}:[\s*_]*",
    FLAGS,
)
_THE_END = re.compile(r"(?:\s|[*_])*(?:nơi\s+nhận|tm\.\s|kt\.\s|tl\.\s|tuq\.\s)", FLAGS)
_ADDRESSED = re.compile(
    rf"(?:\s|[*_])*(?:[Kk](?i:ính\s+gửi)|[{CAPITAL}][{CAPITAL} ]{{3,60}}\s+điện\s*:)"
)
_APPENDIX = re.compile(r"(?:\s|[*_])*(?:phụ\s+lục|danh\s+mục|biểu|bảng\s+phân\s+công)", FLAGS)
_TITLE_END = re.compile(r"[.;:!?/…][\s*_\"”]*$")
_TAIL = ' \t\n./;,*_"”'
_TO_LIMIT = 500
_TIMED = re.compile(
    r"\s*(?:đến|trong|trước|từ)\s+(?:năm|ngày|tháng|quý|giai\s+đoạn)\s[^,.;]{1,50},\s*",
    FLAGS,
)
_CONTINUING = re.compile(r"\s*(?:từ\s+đó|trong\s+đó|qua\s+đó|trường\s+hợp|nếu)\b", FLAGS)
_GROUPED = re.compile(r"(?:các|những|từng)\s", FLAGS)
_FOR_ANOTHER = re.compile(r",?\s+để\s+(?=[A-ZĐ])")


@dataclass
class Draft:
    """One proposed task in offsets of the text as read."""

    start: int
    end: int
    lead: tuple[str, ...]
    coordinate: tuple[str, ...] = ()
    deadline: Deadline = NO_DEADLINE
    product: str = ""
    target: bool = False
    action: int = 0
    label: str = ""


@dataclass
class Scope:
    """What a heading or an opening sentence hands down to the items below it."""

    path: tuple[tuple[Level, str], ...]
    lead: tuple[str, ...] = ()
    coordinate: tuple[str, ...] = ()
    deadline: Deadline = NO_DEADLINE
    silent: bool = False
    heading: bool = False


@dataclass
class Reader:
    """Reads the blocks of one text in order; the drafts of block `n` are `drafts[n]`."""

    text: str
    issued_on: date | None
    calendar: WorkCalendar | None = None
    before_excludes_day: bool = False
    scopes: list[Scope] = field(default_factory=list)
    carried: tuple[str, ...] = ()
    carry_left: int = 0
    framed: bool = False
    addressed: bool = False
    last: Draft | None = None
    found: list[FoundDeadline] = field(default_factory=list)

    def read(self, blocks: list[Block]) -> list[list[Draft]]:
        """Return the drafts of every block; blocks of the frame are marked by `frame`."""
        drafts: list[list[Draft]] = []
        self.frames: set[int] = set()
        self.headings: set[int] = set()
        for index, block in enumerate(blocks):
            if self._in_frame(block):
                self.frames.add(index)
                drafts.append([])
                continue
            if block.table:
                drafts.append(self._table(block))
                continue
            self.scopes = [
                scope for scope in self.scopes if block.path[: len(scope.path)] == scope.path
            ]
            if block.labelled:
                drafts.append([])
                continue
            following = blocks[index + 1].path if index + 1 < len(blocks) else ()
            found = self._block(block, index, following)
            for draft in found:
                draft.label = block.label
            self.last = found[-1] if found else None
            drafts.append(found)
        self._labelled(blocks, drafts)
        return drafts

    # --- the frame: address, recipients, signature

    def _in_frame(self, block: Block) -> bool:
        words = self.text[block.start : min(block.end, block.start + 60)]
        if self.framed:
            if block.table or _APPENDIX.match(words):
                self.framed = False
            else:
                return True
        if _THE_END.match(words):
            self.framed = True
            return True
        if _ADDRESSED.match(words):
            self.addressed = True
            return True
        if self.addressed and block.level is Level.BULLET and block.end - block.start < 200:
            return True
        self.addressed = False
        return False

    # --- tables

    def _table(self, block: Block) -> list[Draft]:
        drafts: list[Draft] = []
        above: dict[Column, tuple[str, ...]] = {}
        time = ""
        for row in find_rows(self.text, block.start, block.end):
            if Column.TASK not in row.cells or not self._cell(row, Column.TASK):
                continue
            own = Column.LEAD in row.cells or row.number
            lead = split_names(self._cell(row, Column.LEAD)) or above.get(Column.LEAD, ())
            coordinate = split_names(self._cell(row, Column.COORDINATE)) or (
                () if own else above.get(Column.COORDINATE, ())
            )
            when = self._cell(row, Column.TIME) or ("" if own else time)
            above = {Column.LEAD: lead, Column.COORDINATE: coordinate}
            time = when
            if not lead:
                continue
            task = row.cells[Column.TASK]
            drafts.append(
                Draft(
                    row.start,
                    row.end,
                    lead,
                    coordinate,
                    self._parsed(when),
                    clean(self._cell(row, Column.PRODUCT)),
                    action=task.start,
                    label=row.number,
                )
            )
        return drafts

    def _cell(self, row: Row, column: Column) -> str:
        cell = row.cells.get(column)
        return self.text[cell.start : cell.end] if cell else ""

    def _parsed(self, words: str) -> Deadline:
        plain = re.sub(r"[*_]+", "", words)
        return parse_deadline(
            plain,
            self.issued_on,
            self.calendar,
            before_excludes_day=self.before_excludes_day,
        )

    # --- labelled lines: "Đơn vị chủ trì: …" speaks of the items above it

    def _labelled(self, blocks: list[Block], drafts: list[list[Draft]]) -> None:
        waiting: list[int] = []
        heading: int | None = None
        labels: dict[str, str] = {}
        for index, block in enumerate([*blocks, None]):
            if block is not None and block.labelled:
                for name, words in _labels(self.text[block.start : block.end]):
                    labels.setdefault(name, words)
                continue
            if labels:
                self._apply(
                    labels,
                    waiting or ([heading] if heading is not None else []),
                    blocks,
                    drafts,
                )
                waiting, labels = [], {}
            if block is None or index in self.frames or block.table:
                waiting, heading = [], None
            elif block.level <= Level.NUMBER and self._is_title(block):
                waiting, heading = [], index
            else:
                waiting.append(index)

    def _apply(
        self,
        labels: dict[str, str],
        waiting: list[int],
        blocks: list[Block],
        drafts: list[list[Draft]],
    ) -> None:
        lead = split_names(labels.get("lead", ""))
        coordinate = split_names(labels.get("coordinate", ""))
        deadline = (
            self._parsed(labels.get("time", "").rstrip(" .;"))
            if labels.get("time")
            else NO_DEADLINE
        )
        for index in waiting:
            block = blocks[index]
            if not lead and not drafts[index]:
                continue
            if lead or len(drafts[index]) != 1:
                drafts[index] = [
                    Draft(
                        block.body,
                        block.end,
                        lead,
                        action=block.body,
                        label=block.label,
                    )
                ]
            for draft in drafts[index]:
                draft.coordinate = coordinate or draft.coordinate
                if deadline.kind is not DeadlineKind.NONE or labels.get("time"):
                    draft.deadline = deadline
                draft.product = clean(labels.get("product", "")) or draft.product

    # --- blocks of words

    def _is_title(self, block: Block) -> bool:
        words = self.text[block.body : block.end]
        if len(words) >= 260:
            return False
        loud = self.text[block.start : block.start + 2] == "**" and words.rstrip().endswith("**")
        return loud or not re.search(r"[.;][\s*_]*$", words)

    def _block(
        self, block: Block, index: int, following: tuple[tuple[Level, str], ...]
    ) -> list[Draft]:
        text = self.text
        words = text[block.body : block.end]
        self._find_deadlines(block)
        title = block.level is not Level.PLAIN and self._is_title(block)
        if not title and block.level is Level.PLAIN and self._joins(block, words):
            return []
        if title and self._section(block, words):
            self.headings.add(index)
        if self._heading(block, words):
            self.headings.add(index)
            return []
        if any(scope.silent for scope in self.scopes):
            return []
        marked = block.level is not Level.PLAIN or any(scope.heading for scope in self.scopes)
        scope = self._inherited()
        lead = scope.lead if scope else ()
        start = block.body
        after = self._opening(block)
        if after is not None:
            start, lead = after
            marked = True
        drafts: list[Draft] = []
        if not lead and not marked and self.carry_left and not title and _TITLE_END.search(words):
            lead = self.carried
        for begin, end in self._segments(start, block.end):
            self._segment(begin, end, drafts, lead, marked=marked)
            if drafts:
                lead = drafts[-1].lead
        if self._opens_list(block, drafts, following):
            drafts = drafts[:-1]
        if drafts:
            self.carried, self.carry_left = drafts[-1].lead, 2
            if block.level is not Level.PLAIN:
                self.scopes.append(Scope(block.path, drafts[0].lead))
        elif self.carry_left:
            self.carry_left -= 1
        fallback = next(
            (scope.deadline for scope in reversed(self.scopes) if scope.deadline.due_on),
            NO_DEADLINE,
        )
        for draft in drafts:
            self._complete(draft, fallback)
            if scope and not draft.coordinate and draft.lead == scope.lead:
                draft.coordinate = scope.coordinate
        return drafts

    def _joins(self, block: Block, words: str) -> bool:
        """Give a paragraph that only says by when to the task before it."""
        last = self.last
        if (
            last is None
            or len(words) > _TO_LIMIT
            or last.deadline.due_on
            or not _ONLY_TIME.match(words)
        ):
            return False
        if self._addressed(block.body, block.end, origin=block.body, marked=False, led=True):
            return False
        dated = [item for item in self._deadlines(block.body, block.end) if item.deadline.due_on]
        if not dated:
            return False
        last.end = block.end - (len(words) - len(words.rstrip(" \t\n.*_")))
        last.deadline = _choice(dated) or last.deadline
        return True

    def _inherited(self) -> Scope | None:
        return next((scope for scope in reversed(self.scopes) if scope.lead), None)

    def _section(self, block: Block, words: str) -> bool:
        """Note what a section heading says of all below: a deadline, or that nothing is asked."""
        found = [
            item.deadline for item in self._deadlines(block.body, block.end) if item.deadline.due_on
        ]
        letters = [char for char in words if char.isalpha()]
        loud = sum(char.isupper() for char in letters) * 2 > len(letters)
        silent = bool(
            block.level is Level.PART
            and BLACK_SECTION.search(words)
            and not WORK_SECTION.search(words)
        )
        if found and loud or silent:
            self.scopes.append(
                Scope(
                    block.path,
                    deadline=found[0] if found else NO_DEADLINE,
                    silent=silent,
                )
            )
            return True
        return loud

    def _heading(self, block: Block, words: str) -> bool:
        """Note a block that only names units: its items are theirs."""
        if len(words) > _TO_LIMIT:
            return False
        text = self.text
        giving = _GIVING.match(text, block.body, block.end)
        position = giving.end() if giving else _CONNECTIVE.match(text, block.body).end()  # type: ignore[union-attr]
        units = read_units(text, position, block.end)
        if units is None:
            return False
        rest = text[units.end : block.end]
        bare = not rest.strip(" \t\n:*_.")
        if bare and block.level is Level.PLAIN and not rest.strip(" \t\n*_").startswith(":"):
            return False
        if bare and rest.strip(" \t\n*_").startswith("."):
            return False
        if not bare:
            ends = rest.rstrip(" \t\n*_").endswith(":")
            if not ends or not _HEADING_TAIL.fullmatch(rest) or TELLING.match(rest):
                return False
        coordinate = self._coordinate(units.end, block.end)
        self.scopes.append(Scope(block.path, units.names, coordinate, heading=True))
        return True

    def _opening(self, block: Block) -> tuple[int, tuple[str, ...]] | None:
        """Read "1. Phòng X: <what it shall do>": the unit, then the work behind the colon."""
        giving = _GIVING.match(self.text, block.body, block.end)
        units = read_units(self.text, giving.end() if giving else block.body, block.end)
        if units is None or block.level is Level.PLAIN and not giving:
            return None
        colon = _OPENED.match(self.text, units.end, block.end)
        if colon is None:
            return None
        self.scopes.append(Scope(block.path, units.names, heading=True))
        return colon.end(), units.names

    def _opens_list(
        self,
        block: Block,
        drafts: list[Draft],
        following: tuple[tuple[Level, str], ...],
    ) -> bool:
        """Tell whether the block's last task only announces the items below it."""
        words = self.text[max(block.body, block.end - 40) : block.end].rstrip(" \t\n*_")
        if not words.endswith(":"):
            return False
        if drafts:
            last = drafts[-1]
            path = block.path
            while block.level is Level.PLAIN and path != following[: len(path)]:
                path = path[:-1]
            self.scopes.append(Scope(path, last.lead, heading=True))
            return True
        return False

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
        if len(self._deadlines(start, end)) > 1:
            for found in _FOR_ANOTHER.finditer(self.text, start, end):
                units = read_units(self.text, found.end(), end)
                if units and STOP.match(self.text, units.end):
                    before, after = (start, found.start()), (found.end(), end)
                    if self._dated(*before) and self._dated(*after):
                        yield before
                        start = found.end()
        yield start, end

    def _changes(self, start: int, stop: int, begin: int, end: int) -> bool:
        """Tell whether behind a semicolon another unit, or another deadline, begins."""
        assigned = _ASSIGN.match(self.text, begin, end)
        if assigned and not assigned["verb"].lower().startswith("chỉ"):
            units = read_units(self.text, assigned.end(), end)
            if units and STOP.match(self.text, units.end):
                return True
        units = read_units(self.text, begin, end)
        if units and STOP.match(self.text, units.end) and not _tells(self.text, units.end):
            return self.text[begin].isupper() or _GROUPED.match(self.text, begin) is not None
        if not any(item.deadline.due_on for item in self._deadlines(start, stop)):
            return False
        return any(item.deadline.due_on for item in self._deadlines(begin, end))

    def _segment(
        self,
        start: int,
        end: int,
        drafts: list[Draft],
        lead: tuple[str, ...],
        *,
        marked: bool,
    ) -> None:
        text = self.text
        origin = start
        start = _CONNECTIVE.match(text, start).end()  # type: ignore[union-attr]
        if not text[start:end].strip(" .*_\n") or APPROVAL.match(text, start):
            return
        led = marked and bool(lead)
        own = self._addressed(start, end, origin=origin, marked=marked, led=led)
        if own is not None:
            units, begin = own
            if not CLOSING.fullmatch(text[units.end : end].rstrip('"” \n')):
                drafts.append(Draft(begin, end, units.names, action=units.end))
            return
        current = drafts[-1] if drafts else None
        dated = any(item.deadline.due_on for item in self._deadlines(start, end))
        if current is not None:
            done = bool(self._deadlines(current.start, current.end))
            if marked and not (done and self._acts(start)):
                current.end = end
                return
            if not marked and _CONTINUING.match(text, origin):
                current.end = end
                return
            if not marked and dated and not done and _ONLY_TIME.match(text, start):
                current.end = end
                return
        if not lead:
            return
        target = bool(TARGET.match(text, start)) and any(char.isdigit() for char in text[start:end])
        if not target and not self._acts(start):
            return
        if not marked and not target and not dated and EXHORTATION.match(text, start):
            return
        if CLOSING.fullmatch(text[start:end]):
            return
        timed = any(item.start < start for item in self._deadlines(origin, end))
        drafts.append(Draft(origin if timed else start, end, lead, target=target, action=start))

    def _acts(self, position: int) -> bool:
        """Tell whether an act is asked at `position`, at once or after "Đến năm 2030, "."""
        lead_in = _TIMED.match(self.text, position)
        return bool(
            ACTION.match(self.text, position)
            or (lead_in and ACTION.match(self.text, lead_in.end()))
        )

    def _addressed(
        self, start: int, end: int, *, origin: int, marked: bool, led: bool
    ) -> tuple[UnitList, int] | None:
        """Find whom a sentence addresses, and where its order begins."""
        text = self.text
        request = _REQUEST.match(text, start, end)
        if request:
            # "Về đề nghị Bộ X …: Bộ Y …" – the request before the colon is no order.
            start = origin = request.end()
        subject = read_units(text, start, end)
        if subject is not None and self._ordered(subject, end, marked=marked):
            return subject, start
        assigned = self._assigned(start, end, subject, led=led)
        if assigned is not None:
            return assigned
        if _TOPIC.match(text, origin):
            for mark in _AFTER_TOPIC.finditer(text, origin, min(end, start + _TO_LIMIT)):
                units = read_units(text, mark.end(), end)
                if units is None or not STOP.match(text, units.end) or _tells(text, units.end):
                    continue
                if marked or _DUTY.match(text, units.end):
                    return units, mark.end() if mark[0][0] == ":" else start
        return None

    def _ordered(self, subject: UnitList, end: int, *, marked: bool) -> bool:
        """Tell whether the sentence orders its own subject to do something."""
        text = self.text
        if not STOP.match(text, subject.end) or _tells(text, subject.end):
            return False
        if (
            re.match(r"chỉ\s+đạo\s", text[subject.end : subject.end + 10])
            and _POST.match(text, subject.start)
            and not marked
        ):
            return False
        if marked:
            return True
        return bool(_DUTY.match(text, subject.end)) or any(
            item.deadline.due_on for item in self._deadlines(subject.end, end)
        )

    def _assigned(
        self, start: int, end: int, subject: UnitList | None, *, led: bool
    ) -> tuple[UnitList, int] | None:
        """Find "giao <units> <verb>"; below a heading that names a unit, "chỉ đạo" is its work."""
        text = self.text
        for found in _ASSIGN.finditer(text, start, min(end, start + 4 * _TO_LIMIT)):
            before = text[max(start, found.start() - 70) : found.start()]
            if _NOT_ASSIGNED.search(before) or PROPOSED.search(before) or _PROMISED.search(before):
                continue
            units = read_units(text, found.end(), end)
            if units is None or TELLING.match(text, units.end):
                continue
            if not STOP.match(text, units.end) and text[units.end : units.end + 1] != ":":
                continue
            directing = found["verb"].lower().startswith("chỉ")
            if directing and (led or (subject and not _POST.match(text, start))):
                continue
            topic = _TOPIC.match(text, start) and ":" not in before and found.start() - start < 200
            begin = start if subject or topic else found.start()
            return units, begin if found.start() - begin < 260 else found.start()
        return None

    # --- what belongs to a draft

    def _complete(self, draft: Draft, fallback: Deadline) -> None:
        words = self.text[draft.action : draft.end].rstrip(_TAIL)
        draft.end = draft.action + max(len(words), 1)
        draft.coordinate = self._coordinate(draft.action, draft.end)
        draft.coordinate = tuple(name for name in draft.coordinate if name not in draft.lead)
        if TARGET.match(self.text, draft.action):
            draft.target = any(char.isdigit() for char in self.text[draft.action : draft.end])
        found = self._deadlines(draft.start, draft.end)
        draft.deadline = _choice(found) or fallback

    def _coordinate(self, start: int, end: int) -> tuple[str, ...]:
        names: list[str] = []
        for found in COORDINATE.finditer(self.text, start, end):
            if PERSUADING.search(self.text, max(start, found.start() - 130), found.start()):
                continue
            units = read_units(self.text, found.end(), end)
            if units:
                names.extend(name for name in units.names if name not in names)
        return tuple(names)

    def _dated(self, start: int, end: int) -> bool:
        return any(item.deadline.due_on for item in self._deadlines(start, end))

    def _deadlines(self, start: int, end: int) -> list[FoundDeadline]:
        """Return the deadlines between two offsets; a block is searched once."""
        first = bisect_left(self.found, start, key=_where)
        last = bisect_left(self.found, end, key=_where)
        return [item for item in self.found[first:last] if item.end <= end]

    def _find_deadlines(self, block: Block) -> None:
        found = find_deadlines(
            self.text[block.start : block.end],
            self.issued_on,
            self.calendar,
            before_excludes_day=self.before_excludes_day,
        )
        self.found = [
            FoundDeadline(item.start + block.start, item.end + block.start, item.deadline)
            for item in found
        ]


def _where(item: FoundDeadline) -> int:
    return item.start


def _tells(text: str, position: int) -> bool:
    """Tell whether the words behind a unit report something, or pass an order on."""
    if TELLING.match(text, position):
        return True
    passing = ASSIGNING.match(text, position)
    return passing is not None and starts_with_unit(text, passing.end())


def _choice(found: list[FoundDeadline]) -> Deadline | None:
    """Choose among the deadlines in one task: a day named as limit before a period or a stretch."""
    dated = [item.deadline for item in found if item.deadline.due_on]
    if dated:
        return min(dated, key=_weakness)
    return found[0].deadline if found else None


def _weakness(deadline: Deadline) -> tuple[int, bool]:
    words = deadline.text.lower()
    if words.startswith(("trước", "chậm", "muộn", "trễ", "hạn", "thời hạn", "hoàn thành", "xong")):
        rank = 0
    else:
        rank = 1 if words.startswith(("trong", "vào", "ngay")) else 2
    return rank, deadline.kind is DeadlineKind.YEAR


def _labels(words: str) -> Iterator[tuple[str, str]]:
    """Yield what a labelled line says: ("lead", "Sở Nội vụ"), ("time", "Quý I") …"""
    marks = list(_LABEL.finditer(words))
    for index, mark in enumerate(marks):
        stop = marks[index + 1].start() if index + 1 < len(marks) else len(words)
        if mark["unit"]:
            name = "coordinate" if "hợp" in mark[0].lower() else "lead"
        else:
            name = "time" if mark["time"] else "product"
        yield name, words[mark.end() : stop].strip(" \t\n;.*_-")
