"""The other way: a number in words for speech, rupees in digits for reading."""

from collections.abc import Iterator
from functools import cache

from knowledge.amounts.words import lists

LARGEST = 99_99_99_999
_ENGLISH = "en"
_TENS = 10


def in_words(number: int, language: str) -> str:
    """A whole number from 0 to 99,99,99,999 in words of `hi`, `hi-Latn` or `en`: "ढाई" and its like are not used.

    Raises ValueError for any other number or language.
    """
    _check(number, language)
    if number == 0:
        return _below_hundred(language)[0]
    return " ".join(_parts(number, language))


def rupees(number: float, language: str) -> str:
    """An amount of rupees in digits, grouped as in India: ₹2,50,000; with two decimals where it is not whole.

    All three languages write it the same. Raises ValueError for a number or language that `in_words` would not take.
    """
    _check(int(number), language)
    whole, paise = divmod(round(number * 100), 100)
    return f"₹{grouped(whole)}" + (f".{paise:02}" if paise else "")


def grouped(number: int) -> str:
    """Digits in groups as in India: 12,34,567."""
    digits = str(number)
    head, tail = digits[:-3], digits[-3:]
    pairs = [head[max(i - 2, 0) : i] for i in range(len(head), 0, -2)]
    return ",".join([*reversed(pairs), tail])


def _check(number: int, language: str) -> None:
    if language not in lists("scales")["written"]:
        raise ValueError(f"no such language: {language}")
    if not 0 <= number <= LARGEST:
        raise ValueError(f"out of range: {number}")


def _parts(number: int, language: str) -> Iterator[str]:
    """ "do lakh", "pachaas hazaar", ... from the largest scale down."""
    below, rest = _below_hundred(language), number
    for scale, name in sorted(lists("scales")["written"][language].items(), reverse=True):
        count, rest = divmod(rest, scale)
        if count:
            yield f"{below[count]} {name}"
    if rest:
        yield f"and {below[rest]}" if language == _ENGLISH and number > rest else below[rest]


@cache
def _below_hundred(language: str) -> list[str]:
    """The words for 0 to 99."""
    numbers = lists("numbers")
    if language != _ENGLISH:
        return [numbers["hindi"][i][language].split()[0] for i in range(100)]
    words = {i: spelt.split()[0] for i, spelt in numbers["english"].items()}
    return [words.get(i) or f"{words[i - i % _TENS]}-{words[i % _TENS]}" for i in range(100)]
