"""Channels that are switched off."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "switches",
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("sentences", sa.JSON(), nullable=False),
        sa.Column("by", sa.String(80), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("channel", name="pk_switches"),
    )


def downgrade() -> None:
    op.drop_table("switches")
