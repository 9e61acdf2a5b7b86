"""Forms of sign-in, the own account and people."""

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, HiddenField, PasswordField, SelectField, StringField, TelField
from wtforms.validators import InputRequired, Length, Optional

from tracker.people.actions import PostData
from tracker.people.rules import PASSWORD_LENGTH
from tracker.permissions import Role
from tracker.web import DayField, Form, OneLine, label, offered

REQUIRED = _l("Fill in this field.")


class SignInForm(Form):
    """Who signs in, and where the way leads on."""

    email = EmailField(_l("E-mail"), [InputRequired(REQUIRED), Length(max=254)])
    password = PasswordField(_l("Password"), [InputRequired(REQUIRED), Length(max=1000)])
    next = HiddenField()


class PasswordForm(Form):
    """A new password, typed twice."""

    old = PasswordField(_l("Present password"), [InputRequired(REQUIRED)])
    new = PasswordField(
        _l("New password"),
        [InputRequired(REQUIRED)],
        description=_l("At least %(length)s characters.", length=PASSWORD_LENGTH),
    )
    again = PasswordField(_l("New password, again"), [InputRequired(REQUIRED)])


class PersonForm(Form):
    """Who somebody is."""

    name = StringField(_l("Full name"), [InputRequired(REQUIRED), OneLine()])
    email = EmailField(
        _l("E-mail"),
        [InputRequired(REQUIRED), OneLine()],
        description=_l("Used to sign in; reminders go there."),
    )
    phone = TelField(_l("Telephone"), [Optional(), OneLine()])


class PostForm(Form):
    """A post to be held."""

    role = SelectField(_l("Role"))
    unit_id = SelectField(
        _l("Unit"),
        coerce=int,
        description=_l("Needed by a unit head, focal point, officer and appraiser."),
    )
    committee_id = SelectField(
        _l("Steering committee"),
        coerce=int,
        description=_l("Needed by the secretariat, a chairperson, adviser and viewer."),
    )
    title = StringField(
        _l("Title of the post"),
        [Optional(), OneLine()],
        description=_l("As it is said, for example: Director, Secretary of the committee."),
    )
    starts_on = DayField(
        _l("First day"), [Optional()], description=_l("Without a date: from today.")
    )

    def offer(self, units: list[tuple[int, str]], committees: list[tuple[int, str]]) -> None:
        """Offer the roles, `units` and `committees`."""
        self.role.choices = offered(*((role.value, label(role)) for role in Role))
        self.unit_id.choices = offered((0, "–"), *units)
        self.committee_id.choices = offered((0, "–"), *committees)

    def said(self) -> PostData:
        """Return what was typed."""
        return PostData(
            role=Role(self.role.data),
            unit_id=self.unit_id.data or None,
            committee_id=self.committee_id.data or None,
            title=self.title.data or "",
            starts_on=self.starts_on.data,
        )


class NewPersonForm(PersonForm, PostForm):
    """A new account with its first post."""
