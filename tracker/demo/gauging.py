"""Indicators of the demo: measured at the ends of the last months."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial

from sqlalchemy.orm import Session

from tracker.demo.script import Gauge
from tracker.demo.stage import Stage
from tracker.scores import actions


def plan_measurements(stage: Stage, gauge: Gauge, *, indicator_id: int, at: datetime) -> None:
    """Put the measurements of an indicator on the agenda; it was opened at `at`."""
    end = stage.days.today
    for number, value in enumerate(reversed(gauge.values)):
        end = end.replace(day=1) - timedelta(days=1)
        moment = max(stage.days.moment(end + timedelta(days=2), 10), at + timedelta(minutes=5))
        act = partial(_measure, stage, gauge, indicator_id, end, value)
        stage.plan(moment - timedelta(seconds=number), act)


def _measure(
    stage: Stage,
    gauge: Gauge,
    indicator_id: int,
    on: date,
    value: str,
    session: Session,
    at: datetime,
) -> None:
    actions.add_measurement(
        session,
        indicator_id=indicator_id,
        unit_id=stage.units.get(gauge.unit),
        on=on,
        value=Decimal(value),
        by=stage.secretary(session, at),
        at=at,
        ranked=gauge.ranked,
    )
