"""What staff write reaches people on WhatsApp and SMS."""

import json
from typing import Any

from fake_carrier import FakeCarrier
from helpline_line import Line
from sqlalchemy import text

from channels.settings import PLACEHOLDER

STAFF = "/api/v1/staff/handovers"
TOKEN = {"Authorization": f"Bearer {PLACEHOLDER}"}
ME = "whatsapp:+919800000001"


async def taken(line: Line) -> str:
    """A person has asked for a person, and one has the conversation."""
    line.bot.replies = [{"text": "Wait", "language": "en", "outcome": "handed_over", "handover": {"reason": "asked"}}]
    await line.write("person please")
    await line.quiet()
    line.bot.replies = None
    listed = (await line.client.get(STAFF, headers=TOKEN)).json()["handovers"]
    path = f"{STAFF}/{listed[0]['id']}"
    await staff(line, path + "/take")
    return path


async def staff(line: Line, path: str, **more: str) -> Any:
    response = await line.client.post(path, headers=TOKEN, json={"staff": "Rekha"} | more)
    assert response.status_code == 200, response.text
    return response.json()


async def test_what_staff_write_goes_out_once_and_the_sentence_at_the_end_too(line: Line, carrier: FakeCarrier) -> None:
    path = await taken(line)
    said = await staff(line, path + "/messages", text="Namaste, Rekha here")
    assert said["delivered_at"]
    await staff(line, path + "/messages", text="Send me the bank's letter")
    await line.until(lambda: len(carrier.records) == 3)
    await line.write("I have it")
    await line.quiet()
    await staff(line, path + "/return")
    await line.write("and now?")
    await line.quiet()
    texts = carrier.texts(ME)
    assert texts[:3] == ["Wait", "Namaste, Rekha here", "Send me the bank's letter"]
    assert len(texts) == 5 and texts[4] == "re and now?"


async def test_what_a_person_writes_meanwhile_reaches_staff_once_and_gets_no_reply_of_the_bot(
    line: Line, carrier: FakeCarrier
) -> None:
    path = await taken(line)
    await line.write("my loan")
    await line.quiet()
    messages = (await line.client.get(path, headers=TOKEN)).json()["messages"]
    assert [(each["speaker"], each["text"]) for each in messages] == [("user", "my loan")]
    assert len(carrier.records) == 1
    assert line.value("SELECT outcome FROM inbound ORDER BY id DESC LIMIT 1") == "with_staff"


async def test_a_message_that_comes_to_its_turn_twice_reaches_staff_once(line: Line) -> None:
    path = await taken(line)
    turns = line.app.state.turns
    from channels.models import MessageIn

    session = json.loads((await line.client.get(STAFF, headers=TOKEN)).text)["handovers"][0]
    key = line.value("SELECT session_id FROM handovers WHERE id = :id", id=session["id"])
    for _ in range(2):
        await turns.run(MessageIn(session_id=key, text="my loan", channel="whatsapp"), message_id="SM9")
    messages = (await line.client.get(path, headers=TOKEN)).json()["messages"]
    assert [each["text"] for each in messages] == ["my loan"]


async def test_outside_the_window_staff_reach_nobody_and_the_desk_can_see_it(line: Line, carrier: FakeCarrier) -> None:
    path = await taken(line)
    with line.engine.begin() as connection:
        connection.execute(text("UPDATE contacts SET last_inbound_at = '2026-01-01 00:00:00'"))
    await staff(line, path + "/messages", text="Are you there?")
    await line.until(lambda: line.rows("SELECT error_code FROM outbound WHERE kind = 'staff'") == [("window_closed",)])
    assert len(carrier.records) == 1


async def test_erasing_takes_the_conversation_with_staff_too(line: Line) -> None:
    path = await taken(line)
    await line.write("my loan")
    await line.write("delete my data")
    await line.until(lambda: line.value("SELECT count(*) FROM contacts") == 0)
    assert line.value("SELECT count(*) FROM handovers") == 0
    assert line.value("SELECT count(*) FROM handover_messages") == 0
    assert (await line.client.get(path, headers=TOKEN)).status_code == 404
