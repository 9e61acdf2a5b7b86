"""Who is reminded: the officer, the head, and those above; with whoever stands in for them."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from tracker.committees.models import Committee, CommitteeMember
from tracker.folding import fold
from tracker.people.models import Person
from tracker.people.queries import (
    Recipient,
    committee_recipients,
    stand_ins,
    unit_recipients,
)
from tracker.permissions import Role
from tracker.reminders.ladders import Audience, LadderKind
from tracker.reminders.matters import Matter
from tracker.reminders.rules import Rule, SkipReason
from tracker.units.models import Unit
from tracker.units.rules import UnitKind

NOBODY = Recipient(address="", person_id=None, name="")


@dataclass(frozen=True, slots=True)
class Addressed:
    """One recipient of a step; `copy` is the list on which those above the unit get it."""

    recipient: Recipient
    copy: Rule | None = None
    reason: SkipReason | None = None


@dataclass
class Addressees:
    """Everybody who can be reminded on a day, read as they are needed."""

    session: Session
    on: date
    codes: dict[int, str] = field(default_factory=dict)
    _mailboxes: dict[int, Recipient] = field(default_factory=dict)
    _sector: set[int] = field(default_factory=set)
    _heads: dict[int, Recipient] = field(default_factory=dict)
    _officers: dict[int, Recipient] = field(default_factory=dict)
    _committees: dict[tuple[int, Role], list[Recipient]] = field(default_factory=dict)
    _leaders: dict[int, list[tuple[str, str, Recipient]]] = field(default_factory=dict)
    _acceptors: dict[int, tuple[int | None, Recipient | None]] = field(default_factory=dict)
    _away: dict[int, Recipient | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        units = self.session.execute(select(Unit.id, Unit.code, Unit.name, Unit.email, Unit.kind))
        for unit_id, code, name, email, kind in units:
            self.codes[unit_id] = code
            if email:
                self._mailboxes[unit_id] = Recipient(email, None, name)
            if kind is UnitKind.SECTOR:
                self._sector.add(unit_id)
        self._heads = unit_recipients(self.session, self.codes, on=self.on)
        self._away = stand_ins(self.session, self.on)

    def meet(self, matters: list[Matter]) -> None:
        """Read the officers of `matters`, all at once."""
        wanted = {matter.officer_id for matter in matters if matter.officer_id} - set(
            self._officers
        )
        rows = self.session.execute(
            select(Person.id, Person.email, Person.name, Person.language).where(
                Person.id.in_(wanted), or_(Person.left_on.is_(None), Person.left_on > self.on)
            )
        )
        for person_id, email, name, language in rows:
            self._officers[person_id] = Recipient(email, person_id, name, language)

    def of(self, matter: Matter, audience: Audience) -> Iterator[Addressed]:
        """Yield who gets a step of `matter`: the one who must act first, copies behind.

        Only an official deadline goes up; a sector agency's goes to the chairperson alone, since
        the committee asks such an agency and commands it nothing.
        """
        if audience is Audience.SECRETARIAT:
            yield from self._secretariat(matter)
            return
        yield self._doer(matter, by_officer=audience is Audience.OFFICER)
        if not matter.goes_up:
            return
        sector = matter.unit_id in self._sector
        if audience is Audience.CHAIRPERSON or (audience is Audience.LEADER and sector):
            for chair in self._in_committee(matter.committee_id, Role.CHAIRPERSON):
                yield replace(self._present(chair), copy=Rule.CHAIR_LIST)
        elif audience is Audience.LEADER and (leader := self._leader(matter)):
            yield replace(self._present(leader), copy=Rule.LEADER_LIST)

    def _doer(self, matter: Matter, *, by_officer: bool) -> Addressed:
        officer = self._officers.get(matter.officer_id or 0)
        if by_officer and officer:
            told = self._present(officer)
            if told.reason is None:
                return told
        head = self._heads.get(matter.unit_id)
        if head is None:
            return Addressed(NOBODY, reason=SkipReason.NO_ADDRESS)
        told = self._present(head)
        mailbox = self._mailboxes.get(matter.unit_id)
        if told.reason and mailbox:
            return Addressed(replace(mailbox, instead_of_id=head.person_id))
        return told

    def _secretariat(self, matter: Matter) -> Iterator[Addressed]:
        found = self._in_committee(matter.committee_id, Role.SECRETARIAT)
        standing, acceptor = self._acceptor(matter.committee_id)
        if matter.kind is LadderKind.WAITING and standing == matter.unit_id:
            chairs = self._in_committee(matter.committee_id, Role.CHAIRPERSON)
            found = [acceptor] if acceptor else chairs
        told = [self._present(one) for one in found]
        present = [one for one in told if one.reason is None]
        yield from present or told or [Addressed(NOBODY, reason=SkipReason.NO_ADDRESS)]

    def _present(self, recipient: Recipient) -> Addressed:
        """Return `recipient`, or who stands in for them today."""
        if recipient.person_id is None or recipient.person_id not in self._away:
            return Addressed(recipient)
        substitute = self._away[recipient.person_id]
        if substitute is None:
            return Addressed(recipient, reason=SkipReason.ABSENT)
        return Addressed(substitute)

    def _in_committee(self, committee_id: int, role: Role) -> list[Recipient]:
        key = (committee_id, role)
        if key not in self._committees:
            self._committees[key] = committee_recipients(self.session, committee_id, role, self.on)
        return self._committees[key]

    def _acceptor(self, committee_id: int) -> tuple[int | None, Recipient | None]:
        """Return the standing unit, and who is named to confirm its own tasks."""
        if committee_id not in self._acceptors:
            committee = self.session.get_one(Committee, committee_id)
            who = committee.acceptor
            self._acceptors[committee_id] = (
                committee.unit_id,
                Recipient(who.email, who.id, who.name, who.language) if who else None,
            )
        return self._acceptors[committee_id]

    def _leader(self, matter: Matter) -> Recipient | None:
        """Return the committee's member who directs the task: by name, else by field."""
        members = self._members(matter.committee_id)
        said = fold(matter.leader)
        by_name = (one for name, _, one in members if name and name in said)
        area = fold(matter.field)
        by_field = (one for _, fields, one in members if area and area in fields)
        return next(by_name, None) or next(by_field, None)

    def _members(self, committee_id: int) -> list[tuple[str, str, Recipient]]:
        if committee_id not in self._leaders:
            rows = self.session.execute(
                select(CommitteeMember.name, CommitteeMember.fields, Person)
                .join(Person, Person.id == CommitteeMember.person_id)
                .where(
                    CommitteeMember.committee_id == committee_id,
                    or_(Person.left_on.is_(None), Person.left_on > self.on),
                )
                .order_by(CommitteeMember.position)
            )
            self._leaders[committee_id] = [
                (fold(name), fold(fields), Recipient(who.email, who.id, who.name, who.language))
                for name, fields, who in rows
            ]
        return self._leaders[committee_id]
