"""Forms of the calendar."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Optional

from tracker.web import DayField, Form, OneLine

HOLIDAY, WORKED = "off", "worked"


class DayForm(Form):
    """What the office decides of a day."""

    day = DayField(_l("Day"), [InputRequired(_l("Fill in this field."))])
    kind = SelectField(
        _l("What it is"),
        choices=[
            SelectChoice(HOLIDAY, _l("Day off")),
            SelectChoice(WORKED, _l("Worked (make-up day)")),
        ],
    )
    name = StringField(_l("Name or decision"), [Optional(), OneLine()])


class CalendarImportForm(Form):
    """A sheet of days."""

    file = FileField(
        _l("Spreadsheet (.xlsx or .csv)"),
        description=_l("Columns: date, working (1 or 0), name."),
    )
