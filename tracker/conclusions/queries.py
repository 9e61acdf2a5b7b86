"""Reads of meetings, notices and clauses."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, case, exists, false, func, or_, select, true
from sqlalchemy.orm import Session, joinedload, selectinload

from tracker.conclusions.models import (
    Clause,
    Finding,
    Meeting,
    Notice,
    Proposal,
    RaisedMatter,
    meeting_committees,
)
from tracker.conclusions.rules import ClauseVerdict, NoticeState, SourceKind
from tracker.folding import fold
from tracker.permissions import Actor, Permission, Role, Scope, may, scope_of
from tracker.tasks.models import Coordination, Task
from tracker.tasks.queries import visible_to as visible_tasks
from tracker.units.models import Unit

PAGE_SIZE = 30
WORDS = 12


@dataclass(frozen=True)
class NoticeFilters:
    """What the list is narrowed to; empty values narrow nothing."""

    words: str = ""
    state: NoticeState | None = None
    committee_id: int | None = None
    kind: SourceKind | None = None
    year: int | None = None


@dataclass(frozen=True)
class NoticeRow:
    """One notice of the list: what of it is confirmed, and how its tasks stand."""

    id: int
    title: str
    number: str
    issued_on: date | None
    secret: bool
    state: NoticeState
    created_at: datetime
    committee: str
    meeting_id: int | None
    meeting: str
    held_on: date | None
    supplements: str
    clauses: int = 0
    confirmed: int = 0
    tasks: int = 0
    done: int = 0


@dataclass(frozen=True)
class NoticePage:
    """Some rows of the list and how many there are in all."""

    rows: list[NoticeRow]
    total: int
    page: int = 1

    @property
    def pages(self) -> int:
        """Return the number of pages, at least one."""
        return max(1, -(-self.total // PAGE_SIZE))


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that `actor` may read a notice.

    Drafts are the secretariat's; units see a notice once it gave them a task.
    """
    match scope_of(actor, Permission.CONCLUSION_READ):
        case Scope.EVERYWHERE:
            return true()
        case Scope.OWN_COMMITTEES:
            own = or_(
                Notice.committee_id.in_(actor.committee_ids),
                exists().where(
                    meeting_committees.c.meeting_id == Notice.meeting_id,
                    meeting_committees.c.committee_id.in_(actor.committee_ids),
                ),
            )
            if actor.role is Role.SECRETARIAT:
                drafts = Notice.committee_id.in_(actor.committee_ids)
                return or_(drafts, and_(own, Notice.signed_at.is_not(None)))
            return and_(own, Notice.signed_at.is_not(None))
        case Scope.OWN_UNITS:
            return and_(Notice.assigned_at.is_not(None), _gives_work_to(actor.unit_ids))
        case _:
            return false()


def _gives_work_to(unit_ids: frozenset[int]) -> ColumnElement[bool]:
    coordinates = exists().where(
        Coordination.task_id == Task.id, Coordination.unit_id.in_(unit_ids)
    )
    return exists().where(
        Clause.notice_id == Notice.id,
        Task.clause_id == Clause.id,
        or_(Task.lead_unit_id.in_(unit_ids), coordinates),
    )


def list_notices(
    session: Session, actor: Actor, filters: NoticeFilters, *, page: int = 1
) -> NoticePage:
    """Return a page of the notices that `actor` may read, the newest first."""
    conditions = [visible_to(actor), *_narrowed(filters)]
    total = session.scalar(
        select(func.count(Notice.id)).outerjoin(Notice.meeting).where(*conditions)
    )
    page = min(max(page, 1), max(1, -(-(total or 0) // PAGE_SIZE)))
    notices = session.scalars(
        select(Notice)
        .outerjoin(Notice.meeting)
        .where(*conditions)
        .options(
            joinedload(Notice.committee), joinedload(Notice.meeting), joinedload(Notice.supplements)
        )
        .order_by(
            Notice.assigned_at.is_not(None),
            func.coalesce(Notice.issued_on, func.date(Notice.created_at)).desc(),
            Notice.id.desc(),
        )
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    ).all()
    ids = [notice.id for notice in notices]
    clauses, tasks = _clause_counts(session, ids), _task_counts(session, ids, actor)
    rows = [
        _row(notice, clauses.get(notice.id, (0, 0)), tasks.get(notice.id, (0, 0)))
        for notice in notices
    ]
    return NoticePage(rows, total or 0, page)


def _narrowed(filters: NoticeFilters) -> Iterable[ColumnElement[bool]]:
    for word in fold(filters.words).split()[:WORDS]:
        yield Notice.folded.contains(word, autoescape=True)
    match filters.state:
        case NoticeState.DRAFT:
            yield Notice.submitted_at.is_(None)
        case NoticeState.SUBMITTED:
            yield and_(Notice.submitted_at.is_not(None), Notice.signed_at.is_(None))
        case NoticeState.SIGNED:
            yield and_(Notice.signed_at.is_not(None), Notice.assigned_at.is_(None))
        case NoticeState.ASSIGNED:
            yield Notice.assigned_at.is_not(None)
        case None:
            pass
    if filters.committee_id is not None:
        yield Notice.committee_id == filters.committee_id
    if filters.kind is not None:
        yield Meeting.kind == filters.kind
    if filters.year is not None:
        first, last = date(filters.year, 1, 1), date(filters.year, 12, 31)
        yield func.coalesce(Notice.issued_on, Meeting.held_on).between(first, last)


def _clause_counts(session: Session, ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    confirmed = func.sum(case((Clause.verdict != ClauseVerdict.OPEN, 1), else_=0))
    rows = session.execute(
        select(Clause.notice_id, func.count(Clause.id), confirmed)
        .where(Clause.notice_id.in_(ids), Clause.heading.is_(False))
        .group_by(Clause.notice_id)
    )
    return {notice_id: (count, int(sure or 0)) for notice_id, count, sure in rows}


def _task_counts(session: Session, ids: Sequence[int], actor: Actor) -> dict[int, tuple[int, int]]:
    """Return notice id → (tasks, completed ones); of a unit's reader only the unit's own."""
    done = func.sum(case((Task.accepted_on.is_not(None), 1), else_=0))
    query = (
        select(Clause.notice_id, func.count(Task.id), done)
        .join(Task, Task.clause_id == Clause.id)
        .where(Clause.notice_id.in_(ids), Task.left_on.is_(None))
        .group_by(Clause.notice_id)
    )
    if scope_of(actor, Permission.CONCLUSION_READ) is Scope.OWN_UNITS:
        query = query.where(own_tasks(actor))
    rows = session.execute(query)
    return {notice_id: (count, int(finished or 0)) for notice_id, count, finished in rows}


def own_tasks(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that a unit of `actor` leads or coordinates a task."""
    coordinates = exists().where(
        Coordination.task_id == Task.id, Coordination.unit_id.in_(actor.unit_ids)
    )
    return or_(Task.lead_unit_id.in_(actor.unit_ids), coordinates)


def _row(notice: Notice, clauses: tuple[int, int], tasks: tuple[int, int]) -> NoticeRow:
    meeting = notice.meeting
    return NoticeRow(
        id=notice.id,
        title=notice.title,
        number=notice.number,
        issued_on=notice.issued_on,
        secret=notice.secret,
        state=notice.state,
        created_at=notice.created_at,
        committee=notice.committee.short_name or notice.committee.name,
        meeting_id=meeting.id if meeting else None,
        meeting=meeting.title if meeting else "",
        held_on=meeting.held_on if meeting else None,
        supplements=notice.supplements.number if notice.supplements else "",
        clauses=clauses[0],
        confirmed=clauses[1],
        tasks=tasks[0],
        done=tasks[1],
    )


def notice_by_id(session: Session, actor: Actor, notice_id: int) -> Notice:
    """Return a notice with committee, meeting and files. NoResultFound: none that `actor` sees."""
    return session.scalars(
        select(Notice)
        .where(Notice.id == notice_id, visible_to(actor))
        .options(
            joinedload(Notice.committee),
            joinedload(Notice.meeting),
            joinedload(Notice.supplements),
        )
    ).one()


def notice_for_review(session: Session, actor: Actor, notice_id: int) -> Notice:
    """Return a notice with its clauses, proposals and their units, for who may record.

    NoResultFound: none whose record `actor` keeps.
    """
    may_record = (
        Notice.committee_id.in_(actor.committee_ids)
        if scope_of(actor, Permission.CONCLUSION_RECORD) is Scope.OWN_COMMITTEES
        else false()
    )
    return session.scalars(
        select(Notice)
        .where(Notice.id == notice_id, may_record)
        .options(
            joinedload(Notice.committee),
            joinedload(Notice.meeting).selectinload(Meeting.participants),
            selectinload(Notice.clauses)
            .selectinload(Clause.proposals)
            .selectinload(Proposal.units),
        )
    ).one()


def clause_texts(session: Session, notice_id: int) -> list[Clause]:
    """Return a notice's clauses in the order of the text."""
    return list(
        session.scalars(
            select(Clause)
            .where(Clause.notice_id == notice_id)
            .options(joinedload(Clause.concluded_by))
            .order_by(Clause.position)
        )
    )


def supplements_of(session: Session, actor: Actor, notice_id: int) -> list[Notice]:
    """Return the notices that supplement this one and that `actor` may read."""
    return list(
        session.scalars(
            select(Notice)
            .where(Notice.supplements_id == notice_id, visible_to(actor))
            .order_by(Notice.id)
        )
    )


@dataclass(frozen=True)
class UnitName:
    """A unit as choices and lists show it."""

    id: int
    code: str
    name: str
    short_name: str
    kind: str


def unit_names(session: Session) -> dict[int, UnitName]:
    """Return id → names of every unit, in one light query."""
    rows = session.execute(
        select(Unit.id, Unit.code, Unit.name, Unit.short_name, Unit.kind).order_by(Unit.name)
    )
    return {
        unit_id: UnitName(unit_id, code, name, short, kind.value)
        for unit_id, code, name, short, kind in rows
    }


def meetings_of(session: Session, actor: Actor, *, limit: int = 50) -> list[Meeting]:
    """Return the latest meetings whose record `actor` keeps, for a choice."""
    return list(
        session.scalars(
            select(Meeting)
            .where(Meeting.committee_id.in_(actor.committee_ids))
            .order_by(Meeting.held_on.desc(), Meeting.id.desc())
            .limit(limit)
        )
    )


def meeting_committee(session: Session, meeting_id: int) -> int:
    """Return the id of the committee whose secretariat keeps a meeting's record."""
    return session.scalars(select(Meeting.committee_id).where(Meeting.id == meeting_id)).one()


@dataclass(frozen=True)
class MeetingPage:
    """A meeting with everything on its page. `tasks` are those of its notices."""

    meeting: Meeting
    notices: list[Notice]
    tasks: list[Task]
    may_record: bool


def meeting_page(session: Session, actor: Actor, meeting_id: int) -> MeetingPage:
    """Return a meeting's page. NoResultFound: `actor` may not read the meeting."""
    meeting = session.scalars(
        select(Meeting)
        .where(Meeting.id == meeting_id)
        .options(
            joinedload(Meeting.committee),
            joinedload(Meeting.inspected_unit),
            selectinload(Meeting.committees),
            selectinload(Meeting.participants),
            selectinload(Meeting.raised).joinedload(RaisedMatter.unit),
            selectinload(Meeting.findings).selectinload(Finding.tasks).joinedload(Task.lead_unit),
        )
    ).one()
    notices = list(
        session.scalars(
            select(Notice)
            .where(Notice.meeting_id == meeting_id, visible_to(actor))
            .order_by(Notice.id)
        )
    )
    may_record = may(actor, Permission.CONCLUSION_RECORD, committee_id=meeting.committee_id)
    if not may_record and not notices and not _reads_meeting(actor, meeting):
        session.scalars(select(Meeting).where(false())).one()
    tasks = list(
        session.scalars(
            select(Task)
            .join(Clause, Clause.id == Task.clause_id)
            .where(Clause.notice_id.in_([notice.id for notice in notices]), visible_tasks(actor))
            .options(joinedload(Task.lead_unit))
            .order_by(Task.id)
            .limit(300)
        )
    )
    return MeetingPage(meeting, notices, tasks, may_record)


def _reads_meeting(actor: Actor, meeting: Meeting) -> bool:
    """Tell whether the actor's committees held the meeting: their readers see its record."""
    if scope_of(actor, Permission.CONCLUSION_READ) is not Scope.OWN_COMMITTEES:
        return False
    held_by = {committee.id for committee in meeting.committees} | {meeting.committee_id}
    return bool(held_by & actor.committee_ids)
