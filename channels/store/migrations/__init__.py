"""Alembic's migrations of the gateway's store."""

VERSION_TABLE = "gateway_version"  # other parts may share the database
