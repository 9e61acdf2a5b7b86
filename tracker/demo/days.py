"""The demo's calendar: every date hangs on the day of loading."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from tracker.workdays import OFFICE_ZONE, WorkCalendar

_PLACE = re.compile(r"\{([+-]?\d+|month|quarter|quarter_of [+-]?\d+|year_end|year|index|before)\}")
ROMAN = {1: "I", 2: "II", 3: "III", 4: "IV"}


@dataclass(frozen=True)
class Days:
    """Counts working days from `today`; `year` is the year of the plan that the demo follows."""

    today: date
    calendar: WorkCalendar
    year: int

    def day(self, offset: int) -> date:
        """Return the day `offset` working days from today; today itself for 0."""
        return self.calendar.add(self.today, offset)

    def moment(self, day: date, hour: int = 9, minute: int = 0) -> datetime:
        """Return a moment of the office's `day`."""
        return datetime.combine(day, time(hour, minute), OFFICE_ZONE)

    def month_end(self) -> date:
        """Return the last day of the next month."""
        first = (self.today.replace(day=1) + timedelta(days=32)).replace(day=1)
        return (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)

    def quarter_end(self) -> date:
        """Return the last day of the quarter after the present one."""
        quarter = (self.today.month - 1) // 3 + 2
        year, quarter = (self.today.year, quarter) if quarter <= 4 else (self.today.year + 1, 1)
        after = date(year + quarter // 4, quarter * 3 % 12 + 1, 1)
        return after - timedelta(days=1)

    def year_end(self) -> date:
        """Return the last day of the year in which the present quarter's successor ends."""
        return date(self.quarter_end().year, 12, 31)

    def fill(self, text: str) -> str:
        """Return `text` with its places filled.

        `{-30}` is a date, `{month}` and `{quarter}` the coming ones in words, `{quarter_of -95}`
        the quarter of a day, `{index}` the year whose results are looked at, `{before}` the year
        before that.
        """
        return _PLACE.sub(lambda found: self._place(found[1]), text)

    def _place(self, place: str) -> str:
        if place.startswith("quarter_of "):
            day = self.day(int(place.removeprefix("quarter_of ")))
            return f"quý {ROMAN[(day.month + 2) // 3]} năm {day.year}"
        month, quarter = self.month_end(), self.quarter_end()
        words = {
            "month": f"tháng {month.month:02d}/{month.year}",
            "quarter": f"quý {ROMAN[quarter.month // 3]}/{quarter.year}",
            "year_end": str(self.year_end().year),
            "year": str(self.year),
            "index": str(self.year - 1),
            "before": str(self.year - 2),
        }
        return words[place] if place in words else f"{self.day(int(place)):%d/%m/%Y}"
