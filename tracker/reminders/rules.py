"""Which step of a ladder is owed as of a day, from facts alone. Pure.

Steps count working days from a day: for a deadline its effective date. Nothing falls on a day off:
what would is moved to the next working day. A step is owed, not fired: a missed day is made up,
and of one task never two steps a day.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from tracker.errors import N_
from tracker.reminders.ladders import DEFAULTS, Ladder, LadderKind
from tracker.words import name_words
from tracker.workdays import WorkCalendar


class Rule(StrEnum):
    """Why a reminder is owed."""

    BEFORE = "before"
    DUE = "due"
    AFTER = "after"
    REPEAT = "repeat"
    LEADER_LIST = "leader-list"
    CHAIR_LIST = "chair-list"
    WAITING = "waiting"
    QUIET = "quiet"
    UNDATED = "undated"
    STANDING = "standing"
    EXTENSION = "extension"
    EXPLANATION = "explanation"


COPIES = (Rule.LEADER_LIST, Rule.CHAIR_LIST)
"""What goes to those above the unit, beside the unit's own reminder."""

NOT_TO_THE_UNIT = (*COPIES, Rule.WAITING, Rule.UNDATED, Rule.EXTENSION)
"""What goes to others than the unit that must act: no reminder of it."""

OWN_RULES = {
    LadderKind.WAITING: Rule.WAITING,
    LadderKind.QUIET: Rule.QUIET,
    LadderKind.UNDATED: Rule.UNDATED,
    LadderKind.STANDING: Rule.STANDING,
    LadderKind.EXTENSION: Rule.EXTENSION,
    LadderKind.EXPLANATION: Rule.EXPLANATION,
}
"""Ladders that count from another day than a deadline have one word for all their steps."""


class SkipReason(StrEnum):
    """Why a step that was reached was not sent."""

    OVERTAKEN = "overtaken"
    HANDED_IN = "handed-in"
    NO_ADDRESS = "no-address"
    ABSENT = "absent"
    NEW_DEADLINE = "new-deadline"
    WITHDRAWN = "withdrawn"
    DAY_OFF = "day-off"
    STOPPED = "stopped"


name_words(
    {
        Rule.BEFORE: N_("Before the deadline"),
        Rule.DUE: N_("On the day of the deadline"),
        Rule.AFTER: N_("Overdue"),
        Rule.REPEAT: N_("Overdue, repeated"),
        Rule.LEADER_LIST: N_("The leader's list"),
        Rule.CHAIR_LIST: N_("The chairperson's list"),
        Rule.WAITING: N_("Completion waits for confirmation"),
        Rule.QUIET: N_("No update for long"),
        Rule.UNDATED: N_("Awaiting a deadline for long"),
        Rule.STANDING: N_("Standing task, no update for long"),
        Rule.EXTENSION: N_("An extension waits for a decision"),
        Rule.EXPLANATION: N_("An explanation is asked for"),
        SkipReason.OVERTAKEN: N_("overtaken by a later step"),
        SkipReason.HANDED_IN: N_("completion was reported"),
        SkipReason.NO_ADDRESS: N_("the unit has no account and no email address"),
        SkipReason.ABSENT: N_("absent, and nobody stands in"),
        SkipReason.NEW_DEADLINE: N_("the deadline was moved"),
        SkipReason.WITHDRAWN: N_("the task left the count"),
        SkipReason.DAY_OFF: N_("the office did not work and a later step came"),
        SkipReason.STOPPED: N_("dropped by the secretariat"),
    }
)


@dataclass(frozen=True, slots=True)
class Step:
    """One rung reached. `offset` counts working days: negative before the day."""

    offset: int
    falls_on: date


@dataclass(frozen=True, slots=True)
class Facts:
    """What decides about one thing's next step.

    `counts_from` is the day of the ladder; `known_on` the day on which it was decided (assigned,
    moved): steps that fell earlier were never owed. `recorded` is the highest offset that the
    ledger holds for this version of the day. `silent`: completion was reported and waits for its
    answer.
    """

    counts_from: date
    known_on: date
    recorded: int | None = None
    silent: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """One step to be written into the ledger; without `reason` it is owed."""

    step: Step
    reason: SkipReason | None = None


def rule_of(kind: LadderKind, ladder: Ladder, offset: int) -> Rule:
    """Return the word for the step at `offset`, as the unit is told it."""
    if kind in OWN_RULES:
        return OWN_RULES[kind]
    if offset < 0:
        return Rule.BEFORE
    if offset == 0:
        return Rule.DUE
    return Rule.REPEAT if ladder.is_repeat(offset) else Rule.AFTER


@lru_cache(maxsize=20_000)
def steps_reached(
    counts_from: date, as_of: date, calendar: WorkCalendar, ladder: Ladder
) -> tuple[Step, ...]:
    """Return the steps that fall on `as_of` or earlier, in their order."""
    passed = calendar.between(counts_from, as_of)
    steps = (
        Step(offset, _falls_on(counts_from, offset, calendar))
        for offset in ladder.offsets
        if offset <= max(passed, 0)
    )
    return tuple(step for step in steps if step.falls_on <= as_of)


def decide(
    facts: Facts,
    *,
    as_of: date,
    since: date,
    calendar: WorkCalendar,
    ladder: Ladder = DEFAULTS[LadderKind.DEADLINE],
) -> list[Outcome]:
    """Return what the ledger owes of one thing as of a day, the newest step last.

    At most one step is owed: the newest one reached and not recorded. Older ones that fell on
    `since` (the last planned day) or later are skipped as overtaken; those from before the first
    planning are not recorded. What is silent has its newest step skipped, so that being sent back
    wakes it at its next one. Nothing is owed on a day off.
    """
    if not calendar.is_workday(as_of):
        return []
    open_steps = [
        step
        for step in steps_reached(facts.counts_from, as_of, calendar, ladder)
        if step.falls_on >= facts.known_on
        and (facts.recorded is None or step.offset > facts.recorded)
    ]
    if not open_steps:
        return []
    if facts.silent:
        return [
            Outcome(step, SkipReason.HANDED_IN)
            for step in open_steps
            if step.falls_on >= since or step is open_steps[-1]
        ]
    *older, newest = open_steps
    overtaken = [
        Outcome(step, _why_overtaken(step, facts.counts_from, calendar))
        for step in older
        if step.falls_on >= since
    ]
    return [*overtaken, Outcome(newest)]


def missed(
    facts: Facts, *, until: date, since: date, calendar: WorkCalendar, ladder: Ladder
) -> list[Step]:
    """Return the steps that fell on `since` or later but before `until`, and were not recorded.

    A deadline that was moved, or a task withdrawn, before they were planned: they never go out.
    """
    reached = steps_reached(facts.counts_from, until, calendar, ladder)
    return [
        step
        for step in reached
        if max(since, facts.known_on) <= step.falls_on < until
        and (facts.recorded is None or step.offset > facts.recorded)
    ]


def _why_overtaken(step: Step, counts_from: date, calendar: WorkCalendar) -> SkipReason:
    if step.offset == 0 and not calendar.is_workday(counts_from):
        return SkipReason.DAY_OFF
    return SkipReason.OVERTAKEN


def days_with_steps(
    *, since: date, as_of: date, calendar: WorkCalendar, ladder: Ladder
) -> frozenset[date]:
    """Return from which days a step of `ladder` is counted that falls on `since` to `as_of`.

    Every thing with another day has nothing new: planning looks at these days only.
    """
    span = (date.fromordinal(n) for n in range(since.toordinal(), as_of.toordinal() + 1))
    worked = [day for day in span if calendar.is_workday(day)]
    return frozenset(
        counts_from
        for day in worked
        for offset in ladder.offsets
        for counts_from in _counted_from(day, offset, calendar)
    )


def _counted_from(day: date, offset: int, calendar: WorkCalendar) -> Iterator[date]:
    """Yield the days whose step `offset` falls on the working day `day`: `_falls_on` reversed.

    One working day, and the rest days beside it that count the same.
    """
    worked = day if offset == 0 else calendar.add(day, -offset)
    yield worked
    step = timedelta(days=1 if offset > 0 else -1)
    beside = worked + step
    while not calendar.is_workday(beside):
        yield beside
        beside += step


def _falls_on(counts_from: date, offset: int, calendar: WorkCalendar) -> date:
    if offset == 0:
        return calendar.next_workday(counts_from)
    return calendar.add(counts_from, offset)
