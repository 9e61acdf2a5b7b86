"""Forms of units."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, EmailField, SelectField, StringField, TelField, TextAreaField
from wtforms.validators import InputRequired, Optional

from tracker.units.actions import UnitData
from tracker.units.models import Unit
from tracker.units.rules import UnitKind
from tracker.web import DayField, Form, OneLine, label, offered

REQUIRED = _l("Fill in this field.")


class UnitForm(Form):
    """What a unit is said to be."""

    code = StringField(_l("Code"), [InputRequired(REQUIRED), OneLine()])
    name = StringField(_l("Name"), [InputRequired(REQUIRED), OneLine()])
    short_name = StringField(_l("Short name"), [Optional(), OneLine()])
    kind = SelectField(_l("Kind"))
    parent_id = SelectField(_l("Superior unit"), coerce=int)
    email = EmailField(
        _l("E-mail"),
        [Optional(), OneLine()],
        description=_l("Reminders go here while the head of the unit has no account."),
    )
    phone = TelField(_l("Telephone"), [Optional(), OneLine()])
    head_name = StringField(_l("Head of the unit"), [Optional(), OneLine()])
    valid_from = DayField(_l("Exists from"), [Optional()])
    valid_to = DayField(_l("Exists until"), [Optional()])
    aliases = TextAreaField(
        _l("Other names in documents"),
        [Optional()],
        description=_l("One in each line: names under which conclusions address this unit."),
    )
    hand_in_by_head_only = BooleanField(_l("Only the head reports completion"))
    hand_in_needs_document = BooleanField(_l("Completion needs the number of a signed document"))

    def offer(self, units: list[tuple[int, str]]) -> "UnitForm":
        """Offer the kinds and, as superior units, `units`; return the form."""
        self.kind.choices = offered(*((kind.value, label(kind)) for kind in UnitKind))
        self.parent_id.choices = offered((0, "–"), *units)
        return self

    def show(self, unit: Unit) -> "UnitForm":
        """Fill the form with what is kept; return it."""
        for name in self.data.keys() - {"csrf_token", "kind", "parent_id", "aliases"}:
            self[name].data = getattr(unit, name)
        self.kind.data = unit.kind.value
        self.parent_id.data = unit.parent_id or 0
        self.aliases.data = "\n".join(alias.alias for alias in unit.aliases)
        return self

    def said(self) -> UnitData:
        """Return what was typed."""
        return UnitData(
            code=self.code.data or "",
            name=self.name.data or "",
            short_name=self.short_name.data or "",
            kind=UnitKind(self.kind.data),
            parent_id=self.parent_id.data or None,
            email=self.email.data or "",
            phone=self.phone.data or "",
            head_name=self.head_name.data or "",
            valid_from=self.valid_from.data,
            valid_to=self.valid_to.data,
            aliases=tuple((self.aliases.data or "").splitlines()),
            hand_in_by_head_only=bool(self.hand_in_by_head_only.data),
            hand_in_needs_document=bool(self.hand_in_needs_document.data),
        )


class ImportForm(Form):
    """A sheet to be taken in."""

    file = FileField(
        _l("Spreadsheet (.xlsx or .csv)"), description=_l("The first row names the columns.")
    )
    check_only = BooleanField(_l("Only check the file, change nothing"))
