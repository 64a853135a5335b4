"""What the letters ask for, in the order of asking; the words are in `fields.yml`."""

import re
from functools import lru_cache
from pathlib import Path

from actions.dialogue.field import AnswerKind, Choice, Day, Field, FreeText, OwnReading, Rupees
from actions.eligibility.fact_words import read_words
from actions.letters.letter import TOPICS, Topic
from knowledge.amounts.tokens import latin_digits

FIELDS = Path(__file__).with_name("fields.yml")
WRONGS = (
    "no_reason_in_writing", "no_answer", "delay", "collateral",
    "misbehaviour", "discrimination", "bribe", "wrong_charges", "other",
)  # fmt: skip
_NUMBER = re.compile(r"[\w/-]*\d{3,}[\w/-]*")
NOT_REFUSED = ("no_answer", "delay")  # there the bank has not decided yet


def _number(text: str) -> str | None:
    """A number is kept as it was written; words without three digits in a row are none."""
    found = _NUMBER.search(latin_digits(text))
    return found[0] if found else None


KINDS: dict[str, AnswerKind] = {
    "letter": Choice(TOPICS),
    "letter_language": Choice(("hi", "en")),
    "name": FreeText(60),
    "place": FreeText(120),
    "bank": FreeText(80),
    "amount": Rupees(),
    "application_number": OwnReading(_number),
    "wrong": Choice(WRONGS),
    "refused_on": Day(exact=True),
    "complained_on": Day(exact=True),
    "complaint_number": OwnReading(_number),
    "bank_reply": Choice(("none", "not_satisfied")),
}
_ALWAYS = ("letter_language", "name", "place", "bank", "amount", "application_number")
_COMPLAINT = (*_ALWAYS, "wrong", "refused_on")
ASKED: dict[Topic, tuple[str, ...]] = {
    "reasons": (*_ALWAYS, "refused_on"),
    "bank": _COMPLAINT,
    "ombudsman": (*_COMPLAINT, "complained_on", "complaint_number", "bank_reply"),
}


@lru_cache(maxsize=1)
def load_fields() -> dict[str, Field]:
    words = read_words(FIELDS, KINDS)
    return {n: Field(n, kind, words[n].question, words[n].why, words[n].choices) for n, kind in KINDS.items()}
