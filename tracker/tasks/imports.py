"""Tasks in from a sheet, all or nothing; no mail is sent."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from tracker.committees.models import Committee
from tracker.errors import N_, BadInput, NotAllowed
from tracker.permissions import Actor, Permission, Way, may, may_anywhere
from tracker.sheets import BadRows, Sheet
from tracker.tasks.assignment import next_code
from tracker.tasks.exchange import CLAUSES, NOTICES
from tracker.tasks.import_rows import Names, TaskLine, check_days, read_line
from tracker.tasks.import_writing import Facts, Importing, add_task, differences, update_task
from tracker.tasks.models import Task
from tracker.tasks.tally import count_accepted
from tracker.workdays import WorkCalendar, office_day

CHUNK = 500


class FindClause(Protocol):
    """How the room above finds or makes the clause that a row names; BadInput: it cannot."""

    def __call__(
        self,
        session: Session,
        committee_id: int,
        number: str,
        issued_on: date | None,
        clause_label: str,
        *,
        by: Actor,
        at: datetime,
    ) -> int:
        """Return the clause's id."""


@dataclass(frozen=True)
class Counts:
    """What an import did, in rows."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0


@dataclass
class _Plan:
    """What a good row is going to do."""

    line: TaskLine
    task: Task | None
    committee_id: int
    assigned_on: date
    differing: frozenset[str]
    clause_id: int | None = None


def import_tasks(
    session: Session,
    sheet: Sheet,
    *,
    by: Actor,
    at: datetime,
    calendar: WorkCalendar,
    find_clause: FindClause,
) -> Counts:
    """Take tasks in, all or nothing.

    A known code updates and a blank cell erases nothing; an equal row changes nothing; a task
    that has ended is refused unless its row is equal. An imported deadline holds from
    `assigned_on`. RowErrors lists every bad row; NotAllowed: `by` imports nothing.
    """
    if not may_anywhere(by, Permission.TASK_IMPORT):
        raise NotAllowed
    by = by.through(Way.IMPORT)
    bad = BadRows()
    known = _known(session, (row.cells.get("code", "") for row in sheet))
    facts = _facts(session, known.values())
    plans = _plans(session, sheet, known, facts, bad, by=by, today=office_day(at))
    for plan in plans:
        if "document" in plan.differing and plan.line.document_number:
            plan.clause_id = _clause(session, plan, bad, find_clause, by=by, at=at)
    bad.refuse()
    return _write(session, plans, by=by, at=at, calendar=calendar)


def _known(session: Session, codes: Iterable[str]) -> dict[str, Task]:
    """Return code → task of those codes that are known."""
    wanted = sorted({code for code in codes if code})
    found: dict[str, Task] = {}
    for start in range(0, len(wanted), CHUNK):
        tasks = session.scalars(
            select(Task)
            .where(Task.code.in_(wanted[start : start + CHUNK]))
            .options(
                selectinload(Task.coordinations),
                selectinload(Task.hand_ins),
                selectinload(Task.deadlines),
            )
            .with_for_update(of=Task)
        )
        found |= {task.code: task for task in tasks}
    return found


def _facts(session: Session, tasks: Iterable[Task]) -> dict[int, Facts]:
    """Return task id → the document and clause that it comes from."""
    clause_ids = sorted({task.clause_id for task in tasks if task.clause_id is not None})
    documents: dict[int, tuple[Any, ...]] = {}
    for start in range(0, len(clause_ids), CHUNK):
        rows = session.execute(
            select(CLAUSES.c.id, NOTICES.c.number, NOTICES.c.issued_on, CLAUSES.c.label)
            .join(NOTICES, NOTICES.c.id == CLAUSES.c.notice_id)
            .where(CLAUSES.c.id.in_(clause_ids[start : start + CHUNK]))
        )
        documents |= {row[0]: tuple(row[1:]) for row in rows}
    return {
        task.id: Facts(task, *documents.get(task.clause_id or 0, ("", None, ""))) for task in tasks
    }


def _plans(
    session: Session,
    sheet: Sheet,
    known: dict[str, Task],
    facts: dict[int, Facts],
    bad: BadRows,
    *,
    by: Actor,
    today: date,
) -> list[_Plan]:
    """Read every row; note what is wrong with it, else what it is going to do."""
    names = Names(session)
    plans: list[_Plan] = []
    lines: dict[str, int] = {}
    for row in sheet:
        task = known.get(row.cells.get("code", ""))
        wrong = len(bad.errors)
        line = read_line(bad, row, names, known=task is not None)
        if line.code and line.code in lines:
            bad.add(
                row,
                "code",
                N_("The code “%(code)s” is already in line %(line)s."),
                code=line.code,
                line=lines[line.code],
            )
        lines.setdefault(line.code, row.line)
        if len(bad.errors) > wrong:
            continue
        plan = _plan(line, task, facts, today)
        _check(bad, plan, by, today)
        plans.append(plan)
    return plans


def _plan(line: TaskLine, task: Task | None, facts: dict[int, Facts], today: date) -> _Plan:
    if task is not None:
        return _Plan(
            line,
            task,
            task.committee_id,
            line.assigned_on or task.assigned_on,
            differences(line, facts[task.id]),
        )
    days = [day for day in (line.handed_in_on, line.accepted_on) if day is not None]
    assigned_on = line.assigned_on or line.document_date or min([*days, today])
    return _Plan(line, None, line.committee_id or 0, assigned_on, frozenset({"document"}))


def _check(bad: BadRows, plan: _Plan, by: Actor, today: date) -> None:
    line, task, row = plan.line, plan.task, plan.line.row
    if not may(by, Permission.TASK_IMPORT, committee_id=plan.committee_id):
        bad.add(row, "committee", N_("You do not have the permission for this."))
    if task is not None and not plan.differing:
        return
    if task is not None and (task.accepted_on is not None or task.left_on is not None):
        bad.add(
            row,
            "code",
            N_(
                "Task %(code)s is completed or withdrawn and takes no more changes. Differs:"
                " %(columns)s."
            ),
            code=task.code,
            columns=", ".join(sorted(plan.differing)),
        )
        return
    if "committee" in plan.differing:
        bad.add(row, "committee", N_("The task belongs to another committee."))
    if task is not None and task.first_due_on is not None and "first_due_on" in plan.differing:
        bad.add(row, "first_due_on", N_("The first deadline of a task never changes."))
    incomplete = line.clause or (task is not None and line.document_date)
    if incomplete and not line.document_number and "document" in plan.differing:
        bad.add(row, "document_number", N_("A clause needs the number of its document."))
    lead = line.lead_unit_id or (task.lead_unit_id if task else 0)
    if line.accepted_on is not None and lead in by.all_unit_ids:
        bad.add(
            row,
            "accepted_on",
            N_("Nobody confirms the work of a unit in which they hold a post themselves."),
        )
    check_days(bad, line, plan.assigned_on, today)


def _clause(
    session: Session,
    plan: _Plan,
    bad: BadRows,
    find_clause: FindClause,
    *,
    by: Actor,
    at: datetime,
) -> int | None:
    line = plan.line
    try:
        return find_clause(
            session,
            plan.committee_id,
            line.document_number,
            line.document_date,
            line.clause,
            by=by,
            at=at,
        )
    except BadInput as error:
        bad.add(line.row, error.field or "document_number", error.message, **error.params)
        return None


def _write(
    session: Session, plans: list[_Plan], *, by: Actor, at: datetime, calendar: WorkCalendar
) -> Counts:
    settings = session.execute(select(Committee.id, Committee.rolls_to_workday))
    rolls = {row[0]: row[1] for row in settings}
    given: set[str] = session.info.setdefault("task_codes", set())
    given |= {plan.line.code for plan in plans if plan.task is None and plan.line.code}
    added = changed = 0
    accepted: list[Task] = []
    for plan in plans:
        act = Importing(
            session=session,
            by=by,
            at=at,
            calendar=calendar,
            roll=rolls[plan.committee_id],
            assigned_on=plan.assigned_on,
            clause_id=plan.clause_id,
        )
        if plan.task is None:
            code = plan.line.code or next_code(session, plan.assigned_on.year)
            task = add_task(act, plan.line, code, plan.committee_id)
            added += 1
        elif plan.differing:
            task = update_task(act, plan.line, plan.task)
            changed += 1
        else:
            continue
        if task.accepted_on is not None:
            accepted.append(task)
    session.flush()
    count_accepted(session, accepted)
    return Counts(added, changed, len(plans) - added - changed)
