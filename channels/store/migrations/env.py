"""Run by Alembic."""

from channels.store import console_tables, doubts  # noqa: F401 - their tables are Base's too
from channels.store.migrations import VERSION_TABLE
from channels.store.tables import Base
from channels.switch import tables as _switch  # noqa: F401
from channels.transcripts import tables as _transcripts  # noqa: F401
from channels.turn_log import tables as _turn_log  # noqa: F401
from common import migrating

migrating.run(Base.metadata, VERSION_TABLE)
