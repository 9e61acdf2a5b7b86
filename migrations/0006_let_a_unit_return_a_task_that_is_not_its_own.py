"""Let a unit return a task that is not its own."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "task_returns",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("proposed_unit_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("by_post", sa.Text(), nullable=False),
        sa.Column("way", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["persons.id"], name=op.f("fk_task_returns_by_id_persons")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_unit_id"], ["units.id"], name=op.f("fk_task_returns_proposed_unit_id_units")
        ),
        sa.ForeignKeyConstraint(
            ["task_id"], ["tasks.id"], name=op.f("fk_task_returns_task_id_tasks")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["units.id"], name=op.f("fk_task_returns_unit_id_units")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_returns")),
    )
    with op.batch_alter_table("task_returns", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_task_returns_task_id"), ["task_id"], unique=False)

    op.create_table(
        "task_return_answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("return_id", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(length=20), nullable=False),
        sa.Column("lead_unit_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("on_behalf_of", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["lead_unit_id"], ["units.id"], name=op.f("fk_task_return_answers_lead_unit_id_units")
        ),
        sa.ForeignKeyConstraint(
            ["return_id"],
            ["task_returns.id"],
            name=op.f("fk_task_return_answers_return_id_task_returns"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_return_answers")),
        sa.UniqueConstraint("return_id", name=op.f("uq_task_return_answers_return_id")),
    )


def downgrade() -> None:
    op.drop_table("task_return_answers")
    with op.batch_alter_table("task_returns", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_task_returns_task_id"))

    op.drop_table("task_returns")
