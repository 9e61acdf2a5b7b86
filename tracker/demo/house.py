"""Units, people and committees of a demo office."""

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from tracker import history
from tracker.committees.actions import (
    CommitteeData,
    MemberData,
    add_committee,
    change_committee,
    set_members,
)
from tracker.demo.script import Board, Holder, Place
from tracker.demo.stage import Stage, address
from tracker.people.actions import PostData, add_post
from tracker.people.models import Person
from tracker.people.queries import command_actor
from tracker.permissions import Actor, Role
from tracker.units.actions import UnitData, save_unit

BOARDLESS = (None,)


def build_house(session: Session, stage: Stage, at: datetime, *, password_hash: str) -> None:
    """Set up units, committees, accounts with their posts, and the members of the committees.

    All accounts share one password and its digest: reckoning it once keeps the loading short.
    """
    by = command_actor(session, Role.ADMIN)
    since = date.fromisoformat(stage.office.since)
    for place in stage.office.units:
        _add_unit(session, stage, place, since, by=by, at=at)
    for board in stage.office.boards:
        stage.boards[board.code] = add_committee(session, _data(stage, board), by=by, at=at).id
    for holder in sorted(stage.office.people, key=lambda holder: not holder.shown):
        _add_holder(session, stage, holder, since, password_hash, by=by, at=at)


def fill_boards(session: Session, stage: Stage, at: datetime) -> None:
    """Name the members of the committees and who accepts the standing unit's own tasks."""
    by = command_actor(session, Role.ADMIN)
    for board in stage.office.boards:
        _fill_board(session, stage, board, by=by, at=at)


def _add_unit(
    session: Session, stage: Stage, place: Place, since: date, *, by: Actor, at: datetime
) -> None:
    unit = save_unit(
        session,
        None,
        UnitData(
            code=place.code,
            name=place.name,
            short_name=place.short,
            kind=place.kind,
            parent_id=stage.units.get(place.parent),
            email=address(f"vanthu.{place.code}"),
            phone=place.phone,
            head_name=place.head,
            valid_from=since,
            aliases=place.aliases,
        ),
        by=by,
        at=at,
    )
    stage.units[place.code] = unit.id


def _add_holder(
    session: Session,
    stage: Stage,
    holder: Holder,
    since: date,
    password_hash: str,
    *,
    by: Actor,
    at: datetime,
) -> None:
    if holder.mail in stage.people:
        person = session.get_one(Person, stage.people[holder.mail])
    else:
        person = Person(
            email=address(holder.mail),
            name=holder.name,
            password_hash=password_hash,
            must_change_password=False,
            demo=True,
            created_at=at,
        )
        session.add(person)
        session.flush()
        history.record(session, "person.add", person, by=by, at=at, label=holder.name)
        stage.people[holder.mail] = person.id
    unit_id = stage.units[holder.unit] if holder.unit else None
    boards: tuple[str | None, ...] = holder.committees or BOARDLESS
    for code in boards:
        data = PostData(
            role=holder.role,
            unit_id=unit_id,
            committee_id=stage.boards[code] if code else None,
            title=full_title(holder.title, _short_name(stage, holder)),
            starts_on=since,
        )
        add_post(session, person, data, by=by, at=at)


def full_title(title: str, unit: str) -> str:
    """Return a title with its unit, words that both share said once.

    Chủ tịch UBND xã + UBND xã Phú Lộc: Chủ tịch UBND xã Phú Lộc.
    """
    words, names = title.split(), unit.split()
    for shared in range(min(len(words), len(names)), 0, -1):
        if [word.casefold() for word in words[-shared:]] == [
            name.casefold() for name in names[:shared]
        ]:
            return " ".join(words[:-shared] + names)
    return " ".join(words + names)


def _short_name(stage: Stage, holder: Holder) -> str:
    """Return the short name of the unit of a unit's role; other titles stand alone."""
    if holder.role not in {Role.UNIT_HEAD, Role.FOCAL_POINT, Role.OFFICER}:
        return ""
    return next(place.short for place in stage.office.units if place.code == holder.unit)


def _fill_board(session: Session, stage: Stage, board: Board, *, by: Actor, at: datetime) -> None:
    members = [
        MemberData(member.name, member.title, member.fields, stage.people.get(member.mail))
        for member in board.members
    ]
    set_members(session, stage.boards[board.code], members, by=by, at=at)
    data = replace(_data(stage, board), acceptor_id=stage.people[board.acceptor])
    change_committee(session, stage.boards[board.code], data, by=by, at=at)


def _data(stage: Stage, board: Board) -> CommitteeData:
    return CommitteeData(board.code, board.name, board.short, stage.units[board.unit])
