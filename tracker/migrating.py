"""How migrations are written: custom column types as plain ones, and the guards of history."""

from typing import Any, Literal

from sqlalchemy import TypeDecorator

from tracker.db import Points, UtcDateTime, Word


def render_item(kind: str, item: Any, context: Any) -> str | Literal[False]:  # noqa: ARG001
    """Write our column types as the plain types beneath them, so that migrations stand alone."""
    if kind != "type" or not isinstance(item, TypeDecorator):
        return False
    if isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if isinstance(item, Points):
        return "sa.BigInteger()"
    if isinstance(item, Word):
        return "sa.String(length=20)"
    return False
