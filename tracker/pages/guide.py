"""The help page: who may do what, printed from THE table, and where to begin."""

from flask import render_template
from flask_babel import gettext as _

from tracker.errors import N_
from tracker.pages.blueprint import bp
from tracker.permissions import GRANTS, Permission, Role, Scope
from tracker.web import label, needs

SHORT_SCOPES = {
    Scope.EVERYWHERE: N_("all"),
    Scope.OWN_COMMITTEES: N_("committees"),
    Scope.OWN_UNITS: N_("units"),
    Scope.OWN_TASKS: N_("tasks given"),
}


@bp.get("/help")
@needs(Permission.ACCOUNT_OWN)
def guide() -> str:
    """Explain the program on one page."""
    return render_template(
        "pages/help.html",
        roles=list(Role),
        marks={scope: _(words) for scope, words in SHORT_SCOPES.items()},
        rows=[(label(permission), GRANTS[permission]) for permission in Permission],
    )
