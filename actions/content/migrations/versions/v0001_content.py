"""Versions of entries, what was done with them, and test runs."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision: str | None = None


def upgrade() -> None:
    _versions()
    _moves()
    _trials()


def downgrade() -> None:
    for table in ("content_trials", "content_moves", "content_versions"):
        op.drop_table(table)


def _versions() -> None:
    op.create_table(
        "content_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry", sa.String(120), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("author", sa.String(80), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposed_by", sa.String(80), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_content_versions"),
        sa.UniqueConstraint("entry", "number", name="uq_content_versions_entry_number"),
    )
    op.create_index("ix_content_versions_state", "content_versions", ["state"])


def _moves() -> None:
    op.create_table(
        "content_moves",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry", sa.String(120), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(16), nullable=False),
        sa.Column("who", sa.String(80), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_content_moves"),
    )
    op.create_index("ix_content_moves_entry", "content_moves", ["entry"])


def _trials() -> None:
    op.create_table(
        "content_trials",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("entry", sa.String(120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_content_trials"),
    )
    op.create_index("ix_content_trials_at", "content_trials", ["at"])
