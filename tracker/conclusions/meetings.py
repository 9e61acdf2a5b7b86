"""Acts on meetings, inspections and other sources; re-stated in `actions`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker import history
from tracker.committees.models import Committee
from tracker.conclusions.models import Clause, Finding, Meeting, Notice, Participant, RaisedMatter
from tracker.conclusions.rules import Attendance, RaisedKind, SourceKind, attendance_of
from tracker.errors import N_, BadInput, EditedByAnother, RuleViolation
from tracker.permissions import Actor, Permission, require
from tracker.tasks.models import Task


@dataclass(frozen=True)
class NewParticipant:
    """Somebody who took part; `concludes` marks who gives conclusions."""

    name: str
    title: str = ""
    attendance: Attendance | None = None
    concludes: bool = False


@dataclass(frozen=True)
class NewMeeting:
    """A source of conclusions to be recorded. The first committee keeps the record."""

    committee_ids: tuple[int, ...]
    kind: SourceKind
    title: str
    held_on: date
    place: str = ""
    inspected_unit_id: int | None = None
    summary: str = ""
    participants: tuple[NewParticipant, ...] = ()


def record_meeting(session: Session, new: NewMeeting, *, by: Actor, at: datetime) -> Meeting:
    """Record a session, conference, inspection, plan, letter or order by word.

    BadInput: no committee or title, or an inspection that names no inspected unit.
    """
    if not new.committee_ids:
        raise BadInput(N_("Choose at least one committee."), field="committees")
    _require(by, new.committee_ids[0])
    _check(new.title, new.kind, new.inspected_unit_id)
    committees = _committees(session, new.committee_ids)
    meeting = Meeting(
        committee_id=new.committee_ids[0],
        kind=new.kind,
        title=new.title.strip(),
        held_on=new.held_on,
        place=new.place.strip(),
        inspected_unit_id=new.inspected_unit_id,
        summary=new.summary.strip(),
        committees=committees,
    )
    session.add(meeting)
    for participant in new.participants:
        _add(meeting, participant)
    session.flush()
    history.record(
        session, "meeting.record", meeting, by=by, at=at, committee_id=meeting.committee_id
    )
    return meeting


def change_meeting(
    session: Session,
    meeting: Meeting,
    *,
    by: Actor,
    at: datetime,
    edition: int,
    title: str,
    held_on: date,
    place: str,
    inspected_unit_id: int | None,
    summary: str,
) -> Meeting:
    """Correct a meeting's record. EditedByAnother: somebody else did so since `edition`."""
    _require(by, meeting.committee_id)
    _check(title, meeting.kind, inspected_unit_id)
    if meeting.edition != edition:
        raise EditedByAnother(
            theirs=f"{meeting.title}\n{meeting.place}\n{meeting.summary}",
            yours=f"{title}\n{place}\n{summary}",
        )
    meeting.title, meeting.held_on, meeting.place = title.strip(), held_on, place.strip()
    meeting.inspected_unit_id, meeting.summary = inspected_unit_id, summary.strip()
    meeting.edition += 1
    history.record(session, "meeting.change", meeting, by=by, at=at)
    return meeting


def add_participant(
    session: Session, meeting: Meeting, new: NewParticipant, *, by: Actor, at: datetime
) -> Participant:
    """Add somebody who took part."""
    _require(by, meeting.committee_id)
    participant = _add(meeting, new)
    session.flush()
    _note(session, "meeting.add-participant", meeting, by=by, at=at, after=vars(new))
    return participant


def remove_participant(
    session: Session, participant: Participant, *, by: Actor, at: datetime
) -> None:
    """Take a wrong entry off the list. RuleViolation: a clause names the person as concluding."""
    meeting = participant.meeting
    _require(by, meeting.committee_id)
    named = session.scalar(
        select(Clause.id).where(Clause.concluded_by_id == participant.id).limit(1)
    )
    if named is not None:
        raise RuleViolation(
            N_("%(name)s is named as concluding a clause and stays on the list."),
            name=participant.name,
        )
    before = {"name": participant.name, "title": participant.title}
    meeting.participants.remove(participant)
    _note(session, "meeting.remove-participant", meeting, by=by, at=at, before=before)


def raise_matter(
    session: Session,
    meeting: Meeting,
    *,
    by: Actor,
    at: datetime,
    kind: RaisedKind,
    text: str,
    unit_id: int | None = None,
) -> RaisedMatter:
    """Record a difficulty or proposal that a unit raised."""
    _require(by, meeting.committee_id)
    if not text.strip():
        raise BadInput(N_("Write what was raised."), field="text")
    matter = RaisedMatter(kind=kind, text=text.strip(), unit_id=unit_id)
    meeting.raised.append(matter)
    session.flush()
    after = {"kind": kind, "text": matter.text, "unit_id": unit_id}
    _note(session, "meeting.raise-matter", meeting, by=by, at=at, after=after)
    return matter


def record_finding(
    session: Session, meeting: Meeting, *, by: Actor, at: datetime, text: str, good: bool = False
) -> Finding:
    """Record a finding of an inspection, numbered in the order of entry.

    RuleViolation: the meeting is no inspection.
    """
    _require(by, meeting.committee_id)
    if meeting.kind is not SourceKind.INSPECTION:
        raise RuleViolation(N_("Only an inspection has findings."))
    if not text.strip():
        raise BadInput(N_("Write the finding."), field="text")
    number = max((finding.number for finding in meeting.findings), default=0) + 1
    finding = Finding(number=number, text=text.strip(), good=good)
    meeting.findings.append(finding)
    session.flush()
    after = {"number": number, "text": finding.text, "good": good}
    _note(session, "meeting.record-finding", meeting, by=by, at=at, after=after)
    return finding


def link_finding(
    session: Session, finding: Finding, task_ids: Iterable[int], *, by: Actor, at: datetime
) -> Finding:
    """Name the tasks that mend a finding. RuleViolation: a task of another source."""
    meeting = finding.meeting
    _require(by, meeting.committee_id)
    wanted = sorted(set(task_ids))
    tasks = list(
        session.scalars(
            select(Task)
            .join(Clause, Clause.id == Task.clause_id)
            .join(Notice, Notice.id == Clause.notice_id)
            .where(Task.id.in_(wanted), Notice.meeting_id == meeting.id)
            .order_by(Task.id)
        )
    )
    if len(tasks) != len(wanted):
        raise RuleViolation(N_("Only tasks of this inspection's notices can mend its findings."))
    before = [task.code for task in finding.tasks]
    finding.tasks = tasks
    _note(
        session,
        "meeting.link-finding",
        meeting,
        by=by,
        at=at,
        before={"number": finding.number, "tasks": before},
        after={"number": finding.number, "tasks": [task.code for task in tasks]},
    )
    return finding


def _require(by: Actor, committee_id: int) -> None:
    require(by, Permission.CONCLUSION_RECORD, committee_id=committee_id)


def _check(title: str, kind: SourceKind, inspected_unit_id: int | None) -> None:
    if not title.strip():
        raise BadInput(N_("Name the meeting or source."), field="title")
    if kind is SourceKind.INSPECTION and inspected_unit_id is None:
        raise BadInput(N_("Say which unit was inspected."), field="inspected_unit")


def _committees(session: Session, ids: Sequence[int]) -> list[Committee]:
    found = {
        committee.id: committee
        for committee in session.scalars(select(Committee).where(Committee.id.in_(ids)))
    }
    if len(found) != len(set(ids)):
        raise BadInput(N_("Choose a committee from the list."), field="committees")
    return [found[committee_id] for committee_id in dict.fromkeys(ids)]


def _add(meeting: Meeting, new: NewParticipant) -> Participant:
    if not new.name.strip():
        raise BadInput(N_("Give the name."), field="name")
    position = max((known.position for known in meeting.participants), default=0) + 1
    participant = Participant(
        name=new.name.strip(),
        title=new.title.strip(),
        attendance=new.attendance or attendance_of(new.title, concludes=new.concludes),
        concludes=new.concludes,
        position=position,
    )
    meeting.participants.append(participant)
    return participant


def _note(
    session: Session,
    act: str,
    meeting: Meeting,
    *,
    by: Actor,
    at: datetime,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    history.record(session, act, meeting, by=by, at=at, before=before or {}, after=after or {})
