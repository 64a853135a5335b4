"""What was answered to each utterance of a call."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "transcript_turns",
        sa.Column("call", sa.String(64), nullable=False),
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("call", "sequence", name="pk_transcript_turns"),
    )
    op.create_index("ix_transcript_turns_at", "transcript_turns", ["at"])


def downgrade() -> None:
    op.drop_table("transcript_turns")
