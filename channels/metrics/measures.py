"""The gateway's metrics. Every label has few values, known beforehand; all else is `other` (docs/monitoring.md)."""

from collections.abc import Collection
from functools import cache
from pathlib import Path

from prometheus_client import Counter, Gauge, Histogram

OTHER, NONE = "other", "none"
PARTS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
SENDS = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20)

TURNS_IN_PROGRESS = Gauge("turns_in_progress", "Messages that are being answered, those that wait in line included.")
TURNS = Counter("turns", "Messages that had their turn.", ["outcome", "channel", "language"])
TURN_FAILURES = Counter("turn_failures", "Turns that found no answer, by what failed.", ["reason"])
TURN_SECONDS = Histogram("turn_seconds", "A turn, whole and by part.", ["part"], buckets=PARTS)
ANSWERS = Counter("answers", "Answers given, by the knowledge entry they came from.", ["entry"])
SEND_SECONDS = Histogram("send_seconds", "A message handed to the provider.", buckets=SENDS)
DELIVERIES = Counter("deliveries", "What the provider said of a message.", ["status", "code"])
GIVEN_UP = Counter("messages_given_up", "Messages that will not be sent or answered any more.", ["state", "code"])
ERRORS = Counter("unforeseen_errors", "Requests that ended in an error nobody had foreseen.")


def one_of(value: str | None, known: Collection[str]) -> str:
    """The value as a label: nobody from outside can make up a new one."""
    if not value:
        return NONE
    return value if value in known else OTHER


@cache
def entries_in(folder: Path) -> frozenset[str]:
    """Ids of the entries in the files; what was published since counts as `other`."""
    return frozenset(path.stem for path in folder.glob("*/*.yml"))
