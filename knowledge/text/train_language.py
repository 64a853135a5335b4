"""Train the Hinglish/English model from our own questions and frequent words; seeded, a few seconds."""

import json
import random
from collections.abc import Iterable
from pathlib import Path

import yaml

from knowledge import districts
from knowledge.paths import LANGUAGE_MODEL, OUTSIDE_PLACES, word_list
from knowledge.text.language import ngrams
from knowledge.text.normalise import fold
from knowledge.text.skeleton import romanise

_SEED = 20261121
_PHRASES = 1500
_NOT_ENGLISH = 3.6  # Zipf frequency: said less than four times in a million English words


def _phrases(words: list[str], rng: random.Random, borrowed: list[str] | None = None) -> list[str]:
    """Short strings of frequent words: the model must not learn our domain's words as a language.

    Hinglish borrows English words freely; a few Hindi ones between them still make it Hinglish.
    """
    made = []
    for _ in range(_PHRASES):
        phrase = rng.choices(words, k=rng.randint(1, 6))
        if borrowed:
            phrase += rng.choices(borrowed, k=rng.randint(0, len(phrase)))
            rng.shuffle(phrase)
        made.append(" ".join(phrase))
    return made


def _frequent_words() -> tuple[list[str], list[str]]:
    from wordfreq import top_n_list  # build time only

    hindi = [romanise(w) for w in top_n_list("hi", 3000)]
    return [w for w in hindi if w.isascii() and w.isalpha()], [w for w in top_n_list("en", 3000) if w.isalpha()]


def _markers() -> list[str]:
    """Spellings of small Hindi words that are not English words too."""
    from wordfreq import zipf_frequency  # build time only

    table = yaml.safe_load(word_list("hinglish.yml").read_text(encoding="utf-8"))
    spelt = {str(latin) for spellings in table["words"].values() for latin in spellings}
    return sorted(w for w in spelt if w.isalpha() and len(w) > 1 and zipf_frequency(w, "en") < _NOT_ENGLISH)


# Terms of the glossary that are said to one another, not about the field: they tell the language.
_SAID = {"yes", "no", "help", "greeting", "thanks", "repeat", "human_agent", "how_much", "when", "where", "how"}
_TELLING = {"no", "done"}  # ... whatever else they stand for ("application no")


def _borrowed() -> list[str]:
    """English words that Hinglish uses too: those of the field, and the common loanwords."""
    from wordfreq import zipf_frequency  # build time only

    terms = yaml.safe_load(word_list("glossary.yml").read_text(encoding="utf-8"))
    table = yaml.safe_load(word_list("hinglish.yml").read_text(encoding="utf-8"))
    field = [term for name, term in terms.items() if name not in _SAID]
    english = {word for term in field for text in term["en"] for word in fold(text).split()}
    spelt = {word for term in field for text in term["hi-Latn"] for word in fold(text).split()}
    loans = {str(latin) for spellings in table["borrowed"].values() for latin in spellings}
    words = (english - _TELLING) | loans | {word for word in spelt if zipf_frequency(word, "en") >= _NOT_ENGLISH}
    return sorted(words | {word + "s" for word in words})


def _places_elsewhere() -> set[str]:
    """Single words only: the "new" of New Delhi tells a language."""
    places = yaml.safe_load(OUTSIDE_PLACES.read_text(encoding="utf-8"))
    return {fold(name) for place in places for name in (place["en"], *place["aliases"]) if " " not in name}


def _names() -> list[str]:
    """Words of places' and crafts' names: Varanasi, Patna and chikankari are that in every language."""
    from wordfreq import zipf_frequency  # build time only

    by_id = districts.load().by_id.values()
    places = {word for d in by_id for name in (d.name["en"], *d.aliases) for word in fold(name).split()}
    products = [p for d in by_id for p in d.all_products]
    crafts = {word for p in products for name in (p.names["hi-Latn"], *p.synonyms) for word in fold(name).split()}
    markers = set(_markers())
    crafts = {word for word in crafts if zipf_frequency(word, "en") < _NOT_ENGLISH and word not in markers}
    return sorted(w for w in places | crafts | (_places_elsewhere() - markers) if w.isascii() and len(w) > 2)


def _without(text: str, names: frozenset[str]) -> str:
    return " ".join(word for word in fold(text).split() if word not in names)


def build(hinglish: Iterable[str], english: Iterable[str], path: Path = LANGUAGE_MODEL) -> None:
    """Fit on the two lists of texts and write the weights."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    rng = random.Random(_SEED)
    hindi_words, english_words = _frequent_words()
    names = frozenset(_names())
    ours = [*hinglish, *_phrases(hindi_words, rng, english_words)]
    theirs = [*english, *_phrases(english_words, rng)]
    vectoriser = TfidfVectorizer(
        analyzer=lambda text: ngrams(_without(text, names)), use_idf=False, norm="l2", binary=True, min_df=2
    )
    features = vectoriser.fit_transform(ours + theirs)
    model = LogisticRegression(C=10, max_iter=500, random_state=_SEED, class_weight="balanced")
    model.fit(features, [1] * len(ours) + [0] * len(theirs))
    weights = {g: round(float(w), 3) for g, w in zip(vectoriser.get_feature_names_out(), model.coef_[0], strict=True)}
    path.parent.mkdir(parents=True, exist_ok=True)
    found = {
        "bias": float(model.intercept_[0]),
        "markers": _markers(),
        "borrowed": _borrowed(),
        "names": _names(),
        "weights": {},
    }
    found["weights"] = {g: w for g, w in weights.items() if abs(w) >= 0.05}
    path.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
