"""How Vietnamese offices write days, months, quarters and years, and which days these cover.

Legal source of the periods: Civil Code 2015, art. 146 (first day, 15th, last day of a month;
30 June and 31 December for half-years).
"""

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

# A day without a year that lies further back than this belongs to the next year.
LOOK_BACK = timedelta(days=90)

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_YEAR = r"(?:19|20)\d\d"
_SEPARATOR = r"\s?[/.\-–]\s?"
_YEAR_TAIL = (
    rf"(?:(?:{_SEPARATOR}|,?\s+năm\s+|\s+)(?P<{{0}}>{_YEAR})(?!\d)|\s+năm\s+(?P<{{1}}>nay|sau))?"
)
_DAY_TAIL = rf"(?:{_SEPARATOR}(?P<{{0}}>{_YEAR})(?!\d)|,?\s+năm\s+(?P<{{1}}>{_YEAR}|nay|sau))?"

_DAY = re.compile(
    r"(?:(?:hết\s+)?ngày\s+)?(?:thứ\s+\w+\s*[,(]?\s*)?(?:ngày\s+)?(?:m[ùồ]ng\s+)?"
    r"(?:(?P<day>\d{1,2})\s?[/.\-–]\s?(?P<month>\d{1,2})(?!\s?%)"
    + _DAY_TAIL.format("year", "worded")
    + r"|(?P<day2>\d{1,2})\s+tháng\s+(?P<month2>\d{1,2})"
    + _DAY_TAIL.format("year2", "worded2")
    + r")(?![\d%])(?!\s?[.,/]\d)",
    re.IGNORECASE,
)
_DAY_OF_SPAN = re.compile(r"(?:ngày\s+)?(?P<day>\d{1,2})(?!\d|\s?[/.,%]\s?\d)", re.IGNORECASE)
_MONTH = re.compile(
    r"(?P<part>đầu\s+|giữa\s+|cuối\s+|hết\s+|nửa\s+(?:đầu|cuối)\s+)?tháng\s+(?P<month>1[0-2]|0?[1-9])(?!\d)"
    + _YEAR_TAIL.format("year", "worded"),
    re.IGNORECASE,
)
_QUARTER = re.compile(
    r"(?P<part>đầu\s+|giữa\s+|cuối\s+|hết\s+)?qu[ýí]\s+(?P<quarter>iv|iii|ii|i|[1-4])(?!\w)"
    + _YEAR_TAIL.format("year", "worded"),
    re.IGNORECASE,
)
_HALF = re.compile(
    r"(?:(?P<months>6|06|sáu|9|09|chín)\s+tháng\s+(?P<half>đầu|cuối)(?:\s+(?:của\s+)?năm)?"
    r"|nửa\s+(?P<half2>đầu|cuối)(?!\s+(?:của\s+)?(?:tháng|quý))(?:\s+(?:của\s+)?năm)?"
    r"|giữa\s+(?:năm))"
    rf"(?:\s+(?P<year>{_YEAR})|\s+(?P<worded>nay|sau))?(?!\d)",
    re.IGNORECASE,
)
_YEARS = re.compile(
    rf"(?:giai\s+đoạn\s+|các\s+năm\s+|(?P<part>đầu\s+|cuối\s+|hết\s+)?năm\s+)?"
    rf"(?:(?P<first>{_YEAR})\s?[-–]\s?(?:năm\s+)?(?P<last>{_YEAR})(?!\s?[-/.–]?\d))",
    re.IGNORECASE,
)
_ONE_YEAR = re.compile(
    rf"(?:(?P<part>đầu\s+|cuối\s+|hết\s+)?năm\s+(?P<year>{_YEAR}|nay|sau)(?![\d/])"
    rf"|(?P<whole>cuối\s+năm|hết\s+năm))",
    re.IGNORECASE,
)
_BARE_YEAR = re.compile(rf"(?P<year>{_YEAR})(?!\s?[-/.–]?\d)")
_HOUR = re.compile(
    r"(?P<hour>[01]?\d|2[0-4])\s?(?:giờ|h|g|:)\s?(?P<minute>[0-5]\d)?(?:\s?(?:phút|'))?"
    r"(?:\s*(?:sáng|trưa|chiều|tối))?(?:\s*,)?\s*(?:của\s+)?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Period:
    """A stretch of days named by an expression; `end` is where its words end in the text."""

    unit: str
    first: date
    last: date
    end: int
    inferred_year: bool = False


def match_hour(text: str, position: int) -> tuple[time, int] | None:
    """Read an hour such as "17h00 " or "15 giờ " at `position`; return it and where it ends."""
    found = _HOUR.match(text, position)
    if found is None:
        return None
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    # 24:00 ends the day: the last minute that a clock can show.
    return (time(23, 59) if hour == 24 else time(hour, minute)), found.end()


def match_period(
    text: str, position: int, near: date | None, *, bare: bool = False
) -> Period | None:
    """Read the day, month, quarter, half-year or year that starts at `position`.

    `near` (the issue date) gives the year where the text names none; without it such an
    expression has no date and is not returned. With `bare`, a lone "2026" is a year too.
    """
    for reader in (_day, _quarter, _half, _month, _years):
        period = reader(text, position, near)
        if period is not None:
            return period
    return _bare_year(text, position) if bare else None


def match_span(text: str, position: int, near: date | None) -> Period | None:
    """Read what stands after "từ": "10 đến ngày 15 tháng 12", "1/7 đến hết ngày 15/9/2025".

    The period returned is the end of the stretch.
    """
    start = match_period(text, position, near)
    if start is None:
        day = _DAY_OF_SPAN.match(text, position)
        if day is None:
            return None
        start_end = day.end()
    else:
        start_end = start.end
    link = _LINK.match(text, start_end)
    return match_period(text, link.end(), near) if link else None


_LINK = re.compile(r"\s*(?:,?\s*(?:cho\s+)?đến\s+(?:hết\s+)?(?:cuối\s+)?|[-–]\s?)", re.IGNORECASE)
_AND_MONTH = re.compile(r"\s*(?:,|và|-|–)\s*(?=tháng\s+\d)", re.IGNORECASE)
_AND_QUARTER = re.compile(r"\s*(?:,|và)\s*(?=qu[ýí]\s+[iv\d])", re.IGNORECASE)
_DASH = re.compile(r"\s?[-–]\s?")


def _year_of(found: re.Match[str], near: date | None, *keys: str) -> tuple[int | None, bool]:
    """Return the year that an expression names, or the one it leaves to `near`, and if inferred."""
    word = next((found[key] for key in keys if found[key]), "").lower()
    if word.isdigit():
        return int(word), False
    if near is None:
        return None, True
    return near.year + (word == "sau"), word == ""


def _nearest(day: date, near: date | None, *, inferred: bool) -> date:
    """Move a day whose year is a guess to next year, when this year's lies well behind."""
    if inferred and near is not None and day < near - LOOK_BACK:
        return day.replace(year=day.year + 1, day=min(day.day, 28) if day.month == 2 else day.day)
    return day


def _day(text: str, position: int, near: date | None) -> Period | None:
    found = _DAY.match(text, position)
    if found is None:
        return None
    year, inferred = _year_of(found, near, "year", "worded", "year2", "worded2")
    if year is None:
        return None
    try:
        day = date(
            year,
            int(found["month"] or found["month2"]),
            int(found["day"] or found["day2"]),
        )
    except ValueError:
        return None
    day = _nearest(day, near, inferred=inferred)
    return Period("date", day, day, found.end(), inferred)


def _months(first: date, count: int) -> tuple[date, date]:
    """Return the first and last day of `count` months from the month of `first`."""
    year, month = divmod(first.year * 12 + first.month - 1 + count - 1, 12)
    return first.replace(day=1), date(year, month + 1, monthrange(year, month + 1)[1])


def _part(part: str | None, first: date, last: date) -> tuple[date, date]:
    """Narrow a stretch to its beginning or middle (Civil Code, art. 146)."""
    match (part or "").strip().lower():
        case "đầu":
            return first, first
        case "nửa đầu":
            return first, first.replace(day=15)
        case "giữa":
            middle = first.replace(day=15)
            return middle, middle
    return first, last


def _stretch(
    found: re.Match[str], unit: str, near: date | None, month: int, count: int
) -> Period | None:
    year, inferred = _year_of(found, near, "year", "worded")
    if year is None:
        return None
    first, last = _months(date(year, month, 1), count)
    if inferred and near is not None and last < near - LOOK_BACK:
        first, last = _months(date(year + 1, month, 1), count)
    if unit == "month":
        first, last = _part(found["part"], first, last)
    return Period(unit, first, last, found.end(), inferred)


def _month(text: str, position: int, near: date | None) -> Period | None:
    found = _MONTH.match(text, position)
    if found is None:
        return None
    period = _stretch(found, "month", near, int(found["month"]), 1)
    comma = _AND_MONTH.match(text, found.end())
    later = _month(text, comma.end(), near) if comma else None
    # "tháng 10, tháng 11/2026": the last month, and its year for both.
    return replace(later, first=period.first if period else later.first) if later else period


def _quarter(text: str, position: int, near: date | None) -> Period | None:
    found = _QUARTER.match(text, position)
    if found is None:
        return None
    quarter = _ROMAN[found["quarter"].lower()]
    period = _stretch(found, "quarter", near, quarter * 3 - 2, 3)
    comma = _AND_QUARTER.match(text, found.end())
    later = _quarter(text, comma.end(), near) if comma else None
    if later is not None:
        return replace(later, first=period.first if period else later.first)
    return _until_later(text, period, near)


def _half(text: str, position: int, near: date | None) -> Period | None:
    found = _HALF.match(text, position)
    if found is None:
        return None
    if (found["half"] or found["half2"] or "đầu").lower() == "cuối":
        months = 7, 6
    else:
        nine = (found["months"] or "").lower() in ("9", "09", "chín")
        months = 1, 9 if nine else 6
    return _stretch(found, "half_year", near, *months)


def _years(text: str, position: int, near: date | None) -> Period | None:
    found = _YEARS.match(text, position)
    if found is not None:
        start, stop = int(found["first"]), int(found["last"])
        if stop < start:
            return None
        return Period("year", date(start, 1, 1), date(stop, 12, 31), found.end())
    found = _ONE_YEAR.match(text, position)
    if found is None:
        return None
    word = (found["year"] or "nay").lower()
    if not word.isdigit() and near is None:
        return None
    year = int(word) if word.isdigit() else near.year + (word == "sau") if near else 0
    part = (found["part"] or "").strip().lower()
    last = date(year, 1, 1) if part == "đầu" else date(year, 12, 31)
    return Period("year", date(year, 1, 1), last, found.end(), found["whole"] is not None)


def _bare_year(text: str, position: int) -> Period | None:
    found = _BARE_YEAR.match(text, position)
    if found is None:
        return None
    year = int(found["year"])
    return Period("year", date(year, 1, 1), date(year, 12, 31), found.end())


def _until_later(text: str, period: Period | None, near: date | None) -> Period | None:
    """Stretch "Quý IV/2025 - Quý II/2026" to the end of its second part."""
    dash = _DASH.match(text, period.end) if period else None
    later = _quarter(text, dash.end(), near) if dash else None
    if period is None or later is None or later.last < period.last:
        return period
    return Period(period.unit, period.first, later.last, later.end, later.inferred_year)
