"""How Alembic runs here: always over the connection that engine.migrate hands it."""

from alembic import context

from actions.applications.migrations import VERSION_TABLE
from actions.applications.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    version_table=VERSION_TABLE,
    render_as_batch=True,
    transactional_ddl=True,
)
context.run_migrations()
