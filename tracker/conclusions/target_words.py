"""The number in the words of a target. Pure."""

import re
from dataclasses import dataclass
from decimal import Decimal

_NUMBER = r"\d{1,3}(?:[.\s]\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?"


_PERCENT = re.compile(rf"(?P<value>{_NUMBER})\s*(?:%|phần\s+trăm)", re.IGNORECASE)


_RANK = re.compile(
    r"(?:hạng|thứ|top)\s*(?:thứ\s*)?(?P<rank>\d{1,3})(?:\s*(?:/|trên)\s*(?P<ranked>\d{1,3}))?"
    r"|(?<!\d)(?P<rank2>\d{1,3})\s*/\s*(?P<ranked2>\d{1,3})(?!\d)",
    re.IGNORECASE,
)


_POINTS = re.compile(rf"(?P<value>{_NUMBER})\s*điểm", re.IGNORECASE)


_PLAIN = re.compile(rf"^\D{{0,12}}(?P<value>{_NUMBER})\D{{0,30}}$")


_AT_LEAST = re.compile(r"trở\s+lên|tối\s+thiểu|ít\s+nhất|trên\s+\d|≥|\btừ\s+\d", re.IGNORECASE)


_THOUSANDS = re.compile(r"\d{1,3}(?:[.\s]\d{3})+(?:,\d+)?")


@dataclass(frozen=True)
class TargetValue:
    """The number in the words of a target; a rank is `value` of `ranked`."""

    value: Decimal
    measure: str
    ranked: int | None = None


def read_target(words: str) -> TargetValue | None:
    """Return the number that a target's words give (≥ 50 %, hạng 6/12, 85 điểm), if any."""
    if found := _PERCENT.search(words):
        return TargetValue(_decimal(found["value"]), "percent")
    if found := _RANK.search(words):
        ranked = found["ranked"] or found["ranked2"]
        rank = Decimal(found["rank"] or found["rank2"])
        return TargetValue(rank, "rank", int(ranked) if ranked else None)
    if found := _POINTS.search(words):
        return TargetValue(_decimal(found["value"]), "points")
    if found := _PLAIN.search(words.strip()):
        return TargetValue(_decimal(found["value"]), "number")
    return None


def target_words(quote: str) -> str:
    """Return the words of `quote` that give a target's number, such as "≥ 50%"; "" if none do."""
    found = _PERCENT.search(quote) or _RANK.search(quote) or _POINTS.search(quote)
    if found is None:
        return ""
    around = quote[max(0, found.start() - 25) : found.end() + 15]
    least = _AT_LEAST.search(around) and not found[0].lower().startswith(("hạng", "thứ", "top"))
    return ("≥ " if least else "") + " ".join(found[0].split())[:50]


def _decimal(text: str) -> Decimal:
    text = text.strip()
    if _THOUSANDS.fullmatch(text):
        text = re.sub(r"[.\s]", "", text)
    return Decimal(text.replace(",", "."))
