"""The timetable: when jobs run, and what is kept of a run."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa
import time_machine

from tests.factories import TaskFactory
from tracker import schedule
from tracker.history import JobRun
from tracker.outbox import MessageState, OutboxMessage
from tracker.schedule import JOBS, in_office_hours, run_job
from tracker.workdays import OFFICE_ZONE, WorkCalendar

PLAN, DELIVER = JOBS
TUESDAY_MORNING = datetime(2026, 6, 30, 1, 0, tzinfo=UTC)  # 08:00 in the office


def runs(session):
    session.expire_all()
    return list(session.scalars(sa.select(JobRun).order_by(JobRun.id)))


@pytest.mark.parametrize("job", JOBS, ids=lambda job: job.name)
def test_every_job_runs_on_an_empty_database(app, session, job):
    with time_machine.travel(TUESDAY_MORNING, tick=False):
        run_job(app, job)

    (run,) = runs(session)
    assert (run.name, run.done, run.error) == (job.name, 0, "")
    assert run.finished_at is not None


def test_planning_falls_on_half_past_seven_from_monday_to_saturday():
    day = datetime(2026, 6, 26, 12, 0, tzinfo=OFFICE_ZONE)  # a Friday
    times = []
    for _ in range(3):
        day = PLAN.trigger().get_next_fire_time(day, day)
        times.append(day.strftime("%a %H:%M"))
        day = day.replace(minute=31)

    assert times == ["Sat 07:30", "Mon 07:30", "Tue 07:30"]


@pytest.mark.parametrize(
    ("local", "open_"),
    [
        ("2026-06-30 06:59", False),
        ("2026-06-30 07:00", True),
        ("2026-06-30 17:59", True),
        ("2026-06-30 18:00", False),
        ("2026-06-28 10:00", False),
    ],
)
def test_the_scheduler_sends_only_in_the_offices_hours(local, open_):
    at = datetime.strptime(local, "%Y-%m-%d %H:%M").replace(tzinfo=OFFICE_ZONE)

    assert in_office_hours(at, WorkCalendar()) is open_


def test_planned_mail_waits_for_the_office_to_open(app, session):
    TaskFactory()  # due this Tuesday
    with time_machine.travel(datetime(2026, 6, 29, 19, 0, tzinfo=UTC), tick=False):
        assert run_job(app, PLAN).done == 1
        assert run_job(app, DELIVER).done == 0
    with time_machine.travel(TUESDAY_MORNING, tick=False):
        assert run_job(app, PLAN).done == 0
        assert run_job(app, DELIVER).done == 1

    assert session.scalars(sa.select(OutboxMessage.state)).one() is MessageState.SENT
    assert session.scalars(sa.select(OutboxMessage.key)).one().endswith(str(date(2026, 6, 30)))


def test_a_failing_job_is_kept_and_stops_nobody(app, session, caplog):
    def fails(config):
        raise ZeroDivisionError("no luck")

    run_job(app, replace(PLAN, run=fails))

    (run,) = runs(session)
    assert run.error == "ZeroDivisionError: no luck"
    assert run.finished_at is not None


def test_runs_that_did_nothing_share_a_row(app, session):
    for minute in range(3):
        with time_machine.travel(TUESDAY_MORNING.replace(minute=minute), tick=False):
            run_job(app, DELIVER)

    (run,) = runs(session)
    assert run.finished_at == TUESDAY_MORNING.replace(minute=2)


def test_the_scheduler_makes_up_joins_and_never_doubles_runs(app, session):
    scheduler = schedule.start(app, blocking=False)
    try:
        jobs = scheduler.get_jobs()
        assert {job.name for job in jobs} == {job.name for job in JOBS}
        assert {(job.coalesce, job.max_instances, job.misfire_grace_time) for job in jobs} == {
            (True, 1, None)
        }
    finally:
        scheduler.shutdown(wait=True)


def test_the_timetable_can_be_printed():
    assert "plan-reminders" in schedule.timetable()
