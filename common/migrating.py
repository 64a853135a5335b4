"""How Alembic runs in every store: always over the connection that the store hands it."""

from alembic import context
from sqlalchemy import MetaData


def run(metadata: MetaData, version_table: str) -> None:
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=metadata,
        version_table=version_table,
        render_as_batch=True,
        transactional_ddl=True,
    )
    context.run_migrations()
