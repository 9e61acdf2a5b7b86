"""Reads of meetings, notices and clauses."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, case, exists, false, func, or_, select, true
from sqlalchemy.orm import Session, joinedload

from tracker.conclusions.models import (
    Clause,
    Meeting,
    Notice,
    meeting_committees,
)
from tracker.conclusions.rules import ClauseVerdict, NoticeState, SourceKind
from tracker.folding import fold
from tracker.permissions import Actor, Permission, Role, Scope, scope_of
from tracker.tasks.models import Coordination, Task

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
