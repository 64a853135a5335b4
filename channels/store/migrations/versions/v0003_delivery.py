"""Contacts, what they wrote and what goes out to them."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

TO_ANSWER = sa.text("state = 'received'")
TO_SEND = sa.text("state IN ('waiting', 'sending')")
TABLES = ("gateways", "pace", "outbound", "inbound", "contacts")


def upgrade() -> None:
    op.add_column("handover_messages", sa.Column("message_id", sa.String(64), nullable=True))
    op.create_index("uq_handover_messages_message_id", "handover_messages", ["message_id"], unique=True)
    _contacts()
    _inbound()
    _outbound()
    op.create_table(
        "pace",
        sa.Column("sender", sa.String(64), nullable=False),
        _moment("next_at"),
        sa.PrimaryKeyConstraint("sender", name="pk_pace"),
    )
    op.create_table(
        "gateways",
        sa.Column("name", sa.String(128), nullable=False),
        _moment("seen_at"),
        sa.PrimaryKeyConstraint("name", name="pk_gateways"),
    )


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
    op.drop_index("uq_handover_messages_message_id", "handover_messages")
    op.drop_column("handover_messages", "message_id")


def _moment(name: str, nullable: bool = False) -> "sa.Column[object]":
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _contacts() -> None:
    op.create_table(
        "contacts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(40), nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("sealed_address", sa.Text(), nullable=False),
        sa.Column("ours", sa.String(64), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("language", sa.String(8), nullable=True),
        sa.Column("notice_version", sa.String(16), nullable=True),
        _moment("last_inbound_at"),
        _moment("created_at"),
        sa.PrimaryKeyConstraint("id", name="pk_contacts"),
        sa.UniqueConstraint("key", name="uq_contacts_key"),
    )


def _inbound() -> None:
    op.create_table(
        "inbound",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("provider_id", sa.String(64), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("sealed_body", sa.Text(), nullable=True),
        sa.Column("media", sa.Text(), nullable=True),
        sa.Column("wish", sa.String(8), nullable=True),
        sa.Column("is_told", sa.Boolean(), nullable=False),
        _moment("received_at"),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("outcome", sa.String(16), nullable=True),
        sa.Column("replays", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_inbound"),
        sa.UniqueConstraint("provider_id", name="uq_inbound_provider_id"),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name="fk_inbound_contact_id", ondelete="SET NULL"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_inbound_contact_id", "inbound", ["contact_id"])
    op.create_index(
        "ix_inbound_to_answer", "inbound", ["contact_id", "id"], sqlite_where=TO_ANSWER, postgresql_where=TO_ANSWER
    )


def _outbound() -> None:
    op.create_table(
        "outbound",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("inbound_id", sa.Integer(), nullable=True),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("sealed_text", sa.Text(), nullable=False),
        sa.Column("media_url", sa.Text(), nullable=True),
        sa.Column("reference", sa.String(64), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("status", sa.String(16), nullable=True),
        sa.Column("provider_id", sa.String(64), nullable=True),
        sa.Column("error_code", sa.String(32), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("absences", sa.Integer(), nullable=False),
        _moment("not_before"),
        _moment("created_at"),
        _moment("sending_at", nullable=True),
        _moment("sent_at", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_outbound"),
        sa.UniqueConstraint("reference", name="uq_outbound_reference"),
        sa.UniqueConstraint("inbound_id", "part", name="uq_outbound_inbound_id_part"),
        sa.ForeignKeyConstraint(["inbound_id"], ["inbound.id"], name="fk_outbound_inbound_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name="fk_outbound_contact_id", ondelete="CASCADE"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_outbound_contact_id", "outbound", ["contact_id"])
    op.create_index(
        "ix_outbound_to_send", "outbound", ["contact_id", "id"], sqlite_where=TO_SEND, postgresql_where=TO_SEND
    )
