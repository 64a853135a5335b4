"""What in a message is a place in the list, an application number or a code."""

import re

from actions.applications import number, number_words
from actions.dialogue.said import Said
from actions.status.words import folded, load
from knowledge.amounts.tokens import latin_digits
from knowledge.text.normalise import fold

NEW_CODE = "new code"
_MOST_WORDS = 4  # "do number wala dikhao"; a longer message with "ek" in it names no place
_OTHER_NUMBERS = {
    "incomplete": "utter_number_incomplete",
    "mobile": "utter_number_mobile",
    "aadhaar": "utter_number_aadhaar",
    "udyam": "utter_number_udyam",
}


def read_number(text: str, pattern: str = number.PATTERN) -> str | Said | None:
    """An application number; of another number, what to look for instead."""
    found = number.read(text, pattern)
    if found.kind == "number":
        return found.text
    hint = _OTHER_NUMBERS.get(found.kind)
    return Said(hint) if hint else None


def read_which(text: str, pattern: str = number.PATTERN) -> str | Said | None:
    """A place in the list, from "1" to "9"; or the number of an application itself."""
    words = _words(text)
    if len(words) <= _MOST_WORDS:
        places = _in_order(words) or _counted(words)  # "the second one"
        if len(places) == 1:
            return places.pop()
    return read_number(text, pattern)


def read_code(text: str, pattern: str = number.PATTERN) -> str | Said | None:
    """Six digits, or the wish for another code. An application number is none, though it may end in six digits."""
    if number.read(text, pattern).kind == "number":
        return None
    code = number.read_code(text)
    if code is not None:
        return code
    words = set(_words(text))
    wish = load().new_code
    if words & folded(wish.what) and words & folded(wish.again):
        return NEW_CODE
    if words & folded(wish.mobile) and words & folded(wish.gone):
        return Said("utter_status_without_code", buttons=(), outcome="question_asked")
    return Said("utter_status_not_a_code") if number.read(text, pattern).kind != "nothing" else None


def _words(text: str) -> list[str]:
    return [fold(word) for word in re.split(r"[\s.,;:!?)(#।\-]+", latin_digits(text)) if word]


def _in_order(words: list[str]) -> set[str]:
    return {str(place) for place, named in load().places.items() if folded(named) & set(words)}


def _counted(words: list[str]) -> set[str]:
    """An everyday word such as "do" counts only at the beginning: "do number wala", not "dikha do"."""
    known = number_words.load()
    sure = [word for i, word in enumerate(words) if i == 0 or word not in known.doubtful]
    digits = {word if word.isdecimal() else known.spoken.get(word, "") for word in sure}
    return {digit for digit in digits if len(digit) == 1 and digit != "0"}
