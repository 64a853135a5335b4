"""The intent classifier: Rasa's logistic regression, spared the joining of matrices that are one already."""

from __future__ import annotations

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.classifiers.logistic_regression_classifier import LogisticRegressionClassifier
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from scipy.sparse import csr_matrix, vstack


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IntentClassifier(LogisticRegressionClassifier):
    """Takes the features of the one featurizer in config.yml as they are."""

    def _create_X(self, messages: list[Message]) -> csr_matrix:
        rows = [message.get_sparse_features(TEXT)[1].features for message in messages]
        return rows[0] if len(rows) == 1 else vstack(rows, format="csr")
