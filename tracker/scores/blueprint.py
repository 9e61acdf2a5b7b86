"""The blueprint on which every page of scores lies."""

from decimal import Decimal

from flask import Blueprint

from tracker.web import points

bp = Blueprint("scores", __name__)


@bp.app_template_filter("cents")
def cents(value: Decimal | None) -> str:
    """Return points as columns show them: exactly, with at least two places (1,00; 0,625)."""
    if value is None:
        return ""
    exponent = value.normalize().as_tuple().exponent
    return points(value, max(2, -exponent if isinstance(exponent, int) else 2))
