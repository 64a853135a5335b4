"""Structured logs: one JSON line an event, readable lines in development.

A log line never holds a message, a session id or an exception's text (which may quote what
was being handled): only ids, names and times.
"""

import hashlib
import logging
import sys
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

import structlog

log: structlog.stdlib.BoundLogger = structlog.get_logger("channels")


def configure(readable: bool) -> None:
    """Sends everything, also what libraries log, through one format to standard error."""
    shared: list[structlog.types.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    last: structlog.types.Processor = structlog.processors.JSONRenderer(ensure_ascii=False)
    if readable:
        last = structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, last],
        )
    )
    logging.basicConfig(handlers=[handler], level=logging.INFO, force=True)
    # They log addresses of requests, or each step of a migration, at INFO.
    for name in ("httpx", "httpcore", "alembic"):
        logging.getLogger(name).setLevel(logging.WARNING)


def pseudonym(session_id: str, key: str) -> str:
    """A short keyed hash: follows one session through the log without naming it."""
    # blake2b takes at most 64 bytes of key.
    return hashlib.blake2b(session_id.encode(), key=key.encode()[:64], digest_size=6).hexdigest()


def where(error: BaseException) -> str:
    """File, line and function of the failure, without the error's text."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{frames[-1].filename}:{frames[-1].lineno} {frames[-1].name}" if frames else "unknown"


class Stopwatch:
    """Times of the parts of one turn, in seconds."""

    def __init__(self) -> None:
        self._start = time.perf_counter()
        self._parts: dict[str, float] = {}

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        start = time.perf_counter()
        try:
            yield
        finally:
            self.add(name, start)

    def add(self, name: str, start: float) -> None:
        self._parts[name] = time.perf_counter() - start

    def seconds(self) -> dict[str, float]:
        return {**self._parts, "total": time.perf_counter() - self._start}

    def times(self) -> dict[str, float]:
        """In milliseconds, for the log."""
        return {f"{name}_ms": round(seconds * 1000, 1) for name, seconds in self.seconds().items()}
