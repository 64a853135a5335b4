"""Features for the intent classifier, the same for Devanagari and Latin, and for every district's name."""

from __future__ import annotations

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.featurizers.sparse_featurizer.count_vectors_featurizer import CountVectorsFeaturizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from sklearn.feature_extraction.text import CountVectorizer

from bot.components.entities import MENTIONS
from knowledge.text.language import ngrams


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class SafeCountFeatures(CountVectorsFeaturizer):
    """CountVectorsFeaturizer with three changes.

    Words are cut by our own rule: Rasa's is \\w+, and for Python a Devanagari vowel sign is no \\w, so that
    "किसान" becomes "क", "स", "न". All names of a kind count as one word, so that what is learned from
    "आगरा का उत्पाद" holds for the 74 other districts. Only whole messages get features: nothing of ours reads
    single words.
    """

    def _get_message_tokens_by_attribute(self, message: Message, attribute: str) -> list[str]:
        mentions = message.get(MENTIONS) if attribute == TEXT else None
        if not mentions:
            return super()._get_message_tokens_by_attribute(message, attribute)
        words: list[str] = []
        for token in message.get(TOKENS_NAMES[attribute]) or []:
            kind = next((m.kind for m in mentions if m.start < token.end and token.start < m.end), None)
            word = f"__{kind}__" if kind else token.text
            if not (kind and words and words[-1] == word):
                words.append(word)
        return words

    def _create_features(
        self, attribute: str, all_tokens: list[list[str]]
    ) -> tuple[list[Any | None], list[Any | None]]:
        nothing: list[Any | None] = [None] * len(all_tokens)
        vectorizer = self.vectorizers.get(attribute) if attribute == TEXT else None
        if vectorizer is None:
            return nothing, nothing
        return nothing, [vectorizer.transform([" ".join(words)]) if words else None for words in all_tokens]

    @classmethod
    def _create_independent_vocab_vectorizers(
        cls, parameters: dict[str, Any], vocabulary: Any | None = None
    ) -> dict[str, CountVectorizer]:
        vectorizers = super()._create_independent_vocab_vectorizers(parameters, vocabulary)
        vectorizers[TEXT].analyzer = ngrams  # words and the 1- to 4-grams inside them, folded
        return vectorizers
