"""Train the Hinglish/English model from our own questions and frequent words; seeded, a few seconds."""

import json
import random
from collections.abc import Iterable
from pathlib import Path

from knowledge.paths import LANGUAGE_MODEL
from knowledge.text.language import ngrams
from knowledge.text.skeleton import romanise

_SEED = 20261121
_PHRASES = 1500


def _phrases(words: list[str], rng: random.Random) -> list[str]:
    """Short strings of frequent words: the model must not learn our domain's words as a language."""
    return [" ".join(rng.choices(words, k=rng.randint(1, 6))) for _ in range(_PHRASES)]


def _frequent_words() -> tuple[list[str], list[str]]:
    from wordfreq import top_n_list  # build time only

    hindi = [romanise(w) for w in top_n_list("hi", 3000)]
    return [w for w in hindi if w.isascii() and w.isalpha()], [w for w in top_n_list("en", 3000) if w.isalpha()]


def build(hinglish: Iterable[str], english: Iterable[str], path: Path = LANGUAGE_MODEL) -> None:
    """Fit on the two lists of texts and write the weights."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    rng = random.Random(_SEED)
    hindi_words, english_words = _frequent_words()
    ours = [*hinglish, *_phrases(hindi_words, rng)]
    theirs = [*english, *_phrases(english_words, rng)]
    vectoriser = TfidfVectorizer(analyzer=ngrams, use_idf=False, norm="l2", binary=True, min_df=2)
    features = vectoriser.fit_transform(ours + theirs)
    model = LogisticRegression(C=10, max_iter=500, random_state=_SEED)
    model.fit(features, [1] * len(ours) + [0] * len(theirs))
    weights = {g: round(float(w), 3) for g, w in zip(vectoriser.get_feature_names_out(), model.coef_[0], strict=True)}
    path.parent.mkdir(parents=True, exist_ok=True)
    kept = {g: w for g, w in weights.items() if abs(w) >= 0.05}
    path.write_text(
        json.dumps({"bias": float(model.intercept_[0]), "weights": kept}, ensure_ascii=False), encoding="utf-8"
    )
