"""How Alembic runs here: always over the connection that Database hands it."""

from alembic import context

from channels.store import console_tables, doubts  # noqa: F401 - their tables are Base's too
from channels.store.migrations import VERSION_TABLE
from channels.store.tables import Base
from channels.switch import tables as _switch  # noqa: F401
from channels.transcripts import tables as _transcripts  # noqa: F401
from channels.turn_log import tables as _turn_log  # noqa: F401

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    version_table=VERSION_TABLE,
    render_as_batch=True,
    transactional_ddl=True,
)
context.run_migrations()
