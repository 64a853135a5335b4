"""Which language a message is in, which one is asked for, which one is answered in."""

from pathlib import Path

import pytest
import yaml
from any_text import any_text
from hypothesis import given, settings

from knowledge.districts import Districts
from knowledge.text.language import SERVED, LanguageDetector, requested_language
from knowledge.text.reply_language import reply_language

MESSAGES = yaml.safe_load(Path(__file__).with_name("language_messages.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("language", ["hi", "en", "hi-Latn"])
def test_nineteen_of_twenty_short_messages_are_told_right(detector: LanguageDetector, language: str) -> None:
    wrong = {text: detector.detect(text).code for text in MESSAGES[language] if detector.detect(text).code != language}
    assert len(MESSAGES[language]) >= 30
    assert len(wrong) <= 0.05 * len(MESSAGES[language]), wrong


@pytest.mark.parametrize("text", MESSAGES["names"])
def test_a_name_or_a_number_alone_does_not_tell_the_language(detector: LanguageDetector, text: str) -> None:
    assert detector.detect(text).code is None


def test_no_district_name_alone_tells_the_language(detector: LanguageDetector, districts: Districts) -> None:
    names = [d.name["en"] for d in districts.by_id.values()]
    told = {name: code for name in names if (code := detector.detect(name).code)}
    assert told == {}


@pytest.mark.parametrize("text", ["toolkit", "loan", "form", "ODOP", "DIC", "ok"])
def test_a_loanword_alone_does_not_tell_the_language(detector: LanguageDetector, text: str) -> None:
    assert detector.detect(text).code is None


@pytest.mark.parametrize(("code", "text"), MESSAGES["others"])
def test_a_language_we_do_not_serve_is_named(detector: LanguageDetector, code: str, text: str) -> None:
    found = detector.detect(text)
    assert (found.code, found.other) == (None, code)


def test_russian_is_not_taken_for_a_language_we_serve(detector: LanguageDetector) -> None:
    found = detector.detect("мне нужен кредит на станок")
    assert found.code is None
    assert found.other is not None


@settings(max_examples=60)  # naming an unknown language is slow
@given(any_text)
def test_any_text_gets_a_served_code_or_another_or_neither(detector: LanguageDetector, text: str) -> None:
    found = detector.detect(text)
    assert found.code in (*SERVED, None)
    assert found.code is None or found.other is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("english me batao", "en"),
        ("speak in english", "en"),
        ("answer in english pls", "en"),
        ("Switch to English", "en"),
        ("अंग्रेज़ी में बताओ", "en"),
        ("मुझे इंग्लिश में जवाब चाहिए", "en"),
        ("ENGLISH", "en"),
        ("हिंदी में बताइए", "hi"),
        ("हिन्दी", "hi"),
        ("please reply in Hindi", "hi"),
        ("hindi me bolo", "hi"),
        ("hinglish please", "hi-Latn"),
        ("roman me likho", "hi-Latn"),
        ("roman hindi me likhiye", "hi-Latn"),
        ("रोमन में लिखिए", "hi-Latn"),
        ("हिंग्लिश में बात करो", "hi-Latn"),
    ],
)
def test_a_wish_for_a_language_is_heard(text: str, language: str) -> None:
    assert requested_language(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "loan kaise milega",
        "form kahan bharna hai",
        "लोन कितना मिलेगा",
        "Romania se order aaya hai",
        "english padhna nahi aata kya mujhe loan milega",
        "मुझे अंग्रेजी नहीं आती",
        "I studied in a Hindi medium school",
        "is the form in English or Hindi",
        "training kis bhasha me hoti hai hindi ya english",
        "form english me bharna hai kya",
        "website hindi me hai kya",
        "फॉर्म हिंदी में भर सकते हैं?",
        "क्या ट्रेनिंग हिंदी में होती है",
        "do I have to fill the form in English",
        "",
    ],
)
def test_a_message_that_only_mentions_a_language_asks_for_none(text: str) -> None:
    assert requested_language(text) is None


@pytest.mark.parametrize(
    ("preferred", "detected", "reply"),
    [
        (None, ["en"], "en"),
        (None, ["hi-Latn", "en"], "hi-Latn"),
        (None, [None, "en", "hi"], "en"),
        (None, [None, None], "hi"),
        (None, [], "hi"),
        ("hi", ["en", "en"], "hi"),
        ("en", [None], "en"),
        ("ta", ["en"], "en"),
        (None, ["fr", "hi-Latn"], "hi-Latn"),
        ("", ["en"], "en"),
    ],
)
def test_the_reply_follows_the_wish_then_the_newest_sure_message_then_hindi(
    preferred: str | None, detected: list[str | None], reply: str
) -> None:
    assert reply_language(preferred, detected) == reply
