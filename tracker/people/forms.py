"""Forms of sign-in, the own account and people."""

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, HiddenField, PasswordField
from wtforms.validators import InputRequired, Length

from tracker.people.rules import PASSWORD_LENGTH
from tracker.web import Form

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
