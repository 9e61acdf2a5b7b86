"""The timetable: when jobs run, and what is kept of a run."""

import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO, StringIO

import pytest
import sqlalchemy as sa
import time_machine

from tests.factories import TaskFactory
from tracker import schedule
from tracker.commands.base import log_to_stderr
from tracker.db import transaction
from tracker.history import JobRun
from tracker.outbox import MessageState, OutboxMessage
from tracker.schedule import JOBS, in_office_hours, run_if_due, run_job
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


WAS_DUE = [("07:29", False), ("07:30", True), ("17:59", True), ("18:00", False)]


@pytest.mark.parametrize(("local", "due"), WAS_DUE)
def test_planning_is_due_from_half_past_seven_until_the_office_closes(local, due):
    at = datetime.strptime(f"2026-06-30 {local}", "%Y-%m-%d %H:%M").replace(tzinfo=OFFICE_ZONE)

    assert (PLAN.due_since(at) is not None) is due
    assert DELIVER.due_since(at) is None


def test_a_slot_is_taken_once_and_made_up_after_a_failure_or_a_death(app, session):
    def fails(config):
        raise ZeroDivisionError

    runs_of_the_morning = []
    for minute, job in [
        (0, replace(PLAN, run=fails)),  # 08:00 fails
        (1, PLAN),  # 08:01 makes it up
        (2, PLAN),  # 08:02 has nothing to do
    ]:
        with time_machine.travel(TUESDAY_MORNING.replace(minute=minute), tick=False):
            runs_of_the_morning.append(run_if_due(app, job) is not None)
    assert runs_of_the_morning == [True, True, False]

    tomorrow = TUESDAY_MORNING + timedelta(days=1)
    with transaction() as writing:
        writing.add(JobRun(name=PLAN.name, started_at=tomorrow))  # and dies
    for second, taken in [(59, False), (60, True), (61, False)]:
        with time_machine.travel(tomorrow + timedelta(seconds=second), tick=False):
            assert (run_if_due(app, PLAN) is not None) is taken


def test_a_good_run_calls_the_outside_and_a_bad_one_does_not(app, session, monkeypatch):
    called = []
    monkeypatch.setattr(schedule, "urlopen", lambda url, timeout: called.append(url) or BytesIO())
    told = replace(app.config["TRACKER"], heartbeat_url="http://127.0.0.1:1/beat")
    monkeypatch.setitem(app.config, "TRACKER", told)
    with time_machine.travel(TUESDAY_MORNING, tick=False):
        run_job(app, DELIVER)
        run_job(app, replace(DELIVER, run=lambda _: 1 // 0))

    assert called == ["http://127.0.0.1:1/beat"]


def test_an_outside_that_does_not_answer_harms_nothing():
    schedule.tell_outside("http://127.0.0.1:1/beat")


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


def test_the_log_is_heard_after_stderr_was_replaced(monkeypatch, capsys):
    with monkeypatch.context() as replaced:
        replaced.setattr(sys, "stderr", StringIO())
        log_to_stderr()
        sys.stderr.close()

    schedule.tell_outside("http://127.0.0.1:1/beat")

    assert "heartbeat not taken" in capsys.readouterr().err
