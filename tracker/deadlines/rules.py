"""What a deadline is, and how its wording becomes a date.

Sources: DOMAIN 3.3 (wordings of real notices); Civil Code 2015, art. 146 to 148 (periods, the
start day, the last day on a rest day).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from enum import StrEnum

from tracker.deadlines.expressions import Period, match_hour, match_period, match_span
from tracker.deadlines.expressions_signs import (
    AS_OF,
    BARE_PERIOD,
    DAY_OF_RHYTHM,
    EVENT_END,
    FROM_EVENT,
    NUMBER_OF_DAYS,
    OBJECT_BEFORE,
    OWN_EVENT,
    QUALIFIER,
    RECURRING,
    REFERENCE,
    REFERENCE_IN_TEXT,
    RHYTHM_AFTER,
    RHYTHM_BEFORE,
    RHYTHMS,
    STANDING,
    START,
    WHITE,
)
from tracker.errors import N_
from tracker.words import name_words
from tracker.workdays import WorkCalendar


class DeadlineKind(StrEnum):
    """The form in which a deadline is given."""

    DATE = "date"
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"
    WORKING_DAYS = "working_days"
    RECURRING = "recurring"
    REFERENCE = "reference"
    STANDING = "standing"
    NONE = "none"


class DeadlineBasis(StrEnum):
    """What a date rests on; a proposed one is outside the official figures."""

    NOTICE = "notice"
    LEADER = "leader"
    LETTER = "letter"
    PROPOSED = "proposed"


name_words(
    {
        DeadlineKind.DATE: N_("a given day"),
        DeadlineKind.MONTH: N_("a month"),
        DeadlineKind.QUARTER: N_("a quarter"),
        DeadlineKind.HALF_YEAR: N_("half a year"),
        DeadlineKind.YEAR: N_("a year"),
        DeadlineKind.WORKING_DAYS: N_("a number of working days"),
        DeadlineKind.RECURRING: N_("recurring"),
        DeadlineKind.REFERENCE: N_("by reference to another document"),
        DeadlineKind.STANDING: N_("standing"),
        DeadlineKind.NONE: N_("no time given"),
    }
)
name_words(
    {
        DeadlineBasis.NOTICE: N_("given in the notice"),
        DeadlineBasis.LEADER: N_("approved by a leader"),
        DeadlineBasis.LETTER: N_("by a later letter"),
        DeadlineBasis.PROPOSED: N_("proposed by the secretariat"),
    }
)


class Qualifier(StrEnum):
    """How the wording ties the work to the day: before it, by its end, within a period."""

    BEFORE = "before"
    BY = "by"
    IN = "in"


@dataclass(frozen=True)
class Deadline:
    """One deadline as worded, with the last day that still counts where there is one.

    `due_on` is the nominal date: shown, printed, exported. `inferred_year` marks a year that the
    words do not give; `recurs` the rhythm ("week", "month", "quarter", "year"), which beside a
    `due_on` begins after it; `days` the number of days from an event.
    """

    kind: DeadlineKind
    text: str = ""
    due_on: date | None = None
    inferred_year: bool = False
    hour: time | None = None
    qualifier: Qualifier | None = None
    recurs: str | None = None
    days: int | None = None


@dataclass(frozen=True)
class FoundDeadline:
    """A deadline in running text: `text[start:end]` are its words."""

    start: int
    end: int
    deadline: Deadline


NO_DEADLINE = Deadline(DeadlineKind.NONE)


def find_deadlines(
    text: str,
    issued_on: date | None,
    calendar: WorkCalendar | None = None,
    *,
    before_excludes_day: bool = False,
) -> list[FoundDeadline]:
    """Return the deadlines in running text, in order, without overlaps.

    Dates of cited documents, start dates and as-of dates are passed over, urgency words
    ("khẩn trương") as well. `issued_on` gives the year where the text leaves it out, and the
    day from which days are counted. With `before_excludes_day`, "trước ngày D" ends on the
    day before D.
    """
    calendar = calendar or WorkCalendar()
    found = [
        *_dated(text, issued_on, before_excludes_day=before_excludes_day),
        *_counted(text, issued_on, calendar),
        *_recurring(text),
        *_by_reference(text),
    ]
    return _without_overlaps(found)


def parse_deadline(
    text: str,
    issued_on: date | None = None,
    calendar: WorkCalendar | None = None,
    *,
    before_excludes_day: bool = False,
) -> Deadline:
    """Read a text that is a deadline and nothing else, such as a cell of a time column.

    Here a bare "Tháng 12/2025", "Quý IV" or "2026 - 2030" is a deadline too. A text in which no
    time is found has the kind none and keeps its words.
    """
    words = WHITE.sub(" ", text).strip()
    if not words:
        return NO_DEADLINE
    running = find_deadlines(words, issued_on, calendar, before_excludes_day=before_excludes_day)
    dated = next((found.deadline for found in running if found.deadline.due_on), None)
    if dated is not None:
        return replace(dated, text=words)
    bare = _bare(words, issued_on)
    rhythmic = any(found.deadline.kind is DeadlineKind.RECURRING for found in running)
    if bare is not None and not (rhythmic and bare.inferred_year):
        return bare
    if running:
        return replace(running[0].deadline, text=words)
    return Deadline(_undated_kind(words), words)


def _undated_kind(words: str) -> DeadlineKind:
    """Return what a time without a date is; urgency words are none."""
    signs = (
        (RECURRING, DeadlineKind.RECURRING),
        (STANDING, DeadlineKind.STANDING),
        (REFERENCE, DeadlineKind.REFERENCE),
    )
    return next((kind for sign, kind in signs if sign.search(words)), DeadlineKind.NONE)


def effective_date(due_on: date, calendar: WorkCalendar, *, roll: bool = True) -> date:
    """Return the day whose end decides whether the work is late.

    A last day on which the office rests ends with the next working day (Civil Code 2015,
    art. 148), unless the committee reads its dates as fixed (`roll` false).
    """
    return calendar.next_workday(due_on) if roll else due_on


def _dated(text: str, near: date | None, *, before_excludes_day: bool) -> Iterator[FoundDeadline]:
    for sign in QUALIFIER.finditer(text):
        if sign["until"] and AS_OF.search(text, max(0, sign.start() - 20), sign.start()):
            continue
        position, hour = sign.end(), None
        clock = match_hour(text, position)
        if clock is not None:
            hour, position = clock
        if sign["span"]:
            period = match_span(text, position, near)
        else:
            day = DAY_OF_RHYTHM.match(text, position)
            if day is not None:
                yield _day_of_rhythm(text, sign.start(), day, hour)
                continue
            period = match_period(text, position, near)
        if period is None:
            continue
        # "hoàn thành năm 2025" tells what was done; "thời hạn: năm 2025" sets a deadline.
        if sign["limit"] and period.unit == "year" and not sign[0].rstrip().endswith(":"):
            continue
        yield _settled(text, sign, period, hour, before_excludes_day=before_excludes_day)


def _settled(
    text: str,
    sign: re.Match[str],
    period: Period,
    hour: time | None,
    *,
    before_excludes_day: bool,
) -> FoundDeadline:
    qualifier = _qualifier(sign, period)
    due_on = period.last
    if qualifier is Qualifier.BEFORE:
        if period.unit != "date":
            due_on = period.first - timedelta(days=1)
        elif before_excludes_day and hour is None:
            due_on = period.last - timedelta(days=1)
    kind, end, recurs = DeadlineKind(period.unit), period.end, None
    rhythm = RHYTHM_AFTER.match(text, end)
    before = RHYTHM_BEFORE.search(text, max(0, sign.start() - 20), sign.start())
    start = sign.start()
    if rhythm is not None:
        end, recurs = rhythm.end(), RHYTHMS[rhythm["rhythm"].lower()]
    elif before is not None and period.inferred_year:
        start, recurs = before.start(), RHYTHMS[before["rhythm"].lower()]
    if recurs and period.inferred_year and not (rhythm and rhythm["later"]):
        return FoundDeadline(
            start,
            end,
            Deadline(DeadlineKind.RECURRING, text[start:end], hour=hour, recurs=recurs),
        )
    return FoundDeadline(
        start,
        end,
        Deadline(kind, text[start:end], due_on, period.inferred_year, hour, qualifier, recurs),
    )


def _qualifier(sign: re.Match[str], period: Period) -> Qualifier:
    if sign["before"]:
        # "trước hết tháng 10" still counts October.
        return Qualifier.BY if sign["before"].lower().endswith("hết") else Qualifier.BEFORE
    if sign["within"] and period.unit != "date":
        return Qualifier.IN
    return Qualifier.BY


def _day_of_rhythm(text: str, start: int, day: re.Match[str], hour: time | None) -> FoundDeadline:
    rhythm = (day["rhythm"] or day["rhythm2"] or "tháng").lower()
    deadline = Deadline(
        DeadlineKind.RECURRING,
        text[start : day.end()],
        hour=hour,
        recurs=RHYTHMS[rhythm],
    )
    return FoundDeadline(start, day.end(), deadline)


def _counted(text: str, issued_on: date | None, calendar: WorkCalendar) -> Iterator[FoundDeadline]:
    for found in NUMBER_OF_DAYS.finditer(text):
        event = FROM_EVENT.match(text, found.end())
        if event is None:
            continue
        days = int(found["days"])
        words = EVENT_END.split(event["event"], maxsplit=1)[0]
        end = event.start("event") + len(words)
        stated = match_period(words, 0, issued_on)
        if stated is not None and stated.unit == "date":
            start: date | None = stated.last
            end = event.start("event") + stated.end
        else:
            start = issued_on if OWN_EVENT.search(words) else None
        kind = DeadlineKind.WORKING_DAYS if found["work"] else DeadlineKind.DATE
        due_on = None
        if start is not None:
            due_on = calendar.add(start, days) if found["work"] else start + timedelta(days=days)
        elif not found["work"]:
            kind = DeadlineKind.REFERENCE
        deadline = Deadline(
            kind,
            text[found.start() : end],
            due_on,
            False,
            None,
            Qualifier.BY,
            None,
            days,
        )
        yield FoundDeadline(found.start(), end, deadline)


def _recurring(text: str) -> Iterator[FoundDeadline]:
    for found in RECURRING.finditer(text):
        before = text[max(0, found.start() - 30) : found.start()]
        if not found[0].lower().startswith("định") and OBJECT_BEFORE.search(before):
            continue
        rhythm = (found["rhythm"] or found["rhythm2"] or "").lower()
        deadline = Deadline(DeadlineKind.RECURRING, found[0], recurs=RHYTHMS.get(rhythm))
        yield FoundDeadline(found.start(), found.end(), deadline)


def _by_reference(text: str) -> Iterator[FoundDeadline]:
    for found in REFERENCE_IN_TEXT.finditer(text):
        yield FoundDeadline(found.start(), found.end(), Deadline(DeadlineKind.REFERENCE, found[0]))


def _bare(words: str, near: date | None) -> Deadline | None:
    """Read a period that stands without a qualifier, as in a time column."""
    for found in BARE_PERIOD.finditer(words):
        if START.search(words, max(0, found.start() - 10), found.start()):
            continue
        period = match_period(words, found.start(), near, bare=True)
        if period is None:
            continue
        rhythm = RHYTHM_AFTER.match(words, period.end)
        if rhythm is not None and period.inferred_year:
            return Deadline(DeadlineKind.RECURRING, words, recurs=RHYTHMS[rhythm["rhythm"].lower()])
        kind = DeadlineKind(period.unit)
        qualifier = Qualifier.BY if kind is DeadlineKind.DATE else Qualifier.IN
        return Deadline(kind, words, period.last, period.inferred_year, None, qualifier)
    return None


def _without_overlaps(found: list[FoundDeadline]) -> list[FoundDeadline]:
    """Keep, of deadlines that share characters, the one that starts first and reaches further."""
    kept: list[FoundDeadline] = []
    for item in sorted(found, key=lambda item: (item.start, -item.end)):
        if not kept or item.start >= kept[-1].end:
            kept.append(item)
    return kept
