"""Names in a message: districts, products, schemes and places outside UP, however they are spelt.

spaCy's PhraseMatcher finds known spellings in both scripts. What is left is compared by phonetic
skeleton, then by edit distance, strictly: a wrong district is worse than none.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import yaml
from rapidfuzz.distance import DamerauLevenshtein

from knowledge import districts as district_data
from knowledge.paths import KNOWLEDGE, TEXT_DATA
from knowledge.text.normalise import fold
from knowledge.text.quiet_spacy import Doc, PhraseMatcher, Span, filter_spans, spacy
from knowledge.text.skeleton import skeleton

DISTRICT, PRODUCT, SCHEME, OUTSIDE, CATEGORY = "district", "product", "scheme", "outside_place", "category"
AMBIGUOUS = {"kanpur": ("kanpur-nagar", "kanpur-dehat"), "akbarpur": ("ambedkar-nagar", "kanpur-dehat")}

_TOKEN = re.compile(r"[\w\u0900-\u0963\u0970-\u097f]+")
# Everyday words that sound like a district; only their exact spelling in the list counts.
_NOT_NAMES = frozenset(("band", "bande", "bandi", "basta", "mal", "mav", "ghar", "garam", "bhari", "badan", "agar"))


@lru_cache(maxsize=1)
def categories() -> dict[str, dict[str, Any]]:
    """Families of products by id: `name` in each language and the `words` for them."""
    found: dict[str, dict[str, Any]] = yaml.safe_load((TEXT_DATA / "categories.yml").read_text(encoding="utf-8"))
    return found


@dataclass(frozen=True)
class Mention:
    """A name found at `text[start:end]`; `value` is the id, `score` 1.0 for a known spelling."""

    kind: str
    value: str
    start: int
    end: int
    score: float


def _spellings() -> Iterator[tuple[str, str, str]]:
    """(kind, id, spelling) for everything known."""
    data = district_data.load()
    for district in data.by_id.values():
        for name in (*district.name.values(), *district.aliases):
            if fold(name) not in AMBIGUOUS:
                yield DISTRICT, district.id, name
        for product in district.all_products:
            for name in (*product.names.values(), *product.synonyms):
                yield from ((PRODUCT, fold(name), form) for form in _forms(fold(name)))
    for name, hindi in (("kanpur", "कानपुर"), ("akbarpur", "अकबरपुर")):
        yield from ((DISTRICT, name, name), (DISTRICT, name, hindi))
    for scheme, names in yaml.safe_load((TEXT_DATA / "schemes.yml").read_text(encoding="utf-8")).items():
        yield from ((SCHEME, scheme, name) for name in names)
    for category, about in categories().items():
        yield from ((CATEGORY, category, name) for name in about["words"])
    for place in yaml.safe_load((KNOWLEDGE / "outside_places.yml").read_text(encoding="utf-8")):
        value = fold(place["en"]).replace(" ", "-")
        yield from ((OUTSIDE, value, name) for name in (place["en"], place["hi"], *place["aliases"]))


def _forms(name: str) -> Iterator[str]:
    """A product's name as it stands in a sentence: carpet, carpets; ताला, ताले; chamda, chamde."""
    yield name
    if name.isascii():
        yield name[:-1] if name.endswith("s") else name + "s"
    if name.endswith(("a", "ा")) and " " not in name:
        yield name[:-1] + ("e" if name.isascii() else "े")


class Gazetteer:
    """Finds mentions; one instance per process, safe to share."""

    def __init__(self, spellings: Iterable[tuple[str, str, str]]) -> None:
        self._nlp = spacy.blank("xx")
        self._matcher = PhraseMatcher(self._nlp.vocab)
        self._by_sound: dict[str, tuple[str, str]] = {}
        for kind, value, name in spellings:
            words = fold(name).split()
            self._matcher.add(f"{kind}|{value}", [Doc(self._nlp.vocab, words=words)])
            if kind in (DISTRICT, OUTSIDE):
                # A district outranks a place elsewhere that sounds alike.
                self._by_sound.setdefault(skeleton(" ".join(words)), (kind, value))

    @classmethod
    def load(cls) -> "Gazetteer":
        return cls(_spellings())

    def find(self, text: str) -> list[Mention]:
        """All mentions in order of their place; `start` and `end` are offsets into `text`."""
        spans = [m.span() for m in _TOKEN.finditer(text)]
        words = [fold(text[a:b]) or "_" for a, b in spans]
        doc = Doc(self._nlp.vocab, words=words)
        matched = self._exact(doc)
        taken = {i for span in matched for i in range(span.start, span.end)}
        found = [self._mention(span, spans) for span in matched]
        found += self._by_similarity(words, spans, taken)
        return sorted(found, key=lambda m: m.start)

    def _exact(self, doc: Doc) -> list[Span]:
        order = {DISTRICT: 0, SCHEME: 1, OUTSIDE: 2, CATEGORY: 3, PRODUCT: 4}
        matches: list[Span] = [Span(doc, start, end, label=label) for label, start, end in self._matcher(doc)]
        matches.sort(key=lambda s: order[s.label_.split("|")[0]])
        return list(filter_spans(matches))

    @staticmethod
    def _mention(span: Span, spans: list[tuple[int, int]]) -> Mention:
        kind, value = span.label_.split("|", 1)
        return Mention(kind, value, spans[span.start][0], spans[span.end - 1][1], 1.0)

    def _by_similarity(self, words: list[str], spans: list[tuple[int, int]], taken: set[int]) -> Iterator[Mention]:
        for size in (2, 1):
            for i in range(len(words) - size + 1):
                place = range(i, i + size)
                if taken.intersection(place):
                    continue
                hit = self._similar(" ".join(words[i : i + size]))
                if hit:
                    taken.update(place)
                    yield Mention(hit[0], hit[1], spans[i][0], spans[i + size - 1][1], hit[2])

    def _similar(self, name: str) -> tuple[str, str, float] | None:
        """The place that sounds the same, or differs by one letter (two in a long name)."""
        sound = skeleton(name)
        if len(sound) < 4 or sound in _NOT_NAMES or name in _NOT_NAMES:
            return None
        for candidate in (sound, sound.replace(" ", "")):
            if candidate in self._by_sound:
                return (*self._by_sound[candidate], 0.95)
        allowed = 0 if len(sound) < 6 else 1 if len(sound) < 9 else 2
        near = [
            (distance, place)
            for known, place in self._by_sound.items()
            if known[0] == sound[0] and abs(len(known) - len(sound)) <= allowed
            and (distance := DamerauLevenshtein.distance(known, sound, score_cutoff=allowed)) <= allowed
        ]  # fmt: skip
        if not allowed or not near:
            return None
        best = min(distance for distance, _ in near)
        places = {place for distance, place in near if distance == best}
        return (*places.pop(), 0.9 - 0.1 * best) if len(places) == 1 else None
