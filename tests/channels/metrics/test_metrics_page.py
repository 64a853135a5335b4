"""What the operator's Prometheus reads of the gateway, and that nobody else does."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import text

from channels.fake_bot import FakeBot
from channels.metrics import deliveries, queues
from channels.metrics.measures import entries_in, one_of
from channels.providers.errors import table
from channels.settings import ROOT, Settings
from channels.store.database import Database

TOKEN = "of-the-operator-only"
Connect = Callable[..., httpx.AsyncClient]
Labels = dict[str, str]


async def scraped(gateway: httpx.AsyncClient, token: str = TOKEN) -> str:
    answer = await gateway.get("/metrics", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 200, answer.text
    return answer.text


def value(page: str, name: str, **labels: str) -> float:
    """Of the sample with these labels; 0 where there is none yet."""
    samples = (each for family in text_string_to_metric_families(page) for each in family.samples)
    return sum(each.value for each in samples if each.name == name and labels.items() <= each.labels.items())


async def say(gateway: httpx.AsyncClient, words: str, session: str = "artisan-1") -> None:
    answer = await gateway.post("/api/v1/messages", json={"session_id": session, "text": words})
    assert answer.status_code == 200, answer.text


@pytest.fixture
def gateway(connect: Connect) -> httpx.AsyncClient:
    return connect(metrics_token=TOKEN)


async def test_without_a_token_of_the_operator_there_is_no_such_page(connect: Connect) -> None:
    bare = connect()
    for given in ({}, {"Authorization": "Bearer "}):
        assert (await bare.get("/metrics", headers=given)).status_code == 404


@pytest.mark.parametrize("given", [{}, {"Authorization": "Bearer other"}, {"Authorization": TOKEN}])
async def test_only_the_token_opens_it(gateway: httpx.AsyncClient, given: Labels) -> None:
    answer = await gateway.get("/metrics", headers=given)
    assert answer.status_code == 401 and "turns_total" not in answer.text


def test_a_short_token_is_refused_in_production() -> None:
    secrets = dict.fromkeys(
        ("bot_token", "log_hash_key", "staff_token", "transcript_token", "contact_hash_key", "contact_seal_key"),
        "a-secret-of-its-own",
    )
    production: dict[str, Any] = {"environment": "production", **secrets}
    assert Settings(_env_file=None, **production).metrics_token.get_secret_value() == ""  # type: ignore[call-arg]
    with pytest.raises(ValueError, match="METRICS_TOKEN"):
        Settings(_env_file=None, **production, metrics_token="short")  # type: ignore[call-arg]


async def test_a_turn_is_counted_by_outcome_channel_and_language(gateway: httpx.AsyncClient) -> None:
    labels = {"outcome": "answered", "channel": "web", "language": "hi"}
    before = await scraped(gateway)
    await say(gateway, "बाँदा का उत्पाद क्या है")
    after = await scraped(gateway)
    assert value(after, "turns_total", **labels) == value(before, "turns_total", **labels) + 1
    for part in ("hygiene", "wait", "store", "bot", "total"):
        name = "turn_seconds_count"
        assert value(after, name, part=part) == value(before, name, part=part) + 1, part


async def test_a_turn_that_found_no_answer_is_counted_with_what_failed(
    gateway: httpx.AsyncClient, bot: FakeBot
) -> None:
    bot.mode = "503"
    before = await scraped(gateway)
    await say(gateway, "loan")
    after = await scraped(gateway)
    assert (
        value(after, "turn_failures_total", reason="status")
        == value(before, "turn_failures_total", reason="status") + 1
    )


async def test_turns_in_progress_are_seen_while_the_bot_thinks(gateway: httpx.AsyncClient, bot: FakeBot) -> None:
    seen: list[float] = []

    async def look() -> None:
        seen.append(value(await scraped(gateway), "turns_in_progress"))

    bot.thinks = look
    await say(gateway, "loan")
    now = value(await scraped(gateway), "turns_in_progress")
    assert seen == [now + 1]


async def test_answers_are_counted_by_entry_and_no_new_label_can_be_made_up(
    gateway: httpx.AsyncClient, bot: FakeBot
) -> None:
    known = sorted(entries_in(ROOT / "knowledge" / "entries"))[0]
    bot.replies = [{"text": "a", "language": "en", "outcome": "answered", "entry": e} for e in (known, "9812345678")]
    before = await scraped(gateway)
    await say(gateway, "loan")
    after = await scraped(gateway)
    for entry in (known, "other"):
        assert value(after, "answers_total", entry=entry) == value(before, "answers_total", entry=entry) + 1
    assert "9812345678" not in after


async def test_nothing_that_was_said_is_on_the_page(gateway: httpx.AsyncClient) -> None:
    await say(gateway, "mera number 9812345678 hai, naam Kusumlata", session="session-of-kusumlata")
    page = (await scraped(gateway)).lower()
    assert "9812345678" not in page and "kusumlata" not in page


async def test_what_waits_is_told_and_a_reading_stands_for_some_seconds(
    gateway: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    readings: list[int] = []
    monkeypatch.setattr(
        queues, "read", lambda connection, now, read=queues.read: readings.append(1) or read(connection, now)
    )
    page = await scraped(gateway)
    assert value(page, "store_up") == 1
    names = {"inbound_received", "outbound_waiting", "outbound_sending", "outbound_dead", "staff_waiting"}
    assert all(f'queue_length{{queue="{name}"}} 0.0' in page for name in names)
    await say(gateway, "person:")
    assert await scraped(gateway) and readings == [1]
    monkeypatch.setattr(queues, "SECONDS", 0.0)
    assert value(await scraped(gateway), "queue_length", queue="staff_waiting") == 1


async def test_while_the_store_is_away_only_that_is_told(connect: Connect) -> None:
    page = await scraped(connect(metrics_token=TOKEN, database_url="sqlite:////proc/nowhere/all.db"))
    assert value(page, "store_up") == 0
    assert "queue_length{" not in page and "turns_total" in page


def test_queues_are_read_by_their_indexes(address: str) -> None:
    database = Database(address, 5)
    now = datetime.now(UTC)
    with database.writing() as connection:
        depths = queues.read(connection, now)
        assert depths.lengths["outbound_dead"] == 0 and depths.ages["inbound_received"] == 0
        if "sqlite" in address:
            asked = "EXPLAIN QUERY PLAN SELECT count(*) FROM outbound WHERE state IN ('waiting', 'sending')"
            assert "ix_outbound_to_send" in str(connection.execute(text(asked)).all())
    database.close()


def test_codes_and_statuses_nobody_knows_are_other(gateway: httpx.AsyncClient) -> None:
    from prometheus_client import generate_latest

    code = next(iter(table()))
    deliveries.told("delivered")
    deliveries.told("failed", code)
    deliveries.told("made up", "code of 9812345678")
    deliveries.given_up("dead", "unknown_fate")
    deliveries.given_up("dead", "SomethingElse")
    page = generate_latest().decode()
    assert value(page, "deliveries_total", status="delivered", code="none") >= 1
    assert value(page, "deliveries_total", status="failed", code=code) >= 1
    assert value(page, "deliveries_total", status="other", code="other") >= 1
    assert value(page, "messages_given_up_total", state="dead", code="unknown_fate") >= 1
    assert "9812345678" not in page and "SomethingElse" not in page


def test_a_label_is_one_of_those_known_other_or_none() -> None:
    assert [one_of(each, {"a"}) for each in ("a", "b", "", None)] == ["a", "other", "none", "none"]
