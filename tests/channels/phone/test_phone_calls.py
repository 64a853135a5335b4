"""Whole calls, as people make them."""

from typing import Any

from caller import Caller, choice, reply

from channels.fake_bot import FakeBot

Phone = Any

LONG = " ".join(
    f"यह जवाब का वाक्य नंबर {word} है और इसमें काम की एक बात बताई गई है।" for word in ("एक", "दो", "तीन", "चार", "पाँच", "छह")
)


def asked(bot: FakeBot) -> list[str]:
    return [each["text"] for each in bot.asked]


async def test_a_call_in_hindi_from_greeting_to_end(caller: Caller, bot: FakeBot) -> None:
    assert "नमस्ते" in caller.heard and "For English" in caller.heard
    assert caller.languages == {"hi-IN", "en-IN"}
    assert caller.gather.attrib["language"] == "hi-IN"
    bot.replies = [reply("टूलकिट मुफ़्त है।", buttons=[choice("आवेदन कैसे करें?", "entry:toolkit-apply")])]
    await caller.says("टूलकिट क्या है")
    assert asked(bot) == ["टूलकिट क्या है"]
    assert bot.asked[0]["channel"] == "voice" and "sealed_sender" not in bot.asked[0]
    assert "टूलकिट मुफ़्त है" in caller.heard and "आवेदन कैसे करें, इसके लिए 1" in caller.heard
    bot.replies = [reply("जिला उद्योग केंद्र में 1800-1800-888 पर पूछिए।")]
    await caller.presses("1")
    assert asked(bot)[-1] == "entry:toolkit-apply"
    assert "एक आठ शून्य शून्य" in caller.heard and "और कुछ पूछना हो" in caller.heard
    assert (await caller.ends()).status_code == 204


async def test_a_call_in_english(phone: Phone, bot: FakeBot) -> None:
    caller = await phone().calls()
    await caller.presses("2")
    assert asked(bot) == ["language:en"]
    assert caller.languages == {"en-IN"} and caller.gather.attrib["language"] == "en-IN"
    assert "Banda" in caller.gather.attrib["hints"]
    bot.replies = [
        reply("The toolkit is free. Call 1800-1800-888.", "en", buttons=[choice("How to apply?", "entry:a")])
    ]
    await caller.says("what is the toolkit")
    assert "one eight zero zero" in caller.heard and "For How to apply, press or say 1" in caller.heard
    await caller.says("the first one")
    assert asked(bot)[-1] == "entry:a"


async def test_who_simply_speaks_at_the_greeting_is_answered(caller: Caller, bot: FakeBot) -> None:
    await caller.says("बांदा का उत्पाद क्या है")
    assert asked(bot) == ["बांदा का उत्पाद क्या है"] and "शजर" in caller.heard


async def test_english_may_be_asked_for_by_word(caller: Caller, bot: FakeBot) -> None:
    await caller.says("इंग्लिश")
    assert asked(bot) == ["language:en"] and caller.languages == {"en-IN"}


async def test_hinglish_is_spoken_by_the_hindi_voice(caller: Caller, bot: FakeBot) -> None:
    bot.replies = [reply("Toolkit muft hai.", "hi-Latn")]
    await caller.says("toolkit kya hai")
    assert caller.languages == {"hi-IN"} and "Toolkit muft hai" in caller.heard


async def test_the_speech_variant_is_what_is_spoken(caller: Caller, bot: FakeBot) -> None:
    bot.replies = [reply("₹6,25,000 तक", speech="छह लाख पच्चीस हज़ार रुपये तक।")]
    await caller.says("कितना पैसा")
    assert "छह लाख पच्चीस हज़ार रुपये तक" in caller.heard


async def test_a_long_answer_is_heard_in_pieces_cut_between_sentences(caller: Caller, bot: FakeBot) -> None:
    bot.replies = [reply(LONG, buttons=[choice("आगे क्या", "entry:next")])]
    await caller.says("सब बताइए")
    pieces = [caller.heard]
    while "और सुनना है तो 1" in caller.heard:
        assert "आगे क्या" not in caller.heard
        await caller.presses("1")
        pieces.append(caller.heard)
    assert len(pieces) == 2 or len(pieces) == 3
    assert "आगे क्या, इसके लिए 1" in caller.heard
    assert asked(bot) == ["सब बताइए"]
    for word in ("एक", "दो", "तीन", "चार", "पाँच", "छह"):
        assert sum(f"नंबर {word} है" in piece for piece in pieces) == 1


async def test_the_next_piece_may_be_asked_for_by_word_and_a_new_question_at_any_time(
    caller: Caller, bot: FakeBot
) -> None:
    bot.replies = [reply(LONG)]
    await caller.says("सब बताइए")
    first = caller.heard
    await caller.says("और बताइए")
    assert caller.heard != first and len(bot.asked) == 1
    await caller.says("बस, टूलकिट बताइए")
    assert asked(bot)[-1] == "बस, टूलकिट बताइए"


async def test_choices_are_taken_by_key_number_word_or_title(phone: Phone, bot: FakeBot) -> None:
    buttons = [choice("लोन पर सब्सिडी", "entry:a"), choice("मुफ़्त टूलकिट", "entry:b"), choice("फ़ॉर्म का स्टेटस", "entry:c")]
    ways = ["2", "दो", "do", "two", "दूसरा वाला", "नंबर दो", "दो नंबर जी", "२", "मुफ्त टूलकिट", "dusra"]
    for number, way in enumerate(ways):
        caller = await phone(sid=f"CA{number:032}").calls()
        bot.replies = [reply("किसके बारे में?", buttons=buttons, outcome="choices_offered")]
        await caller.says("मदद चाहिए")
        await caller.says(way)
        assert asked(bot)[-1] == "entry:b", way
    await caller.presses("3")
    assert asked(bot)[-1] == "entry:c"


async def test_a_number_asked_for_may_be_typed_or_spoken_and_is_no_choice(caller: Caller, bot: FakeBot) -> None:
    bot.replies = [
        reply("किस मोबाइल नंबर पर फ़ोन करें?", outcome="question_asked", buttons=[choice("पता नहीं", "answer:unknown")])
    ]
    await caller.says("मुझे फ़ोन करें")
    assert caller.gather.attrib["finishOnKey"] == "#" and "हैश" in caller.heard
    assert "या कहिए: पता नहीं" in caller.heard
    await caller.presses("9812345678#")
    assert asked(bot)[-1] == "9812345678"
    await caller.presses("1")
    assert asked(bot)[-1] == "1"
    await caller.says("पता नहीं")
    assert asked(bot)[-1] == "answer:unknown"


async def test_the_last_part_is_repeated_by_key_and_word_without_asking_the_bot(caller: Caller, bot: FakeBot) -> None:
    await caller.says("बांदा का उत्पाद क्या है")
    first = caller.heard
    for again in ("9", "फिर से बोलिए", "phir se boliye", "repeat", "ज़रा दोबारा बोलिए"):
        await (caller.presses(again) if again == "9" else caller.says(again))
        assert caller.heard == first
    assert len(bot.asked) == 1


async def test_slower_is_slower_for_the_rest_of_the_call(caller: Caller, bot: FakeBot) -> None:
    await caller.says("बांदा का उत्पाद क्या है")
    first = caller.heard
    assert not list(caller.document.iter("prosody"))
    await caller.says("थोड़ा धीरे बोलिए")
    assert first in caller.heard
    await caller.says("टूलकिट बताइए")
    rates = {each.attrib["rate"] for each in caller.document.iter("prosody")}
    assert rates == {"slow"} and len(list(caller.document.iter("prosody"))) == len(list(caller.document.iter("Say")))


async def test_two_calls_know_nothing_of_each_other(phone: Phone, bot: FakeBot) -> None:
    one = await phone().calls()
    two = Caller(one._gateway, "CA" + "1" * 32)
    await two.calls()
    await one.says("पहला सवाल")
    await two.says("दूसरा सवाल")
    assert len({each["sender"] for each in bot.asked}) == 2
    assert all(each["sender"].startswith("v") and one.sid not in each["sender"] for each in bot.asked)
