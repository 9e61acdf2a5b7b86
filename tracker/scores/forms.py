"""Forms of results, remediation, indicators, assessment."""

from collections.abc import Mapping
from datetime import date

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    MultipleFileField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, NumberRange, Optional

from tracker.scores.models import IndexResult, Remedy, Score
from tracker.scores.remedies import RemedyData
from tracker.scores.remedy_page import Choices
from tracker.scores.rounds import ROUND_OF, Round
from tracker.scores.rules import CauseClass, Confidence, Direction, Measure
from tracker.web import NO_BREAK, DayField, Form, OneLine, PointsField, label, offered

REQUIRED = _l("Fill in this field.")
WHOLE = _l("Write a whole number.")


def count_field(text: str) -> IntegerField:
    """Return a field for a whole number that may stay blank."""
    return IntegerField(text, [Optional(), NumberRange(1, 100_000, WHOLE)])


class RemedyForm(Form):
    """The remediation form of one criterion."""

    edition = HiddenField(default="0")
    cause_class = SelectField(_l("Cause"))
    expected_points = PointsField(_l("Points expected back"), [InputRequired(REQUIRED)])
    confidence = SelectField(_l("Confidence"), [Optional()])
    cause = TextAreaField(_l("The cause in detail"), [Optional()])
    solution = TextAreaField(_l("Remedy"), [InputRequired(REQUIRED)])
    owner_unit_id = SelectField(_l("Unit responsible"), coerce=int)
    officer_id = SelectField(_l("Officer"), coerce=int)
    due_on = DayField(_l("Deadline"), [InputRequired(REQUIRED)])
    evidence_needed = StringField(_l("Evidence needed"), [Optional(), OneLine()])
    task_ids = SelectMultipleField(
        _l("Linked tasks"),
        [Optional()],
        coerce=int,
        description=_l("Open tasks of the unit. Hold Ctrl to choose several."),
    )

    def offer(self, choices: Choices) -> "RemedyForm":
        """Offer causes, units, officers and tasks; return the form."""
        self.cause_class.choices = offered(*((cause.value, label(cause)) for cause in CauseClass))
        self.confidence.choices = offered(
            ("", "–"), *((sure.value, label(sure)) for sure in Confidence)
        )
        self.owner_unit_id.choices = offered(*choices.units)
        self.officer_id.choices = offered((0, "–"), *choices.officers)
        self.task_ids.choices = offered(*choices.tasks)
        return self

    def show(self, remedy: Remedy) -> "RemedyForm":
        """Fill the form with what is kept; return it."""
        for name in ("expected_points", "cause", "solution", "due_on", "evidence_needed"):
            self[name].data = getattr(remedy, name)
        self.edition.data = str(remedy.edition)
        self.cause_class.data = remedy.cause_class.value
        self.confidence.data = remedy.confidence.value if remedy.confidence else ""
        self.owner_unit_id.data = remedy.owner_unit_id
        self.officer_id.data = remedy.officer_id or 0
        self.task_ids.data = [task.id for task in remedy.tasks]
        return self

    def said(self) -> RemedyData:
        """Return what was typed."""
        return RemedyData(
            cause_class=CauseClass(self.cause_class.data),
            solution=self.solution.data or "",
            owner_unit_id=self.owner_unit_id.data,
            due_on=self.due_on.data,
            expected_points=self.expected_points.data,
            cause=self.cause.data or "",
            officer_id=self.officer_id.data or None,
            confidence=Confidence(self.confidence.data) if self.confidence.data else None,
            evidence_needed=self.evidence_needed.data or "",
            task_ids=tuple(self.task_ids.data or ()),
        )


class RemedyProgressForm(Form):
    """A record of progress on a remediation form."""

    text = TextAreaField(_l("What was done"), [InputRequired(REQUIRED)])
    percent = RadioField(
        _l("How far"),
        default="0",
    )
    files = MultipleFileField(_l("Supporting documents"), [Optional()])
    document_number = StringField(
        _l("Number of a document"), [Optional(), OneLine()], description=_l("Instead of a file.")
    )

    def offer(self, present: int) -> "RemedyProgressForm":
        """Offer quarters and the percentage reached so far; return the form."""
        steps = sorted({0, 25, 50, 75, 100, present})
        self.percent.choices = offered(*((str(step), f"{step}{NO_BREAK}%") for step in steps))
        return self


class ResultForm(Form):
    """A published result of a unit."""

    criterion_id = SelectField(_l("Of what"), coerce=int)
    value = PointsField(
        _l("Value"), [Optional()], description=_l("Comma or point: 73,63 or 73.63.")
    )
    measure = SelectField(_l("Measured in"))
    change = PointsField(_l("Change against last year"), [Optional()])
    rank = count_field(_l("Rank"))
    ranked = count_field(_l("of how many units"))
    rank_change = IntegerField(
        _l("Places gained"), [Optional()], description=_l("Minus for places lost.")
    )
    block = StringField(_l("Ranked in which block"), [Optional(), OneLine()])
    band = StringField(_l("Band"), [Optional(), OneLine()])

    def offer(self, fields: list[tuple[int, str]]) -> "ResultForm":
        """Offer the whole and the fields; return the form."""
        self.criterion_id.choices = offered((0, _l("The whole index")), *fields)
        measures = (Measure.POINTS, Measure.PERCENT, Measure.NUMBER)
        self.measure.choices = offered(*((measure.value, label(measure)) for measure in measures))
        return self

    def show(self, result: IndexResult) -> "ResultForm":
        """Fill the form with what is kept; return it."""
        for name in ("value", "change", "rank", "ranked", "rank_change", "block", "band"):
            self[name].data = getattr(result, name)
        self.criterion_id.data = result.criterion_id or 0
        self.measure.data = result.measure.value
        return self


class TargetForm(Form):
    """What an indicator must reach."""

    name = StringField(_l("Indicator"), [InputRequired(REQUIRED), OneLine()])
    measure = SelectField(_l("Measured in"))
    direction = SelectField(_l("Direction"))
    value = PointsField(_l("Value to reach"), [InputRequired(REQUIRED)])
    ranked = count_field(_l("of how many units (for a rank)"))
    due_on = DayField(_l("Until"), [Optional()])
    unit_id = SelectField(_l("Unit"), coerce=int)

    def offer(self, units: list[tuple[int, str]]) -> "TargetForm":
        """Offer measures, directions and units; return the form."""
        self.measure.choices = offered(*((measure.value, label(measure)) for measure in Measure))
        self.direction.choices = offered(
            ("", _l("As usual: a smaller rank, else a higher value")),
            *((way.value, label(way)) for way in Direction),
        )
        self.unit_id.choices = offered((0, _l("The whole")), *units)
        return self


class MeasurementForm(Form):
    """One measured value."""

    on = DayField(_l("Day"), [InputRequired(REQUIRED)])
    value = PointsField(_l("Value"), [InputRequired(REQUIRED)])
    ranked = count_field(_l("of how many units (for a rank)"))
    unit_id = SelectField(_l("Unit"), coerce=int)

    def offer(self, units: list[tuple[int, str]]) -> "MeasurementForm":
        """Offer the units that may be measured; return the form."""
        self.unit_id.choices = offered(*units)
        return self


class RoundsForm(Form):
    """The last day of each round of an edition."""

    self_ = DayField(_l("Self-score"), [Optional()])
    appraisal_1 = DayField(_l("Appraisal 1"), [Optional()])
    additions = DayField(_l("Explanation and additions"), [Optional()])
    appraisal_2 = DayField(_l("Appraisal 2"), [Optional()])
    final = DayField(_l("Final score"), [Optional()])

    def show(self, days: Mapping[Round, date]) -> "RoundsForm":
        """Fill the form with what is kept; return it."""
        for name, round_ in FIELD_ROUNDS.items():
            self[name].data = days.get(round_)
        return self

    def said(self) -> dict[Round, date | None]:
        """Return what was typed."""
        return {round_: self[name].data for name, round_ in FIELD_ROUNDS.items()}


FIELD_ROUNDS = dict(
    zip(("self_", "appraisal_1", "additions", "appraisal_2", "final"), Round, strict=True)
)


class SheetForm(Form):
    """What is entered of one criterion of a unit; only the fields of open rounds are shown."""

    self_score = PointsField(_l("Self-score"), [Optional()])
    part = PointsField(_l("How many"), [Optional()])
    whole = PointsField(_l("of how many"), [Optional()])
    explanation = TextAreaField(
        _l("Explanation"),
        [Optional()],
        description=_l("Needed where there is no evidence: how the points are reckoned."),
    )
    appraised_1 = PointsField(_l("Appraisal 1"), [Optional()])
    note_1 = TextAreaField(_l("Note of the appraiser"), [Optional()])
    addition = TextAreaField(_l("Explanation and additions"), [Optional()])
    appraised_2 = PointsField(_l("Appraisal 2"), [Optional()])
    note_2 = TextAreaField(_l("Note of the appraiser"), [Optional()])
    survey_score = PointsField(_l("Survey"), [Optional()])
    final_score = PointsField(_l("Final score"), [Optional()])
    not_applicable = BooleanField(_l("Not applicable"))
    files = MultipleFileField(_l("Supporting documents"), [Optional()])
    document_number = StringField(
        _l("Number of a document"), [Optional(), OneLine()], description=_l("Instead of a file.")
    )
    document_date = DayField(_l("Date of the document"), [Optional()])
    issuer = StringField(_l("Issued by"), [Optional(), OneLine()])

    def show(self, score: Score | None) -> "SheetForm":
        """Fill the form with what is kept; return it."""
        if score is not None:
            for name in ROUND_OF:
                self[name].data = getattr(score, name)
        return self
