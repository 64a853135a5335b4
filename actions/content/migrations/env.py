"""Run by Alembic."""

from actions.content.migrations import VERSION_TABLE
from actions.content.tables import ContentBase
from common import migrating

migrating.run(ContentBase.metadata, VERSION_TABLE)
