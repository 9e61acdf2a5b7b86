"""Reads of meetings."""

from dataclasses import dataclass

from sqlalchemy import false, select
from sqlalchemy.orm import Session, joinedload, selectinload

from tracker.conclusions.models import (
    Clause,
    Finding,
    Meeting,
    Notice,
    RaisedMatter,
)
from tracker.conclusions.queries import visible_to
from tracker.permissions import Actor, Permission, Scope, may, scope_of
from tracker.tasks.models import Task
from tracker.tasks.queries import visible_to as visible_tasks


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
    """A meeting with everything on its page that the reader may see.

    `tasks` are those of its notices; `mending` those that mend a finding, by the finding's id.
    """

    meeting: Meeting
    notices: list[Notice]
    tasks: list[Task]
    mending: dict[int, list[Task]]
    may_record: bool


def meeting_page(
    session: Session, actor: Actor, meeting_id: int, *, lock: bool = False
) -> MeetingPage:
    """Return a meeting's page. NoResultFound: `actor` may not read the meeting.

    `lock` keeps other writers waiting until the transaction ends.
    """
    found = (
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
    )
    meeting = session.scalars(found.with_for_update(of=Meeting) if lock else found).one()
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
    return MeetingPage(meeting, notices, tasks, _mending(session, actor, meeting), may_record)


def _mending(session: Session, actor: Actor, meeting: Meeting) -> dict[int, list[Task]]:
    """Return finding id → the tasks that mend it and that `actor` may read."""
    linked = {task.id for finding in meeting.findings for task in finding.tasks}
    if not linked:
        return {finding.id: [] for finding in meeting.findings}
    readable = set(
        session.scalars(select(Task.id).where(Task.id.in_(linked), visible_tasks(actor)))
    )
    return {
        finding.id: [task for task in finding.tasks if task.id in readable]
        for finding in meeting.findings
    }


def _reads_meeting(actor: Actor, meeting: Meeting) -> bool:
    """Tell whether the actor's committees held the meeting: their readers see its record."""
    if scope_of(actor, Permission.CONCLUSION_READ) is not Scope.OWN_COMMITTEES:
        return False
    held_by = {committee.id for committee in meeting.committees} | {meeting.committee_id}
    return bool(held_by & actor.committee_ids)
