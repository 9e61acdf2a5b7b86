"""What a good row of a task import changes."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from tracker import history
from tracker.deadlines.rules import DeadlineBasis, DeadlineKind
from tracker.permissions import Actor
from tracker.tasks.assignment import say_time, set_coordinations, version_of
from tracker.tasks.exchange import KIND_WORDS, kind_cell
from tracker.tasks.import_rows import TaskLine
from tracker.tasks.models import Coordination, HandIn, HandInDecision, Task, folded_words
from tracker.tasks.rules import TimeKind, Verdict, Workflow
from tracker.tasks.times import SaidTime
from tracker.workdays import WorkCalendar

NO_RESULT = "–"
PLAIN = (
    "external_code",
    "title",
    "product",
    "lead_unit_id",
    "officer_id",
    "star",
    "field",
    "superior_due_on",
    "assigned_on",
    "percent",
    "note",
)
"""Values of a row that stand in the task's own column of the same name."""


@dataclass(frozen=True)
class Facts:
    """A known task with the document and clause that it comes from."""

    task: Task
    document_number: str = ""
    document_date: date | None = None
    clause: str = ""


@dataclass(frozen=True)
class Importing:
    """The circumstances in which a row is written."""

    session: Session
    by: Actor
    at: datetime
    calendar: WorkCalendar
    roll: bool
    assigned_on: date
    clause_id: int | None


def differences(line: TaskLine, facts: Facts) -> frozenset[str]:
    """Return which columns of the row say something else than the task; blank says nothing."""
    task = facts.task
    kind = kind_cell(task.time, task.deadline_kind)
    there: dict[str, tuple[object, object]] = {
        **{name: (getattr(line, name), getattr(task, name)) for name in PLAIN},
        "committee": (line.committee_id, task.committee_id),
        "deadline_kind": (line.deadline_kind, KIND_WORDS[kind] if kind else None),
        "deadline_text": (line.deadline_text, task.deadline_text),
        "due_on": (line.due_on, task.due_on),
        "first_due_on": (line.first_due_on, task.first_due_on),
        "handed_in_on": (line.handed_in_on, task.handed_in_on),
        "accepted_on": (line.accepted_on, task.accepted_on),
    }
    if line.due_on or task.due_on:
        there["deadline_basis"] = (line.deadline_basis, task.deadline_basis)
    if line.coordinating_unit_ids is not None:
        lead = line.lead_unit_id or task.lead_unit_id
        there["coordinating_units"] = (
            frozenset(line.coordinating_unit_ids) - {lead},
            frozenset(part.unit_id for part in task.coordinations),
        )
    found = {
        name for name, (given, is_) in there.items() if given not in (None, "") and given != is_
    }
    named = (
        (line.document_number, facts.document_number),
        (line.document_date, facts.document_date),
        (line.clause.casefold(), facts.clause.casefold()),
    )
    if any(given and given != is_ for given, is_ in named):
        found.add("document")
    return frozenset(found)


def said_time(
    kind: DeadlineKind | None, text: str, due_on: date | None, basis: DeadlineBasis | None
) -> SaidTime:
    """Return what a row says of the time; a date without a basis rests on the notice.

    Without a date: standing and recurring work is standing, `none` is without a deadline by
    decision, anything else (blank too) awaits its date.
    """
    if due_on is not None:
        proposed = basis is DeadlineBasis.PROPOSED
        form = kind if kind not in {None, DeadlineKind.NONE} else DeadlineKind.DATE
        time = TimeKind.PROPOSED if proposed else TimeKind.DATED
        return SaidTime(time, form or DeadlineKind.DATE, text, due_on, basis or _NOTICE)
    if kind in {DeadlineKind.STANDING, DeadlineKind.RECURRING}:
        return SaidTime(TimeKind.STANDING, kind or DeadlineKind.STANDING, text)
    if kind is DeadlineKind.NONE:
        return SaidTime(TimeKind.WITHOUT, DeadlineKind.NONE, text)
    return SaidTime(TimeKind.AWAITING, kind or DeadlineKind.NONE, text)


_NOTICE = DeadlineBasis.NOTICE


def add_task(act: Importing, line: TaskLine, code: str, committee_id: int) -> Task:
    """Add the task of a row; its deadline holds from the day of assignment."""
    said = said_time(line.deadline_kind, line.deadline_text, line.due_on, line.deadline_basis)
    official = said.due_on if said.time is TimeKind.DATED else None
    task = Task(
        code=code,
        committee_id=committee_id,
        clause_id=act.clause_id,
        title=line.title,
        product=line.product,
        lead_unit_id=line.lead_unit_id,
        officer_id=line.officer_id,
        star=bool(line.star),
        field=line.field,
        note=line.note,
        external_code=line.external_code,
        superior_due_on=line.superior_due_on,
        assigned_on=act.assigned_on,
        first_due_on=line.first_due_on or official,
        percent=line.percent or 0,
        deadline_version=0,
        workflow=Workflow.IN_PROGRESS if line.percent else Workflow.ASSIGNED,
        coordinations=[
            Coordination(unit_id=unit_id)
            for unit_id in line.coordinating_unit_ids or ()
            if unit_id != line.lead_unit_id
        ],
    )
    act.session.add(task)
    first = line.first_due_on
    if first is not None and first != said.due_on:
        earlier = said_time(line.deadline_kind, line.deadline_text, first, None)
        _decide(act, task, earlier)
    _decide(act, task, said)
    _end(act, line, task)
    if task.accepted_on is not None and line.percent is None:
        task.percent = 100
    history.record(act.session, "task.import", task, by=act.by, at=act.at)
    return task


def update_task(act: Importing, line: TaskLine, task: Task) -> Task:
    """Change what the row says differently of a known, open task."""
    moved = line.assigned_on is not None and line.assigned_on != task.assigned_on
    if moved:
        for version in task.deadlines:
            if version.decided_on == task.assigned_on:
                version.decided_on = act.assigned_on
    for name in PLAIN:
        value = getattr(line, name)
        if value not in (None, ""):
            setattr(task, name, value)
    if act.clause_id is not None:
        task.clause_id = act.clause_id
    if line.coordinating_unit_ids is not None:
        set_coordinations(task, line.coordinating_unit_ids)
    if line.percent and task.workflow in {Workflow.ASSIGNED, Workflow.RECEIVED}:
        task.workflow = Workflow.IN_PROGRESS
    _update_time(act, line, task)
    _end(act, line, task)
    task.folded = folded_words(task.code, task.external_code, task.title, task.product)
    task.edition += 1
    history.record(act.session, "task.import", task, by=act.by, at=act.at)
    return task


def _update_time(act: Importing, line: TaskLine, task: Task) -> None:
    kind = kind_cell(task.time, task.deadline_kind)
    said = said_time(
        line.deadline_kind or (KIND_WORDS[kind] if kind else None),
        line.deadline_text or task.deadline_text,
        line.due_on or task.due_on,
        line.deadline_basis or task.deadline_basis,
    )
    now = (task.time, task.deadline_kind, task.due_on, task.deadline_basis)
    if task.due_on is None and said.due_on is None:
        now = (task.time, task.deadline_kind, None, None)
    if (said.time, said.kind, said.due_on, said.basis) != now:
        _decide(act, task, said)
    elif said.text != task.deadline_text:
        task.deadline_text = task.deadlines[-1].text = said.text
    if task.first_due_on is None:
        dated = said.due_on if said.time is TimeKind.DATED else None
        task.first_due_on = line.first_due_on or dated


def _decide(act: Importing, task: Task, said: SaidTime) -> None:
    """Add a version of the task's time, which holds from the day of assignment."""
    effective_on = said.effective_on(act.calendar, roll=act.roll)
    task.deadline_version += 1
    say_time(task, said, effective_on)
    version = version_of(
        said,
        effective_on,
        decided_on=act.assigned_on,
        at=act.at,
        by=act.by,
        version=task.deadline_version,
    )
    task.deadlines.append(version)


def _end(act: Importing, line: TaskLine, task: Task) -> None:
    """Take over that completion was reported, and confirmed."""
    waiting = task.hand_ins[-1] if task.workflow is Workflow.HANDED_IN and task.hand_ins else None
    day = line.handed_in_on
    if day is not None:
        task.handed_in_on = day
        if waiting is not None:
            waiting.handed_in_on = day
        elif line.accepted_on is None:
            _hand_in(act, line, task, day)
    if line.accepted_on is None:
        return
    task.accepted_on = line.accepted_on
    task.workflow = Workflow.CLOSED
    if waiting is not None:
        act.session.add(
            HandInDecision(
                hand_in=waiting,
                verdict=Verdict.ACCEPTED,
                decided_on=line.accepted_on,
                at=act.at,
                by_id=act.by.person_id,
                by_name=act.by.name,
                by_post=act.by.post_title,
            )
        )


def _hand_in(act: Importing, line: TaskLine, task: Task, day: date) -> None:
    task.hand_ins.append(
        HandIn(
            handed_in_on=day,
            at=act.at,
            by_id=act.by.person_id,
            by_name=act.by.name,
            by_post=act.by.post_title,
            way=act.by.way.value,
            result=line.note or NO_RESULT,
        )
    )
    task.workflow = Workflow.HANDED_IN
