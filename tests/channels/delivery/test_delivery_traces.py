"""A message on WhatsApp is one trace, from its turn to the provider; what became of it is counted."""

from collections.abc import Iterator

import pytest
from fake_carrier import FakeCarrier
from helpline_line import Line
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from prometheus_client import REGISTRY

from common import tracing


@pytest.fixture
def spans() -> Iterator[InMemorySpanExporter]:
    exporter = InMemorySpanExporter()
    tracing.start("test", exporter=exporter)
    yield exporter
    tracing.stop()


async def test_turn_and_send_are_of_one_trace_without_the_number(spans: InMemorySpanExporter, line: Line) -> None:
    await line.write("hello 9812345678", who="whatsapp:+919800000001")
    await line.quiet()
    await line.until(lambda: any(span.name == "message" for span in spans.get_finished_spans()))
    made = {span.name: span for span in spans.get_finished_spans()}
    assert {"message", "turn", "bot.ask", "send"} <= set(made)
    assert len({span.context.trace_id for span in made.values() if span.context}) == 1
    told = "".join(str(span.to_json()) for span in made.values())
    assert "9812345678" not in told and "9800000001" not in told


async def test_what_the_provider_says_is_counted(line: Line, carrier: FakeCarrier) -> None:
    def counted(**labels: str) -> float:
        return REGISTRY.get_sample_value("deliveries_total", labels) or 0.0

    before = counted(status="undelivered", code="63016")
    sends = REGISTRY.get_sample_value("send_seconds_count") or 0.0
    await line.write("hello")
    await line.quiet()
    reference = line.value("SELECT reference FROM outbound")
    await line.tell(reference, line.value("SELECT provider_id FROM outbound"), "undelivered", "63016")
    assert counted(status="undelivered", code="63016") == before + 1
    assert REGISTRY.get_sample_value("send_seconds_count") == sends + 1
