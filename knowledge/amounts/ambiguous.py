"""When a word that can be a number is one: "do lakh" is, "bata do" is not."""

from knowledge.amounts import words
from knowledge.amounts.tokens import Tokens, same_clause, word
from knowledge.amounts.words import group, is_unit, lists, number_word, scale

_LONGEST = 24  # words of the longest number
_LEAST_VERB = 3
_SENTENCE = 6  # words on either side that tell English from Hinglish


def says_number(tokens: Tokens, place: int) -> bool:
    """Whether the number word at `place` is meant as a number there."""
    here = word(tokens, place)
    if here and here == _next_word(tokens, place):
        return False  # "do do hazar": the second is the number
    if here in group("ambiguous.names.words") and _is_name(tokens, place):
        return False
    if here in group("ambiguous.with.words") and word(tokens, place - 1) in group("ambiguous.with.behind"):
        return False
    if here in group("ambiguous.give.words"):
        return _is_two(tokens, place)
    if here in group("ambiguous.one.words") and _is_article(tokens, place):
        return False
    return here not in group("ambiguous.beside_quantity") or _beside_quantity(tokens, place)


def before_scale(tokens: Tokens, place: int) -> int | None:
    """The number that a word is taken for only before a scale: "to lakh", "pintis hazar"."""
    here, after = word(tokens, place), word(tokens, place + 1)
    if not here or scale(after) is None or tokens[place + 1].new_clause or _known(here):
        return None
    if word(tokens, place - 1) in group("ambiguous.not_before_scale"):
        return None
    listed: int | None = words.table("ambiguous.before_scale").get(here)
    # "kuch sau", "itne hazar": only words long enough to be told apart are guessed.
    near = words.nearest_number_word(here) if listed is None else None
    return near.value if near else listed


def _known(here: str) -> bool:
    return scale(here) is not None or is_unit(here) or here in group("scales.and")


def _is_name(tokens: Tokens, place: int) -> bool:
    behind = [word(tokens, i) for i in range(place - lists("ambiguous")["names"]["reach"], place)]
    ahead = word(tokens, place + 1) in group("ambiguous.names.before")
    return ahead or not group("ambiguous.names.behind").isdisjoint(behind)


def _is_two(tokens: Tokens, place: int) -> bool:
    """Whether "do" is 2 and not "give"."""
    before, after = word(tokens, place - 1), _next_word(tokens, place)
    if (_counts(after) and after not in group("units.counted")) or before in group("ambiguous.give.counting"):
        return True
    if _is_give(tokens, place) or not after or after in group("ambiguous.give.before"):
        return _only_numbers(tokens)
    return True


def _is_give(tokens: Tokens, place: int) -> bool:
    """ "bata do", "likh ke do", "5000 do", or English."""
    verb = word(tokens, place - (2 if word(tokens, place - 1) in group("ambiguous.give.ke") else 1))
    amount = place > 0 and (tokens[place - 1].is_number or is_unit(verb) or scale(verb) is not None)
    said = (token.word for token in tokens[max(place - _SENTENCE, 0) : place + _SENTENCE])
    english = word(tokens, place).isascii() and not group("ambiguous.give.english").isdisjoint(said)
    return amount or english or _is_asked(verb)


def _is_asked(verb: str) -> bool:
    """Whether it goes with "do" (give): a stem, an infinitive (jaane do), a causative (karwa do), a thing wanted."""
    endings = tuple(group("ambiguous.give.endings"))
    inflected = len(verb) > _LEAST_VERB and verb.endswith(endings) and verb not in group("ambiguous.give.no_verbs")
    return inflected or verb in group("ambiguous.give.behind") | group("ambiguous.give.wanted")


def _is_article(tokens: Tokens, place: int) -> bool:
    after, before = _next_word(tokens, place), word(tokens, place - 1)
    if scale(after) is not None or _opens_range(tokens, place):
        return False
    if not after:
        return not _only_numbers(tokens) and before not in group("ambiguous.give.counting")
    return after in group("ambiguous.one.before") or before in group("ambiguous.one.behind")


def _beside_quantity(tokens: Tokens, place: int) -> bool:
    """Whether a scale, a unit or another number is beside it, or there is nothing else."""
    before = word(tokens, place - 1)
    after = _next_word(tokens, place)
    dated = after in words.table("calendar.months") or after in group("calendar.day_of_month")
    counted = _counts(after) or dated or scale(before) is not None
    return counted or _opens_range(tokens, place) or _only_numbers(tokens)


def _counts(after: str) -> bool:
    """Whether the next word makes a number of the one before: a scale, a unit, a number."""
    unclear = group("ambiguous.one.words") | group("ambiguous.beside_quantity")
    plain_number = number_word(after) is not None and after not in unclear
    return scale(after) is not None or is_unit(after) or plain_number


def _only_numbers(tokens: Tokens) -> bool:
    """Whether the whole message is one number: the answer to a question."""
    if len(tokens) > _LONGEST:
        return False
    said = [token.word for token in tokens]
    joining = group("scales.and") | group("ambiguous.give.words")
    return all(t.is_number or w in joining or _counts(w) or number_word(w) for t, w in zip(tokens, said, strict=True))


def _next_word(tokens: Tokens, place: int) -> str:
    """The next word of the same clause."""
    return word(tokens, place + 1) if same_clause(tokens, place, place + 1) else ""


def _opens_range(tokens: Tokens, place: int) -> bool:
    """Whether it is the lower end of a range: "saath se sattar", "one to five"."""
    following = word(tokens, place + 2)
    high = number_word(following) is not None and following not in group("ambiguous.beside_quantity")
    return _next_word(tokens, place) in group("neighbours.to.words") and high
