"""A turn can be followed from the gateway into the bot; what is recorded of it bears nothing of anybody."""

import timeit
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from channels.fake_bot import FakeBot
from channels.settings import ROOT
from common import tracing

Connect = Callable[..., httpx.AsyncClient]
NUMBER, NAME = "9812345678", "Kusumlata"


@pytest.fixture
def spans() -> Iterator[InMemorySpanExporter]:
    exporter = InMemorySpanExporter()
    tracing.start("test", exporter=exporter)
    yield exporter
    tracing.stop()


class Heard(httpx.ASGITransport):
    """Reaches the fake bot and keeps the headers of what is asked."""

    def __init__(self, bot: FakeBot) -> None:
        super().__init__(bot.app)
        self.headers: list[httpx.Headers] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.headers.append(request.headers)
        return await super().handle_async_request(request)


async def say(gateway: httpx.AsyncClient, words: str) -> None:
    body = {"session_id": f"of-{NAME}", "text": words, "channel": "whatsapp", "sender": f"+91{NUMBER}"}
    assert (await gateway.post("/api/v1/messages", json=body)).status_code == 200


async def test_the_bot_gets_the_trace_of_the_turn(connect: Connect, bot: FakeBot, spans: InMemorySpanExporter) -> None:
    heard = Heard(bot)
    await say(connect(transport=heard), "loan")
    made = {span.name: span for span in spans.get_finished_spans()}
    assert set(made) == {"turn", "hygiene", "wait", "store", "bot.ask"}
    asked, turn = made["bot.ask"].context, made["turn"].context
    assert asked is not None and turn is not None and asked.trace_id == turn.trace_id
    assert heard.headers[0]["traceparent"].startswith(f"00-{asked.trace_id:032x}-{asked.span_id:016x}-")
    assert all(span.parent and span.parent.span_id == turn.span_id for name, span in made.items() if name != "turn")
    assert made["turn"].attributes == {"channel": "whatsapp", "outcome": "answered"}


async def test_spans_bear_no_words_and_no_numbers(connect: Connect, bot: FakeBot, spans: InMemorySpanExporter) -> None:
    gateway = connect()
    bot.replies = [{"text": f"{NAME} {NUMBER}", "language": "en", "outcome": f"o {NUMBER}", "entry": NUMBER}]
    await say(gateway, f"mera number {NUMBER} hai, naam {NAME}")
    bot.mode = "garbage"
    await say(gateway, f"{NAME} {NUMBER}")
    told = "".join(map(written, spans.get_finished_spans()))
    assert '"bot.ask"' in told and NUMBER not in told and NAME not in told


def written(span: ReadableSpan) -> str:
    return str(span.to_json())


def test_an_error_tells_only_its_kind_and_odd_attributes_are_not_kept(spans: InMemorySpanExporter) -> None:
    with pytest.raises(ValueError), tracing.span("x", action=f"call {NUMBER}", text=NAME):
        raise ValueError(f"{NAME} {NUMBER}")
    (span,) = spans.get_finished_spans()
    assert (span.attributes, span.events, span.status.description) == ({"action": "other"}, (), "ValueError")


async def test_a_caller_from_outside_cannot_choose_the_trace(connect: Connect, spans: InMemorySpanExporter) -> None:
    given = {"traceparent": f"00-{'ab' * 16}-{'cd' * 8}-01"}
    await connect().post("/api/v1/messages", json={"session_id": "a", "text": "loan"}, headers=given)
    assert "ab" * 16 not in "".join(map(written, spans.get_finished_spans()))


async def test_off_no_header_is_sent_and_nothing_is_made(connect: Connect, bot: FakeBot) -> None:
    heard = Heard(bot)
    await say(connect(transport=heard), "loan")
    assert "traceparent" not in heard.headers[0]
    assert tracing.span("a") is tracing.span("b")


def test_off_it_loads_no_library_and_costs_next_to_nothing() -> None:
    import subprocess
    import sys

    script = "import sys; from common import tracing; tracing.start('x'); sys.exit('opentelemetry.sdk' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], cwd=ROOT, env={}, timeout=60).returncode == 0
    seconds: Any = timeit.timeit("s('turn')", globals={"s": tracing.span}, number=10_000)
    assert seconds < 0.5  # 50 microseconds each would already be far too much; it is a fifth of one
