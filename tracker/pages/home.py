"""Where somebody who signs in begins: the page of their role."""

from flask import redirect, url_for
from werkzeug.wrappers import Response

from tracker.pages.blueprint import bp
from tracker.permissions import Permission, Role
from tracker.web import current_actor, needs

FIRST_PAGES = {
    Role.SECRETARIAT: "pages.inbox",
    Role.CHAIRPERSON: "pages.overdue",
    Role.ADVISER: "pages.overdue",
    Role.VIEWER: "pages.overdue",
    Role.UNIT_HEAD: "pages.my_work",
    Role.FOCAL_POINT: "pages.my_work",
    Role.OFFICER: "pages.my_work",
    Role.APPRAISER: "scores.index",
    Role.ADMIN: "people.index",
}


@bp.get("/")
@needs(Permission.ACCOUNT_OWN)
def home() -> Response:
    """Lead to the first page of the actor's role."""
    return redirect(url_for(FIRST_PAGES[current_actor().role]), 302)
