"""Let a mail's reader act by link: a signing key for each person, and the links that were used.

Persons who are there get a key at random.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    with op.batch_alter_table("persons", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("link_key", sa.String(length=32), nullable=False, server_default="")
        )
    sqlite = op.get_bind().dialect.name == "sqlite"
    op.execute(
        "UPDATE persons SET link_key = lower(hex(randomblob(16)))"
        if sqlite
        else "UPDATE persons SET link_key = replace(gen_random_uuid()::text, '-', '')"
    )
    op.create_table(
        "link_uses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(length=80), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_link_uses_person_id_persons")
        ),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_link_uses_task_id_tasks")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_uses")),
        sa.UniqueConstraint("token", name=op.f("uq_link_uses_token")),
    )
    with op.batch_alter_table("link_uses", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_link_uses_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_link_uses_task_id"), ["task_id"], unique=False)


def downgrade() -> None:
    op.drop_table("link_uses")
    with op.batch_alter_table("persons", schema=None) as batch_op:
        batch_op.drop_column("link_key")
