"""Actions are measured, and go on with the bot's trace; nothing of the tracker shows."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from rasa_calls import Bot

from common import tracing

TRACE, ASKING = "ab" * 16, "cd" * 8
NUMBER = "9812345678"


@pytest.fixture
def spans() -> Iterator[InMemorySpanExporter]:
    exporter = InMemorySpanExporter()
    tracing.start("test", exporter=exporter)
    yield exporter
    tracing.stop()


def call(bot: Bot, action: str) -> dict[str, object]:
    return bot.call(action, bot.understood(f"toolkit ke liye kaagaz, mera number {NUMBER}", "ask_knowledge"), [])


def test_an_action_and_its_retrieval_go_on_with_the_trace_that_called(
    client: TestClient, bot: Bot, spans: InMemorySpanExporter
) -> None:
    client.post("/webhook", json=call(bot, "action_answer"), headers={"traceparent": f"00-{TRACE}-{ASKING}-01"})
    made = {span.name: span for span in spans.get_finished_spans()}
    run, retrieval = made["action.run"], made["retrieval"]
    assert run.parent and retrieval.parent and run.context
    assert (f"{run.parent.trace_id:032x}", f"{run.parent.span_id:016x}") == (TRACE, ASKING)
    assert retrieval.parent.span_id == run.context.span_id
    assert run.attributes == {"action": "action_answer"}
    assert NUMBER not in "".join(str(span.to_json()) for span in made.values())


def test_actions_are_counted_by_name_and_end(client: TestClient, bot: Bot) -> None:
    client.post("/webhook", json=call(bot, "action_answer"))
    client.post("/webhook", json=call(bot, "action_paint"))
    page = client.get("/metrics").text
    assert 'actions_total{action="action_answer",result="done"}' in page
    assert 'actions_total{action="other",result="failed"}' in page
    assert "retrieval_seconds_count" in page and 'action_seconds_count{action="action_answer"}' in page
    assert NUMBER not in page and "action_paint" not in page
