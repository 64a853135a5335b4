"""0 reaches a person, at every step."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
import yaml
from caller import Caller, choice, reply

from channels.fake_bot import HANDOVER, FakeBot
from channels.settings import ROOT

Phone = Any
Lead = Callable[[Caller, FakeBot], Awaitable[object]]


async def _greeting(caller: Caller, bot: FakeBot) -> None:
    pass


async def _answer(caller: Caller, bot: FakeBot) -> None:
    await caller.says("टूलकिट")


async def _long(caller: Caller, bot: FakeBot) -> None:
    bot.replies = [reply("यह एक लंबा वाक्य है जो बताता है कि क्या करना है। " * 10)]
    await caller.says("टूलकिट")


async def _choices(caller: Caller, bot: FakeBot) -> None:
    bot.replies = [reply("कौन सा?", buttons=[choice(f"विकल्प {n}", f"entry:{n}") for n in range(9)])]
    await caller.says("टूलकिट")


async def _number(caller: Caller, bot: FakeBot) -> None:
    bot.replies = [reply("कौन सा नंबर?", outcome="question_asked")]
    await caller.says("स्टेटस")


async def _confirm(caller: Caller, bot: FakeBot) -> None:
    await caller.says("टूलकिट", confidence=0.1)


async def _not_that(caller: Caller, bot: FakeBot) -> None:
    await _confirm(caller, bot)
    await caller.presses("2")


async def _silence(caller: Caller, bot: FakeBot) -> None:
    await caller.is_silent()


async def _keys(caller: Caller, bot: FakeBot) -> None:
    for _ in range(4):
        await caller.is_silent()


async def _down(caller: Caller, bot: FakeBot) -> None:
    bot.mode = "500"
    await caller.says("टूलकिट")


async def _waiting(caller: Caller, bot: FakeBot) -> None:
    bot.delay = 0.2
    await caller.says("टूलकिट")
    assert caller.step == "wait"


async def _not_connected(caller: Caller, bot: FakeBot) -> None:
    await caller.presses("0")
    await caller.hangs_up_helpline("busy")


EVERY = [
    _greeting, _answer, _long, _choices, _number, _confirm, _not_that, _silence, _keys, _down, _waiting, _not_connected,
]  # fmt: skip


@pytest.mark.parametrize("lead", EVERY)
async def test_0_connects_to_the_helpline_at_every_step(phone: Phone, bot: FakeBot, lead: Lead) -> None:
    caller = await phone(phone_wait_seconds=0.1).calls()
    await lead(caller, bot)
    await caller.presses("0")
    assert caller.dialled == ["+9118001800888"] and "हेल्पलाइन" in caller.heard


@pytest.mark.parametrize("words", ["किसी से बात कराओ", "operator", "insaan se baat karni hai", "हेल्पलाइन"])
async def test_a_person_may_be_asked_for_by_word(caller: Caller, bot: FakeBot, words: str) -> None:
    await caller.says(words)
    assert caller.dialled and bot.asked == []


async def test_after_a_talk_with_the_helpline_the_assistant_is_there_again(caller: Caller, bot: FakeBot) -> None:
    await caller.presses("0")
    await caller.hangs_up_helpline("completed")
    assert "और कुछ पूछना" in caller.heard
    await caller.says("टूलकिट")
    assert len(bot.asked) == 1


@pytest.mark.parametrize("how", ["busy", "no-answer", "failed", "canceled"])
async def test_where_nobody_answers_a_call_back_is_offered(caller: Caller, bot: FakeBot, how: str) -> None:
    await caller.presses("0")
    await caller.hangs_up_helpline(how)
    assert "एक आठ शून्य शून्य" in caller.heard
    await caller.presses("1")
    assert bot.asked[-1]["text"] == "task:callback"


async def test_a_person_can_be_a_call_back_only(phone: Phone, bot: FakeBot) -> None:
    caller = await phone(phone_person="callback").calls()
    await caller.presses("0")
    assert bot.asked[-1]["text"] == "task:callback" and not caller.dialled


async def test_another_helpline_can_be_set(phone: Phone) -> None:
    caller = await phone(helpline_number="+91 522 4000 100").calls()
    await caller.presses("0")
    assert caller.dialled == ["+915224000100"]


async def test_whom_the_bot_hands_over_is_connected(caller: Caller, bot: FakeBot) -> None:
    bot.replies = [HANDOVER]
    await caller.says("मुझे किसी अधिकारी से मिलवाइए")
    assert caller.dialled


async def test_a_choice_of_a_person_is_connected_without_the_bot(caller: Caller, bot: FakeBot) -> None:
    await caller.says("बांदा")
    await caller.presses("3")
    assert caller.dialled and len(bot.asked) == 1


@pytest.mark.parametrize("reason", ["call_back", "distress", "failures", None])
async def test_who_left_a_number_or_is_in_distress_hears_the_bot_first(
    caller: Caller, bot: FakeBot, reason: str | None
) -> None:
    """Where nobody sits at a desk the bot asks for no person; what it says to distress must be heard all the same."""
    asks = {"handover": {"reason": reason, "urgency": "normal", "summary": "..."}} if reason else {}
    bot.replies = [reply("14416 पर फ़ोन कीजिए।", outcome="handed_over", **asks)]
    await caller.says("सुनिए")
    assert not caller.dialled and "एक चार चार एक छह" in caller.heard.replace(",", "")
    assert "0 दबाइए" in caller.heard


@pytest.mark.parametrize("key", ["utter_distress", "utter_distress_loan"])
async def test_whoever_is_in_distress_hears_all_of_it_at_once(caller: Caller, bot: FakeBot, key: str) -> None:
    responses = yaml.safe_load((ROOT / "bot" / "responses" / "distress.yml").read_text(encoding="utf-8"))["responses"]
    hindi = responses[key][0]
    bot.replies = [reply(hindi["text"], buttons=hindi["buttons"], **hindi["custom"])]
    await caller.says("अब जीने का मन नहीं करता")
    assert caller.heard.startswith(hindi["custom"]["speech"])
