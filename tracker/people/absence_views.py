"""The page of absences: who is away, who stands in."""

from flask import redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import SelectField, StringField
from wtforms.validators import InputRequired, Optional

from tracker import clock
from tracker.db import db, transaction
from tracker.errors import RuleViolation
from tracker.people.absences import absences, cancel_absence, looked_after, note_absence
from tracker.people.blueprint import SEE_OTHER, Page, bp
from tracker.people.listing import person_choices
from tracker.permissions import Permission
from tracker.web import DayField, Form, OneLine, current_actor, needs, offered, refused, say

REQUIRED = _l("Fill in this field.")


class AbsenceForm(Form):
    """Who is away, when, and who stands in."""

    person_id = SelectField(_l("Who is away"), coerce=int)
    first_on = DayField(_l("First day"), [InputRequired(REQUIRED)])
    last_on = DayField(_l("Last day"), [InputRequired(REQUIRED)])
    substitute_id = SelectField(
        _l("Who stands in"),
        coerce=int,
        description=_l(
            "Without anybody, an officer's reminders go to the head, a head's to the unit."
        ),
    )
    reason = StringField(_l("Reason"), [Optional(), OneLine()])

    def offer(self) -> "AbsenceForm":
        """Offer the persons; return the form."""
        self.person_id.choices = offered(*looked_after(db.session, current_actor()))
        self.substitute_id.choices = offered((0, "–"), *person_choices(db.session))
        return self


@bp.get("/absences")
@needs(Permission.ABSENCE_NOTE)
def absence_list() -> str:
    """Show who is or will be away."""
    return _page(AbsenceForm(formdata=None).offer())


@bp.post("/absences")
@needs(Permission.ABSENCE_NOTE)
def add_absence() -> Page:
    """Note an absence."""
    form = AbsenceForm().offer()
    if not form.validate() or form.first_on.data is None or form.last_on.data is None:
        return _page(form), 422
    try:
        with transaction() as session:
            note_absence(
                session,
                form.person_id.data,
                first_on=form.first_on.data,
                last_on=form.last_on.data,
                substitute_id=form.substitute_id.data or None,
                reason=form.reason.data or "",
                by=current_actor(),
                at=clock.now(),
            )
    except RuleViolation as refusal:
        refused(form, refusal)
        return _page(form), 422
    say(_("The absence was noted; reminders follow it from now on."))
    return redirect(url_for(".absence_list"), SEE_OTHER)


@bp.post("/absences/<int:absence_id>/end")
@needs(Permission.ABSENCE_NOTE)
def end_absence(absence_id: int) -> Response:
    """Take an absence back."""
    with transaction() as session:
        cancel_absence(session, absence_id, by=current_actor(), at=clock.now())
    say(_("The absence was taken back."))
    return redirect(url_for(".absence_list"), SEE_OTHER)


def _page(form: AbsenceForm) -> str:
    return render_template(
        "people/absences.html",
        form=form,
        rows=absences(db.session, current_actor(), today=clock.today()),
    )
