"""A conversation handed to a person and back, over HTTP, with a fake bot and a clock that stands still."""

import asyncio
from collections.abc import Callable
from typing import Any

import httpx
import pytest
import structlog
from still_clock import Clock

from actions.sealed import seal_call_back
from channels.errors import StoreFailure
from channels.fake_bot import ENGLISH, FakeBot
from channels.settings import PLACEHOLDER
from channels.store.user_side import UserSide

Connect = Any
STAFF = "/api/v1/staff/handovers"
TOKEN = {"Authorization": f"Bearer {PLACEHOLDER}"}
AGAIN = "अब सहायक फिर जवाब देगा।"
SILENT = "हेल्पलाइन से जवाब नहीं आया; अब सहायक जवाब देगा।"


def wish(reason: str = "asked", urgency: str = "normal", summary: str = "...", **more: Any) -> dict[str, Any]:
    return ENGLISH | {"handover": {"reason": reason, "urgency": urgency, "summary": summary}} | more


class Helpline:
    """One gateway, seen by a user and by its staff."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client

    async def say(self, text: str, session: str = "artisan-1", **more: Any) -> dict[str, Any]:
        body = {"session_id": session, "text": text, **more}
        response = await self.client.post("/api/v1/messages", json=body)
        assert response.status_code == 200, response.text
        return dict(response.json())

    async def poll(self, after: int = 0, session: str = "artisan-1") -> dict[str, Any]:
        response = await self.client.get("/api/v1/messages", params={"session_id": session, "after": after})
        assert response.status_code == 200, response.text
        return dict(response.json())

    async def staff(self, path: str = "", status: int = 200, **body: Any) -> dict[str, Any]:
        if body:
            response = await self.client.post(STAFF + path, json=body, headers=TOKEN)
        else:
            response = await self.client.get(STAFF + path, headers=TOKEN)
        assert response.status_code == status, response.text
        return dict(response.json())

    async def open_ones(self) -> list[dict[str, Any]]:
        return list((await self.staff())["handovers"])

    async def hand_over(self, session: str = "artisan-1") -> str:
        """A user asks for a person, whose path among the staff's routes is given."""
        await self.say("person:", session)
        return f"/{(await self.open_ones())[-1]['id']}"

    async def take(self, session: str = "artisan-1") -> str:
        path = await self.hand_over(session)
        await self.staff(path + "/take", staff="Rekha")
        return path


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def helpline(connect: Connect, clock: Clock) -> Helpline:
    return Helpline(connect(clock=clock))


def texts(messages: list[dict[str, Any]]) -> list[str]:
    return [message["text"] for message in messages]


# ---- the bot asks for a person


async def test_the_bots_wish_opens_a_handover_and_the_user_reads_only_the_reply(helpline: Helpline) -> None:
    answer = await helpline.say("person:")
    assert (answer["outcome"], answer["handover"]) == ("handed_over", "waiting")
    assert "handover" not in answer["replies"][0]
    (listed,) = await helpline.open_ones()
    assert listed["state"] == "waiting" and listed["taken_by"] is None
    assert (listed["reason"], listed["urgency"], listed["summary"], listed["language"], listed["channel"]) == (
        "asked", "normal", "व्यक्ति से बात करना चाहते हैं।", "hi", "web",
    )  # fmt: skip
    assert "artisan-1" not in str(listed), "a session's id opens its conversation: staff need none"


async def test_while_it_waits_the_bot_goes_on_answering(helpline: Helpline, bot: FakeBot) -> None:
    await helpline.hand_over()
    answer = await helpline.say("loan?")
    assert (answer["outcome"], answer["handover"]) == ("answered", "waiting")
    assert answer["replies"][0]["speaker"] == "bot"
    assert bot.asked[-1]["text"] == "loan?"


async def test_asking_again_makes_no_second_handover_and_only_raises_it(helpline: Helpline, bot: FakeBot) -> None:
    for reply in (wish(), wish("distress", "urgent", "speaks of dying"), wish("asked", "normal", "a person please")):
        bot.replies = [reply]
        await helpline.say("x")
    (listed,) = await helpline.open_ones()
    assert (listed["reason"], listed["urgency"], listed["summary"]) == ("distress", "urgent", "speaks of dying")


async def test_the_number_to_phone_is_shown_to_staff_and_outlives_other_wishes(
    helpline: Helpline, bot: FakeBot
) -> None:
    call = {"call_back": seal_call_back("9812345678", PLACEHOLDER)}
    asked = wish("call_back")
    asked["handover"] |= call
    for reply in (wish("distress", "urgent"), asked, wish("asked")):
        bot.replies = [reply]
        await helpline.say("x")
    (listed,) = await helpline.open_ones()
    assert (listed["reason"], listed["call_back"]) == ("distress", "9812345678")
    asked["handover"]["call_back"] = seal_call_back("9812345670", PLACEHOLDER)
    bot.replies = [asked]
    assert "9812345670" not in str(await helpline.say("x"))
    assert [each["call_back"] for each in await helpline.open_ones()] == ["9812345670"]


async def test_a_number_sealed_with_another_secret_is_shown_to_nobody(helpline: Helpline, bot: FakeBot) -> None:
    reply = wish("call_back")
    reply["handover"]["call_back"] = seal_call_back("9812345678", "another secret")
    bot.replies = [reply]
    await helpline.say("x")
    assert [(each["reason"], each["call_back"]) for each in await helpline.open_ones()] == [("call_back", None)]


@pytest.mark.parametrize("spoiled", ["yes", [], {"reason": "made up"}, {"urgency": 5}, {"summary": None}])
async def test_a_wish_that_is_badly_written_is_still_one_and_spoils_no_reply(
    helpline: Helpline, bot: FakeBot, spoiled: Any
) -> None:
    bot.replies = [ENGLISH | {"handover": spoiled}]
    assert (await helpline.say("x"))["outcome"] == "answered"
    assert [each["reason"] for each in await helpline.open_ones()] == ["not_for_bot"]


async def test_the_list_is_by_urgency_then_by_waiting_time(helpline: Helpline, bot: FakeBot, clock: Clock) -> None:
    for session, urgency in (("a", "normal"), ("b", "high"), ("c", "urgent"), ("d", "high"), ("e", "urgent")):
        clock.forward(minutes=1)
        bot.replies = [wish(urgency=urgency, summary=session)]
        await helpline.say("x", session)
    assert [each["summary"] for each in await helpline.open_ones()] == ["c", "e", "b", "d", "a"]


# ---- a person has it


async def test_while_a_person_has_it_the_bot_is_not_asked_and_staff_read_the_message(
    helpline: Helpline, bot: FakeBot
) -> None:
    path = await helpline.take()
    asked = len(bot.asked)
    answer = await helpline.say("मेरा \u200bलोन अटका है")
    assert answer["replies"] == []
    assert (answer["outcome"], answer["handover"]) == ("with_staff", "taken")
    await helpline.say("👍")
    await helpline.say("loan")
    await helpline.say(" \u200b ")
    seen = (await helpline.staff(path))["messages"]
    assert [(m["speaker"], m["text"], m["language"]) for m in seen] == [
        ("user", "मेरा लोन अटका है", "hi"), ("user", "👍", "hi-Latn"), ("user", "loan", "hi-Latn"),
    ]  # fmt: skip
    assert len(bot.asked) == asked


async def test_other_sessions_still_have_the_bot(helpline: Helpline) -> None:
    await helpline.take()
    assert (await helpline.say("loan?", "artisan-2"))["outcome"] == "answered"
    assert (await helpline.poll(session="artisan-2")) == {"messages": [], "handover": None}


async def test_what_staff_write_is_fetched_in_order_and_the_same_again_and_again(helpline: Helpline) -> None:
    path = await helpline.take()
    for text in ("नमस्ते", "Kahiye\nkya hua"):
        await helpline.staff(path + "/messages", staff="Rekha", text=text)
    first = await helpline.poll()
    assert first == await helpline.poll()
    assert first["handover"] == "taken"
    assert [(m["speaker"], m["text"], m["language"]) for m in first["messages"]] == [
        ("staff", "नमस्ते", "hi"), ("staff", "Kahiye\nkya hua", "hi-Latn"),
    ]  # fmt: skip
    assert set(first["messages"][0]) == {"id", "speaker", "text", "language", "at"}, "nobody's name"
    one, two = (message["id"] for message in first["messages"])
    assert one < two
    assert (await helpline.poll(after=one))["messages"] == first["messages"][1:]
    assert (await helpline.poll(after=two))["messages"] == []


async def test_who_does_not_poll_gets_staffs_messages_with_the_next_answer_once(helpline: Helpline) -> None:
    path = await helpline.take()
    await helpline.staff(path + "/messages", staff="Rekha", text="नमस्ते")
    answer = await helpline.say("hello?")
    assert [(reply["speaker"], reply["text"]) for reply in answer["replies"]] == [("staff", "नमस्ते")]
    assert (await helpline.say("thanks"))["replies"] == []


async def test_staff_see_what_was_delivered(helpline: Helpline) -> None:
    path = await helpline.take()
    await helpline.staff(path + "/messages", staff="Rekha", text="नमस्ते")
    assert (await helpline.staff(path))["messages"][0]["delivered_at"] is None
    await helpline.poll()
    assert (await helpline.staff(path))["messages"][0]["delivered_at"]


async def test_another_channel_carries_staffs_messages_in_its_own_form(helpline: Helpline) -> None:
    path = await helpline.take()
    await helpline.staff(path + "/messages", staff="Rekha", text="फ़ोन 1800-1800-888")
    (reply,) = (await helpline.say("ok", channel="voice"))["replies"]
    assert reply["speaker"] == "staff"
    assert "एक आठ शून्य" in reply["text"]


async def test_a_turn_with_staff_can_be_shown_as_another_channel(helpline: Helpline) -> None:
    await helpline.take()
    turn = (await helpline.say("ok"))["turn_id"]
    view = await helpline.client.get(f"/api/v1/turns/{turn}/as/sms")
    assert view.json() == {"replies": [], "parts": []}


async def test_who_takes_it_while_the_bot_thinks_has_the_message_and_the_bot_is_not_heard(
    helpline: Helpline, bot: FakeBot
) -> None:
    path = await helpline.hand_over()
    bot.thinks = lambda: helpline.staff(path + "/take", staff="Rekha")
    answer = await helpline.say("loan?")
    assert (answer["replies"], answer["outcome"]) == ([], "with_staff")
    assert texts((await helpline.staff(path))["messages"]) == ["loan?"]


# ---- back to the bot


@pytest.mark.parametrize(("action", "more"), [("/return", {}), ("/close", {"reason": "helped"})])
async def test_the_user_is_told_once_that_the_assistant_answers_again(
    helpline: Helpline, action: str, more: dict[str, str]
) -> None:
    path = await helpline.take()
    await helpline.staff(path + "/messages", staff="Rekha", text="हो गया")
    ended = await helpline.staff(path + action, staff="Rekha", **more)
    assert (ended["state"], ended["end_reason"]) == ("over", more.get("reason"))
    answer = await helpline.say("लोन")
    assert [reply["speaker"] for reply in answer["replies"]] == ["staff", "system", "bot"]
    assert answer["replies"][1]["text"] == AGAIN
    assert (answer["outcome"], answer["handover"]) == ("answered", None)
    assert len((await helpline.say("लोन"))["replies"]) == 1


async def test_who_polls_reads_it_there_and_not_again_with_the_next_answer(helpline: Helpline) -> None:
    path = await helpline.take()
    await helpline.staff(path + "/return", staff="Rekha")
    polled = await helpline.poll()
    assert texts(polled["messages"]) == [AGAIN]
    assert (polled["messages"][0]["speaker"], polled["handover"]) == ("system", None)
    assert [reply["speaker"] for reply in (await helpline.say("लोन"))["replies"]] == ["bot"]
    assert (await helpline.poll())["messages"] == polled["messages"], "still there for who asks again"


async def test_what_was_not_delivered_is_not_lost_when_the_bot_fails(helpline: Helpline, bot: FakeBot) -> None:
    path = await helpline.take()
    await helpline.staff(path + "/return", staff="Rekha")
    bot.mode = "500"
    answer = await helpline.say("लोन")
    assert [reply["speaker"] for reply in answer["replies"]] == ["system", "bot"]
    assert answer["outcome"] == "unavailable"


async def test_after_it_is_over_a_person_can_be_asked_for_again(helpline: Helpline) -> None:
    path = await helpline.take()
    await helpline.staff(path + "/return", staff="Rekha")
    again = await helpline.hand_over()
    assert again != path
    await helpline.staff(again + "/take", staff="Mohan")
    assert texts((await helpline.poll())["messages"]) == [AGAIN]


Touch = Callable[[Helpline], Any]


@pytest.mark.parametrize("touch", [lambda h: h.say("लोन"), lambda h: h.poll(), lambda h: h.open_ones()])
async def test_silent_staff_lose_the_conversation_and_the_user_is_told_honestly(
    helpline: Helpline, clock: Clock, touch: Touch
) -> None:
    path = await helpline.take()
    clock.forward(minutes=20)
    await helpline.staff(path + "/messages", staff="Rekha", text="एक मिनट")
    clock.forward(minutes=29)
    assert (await helpline.say("अच्छा"))["outcome"] == "with_staff"
    clock.forward(minutes=1)
    await touch(helpline)
    assert await helpline.open_ones() == []
    assert (await helpline.staff(path))["ended"] == "silent"
    assert texts((await helpline.poll())["messages"]) == ["एक मिनट", SILENT]
    assert (await helpline.say("लोन"))["outcome"] == "answered"


async def test_a_message_after_the_silence_is_answered_by_the_bot_at_once(helpline: Helpline, clock: Clock) -> None:
    await helpline.take()
    clock.forward(minutes=30)
    answer = await helpline.say("लोन")
    assert [reply["speaker"] for reply in answer["replies"]] == ["system", "bot"]
    assert answer["replies"][0]["text"] == SILENT


async def test_a_waiting_handover_does_not_end_by_waiting(helpline: Helpline, clock: Clock) -> None:
    await helpline.hand_over()
    clock.forward(days=2)
    assert (await helpline.say("loan?"))["handover"] == "waiting"


# ---- staff among themselves


async def test_only_one_takes_it_and_the_other_is_told_who(helpline: Helpline) -> None:
    path = await helpline.take()
    refused = await helpline.staff(path + "/take", 409, staff="Mohan")
    assert refused["taken_by"] == "Rekha" and "Rekha" in refused["detail"]
    assert (await helpline.staff(path + "/take", staff=" Rekha "))["taken_by"] == "Rekha"


@pytest.mark.parametrize(
    ("action", "body"), [("/messages", {"text": "x"}), ("/return", {}), ("/close", {"reason": "x"})]
)
async def test_only_who_has_it_speaks_returns_and_closes(helpline: Helpline, action: str, body: dict[str, str]) -> None:
    path = await helpline.take()
    assert (await helpline.staff(path + action, 409, staff="Mohan", **body))["taken_by"] == "Rekha"
    assert (await helpline.staff(path))["messages"] == []


async def test_what_nobody_has_can_be_closed_but_not_spoken_in(helpline: Helpline) -> None:
    path = await helpline.hand_over()
    await helpline.staff(path + "/messages", 409, staff="Rekha", text="x")
    await helpline.staff(path + "/return", 409, staff="Rekha")
    assert (await helpline.staff(path + "/close", staff="Rekha", reason="twice"))["ended"] == "closed"


@pytest.mark.parametrize(
    ("action", "body"),
    [("/take", {}), ("/messages", {"text": "x"}), ("/return", {}), ("/close", {"reason": "x"})],
)
async def test_what_is_over_stays_over_and_what_is_not_there_is_not_found(
    helpline: Helpline, action: str, body: dict[str, str]
) -> None:
    path = await helpline.take()
    await helpline.staff(path + "/return", staff="Rekha")
    await helpline.staff(path + action, 409, staff="Rekha", **body)
    await helpline.staff("/999" + action, 404, staff="Rekha", **body)
    await helpline.staff("/999", 404)


@pytest.mark.parametrize("text", ["", " ", "\x00", "\n\n", "x" * 2001])
async def test_staff_cannot_write_nothing_or_too_much(helpline: Helpline, text: str) -> None:
    path = await helpline.take()
    await helpline.staff(path + "/messages", 422, staff="Rekha", text=text)


@pytest.mark.parametrize("staff", ["", " ", "...", "x" * 81])
async def test_staff_have_a_name(helpline: Helpline, staff: str) -> None:
    path = await helpline.hand_over()
    await helpline.staff(path + "/take", 422, staff=staff)


# ---- limits, failures, logs


async def test_too_many_polls_of_a_session_at_once_are_refused(helpline: Helpline) -> None:
    responses = await asyncio.gather(
        *(helpline.client.get("/api/v1/messages", params={"session_id": "a"}) for _ in range(8))
    )
    assert [response.status_code for response in responses].count(429) == 2
    refused = next(response for response in responses if response.status_code == 429)
    assert refused.headers["content-type"] == "application/problem+json"
    assert (await helpline.poll(session="a"))["messages"] == []


BROKEN = {"database_url": "sqlite:////proc/nowhere/gateway.db"}


async def test_without_the_store_the_user_has_the_bots_reply(connect: Connect) -> None:
    helpline = Helpline(connect(**BROKEN))
    with structlog.testing.capture_logs() as lines:
        answer = await helpline.say("person:")
    assert answer["outcome"] == "handed_over" and "1800-1800-888" in answer["replies"][0]["text"]
    assert answer["handover"] is None
    assert [line["step"] for line in lines if line["event"] == "store_failed"] == ["switch", "look", "ask"]
    assert "person" not in str(lines) and "artisan-1" not in str(lines)


async def test_without_the_store_polls_and_staff_are_told_so(connect: Connect) -> None:
    client = connect(**BROKEN)
    for path, headers in (("/api/v1/messages?session_id=a", {}), (STAFF, TOKEN)):
        response = await client.get(path, headers=headers)
        assert (response.status_code, response.headers["content-type"]) == (503, "application/problem+json")


@pytest.mark.parametrize(("is_taken", "outcome"), [(True, "unavailable"), (False, "answered")])
async def test_what_cannot_be_written_down_for_a_person_is_not_answered_by_the_bot(
    helpline: Helpline, monkeypatch: pytest.MonkeyPatch, is_taken: bool, outcome: str
) -> None:
    path = await helpline.take()
    if not is_taken:
        await helpline.staff(path + "/return", staff="Rekha")

    def full(*_: object) -> None:
        raise StoreFailure("disk full")

    monkeypatch.setattr(UserSide, "hear", full)
    answer = await helpline.say("लोन")
    assert answer["outcome"] == outcome
    assert [reply["speaker"] for reply in answer["replies"]] == ["bot"]


async def test_the_store_is_used_as_soon_as_it_is_there(connect: Connect, tmp_path: Any) -> None:
    folder = tmp_path / "later"
    folder.write_text("in the way")
    helpline = Helpline(connect(database_url=f"sqlite:///{folder}/gateway.db"))
    assert (await helpline.say("person:"))["handover"] is None
    folder.unlink()
    assert (await helpline.say("person:"))["handover"] == "waiting"


async def test_no_log_holds_what_is_said(helpline: Helpline) -> None:
    with structlog.testing.capture_logs() as lines:
        path = await helpline.take()
        await helpline.say("मेरा नंबर 9876543210")
        await helpline.staff(path + "/messages", staff="Rekha", text="9876543210 पर फ़ोन करूँगी")
        await helpline.say("9876543210")
        await helpline.staff(path + "/close", staff="Rekha", reason="9876543210")
    logged = str(lines)
    assert "handover_closed" in logged
    for secret in ("9876543210", "Rekha", "artisan-1", "व्यक्ति"):
        assert secret not in logged


# ---- applications for staff


APPLICATION = "/api/v1/staff/applications/"


async def test_an_application_is_asked_of_the_action_server_with_the_bots_token(
    helpline: Helpline, bot: FakeBot
) -> None:
    bot.application = (200, '{"stage": "बैंक के पास", "steps": []}')
    query = {"staff": "Rekha", "language": "en"}
    response = await helpline.client.get(APPLICATION + "ODOP/MM/26/000001", params=query, headers=TOKEN)
    assert (response.status_code, response.json()) == (200, {"stage": "बैंक के पास", "steps": []})
    assert bot.asked == [{"number": "ODOP/MM/26/000001", "staff": "Rekha", "language": "en"}]
    assert bot.tokens == [f"Bearer {PLACEHOLDER}"]


@pytest.mark.parametrize(
    ("status", "body", "told"),
    [
        (404, '{"number": "ODOP1"}', 404), (422, "{}", 422), (503, "{}", 503),
        (401, "{}", 503), (500, "oops", 503), (200, "not json", 503), (200, "[]", 503),
    ],
)  # fmt: skip
async def test_what_fails_there_is_a_problem_here_and_repeats_nothing(
    helpline: Helpline, bot: FakeBot, status: int, body: str, told: int
) -> None:
    bot.application = (status, body)
    with structlog.testing.capture_logs() as lines:
        response = await helpline.client.get(APPLICATION + "ODOP1", params={"staff": "Rekha"}, headers=TOKEN)
    assert (response.status_code, response.headers["content-type"]) == (told, "application/problem+json")
    assert "ODOP1" not in response.text + str(lines)


async def test_an_unreachable_action_server_is_a_problem(connect: Connect) -> None:
    def refused(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused")

    client = connect(httpx.MockTransport(refused))
    response = await client.get(APPLICATION + "ODOP1", params={"staff": "Rekha"}, headers=TOKEN)
    assert response.status_code == 503
