"""Acts on indicators, targets and measurements."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker import history
from tracker.errors import N_, BadInput, NotAllowed
from tracker.permissions import Actor, Permission, may, require
from tracker.scores.models import Indicator, Measurement, Target
from tracker.scores.rules import BETTER_BY_DEFAULT, Direction, Measure


def set_target(
    session: Session,
    *,
    clause_id: int | None,
    name: str,
    measure: Measure,
    value: Decimal | None,
    ranked: int | None,
    due_on: date | None,
    unit_id: int | None,
    by: Actor,
    at: datetime,
    direction: Direction | None = None,
    committee_id: int | None = None,
    words: str = "",
) -> Target:
    """Set what an indicator must reach; the indicator is found by its name, or opened.

    For a rank `value` is the place and `ranked` the number of units; a smaller place is better.
    The same clause, indicator and unit again changes the target. BadInput names the field.
    """
    require(by, Permission.SCORE_ENTER)
    if not name.strip():
        raise BadInput(N_("Fill in this field."), field="name")
    if value is None:
        raise BadInput(N_("Give the value to reach."), field="value")
    check_measured(value, measure, ranked)
    direction = direction or BETTER_BY_DEFAULT.get(measure, Direction.UP)
    indicator = _indicator(session, name.strip(), measure, direction, committee_id, by=by, at=at)
    target = session.scalars(
        select(Target).where(
            Target.indicator_id == indicator.id,
            Target.clause_id.is_(None) if clause_id is None else Target.clause_id == clause_id,
            Target.unit_id.is_(None) if unit_id is None else Target.unit_id == unit_id,
        )
    ).first() or Target(indicator=indicator, clause_id=clause_id, unit_id=unit_id)
    target.value, target.ranked, target.due_on, target.words = value, ranked, due_on, words.strip()
    session.add(target)
    session.flush()
    history.record(session, "target.set", target, by=by, at=at, label=indicator.name)
    return target


def add_measurement(
    session: Session,
    *,
    indicator_id: int,
    unit_id: int | None,
    on: date | None,
    value: Decimal | None,
    by: Actor,
    at: datetime,
    ranked: int | None = None,
) -> Measurement:
    """Record one measured value, of a unit or of the whole; the same day again corrects it.

    The secretariat measures everything, a unit's head and focal point their own unit.
    """
    units = frozenset({unit_id}) if unit_id is not None else frozenset()
    if not may(by, Permission.SCORE_ENTER) and not may(by, Permission.SCORE_SELF, unit_ids=units):
        raise NotAllowed
    indicator = session.scalars(select(Indicator).where(Indicator.id == indicator_id)).one()
    if on is None:
        raise BadInput(N_("Give the day of the measurement."), field="on")
    if value is None:
        raise BadInput(N_("Give the measured value."), field="value")
    check_measured(value, indicator.measure, ranked)
    measured = session.scalars(
        select(Measurement).where(
            Measurement.indicator_id == indicator_id,
            Measurement.unit_id.is_(None) if unit_id is None else Measurement.unit_id == unit_id,
            Measurement.on == on,
        )
    ).first() or Measurement(indicator=indicator, unit_id=unit_id, on=on)
    measured.value, measured.ranked, measured.entered_by = value, ranked, by.name
    session.add(measured)
    session.flush()
    history.record(session, "measurement.add", measured, by=by, at=at, label=indicator.name)
    return measured


def check_measured(value: Decimal, measure: Measure, ranked: int | None) -> None:
    """Raise BadInput unless `value` can be measured so."""
    if value < 0 or value != round(value, 4):
        raise BadInput(
            N_("Write a number from 0, with at most four decimal places."), field="value"
        )
    if measure is Measure.PERCENT and value > 100:
        raise BadInput(N_("A percentage lies between 0 and 100."), field="value")
    if measure is Measure.RANK and (
        ranked is None or value != value.to_integral_value() or not 1 <= value <= ranked
    ):
        raise BadInput(
            N_("Give a rank with the number of units ranked, for example 6 of 12."), field="ranked"
        )


def _indicator(
    session: Session,
    name: str,
    measure: Measure,
    direction: Direction,
    committee_id: int | None,
    *,
    by: Actor,
    at: datetime,
) -> Indicator:
    found = session.scalars(
        select(Indicator).where(Indicator.name == name, Indicator.measure == measure)
    ).first()
    if found is not None:
        return found
    number = (session.scalar(select(func.max(Indicator.id))) or 0) + 1
    indicator = Indicator(
        code=f"CT-{number:04d}",
        name=name,
        measure=measure,
        direction=direction,
        committee_id=committee_id,
    )
    session.add(indicator)
    session.flush()
    history.record(session, "indicator.open", indicator, by=by, at=at)
    return indicator
