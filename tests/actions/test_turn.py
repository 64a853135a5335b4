"""What an action needs to know of the message it answers."""

import pytest
from rasa_calls import Bot
from rasa_sdk import Tracker

from actions import turn


def tracker(bot: Bot, *texts: str) -> Tracker:
    """A conversation in which the user said these; the last one is answered now."""
    *earlier, now = texts
    before = [event for text in earlier for event in bot.said_before(text)]
    call = bot.call("action_answer", bot.understood(now, "ask_knowledge"), before)
    return Tracker.from_dict(call["tracker"])


@pytest.mark.parametrize(
    ("texts", "district"),
    [
        (["Agra ka product", "wahan kya banta hai"], "agra"),
        (["Banda ka product", "आगरा का उत्पाद", "dhanyavad", "wahan kya banta hai"], "agra"),
        (["Agra ka product, Agra ka office", "wahan"], "agra"),
        (["Banda ka product", "Agra me office kahan hai aur wahan kya banta hai"], "agra"),
        (["Kanpur ka product", "wahan"], "kanpur"),
        (["Jhansi ka product", "Agra aur Banda ka product", "wahan"], None),
        (["Agra ka product", "Delhi ka product", "wahan"], None),
        (["Agra ka product", "Agra se Delhi", "wahan"], None),
        (["toolkit kya hai", "wahan"], None),
        (["wahan"], None),
    ],
)
def test_the_last_district_is_the_only_place_of_the_newest_message_that_named_one(
    bot: Bot, texts: list[str], district: str | None
) -> None:
    assert turn.last_district(tracker(bot, *texts)) == district


def test_a_tapped_district_was_named(bot: Bot) -> None:
    tap = {"event": "user", "text": "district:banda", "parse_data": bot.tapped("district:banda")}
    call = bot.call("action_answer", bot.understood("wahan", "ask_knowledge"), [*bot.said_before("Agra"), tap])
    assert turn.last_district(Tracker.from_dict(call["tracker"])) == "banda"


def test_what_the_bot_said_and_messages_without_understanding_name_no_place(bot: Bot) -> None:
    odd = [{"event": "user", "text": "x"}, {"event": "user", "text": "x", "parse_data": {"entities": None}}]
    call = bot.call("action_answer", bot.understood("wahan", "ask_knowledge"), [*bot.said_before("Agra"), *odd])
    assert turn.last_district(Tracker.from_dict(call["tracker"])) == "agra"
