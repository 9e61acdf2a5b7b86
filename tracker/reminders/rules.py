"""The ladder: which step of which task is owed as of a day. Pure.

Steps count working days from the deadline's effective date: 7, 3 and 1 before, the day itself,
1 and 3 after, then every 5. Nothing falls on a day off: what would is moved to the next working
day. A step is owed, not fired: a missed day is made up, and of one task never two steps a day.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from tracker.errors import N_
from tracker.words import name_words
from tracker.workdays import WorkCalendar

BEFORE = (-7, -3, -1)
AFTER = (1, 3)
EVERY = 5
REACH = -BEFORE[0]
"""How many working days before its deadline a task enters the ladder."""


class Rule(StrEnum):
    """Why a reminder is owed."""

    BEFORE = "before"
    DUE = "due"
    AFTER = "after"
    REPEAT = "repeat"
    CHAIR_LIST = "chair-list"


class SkipReason(StrEnum):
    """Why a step that was reached was not sent."""

    OVERTAKEN = "overtaken"
    HANDED_IN = "handed-in"
    NO_ADDRESS = "no-address"


name_words(
    {
        Rule.BEFORE: N_("Before the deadline"),
        Rule.DUE: N_("On the day of the deadline"),
        Rule.AFTER: N_("Overdue"),
        Rule.REPEAT: N_("Overdue, every 5 working days"),
        Rule.CHAIR_LIST: N_("The chairperson's list"),
        SkipReason.OVERTAKEN: N_("overtaken by a later step"),
        SkipReason.HANDED_IN: N_("completion was reported"),
        SkipReason.NO_ADDRESS: N_("the unit has no account and no email address"),
    }
)


@dataclass(frozen=True)
class Step:
    """One rung of the ladder. `offset` counts working days: negative before the deadline."""

    offset: int
    falls_on: date

    @property
    def rule(self) -> Rule:
        """Return the rule that this step belongs to."""
        if self.offset < 0:
            return Rule.BEFORE
        if self.offset == 0:
            return Rule.DUE
        return Rule.AFTER if self.offset <= AFTER[-1] else Rule.REPEAT

    @property
    def goes_to_officer(self) -> bool:
        """Tell whether the named officer is reminded, before the head is."""
        return self.offset == AFTER[0]


@dataclass(frozen=True)
class Facts:
    """What decides about one task's next step.

    `known_on` is the day on which the present deadline was decided (assigned, extended): steps
    that fell earlier were never owed. `recorded` is the highest offset that the ledger holds for
    this version of the deadline. `silent`: completion was reported and waits for its answer.
    """

    effective_on: date
    known_on: date
    recorded: int | None = None
    silent: bool = False


@dataclass(frozen=True)
class Outcome:
    """One step to be written into the ledger; without `reason` it is owed."""

    step: Step
    reason: SkipReason | None = None


@lru_cache(maxsize=20_000)
def steps_reached(effective_on: date, as_of: date, calendar: WorkCalendar) -> tuple[Step, ...]:
    """Return the steps that fall on `as_of` or earlier, in their order."""
    passed = calendar.between(effective_on, as_of)
    offsets = (*BEFORE, 0, *AFTER, *range(AFTER[-1] + EVERY, passed + 1, EVERY))
    steps = (Step(offset, _falls_on(effective_on, offset, calendar)) for offset in offsets)
    return tuple(step for step in steps if step.falls_on <= as_of)


def decide(
    facts: Facts,
    *,
    as_of: date,
    since: date,
    calendar: WorkCalendar,
    rules: Sequence[Rule] = tuple(Rule),
) -> list[Outcome]:
    """Return what the ledger owes of one task as of a day, the newest step last.

    At most one step is owed: the newest one reached and not recorded. Older ones that fell on
    `since` (the last planned day) or later are skipped as overtaken; those from before the first
    planning are not recorded. Nothing is owed on a day off.
    """
    if not calendar.is_workday(as_of):
        return []
    open_steps = [
        step
        for step in steps_reached(facts.effective_on, as_of, calendar)
        if step.falls_on >= facts.known_on
        and (facts.recorded is None or step.offset > facts.recorded)
        and step.rule in rules
    ]
    if not open_steps:
        return []
    if facts.silent:
        return [
            Outcome(step, SkipReason.HANDED_IN) for step in open_steps if step.falls_on >= since
        ]
    *older, newest = open_steps
    overtaken = [Outcome(step, SkipReason.OVERTAKEN) for step in older if step.falls_on >= since]
    return [*overtaken, Outcome(newest)]


def _falls_on(effective_on: date, offset: int, calendar: WorkCalendar) -> date:
    return (
        calendar.next_workday(effective_on) if offset == 0 else calendar.add(effective_on, offset)
    )
