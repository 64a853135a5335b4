"""Whether a number is somebody's age: "umar 35", "35 saal ka hu", "I am 35", "35 years old"."""

from knowledge.amounts.number import Number, is_numeric
from knowledge.amounts.tokens import Tokens, at, same_clause, word
from knowledge.amounts.words import group, lists, time_unit

_LABEL_BEFORE, _LABEL_AFTER = 3, 2
_THINGS_REACH = 6
_BETWEEN = 3  # words in "35 saal ki gareeb mahila hu"


def is_age(tokens: Tokens, number: Number, after: int) -> bool:
    """`after` is the first place behind the number and its unit, if it has one."""
    limits = lists("neighbours")["age"]
    least = 1 if after > number.after else limits["least"]
    if number.scale > 1 or not least <= number.high <= limits["most"]:
        return False
    if word(tokens, after) in group("neighbours.age.old") and after > number.after:
        return True
    return _is_labelled(tokens, number, after) or _is_of(tokens, number, after) or _i_am(tokens, number, after)


def _is_labelled(tokens: Tokens, number: Number, after: int) -> bool:
    """ "umar" up to three words before, or behind it and not before the next number."""
    for place in range(number.first - 1, number.first - 1 - _LABEL_BEFORE, -1):
        if place < 0 or is_numeric(tokens, place) or not same_clause(tokens, place, number.first):
            break
        if time_unit(word(tokens, place)) or _is_label(tokens, place):
            return _is_label(tokens, place)
    return any(_labels_behind(tokens, after, place) for place in range(after, after + _LABEL_AFTER))


def _is_label(tokens: Tokens, place: int) -> bool:
    return word(tokens, place) in group("neighbours.age.label")


def _labels_behind(tokens: Tokens, after: int, place: int) -> bool:
    following = at(tokens, place + 1)
    free = following is None or not following.is_number
    return _is_label(tokens, place) and free and same_clause(tokens, after - 1, place)


def _is_of(tokens: Tokens, number: Number, after: int) -> bool:
    """ "35 saal ka hu", "35 ka hu", "35 saal ki mahila hu", "beti 18 saal ki hai"; not "5 saal ka anubhav hai"."""
    of, am = group("neighbours.age.of"), group("neighbours.age.am")
    if word(tokens, after) not in of or _about_things(tokens, number.first - _THINGS_REACH, number.first):
        return False
    if word(tokens, after + 1) in am | group("neighbours.age.is"):
        return after > number.after or word(tokens, after + 1) in am
    place = next((i for i in range(after + 2, after + 2 + _BETWEEN) if word(tokens, i) in am), None)
    if place is None or after == number.after:
        return False
    return same_clause(tokens, after, place) and not _about_things(tokens, after, place)


def _about_things(tokens: Tokens, first: int, after: int) -> bool:
    return any(word(tokens, i) in group("neighbours.age.things") for i in range(first, after))


def _i_am(tokens: Tokens, number: Number, after: int) -> bool:
    """ "I am 35", "I'm 35 years", "main 35 saal hu"; not "I am 5 km away"."""
    two = word(tokens, number.first - 2), word(tokens, number.first - 1)
    said = (two[0] == "i" and two[1] == "m") or two[1] in ("am", "im")
    following = at(tokens, after)
    ends = following is None or following.gap.strip() != "" or following.word in group("neighbours.age.goes_on")
    if said and (after > number.after or ends):
        return True
    here = word(tokens, number.first - 1) in group("neighbours.age.i")
    return here and after > number.after and word(tokens, after) in group("neighbours.age.am")
