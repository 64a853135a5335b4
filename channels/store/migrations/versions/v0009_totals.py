"""Sums over channels and languages; waiting times by when; thumbs beside staff's marks; when they were hinted at."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "turn_totals",
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("value", sa.String(120), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "day", "value", name="pk_turn_totals"),
        sqlite_with_rowid=False,
    )
    op.execute(
        "INSERT INTO turn_totals (kind, day, value, count)"
        " SELECT kind, day, value, SUM(count) FROM turn_counts GROUP BY kind, day, value"
    )
    op.add_column("turns", sa.Column("thumb", sa.String(8), nullable=True))
    op.add_column("contacts", sa.Column("hinted_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("turn_groups", sa.Column("entry", sa.String(120), nullable=True))
    op.create_index("ix_handovers_waiting", "handovers", ["asked_at", "taken_at", "channel", "language"])


def downgrade() -> None:
    op.drop_index("ix_handovers_waiting", "handovers")
    op.drop_column("turn_groups", "entry")
    op.drop_column("contacts", "hinted_at")
    op.drop_column("turns", "thumb")
    op.drop_table("turn_totals")
