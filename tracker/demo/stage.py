"""What the steps of the loading share: the days, who is who, and the agenda of what happens."""

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from tracker.db import transaction
from tracker.demo.days import Days
from tracker.demo.script import MAIL_DOMAIN, Office
from tracker.evidence.storage import FileStore
from tracker.people.models import Person, Post
from tracker.people.queries import actor_in, posts_held
from tracker.permissions import Actor, Role

Act = Callable[[Session, datetime], None]
Run = Callable[[datetime], None]


def address(mail: str) -> str:
    """Return the mail address of an account or unit of the demo."""
    return f"{mail.lower()}@{MAIL_DOMAIN}"


@dataclass
class Stage:
    """The office being built. Ids are looked up by code, account or board."""

    office: Office
    days: Days
    store: FileStore
    public_url: str
    now: datetime
    first: date
    units: dict[str, int] = field(default_factory=dict)
    boards: dict[str, int] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)
    notices: dict[str, int] = field(default_factory=dict)
    meetings: dict[str, int] = field(default_factory=dict)
    tasks_by_remedy: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    _agenda: list[tuple[datetime, int, Run]] = field(default_factory=list)
    _number: int = 0

    def plan(self, at: datetime, act: Act) -> None:
        """Let `act` happen in a transaction of its own; what lies ahead happens at the loading."""

        def run(moment: datetime) -> None:
            with transaction() as session:
                act(session, moment)

        self.plan_run(at, run)

    def plan_run(self, at: datetime, run: Run) -> None:
        """Let `run` happen, which opens its own transactions."""
        self._number += 1
        heapq.heappush(self._agenda, (min(at, self.now), self._number, run))

    def run(self) -> None:
        """Let everything happen in the order of time."""
        while self._agenda:
            at, _, run = heapq.heappop(self._agenda)
            run(at)

    def has_account(self, mail: str) -> bool:
        """Tell whether somebody of that name can sign in."""
        return mail in self.people

    def actor(self, session: Session, mail: str, at: datetime, role: Role | None = None) -> Actor:
        """Return somebody acting in their first post, or the first one of `role`."""
        person = session.scalars(
            select(Person)
            .where(Person.id == self.people[mail])
            .options(selectinload(Person.posts).joinedload(Post.unit))
        ).one()
        posts = posts_held(person, at=at)
        post = next((post for post in posts if role in {None, post.role}), posts[0])
        return actor_in(session, person, post, posts)

    def secretary(self, session: Session, at: datetime) -> Actor:
        """Return the secretary."""
        return self.actor(session, self.office.secretary, at, Role.SECRETARIAT)

    def chair(self, session: Session, at: datetime) -> Actor:
        """Return the chairperson."""
        return self.actor(session, self.office.chair, at, Role.CHAIRPERSON)

    def chair_title(self) -> str:
        """Return how a decision on the chairperson's behalf names the chairperson."""
        holder = next(who for who in self.office.people if who.mail == self.office.chair)
        return f"{holder.name}, {holder.title}"
