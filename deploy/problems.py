"""What keeps a command from going on."""

from __future__ import annotations


class Problem(Exception):
    """One sentence for the person at the terminal; no traceback."""
