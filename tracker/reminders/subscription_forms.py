"""Forms of how messages and deadlines reach a person."""

from collections.abc import Iterable

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField
from wtforms.validators import Length, Optional

from tracker.web import Form, OneLine, offered


class ChannelForm(Form):
    """By which way messages come: e-mail, or a chat service with the own id there."""

    service = SelectField(_l("Reminders and messages come by"))
    chat_id = StringField(
        _l("Your id at the chat service"),
        [Optional(), OneLine(), Length(max=64)],
        description=_l("Write to the office's account there first; it tells you the id."),
    )

    def prepare(self, services: Iterable[str]) -> None:
        """Offer e-mail and what is set up here."""
        names = [(name, name.capitalize()) for name in services]
        self.service.choices = offered(("", _("E-mail")), *names)


class FeedForm(Form):
    """Whose deadlines a calendar address shows."""

    unit = SelectField(_l("Whose deadlines"))

    def prepare(self, units: Iterable[tuple[int, str]]) -> None:
        """Offer the own deadlines and those of the units that the actor looks after."""
        self.unit.choices = offered(
            ("", _("My own")), *((str(unit_id), name) for unit_id, name in units)
        )
