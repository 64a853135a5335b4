"""Puts right a slip of the finger in a word of our field: sibsidy, dcouments, सब्सिजी; joins "o d o p".

Only a word nobody knows is touched, and only when exactly one of the field's words is a single slip away
(two in a long word). The text is corrected for understanding; nobody is shown it.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

_WORD = re.compile(r"[^\W\d_][\w\u0900-\u0963\u0970-\u097f]*")
_LEAST_SEEN = 3  # a word of the field stands in so many questions
_TIMES_RARER = 10  # a slip than the word that was meant
_ONE_SLIP, _TWO_SLIPS = 5, 9  # letters from which so many slips are forgiven
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


def _near_keys() -> dict[str, str]:
    """The neighbours of each key, as rows of a phone's keyboard stand half a key apart."""
    place = {key: (x + y / 2, y) for y, row in enumerate(_ROWS) for x, key in enumerate(row)}
    return {
        key: "".join(k for k, (a, b) in place.items() if k != key and abs(a - x) <= 1 and abs(b - y) <= 1)
        for key, (x, y) in place.items()
    }


NEAR_KEYS = _near_keys()
_DOUBLED = re.compile(r"(.)\1")
_REMEMBERED = 20_000

# Letters of the Latin alphabet as Hindi calls them, for what people spell out: ओ डी ओ पी, g s t.
_NAMES = "ए बी सी डी ई एफ जी एच आई के एल एम एन ओ पी क्यू आर एस टी यू वी वाई"
_LETTERS = dict(zip("abcdefghiklmnopqrstuvy", _NAMES.split(" "), strict=True))
_ACRONYMS = ("odop", "cfc", "mda", "dic", "gst", "rbi", "msme", "shg", "spv", "dpr", "edp", "pmegp", "pmfme", "otp",
             "ldm", "kyc", "csc", "cibil", "ovop", "qci", "gem", "emi", "ngo", "npa", "tdr")  # fmt: skip


def _spaced() -> dict[str, str]:
    """Acronyms spelt out with spaces, in both scripts, to the way they are written in one word."""
    latin = {" ".join(word): word for word in _ACRONYMS}
    hindi = [[_LETTERS[c] for c in word] for word in _ACRONYMS]
    return latin | {" ".join(names): "".join(names) for names in hindi}


_SPACED = _spaced()
_ACRONYM_WORDS = frozenset(_SPACED.values())
_SPELT_OUT = re.compile(rf"(?<!\S)(?:{'|'.join(sorted(_SPACED, key=len, reverse=True))})(?!\S)")


def _joined(text: str) -> str:
    return _SPELT_OUT.sub(lambda m: _SPACED[m.group()], text)


def words(text: str) -> list[str]:
    return _WORD.findall(text)


class Speller:
    """Corrects a plain text. `field`: words to correct to; `is_known`: whether another word is left alone."""

    def __init__(self, field: Iterable[str], is_known: Callable[[str], bool] = lambda word: False) -> None:
        found = frozenset(field)
        self._words = found | _ACRONYM_WORDS
        self._field = sorted(word for word in found if len(word) >= _ONE_SLIP)
        self._is_known = is_known
        self._seen: dict[str, str] = {}

    def __call__(self, text: str) -> str:
        return _WORD.sub(lambda m: self.word(m.group()), _joined(text))

    def word(self, word: str) -> str:
        if word not in self._seen:
            if len(self._seen) > _REMEMBERED:
                self._seen.clear()
            self._seen[word] = self._read(word)
        return self._seen[word]

    def is_of_the_field(self, word: str) -> bool:
        return word in self._words

    def knows(self, word: str) -> bool:
        return self.is_of_the_field(word) or self._is_known(word)

    def _read(self, word: str) -> str:
        for form in _less_stretched(word):
            if self.knows(form):
                return form
        return (self._nearest(word) if len(word) >= _ONE_SLIP else None) or word

    def _nearest(self, word: str) -> str | None:
        """The one word a slip away; a neighbouring key outranks any other slip."""
        allowed = 2 if len(word) >= _TWO_SLIPS else 1
        found = process.extract(word, self._field, scorer=DamerauLevenshtein.distance, score_cutoff=allowed, limit=6)
        near = [(slips - 0.5 * _by_neighbour(word, known), known) for known, slips, _ in found]
        near = [one for one in near if one[1][0] == word[0] or one[0] < 1]
        best = min(near, default=(0, None))
        return best[1] if sum(cost == best[0] for cost, _ in near) == 1 else None


def _less_stretched(word: str) -> Iterator[str]:
    """The word; with its last doubled letter single, where most stretching is; with every letter single."""
    yield word
    doubled = list(_DOUBLED.finditer(word))
    if doubled:
        yield word[: doubled[-1].start()] + word[doubled[-1].end() - 1 :]
        yield _DOUBLED.sub(r"\1", word)


def _by_neighbour(word: str, known: str) -> bool:
    """Whether the only difference is one key beside the right one."""
    if len(word) != len(known):
        return False
    wrong = [(a, b) for a, b in zip(word, known, strict=True) if a != b]
    return len(wrong) == 1 and wrong[0][0] in NEAR_KEYS.get(wrong[0][1], "")


def of_the_field(texts: Iterable[str]) -> list[str]:
    """Words that stand in several of the (folded) texts; not the slips, which are as rare beside the right word."""
    counts = Counter(word for text in texts for word in set(words(text)))
    often = [word for word, n in counts.items() if n >= _LEAST_SEEN * _TIMES_RARER and len(word) >= _ONE_SLIP - 1]
    return [word for word, n in counts.items() if n >= _LEAST_SEEN and not _is_slip(word, counts, often)]


def _is_slip(word: str, counts: Counter[str], often: Sequence[str]) -> bool:
    """Whether a change or two make of it a word that is seen many times as often."""
    if len(word) < _ONE_SLIP or word in _ACRONYM_WORDS:
        return False
    near = process.extract(word, often, scorer=DamerauLevenshtein.distance, score_cutoff=2, limit=None)
    return any(
        other[0] == word[0] and counts[other] >= _TIMES_RARER * slips * counts[word]
        for other, slips, _ in near
        if slips
    )
