"""Forms of meetings, notices and their review."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length, Optional

from tracker.conclusions.models import Clause, Proposal
from tracker.conclusions.review_rules import Said, said_of
from tracker.conclusions.rules import Attendance, ClauseVerdict, Fate, RaisedKind, SourceKind
from tracker.conclusions.typed import ClauseEdit, ProposalEdit
from tracker.web import DayField, Form, OneLine, an_id, day, edition_in
from tracker.words import labels_of

REQUIRED = _l("Fill in this field.")
NO_CHOICE = ""
Typed = MultiDict[str, str] | None


def choices(words: Any, but: str = "", only: str = "") -> list[SelectChoice]:
    """Return value and label of a closed set, in the reader's language."""
    return [
        SelectChoice(value, _l(label))
        for value, label in labels_of(words).items()
        if value != but and (not only or value in only.split())
    ]


def chosen_from(rows: Iterable[tuple[int, str]], none: Any = "–") -> list[SelectChoice]:
    """Return the choices of an id, an empty one first."""
    return [SelectChoice(NO_CHOICE, none), *(SelectChoice(row[0], row[1]) for row in rows)]


def number_or_none(text: Any) -> int | None:
    """Return a chosen id, or None for no choice."""
    return an_id(str(text)) if text not in {None, "", "None"} else None


class MeetingForm(Form):
    """A session, conference, inspection or other source."""

    kind = SelectField(_l("Source"), choices=choices(SourceKind))
    title = StringField(
        _l("Name of the meeting or source"), [InputRequired(REQUIRED), OneLine(), Length(max=500)]
    )
    held_on = DayField(_l("Day"), [InputRequired(REQUIRED)])
    place = StringField(_l("Place"), [Optional(), OneLine(), Length(max=300)])
    inspected_unit = SelectField(
        _l("Inspected unit"), [Optional()], coerce=number_or_none, validate_choice=False
    )
    summary = TextAreaField(_l("Summary"), [Optional(), Length(max=20_000)])
    edition = HiddenField()


class ParticipantForm(Form):
    """Somebody who took part."""

    name = StringField(_l("Name"), [InputRequired(REQUIRED), OneLine(), Length(max=200)])
    title = StringField(_l("Post"), [Optional(), OneLine(), Length(max=300)])
    attendance = SelectField(_l("Takes part as"), choices=choices(Attendance))
    concludes = BooleanField(_l("Gives conclusions"))


class MatterForm(Form):
    """A difficulty or proposal that a unit raised."""

    kind = SelectField(_l("What"), choices=choices(RaisedKind))
    unit = SelectField(_l("Unit"), [Optional()], coerce=number_or_none, validate_choice=False)
    text = TextAreaField(_l("What was raised"), [InputRequired(REQUIRED), Length(max=5_000)])


class FindingForm(Form):
    """A finding of an inspection."""

    text = TextAreaField(_l("Finding"), [InputRequired(REQUIRED), Length(max=5_000)])
    good = BooleanField(_l("A good result, nothing to mend"))


class NoticeForm(Form):
    """A new notice on one page: its source, its text, and the signature if it is there already."""

    meeting = SelectField(_l("Meeting or source"), coerce=number_or_none, validate_choice=False)
    kind = SelectField(_l("Source"), choices=choices(SourceKind))
    meeting_title = StringField(_l("Name of the meeting or source"), [OneLine(), Length(max=500)])
    held_on = DayField(_l("Day"))
    place = StringField(_l("Place"), [Optional(), OneLine(), Length(max=300)])
    inspected_unit = SelectField(_l("Inspected unit"), coerce=number_or_none, validate_choice=False)
    concluding = TextAreaField(
        _l("Who concludes"),
        [Optional(), Length(max=2_000)],
        description=_l("One person a line: name – post."),
    )
    title = StringField(
        _l("Excerpt"),
        [OneLine(), Length(max=500)],
        description=_l("Left blank, it is taken from the text."),
    )
    file = FileField(
        _l("File of the notice"), description=_l(".docx, .pdf, .html or .txt, at most 20 MB")
    )
    kept = HiddenField()
    text = TextAreaField(_l("Or type or paste its text"))
    number = StringField(_l("Number"), [OneLine(), Length(max=100)])
    issued_on = DayField(_l("Date of the notice"))
    signer = StringField(_l("Signed by"), [Optional(), OneLine(), Length(max=300)])
    secret = BooleanField(_l("The document is secret"))


class TextForm(Form):
    """The text of a draft, entered anew."""

    file = FileField(
        _l("File of the notice"), description=_l(".docx, .pdf, .html or .txt, at most 20 MB")
    )
    text = TextAreaField(_l("Or type or paste its text"))
    discard = BooleanField(_l("Discard what has been confirmed"))


class SignatureForm(Form):
    """Number and date as the registry gave them."""

    number = StringField(_l("Number"), [InputRequired(REQUIRED), OneLine(), Length(max=100)])
    issued_on = DayField(_l("Date of the notice"), [InputRequired(REQUIRED)])
    signer = StringField(_l("Signed by"), [Optional(), OneLine(), Length(max=300)])
    file = FileField(
        _l("Signed file or scan"), [Optional()], description=_l("PDF, Word or a picture")
    )


class FilesForm(Form):
    """A further file of a notice."""

    file = FileField(_l("Signed file or scan"), description=_l("PDF, Word or a picture"))


class ClauseForm(Form):
    """What the secretary decides on one clause."""

    edition = HiddenField()
    verdict = SelectField(
        _l("Kind"),
        choices=choices(ClauseVerdict, but="open"),
    )
    reason = StringField(_l("Reason"), [Optional(), OneLine(), Length(max=1_000)])
    concluded_by = SelectField(
        _l("Concluded by"), [Optional()], coerce=number_or_none, validate_choice=False
    )


class ProposalForm(Form):
    """One task or target of a clause."""

    kind = SelectField(
        _l("Kind"), choices=choices(ClauseVerdict, only="task target"), validate_choice=False
    )
    title = TextAreaField(_l("Work"), [Optional(), Length(max=5_000)])
    lead = StringField(_l("Lead"), [Optional(), Length(max=20_000)])
    coordinate = StringField(_l("Coordinating"), [Optional(), Length(max=20_000)])
    said = SelectField(
        _l("Deadline"),
        [Optional()],
        choices=[SelectChoice(NO_CHOICE, _l("– not said yet –")), *choices(Said)],
    )
    due = StringField(_l("Date"), [Optional(), OneLine(), Length(max=200)])
    reference = StringField(_l("Document and date"), [Optional(), OneLine(), Length(max=300)])
    product = StringField(_l("Product"), [Optional(), OneLine(), Length(max=1_000)])
    target_value = StringField(_l("To reach"), [Optional(), OneLine(), Length(max=60)])
    star = BooleanField(_l("Priority task"))
    field = StringField(_l("Field of work"), [Optional(), OneLine(), Length(max=200)])
    lead_decided_by = StringField(
        _l("Leader's decision on one lead"), [Optional(), OneLine(), Length(max=300)]
    )
    cut = HiddenField()
    units_asked = HiddenField()
    unit = SelectMultipleField(
        _l("Units"), coerce=number_or_none, validate_choice=False, choices=[]
    )
    earlier = HiddenField()
    fate = SelectField(_l("The earlier task"), [Optional()], choices=choices(Fate))

    def shown(self) -> str:
        """Return "target" or "task", as chosen."""
        return str(self.kind.data or "task")


def proposal_prefix(proposal_id: int) -> str:
    """Return what the names of a proposal's fields begin with."""
    return f"p{proposal_id}-"


def clause_form(
    clause: Clause, *, edition: int, verdict: ClauseVerdict, typed: Typed = None
) -> ClauseForm:
    """Return the form of a clause with what is stored, or with what was `typed` in a draft."""
    form = ClauseForm(
        formdata=typed,
        prefix=f"c{clause.id}-",
        data={
            "edition": edition,
            "verdict": verdict.value,
            "reason": clause.reason,
            "concluded_by": clause.concluded_by_id,
        },
        meta={"csrf": False},
    )
    form.concluded_by.choices = concluding(clause)
    return form


def concluding(clause: Clause) -> list[SelectChoice]:
    """Return who may have concluded a clause, with an empty choice first."""
    meeting = clause.notice.meeting
    persons = [p for p in meeting.participants if p.concludes] if meeting else []
    return chosen_from((person.id, person.name) for person in persons)


def proposal_form(proposal: Proposal, typed: Typed = None, fate: Fate = Fate.STAYS) -> ProposalForm:
    """Return the form of a proposal with what is stored, or with what was `typed` in a draft.

    `fate` is what was said of the earlier tasks that are shown beside it.
    """
    said = said_of(proposal)
    drafted = typed is not None and f"{proposal_prefix(proposal.id)}title" in typed
    return ProposalForm(
        formdata=typed if drafted else None,
        prefix=proposal_prefix(proposal.id),
        data={
            "kind": "target" if proposal.target else "task",
            "title": proposal.title,
            "lead": proposal.lead_text,
            "coordinate": proposal.coordinate_text,
            "said": said.value if said else NO_CHOICE,
            "due": day(proposal.due_on),
            "reference": proposal.basis_reference,
            "product": proposal.product,
            "target_value": proposal.target_value,
            "star": proposal.star,
            "field": proposal.field,
            "lead_decided_by": proposal.lead_decided_by,
            "unit": [part.unit_id for part in proposal.units if part.lead and not part.left_out],
            "fate": fate.value,
        },
        meta={"csrf": False},
    )


def clause_edit(clause: Clause, form: ClauseForm, proposals: dict[int, ProposalForm]) -> ClauseEdit:
    """Return what was typed, as the action takes it."""
    stored = {proposal.id: proposal for proposal in clause.proposals}
    return ClauseEdit(
        clause_id=clause.id,
        edition=edition_in(form.edition.data),
        verdict=ClauseVerdict(form.verdict.data),
        reason=form.reason.data or "",
        concluded_by_id=form.concluded_by.data,
        proposals=tuple(
            _proposal_edit(stored[proposal_id], typed) for proposal_id, typed in proposals.items()
        ),
    )


def _proposal_edit(proposal: Proposal, typed: ProposalForm) -> ProposalEdit:
    left_out = None
    if typed.units_asked.data:
        named = {part.unit_id for part in proposal.units if part.lead}
        left_out = frozenset(named - set(typed.unit.data or ()))
    return ProposalEdit(
        proposal_id=proposal.id,
        title=" ".join((typed.title.data or "").split()),
        lead=typed.lead.data or "",
        coordinate=typed.coordinate.data or "",
        said=Said(typed.said.data) if typed.said.data else None,
        due=typed.due.data or "",
        reference=typed.reference.data or "",
        product=typed.product.data or "",
        target=typed.shown() == "target",
        target_value=typed.target_value.data or "",
        star=bool(typed.star.data),
        field=typed.field.data or "",
        lead_decided_by=typed.lead_decided_by.data or "",
        left_out=left_out,
        fate=Fate(typed.fate.data) if typed.fate.data else None,
        earlier=tuple(
            int(word)
            for word in (typed.earlier.data or "").split()
            if word.isdecimal() and len(word) < 10
        ),
    )
