"""What a message asks about districts and products, if it does: rules for what is certain.

`parse` reads, `actions/district.py` speaks. A message that has more in it than names and
question words is left to retrieval ("Agra me loan kaise milega" is not a question about Agra's product).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from knowledge import districts as district_data
from knowledge.text.mention import (
    AMBIGUOUS,
    CATEGORY,
    DISTRICT,
    DIVISION,
    OUTSIDE,
    PRODUCT,
    SCHEME,
    Mention,
    read_words,
)
from knowledge.text.normalise import fold
from knowledge.text.skeleton import skeleton

Kind = Literal[
    "products", "makers", "family", "check", "ambiguous", "outside", "count", "list", "division", "own_district"
]


# A longer message, with more words that we do not know, tells a story and asks something else.
_PLAIN_WORDS, _STRANGE_WORDS, _STRANGE_BESIDE_GOODS = 12, 4, 2
_SURE_NAME = 0.9  # below it the spelling was only near a district's


@dataclass(frozen=True)
class DistrictQuestion:
    """`districts`: ids asked about; `term`: the product or category; both may be empty."""

    kind: Kind
    districts: tuple[str, ...] = ()
    term: str = ""


def _sounds(words: str) -> frozenset[str]:
    return frozenset(skeleton(w) for w in words.split())


# Compared by skeleton, so that every spelling in both scripts counts.
_WORDS = {kind: _sounds(words) for kind, words in read_words("district_question_words.yml").items()}
_KNOWN = frozenset().union(*_WORDS.values()) - (_WORDS["help"] - _WORDS["asked"]) - _WORDS["makers"]


def _rest(text: str, mentions: Sequence[Mention]) -> list[str]:
    """Skeletons of the words outside the mentions."""
    chars = list(text)
    for mention in mentions:
        chars[mention.start : mention.end] = " " * (mention.end - mention.start)
    return [skeleton(w) for w in re.split(r"[^\w\u0900-\u097f]+", fold("".join(chars))) if w]


def _is_family(product: Mention, mentions: Sequence[Mention]) -> bool:
    """Whether the product's words are those of a whole family ("food processing")."""
    return any(m.kind == CATEGORY and m.start <= product.start and product.end <= m.end for m in mentions)


def _of_kind(mentions: Sequence[Mention], kind: str) -> list[str]:
    return list(dict.fromkeys(m.value for m in mentions if m.kind == kind))


def parse(text: str, mentions: Sequence[Mention], likely: bool = False, loose: bool = False) -> DistrictQuestion | None:
    """The question about districts in `text`; None when it is about something else.

    `likely`: the intent classifier takes it for such a question, so a few unknown words are forgiven.
    `loose`: no entry answers it well, so all unknown words are, where a name and what is asked of it are plain.
    """
    rest = [w for w in _rest(text, mentions) if w]
    places = _of_kind(mentions, DISTRICT)
    doubtful = [m.value for m in mentions if m.kind == DISTRICT and m.score < _SURE_NAME]
    outside = _of_kind(mentions, OUTSIDE)
    terms = _of_kind(mentions, PRODUCT)
    categories = _of_kind(mentions, CATEGORY)
    words = set(rest)
    unknown = words - _KNOWN
    asked = bool(words & _WORDS["asked"])
    if loose and not _is_plain(words, places, terms):
        return None
    if (
        len(unknown) > (len(words) if loose else _forgiven(asked and bool(places) and not terms, asked or likely))
        or _about_help(words, asked or loose)
        or _of_kind(mentions, SCHEME)
    ):
        return None
    divisions = _of_kind(mentions, DIVISION)
    if divisions:
        return DistrictQuestion("division", tuple(district_data.load().divisions[divisions[0]]["districts"][:1]))
    if outside and not places:
        # "Is it in Bihar too?" is about the programme, not about what Bihar makes.
        return DistrictQuestion("outside", tuple(outside)) if asked or not words & _WORDS["also"] else None
    if places:
        sure = likely or asked or loose or not unknown
        return _confusable(places, doubtful) or _about_places(places, terms, words, sure)
    special = [m.value for m in mentions if m.kind == PRODUCT and not _is_family(m, mentions)]
    return _about_products(words, special if categories else terms, categories, likely)


def _forgiven(plain: bool, likely: bool) -> int:
    """How many words we need not know; most where a place is named and its product asked for."""
    return 4 if plain else 2 if likely else 0


def _is_plain(words: set[str], places: list[str], terms: list[str]) -> bool:
    """Whether a place stands beside a word for goods, or goods beside a question for their place."""
    strange = len(words - _KNOWN - _WORDS["makers"])
    if len(words) > _PLAIN_WORDS and strange > _STRANGE_WORDS * max(1, len(places)):
        return False
    if terms and places and strange > _STRANGE_BESIDE_GOODS:
        return False  # whoever says what they make, and where, asks about something else
    if places:
        return bool(words & (_WORDS["asked"] | _WORDS["goods"]))
    asks_place = words & _WORDS["where"] and words & (_WORDS["district"] | _WORDS["town"] | _WORDS["asked"])
    asks_makers = words & _WORDS["where"] and words & _WORDS["makers"] and strange <= _STRANGE_BESIDE_GOODS
    return bool(terms and (asks_place or asks_makers))


def _about_help(words: set[str], asked: bool) -> bool:
    """Whether help is meant; "the product under the scheme" is still about the product."""
    return bool(words & (_WORDS["help"] - (_WORDS["soft_help"] if asked else frozenset())))


def _confusable(places: list[str], doubtful: list[str]) -> DistrictQuestion | None:
    """A name that is spelt oddly and sounds like another district's is asked about (Bareilly, Raebareli)."""
    alike = district_data.load().by_id[doubtful[0]].confusable if doubtful and doubtful[0] not in AMBIGUOUS else ()
    return DistrictQuestion("ambiguous", (doubtful[0], *alike), doubtful[0]) if alike and len(places) == 1 else None


def _about_places(places: list[str], terms: list[str], words: set[str], sure: bool) -> DistrictQuestion | None:
    if not sure:
        return None
    if words & _WORDS["division"]:
        return DistrictQuestion("division", tuple(AMBIGUOUS.get(p, (p,))[0] for p in places))
    open_names = [p for p in places if p in AMBIGUOUS]
    if open_names:
        return DistrictQuestion("ambiguous", AMBIGUOUS[open_names[0]], open_names[0])
    if terms and words & _WORDS["besides"]:
        return DistrictQuestion("makers", _all_makers(terms), terms[0])
    if terms and len(places) == 1:
        return DistrictQuestion("check", tuple(places), terms[0])
    return DistrictQuestion("products", tuple(places))


def _about_products(words: set[str], terms: list[str], categories: list[str], likely: bool) -> DistrictQuestion | None:
    asks_where, asked = bool(words & _WORDS["where"]), bool(words & _WORDS["asked"])
    if terms and (asks_where or asked or not words):
        return DistrictQuestion("makers", _all_makers(terms), terms[0])
    if categories and (asks_where or likely):
        return DistrictQuestion("family", district_data.load().in_category(categories[0]), categories[0])
    if words & _WORDS["own"] and words & _WORDS["district"] and words & _WORDS["about_products"]:
        return DistrictQuestion("own_district")
    if words & _WORDS["district"] and words & _WORDS["many"]:
        return DistrictQuestion("count")
    if words & _WORDS["district"] and words & _WORDS["all"]:
        return DistrictQuestion("list")
    return None


def _all_makers(terms: list[str]) -> tuple[str, ...]:
    data = district_data.load()
    return tuple(d for d in data.by_id if any(d in data.makers_of(term) for term in terms))
