"""Hinglish words in Devanagari, so that the encoder, which reads Hindi well, can read Hinglish.

Never shown to anyone: the guess for a rare word can be a wrong or rude one.
"""

import json
import re
from collections.abc import Sequence
from pathlib import Path

import yaml

from knowledge.paths import TEXT_DATA, TRANSLITERATION
from knowledge.text.skeleton import skeleton

_WORD = re.compile(r"[A-Za-z]+")
_COMMON = 3.2  # Zipf frequency; rarer "words" are often slips themselves


class Transliterator:
    """Looks each Latin word up: its exact spelling first, then its skeleton; unknown words stay."""

    def __init__(
        self, spellings: dict[str, str], skeletons: dict[str, str], english: set[str], hindi: Sequence[str] = ()
    ) -> None:
        self._spellings, self._skeletons, self._english = spellings, skeletons, english
        self.hindi = (*spellings.values(), *hindi)  # commonest first, our own before

    @classmethod
    def load(cls, path: Path = TRANSLITERATION) -> "Transliterator":
        data = json.loads(path.read_text(encoding="utf-8"))
        return cls(data["spellings"], data["skeletons"], set(data["english"]), data["hindi"])

    def word(self, word: str) -> str:
        word = word.lower()
        if word in self._spellings:
            return self._spellings[word]
        if word in self._english:
            return word
        return self._skeletons.get(skeleton(word), word)

    def __call__(self, text: str) -> str:
        return _WORD.sub(lambda m: self.word(m.group()), text)

    def settled(self, text: str) -> str:
        """Only the words whose spelling is listed, so that nhi, nahi and nahin become one word."""
        return _WORD.sub(lambda m: self._spellings.get(m.group().lower(), m.group()), text)

    def knows(self, word: str) -> bool:
        """Whether `word`, in either script, is a word of English or Hindi as far as the lists go."""
        return word in self._english or word in self._spellings or skeleton(word) in self._skeletons


def _glossary_spellings() -> dict[str, str]:
    """Latin spellings of the field's words to the Hindi form that sounds the same."""
    found: dict[str, str] = {}
    terms = yaml.safe_load((TEXT_DATA / "glossary.yml").read_text(encoding="utf-8"))
    for term in terms.values():
        by_sound = {skeleton(hindi): hindi for hindi in term["hi"]}
        for latin in term["hi-Latn"]:
            if " " not in latin and skeleton(latin) in by_sound:
                found[latin.lower()] = by_sound[skeleton(latin)]
    return found


def _common_spellings() -> dict[str, str]:
    table = yaml.safe_load((TEXT_DATA / "hinglish.yml").read_text(encoding="utf-8"))
    words = {**table["borrowed"], **table["words"]}
    return {str(latin): hindi for hindi, spelt in words.items() for latin in spelt if " " not in str(latin)}


def build(path: Path = TRANSLITERATION, words: int = 30_000) -> None:
    """Write the tables: our own word lists, and the most frequent Hindi word for every skeleton."""
    from wordfreq import top_n_list, zipf_frequency  # build time only

    skeletons: dict[str, str] = {}
    hindi_words = [word for word in top_n_list("hi", words) if re.fullmatch(r"[\u0900-\u097f]{2,}", word)]
    for hindi in hindi_words:
        skeletons.setdefault(skeleton(hindi), hindi)
    english = [
        w
        for w in top_n_list("en", words)
        if w.isascii() and w.isalpha() and zipf_frequency(w, "en") > 3.0
        and zipf_frequency(w, "en") > zipf_frequency(skeletons.get(skeleton(w), ""), "hi") - 0.5
    ]  # fmt: skip
    data = {
        "spellings": _glossary_spellings() | _common_spellings(),
        "skeletons": skeletons,
        "english": sorted(set(english)),
        "hindi": [word for word in hindi_words if zipf_frequency(word, "hi") > _COMMON],
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
