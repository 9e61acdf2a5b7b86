"""The administration of people: accounts and posts."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.db import db, transaction
from tracker.errors import RuleViolation
from tracker.people.actions import (
    add_person,
    add_post,
    change_person,
    deactivate,
    end_post,
    reopen,
    reset_password,
)
from tracker.people.blueprint import SEE_OTHER, Page, bp
from tracker.people.forms import NewPersonForm, PersonForm, PostForm
from tracker.people.listing import committee_choices, list_people, person_by_id
from tracker.people.models import Person
from tracker.permissions import Permission, Role
from tracker.units.queries import unit_choices
from tracker.web import current_actor, label, needs, refused, say

LONGEST_PAGE_NUMBER = 4


@bp.get("/people")
@needs(Permission.PEOPLE_MANAGE)
def index() -> str:
    """Show who has an account."""
    words = request.args.get("q", "").strip()[:200]
    role = request.args.get("role", "")
    known = {member.value for member in Role}
    closed = request.args.get("closed") == "1"
    page = list_people(
        db.session,
        clock.today(),
        words=words,
        role=Role(role) if role in known else None,
        closed=closed,
        number=_number(request.args.get("page", "")),
    )
    chosen = {"q": words, "role": role if role in known else "", "closed": "1" if closed else ""}
    address: dict[str, Any] = {key: value for key, value in chosen.items() if value}
    return render_template(
        "people/index.html",
        page=page,
        roles=[(member.value, label(member)) for member in Role],
        chosen=chosen,
        before=url_for(".index", page=page.number - 1, **address) if page.number > 1 else "",
        after=url_for(".index", page=page.number + 1, **address) if page.has_next else "",
    )


@bp.get("/people/new")
@needs(Permission.PEOPLE_MANAGE)
def new() -> str:
    """Show the form of a new account."""
    return render_template("people/new.html", form=_offered(NewPersonForm()))


@bp.post("/people/new")
@needs(Permission.PEOPLE_MANAGE)
def add() -> Page:
    """Give an account with its first post; show the one-time password."""
    form = _offered(NewPersonForm())
    if not form.validate():
        return render_template("people/new.html", form=form), 422
    at, by = clock.now(), current_actor()
    try:
        with transaction() as session:
            person, password = add_person(
                session,
                email=form.email.data or "",
                name=form.name.data or "",
                phone=form.phone.data or "",
                by=by,
                at=at,
            )
            add_post(session, person, form.said(), by=by, at=at)
    except RuleViolation as refusal:
        refused(form, refusal)
        return render_template("people/new.html", form=form), 422
    return _once(person, password)


@bp.get("/people/<int:person_id>")
@needs(Permission.PEOPLE_MANAGE)
def person(person_id: int) -> str:
    """Show one account: who it is, its posts, what can be done with it."""
    return _person_page(person_id)


@bp.post("/people/<int:person_id>")
@needs(Permission.PEOPLE_MANAGE)
def change(person_id: int) -> Page:
    """Correct name, e-mail or telephone."""
    form = PersonForm()
    if not form.validate():
        return _person_page(person_id, form=form), 422
    try:
        with transaction() as session:
            change_person(
                session,
                person_id,
                email=form.email.data or "",
                name=form.name.data or "",
                phone=form.phone.data or "",
                by=current_actor(),
                at=clock.now(),
            )
    except RuleViolation as refusal:
        refused(form, refusal)
        return _person_page(person_id, form=form), 422
    return _back(person_id, _("Saved: %(name)s.", name=form.name.data))


@bp.post("/people/<int:person_id>/posts")
@needs(Permission.PEOPLE_MANAGE)
def give_post(person_id: int) -> Page:
    """Let the person hold one more post."""
    form = _offered(PostForm())
    if not form.validate():
        return _person_page(person_id, post_form=form), 422
    try:
        with transaction() as session:
            holder = person_by_id(session, person_id)
            add_post(session, holder, form.said(), by=current_actor(), at=clock.now())
    except RuleViolation as refusal:
        refused(form, refusal)
        return _person_page(person_id, post_form=form), 422
    return _back(person_id, _("The post was given."))


@bp.post("/people/<int:person_id>/posts/<int:post_id>/end")
@needs(Permission.PEOPLE_MANAGE)
def take_post(person_id: int, post_id: int) -> Page:
    """End a post."""
    with transaction() as session:
        end_post(session, post_id, by=current_actor(), at=clock.now())
    return _back(person_id, _("The post has ended."))


@bp.post("/people/<int:person_id>/password")
@needs(Permission.PEOPLE_MANAGE)
def new_password(person_id: int) -> Page:
    """Give a new one-time password and show it once."""
    with transaction() as session:
        password = reset_password(session, person_id, by=current_actor(), at=clock.now())
        holder = person_by_id(session, person_id)
    return _once(holder, password)


@bp.post("/people/<int:person_id>/close")
@needs(Permission.PEOPLE_MANAGE)
def close(person_id: int) -> Page:
    """Close the account from today on."""
    with transaction() as session:
        deactivate(session, person_id, by=current_actor(), at=clock.now())
    return _back(person_id, _("The account is closed."))


@bp.post("/people/<int:person_id>/open")
@needs(Permission.PEOPLE_MANAGE)
def open_again(person_id: int) -> Page:
    """Open a closed account again and show its one-time password."""
    with transaction() as session:
        password = reopen(session, person_id, by=current_actor(), at=clock.now())
        holder = person_by_id(session, person_id)
    return _once(holder, password)


def _once(holder: Person, password: str) -> str:
    """Show a one-time password in the answer itself: it is kept nowhere, not even in a cookie."""
    return render_template("people/password_once.html", person=holder, password=password)


def _person_page(
    person_id: int, *, form: PersonForm | None = None, post_form: PostForm | None = None
) -> str:
    holder = person_by_id(db.session, person_id)
    return render_template(
        "people/person.html",
        person=holder,
        form=form or PersonForm(formdata=None, obj=holder),
        post_form=post_form or _offered(PostForm(formdata=None)),
    )


def _offered(form: PostForm) -> PostForm:
    form.offer(unit_choices(db.session, clock.today()), committee_choices(db.session))
    return form


def _back(person_id: int, message: str) -> Page:
    say(message)
    return redirect(url_for(".person", person_id=person_id), SEE_OTHER)


def _number(text: str) -> int:
    short = text.isdecimal() and len(text) <= LONGEST_PAGE_NUMBER
    return max(int(text), 1) if short else 1
