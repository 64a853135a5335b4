"""What a caller asked to have in writing goes out by SMS, once."""

import pytest
from fake_carrier import FakeCarrier
from helpline_line import SMS, Line

from channels.phone.text_messages import NotSent, OutboxTexts

ME = "+919800000001"


def texts_of(line: Line) -> OutboxTexts:
    return OutboxTexts(line.app.state.delivery, SMS)


async def test_a_link_asked_for_twice_is_sent_once(line: Line, carrier: FakeCarrier) -> None:
    for text, name in (("the link", "call-1:3"), ("the link", "call-1:3"), ("another", "call-1:5")):
        await texts_of(line).send(ME, text, name)
    await line.until(lambda: len(carrier.records) == 2)
    await line.quiet()
    assert carrier.texts(ME) == ["the link", "another"]


async def test_who_wants_no_messages_gets_no_link_and_the_caller_is_told(line: Line, carrier: FakeCarrier) -> None:
    await line.write("STOP", who=ME)
    await line.quiet()
    sent = len(carrier.records)
    with pytest.raises(NotSent):
        await texts_of(line).send(ME, "the link", "call-1:3")
    await line.quiet()
    assert len(carrier.records) == sent
