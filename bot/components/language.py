"""Says which language a message is in; the reply follows it (see bot/language_nlg.py).

Late in the pipeline: a message in a language not served is not understood, whatever the classifier thought.
"""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from knowledge.text.language import LanguageDetector


# Registered as an extractor: runs when serving, and training leaves it out.
@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class Language(GraphComponent):
    """Sets "language" (None: too short to tell) and "other_language" (ISO code of one not served)."""

    def __init__(self, detector: LanguageDetector) -> None:
        self._detector = detector

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Language:
        return cls(LanguageDetector.load())

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            detected = self._detector.detect(message.get(TEXT) or "")
            message.set("language", detected.code, add_to_output=True)
            message.set("other_language", detected.other, add_to_output=True)
            if detected.other:
                message.set(INTENT, {"name": "other_language", "confidence": 1.0}, add_to_output=True)
        return messages
