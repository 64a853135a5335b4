"""The phonetic skeleton: one key for a word however it is spelt, in Devanagari or in Latin letters.

सब्सिडी, subsidy and sabsidi meet in one skeleton, so that spelling variants and scripts can be compared.
"""

import re
import unicodedata
from functools import lru_cache

_CONSONANTS = dict(
    zip(
        "कखगघङचछजझञटठडढणतथदधनपफबभमयरलवशषसह",
        [
            "k",
            "kh",
            "g",
            "gh",
            "n",
            "ch",
            "chh",
            "j",
            "jh",
            "n",
            "t",
            "th",
            "d",
            "dh",
            "n",
            "t",
            "th",
            "d",
            "dh",
            "n",
            "p",
            "ph",
            "b",
            "bh",
            "m",
            "y",
            "r",
            "l",
            "v",
            "sh",
            "sh",
            "s",
            "h",
        ],
        strict=True,
    )
)
_NUKTA_CONSONANTS = {"ज": "z", "फ": "f", "ड": "r", "ढ": "rh", "क": "q", "ख": "kh", "ग": "g"}
_VOWELS = dict(zip("अआइईउऊऋएऐओऔऑऍ", ["a", "aa", "i", "i", "u", "u", "ri", "e", "ai", "o", "au", "o", "e"], strict=True))
_SIGNS = dict(zip("ािीुूृेैोौॉॅ", ["aa", "i", "i", "u", "u", "ri", "e", "ai", "o", "au", "o", "e"], strict=True))
_VIRAMA, _NUKTA, _INHERENT = "्", "़", "A"
_DEVANAGARI = re.compile(r"[\u0900-\u097f]+")
_SAME_SOUND = [
    ("ee", "i"), ("oo", "u"), ("aa", "a"), ("chh", "c"), ("ch", "c"), ("sh", "s"), ("ph", "f"), ("ck", "k"),
    ("x", "ks"), ("q", "k"), ("w", "v"), ("z", "j"), ("oa", "o"), ("ou", "au"), ("ey", "e"), ("ay", "e"),
    ("ai", "e"), ("au", "o"), ("ya", "ia"), ("y", "i"),
]  # fmt: skip
# Loanwords that English spells far from their sound; the Hindi spelling follows the sound.
_AS_SPOKEN = {
    "subsidy": "sabsidi", "scheme": "skim", "machine": "mashin", "office": "ofis", "officer": "ofisar",
    "certificate": "sartifiket", "document": "dakyument", "documents": "dakyument", "number": "nambar",
    "business": "bijnes", "website": "vebsait", "manager": "mainejar", "guarantee": "garanti", "cheque": "chek",
}  # fmt: skip
_ASPIRATE = re.compile(r"([kgtdbjrp])h")
_NASAL = re.compile(r"n(?=[bp])")  # written with one sign, spoken "m": नंबर, number
_DOUBLED = re.compile(r"(.)\1+")
_LAST_VOWEL = re.compile(r"(?<=.)[aeiou]$")
_REMEMBERED = 16_384  # words, never numbers: the same few come in every message, several times a turn


def _syllables(word: str) -> list[list[str]]:
    """Pairs of consonant and vowel; the vowel a consonant carries unwritten is `_INHERENT`."""
    found: list[list[str]] = []
    for char in unicodedata.normalize("NFD", word):
        if char in _CONSONANTS:
            found.append([_CONSONANTS[char], _INHERENT])
        elif char == _NUKTA and found:
            base = next((c for c, r in _CONSONANTS.items() if r == found[-1][0]), "")
            found[-1][0] = _NUKTA_CONSONANTS.get(base, found[-1][0])
        elif char == _VIRAMA and found:
            found[-1][1] = ""
        elif char in _SIGNS and found:
            found[-1][1] = _SIGNS[char]
        elif char in _VOWELS:
            found.append(["", _VOWELS[char]])
        elif char in "ंँ":
            found.append(["n", ""])
    return found


def _drop_silent_vowels(syllables: list[list[str]]) -> None:
    """Hindi does not speak the inherent vowel at the end of a word, nor between two spoken syllables."""
    if len(syllables) > 1 and syllables[-1][1] == _INHERENT:
        syllables[-1][1] = ""
    for i in range(len(syllables) - 2, 0, -1):
        here, after = syllables[i], syllables[i + 1]
        if here[1] == _INHERENT and here[0] and syllables[i - 1][1] and after[0] and after[1]:
            here[1] = ""


@lru_cache(_REMEMBERED)
def _romanise_word(word: str) -> str:
    syllables = _syllables(word)
    _drop_silent_vowels(syllables)
    return "".join(consonant + vowel.replace(_INHERENT, "a") for consonant, vowel in syllables)


def romanise(text: str) -> str:
    """Devanagari words in plain Latin letters (the rest is left alone): योजना -> yojnaa."""
    return _DEVANAGARI.sub(lambda m: _romanise_word(m.group()), text)


@lru_cache(_REMEMBERED)
def _word_skeleton(word: str) -> str:
    word = _AS_SPOKEN.get(word, word)
    for spelt, sound in _SAME_SOUND:
        word = word.replace(spelt, sound)
    word = _NASAL.sub("m", word)
    word = _DOUBLED.sub(r"\1", _ASPIRATE.sub(r"\1", word))
    return _LAST_VOWEL.sub("", word) if len(word) > 3 else word


def skeleton(text: str) -> str:
    """The skeleton of every word, joined by single spaces."""
    latin = romanise(unicodedata.normalize("NFKC", text)).lower()
    words = re.findall(r"[a-z0-9]+", latin)
    return " ".join(w if any(c.isdigit() for c in w) else _word_skeleton(w) for w in words)
