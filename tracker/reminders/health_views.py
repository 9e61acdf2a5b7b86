"""Is the program alive, is it ready, and its figures for a monitor; open to anybody."""

from datetime import datetime

import structlog
from flask import Response, current_app, jsonify, render_template
from flask_babel import gettext
from prometheus_client import REGISTRY, CollectorRegistry, Gauge, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from tracker import clock
from tracker.db import db
from tracker.errors import N_
from tracker.permissions import Permission
from tracker.reminders.blueprint import bp
from tracker.reminders.health import Health, NotReady, health, readiness
from tracker.web import needs, public, settings

JOB_NAMES = {
    "plan-reminders": N_("Plan reminders"),
    "deliver-mail": N_("Send what waits"),
}
log = structlog.get_logger(__name__)


@bp.get("/healthz")
@public
def live() -> Response:
    """Say that the process answers."""
    return Response("ok\n", mimetype="text/plain")


@bp.get("/readyz")
@public
def ready() -> tuple[Response, int]:
    """Say whether the database answers and its schema is the program's; and how jobs do."""
    at = clock.now()
    migrations = current_app.extensions["alembic"]
    try:
        state = readiness(db.session, schema_is_behind=migrations.needs_upgrade, at=at)
    except NotReady as error:
        log.warning("not ready", reason=str(error))
        return jsonify(ready=False, database=error.database, schema=False), 503
    found = {
        "ready": True,
        "database": True,
        "schema": True,
        "scheduler_last_run": _iso(state.scheduler_at),
        "scheduler_age_seconds": _age(state.scheduler_at, at),
        "jobs": {job.name: _iso(job.finished_at) for job in state.jobs},
        "mail_waiting": state.waiting,
        "mail_oldest_waiting_seconds": _age(state.oldest_waiting_at, at),
        "mail_failed": state.failed,
        "mail_failed_in_24_hours": state.failed_lately,
        "job_failures_in_24_hours": sum(job.failures for job in state.jobs),
    }
    return jsonify(found), 200


@bp.get("/system")
@needs(Permission.SYSTEM_READ)
def system() -> str:
    """Show how the jobs and the outbox do."""
    at = clock.now()
    state = health(db.session, at=at)
    return render_template(
        "reminders/system.html",
        state=state,
        age=_age(state.scheduler_at, at) or 0,
        names={name: gettext(words) for name, words in JOB_NAMES.items()},
        servers=settings().smtp_servers,
    )


@bp.get("/metrics")
@public
def metrics() -> tuple[Response, int]:
    """Give the figures in Prometheus' format."""
    try:
        state = health(db.session, at=clock.now())
    except NotReady as error:
        log.warning("no metrics", reason=str(error))
        return Response("the database does not answer\n", mimetype="text/plain"), 503
    text = generate_latest(REGISTRY) + generate_latest(_registry(state, clock.now()))
    return Response(text, content_type=CONTENT_TYPE_LATEST), 200


def _registry(state: Health, at: datetime) -> CollectorRegistry:
    registry = CollectorRegistry()

    def gauge(name: str, text: str, value: float) -> None:
        Gauge(f"tracker_{name}", text, registry=registry).set(value)

    gauge("mail_waiting", "Mails that wait to be sent.", state.waiting)
    gauge("mail_failed", "Mails that were given up.", state.failed)
    gauge(
        "mail_oldest_waiting_seconds",
        "How long the oldest unsent mail has waited.",
        _age(state.oldest_waiting_at, at) or 0,
    )
    finished = Gauge(
        "tracker_job_last_finished_timestamp_seconds",
        "When a job of the timetable last finished.",
        ["job"],
        registry=registry,
    )
    failures = Gauge(
        "tracker_job_failures_last_day",
        "How often a job of the timetable failed within a day.",
        ["job"],
        registry=registry,
    )
    for job in state.jobs:
        if job.finished_at:
            finished.labels(job.name).set(job.finished_at.timestamp())
        failures.labels(job.name).set(job.failures)
    return registry


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None


def _age(moment: datetime | None, at: datetime) -> int | None:
    return max(0, int((at - moment).total_seconds())) if moment else None
