"""From blocks to drafts of tasks: what stands in the frame, in headings, in tables, in items."""

from dataclasses import dataclass, field

from tracker.extraction.addressing import LONG_SENTENCE
from tracker.extraction.blocks import Block, Level
from tracker.extraction.drafts import NO_TIME, NOBODY, Draft, Named, Timed
from tracker.extraction.findings import Field, Rule, Stretch
from tracker.extraction.grids import Column, Row, find_rows
from tracker.extraction.labels import Labels, read_labels
from tracker.extraction.names import clean, read_units, split_names
from tracker.extraction.sentences import Sentences, named, timed
from tracker.extraction.timing import Timing
from tracker.extraction.vocabulary import ASSIGN, CAPITAL, exact, pattern
from tracker.extraction.words import BLACK_SECTION, TELLING, WORK_SECTION

Path = tuple[tuple[Level, str], ...]

_OPENING = pattern(r"(?:\s|[*_\"“])*")
_GIVING = pattern(rf"(?:\s|[*_])*(?:{ASSIGN}|đối với|trách nhiệm của) ")
_OPENED = pattern(
    r"[\s*_]*(?:[-–]\s*[^:.;]{0,50})?(?:có trách nhiệm|chủ trì)?[\s*_]*:[\s*_]*(?=\S)"
)
_HEADING_TAIL = pattern(
    r"\s*(?:chủ trì|có trách nhiệm|chịu trách nhiệm|thực hiện|tập trung|cần|phải)?"
    r"(?:\s*,?\s*phối hợp[^:]{0,200})?[^:.;]{0,60}:?[\s*_]*$"
)
_THE_END = pattern(r"(?:\s|[*_])*(?:nơi nhận|tm\. |kt\. |tl\. |tuq\. )")
_ADDRESSED = exact(
    rf"(?:\s|[*_])*(?:[Kk](?i:ính\s+gửi)|[{CAPITAL}][{CAPITAL}\s]{{3,60}}\s+điện\s*:)"
)
_APPENDIX = pattern(r"(?:\s|[*_])*(?:phụ lục|danh mục|biểu|bảng phân công)")
_FINISHED = exact(r"[.;][\s*_]*$")
_TITLE_END = exact(r"[.;!?/…][\s*_\"”]*$")
_EDGE = " \t\n*_"
TITLE = 260
RECIPIENT = 200
GLANCE = 60
CARRIED = 2
"""For how many paragraphs an addressee stands."""
FEWEST_CLAUSES = 3


@dataclass
class Scope:
    """What a heading or an opening sentence hands down to the items below it."""

    path: Path
    lead: Named = NOBODY
    coordinate: Named = NOBODY
    time: Timed = NO_TIME
    silent: bool = False
    heading: bool = False


@dataclass
class Reader:
    """Reads the blocks of one text in order.

    `head_end` is where the letterhead ends. After `read`, `frames` holds the indices of blocks
    outside the numbering (letterhead, address, recipients, signature) and `headings` those that
    only head others.
    """

    text: str
    timing: Timing
    head_end: int = 0
    frames: set[int] = field(default_factory=set)
    headings: set[int] = field(default_factory=set)
    scopes: list[Scope] = field(default_factory=list)
    # The unit addressed last in running paragraphs, and for how many more it stands.
    carried: Named = NOBODY
    carry_left: int = 0
    last: Draft | None = None
    framed: bool = False
    # A text of numbered clauses: its unnumbered paragraphs give orders too.
    numbered: bool = False
    addressed: bool = False

    def read(self, blocks: list[Block]) -> list[list[Draft]]:
        """Return the drafts of every block, in the order of the blocks."""
        drafts: list[list[Draft]] = []
        marks = sum(Level.PART < block.level < Level.BULLET for block in blocks)
        self.numbered = marks >= FEWEST_CLAUSES
        for index, block in enumerate(blocks):
            if self._in_frame(block):
                self.frames.add(index)
                drafts.append([])
            elif block.table:
                drafts.append(self._table(block))
            else:
                following = blocks[index + 1].path if index + 1 < len(blocks) else ()
                drafts.append(self._item(block, index, following))
        self._labelled(blocks, drafts)
        return drafts

    # --- the frame: address, recipients, signature

    def _in_frame(self, block: Block) -> bool:
        if block.end <= self.head_end and block.level is Level.PLAIN:
            return True
        words = self.text[block.start : min(block.end, block.start + GLANCE)]
        if self.framed and not block.table and not _APPENDIX.match(words):
            return True
        self.framed = _THE_END.match(words) is not None
        recipient = block.level is Level.BULLET and block.end - block.start < RECIPIENT
        self.addressed = bool(_ADDRESSED.match(words)) or (self.addressed and recipient)
        return self.framed or self.addressed

    # --- tables

    def _table(self, block: Block) -> list[Draft]:
        drafts: list[Draft] = []
        above: Draft | None = None
        for row in find_rows(self.text, block.start, block.end):
            if not self._cell(row, Column.TASK):
                continue
            draft = self._row(row, above)
            if draft.lead:
                drafts.append(draft)
                above = draft
        return drafts

    def _row(self, row: Row, above: Draft | None) -> Draft:
        """Draft one row; under merged cells it shares what the row above says."""
        lead = self._named(row, Column.LEAD, Rule.LEAD_COLUMN)
        coordinate = self._named(row, Column.COORDINATE, Rule.COORDINATE_COLUMN)
        time = self._time(row)
        if above is not None and not row.number and Column.LEAD not in row.cells:
            coordinate = coordinate or above.coordinate.by(Rule.COORDINATE_ROW_ABOVE)
            time = time or above.time.by(Rule.TIME_ROW_ABOVE)
        if above is not None:
            lead = lead or above.lead.by(Rule.LEAD_ROW_ABOVE)
        return Draft(
            row.start,
            row.end,
            lead,
            coordinate,
            time,
            self._product(row),
            Rule.ROW,
            action=row.cells[Column.TASK].start,
            label=row.number,
        )

    def _cell(self, row: Row, column: Column) -> str:
        cell = row.cells.get(column)
        return self.text[cell.start : cell.end] if cell else ""

    def _named(self, row: Row, column: Column, rule: Rule) -> Named:
        names = split_names(self._cell(row, column))
        return Named(names, rule, (_place(row, column),)) if names else NOBODY

    def _product(self, row: Row) -> Named:
        words = clean(self._cell(row, Column.PRODUCT))
        place = _place(row, Column.PRODUCT)
        return Named((words,), Rule.PRODUCT_COLUMN, (place,)) if words else NOBODY

    def _time(self, row: Row) -> Timed:
        words = self._cell(row, Column.TIME)
        if not words:
            return NO_TIME
        return Timed(self.timing.parsed(words), Rule.TIME_COLUMN, (_place(row, Column.TIME),))

    # --- labelled lines

    def _labelled(self, blocks: list[Block], drafts: list[list[Draft]]) -> None:
        waiting: list[int] = []
        heading: list[int] = []
        labels: dict[Field, Stretch] = {}
        for index, block in enumerate([*blocks, None]):
            if block is not None and block.labelled:
                for name, words in read_labels(self.text, block.start, block.end):
                    labels.setdefault(name, words)
                continue
            if labels:
                for item in waiting or heading:
                    body = (blocks[item].body, blocks[item].end)
                    drafts[item] = Labels(self.text, self.timing, labels).apply(body, drafts[item])
                    for draft in drafts[item]:
                        draft.label = blocks[item].label
                waiting, labels = [], {}
            if block is None or index in self.frames or block.table:
                waiting, heading = [], []
            elif block.level <= Level.NUMBER and self._is_title(block):
                waiting, heading = [], [index]
            else:
                waiting.append(index)

    # --- items and paragraphs

    def _item(self, block: Block, index: int, following: Path) -> list[Draft]:
        self.scopes = [
            scope for scope in self.scopes if block.path[: len(scope.path)] == scope.path
        ]
        if block.labelled:
            return []
        self.timing.look_at(block.start, block.end)
        if self._adds_time(block):
            return []
        titled = block.level is not Level.PLAIN and self._is_title(block) and self._section(block)
        if self._heads_units(block) or titled:
            self.headings.add(index)
            self.last = None
            return []
        drafts = [] if any(scope.silent for scope in self.scopes) else self._work(block, following)
        self.last = drafts[-1] if drafts else None
        for draft in drafts:
            draft.label = block.label
        return drafts

    def _is_title(self, block: Block) -> bool:
        words = self.text[block.body : block.end]
        if len(words) >= TITLE:
            return False
        loud = self.text.startswith("**", block.start) and words.rstrip().endswith("**")
        return loud or not _FINISHED.search(words)

    def _adds_time(self, block: Block) -> bool:
        """Give a paragraph that only says by when to the task before it."""
        last = self.last
        if last is None or last.time.deadline.due_on or block.level is not Level.PLAIN:
            return False
        if block.end - block.body > LONG_SENTENCE:
            return False
        time = Sentences(self.text, self.timing).adds_time(block.body, block.end)
        if not time:
            return False
        words = self.text[block.body : block.end]
        last.end = block.body + len(words.rstrip(_EDGE + "."))
        last.time = time
        return True

    def _section(self, block: Block) -> bool:
        """Note what a section heading says of all below: a deadline, or that nothing is asked."""
        words = self.text[block.body : block.end]
        found = self.timing.between(block.body, block.end)
        dated = [item for item in found if item.deadline.due_on]
        letters = [char for char in words if char.isalpha()]
        loud = sum(char.isupper() for char in letters) * 2 > len(letters)
        reports = BLACK_SECTION.search(words) and not WORK_SECTION.search(words)
        silent = block.level is Level.PART and bool(reports)
        if silent or (dated and loud):
            time = timed(dated[:1]).by(Rule.TIME_HEADING)
            self.scopes.append(Scope(block.path, time=time, silent=silent))
        return loud or silent

    def _heads_units(self, block: Block) -> bool:
        """Note a block that only names units: the items below are theirs."""
        if block.end - block.body > LONG_SENTENCE:
            return False
        opener = _GIVING.match(self.text, block.body, block.end) or _OPENING.match(
            self.text, block.body
        )
        units = read_units(self.text, opener.end() if opener else block.body, block.end)
        if units is None:
            return False
        rest = self.text[units.end : block.end].strip(_EDGE)
        if rest in {"", ":"}:
            if block.level is Level.PLAIN and not rest:
                return False
        elif not (rest.endswith(":") and _HEADING_TAIL.fullmatch(rest)) or TELLING.match(rest):
            return False
        sentences = Sentences(self.text, self.timing)
        coordinate = sentences.coordinate(units.end, block.end).by(Rule.COORDINATE_HEADING)
        lead = named(units, Rule.UNDER_HEADING)
        self.scopes.append(Scope(block.path, lead, coordinate, heading=True))
        return True

    def _work(self, block: Block, following: Path) -> list[Draft]:
        """Read the sentences of a block for the unit that its headings name, or its own."""
        inherited = next((scope for scope in reversed(self.scopes) if scope.lead), None)
        start, lead = self._opened(block) or (block.body, inherited.lead if inherited else NOBODY)
        # A sentence that ends in a colon leads its items, not all paragraphs to the text's end.
        headings = [scope for scope in self.scopes if scope.heading and scope.path]
        marked = block.level is not Level.PLAIN or bool(headings or (self.numbered and block.path))
        if not lead and not marked and self.carry_left:
            finished = _TITLE_END.search(self.text[block.body : block.end])
            lead = self.carried if finished else NOBODY
        headed = block.level is not Level.PLAIN and any(scope.heading for scope in self.scopes)
        ordering = self.carry_left == CARRIED
        sentences = Sentences(self.text, self.timing, marked, headed, ordering)
        drafts = sentences.read(start, block.end, lead)
        if drafts and self._opens_list(block, drafts[-1], following):
            drafts.pop()
        self._carry(block, drafts)
        times = [scope.time for scope in self.scopes if scope.time]
        for draft in drafts:
            sentences.complete(draft, times[-1] if times else NO_TIME)
            if inherited and not draft.coordinate and draft.lead.names == inherited.lead.names:
                draft.coordinate = inherited.coordinate
        return drafts

    def _carry(self, block: Block, drafts: list[Draft]) -> None:
        if drafts:
            self.carried, self.carry_left = drafts[-1].lead.by(Rule.PARAGRAPH_BEFORE), CARRIED
            if block.level is not Level.PLAIN:
                self.scopes.append(Scope(block.path, drafts[0].lead.by(Rule.UNDER_ITEM)))
        elif self.carry_left:
            self.carry_left -= 1

    def _opened(self, block: Block) -> tuple[int, Named] | None:
        """Read "1. Phòng X: <what it shall do>": the unit, then the work behind the colon."""
        giving = _GIVING.match(self.text, block.body, block.end)
        if block.level is Level.PLAIN and not giving:
            return None
        units = read_units(self.text, giving.end() if giving else block.body, block.end)
        colon = _OPENED.match(self.text, units.end, block.end) if units else None
        if units is None or colon is None:
            return None
        lead = named(units, Rule.UNDER_HEADING)
        self.scopes.append(Scope(block.path, lead, heading=True))
        return colon.end(), lead.by(Rule.OPENED)

    def _opens_list(self, block: Block, last: Draft, following: Path) -> bool:
        """Tell whether the block's last task only announces the items below it."""
        if not self.text[block.body : block.end].rstrip(_EDGE).endswith(":"):
            return False
        path = block.path
        while block.level is Level.PLAIN and path != following[: len(path)]:
            path = path[:-1]
        self.scopes.append(Scope(path, last.lead.by(Rule.UNDER_ITEM), heading=True))
        return True


def _place(row: Row, column: Column) -> Stretch:
    """Return where a cell's words stand."""
    cell = row.cells.get(column)
    return (cell.start, cell.end) if cell else (row.end, row.end)
