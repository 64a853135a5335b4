"""Spans of a turn across gateway, bot and actions, which pass W3C's `traceparent` to each other.

Off unless the setting OTEL_EXPORTER_OTLP_ENDPOINT names a collector: then no library is loaded, and a span is one
shared object that does nothing. A span bears no text, number or address: only words from a short list, and never
what an error said.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

ATTRIBUTES = ("channel", "outcome", "action")
_WORD = re.compile(r"[A-Za-z][A-Za-z_-]{0,63}")  # no digit: no number can hide in it
_NOTHING: AbstractContextManager[None] = nullcontext()
_provider: Any = None
_tracer: Any = None


def start(service: str, endpoint: str = "", exporter: Any = None) -> None:
    """Once, in a process that serves. Tests give an exporter; the real one sends in a thread of its own."""
    global _provider, _tracer
    if exporter is None and not endpoint:
        return
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider

    _provider = TracerProvider(resource=Resource.create({"service.name": service}))
    _provider.add_span_processor(_processor(endpoint, exporter))
    _tracer = _provider.get_tracer("sahayak")


def stop() -> None:
    """What has ended is sent; from now on nothing is traced."""
    global _provider, _tracer
    if _provider is not None:
        _provider.shutdown()
    _provider = _tracer = None


def span(name: str, **attributes: str) -> AbstractContextManager[None]:
    return _NOTHING if _tracer is None else _recorded(name, attributes)


def note(**attributes: str) -> None:
    """Of the span we are in."""
    if _tracer is not None:
        from opentelemetry.trace import get_current_span

        get_current_span().set_attributes(_fit(attributes))


def ended(name: str, since: float) -> None:
    """A span that began at this moment of time.perf_counter and ends now."""
    if _tracer is not None:
        now = time.time_ns()
        began = now - int((time.perf_counter() - since) * 1e9)
        _tracer.start_span(name, start_time=began).end(now)


def carried() -> dict[str, str]:
    """Headers by which the next process goes on with this trace."""
    headers: dict[str, str] = {}
    if _tracer is not None:
        _propagator().inject(headers)
    return headers


def continued(headers: Mapping[str, str]) -> AbstractContextManager[None]:
    """Spans inside belong to the trace of a neighbour's request."""
    return _NOTHING if _tracer is None else _attached(headers)


@contextmanager
def _recorded(name: str, attributes: Mapping[str, str]) -> Iterator[None]:
    from opentelemetry.trace import StatusCode

    quiet = {"record_exception": False, "set_status_on_exception": False}  # an error's words may quote the user
    with _tracer.start_as_current_span(name, attributes=_fit(attributes), **quiet) as each:
        try:
            yield
        except BaseException as error:
            each.set_status(StatusCode.ERROR, type(error).__name__)
            raise


@contextmanager
def _attached(headers: Mapping[str, str]) -> Iterator[None]:
    from opentelemetry import context

    given = {"traceparent": headers.get("traceparent") or ""}
    token = context.attach(_propagator().extract(given))
    try:
        yield
    finally:
        context.detach(token)


def _fit(attributes: Mapping[str, str]) -> dict[str, str]:
    known = {name: value for name, value in attributes.items() if name in ATTRIBUTES}
    return {name: value if _WORD.fullmatch(value) else "other" for name, value in known.items()}


def _processor(endpoint: str, exporter: Any) -> Any:
    from opentelemetry.sdk.trace.export import BatchSpanProcessor, SimpleSpanProcessor

    if exporter is not None:
        return SimpleSpanProcessor(exporter)
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter

    return BatchSpanProcessor(OTLPSpanExporter(f"{endpoint.rstrip('/')}/v1/traces"))


def _propagator() -> Any:
    from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

    return TraceContextTextMapPropagator()
