"""Let nobody change or remove a row of history: triggers on both databases."""

from alembic import op

revision = "0002"
down_revision = "0001"

MESSAGE = "history is append-only"


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER history_no_{act.lower()} BEFORE {act} ON history "
                f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION refuse_history_change() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}'; END $$"
    )
    op.execute(
        "CREATE TRIGGER history_no_change BEFORE UPDATE OR DELETE ON history "
        "FOR EACH ROW EXECUTE FUNCTION refuse_history_change()"
    )
    op.execute(
        "CREATE TRIGGER history_no_truncate BEFORE TRUNCATE ON history "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_history_change()"
    )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for act in ("UPDATE", "DELETE"):
            op.execute(f"DROP TRIGGER history_no_{act.lower()}")
        return
    op.execute("DROP TRIGGER history_no_truncate ON history")
    op.execute("DROP TRIGGER history_no_change ON history")
    op.execute("DROP FUNCTION refuse_history_change()")
