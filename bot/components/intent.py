"""The intent classifier: Rasa's logistic regression, spared two things that take long.

Features come as one matrix already, and what was learnt is kept as three arrays: what Rasa keeps it with (skops)
imports all of scikit-learn when it reads, a fifth of the bot's start.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.logistic_regression_classifier import LogisticRegressionClassifier
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from scipy.sparse import csr_matrix, vstack

_FILE = "learnt.npz"
_LEARNT = ("coef_", "intercept_", "classes_")  # scikit-learn's names


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IntentClassifier(LogisticRegressionClassifier):
    """Takes the features of the one featurizer in config.yml as they are."""

    def _create_X(self, messages: list[Message]) -> csr_matrix:
        rows = [message.get_sparse_features(TEXT)[1].features for message in messages]
        return rows[0] if len(rows) == 1 else vstack(rows, format="csr")

    def persist(self) -> None:
        """Writes what was learnt: weights (classes, features), biases (classes,) and the classes' names."""
        with self._model_storage.write_to(self._resource) as folder:
            learnt = {name: getattr(self.clf, name) for name in _LEARNT}
            np.savez(folder / _FILE, **learnt | {"classes_": self.clf.classes_.astype(str)})

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> IntentClassifier:
        """What `persist` wrote. Raises ValueError or OSError if the model has no such part."""
        component = cls.create(config, model_storage, resource, execution_context)
        with model_storage.read_from(resource) as folder, np.load(folder / _FILE) as learnt:
            for name in _LEARNT:
                setattr(component.clf, name, np.asfortranarray(learnt[name]))  # else each message copies the weights
        component.clf.n_features_in_ = component.clf.coef_.shape[1]
        return component
