"""Hindi of the villages and Hindi spelt by ear, read as the standard Hindi that the encoder knows.

A word of dialect.yml is replaced ("नइखे", "करजा"); any other word that is no common one is tried with the standard
ending of its verb ("पूछत" is "पूछता"), then by ear ("परसिक्षण" is "प्रशिक्षण"). For understanding only, never shown.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cache, lru_cache

from knowledge.text.mention import read_words
from knowledge.text.normalise import fold

_HINDI = re.compile(r"[\u0900-\u0963\u0970-\u097f]+")
_WORD = re.compile(f"{_HINDI.pattern}|[a-z]+")
# Endings of verbs in Awadhi, Bhojpuri, Bundeli and Braj, and what standard Hindi has in their place.
_OF_VERBS = (
    ("ावत", "ाता"), ("ावै", "ाने"), ("ावे", "ाने"), ("ेला", "ता"), ("ीला", "ते"), ("इहें", "ेंगे"), ("िहें", "ेंगे"),
    ("िहै", "ेगा"), ("ैगो", "ेगा"), ("ेगो", "ेगा"), ("त", "ता"), ("ल", "ा"), ("ीं", "ें"), ("ब", "ना"),
)  # fmt: skip
# Endings that other words have too: tried where the word is not one of the field.
_LOOSE = (("हैं", "ेंगे"), ("हे", "ेगा"), ("है", "ेगा"), ("वा", ""), ("ै", "े"), ("न", "ों"), ("ो", "ा"))
_REMEMBERED = 20_000  # words; folding one costs more than all else
_LEAST = 3  # letters of a word that is read otherwise

# What sounds alike, or nearly, to who writes by ear; conjuncts are often written out ("करज", "कर्ज").
_ALIKE = str.maketrans("शषणीूैौॉॅईऊऐऔऑ", "ससनिुेोाेइउएोआ", "्ंँ़")
_BEFORE_S = re.compile("^इ(?=स)")  # "इसकूल"
_PERSIAN_DOT = re.compile("(?<=[कखगजफ])़")


def by_ear(word: str) -> str:
    """One key for all spellings of a Devanagari word that sound alike."""
    return fold(word).translate(_ALIKE)


def usual(word: str) -> str:
    """The word as most people write it: औजार, not औज़ार; मूंज, not मूँज."""
    parted = _PERSIAN_DOT.sub("", unicodedata.normalize("NFD", word)).replace("ँ", "ं")
    return unicodedata.normalize("NFC", parted)


@cache
def _forms() -> dict[str, str]:
    """Words of dialect.yml to the standard ones, in both scripts."""
    return {fold(form): meant for meant, forms in read_words("dialect.yml").items() for form in forms}


def without_dialect(text: str) -> str:
    """Only the listed words are replaced."""
    return _WORD.sub(lambda m: _listed(m.group()), text)


@lru_cache(maxsize=_REMEMBERED)
def _listed(word: str) -> str:
    return _forms().get(fold(word), word)


def heard_as(common: Iterable[str]) -> tuple[set[str], dict[str, str]]:
    """The words as most people write them, and by their sound the first, that is the commonest, of those alike."""
    usually = list(map(usual, common))
    heard: dict[str, str] = {}
    for word in usually:
        heard.setdefault(by_ear(word), word)
    return set(usually), heard


class Standard:
    """`common`, `heard`: the words of Hindi (see heard_as); `of_the_field`: whether a word is one of ours."""

    def __init__(
        self,
        common: Collection[str],
        heard: Mapping[str, str],
        of_the_field: Callable[[str], bool] = lambda word: False,
    ) -> None:
        self._common, self._heard, self._of_the_field = frozenset(common), heard, of_the_field

    def __call__(self, text: str) -> str:
        return _HINDI.sub(lambda m: self.word(m.group()), text)

    def word(self, word: str) -> str:
        word = usual(word)
        meant = _forms().get(fold(word))
        if meant or word in self._common or len(word) < _LEAST:
            return meant or word
        verb = self._with_ending(word, _OF_VERBS)
        if verb or self._of_the_field(word):
            return verb or word
        return self._by_ear(word) or self._with_ending(word, _LOOSE) or word

    def _by_ear(self, word: str) -> str | None:
        key = by_ear(word)
        return self._heard.get(key) or self._heard.get(_BEFORE_S.sub("", key))

    def _with_ending(self, word: str, endings: Iterable[tuple[str, str]]) -> str | None:
        tried = (word[: -len(end)] + standard for end, standard in endings if word.endswith(end))
        return next((form for form in tried if len(form) >= _LEAST and form in self._common), None)
