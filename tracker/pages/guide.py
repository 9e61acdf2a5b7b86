"""The help page: who may do what, printed from THE table, and where to begin."""

from flask import render_template

from tracker.pages.blueprint import bp
from tracker.permissions import GRANTS, Permission, Role, Scope
from tracker.web import label, needs

SHORT_SCOPES = {
    Scope.EVERYWHERE: "●",
    Scope.OWN_COMMITTEES: "◐",
    Scope.OWN_UNITS: "◑",
    Scope.OWN_TASKS: "○",
}


@bp.get("/help")
@needs(Permission.ACCOUNT_OWN)
def guide() -> str:
    """Explain the program on one page."""
    return render_template(
        "pages/help.html",
        roles=list(Role),
        marks=SHORT_SCOPES,
        rows=[(label(permission), GRANTS[permission]) for permission in Permission],
    )
