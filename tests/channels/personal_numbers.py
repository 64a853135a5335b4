"""Made-up personal numbers, and the ways people write and say them. Its words are its own, not those of the code."""

from hypothesis import strategies as st

DEVANAGARI = "०१२३४५६७८९"
SAID = {
    "hi": ["शून्य", "एक", "दो", "तीन", "चार", "पाँच", "छह", "सात", "आठ", "नौ"],
    "hi-Latn": ["shunya", "ek", "do", "teen", "chaar", "paanch", "chhe", "saat", "aath", "nau"],
    "en": ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"],
}
REPEATS = {"hi": ("डबल", "ट्रिपल"), "hi-Latn": ("double", "triple"), "en": ("double", "triple")}
TEENS = {
    "hi": ["दस", "ग्यारह", "बारह", "तेरह", "चौदह", "पंद्रह", "सोलह", "सत्रह", "अठारह", "उन्नीस"],
    "hi-Latn": ["das", "gyarah", "barah", "terah", "chaudah", "pandrah", "solah", "satrah", "atharah", "unnis"],
    "en": [
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ],
}
FORTIES = {
    "hi": ["चालीस", "इकतालीस", "बयालीस", "तैंतालीस", "चवालीस", "पैंतालीस", "छियालीस", "सैंतालीस", "अड़तालीस", "उनचास"],
    "hi-Latn": [
        "chalis",
        "iktalis",
        "bayalis",
        "taintalis",
        "chavalis",
        "paintalis",
        "chhiyalis",
        "saintalis",
        "adtalis",
        "unchas",
    ],
    "en": [
        "forty",
        "forty one",
        "forty two",
        "forty three",
        "forty four",
        "forty five",
        "forty six",
        "forty seven",
        "forty eight",
        "forty nine",
    ],
}
LETTERS = dict(
    zip(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        [
            "ए",
            "बी",
            "सी",
            "डी",
            "ई",
            "एफ",
            "जी",
            "एच",
            "आई",
            "जे",
            "के",
            "एल",
            "एम",
            "एन",
            "ओ",
            "पी",
            "क्यू",
            "आर",
            "एस",
            "टी",
            "यू",
            "वी",
            "डब्ल्यू",
            "एक्स",
            "वाई",
            "जेड",
        ],
        strict=True,
    )
)
LANGUAGES = tuple(SAID)
SEPARATORS = ("", " ", "-", ".", "  ", " - ", "\u200b", "/", "\n", "\u00a0", "‑")


def digits(least: int, most: int) -> st.SearchStrategy[str]:
    return st.text("0123456789", min_size=least, max_size=most)


mobiles = st.builds(str.__add__, st.sampled_from("6789"), digits(9, 9))
prefixes = st.sampled_from(["", "+91 ", "+91", "91", "0", "0091 ", "+91-"])


def _checked(numbers: st.SearchStrategy[str], check: str) -> st.SearchStrategy[str]:
    complete = {"verhoeff": _verhoeff_digit, "luhn": _luhn_digit}[check]
    return numbers.map(lambda number: number + complete(number))


def _luhn_digit(number: str) -> str:
    doubled = (sum(divmod(int(d) * 2, 10)) if i % 2 == 0 else int(d) for i, d in enumerate(reversed(number)))
    return str(-sum(doubled) % 10)


def _verhoeff_digit(number: str) -> str:
    """By the dihedral group itself, not by tables."""
    check = 0
    for place, digit in enumerate(reversed("".join(number)), 1):
        check = _turned(check, _moved(int(digit), place))
    return str(next(d for d in range(10) if _turned(check, d) == 0))


def _turned(a: int, b: int) -> int:
    if a < 5:
        return (a + b) % 5 if b < 5 else 5 + (a + b - 5) % 5
    return 5 + (a - 5 - b) % 5 if b < 5 else (a - b) % 5


def _moved(digit: int, times: int) -> int:
    for _ in range(times):
        digit = (1, 5, 7, 6, 2, 8, 3, 0, 9, 4)[digit]
    return digit


aadhaars = _checked(st.builds(str.__add__, st.sampled_from("23456789"), digits(10, 10)), "verhoeff")
cards = _checked(st.builds(str.__add__, st.sampled_from("3456"), digits(13, 17)), "luhn")
accounts = digits(9, 18)
pans = st.from_regex(r"[A-Z]{3}P[A-Z][0-9]{4}[A-Z]", fullmatch=True)


@st.composite
def typed(draw: st.DrawFn, number: str) -> str:
    """In groups of any size, in either script."""
    between, groups, at = draw(st.sampled_from(SEPARATORS)), [], 0
    while at < len(number):
        size = draw(st.integers(1, 6))
        groups.append(number[at : at + size])
        at += size
    text = between.join(groups)
    return text.translate(str.maketrans("0123456789", DEVANAGARI)) if draw(st.booleans()) else text


@st.composite
def spoken(draw: st.DrawFn, number: str, language: str) -> str:
    """Digit by digit, with double and triple, and some pairs as one word."""
    words, at = [], 0
    while at < len(number):
        size, word = draw(st.sampled_from(_ways(number, at, language)))
        words.append(word)
        at += size
    return draw(st.sampled_from([" ", ", ", "  "])).join(words)


def _ways(number: str, at: int, language: str) -> list[tuple[int, str]]:
    digit = int(number[at])
    ways = [(1, SAID[language][digit])]
    for times, word in zip((2, 3), REPEATS[language], strict=True):
        if number[at : at + times] == number[at] * times:
            ways.append((times, f"{word} {SAID[language][digit]}"))
    for tens, names in (("1", TEENS), ("4", FORTIES)):
        if number[at] == tens and at + 1 < len(number):
            ways.append((2, names[language][int(number[at + 1])]))
    return ways
