"""What Twilio may do to us: repeat, come late, come forged; and what may fail on our side."""

import asyncio
import sqlite3
from typing import Any

import pytest
import structlog
from caller import MOBILE, TOKEN, VOICE, Caller, reply
from sqlalchemy import select, text
from twilio.request_validator import RequestValidator
from twiml_rules import PUBLIC, checked

from channels.fake_bot import FakeBot
from channels.store.database import Database
from channels.store.tables import CallRow

Phone = Any
LETTER = "https://sahayak.example.org/letters/" + "a" * 43 + ".pdf"
STEPS = ["", "/status", *(f"/{step}?step=1" for step in ("language", "question", "confirm", "keys", "wait", "person"))]


# ---- signatures


@pytest.mark.parametrize("path", STEPS)
@pytest.mark.parametrize("forged", ["", "wrong", "अ", "of another address", "of other fields"])
async def test_only_signed_requests_are_answered(phone: Phone, bot: FakeBot, path: str, forged: str) -> None:
    caller = phone()
    form = {"CallSid": caller.sid, "From": MOBILE, "AccountSid": "AC0", "SpeechResult": "टूलकिट"}
    sign = RequestValidator(TOKEN).compute_signature
    if forged == "of another address":
        forged = sign(PUBLIC + VOICE + "/other?step=1", form)
    elif forged == "of other fields":
        forged = sign(PUBLIC + VOICE + path, form | {"SpeechResult": "लोन"})
    headers = {"X-Twilio-Signature": forged.encode()} if forged else {}
    response = await caller._gateway.post(VOICE + path, data=form, headers=headers)
    assert response.status_code == 403 and response.headers["content-type"] == "application/problem+json"
    assert bot.asked == []


async def test_without_a_token_nobody_is_answered(phone: Phone) -> None:
    caller = phone(twilio_auth_token="")
    form = {"CallSid": caller.sid}
    signature = RequestValidator("").compute_signature(PUBLIC + VOICE, form)
    response = await caller._gateway.post(VOICE, data=form, headers={"X-Twilio-Signature": signature})
    assert response.status_code == 403


async def test_the_step_is_signed_with_the_address(caller: Caller) -> None:
    await caller.says("टूलकिट")
    address, fields = caller.asked[-1]
    form = {"CallSid": caller.sid, "From": MOBILE, "AccountSid": "AC0", **fields}
    signature = RequestValidator(TOKEN).compute_signature(address, form)
    response = await caller.post(address.replace("step=1", "step=2"), fields, signature)
    assert response.status_code == 403


@pytest.mark.parametrize("query", ["", "?step=0", "?step=x", "?step=99999999999"])
async def test_a_step_that_is_none_is_refused(phone: Phone, query: str) -> None:
    assert (await phone().post(f"{PUBLIC}{VOICE}/question{query}", {})).status_code == 422


async def test_a_request_that_names_no_call_is_refused(phone: Phone) -> None:
    caller = phone(sid="")
    assert (await caller.post(PUBLIC + VOICE, {})).status_code == 422


# ---- repeated


async def test_a_repeated_call_gets_the_same_greeting(caller: Caller) -> None:
    first = caller.raw
    assert (await caller.again()).raw == first


async def test_a_repeated_step_gets_the_same_document_and_no_second_turn(caller: Caller, bot: FakeBot) -> None:
    await caller.says("टूलकिट")
    first = caller.raw
    assert (await caller.again()).raw == first
    bot.replies = [reply("कुछ और।")]
    assert (await caller.again()).raw == first
    assert len(bot.asked) == 1
    await caller.says("लोन")
    assert "कुछ और" in caller.heard and len(bot.asked) == 2


async def test_requests_repeated_at_the_same_time_are_one_turn(caller: Caller, bot: FakeBot) -> None:
    bot.delay = 0.05
    address = caller.gather.attrib["action"]
    answers = await asyncio.gather(*(caller.post(address, {"SpeechResult": "टूलकिट"}) for _ in range(5)))
    assert len({answer.text for answer in answers}) == 1 and answers[0].status_code == 200
    assert len(bot.asked) == 1


async def test_a_step_long_over_gets_the_document_it_got(caller: Caller, bot: FakeBot) -> None:
    await caller.says("टूलकिट")
    address, first = caller.gather.attrib["action"], caller.raw
    await caller.says("लोन")
    second = caller.raw
    await caller.says("बांदा")
    response = await caller.post(address, {"SpeechResult": "लोन"})
    assert response.text == second != first and len(bot.asked) == 3


async def test_a_step_that_is_not_that_of_the_screen_changes_nothing(caller: Caller, bot: FakeBot) -> None:
    address = caller.gather.attrib["action"].replace("language", "question")
    response = await caller.post(address, {"SpeechResult": "टूलकिट"})
    assert response.text == caller.raw and bot.asked == []


async def test_the_gateway_that_died_before_it_answered_asks_with_the_same_id(
    phone: Phone, bot: FakeBot, tmp_path: Any
) -> None:
    """The bot had answered; nothing of it was written down."""
    store, sid = f"sqlite:///{tmp_path}/calls.db", "CA" + "2" * 32
    caller = await phone(sid, database_url=store).calls()
    before = _copy(tmp_path)
    await caller.says("टूलकिट")
    caller._gateway = phone(sid, database_url=before)._gateway
    await caller.again()
    first, second = (each["message_id"] for each in bot.asked)
    assert first == second and sid not in first


async def test_where_a_step_has_failed_twilio_comes_back_and_hears_the_last_screen(
    caller: Caller, bot: FakeBot
) -> None:
    await caller.says("टूलकिट")
    said = caller.raw
    await caller.calls()
    assert caller.raw == said and len(bot.asked) == 1


async def test_another_process_goes_on_with_the_call(phone: Phone, bot: FakeBot, tmp_path: Any) -> None:
    store = f"sqlite:///{tmp_path}/calls.db"
    caller = await phone(database_url=store).calls()
    await caller.says("टूलकिट")
    said = caller.heard
    caller._gateway = phone(database_url=store)._gateway
    await caller.presses("9")
    assert caller.heard == said and len(bot.asked) == 1


# ---- slow or down


async def test_a_slow_bot_is_waited_for_with_a_word_and_asked_once(phone: Phone, bot: FakeBot) -> None:
    caller = await phone(phone_wait_seconds=0.1).calls()
    bot.delay = 0.2
    await caller.says("टूलकिट")
    assert "एक मिनट" in caller.heard and caller.step == "wait"
    while caller.step == "wait":
        await caller.waits()
    assert len(bot.asked) == 1 and caller.step == "question" and "शजर" in caller.heard


async def test_who_waits_in_another_process_is_answered_with_the_same_message(
    phone: Phone, bot: FakeBot, tmp_path: Any
) -> None:
    store = f"sqlite:///{tmp_path}/calls.db"
    caller = await phone(phone_wait_seconds=0.1, database_url=store).calls()
    bot.delay = 0.2
    await caller.says("टूलकिट")
    bot.delay = 0
    caller._gateway = phone(database_url=store)._gateway
    await caller.waits()
    assert "शजर" in caller.heard
    assert len({each["message_id"] for each in bot.asked}) == 1


@pytest.mark.parametrize("mode", ["500", "slow", "garbage", "none"])
async def test_when_the_bot_fails_the_caller_hears_the_helpline_and_can_go_on(
    caller: Caller, bot: FakeBot, mode: str
) -> None:
    bot.mode = mode
    await caller.says("टूलकिट")
    assert "अभी जवाब नहीं मिल पा रहा" in caller.heard and "एक आठ शून्य शून्य" in caller.heard
    bot.mode = "well"
    await caller.says("टूलकिट")
    assert "शजर" in caller.heard


async def test_without_the_database_the_call_goes_on(phone: Phone, bot: FakeBot) -> None:
    caller = await phone(database_url="sqlite:////proc/nowhere/all.db").calls()
    await caller.says("टूलकिट")
    assert "शजर" in caller.heard
    first = caller.raw
    assert (await caller.again()).raw == first and len(bot.asked) == 1
    assert (await caller.ends()).status_code == 204


async def test_a_call_that_nobody_remembers_is_asked_to_speak_again(phone: Phone, bot: FakeBot) -> None:
    caller = phone()
    response = await caller.post(f"{PUBLIC}{VOICE}/confirm?step=7", {"Digits": "1"})
    assert response.status_code == 200 and "voice/question?step=7" in response.text
    checked(response.text)
    assert bot.asked == []


async def test_an_error_of_our_own_does_not_end_the_call(
    caller: Caller, monkeypatch: pytest.MonkeyPatch, bot: FakeBot
) -> None:
    def fails(*_: object) -> None:
        raise RuntimeError("secret words")

    monkeypatch.setattr("channels.phone.speech.answer", fails)
    with structlog.testing.capture_logs() as lines:
        await caller.says("टूलकिट")
    assert "एक आठ शून्य शून्य" in caller.heard and "secret words" not in str(lines)
    assert any(line["event"] == "unforeseen" for line in lines)


async def test_while_staff_have_the_conversation_the_caller_is_told(
    caller: Caller, bot: FakeBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from channels.handovers import Handovers, Heard

    async def taken(self: Handovers, session_id: str, text: str, message_id: str | None = None) -> Heard:
        return Heard("taken")

    monkeypatch.setattr(Handovers, "hear", taken)
    await caller.says("टूलकिट")
    assert "साथी तक पहुँच गई" in caller.heard and bot.asked == []


# ---- links


class Texts:
    def __init__(self) -> None:
        self.sent: list[tuple[str, str, str]] = []

    async def send(self, to: str, text: str, reference: str) -> None:
        self.sent.append((to, text, reference))


@pytest.fixture
def texts(monkeypatch: pytest.MonkeyPatch) -> Texts:
    made = Texts()
    monkeypatch.setattr("channels.phone.build.NoTextMessages", lambda: made)
    return made


async def test_a_link_is_never_spoken_and_sent_once_when_asked_for(texts: Texts, phone: Phone, bot: FakeBot) -> None:
    caller = await phone().calls()
    bot.replies = [reply(f"आपकी चिट्ठी तैयार है: {LETTER}")]
    await caller.says("चिट्ठी")
    assert "aaaa" not in caller.heard and "एसएमएस" in caller.heard
    await caller.presses("5")
    await caller.again()
    ((to, sent, reference),) = texts.sent
    assert to == MOBILE and LETTER in sent and reference.startswith("v")
    assert "भेजा जा रहा है" in caller.heard and len(bot.asked) == 1


async def test_where_5_is_a_choice_the_link_is_asked_for_by_word(texts: Texts, phone: Phone, bot: FakeBot) -> None:
    caller = await phone().calls()
    buttons = [{"title": f"बात {n}", "payload": f"entry:{n}"} for n in range(1, 6)]
    bot.replies = [reply(f"यहाँ देखिए {LETTER}", buttons=buttons)]
    await caller.says("चिट्ठी")
    assert "'एसएमएस' कहिए" in caller.heard
    await caller.says("एसएमएस भेजो")
    assert len(texts.sent) == 1
    await caller.presses("5")
    assert bot.asked[-1]["text"] == "entry:5"


async def test_without_a_link_5_sends_nothing(texts: Texts, phone: Phone, bot: FakeBot) -> None:
    caller = await phone().calls()
    await caller.says("टूलकिट")
    await caller.presses("5")
    assert texts.sent == [] and "काम नहीं करता" in caller.heard


@pytest.mark.parametrize("number", ["", "anonymous", "+266696687", "+15005550006", "+911123456789"])
async def test_a_number_that_takes_no_text_is_told(texts: Texts, phone: Phone, bot: FakeBot, number: str) -> None:
    caller = phone()
    caller._number = number
    await caller.calls()
    bot.replies = [reply(f"यहाँ देखिए {LETTER}")]
    await caller.says("चिट्ठी")
    await caller.presses("5")
    assert texts.sent == [] and "एसएमएस नहीं जा सकता" in caller.heard
    assert "मोबाइल से" in caller.heard and "व्हाट्सऐप" in caller.heard and "0 दबाइए" in caller.heard


async def test_where_nothing_can_be_sent_the_caller_is_told(caller: Caller, bot: FakeBot) -> None:
    bot.replies = [reply(f"यहाँ देखिए {LETTER}")]
    await caller.says("चिट्ठी")
    await caller.presses("5")
    assert "नहीं भेजा जा सका" in caller.heard


# ---- the summary


async def test_the_summary_of_a_call_has_no_word_and_no_number(phone: Phone, bot: FakeBot, tmp_path: Any) -> None:
    store = f"sqlite:///{tmp_path}/calls.db"
    caller = await phone(database_url=store).calls()
    with structlog.testing.capture_logs() as lines:
        await caller.says("मेरा नाम रामकली है")
        await caller.says("बांदा", confidence=0.2)
        await caller.presses("1")
        during = _raw(store)
        assert (await caller.ends(seconds=93)).status_code == 204
        assert (await caller.ends(seconds=7)).status_code == 204
    row = _row(store)
    assert (row.turns, row.outcomes, row.language, row.status, row.seconds) == (
        2,
        {"answered": 2},
        "hi",
        "completed",
        93,
    )
    assert row.sealed_state is None and row.ended_at is not None
    for secret in ("रामकली", "बांदा", MOBILE, MOBILE[3:], caller.sid):
        assert secret not in during + _raw(store) + str(lines)
    assert sum(line["event"] == "call" for line in lines) == 1


async def test_who_hangs_up_at_once_is_counted_too(phone: Phone, tmp_path: Any) -> None:
    store = f"sqlite:///{tmp_path}/calls.db"
    caller = phone(database_url=store)
    assert (await caller.ends(seconds=0, status="no-answer")).status_code == 204
    assert (_row(store).turns, _row(store).status) == (0, "no-answer")


async def test_a_call_that_goes_on_is_not_ended(phone: Phone, tmp_path: Any) -> None:
    store = f"sqlite:///{tmp_path}/calls.db"
    caller = await phone(database_url=store).calls()
    await caller.ends(status="in-progress")
    assert _row(store).ended_at is None


async def test_what_comes_after_the_end_leaves_the_summary_alone(phone: Phone, bot: FakeBot, tmp_path: Any) -> None:
    store = f"sqlite:///{tmp_path}/calls.db"
    caller = await phone(database_url=store).calls()
    await caller.ends()
    await caller.says("टूलकिट")
    assert _row(store).sealed_state is None and _row(store).turns == 0


def _copy(folder: Any) -> str:
    """The store as it is now."""
    with sqlite3.connect(f"{folder}/calls.db") as now, sqlite3.connect(f"{folder}/before.db") as copy:
        now.backup(copy)
    return f"sqlite:///{folder}/before.db"


def _row(store: str) -> Any:
    database = Database(store, 5)
    with database.reading() as connection:
        (row,) = connection.execute(select(CallRow.__table__)).all()
    database.close()
    return row


def _raw(store: str) -> str:
    database = Database(store, 5)
    with database.reading() as connection:
        found = str(connection.execute(text("SELECT * FROM calls")).all())
    database.close()
    return found


@pytest.mark.parametrize("seconds", ["9" * 20, "9" * 5000, "²", "-1", ""])
async def test_a_duration_that_no_call_has_is_no_trouble(caller: Caller, seconds: str) -> None:
    """Found by fuzzing: more digits than the store, or Python, takes."""
    told = await caller.post(PUBLIC + VOICE + "/status", {"CallStatus": "completed", "CallDuration": seconds})
    assert told.status_code == 204


async def test_words_that_xml_cannot_bear_are_read_back_without_them(caller: Caller) -> None:
    """Found by fuzzing: control characters in what was badly heard made a document that Twilio could not read."""
    await caller.presses("1")
    await caller.says("loan\x19 ka\x00gaz", confidence=0.1)
    assert "loan kagaz" in caller.heard
