"""Finds districts, products, schemes, places outside Uttar Pradesh, and a wish for a language."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from knowledge.text.gazetteer import Gazetteer
from knowledge.text.language import requested_language
from knowledge.text.mention import Mention

MENTIONS = "mentions"  # on a message: what bot.components.features puts in place of a name


# Registered as a featurizer: the features need the mentions in training too.
@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class GazetteerEntities(GraphComponent):
    """Entities from the gazetteer; nothing here is learned from examples."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> GazetteerEntities:
        return cls(Gazetteer.load())

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            self._mark(message)
            found = [_entity(mention) for mention in message.get(MENTIONS)]
            found += _requested_language(message.get(TEXT) or "")
            message.set(ENTITIES, (message.get(ENTITIES) or []) + found, add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Marks the mentions but adds no entities, which are not for learning."""
        for message in training_data.training_examples:
            self._mark(message)
        return training_data

    def _mark(self, message: Message) -> None:
        text = message.get(TEXT)
        message.set(MENTIONS, self._gazetteer.find(text) if text else [])


def _entity(mention: Mention) -> dict[str, Any]:
    return {
        "entity": mention.kind,
        "value": mention.value,
        "start": mention.start,
        "end": mention.end,
        "confidence_entity": mention.score,
        "extractor": GazetteerEntities.__name__,
    }


def _requested_language(text: str) -> list[dict[str, Any]]:
    code = requested_language(text)
    if code is None:
        return []
    return [
        {
            "entity": "requested_language",
            "value": code,
            "start": 0,
            "end": len(text),
            "extractor": GazetteerEntities.__name__,
        }
    ]
