"""The form of a ladder."""

import re

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FieldList, FormField, IntegerField, SelectField, StringField
from wtforms import Form as PlainForm
from wtforms.validators import NumberRange, Optional, Regexp

from tracker.reminders.ladders import FURTHEST, Audience, Ladder, LadderKind, Rung
from tracker.web import Form, label, offered

NUMBERS = re.compile(r"\d{1,3}")
BLANK_RUNGS = 2
MOST_RUNGS = 12
TO_SECRETARIAT = (LadderKind.WAITING, LadderKind.UNDATED, LadderKind.EXTENSION)

_DAYS = NumberRange(0, FURTHEST, _l("Give a number of working days, 500 at most."))


class RungFields(PlainForm):
    """One step after the day; without days it is left out."""

    days = IntegerField(_l("Working days after"), [Optional(), _DAYS])
    to = SelectField(_l("Who is reminded"))


class LadderForm(Form):
    """The steps of a ladder."""

    on = BooleanField(_l("Send these reminders"))
    before = StringField(
        _l("Working days before"),
        [Optional(), Regexp(r"[\d\s,;]*$", message=_l("Write numbers, for example 7, 3, 1."))],
        description=_l("Numbers, for example 7, 3, 1."),
    )
    on_the_day = BooleanField(_l("On the day itself"))
    after = FieldList(FormField(RungFields), _l("After the day"), max_entries=MOST_RUNGS)
    every = IntegerField(_l("Then every … working days"), [Optional(), _DAYS])
    until = IntegerField(_l("until so many have passed"), [Optional(), _DAYS])
    later_every = IntegerField(_l("Later every … working days"), [Optional(), _DAYS])
    last = IntegerField(
        _l("Stop after … working days"),
        [Optional(), _DAYS],
        description=_l("The last reminder says that none follows."),
    )
    repeat_to = SelectField(_l("Who gets the repeated ones"))

    def offer(self, kind: LadderKind) -> "LadderForm":
        """Offer the recipients that a kind of ladder can have; return the form."""
        words = (
            (Audience.SECRETARIAT,)
            if kind in TO_SECRETARIAT
            else (Audience.OFFICER, Audience.HEAD, Audience.LEADER, Audience.CHAIRPERSON)
        )
        for entry in self.after:
            entry.form.to.choices = offered(*((word.value, label(word)) for word in words))
        repeats = [word for word in words if word is not Audience.LEADER]
        self.repeat_to.choices = offered(*((word.value, label(word)) for word in repeats))
        return self

    def show(self, ladder: Ladder) -> "LadderForm":
        """Fill the form with a ladder and blank steps; return it."""
        self.on.data, self.on_the_day.data = ladder.on, ladder.on_the_day
        self.before.data = ", ".join(map(str, ladder.before))
        self.every.data, self.until.data = ladder.every or None, ladder.until or None
        self.later_every.data, self.last.data = ladder.later_every or None, ladder.last or None
        self.repeat_to.data = ladder.repeat_to.value
        for rung in ladder.after:
            self.after.append_entry({"days": rung.offset, "to": rung.to.value})
        for _ in range(BLANK_RUNGS):
            self.after.append_entry()
        return self

    def said(self) -> Ladder:
        """Return the ladder that was typed."""
        rows = [entry.form for entry in self.after]
        return Ladder(
            before=tuple(int(number) for number in NUMBERS.findall(self.before.data or "")),
            on_the_day=bool(self.on_the_day.data),
            after=tuple(
                Rung(row.days.data, Audience(row.to.data)) for row in rows if row.days.data
            ),
            every=self.every.data or 0,
            until=self.until.data or 0,
            later_every=self.later_every.data or 0,
            last=self.last.data or 0,
            repeat_to=Audience(self.repeat_to.data),
            on=bool(self.on.data),
        )
