"""Word's automatic numbers: "III.", "4.", "a)" stand in no text, only in the numbering part.

Source of the rules: ECMA-376 part 1, 17.9 (numbering).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn

_Element = Any  # see word_files

_LEVELS = 9
_MAX_STYLE_CHAIN = 20
_MAX_NUMBER = 5_000  # beyond it letters and Roman numerals grow without sense
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_SIGN_FONTS = ("Symbol", "Wingdings", "Webdings")
_DASHES = {"-", "–", "—", "+", "*"}
_PRIVATE_USE = range(0xE000, 0xF900)  # where the signs of Symbol and Wingdings live


@dataclass
class _Level:
    """How one level of a list is numbered."""

    start: int = 1
    number_format: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    restart: int | None = None  # 0: never; None: whenever a higher level was used
    all_decimal: bool = False
    style: str | None = None
    font: str = ""


@dataclass
class _List:
    """One list's levels and where its counting stands; shared by all that continue it."""

    levels: dict[int, _Level]
    counts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """The numbering of one document; ask `next_number` for every paragraph in its order."""

    def __init__(self, numbering: _Element | None, styles: _Element | None) -> None:
        self._styles: dict[str, tuple[str | None, _Element | None]] = {}
        self._default_style: str | None = None
        self._lists: dict[str, _List] = {}
        self._overrides: dict[str, dict[int, _Level]] = {}
        self._restarts: dict[str, dict[int, int]] = {}
        self._numbers: dict[str, str] = {}
        if styles is not None:
            self._read_styles(styles)
        if numbering is not None:
            self._read_lists(numbering)

    def next_number(self, paragraph: _Element) -> str:
        """Return the number before `paragraph` with the space that follows it; "" without one."""
        number_id, level_index = self._place(paragraph)
        if number_id is None or number_id not in self._numbers:
            return ""
        shared = self._lists.get(self._numbers[number_id])
        if shared is None:
            return ""
        levels = {**shared.levels, **self._overrides.get(number_id, {})}
        level = levels.get(level_index)
        if level is None:
            return ""
        for restarted, start in self._restarts.pop(number_id, {}).items():
            shared.counts[restarted] = start - 1
        counts = shared.counts
        counts[level_index] = min(counts.get(level_index, level.start - 1) + 1, _MAX_NUMBER)
        for deeper in list(counts):
            if deeper > level_index and self._restarts_after(levels.get(deeper), level_index):
                del counts[deeper]
        text = _rendered(level, level_index, levels, counts)
        return text + ("" if level.suffix == "nothing" or not text else " ")

    @staticmethod
    def _restarts_after(deeper: _Level | None, used: int) -> bool:
        if deeper is None or deeper.restart is None:
            return True
        return deeper.restart != 0 and used < deeper.restart

    def _place(self, paragraph: _Element) -> tuple[str | None, int]:
        """Return the number id and level of `paragraph`, from itself or else from its style."""
        properties = paragraph.find(qn("w:pPr"))
        style = self._default_style
        level: int | None = None
        if properties is not None:
            named = properties.find(qn("w:pStyle"))
            style = style if named is None else named.get(qn("w:val"))
            own = properties.find(qn("w:numPr"))
            if own is not None:
                level = _number(own.find(qn("w:ilvl")))
                number_id = _value(own.find(qn("w:numId")))
                if number_id is not None:
                    return (None if number_id == "0" else number_id), level or 0
        return self._place_of_style(style, level)

    def _place_of_style(self, style: str | None, level: int | None) -> tuple[str | None, int]:
        for _ in range(_MAX_STYLE_CHAIN):
            if style is None or style not in self._styles:
                break
            parent, own = self._styles[style]
            if own is not None:
                found = _value(own.find(qn("w:numId")))
                if level is None:
                    level = _number(own.find(qn("w:ilvl")))
                if found is not None:
                    if found == "0":
                        return None, 0
                    if level is None:
                        level = self._level_linked_to(style, found)
                    return found, level or 0
            style = parent
        return None, 0

    def _level_linked_to(self, style: str, number_id: str) -> int | None:
        shared = self._lists.get(self._numbers.get(number_id, ""))
        levels = shared.levels if shared else {}
        return next((index for index, level in levels.items() if level.style == style), None)

    def _read_styles(self, styles: _Element) -> None:
        for style in styles.iterchildren(qn("w:style")):
            name = style.get(qn("w:styleId"))
            properties = style.find(qn("w:pPr"))
            own = None if properties is None else properties.find(qn("w:numPr"))
            self._styles[name] = (_value(style.find(qn("w:basedOn"))), own)
            is_default = style.get(qn("w:default")) in {"1", "true", "on"}
            if style.get(qn("w:type")) == "paragraph" and is_default:
                self._default_style = name

    def _read_lists(self, numbering: _Element) -> None:
        linked: dict[str, str] = {}
        for abstract in numbering.iterchildren(qn("w:abstractNum")):
            key = abstract.get(qn("w:abstractNumId"))
            self._lists[key] = _List(_levels(abstract))
            link = _value(abstract.find(qn("w:numStyleLink")))
            if link is not None:
                linked[key] = link
        for number in numbering.iterchildren(qn("w:num")):
            number_id = number.get(qn("w:numId"))
            self._numbers[number_id] = _value(number.find(qn("w:abstractNumId"))) or ""
            for override in number.iterchildren(qn("w:lvlOverride")):
                index = int(override.get(qn("w:ilvl")))
                start = _number(override.find(qn("w:startOverride")))
                if start is not None:
                    self._restarts.setdefault(number_id, {})[index] = start
                level = override.find(qn("w:lvl"))
                if level is not None:
                    self._overrides.setdefault(number_id, {})[index] = _level(level)
        for key, style in linked.items():
            number_id = self._place_of_style(style, 0)[0]
            target = self._lists.get(self._numbers.get(number_id or "", ""))
            if target is not None:
                self._lists[key].levels = target.levels


def _levels(abstract: _Element) -> dict[int, _Level]:
    return {
        int(level.get(qn("w:ilvl"))): _level(level)
        for level in abstract.iterchildren(qn("w:lvl"))
        if 0 <= int(level.get(qn("w:ilvl"))) < _LEVELS
    }


def _level(element: _Element) -> _Level:
    start = _number(element.find(qn("w:start")))
    legal = element.find(qn("w:isLgl"))
    fonts = element.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
    return _Level(
        start=0 if start is None else start,
        number_format=_value(element.find(qn("w:numFmt"))) or "decimal",
        text=_value(element.find(qn("w:lvlText"))) or "",
        suffix=_value(element.find(qn("w:suff"))) or "tab",
        restart=_number(element.find(qn("w:lvlRestart"))),
        all_decimal=legal is not None and legal.get(qn("w:val")) not in {"0", "false", "off"},
        style=_value(element.find(qn("w:pStyle"))),
        font="" if fonts is None else fonts.get(qn("w:ascii")) or "",
    )


def _rendered(level: _Level, index: int, levels: dict[int, _Level], counts: dict[int, int]) -> str:
    if level.number_format == "bullet":
        return _bullet(level)
    text = level.text
    for other in range(index + 1):
        mark = f"%{other + 1}"
        if mark in text:
            other_level = levels.get(other, _Level())
            count = counts.get(other, other_level.start)
            name = "decimal" if level.all_decimal else other_level.number_format
            text = text.replace(mark, _WRITERS.get(name, str)(count))
    return text.strip()


def _bullet(level: _Level) -> str:
    """Return the sign itself where it is one, "•" for the letters that a font makes into signs."""
    text = level.text.strip()
    if not text or text in _DASHES:
        return text
    drawn_by_font = ord(text[0]) in _PRIVATE_USE or level.font.startswith(_SIGN_FONTS)
    return "•" if drawn_by_font or text == "o" else text


def _letter(count: int) -> str:
    """Return a … z, then aa, bb … as Word counts."""
    if count < 1:
        return str(count)
    repeats, place = divmod(count - 1, 26)
    return chr(ord("a") + place) * (repeats + 1)


def _roman(count: int) -> str:
    if count < 1:
        return str(count)
    digits = ""
    for value, letters in _ROMAN:
        repeats, count = divmod(count, value)
        digits += letters * repeats
    return digits


def _value(element: _Element | None) -> str | None:
    return None if element is None else element.get(qn("w:val"))


def _number(element: _Element | None) -> int | None:
    value = _value(element)
    return None if value is None else int(value)


_WRITERS: dict[str, Callable[[int], str]] = {
    "none": lambda _: "",
    "lowerLetter": _letter,
    "upperLetter": lambda count: _letter(count).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda count: _roman(count).upper(),
    "decimalZero": lambda count: f"{count:02d}",
}
