"""What a late task waits for, as columns of the chairperson's list."""

from datetime import date
from typing import Any

from sqlalchemy import exists, func, select

from tracker.tasks.extension_models import ExtensionDecision, ExtensionRequest
from tracker.tasks.models import Coordination, Task
from tracker.units.models import Unit


def reasons(today: date) -> tuple[Any, Any, Any]:
    """Return the unit whose part is late longest, since when, and the extension asked for."""
    waiting = (
        select(Coordination.due_on, Unit.short_name)
        .join_from(Coordination, Unit, Unit.id == Coordination.unit_id)
        .where(
            Coordination.task_id == Task.id,
            Coordination.done_on.is_(None),
            Coordination.due_on < today,
        )
        .order_by(Coordination.due_on, Coordination.id)
        .limit(1)
        .correlate(Task)
    )
    name, since = (
        waiting.with_only_columns(column).scalar_subquery()
        for column in (Unit.short_name, Coordination.due_on)
    )
    decided = exists().where(ExtensionDecision.request_id == ExtensionRequest.id)
    asked = (
        select(func.max(ExtensionRequest.due_on))
        .where(ExtensionRequest.task_id == Task.id, ~decided)
        .correlate(Task)
    )
    return name, since, asked.scalar_subquery()
