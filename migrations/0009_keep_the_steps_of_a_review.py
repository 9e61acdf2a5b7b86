"""Keep what was read, drafts, steps, exceptions and earlier tasks of a review."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.add_column("proposals", sa.Column("read_as", sa.Integer(), nullable=True))
    op.add_column(
        "proposal_units",
        sa.Column("left_out", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.create_table(
        "earlier_tasks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("fate", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposals.id"], name="fk_earlier_tasks_proposal_id_proposals"
        ),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name="fk_earlier_tasks_task_id_tasks"),
        sa.PrimaryKeyConstraint("id", name="pk_earlier_tasks"),
        sa.UniqueConstraint("proposal_id", "task_id", name="uq_earlier_tasks_proposal_id_task_id"),
    )
    op.create_index("ix_earlier_tasks_task_id", "earlier_tasks", ["task_id"])
    op.create_table(
        "read_fields",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("clause_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(length=20), nullable=False),
        sa.Column("rule", sa.String(length=60), nullable=False),
        sa.Column("ways", sa.Text(), nullable=False),
        sa.Column("places", sa.Text(), nullable=False),
        sa.Column("confidence", sa.String(length=20), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.Column("issued", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clause_id"], ["clauses.id"], name="fk_read_fields_clause_id_clauses"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_read_fields"),
    )
    for column in ("clause_id", "rule", "outcome"):
        op.create_index(f"ix_read_fields_{column}", "read_fields", [column])
    op.create_table(
        "clause_drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("clause_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("typed", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clause_id"], ["clauses.id"], name="fk_clause_drafts_clause_id_clauses"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name="fk_clause_drafts_person_id_persons"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_clause_drafts"),
        sa.UniqueConstraint("clause_id", "person_id", name="uq_clause_drafts_clause_id_person_id"),
    )
    op.create_table(
        "review_steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(length=60), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["notices.id"], name="fk_review_steps_notice_id_notices"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_review_steps"),
    )
    op.create_index("ix_review_steps_notice_id", "review_steps", ["notice_id"])


def downgrade() -> None:
    for table in ("review_steps", "clause_drafts", "read_fields", "earlier_tasks"):
        op.drop_table(table)
    op.drop_column("proposal_units", "left_out")
    op.drop_column("proposals", "read_as")
