"""Twilio's webhooks: who may call them, what they take, and what they answer."""

import asyncio

from helpline_line import Line, sid


async def test_a_message_is_answered_once_through_the_provider(line: Line) -> None:
    response = await line.write("hello")
    assert (response.status_code, response.headers["content-type"]) == (200, "text/xml; charset=utf-8")
    assert response.text.endswith("<Response/>")
    await line.quiet()
    assert line.carrier.texts("whatsapp:+919800000001") == ["re hello"]


async def test_fifty_deliveries_of_one_message_at_once_are_one_turn_and_one_reply(line: Line) -> None:
    same = sid()
    responses = await asyncio.gather(*(line.write("hello", message_sid=same) for _ in range(50)))
    assert {response.status_code for response in responses} == {200}
    await line.quiet()
    assert (len(line.bot.asked), line.carrier.texts()) == (1, ["re hello"])
    print(f"50 deliveries of one message: {len(line.bot.asked)} turn, {len(line.carrier.records)} reply")
