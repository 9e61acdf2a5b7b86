"""The digest: one mail per person and day with everything that is owed to them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial
from itertools import islice

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker import mail
from tracker.conclusions.models import Clause, Notice
from tracker.errors import N_
from tracker.outbox import Letter
from tracker.people.queries import link_keys
from tracker.reminders.beside import Beside, tasks_beside
from tracker.reminders.ladders import LadderKind
from tracker.reminders.matters import Matter
from tracker.reminders.planning import PlannedRow
from tracker.reminders.rules import Rule
from tracker.tasks.links import link_for
from tracker.tasks.models import Task
from tracker.tasks.rules import TimeKind, days_late, is_overdue
from tracker.units.models import Unit
from tracker.words import name_words

LINES_OF_A_PART = 40
"""A mail names so many tasks of each part; the rest is a count and a link."""

CHUNK = 1000


class Part(StrEnum):
    """The parts of a digest, in their order."""

    NEW = "new"
    OVERDUE = "overdue"
    DUE_TODAY = "due-today"
    DUE_SOON = "due-soon"
    THIS_WEEK = "this-week"
    PAST_PROPOSED = "past-proposed"
    QUIET = "quiet"
    WAITING = "waiting"
    UNDATED = "undated"
    ASKED = "asked"
    LED = "led"
    COMMITTEE = "committee"


name_words(
    {
        Part.NEW: N_("New for you"),
        Part.OVERDUE: N_("Overdue"),
        Part.DUE_TODAY: N_("Due today"),
        Part.DUE_SOON: N_("Due soon"),
        Part.THIS_WEEK: N_("Also due within 7 days"),
        Part.PAST_PROPOSED: N_("Past the proposed deadline"),
        Part.QUIET: N_("Without an update for long"),
        Part.WAITING: N_("Waiting for your answer"),
        Part.UNDATED: N_("Awaiting a deadline"),
        Part.ASKED: N_("An explanation is asked of you"),
        Part.LED: N_("Overdue tasks that you direct"),
        Part.COMMITTEE: N_("Overdue in your committee, for the chairperson"),
    }
)


@dataclass(frozen=True)
class Line:
    """One task in a digest, as its template shows it."""

    code: str
    title: str
    product: str
    unit: str
    notice: str
    notice_on: date | None
    clause: str
    due_on: date | None
    due_text: str
    proposed: bool
    days_late: int
    days_left: int
    update: str
    updated_on: date | None
    link: str
    act_link: str
    last: bool
    waited: int | None = None
    answer_by: date | None = None


@dataclass(frozen=True)
class PartOfDigest:
    """A part with its lines, `total` tasks in all."""

    part: Part
    lines: Sequence[Line]
    total: int

    @property
    def more(self) -> int:
        """Return how many tasks the mail does not name."""
        return self.total - len(self.lines)


_PARTS = {
    Rule.CHAIR_LIST: Part.COMMITTEE,
    Rule.LEADER_LIST: Part.LED,
    Rule.WAITING: Part.WAITING,
    Rule.QUIET: Part.QUIET,
    Rule.STANDING: Part.QUIET,
    Rule.UNDATED: Part.UNDATED,
    Rule.EXTENSION: Part.WAITING,
    Rule.EXPLANATION: Part.ASKED,
}


READ_ONLY = {Part.WAITING, Part.UNDATED, Part.LED, Part.COMMITTEE}
"""Parts that their readers do nothing about as a unit: no one-tap link stands there."""


def digest_key(address: str, as_of: date) -> str:
    """Return the key of the one digest that an address gets on a day."""
    return f"digest:{address}:{as_of.isoformat()}"


def digests(
    session: Session, rows: Sequence[PlannedRow], *, as_of: date, public_url: str
) -> dict[str, Letter]:
    """Return address → the letter with all rows owed to that address, in the person's language."""
    by_address: dict[str, list[PlannedRow]] = defaultdict(list)
    for row in rows:
        by_address[row.recipient.address].append(row)
    beside = tasks_beside(session, by_address, as_of)
    parts = {
        address: _ordered({**_parts(owed, as_of), **_beside(beside.get(address, Beside()))})
        for address, owed in by_address.items()
    }
    last = {(row.recipient.address, row.matter.id) for row in rows if row.last}
    named = {
        task.id for found in parts.values() for tasks in found.values() for task in _named(tasks)
    }
    details = _details(session, named)
    people = {found[0].recipient.person_id for found in by_address.values()}
    keys = link_keys(session, [person_id for person_id in people if person_id is not None])
    letters = {}
    for address, found in parts.items():
        recipient = by_address[address][0].recipient
        acting = partial(
            link_for,
            recipient.person_id,
            issued_on=as_of,
            key=keys.get(recipient.person_id or 0, ""),
            public_url=public_url,
        )
        letters[address] = mail.render(
            "digest",
            language=recipient.language,
            recipient=address,
            person_id=recipient.person_id,
            public_url=public_url,
            name=recipient.name,
            as_of=as_of,
            counts={part.value: len(found.get(part, ())) for part in Part},
            parts=[
                PartOfDigest(
                    part,
                    [
                        _line(
                            task,
                            details[task.id],
                            as_of,
                            public_url,
                            "" if part in READ_ONLY else acting(task.id),
                            last=(address, task.id) in last,
                        )
                        for task in _named(tasks)
                    ],
                    len(tasks),
                )
                for part, tasks in found.items()
            ],
        )
    return letters


def _parts(rows: Iterable[PlannedRow], as_of: date) -> dict[Part, list[Matter]]:
    """Return the tasks of each part, the oldest deadline first."""
    found: dict[Part, list[Matter]] = defaultdict(list)
    for row in rows:
        found[_part(row, as_of)].append(row.matter)
    return found


def _beside(found: Beside) -> dict[Part, list[Matter]]:
    return {Part.NEW: found.new, Part.THIS_WEEK: found.this_week}


def _ordered(found: Mapping[Part, list[Matter]]) -> dict[Part, list[Matter]]:
    return {
        part: sorted(found[part], key=lambda matter: (matter.facts.counts_from, matter.code))
        for part in Part
        if found.get(part)
    }


def _part(row: PlannedRow, as_of: date) -> Part:
    if row.rule in _PARTS:
        return _PARTS[row.rule]
    counts_from = row.matter.facts.counts_from
    if is_overdue(counts_from, row.matter.time, as_of):
        return Part.OVERDUE
    if counts_from < as_of:
        return Part.PAST_PROPOSED
    return Part.DUE_TODAY if counts_from == as_of else Part.DUE_SOON


def _named(tasks: Iterable[Matter]) -> Iterator[Matter]:
    return islice(tasks, LINES_OF_A_PART)


@dataclass(frozen=True)
class _Details:
    title: str
    product: str
    deadline_text: str
    last_update: str
    updated_on: date | None
    unit: str
    clause: str | None
    notice: str | None
    notice_on: date | None


def _details(session: Session, task_ids: set[int]) -> Mapping[int, _Details]:
    """Return what the mails say of the tasks that they name."""
    wanted = sorted(task_ids)
    found: dict[int, _Details] = {}
    for start in range(0, len(wanted), CHUNK):
        rows = session.execute(
            select(
                Task.id,
                Task.title,
                Task.product,
                Task.deadline_text,
                Task.last_update,
                Task.updated_on,
                Unit.name,
                Clause.label,
                Notice.number,
                Notice.issued_on,
            )
            .join(Unit, Unit.id == Task.lead_unit_id)
            .outerjoin(Clause, Clause.id == Task.clause_id)
            .outerjoin(Notice, Notice.id == Clause.notice_id)
            .where(Task.id.in_(wanted[start : start + CHUNK]))
        )
        found |= {task_id: _Details(*told) for task_id, *told in rows}
    return found


def _line(
    task: Matter, told: _Details, as_of: date, public_url: str, act_link: str, *, last: bool
) -> Line:
    counts_from = task.facts.counts_from
    answer_by = counts_from if task.kind is LadderKind.EXPLANATION else None
    by_deadline = task.kind in (LadderKind.DEADLINE, LadderKind.STARRED)
    return Line(
        code=task.code,
        title=told.title,
        product=told.product,
        unit=told.unit,
        notice=told.notice or "",
        notice_on=told.notice_on,
        clause=told.clause or "",
        due_on=task.due_on,
        due_text=told.deadline_text,
        proposed=task.time is TimeKind.PROPOSED,
        days_late=days_late(counts_from, as_of) if by_deadline else 0,
        days_left=max(0, (counts_from - as_of).days) if by_deadline else 0,
        waited=None if by_deadline or answer_by else (as_of - counts_from).days,
        answer_by=answer_by,
        update=told.last_update,
        updated_on=told.updated_on,
        link=f"{public_url}/tasks/{task.id}",
        act_link=act_link,
        last=last,
    )
