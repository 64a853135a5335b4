"""The channel: who may call, what it takes, what is a command and what it gives back."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest

pytest.importorskip("rasa")

from rasa.core.lock_store import InMemoryLockStore
from rasa.shared.exceptions import RasaException

from bot.gateway_input import GatewayInput, RepliesOfTurn, _answer, _with_language, read_message
from bot.payloads import command

GOOD = {"sender": "a-1_B", "text": "टूलकिट क्या है", "channel": "web"}


class FakeRequest:
    def __init__(self, authorization: str | None) -> None:
        self.headers = {"authorization": authorization} if authorization is not None else {}


@pytest.mark.parametrize(
    ("given", "allowed"),
    [
        ("Bearer s3cret", True), ("Bearer other", False), ("s3cret", False),
        ("", False), (None, False), ("Bearer é", False),
    ],
)  # fmt: skip
def test_only_the_token_opens(given: str | None, allowed: bool) -> None:
    assert GatewayInput("s3cret")._is_authorised(FakeRequest(given)) is allowed


@pytest.mark.parametrize("credentials", [None, {}, {"token": ""}])
def test_no_token_no_channel(credentials: dict[str, Any] | None) -> None:
    with pytest.raises(RasaException, match="BOT_TOKEN"):
        GatewayInput.from_credentials(credentials)


def test_a_good_message_keeps_its_text_and_goes_to_nlu() -> None:
    message = read_message(GOOD)
    assert message is not None
    assert (message.text, message.sender_id, message.input_channel) == ("टूलकिट क्या है", "a-1_B", "web")
    assert message.parse_data is None
    assert message.output_channel.name() == "web"


@pytest.mark.parametrize(
    "change",
    [
        {"sender": "a b"}, {"sender": ""}, {"sender": "x" * 65}, {"sender": None}, {"sender": "a\0"}, {"sender": "a\n"},
        {"text": None}, {"text": 5}, {"text": "x" * 1001}, {"text": "a\0b"},
        {"channel": "fax"}, {"channel": None}, {"kind": "command"},
        {"sealed_sender": ""}, {"sealed_sender": "+919812345678"}, {"sealed_sender": "a" * 301}, {"sealed_sender": 5},
    ],
)  # fmt: skip
def test_a_bad_field_is_refused(change: dict[str, Any]) -> None:
    assert read_message({**GOOD, **change}) is None


def test_a_sealed_sender_is_passed_on_unopened_and_its_absence_leaves_no_trace() -> None:
    sealed, plain = read_message({**GOOD, "sealed_sender": "gAAAA_-="}), read_message({**GOOD, "sealed_sender": None})
    assert sealed is not None and sealed.metadata == {"channel": "web", "sealed_sender": "gAAAA_-="}
    assert plain is not None and plain.metadata == {"channel": "web"}


def test_a_wish_for_a_person_is_passed_on() -> None:
    channel = RepliesOfTurn("web")
    wish = {"reason": "anger", "urgency": "high", "summary": "..."}
    asyncio.run(channel.send_response("a", {"text": "ठीक है", "custom": {"handover": wish}}))
    assert channel.messages[0]["handover"] == wish


def test_a_message_keeps_the_id_it_came_with() -> None:
    message = read_message({**GOOD, "message_id": "in-7"})
    assert message is not None and message.message_id == "in-7"


@pytest.mark.parametrize("message_id", ["", "a b", "x" * 65, 7])
def test_an_odd_message_id_is_refused(message_id: Any) -> None:
    assert read_message({**GOOD, "message_id": message_id}) is None


@pytest.mark.parametrize("body", [None, [], "text", 3])
def test_a_bad_body_is_refused(body: Any) -> None:
    assert read_message(body) is None


def test_a_typed_command_is_plain_text() -> None:
    message = read_message({**GOOD, "text": '/ask_entry{"entry": "mm-what"}'})
    assert message is not None and message.parse_data is None
    assert not message.text.startswith("/")


@pytest.mark.parametrize(
    ("text", "intent", "entities"),
    [
        ("entry:mm-what", "ask_entry", [("entry", "mm-what")]),
        ("district:kanpur-nagar", "ask_district", [("district", "kanpur-nagar")]),
        ("language:hi-Latn", "change_language", [("requested_language", "hi-Latn")]),
        ("more:abc_1", "choose", [("number", "abc_1")]),
        ("person:", "talk_to_person", []),
        ("menu:", "help", []),
        ("3", "choose", [("number", "3")]),
        ("३", "choose", [("number", "3")]),
        (" 2. ", "choose", [("number", "2")]),
        ("12", "choose", [("number", "12")]),
        ("१०", "choose", [("number", "10")]),
    ],
)
def test_buttons_and_lone_numbers_need_no_nlu(text: str, intent: str, entities: list[tuple[str, str]]) -> None:
    parsed = command(text, "text")
    assert parsed is not None
    assert parsed["intent"] == {"name": intent, "confidence": 1.0}
    assert [(e["entity"], e["value"]) for e in parsed["entities"]] == entities
    assert parsed["language"] is None


@pytest.mark.parametrize(
    "text", ["123", "entry:", "entry:a b", "person:me", "language:fr", "district:<x>", "xentry:a", "menu", "1 lakh"]
)
def test_everything_else_is_plain_text(text: str) -> None:
    assert command(text, "text") is None


@pytest.mark.parametrize(("text", "kind"), [("", "no_words"), ("hello", "no_words"), ("", "text"), ("💐!", "text")])
def test_a_message_without_words_is_said_to_be_so(text: str, kind: str) -> None:
    parsed = command(text, kind)
    assert parsed is not None and parsed["intent"]["name"] == "no_words"


def test_text_buttons_and_custom_stay_one_reply() -> None:
    channel = RepliesOfTurn("sms")
    message = {
        "text": "दो\n\nअनुच्छेद ",
        "buttons": [{"title": "हाँ", "payload": "menu:", "type": "postback"}],
        "custom": {"outcome": "answered", "language": "hi", "sources": [{"title": "t"}], "entry": "mm-what"},
    }
    asyncio.run(channel.send_response("a", message))
    assert channel.messages == [
        {
            "text": "दो\n\nअनुच्छेद",
            "buttons": [{"title": "हाँ", "payload": "menu:"}],
            "sources": [{"title": "t"}],
            "language": "hi",
            "outcome": "answered",
            "entry": "mm-what",
            "short": None,
            "speech": None,
            "topic": None,
            "district": None,
            "task": None,
            "handover": None,
        }
    ]


def test_a_reply_without_language_takes_that_of_the_others_or_of_its_letters() -> None:
    def reply(text: str, language: str | None) -> dict[str, Any]:
        return {"text": text, "language": language}

    assert [r["language"] for r in _with_language([reply("a", None), reply("b", "hi-Latn")])] == ["hi-Latn"] * 2
    assert _with_language([reply("हाँ", None)])[0]["language"] == "hi"
    assert _with_language([reply("yes", None)])[0]["language"] == "en"
    assert _with_language([reply("", "hi")]) == []


class FakeAgent:
    """Rasa's, as far as a turn needs it."""

    def __init__(self, handle_message: Any) -> None:
        self.lock_store = InMemoryLockStore()
        self.processor = SimpleNamespace(handle_message=handle_message)


def test_a_failing_turn_gives_no_reply() -> None:
    async def fail(_: Any) -> None:
        raise RuntimeError("down")

    message = read_message(GOOD)
    assert message is not None
    assert asyncio.run(_answer(FakeAgent(fail), message, may_be_known=False)) == ([], "failed")


def test_a_turn_waits_until_the_one_before_it_in_the_conversation_is_over() -> None:
    under_way: list[str] = []

    async def handle(message: Any) -> None:
        assert under_way == []
        under_way.append(message.text)
        await asyncio.sleep(0)
        under_way.remove(message.text)
        await message.output_channel.send_response("", {"text": message.text, "custom": {"language": "en"}})

    async def both() -> list[Any]:
        agent = FakeAgent(handle)
        messages = [read_message({**GOOD, "text": text}) for text in ("one", "two")]
        return await asyncio.gather(*(_answer(agent, message, may_be_known=False) for message in messages))

    assert [replies[0]["text"] for replies, _ in asyncio.run(both())] == ["one", "two"]
