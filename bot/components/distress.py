"""Hears distress in a message, whatever the classifier thought it to be about.

A certain rule and the last word of the pipeline: a person who speaks of dying, of blows at home or of hungry
children is to hear a kind sentence and a number to call, also where the message asks something else too.
"""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot import points
from knowledge.text.distress import is_distress, speaks_of_refused_loan

DISTRESS = {"name": "distress", "confidence": 1.0}


# Registered as an extractor: runs when serving, and training leaves it out.
@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class Distress(GraphComponent):
    """Sets the intent, and the entity "refused_loan" where the message speaks of one too."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Distress:
        is_distress("")  # reads the phrases now and not with the first message
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            text = message.get(TEXT) or ""
            if is_distress(text):
                message.set(INTENT, DISTRESS, add_to_output=True)
                found = (message.get(ENTITIES) or []) + _refused_loan(text)
                message.set(ENTITIES, found, add_to_output=True)
        points.reached("understood")
        return messages


def _refused_loan(text: str) -> list[dict[str, Any]]:
    if not speaks_of_refused_loan(text):
        return []
    return [
        {
            "entity": "refused_loan",
            "value": "yes",
            "start": 0,
            "end": len(text),
            "extractor": Distress.__name__,
        }
    ]
