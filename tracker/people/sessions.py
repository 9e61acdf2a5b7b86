"""Acts of sign-in: attempts, sessions, the own password and preferences."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from tracker import history
from tracker.errors import N_, BadInput, NotAllowed
from tracker.people import passwords
from tracker.people.models import Person, SignInFailure, SignInSession
from tracker.people.queries import posts_held, token_digest
from tracker.people.rules import (
    CHAT_ID,
    FAILURES_PER_ADDRESS,
    FAILURES_PER_EMAIL,
    WINDOW,
    check_password,
    locked_until,
    tidy_email,
)
from tracker.permissions import Actor
from tracker.workdays import office_day

_TOKEN_BYTES = 32
WRONG_OLD = N_("This is not the present password.")


@dataclass(frozen=True)
class Credentials:
    """What is known before an attempt is judged; read outside the writing transaction."""

    person_id: int | None
    right: bool
    locked_until: datetime | None


@dataclass(frozen=True)
class Attempt:
    """How an attempt ended: a session's token, or nothing and perhaps a time to wait for."""

    token: str | None = None
    locked_until: datetime | None = None


def weigh(
    session: Session, *, email: str, password: str, address: str, at: datetime
) -> Credentials:
    """Compare what was typed with what is kept, in equal time for an unknown address.

    A locked-out e-mail or address is not compared at all. Changes nothing.
    """
    email = tidy_email(email)
    until = _locked_until(session, email, address, at=at)
    if until is not None:
        return Credentials(None, right=False, locked_until=until)
    person = session.scalars(select(Person).where(Person.email == email)).first()
    gone = person is None or (person.left_on is not None and person.left_on <= office_day(at))
    right = passwords.fits("" if gone or person is None else person.password_hash, password)
    return Credentials(person.id if person and right else None, right, None)


def sign_in(
    session: Session,
    credentials: Credentials,
    *,
    email: str,
    address: str,
    at: datetime,
    lasts: timedelta,
) -> Attempt:
    """Open a session for right credentials; note a failure for wrong ones.

    Failures are noted, not raised: they must stay when nothing else changes. While locked out,
    even the right password is refused, and attempts are not counted.
    """
    email = tidy_email(email)
    until = credentials.locked_until or _locked_until(session, email, address, at=at)
    if until is not None:
        return Attempt(locked_until=until)
    if credentials.person_id is None:
        return Attempt(locked_until=note_failure(session, email=email, address=address, at=at))
    session.execute(delete(SignInFailure).where(SignInFailure.email == email))
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    session.add(
        SignInSession(
            token_digest=token_digest(token),
            person_id=credentials.person_id,
            started_at=at,
            expires_at=at + lasts,
            address=address,
        )
    )
    return Attempt(token=token)


def note_failure(session: Session, *, email: str, address: str, at: datetime) -> datetime | None:
    """Count a wrong password, at sign-in or on changing it; return until when it locks out."""
    session.execute(delete(SignInFailure).where(SignInFailure.at <= at - 4 * WINDOW))
    session.add(SignInFailure(email=email[:254], address=address, at=at))
    session.flush()
    return _locked_until(session, email, address, at=at)


def sign_out(session: Session, token: str, *, at: datetime) -> None:
    """End the session of `token`."""
    session.execute(
        update(SignInSession)
        .where(SignInSession.token_digest == token_digest(token), SignInSession.ended_at.is_(None))
        .values(ended_at=at)
    )


def change_password(
    session: Session, *, old: str, new: str, token: str, by: Actor, at: datetime
) -> None:
    """Change the own password and end the person's other sessions.

    Whoever takes `old` from a page counts its failures first, as at sign-in: see `weigh`.
    BadInput at `old` when it is not the present one, at `new` when the new one is weak or equal.
    """
    person = session.get_one(Person, by.person_id)
    if not passwords.fits(person.password_hash, old):
        raise BadInput(WRONG_OLD, field="old")
    if old == new:
        raise BadInput(N_("The new password must differ from the present one."), field="new")
    check_password(new, email=person.email)
    person.password_hash = passwords.digest(new)
    person.must_change_password = False
    session.execute(delete(SignInFailure).where(SignInFailure.email == person.email))
    end_sessions(session, person.id, at=at, but=token)
    history.record(session, "person.change-password", person, by=by, at=at)


def end_sessions(session: Session, person_id: int, *, at: datetime, but: str = "") -> None:
    """End every open session of a person, except the one of the token `but`."""
    query = update(SignInSession).where(
        SignInSession.person_id == person_id, SignInSession.ended_at.is_(None)
    )
    if but:
        query = query.where(SignInSession.token_digest != token_digest(but))
    session.execute(query.values(ended_at=at))


def prefer(
    session: Session,
    *,
    by: Actor,
    at: datetime,
    language: str | None = None,
    theme: str | None = None,
) -> None:
    """Keep the reader's language or theme with the person."""
    person = session.get_one(Person, by.person_id)
    if (language or person.language, theme or person.theme) == (person.language, person.theme):
        return
    person.language = language or person.language
    person.theme = theme or person.theme
    history.record(session, "person.prefer", person, by=by, at=at)


def choose_channel(
    session: Session, *, service: str, chat_id: str, by: Actor, at: datetime
) -> None:
    """Let messages come to the own id at a chat service, or by e-mail when `service` is empty.

    The caller offers only services that the operator set. BadInput: the id is none; nothing in
    it may lead an address elsewhere.
    """
    person = session.get_one(Person, by.person_id)
    chat_id = chat_id.strip() if service else ""
    if service and not CHAT_ID.fullmatch(chat_id):
        raise BadInput(
            N_("An id has letters, digits, points, dashes and underscores only."), field="chat_id"
        )
    if (person.chat_service, person.chat_id) != (service, chat_id):
        person.chat_service, person.chat_id = service, chat_id
        history.record(session, "person.choose-channel", person, by=by, at=at)


def act_in(session: Session, post_id: int, *, token: str, by: Actor, at: datetime) -> None:
    """Act in another of the own posts from now on, in this session. NotAllowed: it is not held."""
    person = session.get_one(Person, by.person_id)
    if post_id not in {post.id for post in posts_held(person, at=at)}:
        raise NotAllowed
    session.execute(
        update(SignInSession)
        .where(SignInSession.token_digest == token_digest(token))
        .values(post_id=post_id)
    )


def note_false_link(session: Session, address: str, *, at: datetime) -> None:
    """Note that a link that nobody was sent was tried from `address`."""
    session.add(SignInFailure(email="", address=address, at=at))


def address_locked_until(session: Session, address: str, *, at: datetime) -> datetime | None:
    """Return until when `address` may try neither links nor passwords; None: it may."""
    since = at - WINDOW
    failures = session.scalars(
        select(SignInFailure.at).where(SignInFailure.address == address, SignInFailure.at > since)
    ).all()
    return locked_until(failures, FAILURES_PER_ADDRESS, at=at)


def _locked_until(session: Session, email: str, address: str, *, at: datetime) -> datetime | None:
    """Return until when attempts with this e-mail or from this address are refused."""
    since = at - WINDOW
    of_email = session.scalars(
        select(SignInFailure.at).where(SignInFailure.email == email, SignInFailure.at > since)
    ).all()
    of_address = session.scalars(
        select(SignInFailure.at).where(SignInFailure.address == address, SignInFailure.at > since)
    ).all()
    locks = [
        locked_until(of_email, FAILURES_PER_EMAIL, at=at),
        locked_until(of_address, FAILURES_PER_ADDRESS, at=at),
    ]
    return max((lock for lock in locks if lock), default=None)
