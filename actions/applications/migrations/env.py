"""Run by Alembic."""

from actions.applications.migrations import VERSION_TABLE
from actions.applications.tables import Base
from common import migrating

migrating.run(Base.metadata, VERSION_TABLE)
