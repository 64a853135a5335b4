"""Why a channel is off."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.add_column("switches", sa.Column("reason", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("switches", "reason")
