"""Whether a person is in distress: thinks of death, is beaten at home, goes hungry, is crushed by debt.

A certain rule and no statistics: distress.yml holds what people say, and the figures of speech that must not
count. Words are compared by sound, so that spelling and script do not matter.
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from knowledge.text.mention import read_words
from knowledge.text.normalise import fold
from knowledge.text.skeleton import skeleton
from knowledge.text.spelling import Speller

_BETWEEN = r"(?: \S+){0,3}(?= )"
_NOTHING = " # "  # stands where a figure of speech was: no phrase goes on across it
_APOSTROPHE = re.compile("['’]")


def is_distress(text: str) -> bool:
    """Whether the message says so, whatever else it says."""
    literal = _pattern("figures").sub(_NOTHING, _by_sound(text))
    return _pattern("signs").search(literal) is not None


def speaks_of_refused_loan(text: str) -> bool:
    """Whether the message also says that a loan was not given."""
    return _pattern("refused_loan").search(_by_sound(text)) is not None


@cache
def _data() -> dict[str, Any]:
    return {**read_words("distress_words.yml"), **read_words("distress.yml")}


@cache
def _list(name: str) -> frozenset[str]:
    """The words to leave out, or those compared letter by letter."""
    return frozenset(fold(_data()[name]).split())


@cache
def _speller() -> Speller:
    return Speller(skeleton(_data()["unmistakable"]).split())


def _keys(text: str) -> list[str]:
    """What is compared: the sound of each word, or "=" and its letters where the sound would mislead."""
    words = (word for word in fold(_APOSTROPHE.sub("", text)).split() if word not in _list("fillers"))
    return [f"={word}" if word in _list("exact") else skeleton(word) for word in words]


def _by_sound(text: str) -> str:
    """The message as it is searched, each word between spaces."""
    return f" {' '.join(_speller().word(key) for key in _keys(text) if key)} "


@cache
def _pattern(part: str) -> re.Pattern[str]:
    """All phrases of a part of distress.yml."""
    phrases = (phrase.split() for line in _lines(_data()[part]) for phrase in line.split(","))
    return re.compile("|".join("".join(map(_place, phrase)) + "(?= )" for phrase in phrases))


def _lines(part: list[str] | dict[str, list[str]]) -> Iterable[str]:
    return part if isinstance(part, list) else (line for lines in part.values() for line in lines)


def _place(element: str) -> str:
    """One place of a phrase: words to choose from, none of them, or up to three words of any kind."""
    if element == "..":
        return _BETWEEN
    choices = {choice for word in element.strip("+!?").split("|") for choice in _choices(word)}
    words = "|".join(sorted(choices))
    if element.startswith("!"):
        return f"(?! (?:{words}) )"
    space = " ?" if element.startswith("+") else " "
    return f"(?:{space}(?:{words}))" + ("?" if element.endswith("?") else "")


@cache
def _choices(word: str) -> frozenset[str]:
    """The sound of a word, or of every word of a list named in angle brackets."""
    words = _data()["words"][word[1:-1]].split() if word.startswith("<") else [word]
    return frozenset(" ?".join(_keys(one.replace("_", " "))) for one in words) - {""}
