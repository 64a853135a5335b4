"""Whether a sentence speaks of what was or of what will be: "kal gaya tha", "kal jaunga"."""

from collections.abc import Iterable

from knowledge.amounts.tokens import Tokens, same_clause, word
from knowledge.amounts.words import group

_LEAST_FOR_ENDING = 4
_ENGLISH_PAST = "ed"
_REACH = 12  # words from the time to the verb


def tense(tokens: Tokens, place: int) -> int:
    """-1 past, 1 future, 0 unclear: the first verb behind `place` in its clause tells, else the last before it."""
    behind = (i for i in range(place + 1, min(place + _REACH, len(tokens))) if same_clause(tokens, place, i))
    before = (i for i in range(place - 1, max(place - _REACH, -1), -1) if same_clause(tokens, i, place))
    return _first_told(tokens, behind) or _first_told(tokens, before)


def _first_told(tokens: Tokens, places: Iterable[int]) -> int:
    return next((told for i in places if (told := _of_word(word(tokens, i)))), 0)


def _of_word(verb: str) -> int:
    if verb in group("calendar.tense.past"):
        return -1
    if verb in group("calendar.tense.future"):
        return 1
    if len(verb) < _LEAST_FOR_ENDING:
        return 0
    if verb.endswith(tuple(group("calendar.tense.future_endings"))):
        return 1
    return -1 if verb.isascii() and verb.endswith(_ENGLISH_PAST) else 0
