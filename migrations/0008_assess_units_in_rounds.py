"""Assess units in rounds: days, closings, notes of both sides, evidence of a score."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

NOTES = ("note_1", "addition", "note_2")


def upgrade() -> None:
    for name in ("part", "whole"):
        op.add_column("scores", sa.Column(name, sa.BigInteger(), nullable=True))
    for name in NOTES:
        op.add_column("scores", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("scores") as batch:
        for name in NOTES:
            batch.alter_column(name, server_default=None)
    op.create_table(
        "score_evidence",
        sa.Column("score_id", sa.Integer(), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["score_id"], ["scores.id"], name=op.f("fk_score_evidence_score_id_scores")
        ),
        sa.ForeignKeyConstraint(
            ["evidence_id"], ["evidence.id"], name=op.f("fk_score_evidence_evidence_id_evidence")
        ),
        sa.PrimaryKeyConstraint("score_id", "evidence_id", name=op.f("pk_score_evidence")),
    )
    op.create_index(op.f("ix_score_evidence_evidence_id"), "score_evidence", ["evidence_id"])
    op.create_table(
        "assessment_rounds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.String(length=20), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["editions.id"], name=op.f("fk_assessment_rounds_edition_id_editions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_rounds")),
        sa.UniqueConstraint(
            "edition_id", "round", name=op.f("uq_assessment_rounds_edition_id_round")
        ),
    )
    op.create_table(
        "round_closings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.String(length=20), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_by", sa.Text(), nullable=False),
        sa.Column("reopened_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["editions.id"], name=op.f("fk_round_closings_edition_id_editions")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["units.id"], name=op.f("fk_round_closings_unit_id_units")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_closings")),
    )
    op.create_index(op.f("ix_round_closings_unit_id"), "round_closings", ["unit_id"])


def downgrade() -> None:
    op.drop_table("round_closings")
    op.drop_table("assessment_rounds")
    op.drop_table("score_evidence")
    for name in ("part", "whole", *NOTES):
        op.drop_column("scores", name)
