"""Let a unit ask for an extension."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "extension_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("by_post", sa.Text(), nullable=False),
        sa.Column("on_behalf_of", sa.Text(), nullable=False),
        sa.Column("way", sa.String(length=20), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("old_due_on", sa.Date(), nullable=False),
        sa.Column("old_effective_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("done_so_far", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["persons.id"], name=op.f("fk_extension_requests_by_id_persons")
        ),
        sa.ForeignKeyConstraint(
            ["task_id"], ["tasks.id"], name=op.f("fk_extension_requests_task_id_tasks")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extension_requests")),
    )
    with op.batch_alter_table("extension_requests", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_extension_requests_task_id"), ["task_id"], unique=False
        )

    op.create_table(
        "extension_decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(length=20), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("by_post", sa.Text(), nullable=False),
        sa.Column("on_behalf_of", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["persons.id"], name=op.f("fk_extension_decisions_by_id_persons")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["extension_requests.id"],
            name=op.f("fk_extension_decisions_request_id_extension_requests"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extension_decisions")),
        sa.UniqueConstraint("request_id", name=op.f("uq_extension_decisions_request_id")),
    )
    op.create_table(
        "extension_evidence",
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["evidence_id"],
            ["evidence.id"],
            name=op.f("fk_extension_evidence_evidence_id_evidence"),
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["extension_requests.id"],
            name=op.f("fk_extension_evidence_request_id_extension_requests"),
        ),
        sa.PrimaryKeyConstraint("request_id", "evidence_id", name=op.f("pk_extension_evidence")),
    )
    with op.batch_alter_table("committees", schema=None) as batch_op:
        batch_op.add_column(sa.Column("most_extensions", sa.Integer(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("committees", schema=None) as batch_op:
        batch_op.drop_column("most_extensions")

    op.drop_table("extension_evidence")
    op.drop_table("extension_decisions")
    with op.batch_alter_table("extension_requests", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_extension_requests_task_id"))

    op.drop_table("extension_requests")
