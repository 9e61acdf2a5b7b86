"""Ladders as data: which steps a committee's reminders take, to whom, and when they stop. Pure."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from functools import cached_property, lru_cache
from types import MappingProxyType

from tracker.errors import N_, BadInput
from tracker.words import name_words

FURTHEST = 500
"""No step lies further from its day than so many working days (two years)."""


class LadderKind(StrEnum):
    """What a ladder reminds of, and from which day its steps count."""

    DEADLINE = "deadline"
    STARRED = "starred"
    WAITING = "waiting"
    QUIET = "quiet"
    UNDATED = "undated"
    STANDING = "standing"
    EXTENSION = "extension"
    EXPLANATION = "explanation"


class Audience(StrEnum):
    """Whom a step reaches. Leaders and chairpersons get a list; the unit is reminded beside it."""

    OFFICER = "officer"
    HEAD = "head"
    LEADER = "leader"
    CHAIRPERSON = "chairperson"
    SECRETARIAT = "secretariat"


name_words(
    {
        LadderKind.DEADLINE: N_("Tasks with a deadline"),
        LadderKind.STARRED: N_("Starred tasks"),
        LadderKind.WAITING: N_("Completion reported, waiting for confirmation"),
        LadderKind.QUIET: N_("Tasks without an update"),
        LadderKind.UNDATED: N_("Tasks awaiting a deadline"),
        LadderKind.STANDING: N_("Standing tasks"),
        LadderKind.EXTENSION: N_("Extensions waiting for a decision"),
        LadderKind.EXPLANATION: N_("Explanations asked for"),
        Audience.OFFICER: N_("the named officer, else the head"),
        Audience.HEAD: N_("the unit's head"),
        Audience.LEADER: N_("the head and the leader who directs the task"),
        Audience.CHAIRPERSON: N_("the head and the chairperson"),
        Audience.SECRETARIAT: N_("the secretariat"),
    }
)


@dataclass(frozen=True)
class Rung:
    """A step after the day: `offset` working days later, to whom."""

    offset: int
    to: Audience


@dataclass(frozen=True)
class Ladder:
    """The steps around one day, in working days; offsets before the day are written positive.

    After the last rung a reminder follows `every` so many days while not more than `until` have
    passed, then `later_every`, and none after `last`: from then on the task stands on the
    chairperson's list only. 0 leaves a part out. A ladder that is not `on` reminds nobody.
    """

    before: tuple[int, ...] = ()
    on_the_day: bool = False
    after: tuple[Rung, ...] = ()
    every: int = 0
    until: int = 0
    later_every: int = 0
    last: int = 0
    repeat_to: Audience = Audience.CHAIRPERSON
    on: bool = True

    @cached_property
    def offsets(self) -> tuple[int, ...]:
        """Return every step as an offset from the day, ascending and each once."""
        if not self.on:
            return ()
        after = [rung.offset for rung in self.after]
        found = {-days for days in self.before} | {*after} | ({0} if self.on_the_day else set())
        start = max(after, default=0)
        if self.every:
            repeats = range(start + self.every, min(self.until, self.last) + 1, self.every)
            found |= {*repeats}
            start = max(repeats, default=start)
        if self.later_every:
            found |= {*range(start + self.later_every, self.last + 1, self.later_every)}
        return tuple(sorted(found))

    @cached_property
    def reach(self) -> int:
        """Return how many working days before the day the ladder begins."""
        return max(self.before, default=0)

    def audience(self, offset: int) -> Audience:
        """Return whom the step at `offset` reaches."""
        return self._audiences.get(offset, Audience.HEAD if offset <= 0 else self.repeat_to)

    @cached_property
    def _audiences(self) -> Mapping[int, Audience]:
        named = {rung.offset: rung.to for rung in self.after}
        if self.repeat_to is Audience.SECRETARIAT:
            named |= {-days: Audience.SECRETARIAT for days in (*self.before, 0)}
        return MappingProxyType(named)

    def is_repeat(self, offset: int) -> bool:
        """Tell whether the step belongs to the back-off."""
        return offset > max((rung.offset for rung in self.after), default=0)

    def is_last(self, offset: int) -> bool:
        """Tell whether no reminder follows the step."""
        return bool(self.offsets) and offset == self.offsets[-1]


_AFTER = (
    Rung(1, Audience.OFFICER),
    Rung(3, Audience.HEAD),
    Rung(5, Audience.LEADER),
    Rung(10, Audience.CHAIRPERSON),
)
_AFTER_STAR = (
    Rung(1, Audience.HEAD),
    Rung(2, Audience.LEADER),
    Rung(3, Audience.HEAD),
    Rung(5, Audience.CHAIRPERSON),
)

DEFAULTS: Mapping[LadderKind, Ladder] = MappingProxyType(
    {
        LadderKind.DEADLINE: Ladder(
            (7, 3, 1), on_the_day=True, after=_AFTER, every=5, until=30, later_every=10, last=120
        ),
        LadderKind.STARRED: Ladder(
            (10, 7, 3, 1), on_the_day=True, after=_AFTER_STAR,
            every=5, until=60, later_every=10, last=120,
        ),
        LadderKind.WAITING: Ladder(
            after=(Rung(3, Audience.SECRETARIAT), Rung(5, Audience.SECRETARIAT)),
            every=5, until=30, later_every=10, last=60, repeat_to=Audience.SECRETARIAT,
        ),
        LadderKind.QUIET: Ladder(
            after=(Rung(10, Audience.OFFICER),), every=10, until=30, last=30,
            repeat_to=Audience.HEAD, on=False,
        ),
        LadderKind.UNDATED: Ladder(
            after=(Rung(5, Audience.SECRETARIAT),), every=10, until=30, last=30,
            repeat_to=Audience.SECRETARIAT, on=False,
        ),
        LadderKind.STANDING: Ladder(
            after=(Rung(20, Audience.HEAD),), every=20, until=60, last=60,
            repeat_to=Audience.HEAD, on=False,
        ),
        LadderKind.EXTENSION: Ladder(
            after=(Rung(2, Audience.SECRETARIAT), Rung(5, Audience.SECRETARIAT)),
            every=5, until=30, last=30, repeat_to=Audience.SECRETARIAT,
        ),
        LadderKind.EXPLANATION: Ladder(
            (1,), on_the_day=True, after=(Rung(1, Audience.HEAD), Rung(3, Audience.CHAIRPERSON)),
            every=5, until=30, last=30,
        ),
    }
)  # fmt: skip
"""What holds where a committee has decided nothing. The last two words of lists that an inbox
shows anyway (no update, no deadline, standing) are off: fewer messages are read more."""


def check_ladder(ladder: Ladder) -> Ladder:
    """Return `ladder`. BadInput names the field: no ascending steps, too far, no end."""
    before, after = list(ladder.before), [rung.offset for rung in ladder.after]
    if any(not 0 < days <= FURTHEST for days in before) or len(set(before)) < len(before):
        raise BadInput(
            N_("Give different numbers of working days, each from 1 to %(most)s."),
            field="before", most=FURTHEST,
        )  # fmt: skip
    if any(not 0 < days <= FURTHEST for days in after) or after != sorted(set(after)):
        raise BadInput(
            N_("The steps after the day must grow: each later than the one before it."),
            field="after",
        )
    start = max(after, default=0)
    repeats = ladder.every or ladder.later_every
    if ladder.every and not start < ladder.until <= FURTHEST:
        raise BadInput(
            N_("Say until which day the reminders come so often, after the last step."),
            field="until",
        )
    if repeats and not max(start, ladder.until) <= ladder.last <= FURTHEST:
        raise BadInput(
            N_("Say after how many working days the reminders stop (%(most)s at most)."),
            field="last", most=FURTHEST,
        )  # fmt: skip
    if ladder.on and not ladder.offsets:
        raise BadInput(N_("A ladder that is on needs at least one step."), field="before")
    return ladder


def to_text(ladder: Ladder) -> str:
    """Return the ladder as the database keeps it."""
    return json.dumps(asdict(ladder), sort_keys=True)


@lru_cache(maxsize=500)
def from_text(text: str) -> Ladder:
    """Return the ladder that `to_text` wrote."""
    said = json.loads(text)
    said = {field.name: said[field.name] for field in fields(Ladder) if field.name in said}
    said["before"] = tuple(said.get("before", ()))
    said["after"] = tuple(
        Rung(rung["offset"], Audience(rung["to"])) for rung in said.get("after", ())
    )
    if "repeat_to" in said:
        said["repeat_to"] = Audience(said["repeat_to"])
    return Ladder(**said)
