"""Rating of heads by the tasks assigned to their units: quantity, quality, punctuality. Pure.

The formula of Hải Phòng 212/2025/QĐ-UBND: done, done as required and done in time, each as a share
of what was assigned, times its points. The sheet is a draft: people decide.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Weights:
    """Points of the three parts, as the province gives them."""

    quantity: Decimal = Decimal(10)
    quality: Decimal = Decimal(10)
    punctuality: Decimal = Decimal(10)

    @property
    def whole(self) -> Decimal:
        """What can be reached."""
        return self.quantity + self.quality + self.punctuality


@dataclass(frozen=True)
class Rating:
    """The tasks of one unit in a period and what they give; without a task nothing is rated."""

    assigned: int
    done: int
    as_required: int
    in_time: int
    weights: Weights = Weights()

    @property
    def quantity(self) -> Decimal | None:
        """Done / assigned × points."""
        return self._part(self.done, self.weights.quantity)

    @property
    def quality(self) -> Decimal | None:
        """Accepted without having been sent back / assigned × points."""
        return self._part(self.as_required, self.weights.quality)

    @property
    def punctuality(self) -> Decimal | None:
        """Done in time / assigned × points."""
        return self._part(self.in_time, self.weights.punctuality)

    @property
    def total(self) -> Decimal | None:
        """The sum of the three parts."""
        parts = (self.quantity, self.quality, self.punctuality)
        given = [part for part in parts if part is not None]
        return sum(given, Decimal(0)) if given else None

    def _part(self, count: int, points: Decimal) -> Decimal | None:
        if not self.assigned:
            return None
        return (points * count / self.assigned).quantize(CENT, ROUND_HALF_UP)
