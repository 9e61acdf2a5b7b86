"""“Giao việc”: a notice freezes, tasks exist, each unit is told once; re-stated in `actions`."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from tracker import history, mail, outbox
from tracker.conclusions.earlier import carry_out
from tracker.conclusions.editing import counted, leads_of
from tracker.conclusions.learning import judge_reading
from tracker.conclusions.models import Clause, Meeting, Notice, Proposal
from tracker.conclusions.notices import require_editable
from tracker.conclusions.review_rules import (
    ClauseLack,
    NotReady,
    is_group,
    lacks_of,
)
from tracker.conclusions.rules import ClauseVerdict
from tracker.conclusions.target_words import read_target
from tracker.deadlines.queries import working_calendar
from tracker.errors import N_, RuleViolation
from tracker.people.queries import Recipient, unit_recipients
from tracker.permissions import Actor, Permission, require
from tracker.scores import actions as scores
from tracker.scores.rules import Measure
from tracker.tasks import actions as tasks
from tracker.tasks.models import Task
from tracker.tasks.rules import TimeKind
from tracker.units.models import Unit
from tracker.workdays import WorkCalendar, office_day

ASSIGNED_ALREADY = N_("The work of this notice has been assigned already.")
NOTHING_READ = N_("The notice has no clauses yet. Read its text first.")


@dataclass(frozen=True)
class Assigned:
    """What came of it. `untold` are units that no address is known for."""

    tasks: tuple[Task, ...]
    targets: int
    told: int
    untold: tuple[str, ...]


@dataclass(frozen=True)
class TaskLine:
    """One task as its unit's mail shows it."""

    task_id: int
    code: str
    title: str
    unit: str
    leads: bool
    lead_unit: str
    product: str
    time: TimeKind
    deadline_text: str
    due_on: date | None


def lacks_of_notice(notice: Notice) -> list[ClauseLack]:
    """Return every clause that forbids assigning, with all that it lacks, in the text's order."""
    found = []
    for clause in notice.clauses:
        if clause.heading:
            continue
        kinds = lacks_of(clause.verdict, clause.reason, counted(clause))
        if kinds:
            found.append(ClauseLack(clause.id, clause.label, clause.position, kinds))
    return found


def assign_work(
    session: Session, notice: Notice, *, by: Actor, at: datetime, public_url: str
) -> Assigned:
    """Turn the confirmed proposals into tasks and targets, freeze the notice, tell the units.

    An order to a group gives one task per unit and a group; two named leads give two tasks
    unless a leader's decision is named, then the first leads and the others coordinate.
    NotReady: lists everything that is lacking. RuleViolation: assigned before, secret, unread.
    """
    require(by, Permission.CONCLUSION_ASSIGN, committee_id=notice.committee_id)
    _lock_and_load(session, notice)
    if notice.assigned_at is not None:
        raise RuleViolation(ASSIGNED_ALREADY)
    require_editable(notice)
    if not notice.clauses:
        raise RuleViolation(NOTHING_READ)
    lacks = lacks_of_notice(notice)
    if lacks or notice.signed_at is None:
        raise NotReady(lacks, unsigned=notice.signed_at is None)
    calendar = working_calendar(session)
    made: list[Task] = []
    targets = 0
    for clause in notice.clauses:
        if clause.verdict not in {ClauseVerdict.TASK, ClauseVerdict.TARGET}:
            continue
        for proposal in clause.proposals:
            if proposal.target:
                _set_target(session, clause, proposal, by=by, at=at)
                targets += 1
            else:
                given = _tasks_of(session, clause, proposal, calendar, by=by, at=at)
                carry_out(session, clause, proposal, given, by=by, at=at)
                made += given
    judge_reading(session, notice)
    notice.assigned_at = at
    notice.edition += 1
    told, untold = _tell(session, notice, made, by=by, at=at, public_url=public_url)
    history.record(
        session,
        "notice.assign",
        notice,
        by=by,
        at=at,
        before={"state": "signed"},
        after={"state": "assigned", "tasks": [task.code for task in made], "targets": targets},
    )
    return Assigned(tuple(made), targets, told, untold)


def leader_of(clause: Clause) -> str:
    """Return who concluded a clause: the person named, else the only one who gave conclusions."""
    if clause.concluded_by is not None:
        return clause.concluded_by.name
    meeting = clause.notice.meeting
    concluding = [p.name for p in meeting.participants if p.concludes] if meeting else []
    return concluding[0] if len(concluding) == 1 else ""


def _lock_and_load(session: Session, notice: Notice) -> None:
    """Lock the notice's row, then load what assigning reads as it stands now."""
    session.execute(select(Notice.id).where(Notice.id == notice.id).with_for_update()).one()
    session.execute(
        select(Notice)
        .where(Notice.id == notice.id)
        .options(
            selectinload(Notice.clauses)
            .selectinload(Clause.proposals)
            .selectinload(Proposal.units),
            selectinload(Notice.clauses)
            .selectinload(Clause.proposals)
            .selectinload(Proposal.earlier),
            selectinload(Notice.clauses).joinedload(Clause.concluded_by),
            selectinload(Notice.meeting).selectinload(Meeting.participants),
        )
        .execution_options(populate_existing=True)
    ).all()


def _set_target(
    session: Session, clause: Clause, proposal: Proposal, *, by: Actor, at: datetime
) -> None:
    value = read_target(proposal.target_value)
    if value is None:  # lacks_of refuses this before
        raise NotReady([])
    leads = leads_of(proposal)
    scores.set_target(
        session,
        clause_id=clause.id,
        name=proposal.title,
        measure=Measure(value.measure),
        value=value.value,
        ranked=value.ranked,
        due_on=proposal.due_on,
        unit_id=leads[0] if len(leads) == 1 else None,
        by=by,
        at=at,
    )


def _tasks_of(
    session: Session,
    clause: Clause,
    proposal: Proposal,
    calendar: WorkCalendar,
    *,
    by: Actor,
    at: datetime,
) -> list[Task]:
    leads = leads_of(proposal)
    coordinating = [part.unit_id for part in proposal.units if not part.lead]
    if proposal.lead_decided_by and len(leads) > 1:
        leads, coordinating = leads[:1], [*leads[1:], *coordinating]
    group_id = None
    if len(leads) > 1 and is_group(proposal.lead_text, len(leads)):
        group = tasks.open_group(
            session,
            title=proposal.title,
            addressee=proposal.lead_text,
            clause_id=clause.id,
            by=by,
            at=at,
        )
        group_id = group.id
    return [
        tasks.assign_task(
            session,
            tasks.NewTask(
                committee_id=clause.notice.committee_id,
                title=proposal.title,
                lead_unit_id=unit_id,
                time=proposal.time or TimeKind.AWAITING,
                coordinating_unit_ids=tuple(coordinating),
                product=proposal.product,
                deadline_kind=proposal.deadline_kind,
                deadline_text=proposal.deadline_text,
                deadline_basis=proposal.deadline_basis,
                basis_reference=proposal.basis_reference,
                due_on=proposal.due_on,
                star=proposal.star,
                field=proposal.field,
                clause_id=clause.id,
                group_id=group_id,
                leader=leader_of(clause),
                lead_decided_by=proposal.lead_decided_by,
            ),
            by=by,
            at=at,
            calendar=calendar,
        )
        for unit_id in leads
    ]


def _tell(
    session: Session,
    notice: Notice,
    made: list[Task],
    *,
    by: Actor,
    at: datetime,
    public_url: str,
) -> tuple[int, tuple[str, ...]]:
    """Queue one mail per recipient with the tasks of their units; return how many, and who not."""
    lines = _lines(session, made)
    recipients = unit_recipients(session, lines.keys(), on=office_day(at))
    untold = tuple(lines[unit_id][0].unit for unit_id in lines if unit_id not in recipients)
    shared: dict[str, tuple[Recipient, list[TaskLine]]] = {}
    for unit_id, recipient in recipients.items():
        if recipient.person_id is not None and recipient.person_id == by.person_id:
            continue
        shared.setdefault(recipient.address, (recipient, []))[1].extend(lines[unit_id])
    for address, (recipient, own) in shared.items():
        letter = mail.render(
            "assigned",
            language=recipient.language,
            recipient=address,
            person_id=recipient.person_id,
            public_url=public_url.rstrip("/"),
            number=notice.number,
            issued_on=notice.issued_on,
            title=notice.title,
            notice_id=notice.id,
            committee=notice.committee.name,
            tasks=sorted(own, key=lambda line: (not line.leads, line.task_id)),
        )
        key = f"assigned:{notice.id}:{address}"
        outbox.enqueue(
            session,
            key,
            letter,
            at=at,
            committee_id=notice.committee_id,
            join=outbox.ACTS,
        )
    return len(shared), untold


def _lines(session: Session, made: list[Task]) -> dict[int, list[TaskLine]]:
    """Return unit id → its tasks, leading and coordinating."""
    involved = {part.unit_id for task in made for part in task.coordinations}
    involved |= {task.lead_unit_id for task in made}
    names = dict(session.execute(select(Unit.id, Unit.name).where(Unit.id.in_(involved))).all())
    lines: dict[int, list[TaskLine]] = {}
    for task in made:
        for unit_id in (task.lead_unit_id, *(part.unit_id for part in task.coordinations)):
            line = TaskLine(
                task_id=task.id,
                code=task.code,
                title=task.title,
                unit=names[unit_id],
                leads=unit_id == task.lead_unit_id,
                lead_unit=names[task.lead_unit_id],
                product=task.product,
                time=task.time,
                deadline_text=task.deadline_text,
                due_on=task.due_on,
            )
            lines.setdefault(unit_id, []).append(line)
    return lines
