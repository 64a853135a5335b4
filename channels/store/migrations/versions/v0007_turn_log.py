"""Turns, what they add up to, and groups of those that were not answered."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

HAS_TEXT = sa.text("sealed_text IS NOT NULL")
FAILED = sa.text("state IN ('failed', 'dead')")
TABLES = ("turn_groups", "turn_salts", "turn_counts", "turns")


def upgrade() -> None:
    _turns()
    op.create_table(
        "turn_counts",
        _word("kind", 16),
        sa.Column("day", sa.Date(), nullable=False),
        _word("value", 120),
        _word("channel", 16),
        _word("language", 8),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "day", "value", "channel", "language", name="pk_turn_counts"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "turn_salts",
        sa.Column("day", sa.Date(), nullable=False),
        _word("salt", 64),
        sa.PrimaryKeyConstraint("day", name="pk_turn_salts"),
    )
    _groups()
    op.create_index("ix_outbound_failed", "outbound", ["created_at"], sqlite_where=FAILED, postgresql_where=FAILED)


def downgrade() -> None:
    op.drop_index("ix_outbound_failed", "outbound")
    for table in TABLES:
        op.drop_table(table)


def _word(name: str, length: int, nullable: bool = False) -> "sa.Column[str]":
    return sa.Column(name, sa.String(length), nullable=nullable)


def _turns() -> None:
    op.create_table(
        "turns",
        sa.Column("id", sa.Integer(), nullable=False),
        _word("key", 32),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        _word("person", 32),
        _word("channel", 16),
        _word("language", 8),
        _word("outcome", 16),
        _word("entry", 120, nullable=True),
        _word("topic", 64, nullable=True),
        _word("district", 64, nullable=True),
        _word("task", 32, nullable=True),
        sa.Column("milliseconds", sa.Integer(), nullable=False),
        _word("mark", 8, nullable=True),
        sa.Column("sealed_text", sa.Text(), nullable=True),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_turns"),
        sa.UniqueConstraint("key", name="uq_turns_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_turns_day_person", "turns", ["day", "person"])
    op.create_index(
        "ix_turns_unanswered", "turns", ["group_id", "id"], sqlite_where=HAS_TEXT, postgresql_where=HAS_TEXT
    )


def _groups() -> None:
    op.create_table(
        "turn_groups",
        sa.Column("id", sa.Integer(), nullable=False),
        _word("state", 16),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("districts", sa.JSON(), nullable=False),
        sa.Column("examples", sa.JSON(), nullable=False),
        sa.Column("near", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        _word("closed_by", 80, nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_turn_groups"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_turn_groups_state_count", "turn_groups", ["state", "count"])
