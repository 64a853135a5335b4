"""One spelling for one text: `clean` for what is kept and shown, `fold` for what is compared."""

import re
import unicodedata

_DANDA = re.compile("[।॥]")
_SPACE = re.compile(r"\s+")
_ELONGATED = re.compile(r"([^\W\d]|[\u0900-\u0963])\1{2,}")
_GROUPED = re.compile(r"(?<=\d),(?=\d)")
_DOUBLED_SIGN = re.compile("([\u093a-\u094c\u0962\u0963])\\1+")  # never written twice on purpose
_NOT_WORD = re.compile(r"[^\w\u0900-\u0963\u0970-\u097f]+")
_DIGITS = {0x0966 + n: str(n) for n in range(10)}
# Zero-width joiners change how Hindi looks, never what it says; direction marks and tags can hide text.
_INVISIBLE_CATEGORIES = {"Cf", "Cc", "Co", "Cn", "Cs"}
_FOREIGN = re.compile("[^\x00-\x7f\u0900-\u097f]")
_NUKTA = "़"
_NASALS = str.maketrans({"ँ": "ं"})


def clean(text: str) -> str:
    """The same text in NFC with Latin digits, no invisible characters, no danda, single spaces."""
    text = _DANDA.sub(" ", unicodedata.normalize("NFC", text).translate(_DIGITS))
    text = _SPACE.sub(" ", text)
    if not text.isprintable():  # invisible ones are not; looking at each character costs most of the time
        text = "".join(c for c in text if unicodedata.category(c) not in _INVISIBLE_CATEGORIES)
    return unicodedata.normalize("NFC", _SPACE.sub(" ", text).strip())


def fold(text: str) -> str:
    """A form for comparing: lower case, no nukta, one nasal sign, no punctuation, no elongated letters."""
    text = unicodedata.normalize("NFD", clean(text).lower().translate(_NASALS)).replace(_NUKTA, "")
    text = _FOREIGN.sub(lambda m: "" if unicodedata.combining(m.group()) else m.group(), text)
    return _words_only(_ELONGATED.sub(r"\1", unicodedata.normalize("NFC", text)))


def plain(text: str) -> str:
    """Words only: lower case, no punctuation; stretched letters are left at two ("loooan" is "looan")."""
    return _words_only(clean(text).lower())


def _words_only(text: str) -> str:
    text = _GROUPED.sub("", _ELONGATED.sub(r"\1\1", text))
    text = _DOUBLED_SIGN.sub(r"\1", text)
    return _SPACE.sub(" ", _NOT_WORD.sub(" ", text)).strip()


def has_words(text: str) -> bool:
    """Whether there is a letter or a digit to understand."""
    return any(c.isalnum() for c in text)
