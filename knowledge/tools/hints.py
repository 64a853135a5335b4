"""What a telephone's speech recognition should expect to hear: districts, schemes and products by name."""

from collections.abc import Iterable, Iterator

from knowledge import districts
from knowledge.text.mention import SHARED_NAMES, read_words

MOST, LONGEST = 500, 100  # what Twilio takes of them
_SCRIPTS = {"hi": True, "en": False}  # written in Devanagari


def hints(language: str) -> list[str]:
    """In the script of the language, the most telling first, none twice."""
    found = (" ".join(name.replace(",", " ").split()) for name in _names(language))
    fitting = (name for name in found if _is_devanagari(name) == _SCRIPTS[language] and len(name) <= LONGEST)
    return list(dict.fromkeys(fitting))[:MOST]


def _names(language: str) -> Iterator[str]:
    known = districts.load().by_id.values()
    yield from (district.name[language] for district in known)
    yield from (spelt[language] for spelt in SHARED_NAMES.values())
    yield from _flat(read_words("schemes.yml").values())
    yield from (product.names[language] for district in known for product in district.all_products)


def _flat(names: Iterable[Iterable[str]]) -> Iterator[str]:
    for each in names:
        yield from each


def _is_devanagari(text: str) -> bool:
    return any("\u0900" <= letter <= "\u097f" for letter in text)
