"""What is said about numbers and codes, in three languages, read strictly from `sentences.yml`."""

from functools import lru_cache
from pathlib import Path

from actions.applications.stages import read_as
from knowledge.entry import ByLanguage, Strict

PATH = Path(__file__).with_name("sentences.yml")


class Sentences(Strict):
    """`incomplete`, `mobile`, `aadhaar` and `udyam` answer a Reading of that kind, `where_number_is` "nothing"."""

    code_sms: ByLanguage
    where_number_is: ByLanguage
    incomplete: ByLanguage
    mobile: ByLanguage
    aadhaar: ByLanguage
    udyam: ByLanguage
    unavailable: ByLanguage


@lru_cache(maxsize=1)
def load(path: Path = PATH) -> Sentences:
    """Raises EntryError with file and line where one is missing or unknown."""
    return read_as(Sentences, path)[1]
