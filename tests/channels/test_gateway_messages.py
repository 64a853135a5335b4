"""The message API: every message gets an answer, whatever the bot does."""

import asyncio
import socket
from typing import Any

import httpx
import pytest

from channels.fake_bot import ENGLISH, HINDI, HINGLISH, FakeBot
from channels.settings import PLACEHOLDER

Connect = Any
Say = Any
HELPLINE = "1800-1800-888"


async def test_an_answer_has_exactly_the_documented_keys(say: Say) -> None:
    answer = await say("बाँदा का उत्पाद?")
    assert set(answer) == {"replies", "outcome", "turn_id", "handover"}
    assert set(answer["replies"][0]) == {"text", "language", "buttons", "sources", "speaker"}
    assert set(answer["replies"][0]["buttons"][0]) == {"title", "payload"}
    assert set(answer["replies"][0]["sources"][0]) == {"title", "as_of", "url"}
    assert answer["replies"][0]["text"] == HINDI["text"]
    assert answer["outcome"] == "answered"


async def test_the_bot_gets_the_clean_text_and_the_token(say: Say, bot: FakeBot) -> None:
    turn = (await say("  /\u200bloan\x00 kya hai "))["turn_id"]
    asked = {"sender": "artisan-1", "text": "loan kya hai", "kind": "text", "channel": "web", "turn_id": turn}
    assert bot.asked == [asked]
    assert bot.tokens == [f"Bearer {PLACEHOLDER}"]


@pytest.mark.parametrize("text", ["", "👍", "...", "/", "\x00"])
async def test_a_text_without_words_reaches_the_bot_as_such(say: Say, bot: FakeBot, text: str) -> None:
    await say(text)
    assert (bot.asked[0]["text"], bot.asked[0]["kind"]) == ("", "no_words")


async def test_a_thousand_characters_are_answered_and_one_more_is_not(say: Say, bot: FakeBot) -> None:
    assert (await say("क" * 1000))["outcome"] == "answered"
    answer = await say("क" * 1001, session_id="another")
    assert answer["outcome"] == "not_understood"
    assert [reply["language"] for reply in answer["replies"]] == ["hi"]
    assert len(bot.asked) == 1


async def test_invisible_characters_do_not_count_as_length(say: Say) -> None:
    assert (await say("hi" + "\u200b" * 2000))["outcome"] == "answered"


async def test_a_turn_that_breaks_off_is_asked_again_once_under_its_own_id(say: Say, bot: FakeBot) -> None:
    async def recover() -> None:
        bot.mode = "none" if len(bot.asked) == 1 else "well"

    bot.thinks = recover
    answer = await say("लोन")
    assert answer["outcome"] == "answered"
    first, again = bot.asked
    assert "message_id" not in first
    assert again["message_id"] == first["turn_id"] == answer["turn_id"]


@pytest.mark.parametrize(("mode", "times"), [("none", 2), ("500", 1), ("garbage", 1)])
async def test_only_what_may_be_whole_elsewhere_is_asked_again(say: Say, bot: FakeBot, mode: str, times: int) -> None:
    bot.mode = mode
    assert (await say("लोन"))["outcome"] == "unavailable"
    assert len(bot.asked) == times


FAILURES = ["slow", "500", "502", "401", "422", "empty", "none", "blank", "garbage", "shape"]


@pytest.mark.parametrize("mode", FAILURES)
async def test_whatever_the_bot_does_the_user_gets_the_helpline(say: Say, bot: FakeBot, mode: str) -> None:
    bot.mode = mode
    answer = await say("लोन")
    assert answer["outcome"] == "unavailable"
    assert [reply["language"] for reply in answer["replies"]] == ["hi"]
    assert HELPLINE in answer["replies"][0]["text"]


async def test_a_refused_connection_gets_the_helpline_too(connect: Connect) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{unused.getsockname()[1]}"
        client = connect(httpx.AsyncHTTPTransport(), bot_url=address)
        response = await client.post("/api/v1/messages", json={"session_id": "a", "text": "loan"})
    assert response.status_code == 200
    assert response.json()["outcome"] == "unavailable"


@pytest.mark.parametrize("error", [httpx.RemoteProtocolError("cut off"), ValueError("x not in list")])
async def test_a_broken_answer_gets_the_helpline_too(connect: Connect, error: Exception) -> None:
    def broken(request: httpx.Request) -> httpx.Response:
        raise error

    client = connect(httpx.MockTransport(broken))
    response = await client.post("/api/v1/messages", json={"session_id": "a", "text": "loan"})
    assert response.json()["outcome"] == "unavailable"


async def test_in_latin_letters_the_failure_is_told_in_hinglish_and_english(say: Say, bot: FakeBot) -> None:
    bot.mode = "500"
    answer = await say("loan")
    assert [reply["language"] for reply in answer["replies"]] == ["hi-Latn", "en"]


@pytest.mark.parametrize(("text", "language"), [("loan?", "en"), ("loan kya hai", "hi-Latn"), ("लोन", "hi")])
async def test_a_failure_is_told_in_the_language_of_the_last_reply(
    say: Say, bot: FakeBot, text: str, language: str
) -> None:
    await say(text)
    bot.mode = "500"
    answer = await say("ok")
    assert [reply["language"] for reply in answer["replies"]] == [language]


async def test_the_outcome_is_the_last_one_the_bot_named(say: Say, bot: FakeBot) -> None:
    bot.replies = [ENGLISH, HINDI | {"outcome": "question_asked"}, HINGLISH | {"outcome": None}]
    assert (await say("loan"))["outcome"] == "question_asked"


async def test_an_unknown_outcome_does_not_spoil_the_answer(say: Say, bot: FakeBot) -> None:
    bot.replies = [ENGLISH | {"outcome": "made_up"}]
    assert (await say("loan"))["outcome"] == "answered"


async def test_a_source_may_have_a_bare_year_and_no_odd_address(say: Say, bot: FakeBot) -> None:
    bot.replies = [ENGLISH | {"sources": [{"title": "t", "as_of": 2025, "url": "javascript:alert(1)"}]}]
    source = (await say("loan"))["replies"][0]["sources"][0]
    assert source == {"title": "t", "as_of": "2025", "url": None}


async def test_messages_of_one_session_are_answered_in_order(say: Say, bot: FakeBot) -> None:
    bot.delay = 0.02
    await asyncio.gather(*(say(str(number)) for number in range(5)))
    assert [message["text"] for message in bot.asked] == list("01234")


async def test_sessions_do_not_wait_for_each_other(say: Say, bot: FakeBot) -> None:
    bot.thinks = asyncio.Barrier(20).wait  # nobody is answered before all are asked
    async with asyncio.timeout(30):
        await asyncio.gather(*(say("loan", session_id=f"s{number}") for number in range(20)))


async def test_too_many_waiting_messages_of_a_session_are_asked_to_wait(say: Say, bot: FakeBot) -> None:
    bot.delay = 0.02
    answers = await asyncio.gather(*(say(str(number)) for number in range(8)))
    outcomes = [answer["outcome"] for answer in answers]
    assert outcomes == ["answered"] * 6 + ["unavailable"] * 2
    assert "Please wait" in answers[-1]["replies"][-1]["text"]
    assert (await say("again"))["outcome"] == "answered"


async def test_a_slow_answer_does_not_block_the_session_for_ever(say: Say, bot: FakeBot) -> None:
    bot.mode = "slow"
    assert (await say("loan"))["outcome"] == "unavailable"
    bot.mode = "well"
    assert (await say("loan"))["outcome"] == "answered"


async def test_another_channel_gets_its_own_form(say: Say, bot: FakeBot) -> None:
    answer = await say("लोन", channel="sms")
    assert bot.asked[0]["channel"] == "sms"
    assert answer["replies"][0]["text"].startswith(HINDI["short"])
    assert answer["replies"][0]["buttons"] == answer["replies"][0]["sources"] == []


@pytest.mark.parametrize("channel", ["whatsapp", "sms", "voice"])
async def test_another_channel_is_refused_when_the_simulator_is_off(connect: Connect, channel: str) -> None:
    body = {"session_id": "a", "text": "loan", "channel": channel}
    response = await connect(simulator=False).post("/api/v1/messages", json=body)
    assert response.status_code == 403
    assert response.headers["content-type"] == "application/problem+json"


async def test_a_turn_is_shown_as_another_channel_would_carry_it(gateway: httpx.AsyncClient, say: Say) -> None:
    turn = (await say("लोन"))["turn_id"]
    view = (await gateway.get(f"/api/v1/turns/{turn}/as/sms")).json()
    assert set(view) == {"replies", "parts"}
    assert view["parts"] == [
        {"text": view["replies"][0]["text"], "characters": 128, "encoding": "UCS-2", "segments": 2}
    ]
    web = (await gateway.get(f"/api/v1/turns/{turn}/as/web")).json()
    assert web["replies"][0]["text"] == HINDI["text"]


async def test_an_old_turn_is_forgotten(connect: Connect) -> None:
    client = connect(remembered_turns=1)
    body = {"session_id": "a", "text": "loan"}
    turns = [(await client.post("/api/v1/messages", json=body)).json()["turn_id"] for _ in range(2)]
    statuses = [(await client.get(f"/api/v1/turns/{turn}/as/sms")).status_code for turn in turns]
    assert statuses == [404, 200]


async def test_turns_are_not_shown_when_the_simulator_is_off(connect: Connect) -> None:
    client = connect(simulator=False)
    answer = await client.post("/api/v1/messages", json={"session_id": "a", "text": "loan"})
    response = await client.get(f"/api/v1/turns/{answer.json()['turn_id']}/as/sms")
    assert response.status_code == 403
