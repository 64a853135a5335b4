"""When the next place in time was written down, by which a clock that was put back is noticed."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.add_column("pace", sa.Column("set_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("pace", "set_at")
