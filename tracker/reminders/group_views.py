"""The page with a unit's text for its chat group."""

from flask import render_template

from tracker.clock import today
from tracker.db import db
from tracker.permissions import Permission
from tracker.reminders.blueprint import bp
from tracker.reminders.group_text import group_text
from tracker.web import current_actor, needs, settings


@bp.get("/units/<int:unit_id>/group-text")
@needs(Permission.TASK_MANAGE)
def unit_text(unit_id: int) -> str:
    """Show the text about a unit's tasks that is copied into its chat group."""
    text = group_text(db.session, unit_id, by=current_actor(), today=today())
    # Plain text is not escaped while it is put together; the page escapes it as a whole.
    words = render_template(
        "reminders/_group_text.txt", text=text, address=f"{settings().public_url}/my-work"
    )
    return render_template("reminders/group_text.html", text=text, words=words.strip())
