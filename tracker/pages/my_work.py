"""The page of a unit's head, focal point or officer: what is mine, phone first."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from tracker import clock
from tracker.db import db, transaction
from tracker.pages.blueprint import bp
from tracker.pages.my_work_queries import Section, my_work, unit_name
from tracker.permissions import Permission
from tracker.reminders.queries import delivered_counts
from tracker.tasks import actions
from tracker.tasks.queries import task_for_act
from tracker.tasks.rules import TimeKind, due_state
from tracker.web import an_id, current_actor, needs, say

ON_TOP = (Section.RECEIPT, Section.OVERDUE, Section.SOON, Section.WAITING)


@bp.get("/my-work", endpoint="my_work")
@needs(Permission.MY_WORK_READ)
def show() -> str:
    """Show receipt, overdue, due soon, waiting, later, undated, coordinating."""
    actor, today = current_actor(), clock.today()
    work = my_work(db.session, actor, today)
    late = [row[2] for row in work.rows.get(Section.OVERDUE, [])]
    return render_template(
        "pages/my_work.html",
        work=work,
        whom=unit_name(db.session, actor) or actor.name,
        sections=_sections(),
        jumps=[
            (f"#{section.value}", work.counts[section], words, section is Section.OVERDUE)
            for section, words in _sections().items()
            if section in ON_TOP
        ],
        states={row[2]: _state(row) for rows in work.rows.values() for row in rows},
        reminded=delivered_counts(db.session, late) if late else {},
        task_page=f"{request.script_root}/tasks/",
        list_page=url_for("tasks.index"),
        now=clock.now(),
        many_units=len(actor.unit_ids) > 1,
        receipt=Section.RECEIPT,
    )


@bp.post("/my-work/receipts")
@needs(Permission.TASK_RECEIVE)
def receive() -> Response:
    """Confirm receipt of the ticked tasks, all or none."""
    by, at = current_actor(), clock.now()
    ticked = sorted(set(request.form.getlist("task", type=an_id)))
    with transaction() as session:
        for task_id in ticked:
            actions.receive_task(session, task_for_act(session, task_id, by), by=by, at=at)
    say(
        ngettext(
            "Receipt of %(num)s task confirmed.", "Receipt of %(num)s tasks confirmed.", len(ticked)
        )
        if ticked
        else _("Nothing was ticked, so nothing was confirmed.")
    )
    return redirect(url_for("pages.my_work"), 303)


def _sections() -> dict[Section, str]:
    return {
        Section.RECEIPT: _("Not yet received"),
        Section.OVERDUE: _("Overdue"),
        Section.SOON: _("Due soon"),
        Section.WAITING: _("Waiting for confirmation of completion"),
        Section.LATER: _("Later"),
        Section.UNDATED: _("Without an official deadline"),
        Section.COORDINATING: _("Coordinating for other units"),
    }


def _state(row: Any) -> tuple[str, int]:
    return due_state(
        time=TimeKind(row[7]),
        effective_on=row[6],
        judged_on=None,
        today=clock.today(),
    )
