"""Reads of indicators: targets, what was measured, and where it is heading."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, selectinload

from tracker.permissions import Actor, Permission, Scope, scope_of
from tracker.scores.models import Indicator, Measurement, Target
from tracker.scores.rules import Forecast, forecast


@dataclass(frozen=True)
class TargetLine:
    """One target with the measurements that answer it and the forecast at their pace.

    `due_on` is the target's day, else the end of the year last measured in.
    """

    target: Target
    measured: list[Measurement]
    due_on: date | None
    forecast: Forecast | None

    @property
    def last(self) -> Measurement | None:
        """The latest measurement."""
        return self.measured[-1] if self.measured else None

    @property
    def points(self) -> list[tuple[date, Decimal]]:
        """What a chart draws."""
        return [(item.on, item.value) for item in self.measured]


@dataclass(frozen=True)
class IndicatorPage:
    """An indicator with its targets."""

    indicator: Indicator
    targets: list[TargetLine]


def indicators(session: Session, actor: Actor) -> list[IndicatorPage]:
    """Return the indicators with their targets, by name; of units only those `actor` may read."""
    found = session.scalars(_with_targets().order_by(Indicator.name, Indicator.id))
    return [_page(indicator, actor) for indicator in found]


def indicator_page(session: Session, indicator_id: int, actor: Actor) -> IndicatorPage:
    """Return one indicator. NoResultFound: there is none."""
    return _page(session.scalars(_with_targets().where(Indicator.id == indicator_id)).one(), actor)


def _with_targets() -> Select[Indicator]:
    return select(Indicator).options(
        selectinload(Indicator.targets).joinedload(Target.unit),
        selectinload(Indicator.measurements).joinedload(Measurement.unit),
    )


def _page(indicator: Indicator, actor: Actor) -> IndicatorPage:
    everywhere = scope_of(actor, Permission.SCORE_READ) is Scope.EVERYWHERE
    return IndicatorPage(
        indicator,
        [
            _line(indicator, target)
            for target in indicator.targets
            if everywhere or target.unit_id is None or target.unit_id in actor.unit_ids
        ],
    )


def _line(indicator: Indicator, target: Target) -> TargetLine:
    measured = [item for item in indicator.measurements if item.unit_id == target.unit_id]
    year_end = date(measured[-1].on.year, 12, 31) if measured else None
    due_on = target.due_on or year_end
    found = (
        forecast(
            [(item.on, item.value) for item in measured],
            target=target.value,
            due_on=due_on,
            direction=indicator.direction,
            measure=indicator.measure,
        )
        if due_on
        else None
    )
    return TargetLine(target, measured, due_on, found)
