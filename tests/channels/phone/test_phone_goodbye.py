"""Who says goodbye is let go kindly; who asks something about the phone is not."""

import pytest
from caller import Caller, reply

from channels.fake_bot import FakeBot
from channels.transcripts.answers import is_goodbye, is_sure_goodbye

GOODBYES = [
    "ठीक है धन्यवाद फोन रखता हूं", "ठीक है, धन्यवाद, फ़ोन रखता हूँ।", "bas itna hi, rakhta hun", "ok thanks bye", "bye bye",
    "अलविदा",
    "अच्छा जी रखती हूं", "phone rakhti hu", "theek hai phir milenge", "बस इतना ही", "ok thank you goodbye",
    "chalta hun bye",
    "फोन रख रहा हूं", "ओके थैंक यू बाय", "that is all thanks bye", "main phone rakhta hun dhanyavaad", "अच्छा चलता हूं धन्यवाद",
]  # fmt: skip
NO_GOODBYES = [
    "phone rakhna zaroori hai kya", "phone number kya hai", "फोन नंबर बताइए", "हेल्पलाइन का फोन नंबर", "dhanyavaad",
    "thanks",
    "ठीक है", "ok", "bas", "haan", "नहीं", "नमस्ते", "phone rakhta hun to loan milega kya", "bank ka phone nahi lagta",
    "kya main dukaan par phone rakh sakta hun", "itna loan milega", "बाय बैक क्या होता है", "", "phone", "aur kuch nahi",
]  # fmt: skip


@pytest.mark.parametrize("words", GOODBYES)
async def test_a_goodbye_ends_the_call_kindly(caller: Caller, bot: FakeBot, words: str) -> None:
    await caller.says("toolkit kya hai")
    await caller.says(words)
    assert caller.step == "end" and len(bot.asked) == 1
    assert "नमस्ते" in caller.heard and "एक आठ शून्य शून्य" in caller.heard


@pytest.mark.parametrize("words", [each for each in NO_GOODBYES if each])
def test_a_question_or_a_word_of_thanks_is_no_goodbye(words: str) -> None:
    assert not is_goodbye(words)


async def test_a_question_about_the_phone_is_asked(caller: Caller, bot: FakeBot) -> None:
    for words in ("phone rakhna zaroori hai kya", "हेल्पलाइन का फोन नंबर"):
        await caller.says(words)
        assert bot.asked[-1]["text"] == words and caller.step == "question"


async def test_an_answer_that_sounds_like_a_goodbye_is_an_answer(caller: Caller, bot: FakeBot) -> None:
    bot.replies = [reply("क्या आप हिसाब रखते हैं?", outcome="question_asked")]
    await caller.says("लोन मिलेगा क्या")
    await caller.says("haan rakhta hun")
    assert bot.asked[-1]["text"] == "haan rakhta hun" and not is_sure_goodbye("haan rakhta hun")
    await caller.says("theek hai phone rakhta hun")
    assert caller.step == "end"


async def test_a_goodbye_that_was_hardly_heard_is_read_back_first(caller: Caller, bot: FakeBot) -> None:
    await caller.says("ok thanks bye", confidence=0.2)
    assert caller.step == "confirm"
