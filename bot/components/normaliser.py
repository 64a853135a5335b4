"""First part of the pipeline: every later part, in training and in use, sees cleaned text only."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot import points
from knowledge.text.normalise import clean
from knowledge.text.urdu import UrduReader


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class Normaliser(GraphComponent):
    """Replaces the text itself, so that tokens and entity offsets all refer to the cleaned text.

    Hindi-Urdu in Arabic letters becomes Hindi, and everything after reads it as that.
    """

    def __init__(self, urdu: UrduReader) -> None:
        self._urdu = urdu

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Normaliser:
        return cls(UrduReader.load())

    def process(self, messages: list[Message]) -> list[Message]:
        points.reached("understanding")
        for message in messages:
            if message.get(TEXT):
                message.set(TEXT, self._urdu(clean(message.get(TEXT))))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        self.process(training_data.training_examples)
        return training_data
