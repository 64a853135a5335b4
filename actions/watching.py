"""How long actions take and how they end: for Prometheus, and as spans where traces are on."""

from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import Counter, Histogram

from common import tracing

BUCKETS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
SECONDS = Histogram("action_seconds", "An action, from its call to its answer.", ["action"], buckets=BUCKETS)
RETRIEVAL = Histogram("retrieval_seconds", "One question read and looked for in the knowledge.", buckets=BUCKETS)
ACTIONS = Counter("actions", "Calls of actions, by how they ended.", ["action", "result"])


@contextmanager
def action(name: str, rejection: type[Exception]) -> Iterator[None]:
    """`rejection`: by which an action leaves a message to others."""
    result = "failed"
    try:
        with tracing.span("action.run", action=name), SECONDS.labels(name).time():
            yield
        result = "done"
    except rejection:
        result = "rejected"
        raise
    finally:
        ACTIONS.labels(name, result).inc()


@contextmanager
def retrieval() -> Iterator[None]:
    with tracing.span("retrieval"), RETRIEVAL.time():
        yield
