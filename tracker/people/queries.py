"""Reads of persons and sessions."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import ColumnElement, Integer, Select, and_, column, or_, select, table
from sqlalchemy.orm import Session, joinedload, selectinload

from tracker.people.models import Absence, Person, Post, SignInSession
from tracker.people.rules import PLACED_ROLES
from tracker.permissions import Actor, Role, Way
from tracker.units.models import Office, Unit
from tracker.units.queries import with_units_below
from tracker.workdays import office_day


@dataclass(frozen=True)
class SignInFacts:
    """What a session stands for: the actor in the chosen post, preferences, other posts."""

    actor: Actor
    language: str
    theme: str
    must_change_password: bool
    posts: list[tuple[int, str, Role]]


def token_digest(token: str) -> str:
    """Return what the database keeps of a session's token."""
    return hashlib.sha256(token.encode()).hexdigest()


def signed_in(session: Session, token: str, *, at: datetime) -> SignInFacts | None:
    """Return the facts of a live session; None when it ended, expired, or no post is left."""
    row = session.execute(
        select(SignInSession, Person)
        .join(Person, Person.id == SignInSession.person_id)
        .where(
            SignInSession.token_digest == token_digest(token),
            SignInSession.ended_at.is_(None),
            SignInSession.expires_at > at,
            or_(Person.left_on.is_(None), Person.left_on > office_day(at)),
        )
        .options(
            selectinload(Person.posts).options(joinedload(Post.unit), joinedload(Post.committee))
        )
    ).first()
    if row is None:
        return None
    sign_in, person = row
    posts = posts_held(person, at=at)
    if not posts:
        return None
    post = next((post for post in posts if post.id == sign_in.post_id), posts[0])
    return SignInFacts(
        actor=actor_in(session, person, post, posts),
        language=person.language,
        theme=person.theme,
        must_change_password=person.must_change_password,
        posts=[(held.id, post_title(held), held.role) for held in posts],
    )


def email_of(session: Session, actor: Actor) -> str:
    """Return the e-mail with which `actor` signs in."""
    return session.scalars(select(Person.email).where(Person.id == actor.person_id)).one()


def posts_held(person: Person, *, at: datetime) -> list[Post]:
    """Return the posts that `person` holds on the office's day of `at`."""
    today = office_day(at)
    return [
        post
        for post in person.posts
        if post.starts_on <= today and (post.ends_on is None or post.ends_on >= today)
    ]


def post_title(post: Post) -> str:
    """Return the title of a post as people say it, else its unit, else its committee."""
    if post.title or post.unit:
        return post.title or (post.unit.name if post.unit else "")
    return (post.committee.short_name or post.committee.name) if post.committee else ""


def actor_in(session: Session, person: Person, post: Post, posts: list[Post]) -> Actor:
    """Return `person` acting in `post`."""
    units = frozenset({post.unit_id} if post.unit_id else ())
    return Actor(
        person_id=person.id,
        name=person.name,
        role=post.role,
        post_id=post.id,
        post_title=post_title(post),
        unit_id=post.unit_id,
        unit_ids=with_units_below(session, units) if post.role in PLACED_ROLES else units,
        all_unit_ids=frozenset(held.unit_id for held in posts if held.unit_id),
        committee_ids=frozenset(
            held.committee_id for held in posts if held.role is post.role and held.committee_id
        ),
        language=person.language,
    )


@dataclass(frozen=True)
class Recipient:
    """Where a message goes and in which language. `person_id` is None for a unit's mailbox.

    `instead_of_id` is the absent person for whom this one stands in.
    """

    address: str
    person_id: int | None
    name: str
    language: str = "vi"
    instead_of_id: int | None = None


def serving(on: date) -> ColumnElement[bool]:
    """Return the condition that a post is held on `on` by somebody who has not left."""
    return and_(
        Post.starts_on <= on,
        or_(Post.ends_on.is_(None), Post.ends_on >= on),
        Post.person.has(or_(Person.left_on.is_(None), Person.left_on > on)),
    )


def unit_recipients(session: Session, unit_ids: Iterable[int], *, on: date) -> dict[int, Recipient]:
    """Return unit id → who is written to: its head with an account, else the unit's e-mail.

    A unit with neither is not in the answer. The head in post for longest stands first.
    """
    wanted = set(unit_ids)
    if not wanted:
        return {}
    units = session.execute(
        select(Unit.id, Unit.email, Unit.name).where(Unit.id.in_(wanted), Unit.email != "")
    )
    found = {unit_id: Recipient(email, None, name) for unit_id, email, name in units}
    heads = session.scalars(
        select(Post)
        .where(Post.role == Role.UNIT_HEAD, Post.unit_id.in_(wanted), serving(on))
        .options(joinedload(Post.person))
        .order_by(Post.starts_on.desc(), Post.id.desc())
    )
    for post in heads:
        if post.unit_id is not None:
            found[post.unit_id] = _recipient(post.person)
    return found


def stand_ins(session: Session, on: date) -> dict[int, Recipient | None]:
    """Return absent person → who stands in on `on`; None: nobody does.

    A substitute who is absent too stands in for nobody.
    """
    rows: list[tuple[int, Person | None]] = [
        (row[0], row[1]) for row in session.execute(_absent(on))
    ]
    absent = {person_id for person_id, _ in rows}
    return {
        person_id: None
        if person is None or person.id in absent or (person.left_on and person.left_on <= on)
        else replace(_recipient(person), instead_of_id=person_id)
        for person_id, person in rows
    }


def _absent(on: date) -> Select[int, Person]:
    return (
        select(Absence.person_id, Person)
        .outerjoin(Person, Person.id == Absence.substitute_id)
        .where(Absence.first_on <= on, Absence.last_on >= on, Absence.cancelled_at.is_(None))
        .order_by(Absence.id)
    )


def officers_of(
    session: Session, unit_ids: Iterable[int], *, on: date | None = None
) -> list[tuple[int, str]]:
    """Return (person id, name) of those who hold a post in one of `unit_ids`, by name.

    These can be named as the responsible officer. Without `on`, whoever has not left the post.
    """
    held = serving(on) if on else Post.ends_on.is_(None)
    rows = session.execute(
        select(Person.id, Person.name)
        .join(Post, Post.person_id == Person.id)
        .where(
            Post.unit_id.in_(set(unit_ids)),
            Post.role.in_((Role.OFFICER, Role.FOCAL_POINT, Role.UNIT_HEAD)),
            held,
        )
        .distinct()
        .order_by(Person.name, Person.id)
    )
    return [(person_id, name) for person_id, name in rows]


def committee_recipients(
    session: Session, committee_id: int, role: Role, on: date
) -> list[Recipient]:
    """Return who holds `role` in a committee on `on` (its chairperson, its secretariat …)."""
    posts = session.scalars(
        select(Post)
        .where(Post.committee_id == committee_id, Post.role == role, serving(on))
        .options(joinedload(Post.person))
        .order_by(Post.id)
    )
    return list({post.person_id: _recipient(post.person) for post in posts}.values())


def command_actor(session: Session, role: Role = Role.SECRETARIAT) -> Actor:
    """Return who acts on the command line: the machine's owner, over every committee."""
    committees = table("committees", column("id", Integer))  # a room above this one
    return Actor(
        person_id=None,
        name="tracker",
        role=role,
        committee_ids=frozenset(session.scalars(select(committees.c.id))),
        way=Way.COMMAND,
    )


def demo_accounts(session: Session) -> list[tuple[Role, str]]:
    """Return (role, e-mail) of one demo account for each role, in the order of roles.

    None unless the instance was loaded as a demo.
    """
    if not session.scalar(select(Office.demo)):
        return []
    rows = session.execute(
        select(Post.role, Person.email)
        .join(Person, Person.id == Post.person_id)
        .where(Person.demo, Person.password_hash != "", Post.ends_on.is_(None))
        .order_by(Post.id)
    )
    first: dict[Role, str] = {}
    for role, email in rows:
        first.setdefault(role, email)
    return [(role, first[role]) for role in Role if role in first]


def chat_places(session: Session, person_ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Return person id → (chat service, id there) of those who chose one for their messages."""
    wanted = set(person_ids)
    if not wanted:
        return {}
    rows = session.execute(
        select(Person.id, Person.chat_service, Person.chat_id).where(
            Person.id.in_(wanted), Person.chat_service != ""
        )
    )
    return {person_id: (service, chat_id) for person_id, service, chat_id in rows}


def link_keys(session: Session, person_ids: Iterable[int]) -> dict[int, str]:
    """Return person id → the key that signs the person's one-tap links."""
    wanted = set(person_ids)
    if not wanted:
        return {}
    rows = session.execute(select(Person.id, Person.link_key).where(Person.id.in_(wanted)))
    return dict(rows.all())


def _recipient(person: Person) -> Recipient:
    return Recipient(person.email, person.id, person.name, person.language)
