"""Let committees decide their ladders."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "plannings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("owed", sa.Integer(), nullable=False),
        sa.Column("skipped", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plannings")),
    )
    with op.batch_alter_table("plannings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plannings_as_of"), ["as_of"], unique=False)

    op.create_table(
        "absences",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("substitute_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("noted_by", sa.Text(), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("last_on >= first_on", name=op.f("ck_absences_forward")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_absences_person_id_persons")
        ),
        sa.ForeignKeyConstraint(
            ["substitute_id"], ["persons.id"], name=op.f("fk_absences_substitute_id_persons")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absences")),
    )
    with op.batch_alter_table("absences", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_absences_last_on"), ["last_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_absences_person_id"), ["person_id"], unique=False)

    op.create_table(
        "ladder_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("committee_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("steps", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by", sa.Text(), nullable=False),
        sa.Column("switched_on_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dropped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tried_on", sa.Date(), nullable=True),
        sa.Column("tried_rows", sa.Integer(), nullable=False),
        sa.Column("tried_people", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["committee_id"],
            ["committees.id"],
            name=op.f("fk_ladder_versions_committee_id_committees"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ladder_versions")),
    )
    with op.batch_alter_table("ladder_versions", schema=None) as batch_op:
        batch_op.create_index("ix_ladder_versions_kind", ["committee_id", "kind"], unique=False)

    with op.batch_alter_table("deadline_versions", schema=None) as batch_op:
        batch_op.create_index("ix_deadline_versions_decided_at", ["decided_at"], unique=False)

    with op.batch_alter_table("reminder_ledger", schema=None) as batch_op:
        batch_op.add_column(sa.Column("instead_of_id", sa.Integer(), nullable=True))
        batch_op.alter_column("due_on", existing_type=sa.DATE(), nullable=True)
        batch_op.create_foreign_key(
            batch_op.f("fk_reminder_ledger_instead_of_id_persons"),
            "persons",
            ["instead_of_id"],
            ["id"],
        )

    with op.batch_alter_table("tasks", schema=None) as batch_op:
        batch_op.create_index(
            "ix_tasks_left_on",
            ["left_on"],
            unique=False,
            sqlite_where=sa.text("left_on IS NOT NULL"),
            postgresql_where=sa.text("left_on IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_tasks_open_handed_in",
            ["handed_in_on"],
            unique=False,
            sqlite_where=sa.text(
                "accepted_on IS NULL AND left_on IS NULL AND handed_in_on IS NOT NULL"
            ),
            postgresql_where=sa.text(
                "accepted_on IS NULL AND left_on IS NULL AND handed_in_on IS NOT NULL"
            ),
        )
        batch_op.create_index(
            "ix_tasks_open_proposed",
            ["effective_on"],
            unique=False,
            sqlite_where=sa.text("accepted_on IS NULL AND left_on IS NULL AND time = 'proposed'"),
            postgresql_where=sa.text(
                "accepted_on IS NULL AND left_on IS NULL AND time = 'proposed'"
            ),
        )


def downgrade() -> None:
    with op.batch_alter_table("tasks", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_tasks_open_proposed",
            sqlite_where=sa.text("accepted_on IS NULL AND left_on IS NULL AND time = 'proposed'"),
            postgresql_where=sa.text(
                "accepted_on IS NULL AND left_on IS NULL AND time = 'proposed'"
            ),
        )
        batch_op.drop_index(
            "ix_tasks_open_handed_in",
            sqlite_where=sa.text(
                "accepted_on IS NULL AND left_on IS NULL AND handed_in_on IS NOT NULL"
            ),
            postgresql_where=sa.text(
                "accepted_on IS NULL AND left_on IS NULL AND handed_in_on IS NOT NULL"
            ),
        )
        batch_op.drop_index(
            "ix_tasks_left_on",
            sqlite_where=sa.text("left_on IS NOT NULL"),
            postgresql_where=sa.text("left_on IS NOT NULL"),
        )

    with op.batch_alter_table("reminder_ledger", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_reminder_ledger_instead_of_id_persons"), type_="foreignkey"
        )
        batch_op.alter_column("due_on", existing_type=sa.DATE(), nullable=False)
        batch_op.drop_column("instead_of_id")

    with op.batch_alter_table("deadline_versions", schema=None) as batch_op:
        batch_op.drop_index("ix_deadline_versions_decided_at")

    with op.batch_alter_table("ladder_versions", schema=None) as batch_op:
        batch_op.drop_index("ix_ladder_versions_kind")

    op.drop_table("ladder_versions")
    with op.batch_alter_table("absences", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_absences_person_id"))
        batch_op.drop_index(batch_op.f("ix_absences_last_on"))

    op.drop_table("absences")
    with op.batch_alter_table("plannings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plannings_as_of"))

    op.drop_table("plannings")
