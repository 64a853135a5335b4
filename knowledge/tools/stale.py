"""Entries nobody has checked for a while, the oldest first."""

from datetime import date

from knowledge.entries_loader import Library


def stale(library: Library, days: int, today: date) -> list[tuple[int, str, str]]:
    """(days since the last check, id, first source) of every entry not checked in `days` days."""
    found = [((today - e.last_checked).days, e.id, e.sources[0]) for e in library.entries.values()]
    return sorted((one for one in found if one[0] > days), reverse=True)
