"""What is owed as of a day, read for all tasks at once; the cost grows with what is owed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.people.queries import Recipient
from tracker.reminders.addressees import Addressees
from tracker.reminders.ladder_queries import LadderBook, ladders_in_force
from tracker.reminders.ladders import Audience
from tracker.reminders.matters import Matter, Window, task_matters
from tracker.reminders.missed import missed_steps
from tracker.reminders.models import LedgerRow, LedgerState, Planning
from tracker.reminders.rules import Rule, SkipReason, decide, rule_of
from tracker.workdays import WorkCalendar


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """One row that the ledger lacks; without `reason` it is owed to `recipient`.

    `last`: no automatic reminder follows it.
    """

    matter: Matter
    unit_code: str
    recipient: Recipient
    rule: Rule
    step: int
    as_of: date
    reason: SkipReason | None = None
    last: bool = False

    @property
    def owed(self) -> bool:
        """Tell whether a message must go out."""
        return self.reason is None


def planned_rows(
    session: Session,
    *,
    as_of: date,
    calendar: WorkCalendar,
    today: date | None = None,
    book: LadderBook | None = None,
    committee_ids: frozenset[int] | None = None,
) -> list[PlannedRow]:
    """Return every row that the ledger lacks as of a day, in the order of tasks.

    A past day that is planned late is mailed `today`: it goes to those who hold the posts then.
    Who already had a digest of that day gets no second one: what is owed to them since then
    stays owed and comes on the next working day. `book` tries other ladders than those in force.
    """
    if not calendar.is_workday(as_of):
        return []
    window = _window(session, as_of, calendar, book or ladders_in_force(session, as_of=as_of))
    people = Addressees(session, max(as_of, today or as_of))
    written_to = _written_to(session, as_of)
    rows = list(_missed_rows(session, window, people)) if book is None else []
    reminded: set[int] = set()
    for matters in task_matters(session, window, committee_ids=committee_ids):
        people.meet(matters)
        for matter in matters:
            if matter.id in reminded:
                continue
            found = list(rows_of(matter, window, people))
            owed = [row for row in found if row.owed]
            if any(row.recipient.address in written_to for row in owed):
                continue
            if owed:
                reminded.add(matter.id)
            rows += found
    return rows


def rows_of(matter: Matter, window: Window, people: Addressees) -> Iterator[PlannedRow]:
    """Yield what the ledger lacks of one thing as of the window's day, to each recipient."""
    ladder = window.book.of(matter.committee_id, matter.kind)
    outcomes = decide(
        matter.facts,
        as_of=window.as_of,
        since=window.since,
        calendar=window.calendar,
        ladder=ladder,
    )
    for outcome in outcomes:
        offset = outcome.step.offset
        rule = rule_of(matter.kind, ladder, offset)
        for told in people.of(matter, ladder.audience(offset)):
            if told.copy and outcome.reason is SkipReason.HANDED_IN:
                continue
            yield PlannedRow(
                matter,
                people.codes[matter.unit_id],
                told.recipient,
                told.copy or rule,
                offset,
                window.as_of,
                outcome.reason or told.reason,
                last=ladder.is_last(offset),
            )


def _missed_rows(session: Session, window: Window, people: Addressees) -> Iterator[PlannedRow]:
    for matter, step, reason in missed_steps(session, window):
        ladder = window.book.of(matter.committee_id, matter.kind)
        (told, *_) = people.of(matter, Audience.HEAD)
        yield PlannedRow(
            matter,
            people.codes[matter.unit_id],
            told.recipient,
            rule_of(matter.kind, ladder, step.offset),
            step.offset,
            window.as_of,
            reason,
        )


def _window(
    session: Session,
    as_of: date,
    calendar: WorkCalendar,
    book: LadderBook,
) -> Window:
    """Return what lies between the last planning and this one, seen by the ladders of `book`."""
    last = last_planning(session, before=as_of)
    since = last.as_of if last else as_of
    same = last is not None and last.fingerprint == book.fingerprint(calendar)
    return Window(since, as_of, last.at if last and same else None, calendar, book)


def last_planning(session: Session, *, before: date) -> Planning | None:
    """Return the last run of planning for a day before `before`, or None."""
    return session.scalars(
        select(Planning)
        .where(Planning.as_of < before)
        .order_by(Planning.as_of.desc(), Planning.id.desc())
        .limit(1)
    ).first()


def _written_to(session: Session, as_of: date) -> set[str]:
    """Return the addresses that already have their digest of a day."""
    return set(
        session.scalars(
            select(LedgerRow.recipient)
            .where(LedgerRow.as_of == as_of, LedgerRow.state == LedgerState.OWED)
            .distinct()
        )
    )
