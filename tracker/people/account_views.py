"""Sign-in and the own account."""

from datetime import timedelta

import flask_login
from flask import redirect, render_template, request, url_for
from flask import session as cookie
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from tracker import clock
from tracker.db import db, transaction
from tracker.errors import N_, BadInput, Refusal, RuleViolation
from tracker.people import queries, sessions
from tracker.people.blueprint import SEE_OTHER, Page, bp
from tracker.people.forms import PasswordForm, SignInForm
from tracker.permissions import Actor, Permission
from tracker.web import (
    LANGUAGES,
    THEMES,
    SignedIn,
    an_id,
    back_to,
    current_actor,
    moment,
    needs,
    public,
    refused,
    say,
    settings,
    signed_in,
)

WRONG = N_("E-mail or password is wrong.")
LOCKED = N_("Too many failed attempts. Try again after %(time)s.")
NO_POST = N_("This account holds no post at present. Ask the administrator to give it one.")


class LockedOut(RuleViolation):
    """Too many wrong passwords: nobody is asked before the time that is said (HTTP 429)."""


def home() -> str:
    """Return the address of the first page."""
    return f"{request.script_root}/"


@bp.get("/sign-in")
@public
def sign_in() -> Page:
    """Ask who is there."""
    if signed_in() is not None:
        return redirect(home())
    return _ask(SignInForm(next=request.args.get("next", "")))


@bp.post("/sign-in")
@public
def sign_in_submit() -> Page:
    """Let the person in, or say why not and until when."""
    form = SignInForm()
    if not form.validate():
        return _ask(form), 422
    at, address = clock.now(), request.remote_addr or ""
    email, password = form.email.data or "", form.password.data or ""
    credentials = sessions.weigh(db.session, email=email, password=password, address=address, at=at)
    with transaction() as session:
        attempt = sessions.sign_in(
            session,
            credentials,
            email=email,
            address=address,
            at=at,
            lasts=timedelta(hours=settings().session_hours),
        )
        facts = queries.signed_in(session, attempt.token, at=at) if attempt.token else None
    if attempt.locked_until is not None:
        refused(form, RuleViolation(LOCKED, time=moment(attempt.locked_until)))
        return _ask(form), 429
    if attempt.token is None or facts is None:
        refused(form, RuleViolation(NO_POST if attempt.token else WRONG))
        return _ask(form), 422
    cookie.clear()
    flask_login.login_user(SignedIn(token=attempt.token, **vars(facts)))
    return redirect(back_to(form.next.data, home()), SEE_OTHER)


def _ask(form: SignInForm) -> str:
    return render_template(
        "people/sign_in.html",
        form=form,
        accounts=queries.demo_accounts(db.session),
        demo_password=settings().shown_demo_password(),
    )


@bp.post("/sign-out")
@public
def sign_out() -> Response:
    """End the session; the cookie keeps the language and the theme only."""
    user = signed_in()
    if user is not None:
        with transaction() as session:
            sessions.sign_out(session, user.token, at=clock.now())
    flask_login.logout_user()
    cookie.clear()
    if user is not None:
        cookie.update(language=user.language, theme=user.theme)
    return redirect(url_for("people.sign_in"), SEE_OTHER)


@bp.get("/password")
@needs(Permission.ACCOUNT_OWN)
def password() -> Page:
    """Ask for a new password."""
    return render_template("people/password.html", form=PasswordForm())


@bp.post("/password")
@needs(Permission.ACCOUNT_OWN)
def password_submit() -> Page:
    """Change the own password."""
    form, user = PasswordForm(), signed_in()
    if not form.validate() or user is None:
        return render_template("people/password.html", form=form), 422
    try:
        if form.new.data != form.again.data:
            raise BadInput(N_("The two new passwords differ."), field="again")
        _prove(form.old.data or "", user.actor)
        with transaction() as session:
            sessions.change_password(
                session,
                old=form.old.data or "",
                new=form.new.data or "",
                token=user.token,
                by=user.actor,
                at=clock.now(),
            )
    except LockedOut as refusal:
        refused(form, refusal)
        return render_template("people/password.html", form=form), 429
    except Refusal as refusal:
        refused(form, refusal)
        return render_template("people/password.html", form=form), 422
    say(_("The password was changed. Other devices were signed out."))
    return redirect(home(), SEE_OTHER)


def _prove(password: str, by: Actor) -> None:
    """Count a wrong present password as a failed sign-in: a session left open guesses no faster.

    LockedOut: too many failures. BadInput: not the present password.
    """
    at, address = clock.now(), request.remote_addr or ""
    email = queries.email_of(db.session, by)
    proof = sessions.weigh(db.session, email=email, password=password, address=address, at=at)
    if proof.right:
        return
    until = proof.locked_until
    if until is None:
        with transaction() as session:
            until = sessions.note_failure(session, email=email, address=address, at=at)
    if until is not None:
        raise LockedOut(LOCKED, time=moment(until))
    raise BadInput(sessions.WRONG_OLD, field="old")


@bp.post("/language")
@public
def language() -> Response:
    """Keep the reader's language: with the person, or in a visitor's cookie."""
    chosen = request.form.get("language", "")
    if chosen in LANGUAGES:
        _prefer(language=chosen)
    return _back()


@bp.post("/theme")
@public
def theme() -> Response:
    """Keep the reader's theme: with the person, or in a visitor's cookie."""
    chosen = request.form.get("theme", "")
    if chosen in THEMES:
        _prefer(theme=chosen)
    return _back()


@bp.post("/post")
@needs(Permission.ACCOUNT_OWN)
def post() -> Response:
    """Act in another of the own posts."""
    user = signed_in()
    chosen = request.form.get("post", type=an_id)
    if user is not None and chosen is not None:
        with transaction() as session:
            sessions.act_in(session, chosen, token=user.token, by=current_actor(), at=clock.now())
    return redirect(home(), SEE_OTHER)


def _prefer(**chosen: str) -> None:
    user = signed_in()
    if user is None:
        cookie.update(chosen)
        return
    with transaction() as session:
        sessions.prefer(session, by=user.actor, at=clock.now(), **chosen)


def _back() -> Response:
    return redirect(back_to(request.form.get("next"), home()), SEE_OTHER)
