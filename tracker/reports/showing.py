"""How figures are shown: the strip of five with their denominators, and their lists' addresses."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from tracker.reports.rules import Figure, Figures
from tracker.web import percent


def strip(found: Figures, link: Callable[[Figure], str], *, here: str = "") -> list[dict[str, Any]]:
    """Return the five figures for the macro, every part of the same total.

    `here` is the address of the overdue list where the page itself shows it.
    """
    labels = {
        Figure.TOTAL: _("Total"),
        Figure.DONE_ON_TIME: _("Done, on time"),
        Figure.DONE_LATE: _("Done, late"),
        Figure.OPEN_IN_TIME: _("Open, within time"),
        Figure.OPEN_OVERDUE: _("Open, overdue"),
    }
    items = []
    for figure, label in labels.items():
        part = f"{found[figure]}/{found.total}"
        of = _("%(part)s tasks (%(percent)s)", part=part, percent=share(found[figure], found.total))
        if figure is Figure.TOTAL:
            part, of = "", _("tasks with a deadline or completed")
        items.append(
            {
                "label": label,
                "value": found[figure],
                "href": here if here and figure is Figure.OPEN_OVERDUE else link(figure),
                "of": of if found.total else _("no task yet"),
                "part": part,
                "late": figure is Figure.OPEN_OVERDUE,
            }
        )
    return items


def sum_words(found: Figures) -> str:
    """Return the sum written out, and the two rates, each with its denominator."""
    if not found.total:
        return ""
    words = _(
        "%(total)s = %(on_time)s + %(late)s + %(in_time)s + %(overdue)s."
        " Completed %(done)s/%(total)s (%(share)s),"
        " of which on time %(on_time)s/%(done)s (%(punctual)s).",
        total=found.total,
        on_time=found.done_on_time,
        late=found.done_late,
        in_time=found.open_in_time,
        overdue=found.open_overdue,
        done=found.done,
        share=share(found.done, found.total),
        punctual=share(found.done_on_time, found.done),
    )
    return str(words)


def share(part: int, of: int) -> str:
    """Return a part in percent, or a dash where there is nothing to be a part of."""
    return percent(Decimal(part) * 100 / of) if of else "–"


def list_address(figure: Figure, narrowing: Mapping[str, Any], as_of: date | None = None) -> str:
    """Return the address of the list behind a figure."""
    day = as_of.isoformat() if as_of else None
    return url_for("reports.figure_list", figure=figure.value, as_of=day, **narrowing)
