"""THE timetable: every recurring job of the program on one screen.

A job asks what is owed and not yet done, so a run that is missed, late or doubled does no harm;
each also runs once when the scheduler starts. What a job did, or why it failed, is a `JobRun`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from http.client import HTTPException
from urllib.request import urlopen

import structlog
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.schedulers.base import BaseScheduler
from apscheduler.schedulers.blocking import BlockingScheduler
from apscheduler.triggers.cron import CronTrigger
from flask import Flask
from sqlalchemy import and_, or_, select, text

from config import Config
from tracker import clock
from tracker.channels import chat_for, sender_for
from tracker.db import db, is_postgresql, transaction
from tracker.deadlines.queries import working_calendar
from tracker.history import JobRun
from tracker.reminders.actions import plan_reminders
from tracker.reminders.delivery import deliver_waiting
from tracker.workdays import OFFICE_ZONE, WorkCalendar, office_day

OPENS, CLOSES = time(7, 0), time(18, 0)
"""The office's hours: outside them the scheduler sends nothing (`tracker deliver` always does)."""

ABANDONED = timedelta(minutes=1)
"""After so long a run that has not ended counts as dead: another process takes its slot."""

SLOT_LOCK = 7_205_003
"""The PostgreSQL advisory lock under which the processes agree who takes a slot."""

HEARTBEAT_SECONDS = 5

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Job:
    """One line of the timetable: a name, when (office time, weekdays by name), what.

    A job with a `slot` is due once a day from that time on. It fires every minute and does
    nothing once one of the processes has done it well, so that a failed or a dead run is made up
    within a minute.
    """

    name: str
    weekdays: str
    hour: str
    minute: str
    run: Callable[[Config], int]
    slot: time | None = None

    def due_since(self, at: datetime) -> datetime | None:
        """Return since when today's run is due; None: no slot, still to come, or office closed."""
        local = at.astimezone(OFFICE_ZONE)
        if self.slot is None or not self.slot <= local.time() < CLOSES:
            return None
        return datetime.combine(local.date(), self.slot, OFFICE_ZONE)

    def trigger(self) -> CronTrigger:
        """Return when APScheduler fires this job."""
        return CronTrigger(
            day_of_week=self.weekdays, hour=self.hour, minute=self.minute, timezone=OFFICE_ZONE
        )


def plan(config: Config) -> int:
    """Plan what is owed today; return how many steps."""
    at = clock.now()
    with transaction() as session:
        return len(
            plan_reminders(
                session,
                as_of=office_day(at),
                at=at,
                calendar=working_calendar(session),
                public_url=config.public_url,
            )
        )


def deliver(config: Config) -> int:
    """Send what waits, in the office's hours; return how many mails the server took."""
    calendar = working_calendar(db.session)
    db.session.close()
    if not in_office_hours(clock.now(), calendar):
        return 0
    lease = timedelta(seconds=config.delivery_lease_seconds)
    return deliver_waiting(
        sender_for(config), now=clock.now, lease=lease, chat=chat_for(config)
    ).sent


JOBS = (
    Job("plan-reminders", "mon-sat", "7-17", "*", plan, slot=time(7, 30)),
    Job("deliver-mail", "mon-sun", "*", "*", deliver),
)


def in_office_hours(at: datetime, calendar: WorkCalendar) -> bool:
    """Tell whether the office works at a moment."""
    local = at.astimezone(OFFICE_ZONE)
    return calendar.is_workday(local.date()) and OPENS <= local.time() < CLOSES


def run_job(app: Flask, job: Job) -> JobRun:
    """Run one job and keep what came of it; an error is logged and kept, never raised."""
    with app.app_context():
        return _run(app, job, _begin(job))


def run_if_due(app: Flask, job: Job) -> JobRun | None:
    """Run one job, but a job with a slot only once in it, whichever process comes first."""
    with app.app_context():
        if job.slot is None:
            return _run(app, job, _begin(job))
        run_id = _begin_slot(job)
        return None if run_id is None else _run(app, job, run_id)


def _run(app: Flask, job: Job, run_id: int) -> JobRun:
    config: Config = app.config["TRACKER"]
    done, error = 0, ""
    try:
        done = job.run(config)
    except Exception as raised:  # one job's failure must not stop the others
        error = f"{type(raised).__name__}: {raised}"
        log.exception("job failed", job=job.name)
    run = _finish(run_id, done=done, error=error)
    if not error and config.heartbeat_url:
        tell_outside(config.heartbeat_url)
    return run


def tell_outside(url: str) -> None:
    """Call the address that watches over us; whatever comes of it harms nothing."""
    try:
        with urlopen(url, timeout=HEARTBEAT_SECONDS):  # noqa: S310  # the scheme is checked in config
            pass
    except (OSError, ValueError, HTTPException) as error:
        log.warning("heartbeat not taken", reason=f"{type(error).__name__}: {error}")


def start(app: Flask, *, blocking: bool) -> BaseScheduler:
    """Start the scheduler with every job of the timetable, each of them once at once.

    Late runs are made up (no grace time), joined (coalesce) and never doubled (one instance).

    `blocking` returns only when the scheduler is shut down.
    """
    scheduler = (BlockingScheduler if blocking else BackgroundScheduler)(
        timezone=OFFICE_ZONE,
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )
    for job in JOBS:
        scheduler.add_job(
            run_if_due,
            job.trigger(),
            args=(app, job),
            id=job.name,
            name=job.name,
            next_run_time=clock.now(),
        )
    scheduler.start()
    return scheduler


def timetable() -> str:
    """Return the timetable as a table of text."""
    return "\n".join(
        f"{job.name:<16} {job.weekdays:<8} {job.hour:>4}:{job.minute:<3}"
        f" {(job.run.__doc__ or '').splitlines()[0]}"
        for job in JOBS
    )


def _begin(job: Job) -> int:
    """Note that a run begins. A finished run that did nothing gives up its row: most do nothing."""
    idle = (
        select(JobRun)
        .where(
            JobRun.name == job.name,
            JobRun.finished_at.is_not(None),
            JobRun.done == 0,
            JobRun.error == "",
        )
        .order_by(JobRun.id.desc())
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    with transaction() as session:
        run = session.scalars(idle).first() or JobRun(name=job.name)
        run.started_at, run.finished_at, run.done = clock.now(), None, None
        session.add(run)
        session.flush()
        return run.id


def _begin_slot(job: Job) -> int | None:
    """Note that the run of today's slot begins; None: it is not due, done, or being done.

    A run that began more than ABANDONED ago and never ended belonged to a process that died.
    """
    at = clock.now()
    since = job.due_since(at)
    if since is None:
        return None
    good = and_(JobRun.finished_at.is_not(None), JobRun.error == "")
    under_way = and_(JobRun.finished_at.is_(None), JobRun.started_at > at - ABANDONED)
    with transaction() as session:
        if is_postgresql(session):
            session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": SLOT_LOCK})
        taken = select(JobRun.id).where(
            JobRun.name == job.name,
            JobRun.started_at >= since,
            JobRun.started_at <= at,
            or_(good, under_way),
        )
        if session.scalars(taken).first() is not None:
            return None
        run = JobRun(name=job.name, started_at=at)
        session.add(run)
        session.flush()
        return run.id


def _finish(run_id: int, *, done: int, error: str) -> JobRun:
    with transaction() as session:
        run = session.get_one(JobRun, run_id)
        run.finished_at, run.done, run.error = clock.now(), done, error
        return run
