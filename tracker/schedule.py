"""THE timetable: every recurring job of the program on one screen.

A job asks what is owed and not yet done, so a run that is missed, late or doubled does no harm;
each also runs once when the scheduler starts. What a job did, or why it failed, is a `JobRun`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

import structlog
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.schedulers.base import BaseScheduler
from apscheduler.schedulers.blocking import BlockingScheduler
from apscheduler.triggers.cron import CronTrigger
from flask import Flask
from sqlalchemy import select

from config import Config
from tracker import clock
from tracker.channels import sender_for
from tracker.db import db, transaction
from tracker.deadlines.queries import working_calendar
from tracker.history import JobRun
from tracker.reminders.actions import plan_reminders
from tracker.reminders.delivery import deliver_waiting
from tracker.workdays import OFFICE_ZONE, WorkCalendar, office_day

OPENS, CLOSES = time(7, 0), time(18, 0)
"""The office's hours: outside them the scheduler sends nothing (`tracker deliver` always does)."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Job:
    """One line of the timetable: a name, when (office time, weekdays by name), what."""

    name: str
    weekdays: str
    hour: str
    minute: str
    run: Callable[[Config], int]

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
    return deliver_waiting(sender_for(config), now=clock.now, lease=lease).sent


JOBS = (
    Job("plan-reminders", "mon-sat", "7", "30", plan),
    Job("deliver-mail", "mon-sun", "7-17", "*", deliver),
)


def in_office_hours(at: datetime, calendar: WorkCalendar) -> bool:
    """Tell whether the office works at a moment."""
    local = at.astimezone(OFFICE_ZONE)
    return calendar.is_workday(local.date()) and OPENS <= local.time() < CLOSES


def run_job(app: Flask, job: Job) -> JobRun:
    """Run one job and keep what came of it; an error is logged and kept, never raised."""
    config: Config = app.config["TRACKER"]
    with app.app_context():
        run_id = _begin(job)
        done, error = 0, ""
        try:
            done = job.run(config)
        except Exception as raised:  # one job's failure must not stop the others
            error = f"{type(raised).__name__}: {raised}"
            log.exception("job failed", job=job.name)
        return _finish(run_id, done=done, error=error)


def start(app: Flask, *, blocking: bool) -> BaseScheduler:
    """Start the scheduler with every job of the timetable, each of them once at once.

    `blocking` returns only when the scheduler is shut down.
    """
    scheduler = (BlockingScheduler if blocking else BackgroundScheduler)(
        timezone=OFFICE_ZONE,
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )
    for job in JOBS:
        scheduler.add_job(
            run_job,
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


def _finish(run_id: int, *, done: int, error: str) -> JobRun:
    with transaction() as session:
        run = session.get_one(JobRun, run_id)
        run.finished_at, run.done, run.error = clock.now(), done, error
        return run
