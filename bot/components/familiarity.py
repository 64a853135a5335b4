"""Small talk is believed only when it is made of words small talk is made of, and a "no" of words of a "no".

The classifier knows whole questions well, but a short one it never saw ("how long?", "paise kab") shares
letters with greetings and refusals, which are short too. Such a message is left to retrieval.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from knowledge.text.normalise import fold
from knowledge.text.skeleton import skeleton

_BROKEN_BUTTON = re.compile(r"[A-Za-z]+:\S*")  # a payload that is none: nobody's small talk
NOT_SURE = {"name": "nlu_fallback", "confidence": 1.0}


# Registered as an extractor: runs when serving, and training leaves it out.
@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class Familiarity(GraphComponent):
    """Turns unfamiliar small talk into "not sure". Config: `intents`, `share` of words that must be known.

    `own`: intents whose words must be known from their own examples; a "no" is in many questions ("and if I have not
    passed class 8?").
    """

    def __init__(self, words: dict[str, set[str]], share: float) -> None:
        self._words, self._share = words, share

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"examples": "bot/nlu", "intents": [], "own": [], "share": 0.6}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Familiarity:
        of_intent = _words(Path(config["examples"]), config["intents"])
        every = set().union(*of_intent.values())
        words = {intent: own if intent in config["own"] else every for intent, own in of_intent.items()}
        return cls(words, config["share"])

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            words = self._words.get((message.get(INTENT) or {}).get("name", ""))
            if words is not None and not self._is_familiar(message.get(TEXT) or "", words):
                message.set(INTENT, NOT_SURE, add_to_output=True)
        return messages

    def _is_familiar(self, text: str, known: set[str]) -> bool:
        if _BROKEN_BUTTON.fullmatch(text):
            return False
        words = skeleton(fold(text)).split()
        return not words or sum(word in known for word in words) >= self._share * len(words)


def _words(folder: Path, intents: list[str]) -> dict[str, set[str]]:
    """Skeletons of all words in the examples of each of these intents."""
    found: dict[str, set[str]] = {intent: set() for intent in intents}
    for path in sorted(folder.glob("*.yml")):
        for item in yaml.safe_load(path.read_text(encoding="utf-8")).get("nlu", []):
            if item.get("intent") in found:
                found[item["intent"]].update(skeleton(fold(item["examples"])).split())
    return found
