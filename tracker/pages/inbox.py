"""The secretariat's page: what waits to be dealt with, oldest first, counts that match."""

from datetime import date
from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.conclusions.rules import NoticeState
from tracker.db import db
from tracker.pages.blueprint import bp
from tracker.pages.inbox_queries import PAGE_ROWS, QUIET_DAYS, SHOWN, Listed, Part, listed
from tracker.permissions import Permission
from tracker.reminders.holds import waiting_hold
from tracker.tasks.rules import TimeKind
from tracker.web import current_actor, label, needs


@bp.get("/inbox")
@needs(Permission.INBOX_READ)
def inbox() -> str:
    """Show every list's first rows, or one list in full (`show`), page by page."""
    actor, today = current_actor(), clock.today()
    only = next((part for part in Part if part.value == request.args.get("show")), None)
    lists: dict[Part, Listed] = {}
    for part in Part if only is None else (only,):
        lists[part] = listed(
            db.session,
            part,
            actor,
            today,
            limit=SHOWN if only is None else PAGE_ROWS,
            after=_place(request.args.get("after", "")) if only else None,
        )
    headings = _headings()
    hold = waiting_hold(db.session) if only is None else None
    return render_template(
        "pages/inbox.html",
        lists=lists,
        only=only,
        headings=headings,
        hold=hold,
        parts=Part,
        waiting=sum(found.count for found in lists.values()),
        jumps=[
            (f"#{part.value}", found.count, headings[part], False) for part, found in lists.items()
        ],
        further={part: _further(part, found, only) for part, found in lists.items()},
        task_page=f"{request.script_root}/tasks/",
        notice_page=f"{request.script_root}/conclusions/",
        back=request.full_path.rstrip("?"),
        now=clock.now(),
        today=today,
        in_time=_in_time,
        notice_state=_notice_state,
    )


def _headings() -> dict[Part, str]:
    return {
        Part.RETURNS: _("Returned by units"),
        Part.HAND_INS: _("Completion to confirm"),
        Part.EXTENSIONS: _("Extensions to decide"),
        Part.UNDATED: _("Deadline to be set"),
        Part.QUIET: _("No update for %(days)s days", days=QUIET_DAYS),
        Part.UNREACHABLE: _("Nobody could be reminded"),
        Part.MAILS: _("Emails that could not be sent"),
        Part.NOTICES: _("Notices with work to assign"),
    }


def _further(part: Part, found: Listed, only: Part | None) -> str:
    """Return the address of the rows behind those shown, if there are any."""
    if not found.more:
        return ""
    if only is None:
        return url_for("pages.inbox", show=part.value)
    since, number = found.rows[-1][1:3]
    return url_for("pages.inbox", show=part.value, after=f"{since.isoformat()}_{number}")


def _in_time(row: Any) -> bool:
    """Tell whether completion was reported within time."""
    reported_on, effective_on, time = row[1], row[12], row[13]
    return time is not TimeKind.DATED or effective_on is None or reported_on <= effective_on


def _notice_state(row: Any) -> str:
    submitted_at, signed_at = row[6], row[7]
    if signed_at:
        return label(NoticeState.SIGNED)
    return label(NoticeState.SUBMITTED if submitted_at else NoticeState.DRAFT)


def _place(text: str) -> tuple[date, int] | None:
    try:
        since, number = text.split("_")
        return date.fromisoformat(since), int(number)
    except ValueError:
        return None
