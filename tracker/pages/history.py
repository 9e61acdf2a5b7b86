"""The trail of acts: who did what, when, on whose behalf, by which way, before and after."""

from typing import Any

from flask import abort, render_template, request, url_for
from flask_babel import gettext as _

from tracker.db import db
from tracker.errors import BadInput
from tracker.history import HistoryEntry
from tracker.pages.blueprint import bp
from tracker.pages.history_queries import Filters, entries
from tracker.pages.history_words import act_words, column_words, noun_words, shown_value
from tracker.permissions import Permission
from tracker.sheets import cell_date
from tracker.web import an_id, current_actor, needs, sentence

PAGE_ROWS = 50
HIDDEN = {"edition", "folded", "snapshot", "deadline_version", "changed_in"}


@bp.get("/history", endpoint="history")
@needs(Permission.HISTORY_READ)
def trail() -> tuple[str, int]:
    """Show the acts that the actor may read, newest first."""
    args = request.args
    problem, days = "", []
    for name in ("from", "to"):
        try:
            days.append(cell_date(args.get(name, "").strip()))
        except BadInput as error:
            problem = sentence(error)
            days.append(None)
    filters = Filters(
        noun=args.get("noun", "").strip()[:40],
        name=args.get("name", "").strip()[:100],
        act=args.get("act", "").strip()[:60],
        first=days[0],
        last=days[1],
    )
    page = _page(filters, title=_("History"), problem=problem)
    return page, 422 if problem else 200


@bp.get("/history/<string:noun>/<int:object_id>", endpoint="object_history")
@needs(Permission.HISTORY_READ)
def of_object(noun: str, object_id: int) -> str:
    """Show the acts on one object."""
    return _page(Filters(noun=noun, object_id=object_id), title="", problem="")


def _page(filters: Filters, *, title: str, problem: str) -> str:
    before = request.args.get("before", type=an_id)
    rows = entries(db.session, current_actor(), filters, before=before, limit=PAGE_ROWS + 1)
    more, rows = len(rows) > PAGE_ROWS, rows[:PAGE_ROWS]
    one = filters.object_id is not None
    if one and not rows and before is None:
        abort(404)  # nobody acted on it, or not before the reader's eyes
    name = f"{noun_words().get(filters.noun, filters.noun)} {rows[0].label if rows else ''}".strip()
    here = {**(request.view_args or {}), **request.args.to_dict()}
    return render_template(
        "pages/history.html",
        heading=_("History of %(object)s", object=name) if one else title,
        one=one,
        name=name,
        filters=filters,
        typed=request.args,
        problem=problem,
        rows=[(row, act_words(row.act), _changes(row)) for row in rows],
        nouns=sorted(noun_words().items(), key=lambda pair: pair[1]),
        after=url_for(request.endpoint or "", **here | {"before": rows[-1].id}) if more else "",
        newest=url_for(request.endpoint or "", **here | {"before": None}) if before else "",
    )


def _changes(row: HistoryEntry) -> list[tuple[str, str, str]]:
    """Return (column, before, after) of what the act changed, in words."""
    was: dict[str, Any] = row.before or {}
    now: dict[str, Any] = row.after or {}
    names = [name for name in {**was, **now} if was.get(name) != now.get(name)]
    words = column_words()
    return [
        (
            words.get(name, name),
            shown_value(was.get(name), name),
            shown_value(now.get(name), name),
        )
        for name in names
        if name in words or not (name.endswith("id") or name in HIDDEN)
    ]
