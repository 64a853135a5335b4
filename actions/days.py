"""Days as people write and say them."""

from datetime import date

_HINDI = "जनवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर"
_ENGLISH = "January February March April May June July August September October November December"
_MONTHS = {"hi": _HINDI.split(), "hi-Latn": _ENGLISH.split(), "en": _ENGLISH.split()}


def written(day: date, language: str) -> str:
    """11 May 2025."""
    return f"{spoken(day, language)} {day.year}"


def brief(day: date, language: str) -> str:
    """For a button: 11 Sep 2025; Hindi months are short as they are."""
    month = _MONTHS[language][day.month - 1]
    return f"{day.day} {month if language == 'hi' else month[:3]} {day.year}"


def spoken(day: date, language: str) -> str:
    """Without the year, which is a run of digits to a voice: 11 May."""
    return f"{day.day} {_MONTHS[language][day.month - 1]}"
