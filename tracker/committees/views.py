"""Pages of committees. Changing the settings is a composed act: see `pages.committee_settings`."""

from flask import Blueprint, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from tracker import clock
from tracker.committees.actions import add_committee, set_members
from tracker.committees.forms import Choices, CommitteeForm, MembersForm
from tracker.committees.models import Committee
from tracker.committees.queries import all_committees, committee_by_id
from tracker.db import db, transaction
from tracker.errors import RuleViolation
from tracker.people.listing import person_choices
from tracker.permissions import Permission
from tracker.units.queries import unit_choices
from tracker.web import current_actor, needs, refused, say

bp = Blueprint("committees", __name__)

Page = str | Response | tuple[str, int]

SEE_OTHER = 303


@bp.get("/committees")
@needs(Permission.COMMITTEE_MANAGE)
def index() -> str:
    """Show every steering committee."""
    return render_template("committees/index.html", committees=all_committees(db.session))


@bp.get("/committees/new")
@needs(Permission.COMMITTEE_MANAGE)
def new() -> str:
    """Show the form of a new committee."""
    form = CommitteeForm().offer(*choices())
    return render_template("committees/new.html", form=form)


@bp.post("/committees/new")
@needs(Permission.COMMITTEE_MANAGE)
def add() -> Page:
    """Set up a committee; its members are entered next."""
    form = CommitteeForm().offer(*choices())
    if not form.validate():
        return render_template("committees/new.html", form=form), 422
    try:
        with transaction() as session:
            committee = add_committee(session, form.said(), by=current_actor(), at=clock.now())
    except RuleViolation as refusal:
        refused(form, refusal)
        return render_template("committees/new.html", form=form), 422
    say(_("Saved: %(name)s.", name=form.name.data))
    return redirect(url_for(".committee", committee_id=committee.id), SEE_OTHER)


@bp.get("/committees/<int:committee_id>")
@needs(Permission.COMMITTEE_MANAGE)
def committee(committee_id: int) -> str:
    """Show a committee's settings and members."""
    return committee_page(committee_id)


@bp.post("/committees/<int:committee_id>/members")
@needs(Permission.COMMITTEE_MANAGE)
def members(committee_id: int) -> Page:
    """Replace the list of members."""
    form = MembersForm().offer(choices()[1])
    if not form.validate():
        return committee_page(committee_id, members_form=form), 422
    try:
        with transaction() as session:
            set_members(session, committee_id, form.said(), by=current_actor(), at=clock.now())
    except RuleViolation as refusal:
        refused(form, refusal)
        return committee_page(committee_id, members_form=form), 422
    say(_("The members were saved."))
    return redirect(url_for(".committee", committee_id=committee_id), SEE_OTHER)


def committee_page(
    committee_id: int,
    *,
    form: CommitteeForm | None = None,
    members_form: MembersForm | None = None,
) -> str:
    """Return the page of a committee, with forms as they were typed."""
    kept = committee_by_id(db.session, committee_id)
    units, persons = choices(kept)
    return render_template(
        "committees/committee.html",
        committee=kept,
        form=form or CommitteeForm(formdata=None, obj=kept).show(kept).offer(units, persons),
        members_form=members_form or MembersForm(formdata=None).show(kept).offer(persons),
    )


def choices(kept: Committee | None = None) -> tuple[Choices, Choices]:
    """Return the units and persons that can be chosen, with those chosen before."""
    units, persons = unit_choices(db.session, clock.today()), person_choices(db.session)
    if kept is not None and kept.unit is not None and kept.unit_id not in dict(units):
        units.append((kept.unit.id, kept.unit.name))
    known = dict(persons)
    before = [kept.acceptor] if kept is not None and kept.acceptor is not None else []
    persons += [(person.id, person.name) for person in before if person.id not in known]
    return units, persons
