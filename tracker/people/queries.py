"""Reads of persons and sessions."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, selectinload

from tracker.people.models import Person, Post, SignInSession
from tracker.permissions import Actor, Role
from tracker.units.queries import with_units_below
from tracker.workdays import office_day


@dataclass(frozen=True)
class SignInFacts:
    """What a session stands for: the actor in the chosen post, preferences, other posts."""

    actor: Actor
    language: str
    theme: str
    must_change_password: bool
    posts: list[tuple[int, str]]


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
        .options(selectinload(Person.posts).joinedload(Post.unit))
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
        posts=[(held.id, post_title(held)) for held in posts],
    )


def posts_held(person: Person, *, at: datetime) -> list[Post]:
    """Return the posts that `person` holds on the office's day of `at`."""
    today = office_day(at)
    return [
        post
        for post in person.posts
        if post.starts_on <= today and (post.ends_on is None or post.ends_on >= today)
    ]


def post_title(post: Post) -> str:
    """Return the title of a post as people say it, else its unit."""
    return post.title or (post.unit.name if post.unit else "")


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
        unit_ids=with_units_below(session, units) if post.role in UNIT_ROLES else units,
        all_unit_ids=frozenset(held.unit_id for held in posts if held.unit_id),
        committee_ids=frozenset(
            held.committee_id for held in posts if held.role is post.role and held.committee_id
        ),
        language=person.language,
    )


UNIT_ROLES = frozenset({Role.UNIT_HEAD, Role.FOCAL_POINT, Role.OFFICER, Role.APPRAISER})
