"""How a call back is asked about and asked for, read strictly from `words.yml`."""

from functools import lru_cache
from pathlib import Path

from actions.dialogue.words import Asked
from actions.eligibility.scheme_file import read_strictly, validated
from knowledge.entry import Strict, Text

PATH = Path(__file__).with_name("words.yml")


class Words(Strict):
    """`wishes`, `person`: phrases, found by their sound, with which a call or a person is asked for. `telling`: words
    beside a number."""

    field: Asked
    person: tuple[Text, ...]
    wishes: tuple[Text, ...]
    telling: tuple[Text, ...]


@lru_cache(maxsize=1)
def load() -> Words:
    """Raises SchemeError with file and line."""
    document = read_strictly(PATH)
    return validated(document, document.data, Words)
