"""Say how sure the owner of a remedy is that it brings its points back."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("remedies", sa.Column("confidence", sa.String(length=20), nullable=True))


def downgrade() -> None:
    op.drop_column("remedies", "confidence")
