"""Numbers as a voice should say them: money in lakh and crore, telephone numbers digit by digit."""

import re

from channels.models import Language
from channels.render.dates import readable
from channels.render.words import CRORE, DIGITS, LAKH, PERCENT, RUPEES, THOUSAND, TO

_NUMBER = r"\d{1,3}(?:,\d{2,3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SCALE = r"(?:crores?|cr|lakhs?|lacs?|thousand|haza+r|करोड़|लाख|हज़ार|हजार)\b|करोड़|लाख|हज़ार|हजार"
_RUPEES = r"(?:rupees?|rupaye|rupaiye|rs|रुपये|रुपए|रूपये|रुपया)(?!\w)\.?"
_MONEY = re.compile(
    rf"(?:₹|\brs\.?|\binr|(?<!\w)र[ुू]\.?)\s*(?P<low>{_NUMBER})(?:\s*[-–—]\s*(?:₹|rs\.?)?\s*(?P<high>{_NUMBER}))?"
    rf"(?:\s*(?P<scale>{_SCALE}))?(?:\s*/-)?(?:\s*{_RUPEES})?",
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"(?<![\d,.])(?:\+?91[-\s])?"
    r"(?:1800[-\s]?\d{3,4}[-\s]?\d{3,4}|0\d{2,4}[-\s]\d{6,8}|\+?[6-9]\d{4}[-\s]?\d{5}|\+\d{10,13})(?![\d,])"
)
_ISO_DATE = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
_INDIAN_DATE = re.compile(r"\b(\d{1,2})[/.](\d{1,2})[/.](\d{4})\b")
_YEARS = re.compile(r"\b((?:19|20)\d\d)[-–/](\d\d)\b")
_RANGE = re.compile(r"(\d)\s*[-–—]\s*(?=\d)")
_PERCENT = re.compile(r"(\d)\s*%")
_GROUPED = re.compile(r"(?<![\d,.])\d{1,3}(?:,\d{2,3})+(?![\d,])")
_LONG = re.compile(r"(?<![\d,.])\d{4,}(?![\d,]|\.\d)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_LONGEST_AMOUNT = 14  # digits: ten lakh crore
_DEVANAGARI_DIGITS = str.maketrans("०१२३४५६७८९", "0123456789")


def speak_figures(text: str, language: Language) -> str:
    """Every figure of the text, made to be heard."""
    text = text.translate(_DEVANAGARI_DIGITS)
    text = _ISO_DATE.sub(lambda match: readable(match[0], language), text)
    text = _INDIAN_DATE.sub(lambda match: readable(f"{match[3]}-{int(match[2]):02}-{int(match[1]):02}", language), text)
    text = _PHONE.sub(lambda match: digit_by_digit(match[0], language), text)
    text = _MONEY.sub(lambda match: _money(match, language), text)
    text = _YEARS.sub(r"\1 \2", text)
    text = _RANGE.sub(rf"\1 {TO[language]} ", text)
    text = _PERCENT.sub(rf"\1 {PERCENT[language]}", text)
    text = _GROUPED.sub(lambda match: in_lakhs(match[0], language), text)
    return _LONG.sub(lambda match: _long(match[0], language), text)


def digit_by_digit(number: str, language: Language) -> str:
    """`1800-1800-888` -> groups of spoken digits with a pause between them."""
    groups = re.findall(r"\d{3}(?=\d{2})|\d+", number)
    return ", ".join(" ".join(DIGITS[language][int(digit)] for digit in group) for group in groups)


def in_lakhs(number: str, language: Language) -> str:
    """`6,25,000` -> `6 lakh 25 thousand`. A fraction is kept as it is, and what is no amount at all."""
    whole, _, fraction = number.replace(",", "").partition(".")
    if len(whole) > _LONGEST_AMOUNT:
        return number
    if fraction.strip("0"):
        return f"{whole}.{fraction}"
    value, words = int(whole), []
    for size, name in ((10_000_000, CRORE), (100_000, LAKH), (1_000, THOUSAND)):
        count, value = divmod(value, size)
        if count:
            words.append(f"{count} {name[language]}")
    if value or not words:
        words.append(str(value))
    return " ".join(words)


def _money(match: re.Match[str], language: Language) -> str:
    words = [in_lakhs(match["low"], language)]
    if match["high"]:
        words += [TO[language], in_lakhs(match["high"], language)]
    if match["scale"]:
        words.append(_scale(match["scale"], language))
    return " ".join([*words, RUPEES[language]])


def _scale(word: str, language: Language) -> str:
    first = word[0].lower()
    if first in "cक":
        return CRORE[language]
    return LAKH[language] if first in "lल" else THOUSAND[language]


def _long(number: str, language: Language) -> str:
    """A year stays, a round number is an amount, anything else is a number one dials or copies."""
    if _YEAR.fullmatch(number):
        return number
    if number.endswith("00") and not number.startswith("0") and len(number) < 10:
        return in_lakhs(number, language)
    return digit_by_digit(number, language)
