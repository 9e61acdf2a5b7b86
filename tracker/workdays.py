"""Working-day arithmetic for one office calendar.

Days are dates of the office (Asia/Ho_Chi_Minh), never moments.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import accumulate
from types import MappingProxyType
from zoneinfo import ZoneInfo

OFFICE_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
SATURDAY, SUNDAY = 5, 6
WEEK = 7


def office_day(moment: datetime) -> date:
    """Return the date on the office's wall calendar at an aware moment.

    Raises ValueError for a naive moment: its day would be a guess.
    """
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return moment.astimezone(OFFICE_ZONE).date()


@dataclass(frozen=True)
class WorkCalendar:
    """Which days are worked: a weekly rest and the exceptions to it.

    `rest_weekdays` counts Monday as 0. In `exceptions`, True marks a make-up day that is worked
    and False a holiday. Raises ValueError when every weekday is a rest day.
    """

    rest_weekdays: frozenset[int] = frozenset({SATURDAY, SUNDAY})
    exceptions: Mapping[date, bool] = field(default_factory=lambda: MappingProxyType({}))

    # Working days up to each weekday of the week that starts on ordinal 0 (a Sunday), the days
    # whose exception changes the weekly pattern, and the running sum of those changes.
    _week: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _changed: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _change: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        worked = [int((ordinal - 1) % WEEK not in self.rest_weekdays) for ordinal in range(WEEK)]
        if not any(worked):
            raise ValueError("a week needs a working day")
        changes = sorted(
            (day.toordinal(), 1 if works else -1)
            for day, works in self.exceptions.items()
            if works == (day.weekday() in self.rest_weekdays)
        )
        object.__setattr__(self, "_week", (0, *accumulate(worked)))
        object.__setattr__(self, "_changed", tuple(ordinal for ordinal, _ in changes))
        object.__setattr__(self, "_change", (0, *accumulate(change for _, change in changes)))

    def __hash__(self) -> int:
        return hash((self.rest_weekdays, self._changed))

    def is_workday(self, day: date) -> bool:
        """Tell whether the office works on `day`."""
        exception = self.exceptions.get(day)
        return day.weekday() not in self.rest_weekdays if exception is None else exception

    def next_workday(self, day: date) -> date:
        """Return `day` itself when it is worked, else the first working day after it."""
        while not self.is_workday(day):
            day += timedelta(days=1)
        return day

    def add(self, day: date, n: int) -> date:
        """Return the n-th working day after `day`, or before it for a negative n.

        The start day is not counted (Civil Code 2015, art. 147). Zero returns `day`.
        """
        if n == 0:
            return day
        start = day.toordinal()
        wanted = self._rank(start) + n if n > 0 else self._rank(start - 1) + n + 1
        # Every holiday may cost a week where only one day of the week is worked.
        reach = (abs(n) + len(self._changed) + 1) * WEEK
        first, last = (start + 1, start + reach) if n > 0 else (max(start - reach, 1), start - 1)
        span = range(first, last + 1)
        return date.fromordinal(span[bisect_left(span, wanted, key=self._rank)])

    def between(self, start: date, end: date) -> int:
        """Count the working days after `start` up to and including `end`.

        Negative when `end` lies before `start`.
        """
        return self._rank(end.toordinal()) - self._rank(start.toordinal())

    def _rank(self, ordinal: int) -> int:
        """Count the working days from ordinal 0 up to and including `ordinal`."""
        weeks, rest = divmod(ordinal, WEEK)
        regular = weeks * self._week[WEEK] + self._week[rest + 1]
        return regular + self._change[bisect_right(self._changed, ordinal)]
