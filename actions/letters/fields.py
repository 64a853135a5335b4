"""What the letters ask for, in the order of asking; the words are in `fields.yml`."""

from functools import lru_cache
from pathlib import Path

from actions.dialogue.field import AnswerKind, Choice, Day, Field, FreeText, Rupees
from actions.eligibility.fact_words import read_words
from actions.letters.letter import TOPICS, Topic

FIELDS = Path(__file__).with_name("fields.yml")
WRONGS = (
    "no_reason_in_writing", "no_answer", "delay", "collateral",
    "misbehaviour", "discrimination", "bribe", "wrong_charges", "other",
)  # fmt: skip
NOT_REFUSED = ("no_answer", "delay")  # there the bank has not decided yet

KINDS: dict[str, AnswerKind] = {
    "letter": Choice(TOPICS),
    "letter_language": Choice(("hi", "en")),
    "name": FreeText(60),
    "place": FreeText(120),
    "bank": FreeText(80),
    "amount": Rupees(),
    "application_number": FreeText(40),
    "wrong": Choice(WRONGS),
    "refused_on": Day(),
    "complained_on": Day(),
    "complaint_number": FreeText(40),
    "bank_reply": Choice(("none", "not_satisfied")),
}
_ALWAYS = ("letter_language", "name", "place", "bank", "amount", "application_number")
_COMPLAINT = (*_ALWAYS, "wrong", "refused_on")
ASKED: dict[Topic, tuple[str, ...]] = {
    "reasons": _ALWAYS,
    "bank": _COMPLAINT,
    "ombudsman": (*_COMPLAINT, "complained_on", "complaint_number", "bank_reply"),
}


@lru_cache(maxsize=1)
def load_fields() -> dict[str, Field]:
    words = read_words(FIELDS, KINDS)
    return {n: Field(n, kind, words[n].question, words[n].why, words[n].choices) for n, kind in KINDS.items()}
