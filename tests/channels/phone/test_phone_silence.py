"""Nothing heard, not heard well, or the wrong key: nobody is left without a way on."""

from typing import Any

import pytest
from caller import Caller, choice, reply

from channels.fake_bot import FakeBot

Phone = Any
NOT_HEARD, CONFIRM = "सुनाई नहीं दी", "मैंने यह सुना"


async def test_after_three_prompts_come_keys_then_the_helpline_then_good_bye(caller: Caller, bot: FakeBot) -> None:
    for _ in range(3):
        await caller.is_silent()
        assert NOT_HEARD in caller.heard and "नमस्ते" in caller.heard
        assert caller.gather.attrib["actionOnEmptyResult"] == "true"
    await caller.is_silent()
    assert caller.step == "keys" and caller.gather.attrib["input"] == "dtmf"
    await caller.is_silent()
    assert caller.dialled == ["+9118001800888"]
    await caller.hangs_up_helpline("no-answer")
    assert "एक आठ शून्य शून्य" in caller.heard
    await caller.is_silent()
    assert caller.step == "end" and "एक आठ शून्य शून्य" in caller.heard
    assert bot.asked == []


async def test_whoever_speaks_after_silence_begins_anew(caller: Caller, bot: FakeBot) -> None:
    for _ in range(3):
        await caller.is_silent()
    await caller.says("टूलकिट")
    for _ in range(3):
        await caller.is_silent()
        assert NOT_HEARD in caller.heard
    assert caller.step == "question"


async def test_the_whole_answer_is_not_said_again_only_because_nothing_was_heard(caller: Caller, bot: FakeBot) -> None:
    bot.replies = [reply("टूलकिट मुफ़्त है।", buttons=[choice("लोन", "entry:a")])]
    await caller.says("टूलकिट")
    said = caller.heard
    await caller.is_silent()
    assert "मुफ़्त" not in caller.heard and "लोन, इसके लिए 1" in caller.heard
    await caller.presses("9")
    assert caller.heard == said


async def _to_keys(caller: Caller) -> None:
    for _ in range(4):
        await caller.is_silent()
    assert caller.step == "keys"


@pytest.mark.parametrize("key", ["1", "2", "9", "0", "7"])
async def test_each_key_of_the_menu_leads_on(caller: Caller, bot: FakeBot, key: str) -> None:
    await caller.says("टूलकिट")
    said = caller.heard
    await _to_keys(caller)
    bot.replies = [reply("ऐसे पूछिए।", buttons=[choice("लोन", "entry:a")], outcome="choices_offered")]
    await caller.presses(key)
    expected = {"1": "अपना सवाल बोलिए", "2": "लोन, इसके लिए 1", "9": said, "0": "जोड़ा जा रहा है", "7": "काम नहीं करता"}
    assert expected[key] in caller.heard
    if key == "2":
        assert bot.asked[-1]["text"] == "menu:"


async def test_a_key_without_meaning_is_told_and_the_prompt_said_again(caller: Caller, bot: FakeBot) -> None:
    await caller.says("टूलकिट")
    await caller.presses("6")
    assert "काम नहीं करता" in caller.heard and "कहिए" in caller.heard
    assert len(bot.asked) == 1
    for _ in range(3):
        await caller.presses("6")
    assert caller.step == "keys"


# ---- doubt


async def test_words_not_well_understood_are_read_back_and_not_acted_on(caller: Caller, bot: FakeBot) -> None:
    await caller.says("बांदा का उत्पाद", confidence=0.31)
    assert CONFIRM in caller.heard and "बांदा का उत्पाद" in caller.heard
    assert bot.asked == []
    await caller.presses("1")
    assert [each["text"] for each in bot.asked] == ["बांदा का उत्पाद"]


@pytest.mark.parametrize("yes", ["हाँ", "हां जी", "haan", "सही है", "yes", "जी"])
async def test_yes_may_be_said(caller: Caller, bot: FakeBot, yes: str) -> None:
    await caller.says("बांदा का उत्पाद", confidence=0.31)
    await caller.says(yes, confidence=0.2)
    assert [each["text"] for each in bot.asked] == ["बांदा का उत्पाद"]


@pytest.mark.parametrize("no", ["2", "नहीं", "nahi", "ग़लत है"])
async def test_no_asks_again(caller: Caller, bot: FakeBot, no: str) -> None:
    await caller.says("बांदा का उत्पाद", confidence=0.31)
    await (caller.presses(no) if no == "2" else caller.says(no))
    assert bot.asked == [] and "फिर से" in caller.heard
    await caller.says("टूलकिट")
    assert [each["text"] for each in bot.asked] == ["टूलकिट"]


async def test_instead_of_yes_or_no_it_may_be_said_better(caller: Caller, bot: FakeBot) -> None:
    await caller.says("बांदा का उत्पाद", confidence=0.31)
    await caller.says("महोबा का उत्पाद", confidence=0.9)
    assert [each["text"] for each in bot.asked] == ["महोबा का उत्पाद"]


async def test_who_is_never_understood_well_gets_keys(caller: Caller, bot: FakeBot) -> None:
    for _ in range(3):
        await caller.says("बांदा का उत्पाद", confidence=0.3)
        assert CONFIRM in caller.heard
    await caller.says("बांदा का उत्पाद", confidence=0.3)
    assert caller.step == "keys" and bot.asked == []


async def test_a_choice_not_well_understood_is_read_back_too(caller: Caller, bot: FakeBot) -> None:
    bot.replies = [reply("किसके बारे में?", buttons=[choice("लोन", "entry:a"), choice("टूलकिट", "entry:b")])]
    await caller.says("मदद")
    await caller.says("दो", confidence=0.2)
    assert CONFIRM in caller.heard and len(bot.asked) == 1
    await caller.presses("1")
    assert bot.asked[-1]["text"] == "entry:b"


@pytest.mark.parametrize("confidence", [None, 0.0])
async def test_a_recogniser_that_tells_no_confidence_is_believed(
    caller: Caller, bot: FakeBot, confidence: float | None
) -> None:
    await caller.says("टूलकिट", confidence=confidence)
    assert len(bot.asked) == 1


async def test_from_which_confidence_on_it_is_believed_can_be_set(phone: Phone, bot: FakeBot) -> None:
    caller = await phone(speech_confidence=0.95).calls()
    await caller.says("टूलकिट", confidence=0.93)
    assert CONFIRM in caller.heard


async def test_what_is_read_back_has_its_numbers_said(caller: Caller) -> None:
    await caller.says("मेरा नंबर 9812345678 है", confidence=0.3)
    assert "नौ आठ एक" in caller.heard
