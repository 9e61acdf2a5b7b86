"""Reads that show several nouns."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, true
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
    always = select(last.label("finished_at")).subquery()
    row = session.execute(
        select(Office.name, Office.demo, always.c.finished_at)
        .select_from(always)
        .outerjoin(Office, true())
    ).one()
    return PageState(row[0] or "", demo=bool(row[1]), scheduler_at=row[2])
