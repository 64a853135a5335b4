"""Numbers written in words and read again: the whole range, both ways, in all languages and scripts."""

from datetime import date

import pytest
from any_text import any_text
from hypothesis import example, given, settings
from hypothesis import strategies as st

from knowledge.amounts.amount import MONEY, Amount
from knowledge.amounts.find import find
from knowledge.amounts.words import group, lists
from knowledge.amounts.written import LARGEST, grouped, in_words, rupees

TODAY = date(2026, 3, 10)
LANGUAGES = ("hi", "hi-Latn", "en")
DEVANAGARI = str.maketrans("0123456789", "०१२३४५६७८९")
AROUND = (
    "{}", "mujhe {} chahiye", "मुझे {} चाहिए", "I need {} for my loom", "{} ka loan kaise milega?", "haan, {}.",
    "bataiye {} me kya milta hai", "मशीन {} की है।",
)  # fmt: skip

languages = st.sampled_from(LANGUAGES)
whole = st.integers(0, LARGEST)
# As often small as large, and often round.
numbers = st.one_of(
    st.integers(0, 999),
    whole,
    st.builds(lambda n, scale: min(n * scale, LARGEST), st.integers(0, 99), st.sampled_from([100, 1000, 10**5, 10**7])),
)

nonsense = st.lists(st.text(st.sampled_from("bfgjpqvwxz"), min_size=4, max_size=8), max_size=5).map(" ".join)


def only(text: str) -> Amount:
    found = find(text, TODAY)
    assert len(found) == 1, (text, found)
    return found[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_up_to_two_thousand_is_read_as_it_is_written(language: str) -> None:
    wrong = [n for n in range(2001) if only(in_words(n, language)).value != n]
    assert wrong == []


@settings(max_examples=1000)
@given(numbers, languages)
@example(LARGEST, "hi")
def test_a_number_in_words_is_read_as_that_number(number: int, language: str) -> None:
    text = in_words(number, language)
    found = only(text)
    assert (found.low, found.high, text[found.start : found.end]) == (number, number, text)


@given(numbers, languages, st.sampled_from(AROUND))
def test_rupees_in_words_are_found_in_any_sentence(number: int, language: str, around: str) -> None:
    said = f"{in_words(number, language)} {'रुपये' if language == 'hi' else 'rupaye'}"
    text = around.format(said)
    found = only(text)
    assert (found.kind, found.value, text[found.start : found.end]) == (MONEY, number, said)


@given(numbers, languages, nonsense, nonsense)
def test_unknown_words_around_change_nothing(number: int, language: str, before: str, after: str) -> None:
    said = f"{in_words(number, language)} rupaye"
    text = f"{before} {said} {after}"
    found = only(text)
    assert (found.value, text[found.start : found.end]) == (number, said)


@given(numbers, languages, any_text, any_text)
def test_any_other_lines_around_hide_nothing(number: int, language: str, before: str, after: str) -> None:
    found = find(f"{before}\n{in_words(number, language)} rupaye\n{after}", TODAY)
    assert number in [amount.value for amount in found if amount.kind == MONEY]


@given(numbers, st.booleans(), st.sampled_from([grouped, "{:,}".format, str]), st.sampled_from(AROUND))
def test_digits_in_any_grouping_and_script_are_read(number: int, hindi: bool, write: object, around: str) -> None:
    assert callable(write)
    digits = write(number).translate(DEVANAGARI) if hindi else write(number)
    text = around.format(f"₹{digits}")
    found = only(text)
    assert (found.kind, found.value, text[found.start : found.end]) == (MONEY, number, f"₹{digits}")


@given(numbers.filter(lambda n: str(n) not in group("neighbours.helpline")))
def test_bare_digits_are_read(number: int) -> None:
    for text in (str(number), grouped(number), f"{number:,}"):
        assert only(text).value == number


@given(st.floats(0, LARGEST, allow_nan=False), languages)
def test_rupees_are_read_as_they_are_written(number: float, language: str) -> None:
    assert only(rupees(number, language)).value == pytest.approx(number, abs=0.0051)


@given(st.integers(1, 99), st.integers(1, 99), languages, st.booleans())
def test_lakhs_and_thousands_are_added(lakhs: int, thousands: int, language: str, in_digits: bool) -> None:
    scales = lists("scales")["written"][language]
    one, other = (str(n) if in_digits else in_words(n, language) for n in (lakhs, thousands))
    text = f"{one} {scales[100_000]} {other} {scales[1000]}"
    assert only(text).value == lakhs * 100_000 + thousands * 1000


@given(st.integers(3, 99), st.sampled_from([100, 1000, 10**5, 10**7]), st.sampled_from(["hi", "hi-Latn"]))
def test_parts_of_a_scale_are_read(count: int, scale: int, language: str) -> None:
    name, before = lists("scales")["written"][language][scale], lists("scales")["before"]
    for part, added in (("+1/2", 0.5), ("+1/4", 0.25), ("-1/4", -0.25)):
        for word in before[part].split():
            assert only(f"{word} {in_words(count, language)} {name}").value == (count + added) * scale


@given(st.integers(1, 98), st.integers(1, 98), st.sampled_from(["hazar", "lakh", "हज़ार", "crore"]), languages)
def test_ranges_have_both_ends(low: int, more: int, scale: str, language: str) -> None:
    high = min(low + more, 99)
    value = {"hazar": 1000, "हज़ार": 1000, "lakh": 10**5, "crore": 10**7}[scale]
    ends = (low * value, high * value)
    spoken = f"{in_words(low, language)} se {in_words(high, language)} {scale}"
    for text in (spoken, f"{low}-{high} {scale}", f"{low} to {high} {scale}", f"{low} {scale} se {high} {scale}"):
        found = only(text)
        assert (found.low, found.high) == ends, text


@pytest.mark.parametrize("script", ["hi", "hi-Latn"])
def test_every_listed_spelling_is_read(script: str) -> None:
    numbers = lists("numbers")["hindi"]
    said = [(word, value) for value, spelt in numbers.items() for word in spelt[script].split()]
    assert len(said) > 200
    assert [(w, n) for w, n in said if only(f"{w} hazar").value not in (n * 1000, 1000 if n == 0 else None)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_numbers_below_a_hundred_are_written_the_same(language: str) -> None:
    assert len({in_words(n, language) for n in range(100)}) == 100


@pytest.mark.parametrize(
    ("number", "language", "words"),
    [
        (250_000, "hi", "दो लाख पचास हज़ार"),
        (120_320, "hi-Latn", "ek lakh bees hazaar teen sau bees"),
        (105, "en", "one hundred and five"),
        (LARGEST, "en", "ninety-nine crore ninety-nine lakh ninety-nine thousand nine hundred and ninety-nine"),
        (0, "hi", "शून्य"),
    ],
)
def test_numbers_are_written_as_people_say_them(number: int, language: str, words: str) -> None:
    assert in_words(number, language) == words


@pytest.mark.parametrize(
    ("number", "text"),
    [(0, "₹0"), (999, "₹999"), (1000, "₹1,000"), (250_000, "₹2,50,000"), (LARGEST, "₹99,99,99,999"), (2.5, "₹2.50")],
)
def test_rupees_are_grouped_as_in_india(number: float, text: str) -> None:
    assert {rupees(number, language) for language in LANGUAGES} == {text}


@pytest.mark.parametrize(("number", "language"), [(-1, "hi"), (LARGEST + 1, "hi"), (5, "fr")])
def test_what_cannot_be_written_is_refused(number: int, language: str) -> None:
    with pytest.raises(ValueError):
        in_words(number, language)
    with pytest.raises(ValueError):
        rupees(number, language)
