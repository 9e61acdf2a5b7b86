"""`create_app()`: puts the parts together."""

import hashlib
from pathlib import Path
from typing import Any

from flask import Flask, Response, current_app, request, url_for
from flask_alembic import Alembic
from flask_babel import Babel, gettext
from flask_bootstrap import Bootstrap5
from flask_compress import Compress
from flask_login import LoginManager
from flask_wtf import CSRFProtect
from flask_wtf.csrf import generate_csrf
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter, Map

from config import Config, from_environment
from tracker import clock, history, tables, web
from tracker.committees.views import bp as committees
from tracker.conclusions.views import bp as conclusions
from tracker.criteria.views import bp as criteria
from tracker.db import before_commit, db, engine_options
from tracker.deadlines.views import bp as deadlines
from tracker.errors import N_
from tracker.evidence.views import bp as evidence
from tracker.icons import cut_sprite, used_icons
from tracker.migrating import render_item
from tracker.pages import queries as page_queries
from tracker.pages.views import bp as pages
from tracker.people import queries as people_queries
from tracker.people.views import bp as people
from tracker.permissions import Permission, may_anywhere
from tracker.reminders.views import bp as reminders
from tracker.reports.views import bp as reports
from tracker.scores.views import bp as scores
from tracker.tasks.views import bp as tasks
from tracker.units.views import bp as units

BLUEPRINTS = (
    people,
    units,
    committees,
    deadlines,
    evidence,
    tasks,
    criteria,
    scores,
    conclusions,
    reminders,
    reports,
    pages,
)

PACKAGE = Path(__file__).parent
YEAR_SECONDS = 365 * 24 * 3600

POLICY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)

alembic = Alembic(metadatas=tables.metadata)


class RowNumber(IntegerConverter):
    """A number in an address; one that no row can have is an address that does not exist."""

    def __init__(self, map: Map) -> None:  # noqa: A002  # werkzeug names it so
        super().__init__(map, max=2**31 - 1)


def create_app(config: Config | None = None) -> Flask:
    """Return the WSGI application; without `config` its settings come from the environment."""
    config = config or from_environment()
    app = Flask(__name__, template_folder=str(house("templates")))
    app.url_map.converters["int"] = RowNumber
    config.instance.mkdir(parents=True, exist_ok=True)
    app.config.from_mapping(flask_settings(config))
    if config.trusted_proxies:
        hops = config.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    db.init_app(app)
    before_commit(history.write_pending)
    alembic.init_app(app)
    Babel(app, locale_selector=web.language)
    Bootstrap5(app)
    Compress(app)
    CSRFProtect(app)
    add_sign_in(app)
    add_look(app)
    web.add_error_pages(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    app.after_request(add_headers)
    return app


def house(folder: str) -> Path:
    """Return `templates` or `migrations`: beside the package, or inside it when installed."""
    inside = PACKAGE / folder
    return inside if inside.is_dir() else PACKAGE.parent / folder


def flask_settings(config: Config) -> dict[str, Any]:
    """Return what Flask and its extensions want to know."""
    return {
        "TRACKER": config,
        "TESTING": config.testing,
        "SECRET_KEY": config.secret_key,
        "SQLALCHEMY_ENGINES": {"default": engine_options(config.database_url)},
        "ALEMBIC": {"script_location": str(house("migrations")), "version_locations": []},
        "ALEMBIC_CONTEXT": {
            "render_as_batch": True,
            "render_item": render_item,
            "compare_type": True,
        },
        "BABEL_DEFAULT_LOCALE": "vi",
        "BABEL_TRANSLATION_DIRECTORIES": str(PACKAGE / "translations"),
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": config.secure_cookies,
        "MAX_CONTENT_LENGTH": config.upload_limit_bytes + 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": config.upload_limit_bytes + 1024 * 1024,
        "MAX_FORM_PARTS": 5000,
        "SEND_FILE_MAX_AGE_DEFAULT": YEAR_SECONDS,
        "WTF_CSRF_TIME_LIMIT": None,
        "COMPRESS_MIMETYPES": ["text/html", "text/css", "text/javascript", "image/svg+xml"],
        "COMPRESS_ALGORITHM": ["br", "gzip"],
        "COMPRESS_BR_LEVEL": 4,
        "BOOTSTRAP_SERVE_LOCAL": True,
    }


def add_sign_in(app: Flask) -> None:
    """Tie sign-in to people's sessions and send the anonymous to the sign-in page."""
    manager = LoginManager(app)
    manager.session_protection = None
    manager.user_loader(load_signed_in)
    app.before_request(web.send_to_sign_in)


def load_signed_in(token: str) -> web.SignedIn | None:
    """Return who holds the session cookie's token, or None when the session has ended."""
    facts = people_queries.signed_in(db.session, token, at=clock.now())
    return web.SignedIn(token=token, **vars(facts)) if facts else None


def page_state() -> dict[str, Any]:
    """Return whose instance this is, whether a demo, and how the scheduler does."""
    state = page_queries.page_state(db.session)
    return {
        "demo": state.demo,
        "office_name": state.office_name or web.settings().office_name,
        "scheduler_state": web.moment(state.scheduler_at),
    }


def add_look(app: Flask) -> None:
    """Give templates their filters and globals, and serve the cut sprite of icons."""
    app.jinja_env.filters.update(web.FILTERS)
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    sprite = cut_sprite(used_icons(house("templates")))
    digest = hashlib.sha256(sprite.encode()).hexdigest()[:12]
    address = f"/icons-{digest}.svg"

    @app.get(address)
    @web.public
    def icons() -> Response:
        response = Response(sprite, mimetype="image/svg+xml")
        response.cache_control.max_age = YEAR_SECONDS
        response.cache_control.public = True
        return response

    app.jinja_env.globals.update(icon_sprite=address, csrf_token=generate_csrf)
    app.context_processor(web.template_globals)
    app.context_processor(lambda: {"nav": navigation(), **page_state()})


NAVIGATION = (
    (Permission.INBOX_READ, "pages.inbox", N_("To handle")),
    (Permission.MY_WORK_READ, "pages.my_work", N_("My work")),
    (Permission.OVERDUE_READ, "pages.overdue", N_("Overdue")),
    (Permission.TASK_READ, "tasks.index", N_("Tasks")),
    (Permission.CONCLUSION_READ, "conclusions.index", N_("Conclusions")),
    (Permission.SCORE_READ, "scores.index", N_("Index results")),
    (Permission.LEDGER_READ, "reminders.ledger", N_("Reminder ledger")),
    (Permission.REPORT_READ, "reports.index", N_("Reports")),
    (Permission.UNIT_MANAGE, "units.index", N_("Units")),
    (Permission.PEOPLE_MANAGE, "people.index", N_("People")),
    (Permission.COMMITTEE_MANAGE, "committees.index", N_("Steering committees")),
    (Permission.CALENDAR_MANAGE, "deadlines.calendar", N_("Calendar")),
    (Permission.PEOPLE_MANAGE, "reminders.system", N_("System state")),
)


def navigation() -> list[tuple[str, str, bool]]:
    """Return (address, label, is it here) of the pages that the actor may open."""
    user = web.signed_in()
    if user is None:
        return []
    here = request.path
    places = []
    for permission, endpoint, label in NAVIGATION:
        if endpoint in current_app.view_functions and may_anywhere(user.actor, permission):
            address = url_for(endpoint)
            places.append((address, gettext(label), here.startswith(address)))
    return places


def add_headers(response: Response) -> Response:
    """Set the headers that keep pages from being framed, sniffed, cached or scripted."""
    response.headers.setdefault("Content-Security-Policy", POLICY)
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "same-origin")
    if request.endpoint not in {"static", "bootstrap.static", "icons"}:
        response.headers.setdefault("Cache-Control", "no-store")
    if web.settings().secure_cookies:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    return response
