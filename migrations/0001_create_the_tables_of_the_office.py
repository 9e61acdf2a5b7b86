"""Create the office's tables: units, people, committees, notices, tasks, reminders, criteria."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "calendar_days",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("working", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_days")),
        sa.UniqueConstraint("day", name=op.f("uq_calendar_days_day")),
    )
    op.create_table(
        "editions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("index", sa.String(length=60), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(length=40), nullable=False),
        sa.Column("scale", sa.BigInteger(), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_editions")),
        sa.UniqueConstraint("code", name=op.f("uq_editions_code")),
    )
    op.create_table(
        "files",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_files")),
    )
    op.create_table(
        "history",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("post_title", sa.Text(), nullable=False),
        sa.Column("on_behalf_of", sa.Text(), nullable=False),
        sa.Column("way", sa.String(length=20), nullable=False),
        sa.Column("act", sa.String(length=60), nullable=False),
        sa.Column("noun", sa.String(length=40), nullable=False),
        sa.Column("object_id", sa.Integer(), nullable=True),
        sa.Column("committee_id", sa.Integer(), nullable=True),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("after", sa.JSON(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("link", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_history")),
    )
    op.create_index(op.f("ix_history_at"), "history", ["at"], unique=False)
    op.create_index(op.f("ix_history_committee_id"), "history", ["committee_id"], unique=False)
    op.create_index("ix_history_noun_object_id", "history", ["noun", "object_id"], unique=False)
    op.create_index(op.f("ix_history_person_id"), "history", ["person_id"], unique=False)
    op.create_table(
        "job_runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done", sa.Integer(), nullable=True),
        sa.Column("error", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_runs")),
    )
    op.create_index(op.f("ix_job_runs_finished_at"), "job_runs", ["finished_at"], unique=False)
    op.create_index(op.f("ix_job_runs_name"), "job_runs", ["name"], unique=False)
    op.create_table(
        "office",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_office_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office")),
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("recipient", sa.String(length=254), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("committee_id", sa.Integer(), nullable=True),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("key", name=op.f("uq_outbox_key")),
    )
    op.create_index(
        "ix_outbox_failed",
        "outbox",
        ["id"],
        unique=False,
        sqlite_where=sa.text("state = 'failed'"),
        postgresql_where=sa.text("state = 'failed'"),
    )
    op.create_index(
        "ix_outbox_ready",
        "outbox",
        ["next_at", "id"],
        unique=False,
        sqlite_where=sa.text("state IN ('waiting', 'claimed')"),
        postgresql_where=sa.text("state IN ('waiting', 'claimed')"),
    )
    op.create_index(op.f("ix_outbox_recipient"), "outbox", ["recipient"], unique=False)
    op.create_table(
        "persons",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("must_change_password", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("theme", sa.String(length=5), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_persons")),
        sa.UniqueConstraint("email", name=op.f("uq_persons_email")),
    )
    op.create_index(op.f("ix_persons_name"), "persons", ["name"], unique=False)
    op.create_table(
        "sign_in_failures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_failures")),
    )
    op.create_index(
        op.f("ix_sign_in_failures_address"), "sign_in_failures", ["address"], unique=False
    )
    op.create_index(op.f("ix_sign_in_failures_at"), "sign_in_failures", ["at"], unique=False)
    op.create_index(op.f("ix_sign_in_failures_email"), "sign_in_failures", ["email"], unique=False)
    op.create_table(
        "units",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("short_name", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("head_name", sa.String(length=200), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("hand_in_by_head_only", sa.Boolean(), nullable=False),
        sa.Column("hand_in_needs_document", sa.Boolean(), nullable=False),
        sa.CheckConstraint("valid_to >= valid_from", name=op.f("ck_units_validity_forward")),
        sa.ForeignKeyConstraint(["parent_id"], ["units.id"], name=op.f("fk_units_parent_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_units")),
        sa.UniqueConstraint("code", name=op.f("uq_units_code")),
    )
    op.create_index(op.f("ix_units_name"), "units", ["name"], unique=False)
    op.create_index(op.f("ix_units_parent_id"), "units", ["parent_id"], unique=False)
    op.create_table(
        "committees",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("short_name", sa.String(length=100), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("acceptor_id", sa.Integer(), nullable=True),
        sa.Column("before_excludes_day", sa.Boolean(), nullable=False),
        sa.Column("rolls_to_workday", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["acceptor_id"], ["persons.id"], name=op.f("fk_committees_acceptor_id_persons")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["units.id"], name=op.f("fk_committees_unit_id_units")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_committees")),
        sa.UniqueConstraint("code", name=op.f("uq_committees_code")),
    )
    op.create_table(
        "criteria",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("max_points", sa.BigInteger(), nullable=False),
        sa.Column("rule_kind", sa.String(length=20), nullable=False),
        sa.Column("rule_text", sa.Text(), nullable=False),
        sa.Column("survey", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["editions.id"], name=op.f("fk_criteria_edition_id_editions")
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["criteria.id"], name=op.f("fk_criteria_parent_id_criteria")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_criteria")),
        sa.UniqueConstraint("edition_id", "code", name=op.f("uq_criteria_edition_id_code")),
    )
    op.create_index(op.f("ix_criteria_parent_id"), "criteria", ["parent_id"], unique=False)
    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=True),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("document_number", sa.String(length=100), nullable=False),
        sa.Column("document_date", sa.Date(), nullable=True),
        sa.Column("issuer", sa.String(length=300), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("added_by_id", sa.Integer(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["added_by_id"], ["persons.id"], name=op.f("fk_evidence_added_by_id_persons")
        ),
        sa.ForeignKeyConstraint(
            ["digest"], ["files.digest"], name=op.f("fk_evidence_digest_files")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_evidence_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
    )
    op.create_index(op.f("ix_evidence_digest"), "evidence", ["digest"], unique=False)
    op.create_index(op.f("ix_evidence_unit_id"), "evidence", ["unit_id"], unique=False)
    op.create_table(
        "unit_aliases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("alias", sa.String(length=300), nullable=False),
        sa.Column("folded", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["units.id"], name=op.f("fk_unit_aliases_unit_id_units")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_aliases")),
    )
    op.create_index(op.f("ix_unit_aliases_folded"), "unit_aliases", ["folded"], unique=False)
    op.create_index(op.f("ix_unit_aliases_unit_id"), "unit_aliases", ["unit_id"], unique=False)
    op.create_table(
        "closed_tallies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("committee_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("accepted_on", sa.Date(), nullable=False),
        sa.Column("verdict", sa.String(length=20), nullable=False),
        sa.Column("tasks", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["committee_id"],
            ["committees.id"],
            name=op.f("fk_closed_tallies_committee_id_committees"),
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["units.id"], name=op.f("fk_closed_tallies_unit_id_units")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closed_tallies")),
        sa.UniqueConstraint(
            "committee_id",
            "unit_id",
            "accepted_on",
            "verdict",
            name=op.f("uq_closed_tallies_committee_id_unit_id_accepted_on_verdict"),
        ),
    )
    op.create_index(
        "ix_closed_tallies_sum",
        "closed_tallies",
        ["committee_id", "verdict", "accepted_on", "tasks"],
        unique=False,
    )
    op.create_table(
        "committee_members",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("committee_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["committee_id"],
            ["committees.id"],
            name=op.f("fk_committee_members_committee_id_committees"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_committee_members_person_id_persons")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_committee_members")),
    )
    op.create_index(
        op.f("ix_committee_members_committee_id"),
        "committee_members",
        ["committee_id"],
        unique=False,
    )
    op.create_table(
        "criterion_owners",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("criterion_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["criterion_id"],
            ["criteria.id"],
            name=op.f("fk_criterion_owners_criterion_id_criteria"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_criterion_owners_person_id_persons")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["units.id"], name=op.f("fk_criterion_owners_unit_id_units")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_criterion_owners")),
        sa.UniqueConstraint(
            "criterion_id", "unit_id", name=op.f("uq_criterion_owners_criterion_id_unit_id")
        ),
    )
    op.create_table(
        "index_results",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("criterion_id", sa.Integer(), nullable=True),
        sa.Column("value", sa.BigInteger(), nullable=True),
        sa.Column("measure", sa.String(length=20), nullable=False),
        sa.Column("change", sa.BigInteger(), nullable=True),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("ranked", sa.Integer(), nullable=True),
        sa.Column("rank_change", sa.Integer(), nullable=True),
        sa.Column("block", sa.String(length=200), nullable=False),
        sa.Column("band", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["criterion_id"], ["criteria.id"], name=op.f("fk_index_results_criterion_id_criteria")
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["editions.id"], name=op.f("fk_index_results_edition_id_editions")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["units.id"], name=op.f("fk_index_results_unit_id_units")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_index_results")),
        sa.UniqueConstraint(
            "edition_id",
            "unit_id",
            "criterion_id",
            name=op.f("uq_index_results_edition_id_unit_id_criterion_id"),
        ),
    )
    op.create_index(op.f("ix_index_results_unit_id"), "index_results", ["unit_id"], unique=False)
    op.create_table(
        "indicators",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("measure", sa.String(length=20), nullable=False),
        sa.Column("direction", sa.String(length=20), nullable=False),
        sa.Column("committee_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["committee_id"], ["committees.id"], name=op.f("fk_indicators_committee_id_committees")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicators")),
        sa.UniqueConstraint("code", name=op.f("uq_indicators_code")),
    )
    op.create_table(
        "meetings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("committee_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("inspected_unit_id", sa.Integer(), nullable=True),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["committee_id"], ["committees.id"], name=op.f("fk_meetings_committee_id_committees")
        ),
        sa.ForeignKeyConstraint(
            ["inspected_unit_id"], ["units.id"], name=op.f("fk_meetings_inspected_unit_id_units")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetings")),
    )
    op.create_index(op.f("ix_meetings_committee_id"), "meetings", ["committee_id"], unique=False)
    op.create_index(op.f("ix_meetings_held_on"), "meetings", ["held_on"], unique=False)
    op.create_table(
        "posts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("committee_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_posts_forward")),
        sa.ForeignKeyConstraint(
            ["committee_id"], ["committees.id"], name=op.f("fk_posts_committee_id_committees")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_posts_person_id_persons")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_posts_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posts")),
    )
    op.create_index(op.f("ix_posts_committee_id"), "posts", ["committee_id"], unique=False)
    op.create_index(op.f("ix_posts_person_id"), "posts", ["person_id"], unique=False)
    op.create_index(op.f("ix_posts_unit_id"), "posts", ["unit_id"], unique=False)
    op.create_table(
        "scores",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("criterion_id", sa.Integer(), nullable=False),
        sa.Column("self_score", sa.BigInteger(), nullable=True),
        sa.Column("appraised_1", sa.BigInteger(), nullable=True),
        sa.Column("appraised_2", sa.BigInteger(), nullable=True),
        sa.Column("survey_score", sa.BigInteger(), nullable=True),
        sa.Column("final_score", sa.BigInteger(), nullable=True),
        sa.Column("not_applicable", sa.Boolean(), nullable=False),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["criterion_id"], ["criteria.id"], name=op.f("fk_scores_criterion_id_criteria")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_scores_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scores")),
        sa.UniqueConstraint("unit_id", "criterion_id", name=op.f("uq_scores_unit_id_criterion_id")),
    )
    op.create_index(op.f("ix_scores_criterion_id"), "scores", ["criterion_id"], unique=False)
    op.create_table(
        "findings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("good", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_findings_meeting_id_meetings")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_findings")),
    )
    op.create_index(op.f("ix_findings_meeting_id"), "findings", ["meeting_id"], unique=False)
    op.create_table(
        "measurements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.Column("ranked", sa.Integer(), nullable=True),
        sa.Column("entered_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["indicator_id"],
            ["indicators.id"],
            name=op.f("fk_measurements_indicator_id_indicators"),
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["units.id"], name=op.f("fk_measurements_unit_id_units")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measurements")),
        sa.UniqueConstraint(
            "indicator_id", "unit_id", "on", name=op.f("uq_measurements_indicator_id_unit_id_on")
        ),
    )
    op.create_table(
        "meeting_committees",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("committee_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["committee_id"],
            ["committees.id"],
            name=op.f("fk_meeting_committees_committee_id_committees"),
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_meeting_committees_meeting_id_meetings")
        ),
        sa.PrimaryKeyConstraint("meeting_id", "committee_id", name=op.f("pk_meeting_committees")),
    )
    op.create_table(
        "notices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("committee_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("supplements_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("number", sa.String(length=100), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("signer", sa.String(length=300), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("secret", sa.Boolean(), nullable=False),
        sa.Column("signed_file_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["committee_id"], ["committees.id"], name=op.f("fk_notices_committee_id_committees")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_notices_meeting_id_meetings")
        ),
        sa.ForeignKeyConstraint(
            ["signed_file_id"], ["evidence.id"], name=op.f("fk_notices_signed_file_id_evidence")
        ),
        sa.ForeignKeyConstraint(
            ["supplements_id"], ["notices.id"], name=op.f("fk_notices_supplements_id_notices")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
    )
    op.create_index(op.f("ix_notices_committee_id"), "notices", ["committee_id"], unique=False)
    op.create_index(op.f("ix_notices_meeting_id"), "notices", ["meeting_id"], unique=False)
    op.create_index(op.f("ix_notices_number"), "notices", ["number"], unique=False)
    op.create_index(op.f("ix_notices_supplements_id"), "notices", ["supplements_id"], unique=False)
    op.create_table(
        "participants",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("attendance", sa.String(length=20), nullable=False),
        sa.Column("concludes", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_participants_meeting_id_meetings")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participants")),
    )
    op.create_index(
        op.f("ix_participants_meeting_id"), "participants", ["meeting_id"], unique=False
    )
    op.create_table(
        "raised_matters",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_raised_matters_meeting_id_meetings")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["units.id"], name=op.f("fk_raised_matters_unit_id_units")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_raised_matters")),
    )
    op.create_index(
        op.f("ix_raised_matters_meeting_id"), "raised_matters", ["meeting_id"], unique=False
    )
    op.create_table(
        "remedies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("score_id", sa.Integer(), nullable=False),
        sa.Column("cause_class", sa.String(length=20), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("solution", sa.Text(), nullable=False),
        sa.Column("owner_unit_id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("expected_points", sa.BigInteger(), nullable=False),
        sa.Column("evidence_needed", sa.Text(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("evidence_complete_on", sa.Date(), nullable=True),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.CheckConstraint("expected_points >= 0", name=op.f("ck_remedies_expected_not_negative")),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["persons.id"], name=op.f("fk_remedies_officer_id_persons")
        ),
        sa.ForeignKeyConstraint(
            ["owner_unit_id"], ["units.id"], name=op.f("fk_remedies_owner_unit_id_units")
        ),
        sa.ForeignKeyConstraint(
            ["score_id"], ["scores.id"], name=op.f("fk_remedies_score_id_scores")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remedies")),
        sa.UniqueConstraint("score_id", name=op.f("uq_remedies_score_id")),
    )
    op.create_index(op.f("ix_remedies_owner_unit_id"), "remedies", ["owner_unit_id"], unique=False)
    op.create_table(
        "sign_in_sessions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_digest", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_sign_in_sessions_person_id_persons")
        ),
        sa.ForeignKeyConstraint(
            ["post_id"], ["posts.id"], name=op.f("fk_sign_in_sessions_post_id_posts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_sessions")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_sign_in_sessions_token_digest")),
    )
    op.create_index(
        op.f("ix_sign_in_sessions_person_id"), "sign_in_sessions", ["person_id"], unique=False
    )
    op.create_table(
        "clauses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("heading", sa.Boolean(), nullable=False),
        sa.Column("suggested", sa.String(length=20), nullable=False),
        sa.Column("verdict", sa.String(length=20), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("concluded_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["concluded_by_id"],
            ["participants.id"],
            name=op.f("fk_clauses_concluded_by_id_participants"),
        ),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["notices.id"], name=op.f("fk_clauses_notice_id_notices")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clauses")),
    )
    op.create_index(op.f("ix_clauses_notice_id"), "clauses", ["notice_id"], unique=False)
    op.create_table(
        "notice_files",
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["evidence_id"], ["evidence.id"], name=op.f("fk_notice_files_evidence_id_evidence")
        ),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["notices.id"], name=op.f("fk_notice_files_notice_id_notices")
        ),
        sa.PrimaryKeyConstraint("notice_id", "evidence_id", name=op.f("pk_notice_files")),
    )
    op.create_table(
        "remedy_progress",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("remedy_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["remedy_id"], ["remedies.id"], name=op.f("fk_remedy_progress_remedy_id_remedies")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remedy_progress")),
    )
    op.create_index(
        op.f("ix_remedy_progress_remedy_id"), "remedy_progress", ["remedy_id"], unique=False
    )
    op.create_table(
        "proposals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("clause_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("product", sa.Text(), nullable=False),
        sa.Column("lead_text", sa.Text(), nullable=False),
        sa.Column("coordinate_text", sa.Text(), nullable=False),
        sa.Column("lead_decided_by", sa.Text(), nullable=False),
        sa.Column("time", sa.String(length=20), nullable=True),
        sa.Column("deadline_kind", sa.String(length=20), nullable=False),
        sa.Column("deadline_text", sa.Text(), nullable=False),
        sa.Column("deadline_basis", sa.String(length=20), nullable=True),
        sa.Column("basis_reference", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("star", sa.Boolean(), nullable=False),
        sa.Column("field", sa.String(length=200), nullable=False),
        sa.Column("target", sa.Boolean(), nullable=False),
        sa.Column("target_value", sa.String(length=60), nullable=False),
        sa.Column("doubts", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clause_id"], ["clauses.id"], name=op.f("fk_proposals_clause_id_clauses")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposals")),
    )
    op.create_index(op.f("ix_proposals_clause_id"), "proposals", ["clause_id"], unique=False)
    op.create_table(
        "remedy_progress_evidence",
        sa.Column("progress_id", sa.Integer(), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["evidence_id"],
            ["evidence.id"],
            name=op.f("fk_remedy_progress_evidence_evidence_id_evidence"),
        ),
        sa.ForeignKeyConstraint(
            ["progress_id"],
            ["remedy_progress.id"],
            name=op.f("fk_remedy_progress_evidence_progress_id_remedy_progress"),
        ),
        sa.PrimaryKeyConstraint(
            "progress_id", "evidence_id", name=op.f("pk_remedy_progress_evidence")
        ),
    )
    op.create_table(
        "targets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("clause_id", sa.Integer(), nullable=True),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.Column("ranked", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clause_id"], ["clauses.id"], name=op.f("fk_targets_clause_id_clauses")
        ),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicators.id"], name=op.f("fk_targets_indicator_id_indicators")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_targets_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_targets")),
    )
    op.create_index(op.f("ix_targets_clause_id"), "targets", ["clause_id"], unique=False)
    op.create_index(op.f("ix_targets_indicator_id"), "targets", ["indicator_id"], unique=False)
    op.create_table(
        "task_groups",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("addressee", sa.Text(), nullable=False),
        sa.Column("clause_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["clause_id"], ["clauses.id"], name=op.f("fk_task_groups_clause_id_clauses")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_groups")),
    )
    op.create_index(op.f("ix_task_groups_clause_id"), "task_groups", ["clause_id"], unique=False)
    op.create_table(
        "proposal_units",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("lead", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposals.id"], name=op.f("fk_proposal_units_proposal_id_proposals")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["units.id"], name=op.f("fk_proposal_units_unit_id_units")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal_units")),
    )
    op.create_index(
        op.f("ix_proposal_units_proposal_id"), "proposal_units", ["proposal_id"], unique=False
    )
    op.create_table(
        "tasks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("committee_id", sa.Integer(), nullable=False),
        sa.Column("clause_id", sa.Integer(), nullable=True),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("product", sa.Text(), nullable=False),
        sa.Column("lead_unit_id", sa.Integer(), nullable=False),
        sa.Column("lead_decided_by", sa.Text(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.Column("leader", sa.String(length=200), nullable=False),
        sa.Column("star", sa.Boolean(), nullable=False),
        sa.Column("field", sa.String(length=200), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("external_code", sa.String(length=100), nullable=False),
        sa.Column("tracked_in", sa.String(length=200), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("time", sa.String(length=20), nullable=False),
        sa.Column("deadline_kind", sa.String(length=20), nullable=False),
        sa.Column("deadline_text", sa.Text(), nullable=False),
        sa.Column("deadline_basis", sa.String(length=20), nullable=True),
        sa.Column("basis_reference", sa.Text(), nullable=False),
        sa.Column("first_due_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("effective_on", sa.Date(), nullable=True),
        sa.Column("deadline_version", sa.Integer(), nullable=False),
        sa.Column("superior_due_on", sa.Date(), nullable=True),
        sa.Column("assigned_on", sa.Date(), nullable=False),
        sa.Column("workflow", sa.String(length=20), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=20), nullable=True),
        sa.Column("updated_on", sa.Date(), nullable=True),
        sa.Column("last_update", sa.Text(), nullable=False),
        sa.Column("handed_in_on", sa.Date(), nullable=True),
        sa.Column("accepted_on", sa.Date(), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("left_why", sa.String(length=20), nullable=True),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "time != 'dated' OR due_on IS NOT NULL", name=op.f("ck_tasks_dated_has_date")
        ),
        sa.CheckConstraint("accepted_on IS NULL OR left_on IS NULL", name=op.f("ck_tasks_one_end")),
        sa.CheckConstraint("percent BETWEEN 0 AND 100", name=op.f("ck_tasks_percent_in_range")),
        sa.ForeignKeyConstraint(
            ["clause_id"], ["clauses.id"], name=op.f("fk_tasks_clause_id_clauses")
        ),
        sa.ForeignKeyConstraint(
            ["committee_id"], ["committees.id"], name=op.f("fk_tasks_committee_id_committees")
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["task_groups.id"], name=op.f("fk_tasks_group_id_task_groups")
        ),
        sa.ForeignKeyConstraint(
            ["lead_unit_id"], ["units.id"], name=op.f("fk_tasks_lead_unit_id_units")
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["persons.id"], name=op.f("fk_tasks_officer_id_persons")
        ),
        sa.ForeignKeyConstraint(["parent_id"], ["tasks.id"], name=op.f("fk_tasks_parent_id_tasks")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tasks")),
        sa.UniqueConstraint("code", name=op.f("uq_tasks_code")),
    )
    op.create_index(
        "ix_tasks_accepted_on",
        "tasks",
        ["accepted_on"],
        unique=False,
        sqlite_where=sa.text("accepted_on IS NOT NULL"),
        postgresql_where=sa.text("accepted_on IS NOT NULL"),
    )
    op.create_index(op.f("ix_tasks_clause_id"), "tasks", ["clause_id"], unique=False)
    op.create_index(op.f("ix_tasks_committee_id"), "tasks", ["committee_id"], unique=False)
    op.create_index(op.f("ix_tasks_group_id"), "tasks", ["group_id"], unique=False)
    op.create_index(op.f("ix_tasks_lead_unit_id"), "tasks", ["lead_unit_id"], unique=False)
    op.create_index(op.f("ix_tasks_officer_id"), "tasks", ["officer_id"], unique=False)
    op.create_index(
        "ix_tasks_open_committee",
        "tasks",
        [
            "committee_id",
            "time",
            "effective_on",
            "assigned_on",
            "group_id",
            "accepted_on",
            "left_on",
        ],
        unique=False,
        sqlite_where=sa.text("accepted_on IS NULL AND left_on IS NULL"),
        postgresql_where=sa.text("accepted_on IS NULL AND left_on IS NULL"),
    )
    op.create_index(
        "ix_tasks_open_effective",
        "tasks",
        ["effective_on", "due_on", "id"],
        unique=False,
        sqlite_where=sa.text("accepted_on IS NULL AND left_on IS NULL AND time = 'dated'"),
        postgresql_where=sa.text("accepted_on IS NULL AND left_on IS NULL AND time = 'dated'"),
    )
    op.create_index(
        "ix_tasks_open_field",
        "tasks",
        ["committee_id", "field"],
        unique=False,
        sqlite_where=sa.text("accepted_on IS NULL AND left_on IS NULL"),
        postgresql_where=sa.text("accepted_on IS NULL AND left_on IS NULL"),
    )
    op.create_index(
        "ix_tasks_open_group",
        "tasks",
        ["group_id", "effective_on", "due_on", "id"],
        unique=False,
        sqlite_where=sa.text(
            "accepted_on IS NULL AND left_on IS NULL AND time = 'dated' AND group_id IS NOT NULL"
        ),
        postgresql_where=sa.text(
            "accepted_on IS NULL AND left_on IS NULL AND time = 'dated' AND group_id IS NOT NULL"
        ),
    )
    op.create_index(
        "ix_tasks_open_unit",
        "tasks",
        [
            "lead_unit_id",
            "time",
            "effective_on",
            "committee_id",
            "assigned_on",
            "group_id",
            "accepted_on",
            "left_on",
        ],
        unique=False,
        sqlite_where=sa.text("accepted_on IS NULL AND left_on IS NULL"),
        postgresql_where=sa.text("accepted_on IS NULL AND left_on IS NULL"),
    )
    op.create_index(op.f("ix_tasks_parent_id"), "tasks", ["parent_id"], unique=False)
    op.create_table(
        "coordinations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["task_id"], ["tasks.id"], name=op.f("fk_coordinations_task_id_tasks")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["units.id"], name=op.f("fk_coordinations_unit_id_units")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coordinations")),
        sa.UniqueConstraint("task_id", "unit_id", name=op.f("uq_coordinations_task_id_unit_id")),
    )
    op.create_index(op.f("ix_coordinations_unit_id"), "coordinations", ["unit_id"], unique=False)
    op.create_table(
        "deadline_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("time", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("effective_on", sa.Date(), nullable=True),
        sa.Column("basis", sa.String(length=20), nullable=True),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("on_behalf_of", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["task_id"], ["tasks.id"], name=op.f("fk_deadline_versions_task_id_tasks")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline_versions")),
        sa.UniqueConstraint(
            "task_id", "version", name=op.f("uq_deadline_versions_task_id_version")
        ),
    )
    op.create_table(
        "departures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("why", sa.String(length=20), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("on_behalf_of", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("other_task_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["other_task_id"], ["tasks.id"], name=op.f("fk_departures_other_task_id_tasks")
        ),
        sa.ForeignKeyConstraint(
            ["task_id"], ["tasks.id"], name=op.f("fk_departures_task_id_tasks")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_departures")),
    )
    op.create_index(op.f("ix_departures_task_id"), "departures", ["task_id"], unique=False)
    op.create_table(
        "finding_tasks",
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["finding_id"], ["findings.id"], name=op.f("fk_finding_tasks_finding_id_findings")
        ),
        sa.ForeignKeyConstraint(
            ["task_id"], ["tasks.id"], name=op.f("fk_finding_tasks_task_id_tasks")
        ),
        sa.PrimaryKeyConstraint("finding_id", "task_id", name=op.f("pk_finding_tasks")),
    )
    op.create_table(
        "hand_ins",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("handed_in_on", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("by_post", sa.Text(), nullable=False),
        sa.Column("on_behalf_of", sa.Text(), nullable=False),
        sa.Column("way", sa.String(length=20), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("document_number", sa.String(length=100), nullable=False),
        sa.Column("document_date", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["persons.id"], name=op.f("fk_hand_ins_by_id_persons")),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_hand_ins_task_id_tasks")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_ins")),
    )
    op.create_index(op.f("ix_hand_ins_task_id"), "hand_ins", ["task_id"], unique=False)
    op.create_table(
        "leader_decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("leader", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("note_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["note_id"], ["evidence.id"], name=op.f("fk_leader_decisions_note_id_evidence")
        ),
        sa.ForeignKeyConstraint(
            ["task_id"], ["tasks.id"], name=op.f("fk_leader_decisions_task_id_tasks")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leader_decisions")),
    )
    op.create_index(
        op.f("ix_leader_decisions_task_id"), "leader_decisions", ["task_id"], unique=False
    )
    op.create_table(
        "progress",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("by_post", sa.Text(), nullable=False),
        sa.Column("on_behalf_of", sa.Text(), nullable=False),
        sa.Column("way", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["persons.id"], name=op.f("fk_progress_by_id_persons")),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_progress_task_id_tasks")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_progress")),
    )
    op.create_index(op.f("ix_progress_task_id"), "progress", ["task_id"], unique=False)
    op.create_table(
        "receipts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_receipts_task_id_tasks")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipts")),
    )
    op.create_index(op.f("ix_receipts_task_id"), "receipts", ["task_id"], unique=False)
    op.create_table(
        "remedy_tasks",
        sa.Column("remedy_id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["remedy_id"], ["remedies.id"], name=op.f("fk_remedy_tasks_remedy_id_remedies")
        ),
        sa.ForeignKeyConstraint(
            ["task_id"], ["tasks.id"], name=op.f("fk_remedy_tasks_task_id_tasks")
        ),
        sa.PrimaryKeyConstraint("remedy_id", "task_id", name=op.f("pk_remedy_tasks")),
    )
    op.create_index(op.f("ix_remedy_tasks_task_id"), "remedy_tasks", ["task_id"], unique=False)
    op.create_table(
        "reminder_ledger",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("recipient", sa.String(length=254), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(length=20), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("deadline_version", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=True),
        sa.Column("message_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["message_id"], ["outbox.id"], name=op.f("fk_reminder_ledger_message_id_outbox")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_reminder_ledger_person_id_persons")
        ),
        sa.ForeignKeyConstraint(
            ["task_id"], ["tasks.id"], name=op.f("fk_reminder_ledger_task_id_tasks")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["units.id"], name=op.f("fk_reminder_ledger_unit_id_units")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder_ledger")),
        sa.UniqueConstraint(
            "task_id",
            "recipient",
            "rule",
            "step",
            "deadline_version",
            name=op.f("uq_reminder_ledger_task_id_recipient_rule_step_deadline_version"),
        ),
    )
    op.create_index(
        "ix_reminder_ledger_as_of", "reminder_ledger", ["as_of", "recipient"], unique=False
    )
    op.create_index(
        op.f("ix_reminder_ledger_message_id"), "reminder_ledger", ["message_id"], unique=False
    )
    op.create_index(
        op.f("ix_reminder_ledger_unit_id"), "reminder_ledger", ["unit_id"], unique=False
    )
    op.create_table(
        "hand_in_decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hand_in_id", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(length=20), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("by_post", sa.Text(), nullable=False),
        sa.Column("on_behalf_of", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("note_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("snapshot", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["persons.id"], name=op.f("fk_hand_in_decisions_by_id_persons")
        ),
        sa.ForeignKeyConstraint(
            ["hand_in_id"], ["hand_ins.id"], name=op.f("fk_hand_in_decisions_hand_in_id_hand_ins")
        ),
        sa.ForeignKeyConstraint(
            ["note_id"], ["evidence.id"], name=op.f("fk_hand_in_decisions_note_id_evidence")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_in_decisions")),
        sa.UniqueConstraint("hand_in_id", name=op.f("uq_hand_in_decisions_hand_in_id")),
    )
    op.create_table(
        "hand_in_evidence",
        sa.Column("hand_in_id", sa.Integer(), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["evidence_id"], ["evidence.id"], name=op.f("fk_hand_in_evidence_evidence_id_evidence")
        ),
        sa.ForeignKeyConstraint(
            ["hand_in_id"], ["hand_ins.id"], name=op.f("fk_hand_in_evidence_hand_in_id_hand_ins")
        ),
        sa.PrimaryKeyConstraint("hand_in_id", "evidence_id", name=op.f("pk_hand_in_evidence")),
    )
    op.create_table(
        "progress_evidence",
        sa.Column("progress_id", sa.Integer(), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["evidence_id"], ["evidence.id"], name=op.f("fk_progress_evidence_evidence_id_evidence")
        ),
        sa.ForeignKeyConstraint(
            ["progress_id"], ["progress.id"], name=op.f("fk_progress_evidence_progress_id_progress")
        ),
        sa.PrimaryKeyConstraint("progress_id", "evidence_id", name=op.f("pk_progress_evidence")),
    )


def downgrade() -> None:
    op.drop_table("progress_evidence")
    op.drop_table("hand_in_evidence")
    op.drop_table("hand_in_decisions")
    op.drop_index(op.f("ix_reminder_ledger_unit_id"), table_name="reminder_ledger")
    op.drop_index(op.f("ix_reminder_ledger_message_id"), table_name="reminder_ledger")
    op.drop_index("ix_reminder_ledger_as_of", table_name="reminder_ledger")
    op.drop_table("reminder_ledger")
    op.drop_index(op.f("ix_remedy_tasks_task_id"), table_name="remedy_tasks")
    op.drop_table("remedy_tasks")
    op.drop_index(op.f("ix_receipts_task_id"), table_name="receipts")
    op.drop_table("receipts")
    op.drop_index(op.f("ix_progress_task_id"), table_name="progress")
    op.drop_table("progress")
    op.drop_index(op.f("ix_leader_decisions_task_id"), table_name="leader_decisions")
    op.drop_table("leader_decisions")
    op.drop_index(op.f("ix_hand_ins_task_id"), table_name="hand_ins")
    op.drop_table("hand_ins")
    op.drop_table("finding_tasks")
    op.drop_index(op.f("ix_departures_task_id"), table_name="departures")
    op.drop_table("departures")
    op.drop_table("deadline_versions")
    op.drop_index(op.f("ix_coordinations_unit_id"), table_name="coordinations")
    op.drop_table("coordinations")
    op.drop_index(op.f("ix_tasks_parent_id"), table_name="tasks")
    op.drop_index(
        "ix_tasks_open_unit",
        table_name="tasks",
        sqlite_where=sa.text("accepted_on IS NULL AND left_on IS NULL"),
        postgresql_where=sa.text("accepted_on IS NULL AND left_on IS NULL"),
    )
    op.drop_index(
        "ix_tasks_open_group",
        table_name="tasks",
        sqlite_where=sa.text(
            "accepted_on IS NULL AND left_on IS NULL AND time = 'dated' AND group_id IS NOT NULL"
        ),
        postgresql_where=sa.text(
            "accepted_on IS NULL AND left_on IS NULL AND time = 'dated' AND group_id IS NOT NULL"
        ),
    )
    op.drop_index(
        "ix_tasks_open_field",
        table_name="tasks",
        sqlite_where=sa.text("accepted_on IS NULL AND left_on IS NULL"),
        postgresql_where=sa.text("accepted_on IS NULL AND left_on IS NULL"),
    )
    op.drop_index(
        "ix_tasks_open_effective",
        table_name="tasks",
        sqlite_where=sa.text("accepted_on IS NULL AND left_on IS NULL AND time = 'dated'"),
        postgresql_where=sa.text("accepted_on IS NULL AND left_on IS NULL AND time = 'dated'"),
    )
    op.drop_index(
        "ix_tasks_open_committee",
        table_name="tasks",
        sqlite_where=sa.text("accepted_on IS NULL AND left_on IS NULL"),
        postgresql_where=sa.text("accepted_on IS NULL AND left_on IS NULL"),
    )
    op.drop_index(op.f("ix_tasks_officer_id"), table_name="tasks")
    op.drop_index(op.f("ix_tasks_lead_unit_id"), table_name="tasks")
    op.drop_index(op.f("ix_tasks_group_id"), table_name="tasks")
    op.drop_index(op.f("ix_tasks_committee_id"), table_name="tasks")
    op.drop_index(op.f("ix_tasks_clause_id"), table_name="tasks")
    op.drop_index(
        "ix_tasks_accepted_on",
        table_name="tasks",
        sqlite_where=sa.text("accepted_on IS NOT NULL"),
        postgresql_where=sa.text("accepted_on IS NOT NULL"),
    )
    op.drop_table("tasks")
    op.drop_index(op.f("ix_proposal_units_proposal_id"), table_name="proposal_units")
    op.drop_table("proposal_units")
    op.drop_index(op.f("ix_task_groups_clause_id"), table_name="task_groups")
    op.drop_table("task_groups")
    op.drop_index(op.f("ix_targets_indicator_id"), table_name="targets")
    op.drop_index(op.f("ix_targets_clause_id"), table_name="targets")
    op.drop_table("targets")
    op.drop_table("remedy_progress_evidence")
    op.drop_index(op.f("ix_proposals_clause_id"), table_name="proposals")
    op.drop_table("proposals")
    op.drop_index(op.f("ix_remedy_progress_remedy_id"), table_name="remedy_progress")
    op.drop_table("remedy_progress")
    op.drop_table("notice_files")
    op.drop_index(op.f("ix_clauses_notice_id"), table_name="clauses")
    op.drop_table("clauses")
    op.drop_index(op.f("ix_sign_in_sessions_person_id"), table_name="sign_in_sessions")
    op.drop_table("sign_in_sessions")
    op.drop_index(op.f("ix_remedies_owner_unit_id"), table_name="remedies")
    op.drop_table("remedies")
    op.drop_index(op.f("ix_raised_matters_meeting_id"), table_name="raised_matters")
    op.drop_table("raised_matters")
    op.drop_index(op.f("ix_participants_meeting_id"), table_name="participants")
    op.drop_table("participants")
    op.drop_index(op.f("ix_notices_supplements_id"), table_name="notices")
    op.drop_index(op.f("ix_notices_number"), table_name="notices")
    op.drop_index(op.f("ix_notices_meeting_id"), table_name="notices")
    op.drop_index(op.f("ix_notices_committee_id"), table_name="notices")
    op.drop_table("notices")
    op.drop_table("meeting_committees")
    op.drop_table("measurements")
    op.drop_index(op.f("ix_findings_meeting_id"), table_name="findings")
    op.drop_table("findings")
    op.drop_index(op.f("ix_scores_criterion_id"), table_name="scores")
    op.drop_table("scores")
    op.drop_index(op.f("ix_posts_unit_id"), table_name="posts")
    op.drop_index(op.f("ix_posts_person_id"), table_name="posts")
    op.drop_index(op.f("ix_posts_committee_id"), table_name="posts")
    op.drop_table("posts")
    op.drop_index(op.f("ix_meetings_held_on"), table_name="meetings")
    op.drop_index(op.f("ix_meetings_committee_id"), table_name="meetings")
    op.drop_table("meetings")
    op.drop_table("indicators")
    op.drop_index(op.f("ix_index_results_unit_id"), table_name="index_results")
    op.drop_table("index_results")
    op.drop_table("criterion_owners")
    op.drop_index(op.f("ix_committee_members_committee_id"), table_name="committee_members")
    op.drop_table("committee_members")
    op.drop_index("ix_closed_tallies_sum", table_name="closed_tallies")
    op.drop_table("closed_tallies")
    op.drop_index(op.f("ix_unit_aliases_unit_id"), table_name="unit_aliases")
    op.drop_index(op.f("ix_unit_aliases_folded"), table_name="unit_aliases")
    op.drop_table("unit_aliases")
    op.drop_index(op.f("ix_evidence_unit_id"), table_name="evidence")
    op.drop_index(op.f("ix_evidence_digest"), table_name="evidence")
    op.drop_table("evidence")
    op.drop_index(op.f("ix_criteria_parent_id"), table_name="criteria")
    op.drop_table("criteria")
    op.drop_table("committees")
    op.drop_index(op.f("ix_units_parent_id"), table_name="units")
    op.drop_index(op.f("ix_units_name"), table_name="units")
    op.drop_table("units")
    op.drop_index(op.f("ix_sign_in_failures_email"), table_name="sign_in_failures")
    op.drop_index(op.f("ix_sign_in_failures_at"), table_name="sign_in_failures")
    op.drop_index(op.f("ix_sign_in_failures_address"), table_name="sign_in_failures")
    op.drop_table("sign_in_failures")
    op.drop_index(op.f("ix_persons_name"), table_name="persons")
    op.drop_table("persons")
    op.drop_index(op.f("ix_outbox_recipient"), table_name="outbox")
    op.drop_index(
        "ix_outbox_ready",
        table_name="outbox",
        sqlite_where=sa.text("state IN ('waiting', 'claimed')"),
        postgresql_where=sa.text("state IN ('waiting', 'claimed')"),
    )
    op.drop_index(
        "ix_outbox_failed",
        table_name="outbox",
        sqlite_where=sa.text("state = 'failed'"),
        postgresql_where=sa.text("state = 'failed'"),
    )
    op.drop_table("outbox")
    op.drop_table("office")
    op.drop_index(op.f("ix_job_runs_name"), table_name="job_runs")
    op.drop_index(op.f("ix_job_runs_finished_at"), table_name="job_runs")
    op.drop_table("job_runs")
    op.drop_index(op.f("ix_history_person_id"), table_name="history")
    op.drop_index("ix_history_noun_object_id", table_name="history")
    op.drop_index(op.f("ix_history_committee_id"), table_name="history")
    op.drop_index(op.f("ix_history_at"), table_name="history")
    op.drop_table("history")
    op.drop_table("files")
    op.drop_table("editions")
    op.drop_table("calendar_days")
