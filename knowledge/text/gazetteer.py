"""Names in a message: districts, products, schemes and places outside the state, however they are spelt.

spaCy's PhraseMatcher finds known spellings in both scripts. What is left is compared by phonetic
skeleton, then by edit distance, strictly: a wrong district is worse than none.
"""

import re
from collections.abc import Iterable, Iterator

import yaml
from rapidfuzz.distance import DamerauLevenshtein

from knowledge import districts as district_data
from knowledge.paths import OUTSIDE_PLACES
from knowledge.text.mention import (
    CATEGORY,
    DISTRICT,
    DIVISION,
    OUTSIDE,
    PRODUCT,
    SCHEME,
    SHARED_NAMES,
    Mention,
    categories,
    read_words,
)
from knowledge.text.normalise import fold
from knowledge.text.quiet_spacy import Doc, PhraseMatcher, Span, filter_spans, spacy
from knowledge.text.skeleton import skeleton
from knowledge.yaml_lines import LOADER

_TOKEN = re.compile(r"[\w\u0900-\u0963\u0970-\u097f]+")
# Sounding the same counts from five sounds on; one letter off from seven, two from ten.
_LEAST_SOUNDS, _ONE_OFF, _TWO_OFF = 5, 7, 10


def _spellings() -> Iterator[tuple[str, str, str]]:
    """(kind, id, spelling) for everything known."""
    yield from _of_districts()
    for name, spelt in SHARED_NAMES.items():
        yield from ((DISTRICT, name, form) for form in spelt.values())
    for division, about in district_data.load().divisions.items():  # others are called as their first district
        yield from ((DIVISION, division, form) for form in about.get("called", ()))
    for scheme, names in read_words("schemes.yml").items():
        yield from ((SCHEME, scheme, name) for name in names)
    for category, about in categories().items():
        yield from ((CATEGORY, category, name) for name in about["words"])
    for place in yaml.load(OUTSIDE_PLACES.read_text(encoding="utf-8"), LOADER):
        value = fold(place["en"]).replace(" ", "-")
        yield from ((OUTSIDE, value, name) for name in (place["en"], place["hi"], *place["aliases"]))


def _of_districts() -> Iterator[tuple[str, str, str]]:
    shared = {fold(form) for spelt in SHARED_NAMES.values() for form in spelt.values()}
    for district in district_data.load().by_id.values():
        names = {fold(name) for name in (*district.name.values(), *district.aliases)}
        yield from ((DISTRICT, district.id, name) for name in names - shared)
        for product in district.all_products:
            for name in (*product.names.values(), *product.synonyms):
                yield from ((PRODUCT, fold(name), form) for form in _forms(fold(name)))


def _everyday() -> frozenset[str]:
    """Common words, which are never taken for a misspelt name."""
    small, field = read_words("hinglish.yml"), read_words("glossary.yml")
    phrases = [str(w) for group in small.values() for hindi, spelt in group.items() for w in (hindi, *spelt)]
    phrases += [text for term in field.values() for texts in term.values() for text in texts]
    return frozenset(word for phrase in phrases for word in fold(phrase).split())


def _forms(name: str) -> Iterator[str]:
    """A product's name as it stands in a sentence: carpet, carpets; ताला, ताले; chamda, chamde."""
    yield name
    if name.isascii():
        yield name[:-1] if name.endswith("s") else name + "s"
    if name.endswith(("a", "ा")) and " " not in name:
        yield name[:-1] + ("e" if name.isascii() else "े")


class Gazetteer:
    """Finds mentions; one instance per process, safe to share."""

    def __init__(self, spellings: Iterable[tuple[str, str, str]], everyday: frozenset[str] = frozenset()) -> None:
        self._nlp = spacy.blank("xx")
        self._matcher = PhraseMatcher(self._nlp.vocab)
        self._everyday = everyday
        self._by_sound: dict[str, tuple[str, str]] = {}
        for kind, value, name in spellings:
            words = fold(name).split()
            self._matcher.add(f"{kind}|{value}", [Doc(self._nlp.vocab, words=words)])
            if kind in (DISTRICT, OUTSIDE):
                # A district outranks a place elsewhere that sounds alike.
                self._by_sound.setdefault(skeleton("".join(words)), (kind, value))

    @classmethod
    def load(cls) -> "Gazetteer":
        return cls(_spellings(), _everyday())

    def find(self, text: str) -> list[Mention]:
        """All mentions in order of their place; `start` and `end` are offsets into `text`.

        A family of products ("leather") is told beside a product of the same name.
        """
        spans = [m.span() for m in _TOKEN.finditer(text)]
        words = [fold(text[a:b]) or "_" for a, b in spans]
        matched = self._exact(Doc(self._nlp.vocab, words=words))
        taken = {i for span in matched for i in range(span.start, span.end)}
        found = [self._mention(span, spans) for span in matched]
        found += self._by_similarity(words, spans, taken)
        return sorted(found, key=lambda m: (m.start, m.kind))

    def _exact(self, doc: Doc) -> list[Span]:
        order = {DISTRICT: 0, DIVISION: 1, SCHEME: 2, OUTSIDE: 3, PRODUCT: 4, CATEGORY: 5}
        matches: list[Span] = [Span(doc, start, end, label=label) for label, start, end in self._matcher(doc)]
        matches.sort(key=lambda s: order[s.label_.split("|")[0]])
        families = [s for s in matches if s.label_.startswith(CATEGORY)]
        others = list(filter_spans(s for s in matches if not s.label_.startswith(CATEGORY)))
        return others + list(filter_spans(families))

    @staticmethod
    def _mention(span: Span, spans: list[tuple[int, int]]) -> Mention:
        kind, value = span.label_.split("|", 1)
        return Mention(kind, value, spans[span.start][0], spans[span.end - 1][1], 1.0)

    def _by_similarity(self, words: list[str], spans: list[tuple[int, int]], taken: set[int]) -> Iterator[Mention]:
        for size in (2, 1):
            for i in range(len(words) - size + 1):
                place = range(i, i + size)
                hit = None if taken.intersection(place) else self._similar(words[i : i + size])
                if hit:
                    taken.update(place)
                    yield Mention(hit[0], hit[1], spans[i][0], spans[i + size - 1][1], hit[2])

    def _similar(self, words: list[str]) -> tuple[str, str, float] | None:
        """The place that sounds the same, or a district one letter off (two in a long name)."""
        sound = skeleton("".join(words))
        if len(sound) < _LEAST_SOUNDS or any(len(skeleton(w)) < 3 or w in self._everyday for w in words):
            return None
        if sound in self._by_sound:
            return (*self._by_sound[sound], 0.95)
        allowed = 2 if len(sound) >= _TWO_OFF else 1 if len(sound) >= _ONE_OFF else 0
        return self._nearest(sound, allowed) if allowed and len(words) == 1 else None

    def _nearest(self, sound: str, allowed: int) -> tuple[str, str, float] | None:
        """The only district within `allowed` edits that begins with the same sound."""
        near: dict[int, set[str]] = {}
        for known, (kind, value) in self._by_sound.items():
            if kind == DISTRICT and known[0] == sound[0] and abs(len(known) - len(sound)) <= allowed:
                distance = DamerauLevenshtein.distance(known, sound, score_cutoff=allowed)
                near.setdefault(distance, set()).add(value)
        best = min(near, default=allowed + 1)
        if best > allowed or len(near[best]) != 1:
            return None
        return DISTRICT, near[best].pop(), 0.9 - 0.1 * best
