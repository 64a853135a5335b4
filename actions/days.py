"""A day as a reader wants it: 11 May 2025."""

from datetime import date

_MONTHS = {
    "hi": "जनवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर",
    "en": "January February March April May June July August September October November December",
}


def day(of: date, language: str) -> str:
    """Hinglish readers get the English month."""
    months = _MONTHS.get(language, _MONTHS["en"]).split()
    return f"{of.day} {months[of.month - 1]} {of.year}"
