"""From lines to blocks: paragraphs, numbered items and table regions, with their labels.

Texts come hard-wrapped (a crawled page, a PDF), one paragraph a line (a .docx), or with line
breaks lost between items ("…ý kiến như sau:1. Văn phònga) Rà soát"); all end in the same blocks.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum

from tracker.extraction.vocabulary import CAPITAL, SMALL


class Level(IntEnum):
    """How an item is marked; a smaller one usually stands above a greater one."""

    PART = 1
    NUMBER = 2
    SUBNUMBER = 3
    LETTER = 4
    COUNTER = 5
    BULLET = 6
    PLAIN = 7


@dataclass
class Block:
    """One paragraph or item: `text[start:end]`, its words from `body` on (behind the marker)."""

    start: int
    body: int
    end: int
    level: Level
    mark: str = ""
    path: tuple[tuple[Level, str], ...] = field(default=())
    table: bool = False
    labelled: bool = False

    @property
    def label(self) -> str:
        """The clause label, such as "III.2.a"; empty outside the numbering."""
        dotted = ".".join(mark for _, mark in self.path if mark)
        return dotted.replace(".-", "-")

    @property
    def depth(self) -> int:
        """How many items enclose this one, itself included."""
        return len(self.path)


TINY = 3
SHORT_LINE = 24
# A line of more characters is a whole paragraph; a cell of more lines is no cell.
WIDEST_PAGE = 160
LONGEST_CELL = 40
FEWEST_BARS = 6

_EMPHASIS = r"[ \t>#]*[*_]{0,3}[ \t]*"
_MARKER = re.compile(
    rf"{_EMPHASIS}(?:"
    r"(?P<part>(?i:phần\s+|mục\s+)?(?:[IVX]{1,6}|[A-E](?=\.))\s?[.)/](?=[\s*]))"
    r"|(?P<sub>\d{1,2}(?:\.\d{1,2}){1,3}\.?\)?(?=[\s*]))"
    rf"|(?P<number>\d{{1,2}}\s?[.)](?=[\s*]|[{CAPITAL}])|\d{{1,2}}/(?=\s))"
    r"|(?P<counter>\(\s?(?:\d{1,2}|[ivx]{1,5})\s?\))"
    rf"|(?P<letter>[a-zđ]\s?[.)](?=[\s*]|[{CAPITAL}]))"
    rf"|(?P<bullet>(?:[-–•+●▪]\s?|\*\s)(?=[\s*{CAPITAL}\"“])(?!-))"
    r"|(?P<word>(?i:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)\s+là\s*[,:]?"
    r"|(?i:thứ)\s+(?:nhất|hai|ba|tư|năm|sáu|bảy|tám)\s*[,:])"
    r")[ \t]*[*_]{0,3}[ \t]*",
)
_KINDS = {
    "part": Level.PART,
    "sub": Level.SUBNUMBER,
    "number": Level.NUMBER,
    "counter": Level.COUNTER,
    "letter": Level.LETTER,
    "bullet": Level.BULLET,
    "word": Level.NUMBER,
}
_WORD_NUMBERS = {
    word: str(number)
    for number, words in enumerate(
        (
            ("một", "nhất"),
            ("hai",),
            ("ba",),
            ("bốn", "tư"),
            ("năm",),
            ("sáu",),
            ("bảy",),
            ("tám",),
            ("chín",),
            ("mười",),
        ),
        start=1,
    )
    for word in words
}
_UPPER = re.compile(rf"{_EMPHASIS}[{CAPITAL}\"“(]")
_TERMINAL = re.compile(r"[.;:!?…/][*_\"”]*\s*$")
# Items whose line break was lost: glued to the word before, or behind a closing mark.
_LOST = re.compile(
    rf"(?<=[.;:!?{SMALL}])(?=(?:[IVX]{{1,5}}\.\s+[{CAPITAL}]{{2}}|\d{{1,2}}\.\s+[{CAPITAL}]"
    rf"|[a-hđ]\)\s*[{CAPITAL}]))"
    rf"|(?<=[{SMALL}]\.)(?=[{CAPITAL}][{SMALL}]+\s+[{SMALL}])"
    rf"|(?<=/20\d\d)(?=\d{{1,2}}\.\s+[{CAPITAL}])"
    rf"|(?<=[.;:])[ \t]*(?=-\s+[{CAPITAL}])"
    rf"|(?<=[.;:])[ \t]+(?=\((?:\d{{1,2}}|[ivx]{{1,5}})\)\s+[{CAPITAL}{SMALL}])"
    rf"|(?<=[.;:])[ \t]+(?=[a-hđ]\)\s+[{CAPITAL}])"
)
_LABELLED = re.compile(
    rf"{_EMPHASIS}(?:[-–+*]\s*|[a-eđ]\)\s*)?(?:đơn\s+vị|cơ\s+quan|thời\s+gian|thời\s+hạn"
    rf"|sản\s+phẩm|kết\s+quả|tiến\s+độ)"
    r"[^:;.]{0,60}:",
    re.IGNORECASE,
)
_PIPE_LINE = re.compile(r"^[ \t]*\|[ \t]*$")


def find_blocks(text: str) -> list[Block]:
    """Cut `text` into blocks that together hold every character but white space between them."""
    lines = _lines(text)
    wrapped = _is_wrapped(text, lines)
    blocks: list[Block] = []
    for start, end, is_table in _paragraphs(text, lines, wrapped=wrapped):
        if is_table:
            blocks.append(Block(start, start, end, Level.PLAIN, table=True))
        else:
            blocks.extend(_pieces(text, start, end))
    _number(blocks)
    return blocks


def _lines(text: str) -> list[tuple[int, int]]:
    lines = []
    position = 0
    for line in text.splitlines(keepends=True):
        lines.append((position, position + len(line.rstrip("\r\n"))))
        position += len(line)
    return lines


def _is_wrapped(text: str, lines: list[tuple[int, int]]) -> bool:
    """Tell whether lines end where the page ended: many of them begin in lower case."""
    filled = [(start, end) for start, end in lines if end - start > TINY]
    if len(filled) <= TINY:
        return False
    lower = sum(
        text[start].islower() and not _MARKER.match(text, start, end) for start, end in filled
    )
    longest = sorted(end - start for start, end in filled)[len(filled) * 9 // 10]
    return lower * 6 >= len(filled) and longest < WIDEST_PAGE


def _paragraphs(
    text: str, lines: list[tuple[int, int]], *, wrapped: bool
) -> Iterator[tuple[int, int, bool]]:
    """Join the lines of a paragraph, and of a table, and yield their stretches."""
    index = 0
    while index < len(lines):
        start, end = lines[index]
        if not text[start:end].strip():
            index += 1
            continue
        last = _table_end(text, lines, index)
        if last is not None:
            yield start, lines[last][1], True
            index = last + 1
            continue
        width = end - start
        while index + 1 < len(lines) and (
            _continues(text, lines[index], lines[index + 1], width)
            if wrapped
            else _is_cut(text, lines[index], lines[index + 1])
        ):
            index += 1
            width = max(width, lines[index][1] - lines[index][0])
            end = lines[index][1]
        yield start, end, False
        index += 1


def _continues(text: str, line: tuple[int, int], following: tuple[int, int], width: int) -> bool:
    words = text[following[0] : following[1]]
    if not words.strip() or "|" in words[:3]:
        return False
    if words.lstrip()[:1].islower() and not _MARKER.match(words):
        return True
    if _MARKER.match(words) or _LABELLED.match(text, following[0], following[0] + 160):
        return False
    before = text[line[0] : line[1]]
    short = len(before) < 0.72 * width or len(before) < SHORT_LINE
    if _TERMINAL.search(before) and _UPPER.match(words):
        return (
            not short and len(before) > 0.8 * width and not before.rstrip().endswith(("./.", ":"))
        )
    return not (short and _UPPER.match(words) and before.isupper() != words.isupper())


def _is_cut(text: str, line: tuple[int, int], following: tuple[int, int]) -> bool:
    """Tell whether a line, in a text of whole paragraphs, breaks off within a sentence."""
    words = text[following[0] : following[1]].lstrip()
    if not (words[:1].islower() or words[:1].isdigit()) or "|" in words:
        return False
    if _MARKER.match(words) or _LABELLED.match(text, following[0], following[0] + 160):
        return False
    before = text[line[0] : line[1]].rstrip()
    return before[-1:].isalnum() or before[-1:] in {",", "-", "–"}


def _table_end(text: str, lines: list[tuple[int, int]], index: int) -> int | None:
    """Return the last line of the table that starts on line `index`, if one does."""
    start, end = lines[index]
    line = text[start:end]
    if _PIPE_LINE.match(line):
        last = index
        gap = 0
        for ahead in range(index + 1, len(lines)):
            words = text[lines[ahead][0] : lines[ahead][1]]
            if _PIPE_LINE.match(words):
                last, gap = ahead, 0
                continue
            gap += 1
            if gap > LONGEST_CELL or (not words.strip() and gap > 1):
                break
        # The last cell may stand behind the last bar.
        return last if last - index >= FEWEST_BARS else None
    if line.count("|") <= 1:
        return None
    last = index
    for ahead in range(index + 1, len(lines)):
        if text[lines[ahead][0] : lines[ahead][1]].count("|") < 1:
            break
        last = ahead
    return last if last > index else None


def _pieces(text: str, start: int, end: int) -> Iterator[Block]:
    """Cut a paragraph where the break before an item was lost, and read the markers."""
    position = start
    for found in _LOST.finditer(text, start, end):
        cut = found.end()
        if cut - position < TINY or not _is_break(text, found):
            continue
        yield _block(text, position, found.start())
        position = cut
    yield _block(text, position, end)


def _is_break(text: str, found: re.Match[str]) -> bool:
    """Tell a lost break from a reference ("điểm a) …") or a number ("12/20251. Văn phòng")."""
    before = text[max(0, found.start() - 12) : found.start()].lower()
    return not re.search(r"(?:điểm|khoản|mục|điều|tại|và|,)\s*$", before)


def _block(text: str, start: int, end: int) -> Block:
    while start < end and text[start] in " \t\n":
        start += 1
    while end > start and text[end - 1] in " \t\n":
        end -= 1
    if _LABELLED.match(text, start, end):
        return Block(start, start, end, Level.PLAIN, labelled=True)
    marker = _MARKER.match(text, start, end)
    if marker is None:
        return Block(start, start, end, Level.PLAIN)
    kind = marker.lastgroup or "bullet"
    mark = re.sub(r"[\s.()/:,]", "", marker[kind])
    if kind == "word":
        words = marker[kind].lower().split()
        mark = _WORD_NUMBERS.get(words[0], "") or _WORD_NUMBERS.get(words[-1].strip(",:"), "")
    elif kind == "sub":
        mark = marker[kind].strip(" .)")
    elif kind == "part":
        mark = re.sub(r"(?i)^(?:phần|mục)", "", mark)
    return Block(start, marker.end(), end, _KINDS[kind], mark)


def _number(blocks: list[Block]) -> None:
    """Give each item its path: the markers of the items that enclose it, and its own."""
    stack: list[tuple[Level, str]] = []
    bullets = 0
    for block in blocks:
        if block.level is Level.PLAIN:
            if not block.labelled:
                while stack and stack[-1][0] is Level.BULLET:
                    stack.pop()
            block.path = tuple(stack)
            continue
        while stack and stack[-1][0] >= block.level:
            stack.pop()
        if block.level is Level.BULLET:
            bullets += 1
            mark = f"-{bullets}"
        else:
            bullets = 0
            mark = _own_mark(block, stack)
        stack.append((block.level, mark))
        block.path = tuple(stack)


def _own_mark(block: Block, stack: list[tuple[Level, str]]) -> str:
    """Return an item's mark below its parent: "1.2" under 1 is 2."""
    if block.level is not Level.SUBNUMBER:
        return block.mark
    parent, _, own = block.mark.rpartition(".")
    while stack and stack[-1][0] is Level.NUMBER and stack[-1][1] != parent:
        stack.pop()
    return own if stack and stack[-1][1] == parent else block.mark
