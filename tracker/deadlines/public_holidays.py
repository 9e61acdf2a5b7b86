"""What the holidays package knows of Viet Nam: public holidays, substituted and make-up days."""

from datetime import date
from functools import lru_cache

import holidays

FIRST_YEAR, LAST_YEAR = 2010, 2060


@lru_cache(maxsize=1)
def base_days() -> dict[date, tuple[bool, str]]:
    """Return day → (worked, Vietnamese name): holidays, and rest days worked in their place.

    Days in lieu follow Labour Code 2019, art. 111–112; 24/11 is a holiday from 2026.
    """
    known = holidays.country_holidays(
        "VN", years=range(FIRST_YEAR, LAST_YEAR + 1), language="vi", observed=True
    )
    days = {day: (False, name) for day, name in known.items()}
    days |= dict.fromkeys(known.weekend_workdays, (True, "Ngày làm bù"))
    return days
