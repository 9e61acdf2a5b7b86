"""The conclusion page: clause ↔ tasks with their state, supplements, signed file."""

from flask import render_template

from tracker import clock
from tracker.conclusions.forms import FilesForm
from tracker.db import db
from tracker.pages.blueprint import bp
from tracker.pages.conclusion_queries import notice_facts
from tracker.permissions import Permission
from tracker.web import current_actor, needs


@bp.get("/conclusions/<int:notice_id>")
@needs(Permission.CONCLUSION_READ)
def conclusion(notice_id: int) -> str:
    """Show one notice with what became of each of its clauses."""
    facts = notice_facts(db.session, current_actor(), notice_id, clock.today())
    return render_template(
        "pages/conclusion.html",
        facts=facts,
        notice=facts.notice,
        files_form=FilesForm(formdata=None),
    )
