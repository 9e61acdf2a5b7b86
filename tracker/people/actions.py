"""Acts on persons and their posts, by the administrator."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker import history
from tracker.errors import N_, BadInput, RuleViolation
from tracker.people import passwords
from tracker.people.models import Person, Post
from tracker.people.rules import check_post, tidy_email
from tracker.people.sessions import end_sessions
from tracker.permissions import Actor, Permission, Role, require
from tracker.units.models import Unit
from tracker.units.rules import check_length, check_mail
from tracker.workdays import office_day

NAME_LIMIT, PHONE_LIMIT, TITLE_LIMIT = 200, 40, 200


@dataclass(frozen=True)
class PostData:
    """A post to be held: a role in a unit or a committee, from–to."""

    role: Role
    unit_id: int | None = None
    committee_id: int | None = None
    title: str = ""
    starts_on: date | None = None
    ends_on: date | None = None


def add_person(
    session: Session,
    *,
    email: str,
    name: str,
    by: Actor,
    at: datetime,
    phone: str = "",
    language: str = "vi",
) -> tuple[Person, str]:
    """Give somebody an account; return the person and the one-time password.

    The password is kept nowhere as such and must be changed at the first sign-in.
    BadInput: the e-mail is taken or none, the name is blank.
    """
    require(by, Permission.PEOPLE_MANAGE)
    email, name = tidy_email(email), " ".join(name.split())
    _check_person(session, None, email=email, name=name, phone=phone)
    password = passwords.one_time()
    person = Person(
        email=email,
        name=name,
        phone=phone.strip(),
        password_hash=passwords.digest(password),
        must_change_password=True,
        language=language,
        created_at=at,
    )
    session.add(person)
    session.flush()
    history.record(session, "person.add", person, by=by, at=at, label=name)
    return person, password


def change_person(
    session: Session, person_id: int, *, email: str, name: str, phone: str, by: Actor, at: datetime
) -> Person:
    """Correct name, e-mail or telephone. BadInput as in `add_person`."""
    require(by, Permission.PEOPLE_MANAGE)
    person = session.get_one(Person, person_id)
    email, name = tidy_email(email), " ".join(name.split())
    _check_person(session, person_id, email=email, name=name, phone=phone)
    if (person.email, person.name, person.phone) != (email, name, phone.strip()):
        person.email, person.name, person.phone = email, name, phone.strip()
        history.record(session, "person.change", person, by=by, at=at, label=name)
    return person


def add_post(session: Session, person: Person, data: PostData, *, by: Actor, at: datetime) -> Post:
    """Let a person hold a post from a day on, without a day: from today.

    BadInput: the role needs a unit or a committee, the same post is held already.
    """
    require(by, Permission.PEOPLE_MANAGE)
    if person.left_on is not None:
        raise RuleViolation(N_("This person has left. Open the account again first."))
    start = data.starts_on or office_day(at)
    check_post(
        data.role,
        unit_id=data.unit_id,
        committee_id=data.committee_id,
        starts_on=start,
        ends_on=data.ends_on,
    )
    check_length(data.title, TITLE_LIMIT, field="title")
    if data.unit_id is not None and session.get(Unit, data.unit_id) is None:
        raise BadInput(N_("There is no such unit."), field="unit_id")
    for held in session.scalars(select(Post).where(Post.person_id == person.id)):
        same = (held.role, held.unit_id, held.committee_id) == (
            data.role,
            data.unit_id,
            data.committee_id,
        )
        if same and (held.ends_on is None or held.ends_on >= start):
            raise BadInput(N_("The person holds this post already."), field="role")
    post = Post(
        person_id=person.id,
        role=data.role,
        unit_id=data.unit_id,
        committee_id=data.committee_id,
        title=" ".join(data.title.split()),
        starts_on=start,
        ends_on=data.ends_on,
    )
    session.add(post)
    session.flush()
    history.record(session, "post.add", post, by=by, at=at, label=person.name)
    return post


def end_post(
    session: Session, post_id: int, *, by: Actor, at: datetime, on: date | None = None
) -> Post:
    """End a post; `on` is its last day, without it yesterday, so that it is not held today.

    RuleViolation: it has ended already, or it is the last administrator's.
    """
    require(by, Permission.PEOPLE_MANAGE)
    post = session.get_one(Post, post_id)
    today = office_day(at)
    last = on if on is not None else date.fromordinal(today.toordinal() - 1)
    if post.ends_on is not None and post.ends_on <= last:
        raise RuleViolation(N_("This post has ended already."))
    if last < today:
        _keep_an_administrator(session, {post.id}, today)
    _end(post, last)
    history.record(session, "post.end", post, by=by, at=at, label=post.person.name)
    return post


def reset_password(session: Session, person_id: int, *, by: Actor, at: datetime) -> str:
    """Give a new one-time password, end every session; return the password."""
    require(by, Permission.PEOPLE_MANAGE)
    person = session.get_one(Person, person_id)
    if person.left_on is not None:
        raise RuleViolation(N_("This person has left. Open the account again first."))
    password = passwords.one_time()
    person.password_hash = passwords.digest(password)
    person.must_change_password = True
    end_sessions(session, person.id, at=at)
    history.record(session, "person.reset-password", person, by=by, at=at, label=person.name)
    return password


def deactivate(session: Session, person_id: int, *, by: Actor, at: datetime) -> Person:
    """Close an account from today on: posts and sessions end, the person's acts stay.

    RuleViolation: it is closed already, it is the own one, or the last administrator's.
    """
    require(by, Permission.PEOPLE_MANAGE)
    person = session.get_one(Person, person_id)
    today = office_day(at)
    if person.left_on is not None:
        raise RuleViolation(N_("This account is closed already."))
    if person.id == by.person_id:
        raise RuleViolation(N_("Nobody closes the own account."))
    _keep_an_administrator(session, {post.id for post in person.posts}, today)
    person.left_on = today
    for post in person.posts:
        if post.ends_on is None or post.ends_on >= today:
            _end(post, date.fromordinal(today.toordinal() - 1))
    end_sessions(session, person.id, at=at)
    history.record(session, "person.leave", person, by=by, at=at, label=person.name)
    return person


def reopen(session: Session, person_id: int, *, by: Actor, at: datetime) -> str:
    """Open a closed account again; posts have to be given anew. Return a one-time password."""
    require(by, Permission.PEOPLE_MANAGE)
    person = session.get_one(Person, person_id)
    person.left_on = None
    return reset_password(session, person_id, by=by, at=at)


def _end(post: Post, last: date) -> None:
    """Let a post end with the day `last`, even one that was given by mistake on the day after."""
    post.ends_on = last
    post.starts_on = min(post.starts_on, last)


def _check_person(
    session: Session, person_id: int | None, *, email: str, name: str, phone: str
) -> None:
    check_mail(email)
    if not name:
        raise BadInput(N_("A person needs a name."), field="name")
    check_length(name, NAME_LIMIT, field="name")
    check_length(phone, PHONE_LIMIT, field="phone")
    taken = session.scalar(select(Person.id).where(Person.email == email))
    if taken is not None and taken != person_id:
        raise BadInput(
            N_("The e-mail “%(email)s” belongs to another account."), field="email", email=email
        )


def _keep_an_administrator(session: Session, ending: set[int], today: date) -> None:
    """Refuse to end the last administrator's post: nobody could give accounts any more."""
    query = select(Post).join(Person).where(Post.role == Role.ADMIN, Person.left_on.is_(None))
    serving = {
        post.id
        for post in session.scalars(query)
        if post.starts_on <= today and (post.ends_on is None or post.ends_on >= today)
    }
    if serving & ending and not serving - ending:
        raise RuleViolation(N_("This is the last administrator. Give the role to another first."))
