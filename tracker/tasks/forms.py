"""Forms of the acts on a task: shape and wording."""

from collections.abc import Iterable
from enum import StrEnum

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import MultipleFileField
from wtforms import (
    BooleanField,
    FieldList,
    FormField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms import Form as PlainForm
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import HiddenInput

from tracker.deadlines.rules import DeadlineBasis, DeadlineKind
from tracker.tasks.rules import (
    DecisionKind,
    ExtensionVerdict,
    LeftWhy,
    ReturnAnswer,
    Stage,
    TimeKind,
)
from tracker.web import DayField, Form, OneLine
from tracker.words import label_of

REQUIRED = _l("Fill in this field.")
FILE_HELP = _l(
    "A photo straight from the phone will do. At most 20 MB a file. No secret documents."
)
PERCENT_CHOICES = (20, 40, 60, 80, 100)
FILES_TAKEN = {"accept": "image/*,.pdf,.docx,.xlsx,.pptx,.txt,.csv"}


def words(members: Iterable[StrEnum], blank: object = None) -> list[SelectChoice]:
    """Return a closed set as choices with its labels, after `blank` where one is given."""
    choices = [SelectChoice(member.value, _(label_of(member))) for member in members]
    return choices if blank is None else [SelectChoice("", str(blank)), *choices]


def numbered(pairs: Iterable[tuple[int, str]]) -> list[SelectChoice]:
    """Return (id, name) pairs as choices."""
    return [SelectChoice(str(number), name) for number, name in pairs]


class LeadersWord:
    """What a form asks where the secretariat records the decision of a leader."""

    reference = StringField(
        _l("Number and date of the document"), [Optional(), OneLine(), Length(max=300)]
    )
    on_behalf_of = StringField(
        _l("Decided by (a leader who does not sign in)"), [Optional(), OneLine(), Length(max=300)]
    )


class ProgressForm(Form):
    """Three fields: what was done, how far, and what shows it."""

    text = TextAreaField(
        _l("Results so far"),
        [InputRequired(REQUIRED), Length(max=20_000)],
        description=_l("A sentence or two: what is done, what remains."),
    )
    percent = RadioField(
        _l("Progress"),
        [Optional()],
        choices=[SelectChoice(str(n), f"{n}\N{NO-BREAK SPACE}%") for n in PERCENT_CHOICES],
    )
    exact = IntegerField(_l("Or the exact percentage"), [Optional(), NumberRange(min=0, max=100)])
    files = MultipleFileField(
        _l("Evidence"), [Optional()], description=FILE_HELP, render_kw=FILES_TAKEN
    )
    stage = SelectField(_l("Stage of the document"), [Optional()])
    difficulty = TextAreaField(
        _l("Difficulties; support that is needed"), [Optional(), Length(max=5000)]
    )
    on_behalf_of = StringField(_l("Recorded on behalf of"), [OneLine(), Length(max=300)])
    finished = BooleanField(_l("Finished: report completion for confirmation"))

    def prepare(self) -> None:
        """Fill the choices in the reader's language."""
        self.stage.choices = words(Stage, blank=_("not said"))

    def percent_given(self, otherwise: int) -> int:
        """Return the exact percentage, else the chosen one, else `otherwise`."""
        if self.exact.data is not None:
            return int(self.exact.data)
        return int(self.percent.data) if self.percent.data else otherwise


class LinkReportForm(Form):
    """A report by a mail's link: what was done, how far, what stands in the way."""

    text = TextAreaField(
        _l("Results so far"),
        [InputRequired(REQUIRED), Length(max=20_000)],
        description=_l("A sentence or two: what is done, what remains."),
    )
    percent = RadioField(
        _l("Progress"),
        [Optional()],
        choices=[SelectChoice(str(n), f"{n}\N{NO-BREAK SPACE}%") for n in PERCENT_CHOICES],
    )
    difficulty = TextAreaField(
        _l("Difficulties; support that is needed"), [Optional(), Length(max=5000)]
    )


class PartForm(Form):
    """What a coordinating unit did of its part."""

    text = TextAreaField(_l("What the unit did"), [InputRequired(REQUIRED), Length(max=20_000)])
    files = MultipleFileField(
        _l("Evidence"), [Optional()], description=FILE_HELP, render_kw=FILES_TAKEN
    )
    done = BooleanField(_l("Our part is done"))


class PartFields(PlainForm):
    """One coordinating unit's row."""

    unit_id = IntegerField(widget=HiddenInput())
    part = TextAreaField(_l("Part"), [Optional(), Length(max=5000)])
    due_on = DayField(_l("Deadline"), [Optional()])


class PartsForm(Form):
    """What every coordinating unit contributes, and by when."""

    parts = FieldList(FormField(PartFields), _l("Coordinating units"), max_entries=500)


class HandInForm(Form):
    """The report of completion: result, document, evidence."""

    result = TextAreaField(
        _l("Result"),
        [InputRequired(REQUIRED), Length(max=20_000)],
        description=_l("What was achieved; the product where one was ordered."),
    )
    document_number = StringField(
        _l("Number of the document"), [Optional(), OneLine(), Length(max=100)]
    )
    document_date = DayField(_l("Date of the document"), [Optional()])
    files = MultipleFileField(
        _l("Evidence"), [Optional()], description=FILE_HELP, render_kw=FILES_TAKEN
    )
    on_behalf_of = StringField(_l("Recorded on behalf of"), [OneLine(), Length(max=300)])
    handed_in_on = DayField(_l("Day on which it was reported"), [Optional()])


class DecisionForm(Form):
    """Confirm completion, or send back with a reason; the button pressed decides."""

    reason = TextAreaField(
        _l("Reason, if it is sent back"),
        [Optional(), Length(max=5000)],
        description=_l("The unit is told in these words."),
    )


class OfficerForm(Form):
    """Who does the task."""

    officer = SelectField(
        _l("Responsible officer"), [Optional()], coerce=lambda value: int(value or 0)
    )


class DeadlineForm(Form, LeadersWord):
    """What is said of a task's time, on which basis and why."""

    time = RadioField(_l("Time"), [InputRequired(REQUIRED)])
    due_on = DayField(_l("Deadline"), [Optional()], description=_l("dd/mm/yyyy"))
    text = StringField(_l("In these words"), [Optional(), OneLine(), Length(max=1000)])
    kind = SelectField(_l("Form of the deadline"), [Optional()])
    basis = SelectField(_l("The date rests on"), [Optional()])
    reason = TextAreaField(_l("Reason of the change"), [Optional(), Length(max=5000)])

    def prepare(self) -> None:
        """Fill the choices in the reader's language."""
        self.time.choices = words(TimeKind)
        self.kind.choices = words(DeadlineKind)
        official = [basis for basis in DeadlineBasis if basis is not DeadlineBasis.PROPOSED]
        self.basis.choices = words(official, blank=_("not said"))


class ReturnForm(Form):
    """Why a task is not the unit's, and whose it is."""

    reason = TextAreaField(
        _l("Why it is not your unit's task"), [InputRequired(REQUIRED), Length(max=5000)]
    )
    proposed_unit = SelectField(
        _l("Unit that should lead it"), [Optional()], coerce=lambda value: int(value or 0)
    )


class ReturnAnswerForm(Form, LeadersWord):
    """The answer to a returned task."""

    answer = RadioField(_l("Decision"), [InputRequired(REQUIRED)])
    lead_unit = SelectField(
        _l("Unit that leads from now on"), [Optional()], coerce=lambda value: int(value or 0)
    )
    reason = TextAreaField(
        _l("Reason"),
        [Optional(), Length(max=5000)],
        description=_l("Needed if the unit keeps the task. The unit is told in these words."),
    )

    def prepare(self) -> None:
        """Fill the choices in the reader's language."""
        self.answer.choices = words(ReturnAnswer)


class ExtensionForm(Form):
    """A request for more time: until when, why, what is done."""

    due_on = DayField(_l("New deadline"), [InputRequired(REQUIRED)], description=_l("dd/mm/yyyy"))
    reason = TextAreaField(
        _l("Why more time is needed"), [InputRequired(REQUIRED), Length(max=5000)]
    )
    done_so_far = TextAreaField(_l("Results so far"), [InputRequired(REQUIRED), Length(max=5000)])
    files = MultipleFileField(
        _l("Evidence"), [Optional()], description=FILE_HELP, render_kw=FILES_TAKEN
    )
    on_behalf_of = StringField(_l("Recorded on behalf of"), [OneLine(), Length(max=300)])


class ExtensionDecisionForm(Form, LeadersWord):
    """The answer to a request for more time."""

    verdict = RadioField(_l("Decision"), [InputRequired(REQUIRED)])
    due_on = DayField(
        _l("Shorter deadline"),
        [Optional()],
        description=_l(
            "Only for “agreed, shorter”: between the present deadline and the one asked for."
        ),
    )
    reason = TextAreaField(
        _l("Reason"),
        [Optional(), Length(max=5000)],
        description=_l("Needed for a shorter time or a refusal. The unit is told in these words."),
    )

    def prepare(self) -> None:
        """Fill the choices in the reader's language."""
        self.verdict.choices = words(ExtensionVerdict)


class WithdrawForm(Form):
    """Why and from when a task leaves the count."""

    why = RadioField(_l("The task is"), [InputRequired(REQUIRED)])
    reason = TextAreaField(_l("Reason"), [InputRequired(REQUIRED), Length(max=5000)])
    left_on = DayField(_l("Day of the decision"), [InputRequired(REQUIRED)])
    reference = StringField(
        _l("Number and date of the document"), [Optional(), OneLine(), Length(max=300)]
    )
    other_code = StringField(
        _l("Code of the other task, if joined or superseded"),
        [Optional(), OneLine(), Length(max=60)],
    )

    def prepare(self) -> None:
        """Fill the choices in the reader's language."""
        self.why.choices = words(LeftWhy)


class LeaderDecisionForm(Form):
    """A leader's decision, with the document or a photo of the handwritten note."""

    leader = StringField(
        _l("Leader who decided"), [InputRequired(REQUIRED), OneLine(), Length(max=300)]
    )
    kind = RadioField(_l("Decision"), [InputRequired(REQUIRED)])
    text = TextAreaField(_l("In these words"), [Optional(), Length(max=5000)])
    reference = StringField(
        _l("Number and date of the document"), [Optional(), OneLine(), Length(max=300)]
    )
    files = MultipleFileField(
        _l("Photo of the handwritten note"), [Optional()], render_kw=FILES_TAKEN
    )

    def prepare(self) -> None:
        """Fill the choices in the reader's language."""
        self.kind.choices = words(
            [kind for kind in DecisionKind if kind is not DecisionKind.DEADLINE]
        )


class TaskTextForm(Form):
    """The words of a task; `edition` is the one that was read."""

    title = TextAreaField(_l("Task"), [InputRequired(REQUIRED), Length(max=5000)])
    product = TextAreaField(_l("Product"), [Optional(), Length(max=5000)])
    coordinating = SelectMultipleField(
        _l("Coordinating units"), [Optional()], coerce=int, validate_choice=True
    )
    field = StringField(_l("Field"), [Optional(), OneLine(), Length(max=200)])
    leader = StringField(_l("Directing leader"), [Optional(), OneLine(), Length(max=200)])
    star = BooleanField(_l("Priority task"))
    superior_due_on = DayField(_l("Deadline set by the superior level"), [Optional()])
    external_code = StringField(
        _l("Code in another system"), [Optional(), OneLine(), Length(max=100)]
    )
    tracked_in = StringField(
        _l("Followed in another system"),
        [Optional(), OneLine(), Length(max=200)],
        description=_l("Name of the system; the task is then read-only here."),
    )
    note = TextAreaField(_l("Note"), [Optional(), Length(max=5000)])
    edition = HiddenField(validators=[InputRequired(REQUIRED)])
