"""The parts of the pipeline on single messages."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Any, get_type_hints

import pytest
import yaml

pytest.importorskip("rasa")

from rasa.nlu.tokenizers.whitespace_tokenizer import WhitespaceTokenizer
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.distress import Distress
from bot.components.entities import MENTIONS, GazetteerEntities
from bot.components.familiarity import Familiarity
from bot.components.features import SafeCountFeatures
from bot.components.intent import IntentClassifier
from bot.components.language import Language
from bot.components.normaliser import Normaliser
from knowledge.text.gazetteer import Gazetteer
from knowledge.text.language import Detected
from knowledge.text.mention import Mention
from knowledge.text.urdu import UrduReader

PIPELINE = yaml.safe_load(Path("config.yml").read_text(encoding="utf-8"))["pipeline"]

PARTS = [Normaliser, Language, Distress, GazetteerEntities, SafeCountFeatures, IntentClassifier]


class Detector:
    def __init__(self, code: str | None, other: str | None = None) -> None:
        self._detected = Detected(code, other)

    def detect(self, _: str) -> Detected:
        return self._detected


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


def tokenised(text: str) -> Message:
    message = Message(data={"text": text})
    WhitespaceTokenizer({**WhitespaceTokenizer.get_default_config()}).process([message])
    return message


def features() -> SafeCountFeatures:
    made = SafeCountFeatures.__new__(SafeCountFeatures)
    made.use_lemma, made.lowercase = True, True
    return made


@pytest.mark.parametrize("part", PARTS)
def test_every_method_the_graph_calls_is_annotated_in_full(part: type) -> None:
    for name in ("create", "process", "process_training_data"):
        method = vars(part).get(name)
        if method is None:
            continue
        function = getattr(method, "__func__", method)
        parameters = {p for p in inspect.signature(function).parameters if p not in ("self", "cls")}
        assert {*parameters, "return"} <= set(get_type_hints(function, vars(inspect.getmodule(part)))), name


def test_the_normaliser_replaces_the_text_itself_in_use_and_in_training() -> None:
    part = Normaliser(UrduReader({}, {}))
    used = part.process([Message(data={"text": "उत्\u200dपाद  क्या है।"})])[0]
    data = TrainingData([Message(data={"text": "१०\u200b लाख"}), Message(data={"intent": "x"})])
    assert used.get("text") == "उत्पाद क्या है"
    assert part.process_training_data(data).training_examples[0].get("text") == "10 लाख"


def test_the_language_is_told_to_the_rest_of_rasa() -> None:
    message = Language(Detector("hi-Latn")).process([Message(data={"text": "kya hai", "intent": {"name": "x"}})])[0]
    told = message.as_dict(only_output_properties=True)
    assert told["language"] == "hi-Latn" and "other_language" not in told
    assert message.get("intent") == {"name": "x"}


@pytest.mark.parametrize(
    ("text", "intent", "believed"),
    [
        ("नहीं भाई", "deny", True),
        ("no, not this one", "deny", True),
        ("आठवीं पास नहीं हूँ तो", "deny", False),
        ("pan card nahi hai to", "deny", False),
        ("bahut dhanyavad bhaiya", "thank", True),
        ("paise kab", "greet", False),
        ("paise kab", "ask_knowledge", True),
    ],
)
def test_small_talk_is_believed_for_its_words_and_a_no_for_those_of_a_no(
    text: str, intent: str, believed: bool
) -> None:
    config = next(part for part in PIPELINE if part["name"].endswith("Familiarity"))
    part = Familiarity.create({**Familiarity.get_default_config(), **config}, None, None, None)
    [message] = part.process([Message(data={"text": text, "intent": {"name": intent}})])
    assert message.get("intent")["name"] == (intent if believed else "nlu_fallback")


def test_a_language_not_served_is_an_intent_of_its_own() -> None:
    message = Language(Detector(None, "ta")).process([Message(data={"text": "உதவி", "intent": {"name": "affirm"}})])[0]
    assert message.get("intent")["name"] == "other_language"
    assert message.get("other_language") == "ta"


@pytest.mark.parametrize("text", ["आगरा का उत्पाद", "agra ka product", "product of Agra?"])
def test_entities_come_from_the_gazetteer_with_offsets(text: str, gazetteer: Gazetteer) -> None:
    message = GazetteerEntities(gazetteer).process([Message(data={"text": text})])[0]
    found = [e for e in message.get("entities") if e["entity"] == "district"]
    assert [e["value"] for e in found] == ["agra"]
    assert text[found[0]["start"] : found[0]["end"]].lower() in ("आगरा", "agra")


def test_a_wish_for_a_language_is_an_entity(gazetteer: Gazetteer) -> None:
    message = GazetteerEntities(gazetteer).process([Message(data={"text": "english me batao"})])[0]
    assert ("requested_language", "en") in [(e["entity"], e["value"]) for e in message.get("entities")]


def test_training_marks_mentions_but_learns_no_entities(gazetteer: Gazetteer) -> None:
    data = TrainingData([Message(data={"text": "बांदा का उत्पाद", "intent": "ask_district"})])
    example = GazetteerEntities(gazetteer).process_training_data(data).training_examples[0]
    assert [m.value for m in example.get(MENTIONS)] == ["banda"]
    assert example.get("entities") is None


def test_devanagari_words_stay_whole() -> None:
    words = features()._get_message_tokens_by_attribute(tokenised("किसान योजना की जानकारी"), "text")
    assert words == ["किसान", "योजना", "की", "जानकारी"]
    vectorizer = SafeCountFeatures._create_independent_vocab_vectorizers({**SafeCountFeatures.get_default_config()})[
        "text"
    ]
    assert " किसान " in vectorizer.fit(["किसान योजना"]).vocabulary_


def test_names_of_a_kind_count_as_one_word() -> None:
    message = tokenised("sant kabir nagar ka product")
    message.set(MENTIONS, [Mention("district", "sant-kabir-nagar", 0, 16, 1.0)])
    assert features()._get_message_tokens_by_attribute(message, "text") == ["__district__", "ka", "product"]


def test_a_message_gets_features_as_a_whole_only() -> None:
    part = features()
    vectorizers: dict[str, Any] = SafeCountFeatures._create_independent_vocab_vectorizers(
        {**SafeCountFeatures.get_default_config()}
    )
    vectorizers["text"].fit(["ek do", "teen"])
    part.vectorizers = vectorizers
    sequence, sentence = part._create_features("text", [["ek", "do"], []])
    assert sequence == [None, None]
    assert sentence[0].shape == (1, len(vectorizers["text"].vocabulary_)) and sentence[1] is None
    assert part._create_features("intent", [["greet"]]) == ([None], [None])
