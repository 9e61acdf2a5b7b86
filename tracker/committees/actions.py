"""Acts on steering committees: settings and members."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker import history
from tracker.committees.models import Committee, CommitteeMember
from tracker.committees.queries import committee_by_id
from tracker.errors import N_, BadInput
from tracker.people.models import Person
from tracker.permissions import Actor, Permission, require
from tracker.units.models import Unit
from tracker.units.rules import check_code, check_length

NAME_LIMIT, SHORT_LIMIT, TEXT_LIMIT = 300, 100, 200


@dataclass(frozen=True)
class CommitteeData:
    """What a committee is said to be; see `models.Committee` for the settings."""

    code: str
    name: str
    short_name: str = ""
    unit_id: int | None = None
    acceptor_id: int | None = None
    before_excludes_day: bool = False
    rolls_to_workday: bool = True
    urgings_before_session: int = 3
    most_extensions: int | None = None


@dataclass(frozen=True)
class MemberData:
    """A member of a committee; `person_id` where the member has an account."""

    name: str
    title: str = ""
    fields: str = ""
    person_id: int | None = None


def add_committee(session: Session, data: CommitteeData, *, by: Actor, at: datetime) -> Committee:
    """Set up a steering committee. BadInput: the code is taken, the name blank."""
    require(by, Permission.COMMITTEE_MANAGE)
    _check(session, None, data)
    committee = Committee()
    _fill(committee, data)
    session.add(committee)
    session.flush()
    history.record(session, "committee.add", committee, by=by, at=at, committee_id=committee.id)
    return committee


def change_committee(
    session: Session, committee_id: int, data: CommitteeData, *, by: Actor, at: datetime
) -> Committee:
    """Change a committee's names and settings.

    Whoever changes `rolls_to_workday` recomputes the effective dates of its open tasks.
    """
    require(by, Permission.COMMITTEE_MANAGE)
    committee = committee_by_id(session, committee_id)
    _check(session, committee_id, data)
    _fill(committee, data)
    if session.is_modified(committee):
        history.record(
            session, "committee.change", committee, by=by, at=at, committee_id=committee.id
        )
    return committee


def set_members(
    session: Session,
    committee_id: int,
    members: Sequence[MemberData],
    *,
    by: Actor,
    at: datetime,
) -> Committee:
    """Replace the list of members, in the given order; nothing is recorded when it is equal.

    BadInput: a member without a name, a text too long, no such person.
    """
    require(by, Permission.COMMITTEE_MANAGE)
    committee = committee_by_id(session, committee_id)
    for member in members:
        _check_member(session, member)
    before = [_said(member) for member in committee.members]
    after = [
        {
            "name": member.name,
            "title": member.title,
            "fields": member.fields,
            "person_id": member.person_id,
        }
        for member in members
    ]
    if before == after:
        return committee
    kept = list(committee.members)
    for position, said in enumerate(after):
        if position < len(kept):
            row = kept[position]
        else:
            row = CommitteeMember(committee_id=committee.id)
            session.add(row)
        row.name, row.title = str(said["name"]), str(said["title"])
        row.fields, row.position = str(said["fields"]), position
        row.person_id = members[position].person_id
    for row in kept[len(after) :]:
        session.delete(row)
    session.flush()
    session.expire(committee, ["members"])
    history.record(
        session,
        "committee.set-members",
        committee,
        by=by,
        at=at,
        committee_id=committee.id,
        before={"members": before},
        after={"members": after},
    )
    return committee


def _said(member: CommitteeMember) -> dict[str, object]:
    return {
        "name": member.name,
        "title": member.title,
        "fields": member.fields,
        "person_id": member.person_id,
    }


def _check(session: Session, committee_id: int | None, data: CommitteeData) -> None:
    check_code(data.code)
    if not data.name:
        raise BadInput(N_("A steering committee needs a name."), field="name")
    check_length(data.name, NAME_LIMIT, field="name")
    check_length(data.short_name, SHORT_LIMIT, field="short_name")
    taken = session.scalar(select(Committee.id).where(Committee.code == data.code))
    if taken is not None and taken != committee_id:
        raise BadInput(
            N_("The code “%(code)s” belongs to another committee."), field="code", code=data.code
        )
    if data.unit_id is not None and session.get(Unit, data.unit_id) is None:
        raise BadInput(N_("There is no such unit."), field="unit_id")
    if data.acceptor_id is not None and session.get(Person, data.acceptor_id) is None:
        raise BadInput(N_("There is no such person."), field="acceptor_id")


def _check_member(session: Session, member: MemberData) -> None:
    if not member.name:
        raise BadInput(N_("A member needs a name."), field="members")
    check_length(member.name, TEXT_LIMIT, field="members")
    check_length(member.title, TEXT_LIMIT, field="members")
    check_length(member.fields, 2000, field="members")
    if member.person_id is not None and session.get(Person, member.person_id) is None:
        raise BadInput(N_("There is no such person."), field="members")


def _fill(committee: Committee, data: CommitteeData) -> None:
    committee.code, committee.name = data.code, data.name
    committee.short_name = data.short_name
    committee.unit_id, committee.acceptor_id = data.unit_id, data.acceptor_id
    committee.before_excludes_day = data.before_excludes_day
    committee.rolls_to_workday = data.rolls_to_workday
    committee.urgings_before_session = data.urgings_before_session
    committee.most_extensions = data.most_extensions
