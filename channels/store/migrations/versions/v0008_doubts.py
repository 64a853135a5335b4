"""Words of a voice note that wait for a yes."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "doubts",
        sa.Column("contact_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sealed_words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name="fk_doubts_contact_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("contact_id", name="pk_doubts"),
    )


def downgrade() -> None:
    op.drop_table("doubts")
