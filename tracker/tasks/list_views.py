"""The list of tasks, its filters in the address."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar

from flask import render_template, request, url_for
from flask_babel import gettext as _

from tracker.clock import today
from tracker.committees.queries import committees_of
from tracker.db import db
from tracker.permissions import Permission, Role
from tracker.tasks.blueprint import bp
from tracker.tasks.listing import TaskFilters, TaskPage, TaskRow, list_tasks
from tracker.tasks.rules import DeadlineClass, TimeKind, Workflow, due_state
from tracker.units.queries import unit_choices
from tracker.web import current_actor, label, needs

E = TypeVar("E", bound=StrEnum)
LARGEST_ID = 2**31 - 1
LONGEST_QUERY = 200


@bp.get("/tasks")
@needs(Permission.TASK_READ)
def index() -> str:
    """Show the tasks that the actor may read, narrowed by the address."""
    filters = read_filters(request.args)
    actor, day = current_actor(), today()
    page = list_tasks(
        db.session,
        actor,
        filters,
        day,
        after=request.args.get("after", ""),
        before=request.args.get("before", ""),
    )
    units = unit_choices(db.session, day)
    committees = committees_of(db.session, actor) if len(actor.committee_ids) > 1 else []
    return render_template(
        "tasks/index.html",
        page=page,
        filters=filters,
        standings=[standing(row, day) for row in page.rows],
        units=units if actor.role is not Role.OFFICER else [],
        committees=committees,
        chips=chips(filters, page),
        choices={
            "classes": [(word.value, label(word)) for word in DeadlineClass],
            "workflows": [(word.value, label(word)) for word in Workflow],
        },
        before=other_page("before", page.before),
        after=other_page("after", page.after),
    )


def read_filters(args: Mapping[str, str]) -> TaskFilters:
    """Return what the address asks for; what cannot be read asks for nothing."""
    return TaskFilters(
        q=args.get("q", "").strip()[:LONGEST_QUERY],
        unit_id=_number(args.get("unit")),
        units_below=args.get("below") == "1",
        coordinating=args.get("coordinating") == "1",
        committee_id=_number(args.get("committee")),
        meeting_id=_number(args.get("meeting")),
        notice_id=_number(args.get("notice")),
        group_id=_number(args.get("group")),
        officer_id=_number(args.get("officer")),
        field=args.get("field", "").strip()[:LONGEST_QUERY] or None,
        deadline_class=_word(DeadlineClass, args.get("class")),
        time=_word(TimeKind, args.get("time")),
        workflow=_word(Workflow, args.get("workflow")),
        state=args.get("state", "") if args.get("state") in {"open", "ended"} else "",
        star=args.get("star") == "1",
        overdue=args.get("overdue") == "1",
        due_within=_number(args.get("due_within"), most=3650),
        as_of=_day(args.get("as_of")),
    )


def standing(row: TaskRow, day: date) -> tuple[str, int, str]:
    """Return the label of a row's deadline: its state, days, and words in place of both."""
    if row.left_why is not None:
        return "without", 0, label(row.left_why)
    judged_on = (row.handed_in_on or row.accepted_on) if row.accepted_on else None
    state, days = due_state(
        time=row.time,
        effective_on=row.effective_on,
        judged_on=judged_on,
        today=day,
    )
    return state, days, ""


def chips(filters: TaskFilters, page: TaskPage) -> list[tuple[str, str]]:
    """Return (words, address without it) of the filters that no control of the page shows."""
    first = page.rows[0] if page.rows else None
    shown = {
        "meeting": filters.meeting_id and _("One meeting"),
        "notice": filters.notice_id
        and (_("Notice %(number)s", number=first.notice) if first else _("One notice")),
        "group": filters.group_id and (first.group if first else _("One order to many units")),
        "officer": filters.officer_id
        and (_("Officer: %(name)s", name=first.officer) if first else _("One officer")),
        "field": filters.field and _("Field: %(field)s", field=filters.field),
        "time": filters.time and label(filters.time),
        "as_of": filters.as_of and _("As of %(day)s", day=filters.as_of.strftime("%d/%m/%Y")),
        "below": filters.units_below and _("with the units below it"),
        "coordinating": filters.coordinating and _("also where it coordinates"),
    }
    return [(str(text), _without(name)) for name, text in shown.items() if text]


def other_page(name: str, key: str) -> str:
    """Return the address of the page before or after, or "" where there is none."""
    if not key:
        return ""
    kept = {k: v for k, v in request.args.items() if k not in {"before", "after"} and v}
    return url_for("tasks.index", **kept, **{name: key})  # type: ignore[arg-type]


def _without(name: str) -> str:
    kept = {k: v for k, v in request.args.items() if k not in {name, "before", "after"} and v}
    return url_for("tasks.index", **kept)  # type: ignore[arg-type]


def _number(text: str | None, *, most: int = LARGEST_ID) -> int | None:
    if not text or not text.isascii() or not text.isdigit() or len(text) > 10:
        return None
    number = int(text)
    return number if number <= most else None


def _word(words: type[E], text: str | None) -> E | None:
    return words(text) if text in set(words) else None


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None
