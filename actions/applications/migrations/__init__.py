"""Alembic's migrations of the application store."""
