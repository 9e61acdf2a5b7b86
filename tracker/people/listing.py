"""Reads of the administration of people."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Integer, String, and_, column, select, table
from sqlalchemy.orm import Session, joinedload, selectinload

from tracker.folding import alphabetical, fold
from tracker.people.models import Person, Post
from tracker.people.queries import serving
from tracker.permissions import Role

PAGE = 50

_committees = table(  # a room above this one
    "committees",
    column("id", Integer),
    column("code", String),
    column("name", String),
    column("short_name", String),
)

_WITH_POSTS = selectinload(Person.posts).options(joinedload(Post.unit), joinedload(Post.committee))


@dataclass(frozen=True)
class PeoplePage:
    """One page of persons with their posts; `total` counts all that were found."""

    persons: list[Person]
    total: int
    number: int

    @property
    def has_next(self) -> bool:
        """Tell whether a page follows."""
        return self.number * PAGE < self.total


def list_people(
    session: Session,
    on: date,
    *,
    words: str = "",
    role: Role | None = None,
    closed: bool = False,
    number: int = 1,
) -> PeoplePage:
    """Return persons by name, looked for without accents in name and e-mail.

    `role` narrows to who holds it on `on`; `closed` adds accounts that are closed.
    """
    query = select(Person.id, Person.name, Person.email)
    if not closed:
        query = query.where(Person.left_on.is_(None))
    if role is not None:
        query = query.where(Person.posts.any(and_(Post.role == role, serving(on))))
    wanted = fold(words)
    found = [row for row in session.execute(query) if wanted in fold(f"{row.name} {row.email}")]
    ids = [row.id for row in sorted(found, key=lambda row: (alphabetical(row.name), row.id))]
    shown = ids[(number - 1) * PAGE : number * PAGE]
    persons = {
        person.id: person
        for person in session.scalars(
            select(Person).where(Person.id.in_(shown)).options(_WITH_POSTS)
        )
    }
    return PeoplePage([persons[person_id] for person_id in shown], len(ids), number)


def person_by_id(session: Session, person_id: int) -> Person:
    """Return a person with posts. NoResultFound: there is none."""
    query = select(Person).where(Person.id == person_id).options(_WITH_POSTS)
    return session.scalars(query).one()


def person_choices(session: Session) -> list[tuple[int, str]]:
    """Return (id, name) of everybody whose account is open, by name."""
    query = select(Person.id, Person.name).where(Person.left_on.is_(None))
    people = [(person_id, name) for person_id, name in session.execute(query)]
    return sorted(people, key=lambda person: alphabetical(person[1]))


def committee_choices(session: Session) -> list[tuple[int, str]]:
    """Return (id, name) of every committee, by code."""
    rows = session.execute(
        select(_committees.c.id, _committees.c.name).order_by(_committees.c.code)
    )
    return [(committee_id, name) for committee_id, name in rows]
