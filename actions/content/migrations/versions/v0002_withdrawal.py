"""Who asked that a published version be taken back."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    with op.batch_alter_table("content_versions") as table:
        table.add_column(sa.Column("withdrawal_by", sa.String(80), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("content_versions") as table:
        table.drop_column("withdrawal_by")
