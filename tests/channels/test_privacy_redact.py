"""Personal numbers do not survive `redact`; what is no secret does."""

import re
import unicodedata

import personal_numbers as made
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from channels.privacy import redact
from channels.privacy.checks import is_card, luhn, verhoeff
from channels.privacy.tokens import plain

FRAMES = st.sampled_from(
    ["{}", "mera number {} hai", "मेरा नंबर {} है", "please note {} thank you", "loan ke liye {}, jaldi batao.", "जी, {}।"]
)
many = settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def left(text: str) -> str:
    """The digits that are still there, of every script."""
    return "".join(str(unicodedata.digit(c)) for c in text if unicodedata.digit(c, None) is not None)


def number_words(text: str) -> list[str]:
    words = {
        w
        for table in (made.SAID, made.TEENS, made.FORTIES)
        for names in table.values()
        for n in names
        for w in n.split()
    }
    return [word for word in re.findall(r"[\w\u0900-\u097f]+", text) if word in words]


# ---- what goes


@many
@given(st.data(), made.mobiles | made.aadhaars | made.cards, made.prefixes, FRAMES)
def test_no_checked_number_survives_however_it_is_typed(
    data: st.DataObject, number: str, prefix: str, frame: str
) -> None:
    prefix = prefix if number[0] in "6789" and len(number) == 10 else ""
    assume(not looks_like_years_or_amounts(written := data.draw(made.typed(number))))
    assert left(redact(frame.format(prefix + written))) == ""


def looks_like_years_or_amounts(text: str) -> bool:
    """Several groups that are all years or all round sums cannot be told from a number."""
    groups = re.findall(r"\d+", plain(text))
    return len(groups) > 1 and (
        all(len(g) == 4 and g[:2] in ("19", "20") for g in groups) or all(g.endswith("00") for g in groups)
    )


@many
@given(st.data(), made.mobiles | made.aadhaars | made.cards | made.accounts, st.sampled_from(made.LANGUAGES), FRAMES)
def test_no_number_survives_however_it_is_spoken(data: st.DataObject, number: str, language: str, frame: str) -> None:
    said = data.draw(made.spoken(number, language))
    assert number_words(redact(frame.format(said))) == []


@many
@given(
    made.accounts, st.sampled_from(["khata number {}", "खाता संख्या {}", "account no. {}", "{} mera account hai", "{}"])
)
def test_no_long_row_of_digits_survives(number: str, frame: str) -> None:
    assert left(redact(frame.format(number))) == ""


@many
@given(
    st.data(), made.accounts, st.sampled_from(["khata number {}", "मेरा खाता {} है", "A/C {}", "bank account {} mein"])
)
def test_no_account_number_survives_beside_a_word_for_it(data: st.DataObject, number: str, frame: str) -> None:
    assert left(redact(frame.format(data.draw(made.typed(number))))) == ""


PAN_FORMS = ["{0}{1}{2}", "{0} {1} {2}", "{0}-{1}-{2}"]


@many
@given(made.pans, st.sampled_from(PAN_FORMS), FRAMES)
def test_no_pan_survives_as_it_is_typed(pan: str, form: str, frame: str) -> None:
    assert left(redact(frame.format(form.format(pan[:5], pan[5:9], pan[9])))) == ""


@many
@given(st.data(), made.pans, st.sampled_from(made.LANGUAGES), FRAMES)
def test_no_pan_survives_spelt_out(data: st.DataObject, pan: str, language: str, frame: str) -> None:
    letters = made.LETTERS if language == "hi" else {letter: letter.lower() for letter in made.LETTERS}
    said = data.draw(made.spoken(pan[5:9], language))
    text = " ".join([*(letters[c] for c in pan[:5]), said, letters[pan[9]]])
    assert "[pan]" in redact(frame.format(text))
    assert number_words(redact(frame.format(text))) == []


def test_an_account_number_goes_though_two_of_its_words_could_be_one_number() -> None:
    assert number_words(redact("zero zero two forty two zero zero one")) == []


def test_a_code_of_four_digits_goes_though_two_of_its_words_could_be_one_number() -> None:
    assert number_words(redact("otp zero forty one")) == []


@many
@given(st.data(), made.digits(4, 8), st.sampled_from(["otp {}", "{} mera code hai", "ओटीपी है {}", "o t p aaya hai {}"]))
def test_no_one_time_code_survives(data: st.DataObject, code: str, frame: str) -> None:
    assume(code not in ("1076", "1930") and not re.fullmatch(r"14\d{3}|155343", code))
    form = data.draw(st.sampled_from(["typed", *made.LANGUAGES]))
    said = code if form == "typed" else data.draw(made.spoken(code, form))
    after = redact(frame.format(said))
    assert (left(after), number_words(after)) == ("", [])


@pytest.mark.parametrize(
    "text",
    [
        "ramesh@ybl", "ramesh.kumar-2@okhdfcbank", "9876543210@paytm", "ramesh at the rate ybl", "ramesh at ok sbi",
        "रमेश ऐट द रेट पेटीएम", "sunita dot devi at ybl", "ramesh @ ybl", "nau aath saat at paytm",
    ],
)  # fmt: skip
def test_no_upi_id_survives(text: str) -> None:
    assert redact(f"{text} par bhejiye") == "[upi] par bhejiye"
    assert redact(f"paise, {text} par bhejiye") == "paise, [upi] par bhejiye"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("mera mobile 98765 43210 hai", "mera mobile [mobile] hai"),
        ("nau aath, uh, saat chhe paanch aur chaar teen do ek shunya", "[mobile]"),
        ("do 9876543210 ko batao", "do [mobile] ko batao"),
        ("9876543210 bata do", "[mobile] bata do"),
        ("ninety eight seventy six fifty four thirty two ten", "[mobile]"),
        ("aadhaar 2345 6789 0123", "aadhaar [aadhaar]"),
        ("card 4111 1111 1111 1112", "card [card]"),
        ("पैन abcpe 1234 f", "पैन [pan]"),
        ("khata 123456789 IFSC SBIN0001234", "khata [account] IFSC SBIN0001234"),
        ("mail asha@gmail.com", "mail [email]"),
    ],
)
def test_the_word_says_what_it_was(text: str, kept: str) -> None:
    assert redact(text) == kept


# ---- what stays


@pytest.mark.parametrize(
    "text",
    [
        "ODOP/MM/26/001234 ka kya hua", "odop mm 26 001234", "ODOP-TK-25-123456 और ODOP/CF/26/654321",
        "1800-1800-888, 14448 ya 1076 par call karein", "हेल्पलाइन १८००-१८००-८८८", "call 18001800888",
        "ek aath shunya shunya ek aath shunya shunya aath aath aath par phone kiya",
        "atharah sau atharah sau aath sau athasi", "₹6,25,000 tak", "Rs 2500000 ka project", "60,000 75,000",
        "25 lakh 50 hazaar rupaye", "1,00,00,00,000 rupaye", "pachees lakh ka loan", "2024-25, 2025-26 aur 2026-27",
        "2019 2020 2021 2022", "25/12/2024 se 31/12/2024", "2026-11-22 10:30", "umar 35 saal, biwi 32 ki",
        "pin code 226001", "पिन कोड २२६००१", "pin 226001, 271001", "बाँदा का शजर पत्थर, 45 कारीगर",
        "OTP 10 minute mein aata hai", "otp aaya aur 5000 rupaye kat gaye", "IFSC code SBIN0001234",
        "subah march 2024 k baad", "hamare do bachche teen beti", "one two three", "unnees sau pachasi mein",
        "odop@up.gov.in par likhiye", "call me at 5", "10 aur 25 aur 50 lakh", "one district one product",
        "[mobile] par",
    ],
)  # fmt: skip
def test_what_is_no_secret_is_kept(text: str) -> None:
    assert redact(text) == text


WORDS = st.sampled_from(
    [
        "loan",
        "ke",
        "liye",
        "hai",
        "मेरा",
        "काम",
        "बाँदा",
        "में",
        "the",
        "scheme",
        "and",
        "chikankari",
        "kaise",
        "milega",
        "जिला",
        "district",
    ]
)
NUMBERS = st.one_of(
    st.integers(1, 99_999_999).map(str),
    st.integers(1950, 2040).map(str),
    st.integers(1, 9_999_999).map(lambda n: f"₹{n:,}"),
    st.integers(18, 95).map(str),
    st.integers(200_000, 289_999).map(str),
    st.dates().map(lambda day: f"{day:%d/%m/%Y}"),
    st.dates().map(str),
    st.integers(0, 999_999).map(lambda n: f"ODOP/MM/26/{n:06}"),
    st.sampled_from(["1800-1800-888", "14448", "1076", "6.25%", "10:30"]),
)


@many
@given(st.lists(st.tuples(NUMBERS, WORDS.filter(str.isascii)), max_size=8))
def test_numbers_that_are_nobodys_are_kept_among_words(pairs: list[tuple[str, str]]) -> None:
    text = " loan ".join(f"{number} {word}" for number, word in pairs)
    assert redact(text) == text


@many
@given(st.text(max_size=200))
def test_any_text_can_be_redacted_and_once_is_enough(text: str) -> None:
    once = redact(text)
    assert redact(once) == once


# ---- check digits


@given(made.aadhaars)
def test_verhoeff_finds_every_wrong_digit_and_every_two_that_changed_places(number: str) -> None:
    assert verhoeff(number)
    for place in range(12):
        for other in set("0123456789") - {number[place]}:
            assert not verhoeff(number[:place] + other + number[place + 1 :])
    for place in range(11):
        if number[place] != number[place + 1]:
            assert not verhoeff(number[:place] + number[place + 1] + number[place] + number[place + 2 :])


def test_verhoeff_agrees_with_a_published_example() -> None:
    assert verhoeff("2363") and not verhoeff("2364")


@given(made.cards)
def test_luhn_finds_a_wrong_digit(number: str) -> None:
    assert is_card(number)
    assert not luhn(number[:-1] + str((int(number[-1]) + 1) % 10))
