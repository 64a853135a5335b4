"""Alembic's migrations of the application store."""

VERSION_TABLE = "applications_version"  # other parts may share the database
