"""Channels switched off and on by an admin."""
