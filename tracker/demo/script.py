"""The words in which a demo office is written down: units, people, meetings, orders, stories.

Days are whole numbers of working days from the day of loading: −30 lies thirty working days
back. In texts `{-30}` becomes that date (dd/mm/yyyy); see `days.Days.fill`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tracker.conclusions.rules import Attendance, ClauseVerdict, RaisedKind, SourceKind
from tracker.permissions import Role
from tracker.scores.rules import CauseClass, Measure
from tracker.tasks.rules import Stage
from tracker.units.rules import UnitKind

ALL_COMMUNES = "*communes"
ALL_DEPARTMENTS = "*departments"
MAIL_DOMAIN = "haan.example"


@dataclass(frozen=True)
class Place:
    """One unit; `parent` is a code; the unit's mail address is made from its code."""

    code: str
    name: str
    short: str
    kind: UnitKind
    parent: str = ""
    aliases: tuple[str, ...] = ()
    head: str = ""
    head_title: str = ""
    account: bool = True
    phone: str = ""


@dataclass(frozen=True)
class Holder:
    """A person with an account and one post (a second line with the same mail adds a post)."""

    mail: str
    name: str
    role: Role
    title: str
    unit: str = ""
    committees: tuple[str, ...] = ()
    shown: bool = False


@dataclass(frozen=True)
class Member:
    """A member of a committee and the fields that the member answers for."""

    name: str
    title: str
    fields: str = ""
    mail: str = ""


@dataclass(frozen=True)
class Board:
    """A steering committee."""

    code: str
    name: str
    short: str
    unit: str
    acceptor: str
    members: tuple[Member, ...]


@dataclass(frozen=True)
class Story:
    """What happened to a task. `ago` and `days` count working days.

    Kinds: new, returned, received, going, waiting, redo, done, late, left. `ago`: how long ago
    the last act was; `days`: for done, how long before the deadline it was handed in; for late,
    after it.
    """

    kind: str
    percent: int = 0
    ago: int = 0
    days: int = 0
    reason: str = ""
    on_behalf: bool = False
    again: bool = False
    to: str = ""


def new() -> Story:
    """Return the story of a task whose receipt nobody has confirmed."""
    return Story("new")


def returned(ago: int, reason: str, to: str) -> Story:
    """Return the story of a task that the unit sent back as not its own; `to`: whose it is."""
    return Story("returned", ago=ago, reason=reason, to=to)


def received(ago: int = 0) -> Story:
    """Return the story of a task received and not yet reported on."""
    return Story("received", ago=ago)


def going(percent: int, ago: int = 2) -> Story:
    """Return the story of work reported on, the last time `ago` working days back."""
    return Story("going", percent=percent, ago=ago)


def waiting(ago: int, *, percent: int = 100) -> Story:
    """Return the story of a hand-in of `ago` working days back, not yet answered."""
    return Story("waiting", percent=percent, ago=ago)


def redo(reason: str, ago: int = 3) -> Story:
    """Return the story of a hand-in that was sent back."""
    return Story("redo", percent=80, ago=ago, reason=reason)


def done(days: int = 3, *, on_behalf: bool = False, again: bool = False) -> Story:
    """Return the story of a task handed in `days` working days before its deadline.

    `again`: a first hand-in was sent back. `on_behalf`: the leader's decision was recorded by
    the secretary.
    """
    return Story("done", days=days, on_behalf=on_behalf, again=again)


def late(days: int, *, on_behalf: bool = False) -> Story:
    """Return the story of a task handed in `days` working days after its deadline."""
    return Story("late", days=days, on_behalf=on_behalf)


def left(ago: int, reason: str) -> Story:
    """Return the story of a task withdrawn `ago` working days back."""
    return Story("left", ago=ago, reason=reason)


@dataclass(frozen=True)
class Moved:
    """The deadline was moved `ago` working days ago, to the day `to`, by a leader's decision."""

    to: int
    ago: int
    reason: str
    leader: str
    reference: str


@dataclass(frozen=True)
class Asked:
    """More time was asked for `ago` working days ago, to the day `to`; nobody has answered."""

    to: int
    ago: int
    reason: str
    done: str


@dataclass(frozen=True)
class Share:
    """What a coordinating unit contributes, and by which working day from today."""

    unit: str
    words: str
    due: int


@dataclass(frozen=True)
class Order:
    """One task of a clause.

    `when`: working days from the day of loading, or one of month, quarter, year (the coming one),
    monthly, standing, awaiting, without, reference, counted (working days from the notice,
    as its text says). `basis` is set where the notice does not give
    the date: ("leader" | "letter" | "proposed", reference). `below` are sub-tasks, `instructed` a
    leader's word (how long ago, what), `elsewhere` a code in another system and its deadline.
    """

    title: str
    lead: str
    when: int | str
    story: Story
    joint: tuple[str, ...] = ()
    product: str = ""
    field: int = 0
    star: bool = False
    officer: str = ""
    told: tuple[str, ...] = ()
    result: str = ""
    document: str = ""
    words: str = ""
    basis: tuple[str, str] | None = None
    moved: Moved | None = None
    asked: Asked | None = None
    shares: tuple[Share, ...] = ()
    stage: Stage | None = None
    parts: tuple[tuple[str, Story], ...] = ()
    below: tuple["Order", ...] = ()
    instructed: tuple[int, str] | None = None
    elsewhere: tuple[str, int] | None = None
    remedies: tuple[str, ...] = ()


@dataclass(frozen=True)
class Aim:
    """A numeric target of a clause: the indicator's code, its value, of how many for a rank."""

    indicator: str
    value: str
    ranked: int | None = None
    unit: str = ""


@dataclass(frozen=True)
class Point:
    """One clause of a notice: `label` as read (III.2), its text without the number."""

    label: str
    text: str
    orders: tuple[Order, ...] = ()
    verdict: ClauseVerdict = ClauseVerdict.TASK
    reason: str = ""
    aim: Aim | None = None
    mends: tuple[int, ...] = ()
    by: str = ""


@dataclass(frozen=True)
class Section:
    """A part of a notice under a Roman numeral."""

    number: str
    heading: str
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Attendee:
    """Somebody who took part in a meeting."""

    name: str
    title: str
    attendance: Attendance
    concludes: bool = False


@dataclass(frozen=True)
class Raised:
    """A difficulty or proposal that a unit raised."""

    unit: str
    kind: RaisedKind
    text: str


@dataclass(frozen=True)
class Observation:
    """A finding of an inspection."""

    text: str
    good: bool = False


@dataclass(frozen=True)
class Gathering:
    """A meeting, inspection or other source, with its notice.

    `held` and `issued` are working days from the day of loading; `assigned` too, None while the
    notice is still under review.
    """

    key: str
    kind: SourceKind
    boards: tuple[str, ...]
    title: str
    held: int
    issued: int
    assigned: int | None
    number: str
    notice_title: str
    opening: str
    sections: tuple[Section, ...]
    attendees: tuple[Attendee, ...]
    place: str = ""
    summary: str = ""
    signer: str = ""
    letterhead: tuple[str, str] = ("", "")
    closing: str = ""
    inspected: str = ""
    raised: tuple[Raised, ...] = ()
    findings: tuple[Observation, ...] = ()
    supplements: str = ""
    secret: bool = False


@dataclass(frozen=True)
class Plan:
    """A remediation form for one criterion of one unit; `due` in working days from today.

    `index` is PAR or DTI.
    """

    code: str
    cause_class: CauseClass
    cause: str
    solution: str
    expected: str
    due: int
    evidence: str
    officer: str = ""
    told: tuple[tuple[int, int, str], ...] = ()
    complete: int | None = None
    index: str = "PAR"


@dataclass(frozen=True)
class Gauge:
    """An indicator with its measured values at the ends of the last months, newest last."""

    code: str
    name: str
    measure: Measure
    values: tuple[str, ...]
    unit: str = ""
    ranked: int | None = None


@dataclass(frozen=True)
class IndexBook:
    """What is known of the indices: published totals (now, before) and points leaf by leaf.

    `ward` is the unit whose every leaf is written down; `blocks` are the units ranked together,
    `places` the (rank, of how many, places gained) of units that were ranked elsewhere.
    """

    ward: str
    scored: tuple[str, ...]
    results: Mapping[str, tuple[str, str]]
    blocks: Mapping[str, tuple[str, ...]]
    plans: Mapping[str, tuple[Plan, ...]]
    dti: Mapping[str, tuple[str, int, int]]
    places: Mapping[str, tuple[int, int, int]] = field(default_factory=dict)
    sipas: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    in_percent: tuple[str, ...] = ()
    first_fields: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    owners: Mapping[tuple[str, str], str] = field(default_factory=dict)
    opened: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Office:
    """A whole demo office."""

    name: str
    units: tuple[Place, ...]
    boards: tuple[Board, ...]
    people: tuple[Holder, ...]
    gatherings: tuple[Gathering, ...]
    fields: tuple[str, ...]
    chair: str
    secretary: str
    book: IndexBook
    departments: tuple[str, ...] = ()
    communes: tuple[str, ...] = ()
    groups: Mapping[str, str] = field(default_factory=dict)
    gauges: tuple[Gauge, ...] = ()
    heads: Mapping[str, str] = field(default_factory=dict)
    since: str = "2025-07-01"
