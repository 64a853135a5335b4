"""The same answer, as each channel carries it."""

import re
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.bot_models import BotReply
from channels.models import Button, Channel, ChannelView, Language, Source
from channels.render import render
from channels.render.voice import spoken

SOURCE = Source(title="Jaagruk Bharat", as_of="2025-07-15", url="https://example.org")


def reply(text: str = "Go to the DIC.", language: Language = "en", **more: Any) -> BotReply:
    return BotReply(text=text, language=language, **more)


def choices(*titles: str) -> list[Button]:
    return [Button(title=title, payload="menu:") for title in titles]


def only(view: ChannelView) -> str:
    assert len(view.replies) == 1
    return view.replies[0].text


def test_the_web_gets_everything_as_it_is() -> None:
    given_reply = reply(buttons=choices("Apply"), sources=[SOURCE], short="DIC", speech="the dic")
    assert render("web", [given_reply]).replies == [given_reply.public()]


def test_whatsapp_gets_numbered_choices_and_dated_sources() -> None:
    text = only(render("whatsapp", [reply(buttons=choices("Apply", "Call"), sources=[SOURCE])]))
    assert text == (
        "Go to the DIC.\n\nReply with a number:\n1. Apply\n2. Call\n\nSource: Jaagruk Bharat (15 July 2025)"
    )


def test_whatsapp_names_the_date_in_hindi() -> None:
    assert "स्रोत: Jaagruk Bharat (15 जुलाई 2025)" in only(render("whatsapp", [reply("जी।", "hi", sources=[SOURCE])]))


def test_choices_are_numbered_through_the_whole_turn_up_to_nine() -> None:
    view = render("whatsapp", [reply(buttons=choices("a", "b")), reply(buttons=choices(*"cdefghijkl"))])
    numbers = re.findall(r"^(\d+)\. ", "\n".join(each.text for each in view.replies), re.M)
    assert numbers == list("123456789")


def test_a_long_whatsapp_answer_is_split_between_sentences() -> None:
    view = render("whatsapp", [reply("This is one sentence. " * 200)])
    assert len(view.replies) == 3
    assert all(len(each.text) <= 1600 and each.text.endswith("sentence.") for each in view.replies)


def test_sms_prefers_the_short_variant() -> None:
    assert only(render("sms", [reply("long " * 200, short="Call 1800-1800-888")])) == "Call 1800-1800-888"


def test_sms_shortens_a_long_text_to_two_segments_of_whole_sentences() -> None:
    view = render("sms", [reply("पूरा वाक्य यहाँ है। " * 20, "hi")])
    assert view.parts[0].segments == 2
    assert only(view).endswith("है।")


def test_sms_carries_the_choices_that_fit() -> None:
    assert only(render("sms", [reply(buttons=choices("Apply", "Call"))])).endswith("\n1) Apply\n2) Call")
    view = render("sms", [reply("क" * 130, "hi", buttons=choices("ख" * 50, "ग" * 50))])
    assert view.parts[0].segments == 3
    assert "1)" in only(view) and "2)" not in only(view)


def test_sms_carries_more_choices_where_they_are_the_answer() -> None:
    offered = choices("ख" * 50, "ग" * 50)
    view = render("sms", [reply("क" * 130, "hi", buttons=offered, outcome="choices_offered")])
    assert "2)" in only(view)


@pytest.mark.parametrize("channel", ["sms", "voice"])
@pytest.mark.parametrize(
    "text",
    [
        "Apply on https://odopup.in/apply?x=1#y.",
        "Apply on www.odopup.in, please",
        "See the site (https://msme.up.gov.in/).",
        "Open diupmsme.upsdc.gov.in now",
        "Write to help@odopup.in today",
    ],
)
def test_no_address_on_a_channel_that_cannot_carry_it(channel: Channel, text: str) -> None:
    rendered = only(render(channel, [reply(text)]))
    assert not re.search(r"https?:|www\.|\.in\b|@", rendered), rendered


def test_voice_prefers_the_speech_variant() -> None:
    assert only(render("voice", [reply("₹5", speech="five rupees")])) == "five rupees."


@pytest.mark.parametrize(
    ("language", "text", "heard"),
    [
        ("en", "Rs 6,25,000", "6 lakh 25 thousand rupees"),
        ("hi", "₹6,25,000 तक", "6 लाख 25 हज़ार रुपये तक"),
        ("hi-Latn", "Rs. 6,25,000 tak", "6 lakh 25 hazaar rupaye tak"),
        ("hi", "रु. १,५०,००० की", "1 लाख 50 हज़ार रुपये की"),
        ("hi", "₹25 लाख रुपये तक", "25 लाख रुपये तक"),
        ("hi", "6,25,000 रुपये", "6 लाख 25 हज़ार रुपये"),
        ("en", "Rs 6.25 lakh", "6.25 lakh rupees"),
        ("en", "₹25-50 lakh/-", "25 to 50 lakh rupees"),
        ("en", "Rs 20000/- only", "20 thousand rupees only"),
        ("en", "INR 1,50,00,000", "1 crore 50 lakh rupees"),
        ("en", "Rs 500", "500 rupees"),
        ("en", "a margin of 10–25%", "a margin of 10 to 25 percent"),
        ("hi", "25% सब्सिडी", "25 प्रतिशत सब्सिडी"),
        ("en", "call 1800-1800-888", "call one eight zero zero, one eight zero zero, eight eight eight"),
        ("hi", "1800-1800-888", "एक आठ शून्य शून्य, एक आठ शून्य शून्य, आठ आठ आठ"),
        ("en", "helpline 1076", "helpline one zero seven six"),
        ("en", "9876543210", "nine eight seven, six five four, three two one zero"),
        ("en", "0522-2202893", "zero five two two, two two zero, two eight nine three"),
        ("en", "in 2018-19 and 2025", "in 2018 19 and 2025"),
        ("en", "on 2025-07-15", "on 15 July 2025"),
        ("hi", "15/07/2025 को", "15 जुलाई 2025 को"),
        ("en", "1,34,000 people", "1 lakh 34 thousand people"),
        ("en", "SC/ST/OBC", "SC or ST or OBC"),
        ("hi", "SC/ST के लिए", "SC या ST के लिए"),
        ("en", "the centre (DIC).", "the centre, DIC."),
        ("en", "Bring:\n• Aadhaar\n• PAN", "Bring: Aadhaar. PAN."),
        ("hi", "लाएँ:\n1. आधार\n2. पैन", "लाएँ: आधार। पैन।"),
        ("en", "marketing & packaging 😀", "marketing and packaging"),
    ],
)
def test_voice_says_what_is_only_written(language: Language, text: str, heard: str) -> None:
    assert spoken(text, language).removesuffix(".").removesuffix("।") == heard.removesuffix(".").removesuffix("।")


def test_voice_reads_a_number_that_is_no_amount_digit_by_digit() -> None:
    assert spoken(f"₹{'9' * 5000}", "en").count("nine") == 5000


@pytest.mark.parametrize(
    ("language", "heard"),
    [
        ("en", "Yes. For Apply now, say one."),
        ("hi-Latn", "Yes. Apply now, iske liye ek kahein."),
        ("hi", "Yes. Apply now, इसके लिए एक कहें।"),
    ],
)
def test_voice_offers_choices_by_number(language: Language, heard: str) -> None:
    assert only(render("voice", [reply("Yes.", language, buttons=choices("Apply now?"))])) == heard


def test_hinglish_with_speech_in_devanagari_is_spoken_as_hindi() -> None:
    view = render("voice", [reply("Haan", "hi-Latn", speech="हाँ।", buttons=choices("आगे"))])
    assert view.replies[0].language == "hi"
    assert only(view) == "हाँ। आगे, इसके लिए एक कहें।"


TEXTS = st.text(min_size=1).filter(lambda text: text.strip())
LANGUAGES = st.sampled_from(get_args(Language))


@given(st.sampled_from(get_args(Channel)), TEXTS, LANGUAGES, st.lists(TEXTS, max_size=12))
def test_every_channel_carries_any_answer(channel: Channel, text: str, language: Language, titles: list[str]) -> None:
    view = render(channel, [reply(text, language, buttons=choices(*titles), sources=[SOURCE])])
    assert len(view.replies) == len(view.parts)
    assert [each.text for each in view.replies] == [part.text for part in view.parts]


@given(st.text(), LANGUAGES)
def test_a_voice_never_gets_signs_it_cannot_say(text: str, language: Language) -> None:
    assert not set("₹%/()[]{}<>|_*#\n") & set(spoken(text.replace("₹", "₹5").replace("%", "5%"), language))
