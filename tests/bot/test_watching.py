"""The parts of a turn in the bot are measured, and belong to the trace of the gateway."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any, ClassVar

import pytest

pytest.importorskip("rasa")

from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from prometheus_client import REGISTRY
from rasa.core.lock_store import InMemoryLockStore
from sanic import Sanic

from bot import watching
from bot.gateway_input import GatewayInput
from common import tracing

TRACE, ASKING = "ab" * 16, "cd" * 8
NUMBER = "9812345678"


@pytest.fixture
def spans() -> Iterator[InMemorySpanExporter]:
    exporter = InMemorySpanExporter()
    tracing.start("test", exporter=exporter)
    yield exporter
    tracing.stop()


def counted(part: str) -> float:
    return REGISTRY.get_sample_value("bot_seconds_count", {"part": part}) or 0.0


def test_understanding_policy_and_action_are_spans_of_the_trace_that_asks(spans: InMemorySpanExporter) -> None:
    async def understand(text: str) -> str:
        return text

    async def turn() -> None:
        with tracing.continued({"traceparent": f"00-{TRACE}-{ASKING}-01"}), watching.part("total"):
            await watching._awaited("understanding", understand)(f"mera number {NUMBER}")
            watching._called("policy", lambda text: text)(NUMBER)

    before = counted("understanding")
    asyncio.run(turn())
    made = {span.name: span for span in spans.get_finished_spans()}
    assert set(made) == {"understanding", "policy", "total"}
    assert {f"{span.context.trace_id:032x}" for span in made.values()} == {TRACE}
    assert made["policy"].parent.span_id == made["total"].context.span_id
    assert counted("understanding") == before + 1
    assert NUMBER not in "".join(span.to_json() for span in made.values())


def test_the_action_server_is_called_with_the_trace(spans: InMemorySpanExporter) -> None:
    given: list[dict[str, Any]] = []

    async def request(self: Any, **named: Any) -> None:
        given.append(named)

    carrying = watching._carrying(request)

    async def call() -> None:
        with tracing.continued({"traceparent": f"00-{TRACE}-{ASKING}-01"}), watching.part("action"):
            await carrying(None, json={}, headers={"x": "y"})

    asyncio.run(call())
    (action,) = spans.get_finished_spans()
    assert given[0]["headers"] == {"x": "y", "traceparent": f"00-{TRACE}-{action.context.span_id:016x}-01"}


def test_off_the_action_server_is_called_as_before() -> None:
    given: list[dict[str, Any]] = []

    async def request(self: Any, **named: Any) -> None:
        given.append(named)

    asyncio.run(watching._carrying(request)(None, json={}))
    assert given == [{"json": {}}]


def test_installing_measures_rasas_own_methods_and_changes_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    for owner, names in (
        (watching.MessageProcessor, ("parse_message", "save_tracker", "predict_next_with_tracker_if_should")),
        (watching.RemoteAction, ("run",)),
        (watching.EndpointConfig, ("request",)),
    ):
        for name in names:
            monkeypatch.setattr(owner, name, getattr(owner, name))
    before = watching.MessageProcessor.parse_message
    watching.install()
    assert watching.MessageProcessor.parse_message.__wrapped__ is before


def test_the_figures_are_read_beside_the_webhook_and_bear_no_words() -> None:
    app = Sanic("figures-of-the-bot")
    app.blueprint(GatewayInput("s3cret").blueprint(_answered), url_prefix="/webhooks/gateway")
    before = REGISTRY.get_sample_value("bot_turns_total", {"result": "answered"}) or 0.0
    assert "replies" in answer(app, "/webhooks/gateway/webhook")
    assert REGISTRY.get_sample_value("bot_turns_total", {"result": "answered"}) == before + 1
    page = answer(app, "/webhooks/gateway/metrics")
    assert "bot_turns_in_progress 0.0" in page and 'bot_seconds_count{part="total"}' in page
    assert NUMBER not in page


async def _answered(message: Any) -> None:
    await message.output_channel.send_response("a", {"text": "ठीक है"})


AGENT = SimpleNamespace(lock_store=InMemoryLockStore(), processor=SimpleNamespace(handle_message=_answered))


class Asked:
    """As much of a request as the channel reads."""

    headers: ClassVar = {"authorization": "Bearer s3cret"}
    json: ClassVar = {"sender": "a", "text": f"mera number {NUMBER}", "channel": "web"}
    app: ClassVar = SimpleNamespace(ctx=SimpleNamespace(agent=AGENT))


def answer(app: Sanic, path: str) -> str:
    (handler,) = (route.handler for route in app.router.routes if f"/{route.path}" == path)
    return asyncio.run(handler(Asked())).body.decode()
