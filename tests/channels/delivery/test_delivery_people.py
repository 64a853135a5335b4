"""What people may ask for: no more messages, messages again, to be erased; and what they are told first."""

import itertools
import re
from typing import Any, get_args

import pytest
import yaml
from fake_carrier import FakeCarrier
from helpline_line import Line

from channels.delivery.sentences import HINT, HINT_SMS, KEYS, NOTICE, NOTICE_SMS, DeliverySentences
from channels.delivery.words import wish_of
from channels.models import Language
from channels.render.segments import measure_sms
from channels.settings import ROOT
from channels.turn_log.words import mark_of

SENTENCES = DeliverySentences(ROOT / "bot" / "responses" / "delivery.yml")
ME = "whatsapp:+919800000001"


# ---- words


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("STOP", "stop"), ("Stop.", "stop"), (" stop all ", "stop"), ("UNSUBSCRIBE", "stop"), ("रोकें", "stop"),
        ("संदेश बंद", "stop"), ("Message band karo", "stop"), ("message band karo ji!", "stop"), ("मैसेज मत भेजो।", "stop"),
        ("START", "start"), ("शुरू", "start"), ("shuru", "start"), ("शुरू करें", "start"), ("unstop", "start"),
        ("mera data hatao", "erase"), ("मेरा डेटा हटाओ", "erase"), ("Delete my data please", "erase"),
    ],
)  # fmt: skip
def test_a_whole_message_may_be_a_wish(text: str, wish: str) -> None:
    assert wish_of(text) == wish


@pytest.mark.parametrize(
    "text",
    [
        "bas", "बस", "nahi", "नहीं", "cancel", "end", "exit", "quit", "band", "बंद", "band karo", "menu", "haan", "1",
        "stop this", "bank ne loan stop kar diya", "मेरा काम रोकें तो क्या होगा", "start kaise karein", "",
        "data kaise hatao", "mera data kahan hai",
    ],
)  # fmt: skip
def test_words_that_a_dialogue_needs_and_longer_sentences_are_no_wish(text: str) -> None:
    assert wish_of(text) is None


def test_no_word_with_which_a_dialogue_is_left_stops_all_messages_but_stop_itself() -> None:
    answers = yaml.safe_load((ROOT / "actions" / "dialogue" / "answers.yml").read_text("utf-8"))
    words = [*answers["leave"], *(word for kind in answers["alone"].values() for word in kind)]
    assert {str(word) for word in words if wish_of(str(word))} <= {"stop"}


def test_no_hint_of_the_bot_tells_people_to_say_stop() -> None:
    for path in (ROOT / "bot" / "responses").glob("*.yml"):
        if path.name != "delivery.yml":
            assert "'stop'" not in path.read_text("utf-8"), path.name


# ---- sentences


def test_every_sentence_is_there_in_every_language() -> None:
    for key in KEYS:
        assert len({SENTENCES.text(key, [language]) for language in get_args(Language)}) == 3


@pytest.mark.parametrize("language", get_args(Language))
def test_by_sms_the_notice_takes_two_segments_at_most(language: Language) -> None:
    assert measure_sms(SENTENCES.text(NOTICE_SMS, [language])).segments <= 2


# ---- opting out and in


async def test_who_says_stop_is_told_so_and_gets_nothing_more_until_they_say_start(
    line: Line, carrier: FakeCarrier
) -> None:
    for words in ("hello", "STOP", "hello?", "stop", "START", "hello again"):
        await line.write(words)
        await line.quiet()
    texts = carrier.texts(ME)
    assert [texts[0], texts[-1]] == ["re hello", "re hello again"]
    assert len(texts) == 4 and "START" in texts[1] and "STOP" in texts[2]
    outcomes = [row[0] for row in line.rows("SELECT outcome FROM inbound ORDER BY id")]
    assert outcomes == ["answered", "opted_out", "opted_out", "opted_out", "answered", "answered"]
    assert [message["text"] for message in line.bot.asked] == ["hello", "hello again"]


async def test_what_still_waits_for_somebody_who_says_stop_is_not_sent(line: Line, carrier: FakeCarrier) -> None:
    carrier.way = lambda message: "refuse"
    await line.write("hello")
    await line.until(lambda: carrier.sends >= 1)
    await line.write("STOP")
    carrier.way = lambda message: "well"
    await line.quiet()
    (text,) = carrier.texts()
    assert "START" in text
    assert line.rows("SELECT error_code FROM outbound WHERE state = 'failed'") == [("opted_out",)]


async def test_start_is_an_ordinary_word_for_who_has_not_stopped(line: Line, carrier: FakeCarrier) -> None:
    await line.write("shuru karo")
    await line.quiet()
    assert carrier.texts() == ["re shuru karo"]


async def test_a_wish_that_the_provider_has_answered_is_kept_and_not_answered_again(
    line: Line, carrier: FakeCarrier
) -> None:
    await line.write("arrêt", OptOutType="STOP")
    await line.write("hello")
    await line.quiet()
    assert (carrier.texts(), line.value("SELECT state FROM contacts")) == ([], "opted_out")


@pytest.mark.parametrize("word", ["cancel", "end", "quit", "yes", "हाँ", "END", "Cancel"])
async def test_a_word_that_a_dialogue_needs_stops_nobody_on_whatsapp(
    line: Line, carrier: FakeCarrier, word: str
) -> None:
    await line.write(word)
    await line.quiet()
    assert (carrier.texts(), line.value("SELECT state FROM contacts")) == ([f"re {word}"], "active")


async def test_who_twilio_itself_has_stopped_by_sms_comes_back_with_yes(line: Line, carrier: FakeCarrier) -> None:
    """Of its default words it tells us nothing: the next send is refused."""
    carrier.way = lambda message: "opted_out"
    await line.write("cancel", who="+919800000001")
    await line.quiet()
    assert line.value("SELECT state FROM contacts") == "opted_out"
    carrier.way = lambda message: "well"
    await line.write("YES", who="+919800000001")
    await line.quiet()
    assert line.value("SELECT state FROM contacts") == "active"


async def test_one_channel_is_stopped_and_not_the_other(line: Line, carrier: FakeCarrier) -> None:
    await line.write("STOP", who="+919800000001")
    await line.write("hello", who="whatsapp:+919800000001")
    await line.quiet()
    assert carrier.texts("whatsapp:+919800000001") == ["re hello"]


async def test_stop_is_confirmed_in_the_language_of_the_conversation(line: Line, carrier: FakeCarrier) -> None:
    line.bot.replies = [{"text": "जी", "language": "hi", "outcome": "answered"}]
    await line.write("loan")
    await line.quiet()
    await line.write("STOP")
    await line.quiet()
    assert carrier.texts()[1] == SENTENCES.text("utter_opted_out", ["hi"])


# ---- the notice


@pytest.mark.parametrize(("who", "key"), [(ME, NOTICE), ("+919800000001", NOTICE_SMS)])
async def test_the_notice_comes_once_before_the_first_answer(
    opened: Any, carrier: FakeCarrier, who: str, key: str
) -> None:
    async with opened(privacy_notice_version="1") as line:
        await line.write("hello", who=who)
        await line.write("again", who=who)
        await line.quiet()
    assert carrier.texts() == [SENTENCES.text(key, ["en"]), "re hello", "re again"]


HINTS = {
    channel: {language: SENTENCES.text(key, [language]) for language in get_args(Language)}
    for channel, key in (("whatsapp", HINT), ("sms", HINT_SMS))
}


async def test_how_to_say_that_it_helped_is_told_under_an_answer_once_in_a_while(
    opened: Any, carrier: FakeCarrier
) -> None:
    async with opened(privacy_notice_version="1", marks_hint_days=30) as line:
        for words in ("hello", "again", "and again"):
            await line.write(words)
            await line.quiet()
        long_ago = "UPDATE contacts SET hinted_at = '2020-01-01 00:00:00.000000'"
        with line.engine.begin() as connection:
            connection.exec_driver_sql(long_ago)
        await line.write("years later")
        await line.quiet()
    hint = HINTS["whatsapp"]["en"]
    with_notice = carrier.texts()[1:]
    assert with_notice == ["re hello", f"re again\n\n{hint}", "re and again", f"re years later\n\n{hint}"]


async def test_by_sms_it_is_told_only_where_it_costs_no_segment_more(opened: Any, carrier: FakeCarrier) -> None:
    async with opened(marks_hint_days=30) as line:
        for words in ("x" * 140, "short"):
            await line.write(words, who="+919800000001")
            await line.quiet()
    full, short = carrier.texts()
    assert full == "re " + "x" * 140
    assert short == f"re short\n{HINTS['sms']['en']}" and measure_sms(short).segments == 1


async def test_where_the_bot_asks_something_it_is_not_told(opened: Any, carrier: FakeCarrier) -> None:
    async with opened(marks_hint_days=30) as line:
        line.bot.replies = [{"text": "Which district?", "language": "en", "outcome": "question_asked"}]
        await line.write("hello")
        await line.quiet()
    assert carrier.texts() == ["Which district?"]


async def test_the_word_that_was_told_marks_the_answer(opened: Any, carrier: FakeCarrier) -> None:
    async with opened(marks_hint_days=30) as line:
        for words in ("hello", "helpful"):
            await line.write(words, who="+919800000001")
            await line.quiet()
        assert line.value("SELECT mark FROM turns WHERE outcome = 'answered' ORDER BY id LIMIT 1") == "up"


def test_the_words_of_the_hint_are_those_that_are_heard() -> None:
    told = {mark_of(word) for hint in HINTS["sms"].values() for word in re.findall(r'"(.+?)"', hint)}
    assert told == {"up", "down"}
    for channel, language in itertools.product(HINTS, get_args(Language)):
        words = re.findall(r'"(.+?)"|([👍👎])', HINTS[channel][language])
        assert [mark_of(word or sign) for word, sign in words] == ["up", "down"]


async def test_a_new_version_of_the_notice_reaches_who_knows_the_old_one(opened: Any, carrier: FakeCarrier) -> None:
    for version in ("1", "2", "2"):
        async with opened(privacy_notice_version=version) as line:
            await line.write("hello")
            await line.quiet()
    notice = SENTENCES.text(NOTICE, ["en"])
    assert carrier.texts() == [notice, "re hello", notice, "re hello", "re hello"]


# ---- media


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        ("audio/ogg", "utter_voice_note"), ("image/jpeg", "utter_image"),
        ("application/pdf", "utter_document"), ("text/vcard", "utter_document"), ("", "utter_document"),
    ],
)  # fmt: skip
async def test_what_cannot_be_read_is_answered_kindly_with_what_to_do(
    line: Line, carrier: FakeCarrier, kind: str, key: str
) -> None:
    await line.write("", NumMedia="1", MediaUrl0="https://api.twilio.com/m", MediaContentType0=kind)
    await line.quiet()
    assert carrier.texts() == [SENTENCES.text(key, ["hi", "en"])]
    assert line.value("SELECT outcome FROM inbound") == "not_understood"
    assert line.bot.asked == []


async def test_the_words_under_a_picture_are_answered_too(line: Line, carrier: FakeCarrier) -> None:
    await line.write("what is this", NumMedia="1", MediaUrl0="https://x/m", MediaContentType0="image/png")
    await line.quiet()
    assert len(carrier.texts()) == 2 and carrier.texts()[1] == "re what is this"


async def test_a_letter_goes_to_whatsapp_as_a_file(line: Line, carrier: FakeCarrier) -> None:
    letter = "https://odop.example/letters/" + "a" * 43 + ".pdf"
    line.bot.replies = [{"text": f"Your letter: {letter}", "language": "en", "outcome": "answered"}]
    await line.write("letter")
    await line.write("letter", who="+919800000001")
    await line.quiet()
    files = {record.to: record.media_url for record in carrier.records}
    assert files == {ME: letter, "+919800000001": None}


# ---- erasure


async def test_who_asks_for_it_is_erased_and_told_so(line: Line, carrier: FakeCarrier) -> None:
    await line.write("hello")
    await line.write("hello", who="whatsapp:+919800000002")
    await line.write("mera data hatao", message_sid="SM4711")
    await line.until(lambda: line.value("SELECT count(*) FROM contacts") == 1)
    assert carrier.texts(ME)[-1] == SENTENCES.text("utter_erased", ["en"])
    assert line.value("SELECT count(*) FROM outbound") == 1
    left = line.rows("SELECT contact_id, sealed_body, media FROM inbound WHERE contact_id IS NULL")
    assert left == [(None, None, None)] * 2
    await line.write("mera data hatao", message_sid="SM4711")
    await line.quiet()
    assert len(carrier.texts(ME)) == 2  # the provider's repetition is still known


async def test_the_bot_forgets_who_asks_for_it_as_soon_as_it_is_there(line: Line, carrier: FakeCarrier) -> None:
    await line.write("hello")
    await line.quiet()
    session = line.bot.asked[-1]["sender"]
    line.bot.mode = "500"
    await line.write("mera data hatao")
    await line.until(lambda: len(carrier.texts(ME)) == 2)
    assert line.value("SELECT count(*) FROM contacts") == 1, "nobody else would know which conversation is meant"
    line.bot.mode = "well"
    await line.until(lambda: line.value("SELECT count(*) FROM contacts") == 0)
    assert line.bot.forgotten == [session]


async def test_who_was_erased_is_met_as_somebody_new(opened: Any, carrier: FakeCarrier) -> None:
    async with opened(privacy_notice_version="1") as line:
        await line.write("hello")
        await line.write("delete my data")
        await line.until(lambda: line.value("SELECT count(*) FROM contacts") == 0)
        await line.write("hello")
        await line.quiet()
    assert carrier.texts()[-2:] == [SENTENCES.text(NOTICE, ["en"]), "re hello"]


async def test_who_wanted_no_messages_stays_known_by_the_key_alone(line: Line, carrier: FakeCarrier) -> None:
    await line.write("STOP")
    await line.write("delete my data")
    await line.until(lambda: line.rows("SELECT state, sealed_address FROM contacts") == [("opted_out", "")])
    assert len(carrier.texts()) == 1
    await line.write("hello")
    await line.quiet()
    assert len(carrier.texts()) == 1


async def test_a_message_that_came_after_the_wish_is_answered(line: Line, carrier: FakeCarrier) -> None:
    carrier.way = lambda message: "refuse" if carrier.sends < 4 else "well"
    await line.write("delete my data")
    await line.write("hello")
    await line.quiet()
    assert carrier.texts()[-1] == "re hello"
