"""How the program does: what the readiness page and the metrics say."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from tracker.history import JobRun
from tracker.outbox import MessageState, OutboxMessage

UNSENT = (MessageState.WAITING, MessageState.CLAIMED)


class NotReady(Exception):
    """The program cannot serve. `database` tells whether it answers at all."""

    def __init__(self, reason: str, *, database: bool) -> None:
        super().__init__(reason)
        self.database = database


@dataclass(frozen=True)
class JobHealth:
    """When a job last ended well, what it did then, how often it failed within a day, and why."""

    name: str
    finished_at: datetime | None
    failures: int
    done: int | None = None
    error: str = ""


@dataclass(frozen=True)
class Health:
    """The scheduler's jobs and the outbox at one moment."""

    jobs: list[JobHealth]
    waiting: int
    oldest_waiting_at: datetime | None
    failed: int
    failed_lately: int = 0

    @property
    def scheduler_at(self) -> datetime | None:
        """Return when the scheduler last finished a job."""
        return max((job.finished_at for job in self.jobs if job.finished_at), default=None)


def readiness(session: Session, *, schema_is_behind: Callable[[], bool], at: datetime) -> Health:
    """Return how the jobs and the outbox do. NotReady: no database, or an old schema."""
    try:
        behind = schema_is_behind()
    except SQLAlchemyError as error:
        raise NotReady(str(error), database=False) from error
    if behind:
        raise NotReady("the schema is not up to date", database=True)
    return health(session, at=at)


def health(session: Session, *, at: datetime) -> Health:
    """Return how the jobs and the outbox do. NotReady: the database does not answer."""
    try:
        return _health(session, at=at)
    except SQLAlchemyError as error:
        raise NotReady(str(error), database=False) from error


def _health(session: Session, *, at: datetime) -> Health:
    waiting, oldest = session.execute(
        select(func.count(), func.min(OutboxMessage.created_at)).where(
            OutboxMessage.state.in_(UNSENT)
        )
    ).one()
    lately = OutboxMessage.next_at > at - timedelta(days=1)
    failed, failed_lately = session.execute(
        select(func.count(), func.count().filter(lately)).where(
            OutboxMessage.state == MessageState.FAILED
        )
    ).one()
    return Health(_jobs(session, at=at), waiting, oldest, failed, failed_lately)


def _jobs(session: Session, *, at: datetime) -> list[JobHealth]:
    failed_lately = and_(JobRun.error != "", JobRun.started_at > at - timedelta(days=1))
    good = and_(JobRun.error == "", JobRun.finished_at.is_not(None))
    counted = session.execute(
        select(
            JobRun.name,
            func.max(JobRun.id).filter(good),
            func.max(JobRun.id).filter(JobRun.error != ""),
            func.count().filter(failed_lately),
        )
        .group_by(JobRun.name)
        .order_by(JobRun.name)
    ).all()
    ids = {run_id for row in counted for run_id in row[1:3] if run_id}
    runs = {run.id: run for run in session.scalars(select(JobRun).where(JobRun.id.in_(ids)))}
    found = []
    for name, good_id, bad_id, failures in counted:
        last, bad = runs.get(good_id), runs.get(bad_id)
        found.append(
            JobHealth(
                name,
                last.finished_at if last else None,
                failures,
                last.done if last else None,
                bad.error[:200] if bad else "",
            )
        )
    return found
