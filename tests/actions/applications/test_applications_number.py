"""Application numbers and codes, however they are typed, heard or spelt."""

from pathlib import Path

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from actions.applications import number, number_words
from actions.applications.number import Reading, is_well_written, key, read, read_back, read_code
from knowledge.errors import EntryError

SAID = yaml.safe_load(Path(__file__).with_name("spoken_numbers.yml").read_text(encoding="utf-8"))
CASES = [(text, str(wanted)) for wanted, texts in SAID.items() for text in texts]
DEVANAGARI = str.maketrans("0123456789", "०१२३४५६७८९")
SPOKEN = (
    ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    ("shunya", "ek", "do", "teen", "chaar", "paanch", "chhah", "saat", "aath", "nau"),
    ("शून्य", "एक", "दो", "तीन", "चार", "पाँच", "छह", "सात", "आठ", "नौ"),
)

demo_numbers = st.builds(
    lambda scheme, year, count: f"ODOP/{scheme}/{year:02}/{count:06}",
    st.sampled_from(["MM", "TK", "MD", "CF"]),
    st.integers(18, 40),
    st.integers(0, 999_999),
)


@pytest.mark.parametrize(("text", "wanted"), CASES)
def test_a_number_is_read_from_what_people_type_and_say(text: str, wanted: str) -> None:
    assert read(text) == Reading("number", wanted)


@given(demo_numbers, st.data())
def test_signs_spaces_case_and_devanagari_digits_make_no_difference(written: str, data: st.DataObject) -> None:
    signs = st.sampled_from(["/", "-", " ", " / ", "", "."])
    joined = "".join(part + data.draw(signs) for part in written.split("/")).strip(" /-.")
    joined = data.draw(st.sampled_from([joined, joined.lower(), joined.title(), joined.translate(DEVANAGARI)]))
    assert key(read(f"mera number {joined} hai").text) == key(written)


@given(demo_numbers, st.data())
def test_the_letter_o_may_stand_for_any_zero_and_zero_for_any_o(written: str, data: st.DataObject) -> None:
    swapped = "".join(data.draw(st.sampled_from("0Oo")) if c in "0O" else c for c in written)
    assert key(swapped) == key(written)


@given(demo_numbers)
def test_a_zero_typed_as_o_in_a_message_is_read(written: str) -> None:
    assert key(read(written.replace("0", "O")).text) == key(written)


@given(demo_numbers, st.sampled_from(SPOKEN))
def test_digits_may_be_spoken_in_three_languages(written: str, words: tuple[str, ...]) -> None:
    said = " ".join(words[int(c)] if c.isdigit() else c for c in written.replace("/", ""))
    assert key(read(said).text) == key(written)


@given(st.lists(st.tuples(st.integers(1, 3), st.integers(0, 9)), min_size=6, max_size=8), st.sampled_from(SPOKEN))
def test_double_and_triple_repeat_the_digit_after_them(digits: list[tuple[int, int]], words: tuple[str, ...]) -> None:
    repeat = {1: "", 2: "double ", 3: "triple "}
    said = " ".join(repeat[times] + words[digit] for times, digit in digits)
    meant = "".join(str(digit) * times for times, digit in digits)
    kinds = {"number"} if 8 <= len(meant) <= 20 else {"incomplete"}
    got = read(said)
    assert got.kind in kinds | {"mobile", "aadhaar"}
    assert got.text in ("", meant)


@given(demo_numbers)
def test_the_name_of_the_programme_may_be_left_out(written: str) -> None:
    assert key(written.removeprefix("ODOP/")) == key(written)


@given(demo_numbers)
def test_a_number_read_back_letter_by_letter_is_read_again(written: str) -> None:
    assert key(read(read_back(written)).text) == key(written)


@given(demo_numbers)
def test_every_number_of_the_demonstration_is_well_written(written: str) -> None:
    assert is_well_written(written)


@given(demo_numbers, demo_numbers)
def test_different_numbers_have_different_keys(one: str, other: str) -> None:
    assert (key(one) == key(other)) == (one == other)


@given(st.text())
@example("double")
@example("twenty")
@example("०")
@example("²½Ⅷ")
@example("12345678٣")
def test_any_text_is_read_without_failing_and_what_is_read_fits_the_pattern(text: str) -> None:
    got = read(text)
    assert (got.kind == "number") == bool(got.text)
    assert not got.text or (8 <= len(got.text) <= 20 and got.text.isascii() and got.text.isalnum())
    assert key(key(text)) == key(text) or len(key(text)) >= 8


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", "nothing"),
        ("mera status bata do", "nothing"),
        ("do teen baar pucha", "nothing"),
        ("mujhe 50000 ka loan chahiye", "incomplete"),
        ("1234", "incomplete"),
        ("123456789012345678901234", "incomplete"),
        ("mera mobile 98765 43210 hai", "mobile"),
        ("+91 98765-43210", "mobile"),
        ("९८७६५४३२१०", "mobile"),
        ("mera aadhaar 2345 6789 0124", "aadhaar"),
        ("UDYAM-UP-25-0012345", "udyam"),
    ],
)
def test_what_is_no_application_number_is_told_apart_and_not_repeated(text: str, kind: str) -> None:
    assert read(text) == Reading(kind)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        "mobile 9876543210 hai, aavedan ODOP/MM/26/001234 hai",
        "ODOP/MM/26/001234 9876543210",
        "9876543210, ODOP/MM/26/001234",
        "ODOP/MM/26/001234, 9876543210, Lucknow",
    ],
)
def test_a_mobile_beside_the_number_does_not_hide_it(text: str) -> None:
    assert read(text).text == "ODOPMM26001234"


def test_the_pattern_can_be_set() -> None:
    assert read("123456", r"[0-9]{6}") == Reading("number", "123456")
    assert read("123456").kind == "incomplete"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("482913", "482913"),
        ("48 29 13", "482913"),
        ("४८२९१३", "482913"),
        ("code hai four eight two nine one three", "482913"),
        ("चार आठ दो नौ एक तीन", "482913"),
        ("0O0O01", "000001"),
        ("482913 hai bhai", "482913"),
        ("48291", None),
        ("4829133", None),
        ("mera code 482913 ya 111111", None),
        ("pata nahi", None),
        ("", None),
    ],
)
def test_a_code_is_six_digits_and_only_one(text: str, code: str | None) -> None:
    assert read_code(text) == code


@given(st.integers(0, 999_999), st.sampled_from(SPOKEN))
def test_a_code_may_be_spoken(value: int, words: tuple[str, ...]) -> None:
    code = f"{value:06}"
    assert read_code(" ".join(words[int(c)] for c in code)) == code


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("doubtful:", "doubtfull:", "doubtfull"),
        ('"1": one,', '"1": zero,', "zero means"),
        ("repeats:", "tens:", "given twice"),
    ],
)
def test_mistakes_in_the_list_of_words_are_refused(tmp_path: Path, old: str, new: str, said: str) -> None:
    text = number_words.PATH.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "words.yml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(EntryError, match=said):
        number_words.load.__wrapped__(path)


def test_a_code_has_six_digits() -> None:
    assert number.CODE_DIGITS == 6
