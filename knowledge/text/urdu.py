"""Hindi-Urdu in Arabic letters, read as Hindi.

Urdu leaves short vowels unwritten, so a word's letters give a key that several Hindi words may share; the
most frequent one is taken. Words with no such key are spelt out letter by letter.
"""

import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from knowledge import districts
from knowledge.errors import NotBuiltError
from knowledge.paths import URDU
from knowledge.text.mention import read_words

_WORD = re.compile(r"[\u0621-\u065f\u066e-\u06d3\u06d5-\u06ef\u06fa-\u06ff]+")
_LEAST_KNOWN = 0.5  # of the words; below it the text is Arabic, Persian or something else
_ONLY_URDU = re.compile("[ٹڈڑںےھہ]")  # letters that Arabic and Persian do without ...
_ENOUGH_WORDS = 3  # ... and that so many words of Urdu hardly do
# Urdu parts the ending of the future from its verb (ملے گا), Hindi does not (मिलेगा).
_FUTURE = re.compile(rf"({_WORD.pattern})\s+(گا|گی|گے)(?!{_WORD.pattern})")
_ENDINGS = {"گا": "गा", "گی": "गी", "گے": "गे"}
_HIATUS = re.compile("ئ(?=[یے])")  # parts two vowels, as Hindi does without a sign: گئی, गई
_CONSONANTS = dict(zip("کگچجٹڈتدنپبفمرڑلوسشہھیےزخغق", "kgcjTDtdnpbfmrRlvsShHyezxGq", strict=True))
# Letters that sound alike in Hindi-Urdu, forms of one letter, and what is not spoken.
_SAME = dict(zip("طصثحةهۃذضظكيىئؤأإۂ", "تسسہہہہزززکیییوااہ", strict=True)) | {"ں": "ن", "ع": "ا", "ء": "", "آ": "ا"}
_DEVANAGARI = dict(zip(
    "कखगघचछजझटठडढतथदधनणञङपफबभमयरलवशषसह",
    ["k", "kH", "g", "gH", "c", "cH", "j", "jH", "T", "TH", "D", "DH", "t", "tH", "d", "dH", "n", "n", "n", "n",
     "p", "pH", "b", "bH", "m", "y", "r", "l", "v", "S", "S", "s", "h"], strict=True,
))  # fmt: skip
_WITH_DOT = {"क": "q", "ख": "x", "ग": "G", "ज": "z", "ड": "R", "ढ": "RH", "फ": "f"}
_LONG = dict(zip("ािीुूृेैोौॉॅंँ", ["A", "", "y", "", "v", "r", "y", "y", "v", "v", "A", "", "n", "n"], strict=True))
_VOWELS = "अआइईउऊऋएऐओऔऑ"
_FIRST = dict(zip(_VOWELS, ["A", "@", "A", "Ay", "A", "Av", "r", "Ay", "Ay", "Av", "Av", "@"], strict=True))
# Inside a word a vowel of its own is written as its long sign (गई, जाए), and so is the short one before it (हुआ).
_INSIDE = dict(zip(_VOWELS, "AAyyvvryyvvA", strict=True))
_BEFORE_VOWEL = {"ि": "y", "ु": "v"}
_SPELT_OUT = dict(zip("kgcjTDtdnpbfmrRlvsShyezxGqA@", "कगचजटडतदनपबफमरडलवसशहीेजखगकाआ", strict=True))


def key_of_urdu(word: str) -> str:
    """The letters that count: ا is A (@ where a word begins with آ), و is v, ی is y, each consonant one sign."""
    word = _HIATUS.sub("", unicodedata.normalize("NFC", word))
    plain = "".join(_SAME.get(c, c) for c in word if unicodedata.category(c) != "Mn")
    key = "".join("A" if c == "ا" else _CONSONANTS.get(c, "") for c in plain)
    return _ending("@" + key[1:] if word.startswith("آ") else key)


def _ending(key: str) -> str:
    """The last h is heard as "a" (روپیہ, रुपया)."""
    return key[:-1] + "A" if key.endswith("h") and len(key) > 1 else key


def key_of_hindi(word: str) -> str:
    """The key under which Urdu would write a Devanagari word."""
    letters = unicodedata.normalize("NFD", word)
    found = []
    for i, char in enumerate(letters):
        dotted = letters[i + 1 : i + 2] == "़"
        if char in _DEVANAGARI:
            found.append(_WITH_DOT.get(char, _DEVANAGARI[char]) if dotted else _DEVANAGARI[char])
        elif char in _FIRST:
            found.append(_INSIDE[char] if found else _FIRST[char])
        else:
            long = char in _BEFORE_VOWEL and letters[i + 1 : i + 2] in _INSIDE
            found.append(_BEFORE_VOWEL[char] if long else _LONG.get(char, ""))
    last = next((c for c in reversed(letters) if c not in "ंँ"), "")
    key = _ending("".join(found))
    # Only at the end of a word does Urdu tell "e" from "i".
    return key.removesuffix("y") + "e" if last in "ेैएऐ" and key.endswith("y") else key


def looser(key: str) -> str:
    """A key without what people leave out or mix up: dots, the last h, the borrowed sounds."""
    key = key.translate(str.maketrans("xGqzfRe@", "kgkjpDyA")).replace("h", "").replace("H", "")
    return re.sub(r"(.)\1+", r"\1", key)


class UrduReader:
    """Turns Arabic-script words into Devanagari where the text is Hindi-Urdu."""

    def __init__(self, words: dict[str, str], loose: dict[str, str]) -> None:
        self._words, self._loose = words, loose

    @classmethod
    def load(cls, path: Path = URDU) -> "UrduReader":
        if not path.exists():
            raise NotBuiltError(path)
        data = json.loads(path.read_text(encoding="utf-8"))
        return cls(data["words"], data["loose"])

    def __call__(self, text: str) -> str:
        """The text in Devanagari; unchanged where it has no Arabic letters or is another language."""
        words = _WORD.findall(text)
        known = sum(key_of_urdu(word) in self._words for word in words)
        other = len(words) >= _ENOUGH_WORDS and not _ONLY_URDU.search(text)
        if not words or other or known < _LEAST_KNOWN * len(words):
            return text
        return _WORD.sub(lambda m: self._read(m.group()), _FUTURE.sub(_joined, text))

    def _read(self, word: str) -> str:
        ending = _ENDINGS.get(word[-2:])
        if ending and len(word) > 2 and key_of_urdu(word) not in self._words:
            stem = word[:-3] + "ے" if word[-3] == "ی" else word[:-2]
            return self._read(stem) + ending
        return self._known(word) or _spell_out(key_of_urdu(word))

    def _known(self, word: str) -> str | None:
        key = key_of_urdu(word)
        # Urdu puts a vowel before what begins with two consonants: اسکیم, स्कीम.
        shorter = key[1:] if key.startswith("As") else key
        return self._words.get(key) or self._words.get(shorter) or self._loose.get(looser(key))


def _joined(verb: re.Match[str]) -> str:
    stem = verb[1]
    return (stem[:-1] + "ی" if stem.endswith("ے") else stem) + verb[2]


def _spell_out(key: str) -> str:
    found = "".join(_SPELT_OUT.get(c, "") for c in key)
    return "अ" + found[1:] if key.startswith("A") else found


def _field_words() -> Iterator[str]:
    """Words to prefer, the likeliest first: small words, letters' names, the field's words, districts, crafts."""
    for group in read_words("hinglish.yml").values():
        yield from group
    yield from ("ओ", "डी", "पी")
    for term in read_words("glossary.yml").values():
        yield from (word for phrase in term["hi"] for word in phrase.split())
    for district in districts.load().by_id.values():
        yield district.name["hi"]
        for product in district.all_products:
            yield from product.names["hi"].split()


def build(path: Path = URDU, words: int = 30_000) -> None:
    """Write the table from the field's words and after them the most frequent Hindi words."""
    from wordfreq import top_n_list  # build time only

    exact = {key_of_urdu(urdu): hindi for hindi, spelt in read_words("urdu.yml").items() for urdu in spelt}
    loose: dict[str, str] = {}
    for hindi in (*_field_words(), *top_n_list("hi", words)):
        if re.fullmatch(r"[\u0900-\u097f]+", hindi) and (key := key_of_hindi(hindi)):
            exact.setdefault(key, hindi)
            loose.setdefault(looser(key), hindi)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"words": exact, "loose": loose}, ensure_ascii=False), encoding="utf-8")
