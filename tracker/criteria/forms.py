"""Forms of editions and criteria."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional

from tracker.criteria.actions import CriterionData, EditionData
from tracker.criteria.models import Criterion, Edition
from tracker.criteria.reading import level_of
from tracker.criteria.rules import RuleKind
from tracker.criteria.sheet_pages import ImportForm
from tracker.units.rules import UnitKind
from tracker.web import Form, OneLine, PointsField, label, offered

REQUIRED = _l("Fill in this field.")


def level_words(level: str) -> str:
    """Return the reader's word for the kind of unit that an edition is for."""
    known = {kind.value: kind for kind in UnitKind}
    return label(known[level]) if level in known else level


class EditionForm(Form):
    """One edition of an index."""

    name = StringField(_l("Name"), [Optional(), OneLine()])
    index = StringField(
        _l("Index"), [InputRequired(REQUIRED), OneLine()], description=_l("PAR Index, DTI, SIPAS …")
    )
    code = StringField(_l("Code of the edition"), [InputRequired(REQUIRED), OneLine()])
    year = IntegerField(_l("Year"), [InputRequired(_l("Write the year, for example 2025."))])
    level = StringField(
        _l("Level"),
        [Optional(), OneLine()],
        description=_l("The kind of unit it is for: ward, department, district …"),
    )
    scale = PointsField(
        _l("Scale"), [InputRequired(REQUIRED)], description=_l("The sum of maxima: 100, 60, 600 …")
    )
    closed = BooleanField(
        _l("Closed"), description=_l("The results are settled: scores change no more.")
    )

    def show(self, edition: Edition) -> "EditionForm":
        """Fill the form with what is kept; return it."""
        for name in ("name", "index", "code", "year", "level", "scale", "closed"):
            self[name].data = getattr(edition, name)
        self.level.data = level_words(edition.level)
        return self

    def said(self) -> EditionData:
        """Return what was typed."""
        return EditionData(
            code=self.code.data or "",
            index=self.index.data or "",
            year=self.year.data,
            scale=self.scale.data,
            level=level_of((self.level.data or "").strip()),
            name=self.name.data or "",
            closed=bool(self.closed.data),
        )


class CriteriaImportForm(ImportForm):
    """A sheet of criteria to be taken in."""

    as_printed = BooleanField(_l("Keep maxima that do not add up as printed, and list them"))


class CriterionForm(Form):
    """One criterion of an edition."""

    code = StringField(_l("Code"), [InputRequired(REQUIRED), OneLine()])
    name = TextAreaField(_l("Name"), [InputRequired(REQUIRED)])
    parent_id = SelectField(_l("Part of"), coerce=int)
    max_points = PointsField(
        _l("Maximum points"),
        [InputRequired(REQUIRED)],
        description=_l("Comma or point: 1,25 or 1.25."),
    )
    kind = SelectField(_l("How it is scored"))
    rule_text = TextAreaField(_l("Scoring rule, as printed"), [Optional()])
    survey = BooleanField(_l("Scored by a survey of people and organisations"))

    def offer(self, above: list[tuple[int, str]]) -> "CriterionForm":
        """Offer the criteria that it may be a part of; return the form."""
        self.parent_id.choices = offered((0, "–"), *above)
        self.kind.choices = offered(
            ("", _l("Judged; a group where it has parts")),
            *((kind.value, label(kind)) for kind in RuleKind),
        )
        return self

    def show(self, criterion: Criterion) -> "CriterionForm":
        """Fill the form with what is kept; return it."""
        for name in ("code", "name", "max_points", "rule_text", "survey"):
            self[name].data = getattr(criterion, name)
        self.parent_id.data = criterion.parent_id or 0
        self.kind.data = criterion.rule_kind.value
        return self

    def said(self) -> CriterionData:
        """Return what was typed."""
        return CriterionData(
            code=self.code.data or "",
            name=self.name.data or "",
            max_points=self.max_points.data,
            parent_id=self.parent_id.data or None,
            kind=RuleKind(self.kind.data) if self.kind.data else None,
            rule_text=self.rule_text.data or "",
            survey=bool(self.survey.data),
        )
