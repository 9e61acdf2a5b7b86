"""Forms of steering committees."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FieldList, FormField, IntegerField, SelectField, StringField
from wtforms import Form as PlainForm
from wtforms.validators import InputRequired, NumberRange, Optional

from tracker.committees.actions import CommitteeData, MemberData
from tracker.committees.models import Committee
from tracker.web import Form, OneLine, offered

REQUIRED = _l("Fill in this field.")
BLANK_MEMBERS = 3
MOST_MEMBERS = 200

Choices = list[tuple[int, str]]


class CommitteeForm(Form):
    """What a committee is called and how it reads deadlines."""

    code = StringField(_l("Code"), [InputRequired(REQUIRED), OneLine()])
    name = StringField(_l("Name"), [InputRequired(REQUIRED), OneLine()])
    short_name = StringField(_l("Short name"), [Optional(), OneLine()])
    unit_id = SelectField(_l("Standing unit"), coerce=int)
    acceptor_id = SelectField(
        _l("Who confirms the standing unit's own tasks"),
        coerce=int,
        description=_l("Nobody confirms tasks of the own unit. Without a name: the chairperson."),
    )
    before_excludes_day = BooleanField(
        _l("“Before 30/4” means 29/4 at the latest"),
        description=_l("Without this, 30/4 itself is the last day on time."),
    )
    rolls_to_workday = BooleanField(
        _l("A deadline on a day off takes effect on the next working day"),
        default=True,
        description=_l("Civil Code 2015, article 148."),
    )
    most_extensions = IntegerField(
        _l("Most extensions of one task"),
        [Optional(), NumberRange(min=0, max=99)],
        description=_l("Blank: no limit."),
    )

    urgings_before_session = IntegerField(
        _l("Urgings after which a task enters the next session's list"),
        [Optional(), NumberRange(1, 50)],
        default=3,
    )

    def offer(self, units: Choices, persons: Choices) -> "CommitteeForm":
        """Offer standing units and acceptors; return the form."""
        self.unit_id.choices = offered((0, "–"), *units)
        self.acceptor_id.choices = offered((0, "–"), *persons)
        return self

    def show(self, committee: Committee) -> "CommitteeForm":
        """Choose nobody where the committee names nobody; return the form."""
        self.unit_id.data = committee.unit_id or 0
        self.acceptor_id.data = committee.acceptor_id or 0
        return self

    def said(self) -> CommitteeData:
        """Return what was typed."""
        return CommitteeData(
            code=self.code.data or "",
            name=self.name.data or "",
            short_name=self.short_name.data or "",
            unit_id=self.unit_id.data or None,
            acceptor_id=self.acceptor_id.data or None,
            before_excludes_day=bool(self.before_excludes_day.data),
            rolls_to_workday=bool(self.rolls_to_workday.data),
            urgings_before_session=self.urgings_before_session.data or 3,
            most_extensions=self.most_extensions.data,
        )


class MemberFields(PlainForm):
    """One row of the list of members."""

    name = StringField(_l("Name"), [Optional(), OneLine()])
    title = StringField(_l("Title"), [Optional(), OneLine()])
    fields = StringField(_l("Fields answered for"), [Optional(), OneLine()])
    person_id = SelectField(_l("Account"), coerce=int, default=0)


class MembersForm(Form):
    """The members of a committee; a row without a name is left out."""

    members = FieldList(FormField(MemberFields), _l("Members"), max_entries=MOST_MEMBERS)

    def offer(self, persons: Choices) -> "MembersForm":
        """Offer `persons` in every row; return the form."""
        for entry in self.members:
            entry.form.person_id.choices = offered((0, "–"), *persons)
        return self

    def show(self, committee: Committee) -> "MembersForm":
        """Fill the form with the members and blank rows; return it."""
        for member in committee.members:
            self.members.append_entry(
                {
                    "name": member.name,
                    "title": member.title,
                    "fields": member.fields,
                    "person_id": member.person_id or 0,
                }
            )
        for _ in range(BLANK_MEMBERS):
            self.members.append_entry()
        return self

    def said(self) -> list[MemberData]:
        """Return the rows that have a name or anything else typed."""
        rows = [entry.form for entry in self.members]
        return [
            MemberData(
                name=row.name.data or "",
                title=row.title.data or "",
                fields=row.fields.data or "",
                person_id=row.person_id.data or None,
            )
            for row in rows
            if row.name.data or row.title.data or row.fields.data
        ]
