"""Let people urge a unit and ask it to explain."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "explanation_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("asked_for", sa.String(length=20), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("on_behalf_of", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["persons.id"], name=op.f("fk_explanation_requests_by_id_persons")
        ),
        sa.ForeignKeyConstraint(
            ["task_id"], ["tasks.id"], name=op.f("fk_explanation_requests_task_id_tasks")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_explanation_requests")),
    )
    with op.batch_alter_table("explanation_requests", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_explanation_requests_effective_on"), ["effective_on"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_explanation_requests_task_id"), ["task_id"], unique=False
        )

    op.create_table(
        "urgings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("urged_on", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("document_number", sa.String(length=100), nullable=False),
        sa.Column("document_date", sa.Date(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["persons.id"], name=op.f("fk_urgings_by_id_persons")),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_urgings_task_id_tasks")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_urgings")),
    )
    with op.batch_alter_table("urgings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_urgings_task_id"), ["task_id"], unique=False)

    op.create_table(
        "explanation_answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["by_id"], ["persons.id"], name=op.f("fk_explanation_answers_by_id_persons")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["explanation_requests.id"],
            name=op.f("fk_explanation_answers_request_id_explanation_requests"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_explanation_answers")),
    )
    with op.batch_alter_table("explanation_answers", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_explanation_answers_request_id"), ["request_id"], unique=False
        )

    op.create_table(
        "explanation_judgements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("answer_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("sufficient", sa.Boolean(), nullable=False),
        sa.Column("objective", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"],
            ["explanation_answers.id"],
            name=op.f("fk_explanation_judgements_answer_id_explanation_answers"),
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["persons.id"], name=op.f("fk_explanation_judgements_by_id_persons")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_explanation_judgements")),
        sa.UniqueConstraint("answer_id", name=op.f("uq_explanation_judgements_answer_id")),
    )
    with op.batch_alter_table("committees", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("urgings_before_session", sa.Integer(), server_default="3", nullable=False)
        )


def downgrade() -> None:
    with op.batch_alter_table("committees", schema=None) as batch_op:
        batch_op.drop_column("urgings_before_session")

    op.drop_table("explanation_judgements")
    with op.batch_alter_table("explanation_answers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_explanation_answers_request_id"))

    op.drop_table("explanation_answers")
    with op.batch_alter_table("urgings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_urgings_task_id"))

    op.drop_table("urgings")
    with op.batch_alter_table("explanation_requests", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_explanation_requests_task_id"))
        batch_op.drop_index(batch_op.f("ix_explanation_requests_effective_on"))

    op.drop_table("explanation_requests")
