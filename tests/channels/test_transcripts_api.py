"""The vendor's route: one utterance in, the next prompt out, once."""

import asyncio
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import httpx
import pytest
import structlog
from alembic import command
from gateway_settings import settings
from sqlalchemy import inspect, text
from still_clock import Clock

from channels.app import create_app
from channels.errors import StoreCrossed, StoreFailure
from channels.fake_bot import HANDOVER, FakeBot
from channels.settings import PLACEHOLDER
from channels.store.database import Database, alembic_config
from channels.transcripts.models import Prompt
from channels.transcripts.records import Answered, Pending, Records

PATH = "/api/v1/transcripts"
TOKEN = {"Authorization": f"Bearer {PLACEHOLDER}"}
CALL = "call-9876543210"
Connect = Callable[..., httpx.AsyncClient]
Hear = Callable[..., Any]


@pytest.fixture
def hear(gateway: httpx.AsyncClient) -> Hear:
    return hearing(gateway)


def hearing(client: httpx.AsyncClient) -> Hear:
    async def post(said: str, sequence: int = 1, call_id: str = CALL, **more: Any) -> Any:
        body = {"call_id": call_id, "sequence": sequence, "text": said, **more}
        response = await client.post(PATH, json=body, headers=TOKEN)
        assert response.status_code == 200, response.text
        return response.json()

    return post


def reply(words: str, outcome: str = "answered", **more: Any) -> dict[str, Any]:
    return {"text": words, "language": "hi", "outcome": outcome, **more}


# ---- a prompt


async def test_an_utterance_is_answered_with_what_to_say_and_what_to_wait_for(hear: Hear) -> None:
    prompt = await hear("बाँदा का उत्पाद")
    assert set(prompt) == {"text", "speech", "language", "expects", "choices", "outcome", "turn_id", "end"}
    assert "1800-1800-888" in prompt["text"]
    assert "1800-1800-888" not in prompt["speech"]  # said digit by digit
    assert (prompt["language"], prompt["outcome"], prompt["expects"], prompt["end"]) == (
        "hi",
        "answered",
        "speech",
        False,
    )


async def test_choices_bear_the_keys_that_the_speech_names(hear: Hear, bot: FakeBot) -> None:
    buttons = [{"title": f"Choice {i}", "payload": f"entry:{i}"} for i in range(4)]
    bot.replies = [reply("a", buttons=buttons[:2]), reply("b", "choices_offered", buttons=buttons[2:])]
    prompt = await hear("loan")
    assert prompt["choices"] == [{"key": str(i + 1), "title": f"Choice {i}", "payload": f"entry:{i}"} for i in range(4)]


async def test_the_bot_gets_the_clean_text_on_the_channel_voice_and_no_call_id(hear: Hear, bot: FakeBot) -> None:
    await hear("uh loan loan chahiye [noise]")
    (asked,) = bot.asked
    assert (asked["text"], asked["channel"]) == ("loan chahiye", "voice")
    assert "9876543210" not in str(asked)
    assert asked["sender"].startswith("t") and len(asked["sender"]) <= 64 and len(asked["message_id"]) <= 64


async def test_calls_are_sessions_of_their_own_by_a_keyed_hash(connect: Connect, bot: FakeBot) -> None:
    for key, call in (("k" * 16, "a"), ("k" * 16, "b"), ("other" * 4, "a")):
        await hearing(connect(log_hash_key=key))("loan", call_id=call)
    assert len({asked["sender"] for asked in bot.asked}) == 3


async def test_silence_reaches_the_bot_as_no_words(hear: Hear, bot: FakeBot) -> None:
    await hear("", confidence=0.0)
    assert bot.asked[0]["kind"] == "no_words"


async def test_whatever_the_bot_does_the_caller_hears_something(hear: Hear, bot: FakeBot) -> None:
    bot.mode = "500"
    prompt = await hear("लोन")
    assert (prompt["outcome"], prompt["expects"]) == ("unavailable", "speech")
    assert prompt["speech"]


async def test_while_a_person_has_it_the_caller_is_told_that_it_reaches_them(connect: Connect, bot: FakeBot) -> None:
    bot.replies = [HANDOVER]
    client = connect()
    hear = hearing(client)
    assert (await hear("आदमी से बात", 1))["outcome"] == "handed_over"
    (waiting,) = (await client.get("/api/v1/staff/handovers", headers=TOKEN)).json()["handovers"]
    await client.post(f"/api/v1/staff/handovers/{waiting['id']}/take", json={"staff": "Asha"}, headers=TOKEN)
    prompt = await hear("सुनिए", 2)
    assert (prompt["outcome"], prompt["expects"], len(bot.asked)) == ("with_staff", "speech", 1)
    assert "साथी" in prompt["speech"]


async def test_only_a_goodbye_ends_the_call(hear: Hear, bot: FakeBot) -> None:
    bot.replies = [reply("नमस्ते", "small_talk")]
    assert not (await hear("namaste ji", 1))["end"]
    ended = await hear("theek hai dhanyavaad phone rakhta hu", 2)
    assert (ended["end"], ended["expects"], ended["choices"]) == (True, "nothing", [])


# ---- once


async def test_the_same_utterance_is_answered_the_same_again(hear: Hear, bot: FakeBot) -> None:
    first = await hear("loan kya hai", 1)
    assert await hear("loan kya hai", 1) == first
    assert len(bot.asked) == 1


async def test_of_the_same_utterance_ten_times_at_once_one_is_run(connect: Connect, bot: FakeBot) -> None:
    bot.delay = 0.02
    hear = hearing(connect(max_waiting_per_session=20))
    answers = await asyncio.gather(*(hear("loan kya hai", 1) for _ in range(10)))
    assert all(answer == answers[0] for answer in answers)
    assert len(bot.asked) == 1


async def test_an_older_utterance_is_answered_from_the_record(hear: Hear, bot: FakeBot) -> None:
    first, last = await hear("loan kya hai", 3), await hear("toolkit kya hai", 7)
    assert await hear("late", 5) == last  # was never answered: the prompt that counts now
    assert await hear("loan kya hai", 3) == first
    assert len(bot.asked) == 2


async def test_a_gap_is_accepted(hear: Hear, bot: FakeBot) -> None:
    await hear("loan kya hai", 0)
    await hear("toolkit kya hai", 99)
    assert len(bot.asked) == 2


async def test_too_many_utterances_of_one_call_at_once_are_refused(gateway: httpx.AsyncClient, bot: FakeBot) -> None:
    bot.delay = 0.1
    posts = [gateway.post(PATH, json={"call_id": CALL, "sequence": i, "text": "loan"}, headers=TOKEN) for i in range(9)]
    statuses = {response.status_code for response in await asyncio.gather(*posts)}
    assert statuses == {200, 429}


async def test_without_the_store_a_call_goes_on(
    gateway: httpx.AsyncClient, hear: Hear, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(*_: object) -> None:
        raise StoreFailure("down")

    monkeypatch.setattr(Records, "look", down)
    monkeypatch.setattr(Records, "add", down)
    assert (await hear("loan kya hai"))["outcome"] == "answered"


# ---- badly heard


async def test_what_was_badly_heard_is_confirmed_and_not_acted_upon(hear: Hear, bot: FakeBot) -> None:
    prompt = await hear("लोन रद्द करो", confidence=0.2)
    assert bot.asked == []
    assert "लोन रद्द करो" in prompt["text"]
    assert (prompt["outcome"], prompt["expects"]) == ("question_asked", "speech")
    assert prompt["choices"] == [
        {"key": "1", "title": "हाँ", "payload": "1"},
        {"key": "2", "title": "नहीं", "payload": "2"},
    ]


@pytest.mark.parametrize("yes", ["हाँ", "haan ji", "yes", "1", "ji sahi hai", "हां जी"])
async def test_after_a_yes_it_is_acted_upon(hear: Hear, bot: FakeBot, yes: str) -> None:
    await hear("toolkit kya hai", 1, confidence=0.3)
    await hear(yes, 2, confidence=0.9)
    assert [asked["text"] for asked in bot.asked] == ["toolkit kya hai"]


@pytest.mark.parametrize("no", ["नहीं", "nahi ji", "no", "2", "galat"])
async def test_after_a_no_the_caller_is_asked_again(hear: Hear, bot: FakeBot, no: str) -> None:
    await hear("toolkit kya hai", 1, confidence=0.3)
    prompt = await hear(no, 2, confidence=0.9)
    assert (bot.asked, prompt["outcome"]) == ([], "question_asked")
    await hear("haan", 3, confidence=0.9)  # no longer a yes to what was refused
    assert [asked["text"] for asked in bot.asked] == ["haan"]


async def test_who_says_something_else_instead_is_answered(hear: Hear, bot: FakeBot) -> None:
    await hear("toolkit kya hai", 1, confidence=0.3)
    await hear("loan kaise milega", 2, confidence=0.9)
    assert [asked["text"] for asked in bot.asked] == ["loan kaise milega"]


async def test_a_badly_heard_yes_is_asked_for_by_keys(hear: Hear, bot: FakeBot) -> None:
    await hear("toolkit kya hai", 1, confidence=0.3)
    prompt = await hear("haan", 2, confidence=0.2)
    assert (prompt["expects"], bot.asked) == ("keys", [])
    await hear("1", 3)
    assert [asked["text"] for asked in bot.asked] == ["toolkit kya hai"]


async def test_a_surer_alternative_is_taken(hear: Hear, bot: FakeBot) -> None:
    other = {"text": "tool kit kya hai", "confidence": 0.8}
    await hear("fool kit kya hai", confidence=0.4, alternatives=[other])
    assert [asked["text"] for asked in bot.asked] == ["tool kit kya hai"]


async def test_digits_are_read_back_one_by_one(hear: Hear) -> None:
    prompt = await hear("mera number 9876543210 hai", confidence=0.3, language="hi-Latn")
    assert "nau aath saat" in prompt["speech"]


@pytest.mark.parametrize(
    ("said", "hint", "language"),
    [
        ("लोन", None, "hi"),
        ("loan kya hai", None, "hi-Latn"),
        ("toolkit", "hi-IN", "hi"),
        ("toolkit scheme", None, "en"),
    ],
)
async def test_it_confirms_in_the_callers_language(hear: Hear, said: str, hint: str | None, language: str) -> None:
    assert (await hear(said, confidence=0.1, language=hint))["language"] == language


async def test_confidence_may_be_low_by_setting(connect: Connect, bot: FakeBot) -> None:
    await hearing(connect(transcript_least_confidence=0))("loan", confidence=0.0)
    assert len(bot.asked) == 1


# ---- who may


@pytest.mark.parametrize("token", [None, "", "wrong", "टोकन"])
async def test_without_the_token_nothing_is_heard(gateway: httpx.AsyncClient, bot: FakeBot, token: str | None) -> None:
    headers = {} if token is None else {"Authorization": f"Bearer {token}".encode()}
    body = {"call_id": "a", "sequence": 1, "text": "loan"}
    response = await gateway.post(PATH, json=body, headers=headers)
    assert (response.status_code, bot.asked) == (401, [])
    assert response.headers["content-type"] == "application/problem+json"


async def test_the_token_of_the_staff_is_another(connect: Connect) -> None:
    client = connect(staff_token="s" * 20, transcript_token="t" * 20)
    body = {"call_id": "a", "sequence": 1, "text": "loan"}
    statuses = [
        (await client.post(PATH, json=body, headers={"Authorization": f"Bearer {each * 20}"})).status_code
        for each in "st"
    ]
    assert statuses == [401, 200]


@pytest.mark.parametrize(
    "changes",
    [
        {"call_id": ""}, {"call_id": "a b"}, {"call_id": "a\n"}, {"call_id": "x" * 129}, {"sequence": -1},
        {"sequence": 2**31}, {"sequence": "x"}, {"text": None}, {"confidence": 1.1}, {"confidence": -0.1},
        {"language": "ta"}, {"alternatives": [{}]}, {"alternatives": [{"text": "a"}] * 11}, {"more": 1},
    ],
)  # fmt: skip
async def test_a_wrong_body_is_a_problem_that_repeats_nothing(
    gateway: httpx.AsyncClient, changes: dict[str, Any]
) -> None:
    body = {"call_id": "call-1", "sequence": 1, "text": "mera khata 9876543210", **changes}
    response = await gateway.post(PATH, json=body, headers=TOKEN)
    assert response.status_code == 422
    assert "9876543210" not in response.text


async def test_neither_call_nor_words_are_logged(hear: Hear) -> None:
    with structlog.testing.capture_logs() as lines:
        await hear("लोन 9876543210")
    (line,) = (line for line in lines if line["event"] == "transcript")
    assert {"turn_id", "session", "outcome", "language"} <= set(line)
    assert "9876543210" not in str(lines) and "लोन" not in str(lines)


# ---- the store, on SQLite and PostgreSQL


@pytest.fixture
def database(address: str) -> Iterator[Database]:
    made = Database(address, seconds=5)
    yield made
    made.close()


def answered(words: str) -> Answered:
    prompt = Prompt(text=words, speech=words, language="hi", expects="speech", outcome="answered", turn_id="0" * 32)
    return Answered(prompt=prompt, pending=Pending(text="9876543210"))


def test_what_is_kept_is_sealed_and_opens_with_its_secret_only(database: Database) -> None:
    records = Records(database, "secret", timedelta(hours=1), Clock())
    records.add("t1", 1, answered("दस्तावेज़"))
    found = records.look("t1", 1)
    assert found and found.answered == answered("दस्तावेज़")
    assert Records(database, "another", timedelta(hours=1), Clock()).look("t1", 1) is None
    with database.reading() as connection:
        (row,) = connection.execute(text("SELECT * FROM transcript_turns")).all()
    assert "9876543210" not in str(row) and "दस्तावेज़" not in str(row)


def test_one_utterance_has_one_record_and_old_ones_go(database: Database) -> None:
    clock = Clock()
    records = Records(database, "secret", timedelta(hours=1), clock)
    records.add("t1", 1, answered("a"))
    with pytest.raises(StoreCrossed):
        records.add("t1", 1, answered("b"))
    clock.forward(hours=2)
    records.add("t2", 1, answered("c"))
    assert records.look("t1", 1) is None


def test_the_migration_can_be_undone(database: Database) -> None:
    database.prepare()
    assert "transcript_turns" in inspect(database.engine).get_table_names()
    with database.engine.begin() as connection:
        command.downgrade(alembic_config(connection), "0002")
        assert "transcript_turns" not in inspect(connection).get_table_names()


async def test_another_process_that_was_first_counts(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two gateways on one database answer the same utterance at the same moment."""
    bot = FakeBot(delay=0.1)
    shared = {"database_url": f"sqlite:///{tmp_path / 'shared.db'}"}
    apps = [create_app(settings(**shared), httpx.ASGITransport(bot.app)) for _ in range(2)]
    clients = [httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://gateway") for app in apps]
    answers = await asyncio.gather(*(hearing(client)("loan kya hai", 1) for client in clients))
    assert answers[0] == answers[1]
    for app in apps:
        app.state.handovers.close()


async def test_words_that_are_no_unicode_are_read_back_without_what_cannot_be_sent(gateway: httpx.AsyncClient) -> None:
    """Found by fuzzing: half a surrogate pair, badly heard."""
    body = rb'{"call_id": "c1", "sequence": 1, "text": "loan \ud800kab", "confidence": 0.2}'
    response = await gateway.post(PATH, content=body, headers={**TOKEN, "Content-Type": "application/json"})
    assert response.status_code == 200, response.text
    assert "loan kab" in response.json()["text"]
