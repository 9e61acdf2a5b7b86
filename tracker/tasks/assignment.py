"""Giving work: codes, new tasks, groups, and corrections to a task."""

import re
from dataclasses import dataclass, fields
from datetime import date, datetime

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from tracker import history
from tracker.committees.models import Committee
from tracker.db import is_postgresql
from tracker.deadlines.rules import DeadlineBasis, DeadlineKind
from tracker.errors import N_, BadInput, EditedByAnother, NotAllowed
from tracker.people.queries import officers_of
from tracker.permissions import Actor, Permission, may_anywhere
from tracker.tasks.guards import TaskEnded, require_committee, require_over
from tracker.tasks.models import Coordination, DeadlineVersion, Task, TaskGroup, folded_words
from tracker.tasks.rules import TimeKind
from tracker.tasks.times import SaidTime, settled
from tracker.units.models import Unit
from tracker.units.queries import with_units_below
from tracker.units.rules import is_valid_on
from tracker.workdays import WorkCalendar, office_day

CODE_LOCK = 7_205_002
"""The PostgreSQL advisory lock under which codes are given; any number not used elsewhere."""

LONGEST_TITLE = 5000


@dataclass(frozen=True)
class NewTask:
    """A task to be assigned: one lead, any number of coordinating units, something said of time."""

    committee_id: int
    title: str
    lead_unit_id: int
    time: TimeKind
    coordinating_unit_ids: tuple[int, ...] = ()
    product: str = ""
    deadline_kind: DeadlineKind = DeadlineKind.NONE
    deadline_text: str = ""
    deadline_basis: DeadlineBasis | None = None
    basis_reference: str = ""
    due_on: date | None = None
    star: bool = False
    field: str = ""
    clause_id: int | None = None
    group_id: int | None = None
    parent_id: int | None = None
    officer_id: int | None = None
    leader: str = ""
    external_code: str = ""
    superior_due_on: date | None = None
    lead_decided_by: str = ""
    note: str = ""
    code: str = ""
    tracked_in: str = ""


@dataclass(frozen=True)
class TaskText:
    """What the secretariat may correct of a task without deciding anything anew."""

    title: str
    product: str
    field: str
    star: bool
    leader: str
    external_code: str
    tracked_in: str
    superior_due_on: date | None
    note: str


def assign_task(
    session: Session,
    new: NewTask,
    *,
    by: Actor,
    at: datetime,
    calendar: WorkCalendar,
    assigned_on: date | None = None,
) -> Task:
    """Give a task to its lead unit and return it, with its code and first deadline.

    NotAllowed: not the committee's secretariat. BadInput: no title, no unit that exists on the
    day, a time that does not hold together (see `times.settled`), a code already taken.
    """
    require_committee(by, Permission.TASK_MANAGE, new.committee_id)
    committee = session.get_one(Committee, new.committee_id)
    day = assigned_on or office_day(at)
    title = new.title.strip()
    if not title:
        raise BadInput(N_("Write what is to be done."), field="title")
    if len(title) > LONGEST_TITLE:
        raise BadInput(
            N_("At most %(most)s characters can be kept here."), field="title", most=LONGEST_TITLE
        )
    said = settled(
        SaidTime(
            new.time,
            new.deadline_kind,
            new.deadline_text,
            new.due_on,
            new.deadline_basis,
            new.basis_reference,
        )
    )
    lead = existing_unit(session, new.lead_unit_id, day, field="lead_unit")
    task = Task(
        code=taken_code(session, new.code) if new.code else next_code(session, day.year),
        committee_id=committee.id,
        committee=committee,
        clause_id=new.clause_id,
        group_id=new.group_id,
        parent_id=new.parent_id,
        title=title,
        product=new.product.strip(),
        lead_unit_id=lead.id,
        lead_unit=lead,
        lead_decided_by=new.lead_decided_by,
        officer_id=new.officer_id,
        leader=new.leader.strip(),
        star=new.star,
        field=new.field.strip(),
        note=new.note.strip(),
        external_code=new.external_code.strip(),
        tracked_in=new.tracked_in.strip(),
        superior_due_on=new.superior_due_on,
        assigned_on=day,
        first_due_on=said.due_on if said.time is TimeKind.DATED else None,
        coordinations=[
            Coordination(unit_id=unit_id)
            for unit_id in dict.fromkeys(new.coordinating_unit_ids)
            if unit_id != lead.id
        ],
    )
    effective_on = said.effective_on(calendar, roll=committee.rolls_to_workday)
    say_time(task, said, effective_on)
    session.add(task)
    task.deadlines.append(version_of(said, effective_on, decided_on=day, at=at, by=by))
    if new.officer_id is not None:
        require_officer(session, lead.id, new.officer_id)
    session.flush()
    history.record(session, "task.assign", task, by=by, at=at)
    return task


def open_group(
    session: Session,
    *,
    title: str,
    addressee: str,
    clause_id: int | None = None,
    by: Actor,
    at: datetime,
) -> TaskGroup:
    """Open the group of one order to many units; its parts are assigned one by one.

    NotAllowed: `by` assigns nothing.
    """
    if not may_anywhere(by, Permission.TASK_MANAGE):
        raise NotAllowed
    group = TaskGroup(title=title.strip(), addressee=addressee.strip(), clause_id=clause_id)
    session.add(group)
    session.flush()
    history.record(session, "task-group.open", group, by=by, at=at)
    return group


def edit_task(
    session: Session,
    task: Task,
    new: TaskText,
    *,
    by: Actor,
    at: datetime,
    edition: int,
    coordinating_unit_ids: tuple[int, ...] | None = None,
) -> None:
    """Correct the words of a task that was read as `edition`.

    NotAllowed: not the committee's secretariat. TaskEnded. EditedByAnother: somebody was faster;
    both texts are in the refusal. Units that coordinate already keep their part.
    """
    require_over(by, Permission.TASK_MANAGE, task)
    if task.accepted_on is not None or task.left_on is not None:
        raise TaskEnded(task.code)
    if task.edition != edition:
        raise EditedByAnother(theirs=_words(task, new, task), yours=_words(task, new, new))
    if not new.title.strip():
        raise BadInput(N_("Write what is to be done."), field="title")
    for name in (item.name for item in fields(new)):
        value = getattr(new, name)
        setattr(task, name, value.strip() if isinstance(value, str) else value)
    if coordinating_unit_ids is not None:
        set_coordinations(task, coordinating_unit_ids)
    task.folded = folded_words(task.code, task.external_code, task.title, task.product)
    task.edition += 1
    history.record(session, "task.edit", task, by=by, at=at)


def next_code(session: Session, year: int) -> str:
    """Return the next free code of `year`, `NV-<year>-<NNNN>`; unique under concurrency.

    On PostgreSQL a lock is held until the commit; SQLite has one writer at a time anyway.
    """
    numbers: dict[int, int] = session.info.setdefault("task_numbers", {})
    if year not in numbers:
        if is_postgresql(session):
            session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": CODE_LOCK})
        numbers[year] = _last_number(session, year)
    given: set[str] = session.info.setdefault("task_codes", set())
    while True:
        numbers[year] += 1
        code = f"NV-{year}-{numbers[year]:04d}"
        if code not in given:
            return code


def taken_code(session: Session, code: str) -> str:
    """Take a code that came from outside. BadInput: another task has it."""
    wanted = code.strip()
    if session.scalar(select(Task.id).where(Task.code == wanted)) is not None:
        raise BadInput(N_("The code %(code)s is taken."), field="code", code=wanted)
    session.info.setdefault("task_codes", set()).add(wanted)
    return wanted


def _last_number(session: Session, year: int) -> int:
    """Return the highest number given in `year`; a longer one is higher, whatever its digits."""
    pattern = re.compile(rf"NV-{year}-(\d{{4,9}})")
    codes = session.scalars(
        select(Task.code)
        .where(Task.code.like(f"NV-{year}-%"))
        .order_by(func.length(Task.code).desc(), Task.code.desc())
        .execution_options(yield_per=100)
    )
    for code in codes:
        if found := pattern.fullmatch(code):
            codes.close()
            return int(found[1])
    return 0


def say_time(task: Task, said: SaidTime, effective_on: date | None) -> None:
    """Put a decided time on the task's own row."""
    task.time = said.time
    task.deadline_kind = said.kind
    task.deadline_text = said.text
    task.deadline_basis = said.basis
    task.basis_reference = said.reference
    task.due_on = said.due_on
    task.effective_on = effective_on


def version_of(
    said: SaidTime,
    effective_on: date | None,
    *,
    decided_on: date,
    at: datetime,
    by: Actor,
    version: int = 1,
    on_behalf_of: str = "",
    reason: str = "",
) -> DeadlineVersion:
    """Return the record of a decision on the task's time."""
    return DeadlineVersion(
        version=version,
        time=said.time,
        kind=said.kind,
        text=said.text,
        due_on=said.due_on,
        effective_on=effective_on,
        basis=said.basis,
        reference=said.reference,
        decided_on=decided_on,
        decided_at=at,
        decided_by=by.name,
        on_behalf_of=on_behalf_of,
        reason=reason,
    )


def set_coordinations(task: Task, unit_ids: tuple[int, ...]) -> None:
    """Make `unit_ids` the coordinating units; a part that was already done is never dropped."""
    wanted = [unit_id for unit_id in dict.fromkeys(unit_ids) if unit_id != task.lead_unit_id]
    for part in list(task.coordinations):
        if part.unit_id not in wanted and part.done_on is None:
            task.coordinations.remove(part)
    there = {part.unit_id for part in task.coordinations}
    task.coordinations.extend(
        Coordination(unit_id=unit_id) for unit_id in wanted if unit_id not in there
    )


def require_officer(session: Session, lead_unit_id: int, officer_id: int) -> None:
    """Raise BadInput unless the person holds a post in the lead unit or a unit below it."""
    units = with_units_below(session, frozenset({lead_unit_id}))
    if officer_id not in {person_id for person_id, _ in officers_of(session, units)}:
        raise BadInput(
            N_("The officer must hold a post in the lead unit or in a unit below it."),
            field="officer",
        )


def existing_unit(session: Session, unit_id: int, day: date, *, field: str) -> Unit:
    """Return the unit; BadInput at `field` unless it exists on `day`."""
    unit = session.get(Unit, unit_id)
    if unit is None or not is_valid_on(unit.valid_from, unit.valid_to, day):
        raise BadInput(N_("Choose a unit that exists on that day."), field=field)
    return unit


def _words(task: Task, new: TaskText, source: Task | TaskText) -> str:
    """Return, of the texts in which `task` and `new` differ, those of `source`."""
    differing = [
        item.name for item in fields(new) if getattr(task, item.name) != getattr(new, item.name)
    ]
    return "\n".join(str(getattr(source, name) or "–") for name in differing)
