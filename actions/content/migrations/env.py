"""How Alembic runs here: always over the connection that store.migrate hands it."""

from alembic import context

from actions.content.migrations import VERSION_TABLE
from actions.content.tables import ContentBase

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=ContentBase.metadata,
    version_table=VERSION_TABLE,
    render_as_batch=True,
    transactional_ddl=True,
)
context.run_migrations()
