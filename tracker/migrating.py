"""How migrations are written: numbered, speaking, with plain column types instead of ours."""

import re
from pathlib import Path
from typing import Any, Literal

from alembic.autogenerate import api, render
from alembic.migration import MigrationContext
from sqlalchemy import Connection, MetaData, TypeDecorator

from tracker.db import Points, UtcDateTime, Word

NUMBER = re.compile(r"(\d{4})_")

PAGE = '''"""{message}."""

import sqlalchemy as sa
from alembic import op

revision = "{number:04d}"
down_revision = "{before:04d}"


def upgrade() -> None:
{up}


def downgrade() -> None:
{down}
'''


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


def write_migration(
    connection: Connection, metadata: MetaData, folder: Path, message: str
) -> Path | None:
    """Write the next numbered migration into `folder` for what `metadata` has beyond the database.

    Return its path, or None when there is nothing to change. On SQLite tables are altered in
    batches, which drop triggers: recreate them by hand in the same migration.
    """
    options = {
        "target_metadata": metadata,
        "render_item": render_item,
        "render_as_batch": True,
        "compare_type": True,
        "alembic_module_prefix": "op.",
        "sqlalchemy_module_prefix": "sa.",
        "user_module_prefix": None,
    }
    context = MigrationContext.configure(connection, opts=options)
    change = api.produce_migrations(context, metadata).upgrade_ops
    if change is None or change.is_empty():
        return None
    autogenerate = api.AutogenContext(context, metadata=metadata, opts=options)
    last = max(int(match[1]) for path in folder.iterdir() if (match := NUMBER.match(path.name)))
    words = re.sub(r"[^a-z0-9]+", "_", message.lower()).strip("_")
    path = folder / f"{last + 1:04d}_{words}.py"
    page = PAGE.format(
        message=message[:1].upper() + message[1:],
        number=last + 1,
        before=last,
        up=_body(render._render_cmd_body(change, autogenerate)),  # noqa: SLF001
        down=_body(render._render_cmd_body(change.reverse(), autogenerate)),  # noqa: SLF001
    )
    path.write_text(page, encoding="utf-8")
    return path


def _body(commands: str) -> str:
    """Return rendered commands indented as a function's body, without Alembic's banners."""
    lines = [line for line in commands.splitlines() if not line.strip().startswith("# ###")]
    return "\n".join(f"    {line}" if line.strip() else "" for line in lines).rstrip() or "    pass"
