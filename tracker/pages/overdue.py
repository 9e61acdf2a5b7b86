"""The chairperson's page: what is overdue, whose, since when, how often reminded."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import render_template, request, url_for
from flask_babel import get_translations
from flask_babel import gettext as _

from tracker import clock
from tracker.db import db
from tracker.pages import overdue_queries as queries
from tracker.pages.blueprint import bp
from tracker.permissions import Permission
from tracker.reminders.urging_queries import nudges
from tracker.reports.queries import AnyRow, Scope, counted_for
from tracker.reports.rules import Figure
from tracker.reports.showing import list_address, strip, sum_words
from tracker.scores.queries import points_at_stake
from tracker.tasks.rules import days_late
from tracker.web import an_id, current_actor, needs

PAGE_ROWS = 50
OFTEN = 3
"""More reminders than these are marked."""


@dataclass(frozen=True)
class Filters:
    """What the address narrows the page to."""

    unit: int | None
    meeting: int | None
    field: str | None

    @property
    def values(self) -> dict[str, Any]:
        """Return the filters that are set, as they stand in the address."""
        chosen = {"unit": self.unit, "meeting": self.meeting, "field": self.field}
        return {name: value for name, value in chosen.items() if value is not None}

    def within(self, scope: Scope) -> Scope:
        """Return the part of `scope` that the filters leave."""
        return scope.narrowed(unit_id=self.unit, meeting_id=self.meeting, field=self.field)


@bp.get("/overdue")
@needs(Permission.OVERDUE_READ)
def overdue() -> str:
    """Show what is overdue, the figures, and the filters."""
    today = clock.today()
    args = request.args
    filters = Filters(
        unit=args.get("unit", type=an_id),
        meeting=args.get("meeting", type=an_id),
        field=args.get("field") or None,
    )
    everything = counted_for(current_actor())
    narrowed = filters.within(everything)
    found = queries.summary(db.session, everything, narrowed, today)
    place = _place(args.get("after", ""))
    rows = queries.overdue_rows(db.session, narrowed, today, after=place, limit=PAGE_ROWS + 1)
    more, rows = len(rows) > PAGE_ROWS, rows[:PAGE_ROWS]
    groups = queries.group_states(db.session, [row[13] for row in rows if row[13]], narrowed, today)
    done = nudges(db.session, current_actor(), [row[0] for row in rows])
    values = filters.values
    return render_template(
        "pages/overdue.html",
        found=found,
        figures=found.figures,
        strip=strip(found.figures, lambda figure: list_address(figure, values), here="#list"),
        sums=sum_words(found.figures),
        undated=list_address(Figure.UNDATED, values),
        standing=list_address(Figure.STANDING, values),
        rows=rows,
        late=_late_words(rows, today),
        today=today,
        done=done,
        urged_list=url_for("reminders.urged_often"),
        often=OFTEN,
        points=points_at_stake(db.session, [row[0] for row in rows if not row[13]]),
        groups=groups,
        group_list=url_for(
            "reports.figure_list", figure=Figure.OPEN_OVERDUE.value, **values, group=0
        ).removesuffix("0"),
        task_page=f"{request.script_root}/tasks/",
        ledger=url_for("reminders.ledger", task=""),
        filters=filters,
        filtered=_filter_words(filters, found),
        now=clock.now(),
        after=_address(values, rows[-1]) if more else "",
        first=url_for("pages.overdue", **values) if place else "",
    )


def _place(text: str) -> queries.Place | None:
    """Return where the page goes on; what cannot be read starts from the top."""
    try:
        effective, due, task_id = text.split("_")
        return date.fromisoformat(effective), date.fromisoformat(due), an_id(task_id)
    except ValueError:
        return None


def _address(values: dict[str, Any], last: AnyRow) -> str:
    place = f"{last[5].isoformat()}_{last[3].isoformat()}_{last[0]}"
    return url_for("pages.overdue", **values, after=place)


def _late_words(rows: Any, today: date) -> list[str]:
    """Return of every row how late it is in words; one look-up of the words for them all."""
    translations = get_translations()
    one, many = (
        str(translations.ungettext("Overdue %(num)s day", "Overdue %(num)s days", number))
        for number in (1, 2)
    )
    late = [days_late(row[5], today) for row in rows]
    return [(one if days == 1 else many) % {"num": days} for days in late]


def _filter_words(filters: Filters, found: queries.Summary) -> list[str]:
    """Return in words what the page is narrowed to, so that paper says it too."""
    words = []
    if filters.unit is not None:
        words.append(dict(found.units).get(filters.unit, ""))
    if filters.meeting is not None:
        titles = {number: title for number, title, _day in found.meetings}
        words.append(titles.get(filters.meeting, "") or _("without a meeting"))
    if filters.field is not None:
        words.append(filters.field)
    return [word for word in words if word]
