"""What reads or writes texts, asked directly: redaction, the text pipeline, quantities, channels."""

from collections.abc import Callable
from datetime import date
from typing import Any
from xml.etree import ElementTree

from hypothesis import strategies as st

from actions.applications import number
from actions.knowledge_base import knowledge_base
from benchmarks.fuzz.entrance import Broken, Entrance
from benchmarks.fuzz.opened import Opened
from benchmarks.fuzz.values import any_text, hostile, people
from channels.bot_models import BotReply
from channels.hygiene import clean
from channels.phone.screen import CallState, Choice, Said, Screen
from channels.phone.twiml import document
from channels.privacy import redact
from channels.render import CARRIERS, render
from channels.render.segments import measure_sms
from channels.render.split import split
from knowledge.amounts.find import find
from knowledge.context import asks, is_short, leans, parts
from knowledge.district_question import parse
from knowledge.text import distress, normalise, skeleton, standard
from knowledge.text.gazetteer import Gazetteer
from knowledge.text.language import LanguageDetector, requested_language
from knowledge.text.spelling import words
from knowledge.text.transliterate import Transliterator
from knowledge.text.urdu import UrduReader

LONGEST = 1000  # characters that the gateway lets through
PIECES = """
do dhai sava saadhe paune dedh lakh hazar sau so se aur and a half point ek 5 2.5 2,50,000 2019 35 . , - / ₹ rs %
nau aath rupaye saal mahine din pehle baad ago last pichle kal aaj march mai may 10 15th umar ka hu tarikh
15/08/2025 31/02/2025 2024-25 twenty nineteen five hundred between ya
दो लाख साढ़े सवा सौ हज़ार साल पहले कल १५ मार्च को L k
upi otp 9876543210 1234 5678 9012 ABCDE1234F pan aadhaar double triple shunya zero oh odop mm 26 001234 slash dash
"""
pieces = st.lists(st.sampled_from(PIECES.split()), max_size=25).map(" ".join)
texts = st.one_of(hostile, pieces, st.builds("{} {}".format, pieces, any_text))
_LANGUAGES = st.sampled_from(["hi", "hi-Latn", "en"])


def _direct(name: str, work: Callable[[str], object], share: float = 1.0) -> Entrance:
    def send(text: str) -> bool:
        work(text)
        return True

    return Entrance(name, texts, send, share)


def _redacted(text: str) -> None:
    once = redact(text)
    if redact(once) != once:
        raise Broken("what is redacted already is redacted again")


def _pipeline() -> Callable[[str], None]:
    detector, gazetteer = LanguageDetector.load(), Gazetteer.load()
    urdu, transliterate = UrduReader.load(), Transliterator.load()
    plain: tuple[Callable[[str], Any], ...] = (
        normalise.fold, normalise.plain, normalise.has_words, skeleton.skeleton, skeleton.romanise, words, asks, leans,
        is_short, standard.without_dialect, distress.is_distress, distress.speaks_of_refused_loan, urdu, transliterate,
        requested_language, detector.detect, detector.hinglish_probability,
    )  # fmt: skip

    def read(text: str) -> None:
        """As the bot does: cleaned first, at most a thousand characters."""
        text = normalise.clean(clean(text).text[:LONGEST])
        for each in plain:
            each(text)
        mentions = gazetteer.find(text)
        parse(text, mentions)
        parts(text, mentions)

    return read


def _quantities() -> Entrance:
    def send(given: tuple[str, date]) -> bool:
        text, today = given[0][:LONGEST], given[1]
        for amount in find(text, today):
            if not (amount.low <= amount.value <= amount.high and 0 <= amount.start < amount.end <= len(text)):
                raise Broken(f"no quantity: {amount}")
        read = number.read(text)
        number.read_code(text)
        number.read_mobile(text)
        return read.kind == "number"

    return Entrance("quantities, dates, numbers", st.tuples(texts, st.dates()), send, 6)


def _replies() -> st.SearchStrategy[BotReply]:
    worded = st.one_of(people, hostile).map(lambda text: clean(text).text or "-")  # the bot's words are never blank
    buttons = st.lists(st.fixed_dictionaries({"title": worded, "payload": worded}), max_size=12)
    sources = st.lists(
        st.fixed_dictionaries({"title": worded, "as_of": st.none() | worded, "url": st.none() | hostile}), max_size=3
    )
    made = st.fixed_dictionaries(
        {"text": worded, "language": _LANGUAGES, "buttons": buttons, "sources": sources},
        optional={"short": worded, "speech": worded},
    )
    return made.map(BotReply.model_validate)


def _carried(reply: BotReply) -> bool:
    for channel in CARRIERS:
        if not render(channel, [reply]).replies:
            raise Broken(f"silence on {channel}")
    return True


def _split(given: tuple[str, int]) -> bool:
    text, limit = given
    whole = split(text, limit, len)
    if any(len(piece) > limit for piece in whole) or "".join("".join(whole).split()) != "".join(text.split()):
        raise Broken(f"lost or too long: {[len(piece) for piece in whole]} of {limit}")
    if (measure_sms(text).segments == 0) != (text == ""):
        raise Broken("a text of no segment")
    return True


def _screens() -> st.SearchStrategy[tuple[Screen, CallState]]:
    said = st.builds(Said, text=texts.map(lambda text: clean(text).text), language=_LANGUAGES)
    then = st.sampled_from(["language", "question", "confirm", "keys", "wait", "person", "end"])
    keys = st.sampled_from(["one", "many", "only"])
    screen = st.builds(Screen, says=st.lists(said, max_size=3), asks=st.lists(said, max_size=2), then=then, keys=keys)
    choices = st.lists(st.builds(Choice, number=st.none(), title=any_text, payload=any_text), max_size=1)
    state = st.builds(CallState, session_id=st.just("v0"), language=_LANGUAGES, slow=st.booleans(), choices=choices)
    return st.tuples(screen, state)


def _twiml(opened: Opened) -> Entrance:
    def send(given: tuple[Screen, CallState]) -> bool:
        written = document(*given, 3, opened.app.state.settings)
        root = ElementTree.fromstring(written)
        for said in given[0].says:
            if said.text not in ["".join(each.itertext()) for each in root.iter("Say")]:
                raise Broken("other words than were to be said")
        return True

    return Entrance("TwiML", _screens(), send, 6)


def entrances(opened: Opened) -> list[Entrance]:
    lengths = st.tuples(texts, st.integers(1, 400))
    return [
        _direct("redaction", _redacted, 12),
        _direct("text pipeline", _pipeline(), 6),
        _quantities(),
        Entrance("replies on four channels", _replies(), _carried, 6),
        Entrance("splitting, segments", lengths, _split, 8),
        _twiml(opened),
    ]


def search() -> Entrance:
    retriever = knowledge_base().retriever
    return _direct("retrieval", lambda text: retriever.search(clean(text).text[:LONGEST]), 0.4)
