"""Reads that show several nouns."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.history import JobRun
from tracker.units.models import Office


@dataclass(frozen=True)
class PageState:
    """What every page says of the instance."""

    office_name: str
    demo: bool
    scheduler_at: datetime | None


def page_state(session: Session) -> PageState:
    """Return whose instance this is, whether a demo, and when the scheduler last finished a job."""
    last = select(func.max(JobRun.finished_at)).scalar_subquery()
    row = session.execute(select(Office.name, Office.demo, last)).first()
    if row is None:
        return PageState("", demo=False, scheduler_at=session.scalar(select(last)))
    return PageState(row[0], demo=row[1], scheduler_at=row[2])
