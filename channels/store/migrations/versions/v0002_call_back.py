"""The number on which a person is to phone."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("handovers", sa.Column("call_back", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("handovers", "call_back")
