"""Voice notes: what is surely heard is a message, what is doubtful is read back, nothing is done on a guess."""

from collections.abc import Callable
from typing import Any

import pytest
from fake_carrier import FakeCarrier
from helpline_line import Line

from channels.delivery.sentences import DeliverySentences
from channels.delivery.speech import Heard, NotNow
from channels.settings import ROOT

SENTENCES = DeliverySentences(ROOT / "bot" / "responses" / "delivery.yml")
NOTE = {"NumMedia": "1", "MediaUrl0": "https://x/m", "MediaContentType0": "audio/ogg; codecs=opus"}


class Ear:
    """A SpeechToText that hears what it is told to; of several things one after the other."""

    def __init__(self, *heard: Any) -> None:
        self._heard = list(heard)
        self.languages: list[Any] = []

    async def hear(self, media: Any, language: Any) -> Any:
        self.languages.append(language)
        heard = self._heard.pop(0) if len(self._heard) > 1 else self._heard[0]
        if isinstance(heard, Exception):
            raise heard
        return heard

    def close(self) -> None:
        pass


Hears = Callable[..., Ear]


@pytest.fixture
def hears(line: Line) -> Hears:
    def listen(*heard: Any) -> Ear:
        ear = Ear(*heard)
        line.app.state.delivery._answering._speech = ear
        return ear

    return listen


def asked(line: Line) -> list[str]:
    return [message["text"] for message in line.bot.asked]


async def test_what_is_surely_heard_is_answered_as_if_written(line: Line, carrier: FakeCarrier, hears: Hears) -> None:
    hears(Heard("loan chahiye", is_sure=True))
    await line.write("", **NOTE)
    await line.quiet()
    assert carrier.texts() == ["re loan chahiye"]


@pytest.mark.parametrize("yes", ["haan", "हाँ", "Yes", "sahi hai"])
async def test_what_is_doubtful_is_read_back_and_done_on_a_yes(
    line: Line, carrier: FakeCarrier, hears: Hears, yes: str
) -> None:
    hears(Heard("loan chahiye", is_sure=False))
    await line.write("", **NOTE)
    await line.quiet()
    assert asked(line) == []
    assert carrier.texts() == [SENTENCES.text("utter_voice_confirm", ["hi", "en"], words="loan chahiye")]
    await line.write(yes)
    await line.quiet()
    assert asked(line) == ["loan chahiye"]
    await line.write(yes)
    await line.quiet()
    assert asked(line).count("loan chahiye") == 1, "a yes counts once"


async def test_the_yes_may_be_spoken_too(line: Line, hears: Hears) -> None:
    hears(Heard("loan chahiye", is_sure=False), Heard("हाँ", is_sure=True))
    await line.write("", **NOTE)
    await line.quiet()
    await line.write("", **NOTE)
    await line.quiet()
    assert asked(line) == ["loan chahiye"]


async def test_on_a_no_or_on_something_else_the_doubtful_words_are_forgotten(
    line: Line, carrier: FakeCarrier, hears: Hears
) -> None:
    for answer in ("nahi", "toolkit"):
        hears(Heard("loan chahiye", is_sure=False))
        await line.write("", **NOTE)
        await line.quiet()
        await line.write(answer)
        await line.quiet()
        assert line.value("SELECT count(*) FROM doubts") == 0
    assert carrier.texts()[1] == SENTENCES.text("utter_voice_unclear", ["hi-Latn", "en"])
    assert asked(line) == ["toolkit"]


async def test_what_waits_for_a_yes_is_sealed_and_erased_with_its_person(line: Line, hears: Hears) -> None:
    hears(Heard("mera aadhaar 999941057058", is_sure=False))
    await line.write("STOP")  # their key stays then
    await line.write("START")
    await line.write("", **NOTE)
    await line.quiet()
    assert "aadhaar" not in line.value("SELECT sealed_words FROM doubts")
    assert "999941057058" not in line.carrier.texts()[-1] and "[aadhaar]" in line.carrier.texts()[-1]
    await line.write("delete my data")
    await line.until(lambda: line.value("SELECT count(*) FROM contacts") == 0)
    assert line.value("SELECT count(*) FROM doubts") == 0


async def test_what_cannot_be_understood_gets_a_kind_sentence(line: Line, carrier: FakeCarrier, hears: Hears) -> None:
    hears(None)
    await line.write("", **NOTE)
    await line.quiet()
    assert carrier.texts() == [SENTENCES.text("utter_voice_unclear", ["hi", "en"])]
    assert (asked(line), line.value("SELECT outcome FROM inbound")) == ([], "not_understood")


async def test_who_cannot_be_heard_at_once_is_heard_a_little_later(
    line: Line, carrier: FakeCarrier, hears: Hears
) -> None:
    hears(NotNow("busy"), NotNow("busy"), Heard("loan chahiye", is_sure=True))
    await line.write("", **NOTE)
    await line.quiet()
    assert carrier.texts() == ["re loan chahiye"]


async def test_who_cannot_be_heard_at_all_is_told_what_to_do(line: Line, carrier: FakeCarrier, hears: Hears) -> None:
    hears(NotNow("busy"))
    await line.write("", **NOTE)
    await line.quiet()
    assert carrier.texts() == [SENTENCES.text("utter_voice_note", ["hi", "en"])]


async def test_the_language_of_the_conversation_is_told_to_who_listens(line: Line, hears: Hears) -> None:
    ear = hears(Heard("loan chahiye", is_sure=True))
    line.bot.replies = [{"text": "जी", "language": "hi", "outcome": "answered"}]
    for _ in range(2):
        await line.write("", **NOTE)
        await line.quiet()
    assert ear.languages == [None, "hi"]


async def test_words_beside_a_voice_note_and_a_picture_are_as_before(
    line: Line, carrier: FakeCarrier, hears: Hears
) -> None:
    ear = hears(Heard("loan chahiye", is_sure=True))
    await line.write("toolkit", **NOTE)
    await line.write("", **(NOTE | {"MediaContentType0": "image/png"}))
    await line.quiet()
    assert asked(line) == ["toolkit"] and ear.languages == []
