"""A channel that is switched off answers with a sentence; who writes too much is told so."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from gateway_settings import settings
from sqlalchemy import create_engine, text

from channels.caps import Caps
from channels.fake_bot import FakeBot
from channels.switch import __main__ as command
from channels.switch import state

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
Switch = Callable[..., Any]


@pytest.fixture
def database(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'gateway.db'}"


@pytest.fixture
def switch(database: str, monkeypatch: pytest.MonkeyPatch) -> Switch:
    """`await switch("off", "web")` runs the command; what is off is looked up at each turn."""
    monkeypatch.setattr(command, "load_settings", lambda: settings(database_url=database))
    monkeypatch.setattr(state, "_SECONDS", 0.0)
    return lambda *words: asyncio.to_thread(command.main, words)


async def said(client: Any, words: str, channel: str = "web", session: str = "a") -> tuple[str, str]:
    body = {"session_id": session, "text": words, "channel": channel}
    answer = (await client.post("/api/v1/messages", json=body)).json()
    return answer["outcome"], "|".join(reply["text"] for reply in answer["replies"])


async def test_a_channel_that_is_off_says_so_in_the_users_language_and_the_others_answer(
    connect: Any, bot: FakeBot, database: str, switch: Switch
) -> None:
    gateways = [connect(database_url=database) for _ in range(2)]
    await said(gateways[0], "hello")
    assert await switch("off", "web") == 0
    for client in gateways:
        outcome, told = await said(client, "मेरा लोन", session="b")
        assert (outcome, told) == ("unavailable", "यह रास्ता अभी बंद है। हेल्पलाइन 1800-1800-888।")
        assert "1800-1800-888" in (await said(client, "mera loan", session="c"))[1]
    assert (await said(gateways[0], "hello", "voice"))[0] == "answered"
    assert len(bot.asked) == 2
    assert await switch("on", "web") == 0
    assert (await said(gateways[1], "hello"))[0] == "answered"


async def test_the_officers_own_sentence_is_said_where_there_is_one(
    connect: Any, database: str, switch: Switch
) -> None:
    await switch("off", "web", "--sentence-hi", "सोमवार से फिर।", "--sentence-en", "Again from Monday.")
    client = connect(database_url=database)
    assert (await said(client, "मेरा लोन"))[1] == "सोमवार से फिर।"
    assert (await said(client, "my loan", session="b"))[
        1
    ] == "Yeh raasta abhi band hai. Helpline 1800-1800-888.|Again from Monday."


async def test_while_a_channel_is_off_data_can_still_be_erased(
    connect: Any, bot: FakeBot, database: str, switch: Switch
) -> None:
    await switch("off", "web")
    assert (await said(connect(database_url=database), "delete my data"))[0] == "small_talk"
    assert bot.forgotten == ["a"]


async def test_both_are_in_the_audit_and_the_list_says_what_is_off(
    database: str, switch: Switch, capsys: pytest.CaptureFixture[str]
) -> None:
    for words in (("off", "sms"), ("list",), ("on", "sms"), ("on", "sms"), ("list",)):
        assert await switch(*words) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[1].startswith("sms  since ") and told[2:] == ["sms is on.", "It was not off.", "All on."]
    with create_engine(database).connect() as connection:
        audited = connection.execute(text("SELECT action, subject FROM audit ORDER BY id")).all()
    assert audited == [("channel_off", "channel sms"), ("channel_on", "channel sms")]


@pytest.mark.parametrize(
    "words",
    [("off", "fax"), ("off",), ("off", "web", "--sentence-hi", " "), ("off", "web", "--sentence-en", "x" * 401)],
)
def test_a_wrong_command_is_refused(words: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit):
        command.main(words)


# ---- too many messages


async def test_on_the_web_each_message_too_many_is_told_so_and_others_are_answered(connect: Any) -> None:
    client = connect(messages_a_minute=2)
    outcomes = [await said(client, "hello") for _ in range(4)]
    assert [outcome for outcome, _ in outcomes] == ["answered", "answered", "unavailable", "unavailable"]
    assert outcomes[2][1] == outcomes[3][1] == "That is very many messages."
    assert (await said(client, "hello", session="b"))[0] == "answered"


async def test_where_each_answer_is_a_message_of_its_own_it_is_told_once(connect: Any) -> None:
    client = connect(messages_a_minute=2)
    told = [(await said(client, "hello", "whatsapp"))[1] for _ in range(4)]
    assert told[2] == "That is very many messages." and told[3] == ""


def test_after_a_while_one_may_write_again_and_is_told_again() -> None:
    now = [NOW]
    caps = Caps(2, 100, 10, lambda: now[0])
    assert [caps.take("a", None) for _ in range(4)] == ["go", "go", "first", "over"]
    now[0] += timedelta(seconds=31)
    assert [caps.take("a", None) for _ in range(2)] == ["go", "first"]


def test_a_day_has_its_own_limit() -> None:
    now = [NOW]
    caps = Caps(60, 3, 10, lambda: now[0])
    taken = []
    for _ in range(5):
        taken.append(caps.take("a", None))
        now[0] += timedelta(minutes=2)
    assert taken == ["go", "go", "go", "first", "over"]


def test_a_message_that_comes_again_is_not_counted_again() -> None:
    caps = Caps(1, 100, 10, lambda: NOW)
    assert [caps.take("a", "SM1") for _ in range(3)] == ["go", "go", "go"]
    assert caps.take("a", "SM2") == "first"
