"""The report on the rules of reading."""

from flask import render_template

from tracker.conclusions import rule_queries
from tracker.conclusions.blueprint import bp
from tracker.db import db
from tracker.permissions import Permission
from tracker.web import current_actor, needs


@bp.get("/reports/reading-rules")
@needs(Permission.CONCLUSION_RECORD)
def reading_rules() -> str:
    """List which rules were overruled how often, with examples, so that the rules improve."""
    rows = rule_queries.rules_judged(db.session, current_actor())
    return render_template("conclusions/rules.html", rows=rows)
