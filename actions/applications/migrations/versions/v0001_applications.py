"""Applications, their stages, one-time codes and the audit of look-ups."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision: str | None = None


def upgrade() -> None:
    op.create_table(
        "applications",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number_hash", sa.String(64), nullable=False),
        sa.Column("number_sealed", sa.Text(), nullable=False),
        sa.Column("mobile_hash", sa.String(64), nullable=False),
        sa.Column("mobile_sealed", sa.Text(), nullable=False),
        sa.Column("scheme", sa.String(32), nullable=False),
        sa.Column("district", sa.String(32), nullable=False),
        sa.Column("row_hash", sa.String(64), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_applications"),
        sa.UniqueConstraint("number_hash", name="uq_applications_number_hash"),
    )
    op.create_index("ix_applications_mobile_hash", "applications", ["mobile_hash"])
    _stages()
    _codes()
    _lookups()


def downgrade() -> None:
    for table in ("application_lookups", "application_codes", "application_stages", "applications"):
        op.drop_table(table)


def _stages() -> None:
    op.create_table(
        "application_stages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(32), nullable=False),
        sa.Column("reached_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_application_stages"),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["applications.id"],
            name="fk_application_stages_application_id",
            ondelete="CASCADE",
        ),
        sa.UniqueConstraint("application_id", "place", name="uq_application_stages_application_id_place"),
    )


def _codes() -> None:
    op.create_table(
        "application_codes",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("number_hash", sa.String(64), nullable=False),
        sa.Column("session_hash", sa.String(64), nullable=False),
        sa.Column("code_hash", sa.String(64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("used", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_application_codes"),
    )
    for column in ("number_hash", "session_hash"):
        op.create_index(f"ix_application_codes_{column}_made_at", "application_codes", [column, "made_at"])


def _lookups() -> None:
    op.create_table(
        "application_lookups",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("way", sa.String(16), nullable=False),
        sa.Column("contact_hash", sa.String(64), nullable=False),
        sa.Column("number_hash", sa.String(64), nullable=False),
        sa.Column("outcome", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_application_lookups"),
    )
    for column in ("at", "contact_hash", "number_hash"):
        op.create_index(f"ix_application_lookups_{column}", "application_lookups", [column])
