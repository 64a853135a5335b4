"""Alembic's migrations of the edits."""

VERSION_TABLE = "content_version"  # other parts may share the database
