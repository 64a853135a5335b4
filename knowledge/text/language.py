"""Which language a message is in: Hindi (`hi`), English (`en`), Hinglish (`hi-Latn`), or another one.

Script decides first. Latin script is settled by a small linear model over character n-grams, built by
`python -m knowledge build` from our own questions; it is kept as plain weights because the bot and the
service run different versions of scikit-learn. langdetect only names languages we do not serve.
"""

import json
import math
import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from knowledge.errors import NotBuiltError
from knowledge.paths import LANGUAGE_MODEL
from knowledge.text.normalise import fold

HINDI, ENGLISH, HINGLISH = "hi", "en", "hi-Latn"
SERVED = (HINDI, HINGLISH, ENGLISH)

# One word is often a name or a loanword ("toolkit", "Agra"): only a sure one tells the language.
_SURE_SHORT, _SURE = 0.75, 0.50
# So many small Hindi words (wale, kitni, hai) settle it, however English the rest is.
_MARKED = 0.3
_DEVANAGARI = re.compile(r"[\u0900-\u097f]")
_LATIN = re.compile(r"[A-Za-z]")
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True)
class Detected:
    """`code` is None where the text is too short to tell; `other` is the ISO code of a language not served."""

    code: str | None
    other: str | None = None


def ngrams(text: str) -> set[str]:
    """Words and the 1- to 4-grams inside them, with word borders marked."""
    grams: set[str] = set()
    for word in fold(text).split():
        padded = f" {word} "
        grams.add(padded)
        grams.update(padded[i : i + n] for n in range(1, 5) for i in range(len(padded) - n + 1))
    return grams


class LanguageDetector:
    """Weights above zero speak for Hinglish, below zero for English."""

    def __init__(
        self,
        weights: dict[str, float],
        bias: float,
        markers: Collection[str] = (),
        borrowed: Collection[str] = (),
        names: Collection[str] = (),
    ) -> None:
        self._weights, self._bias = weights, bias
        self._markers, self._names = frozenset(markers), frozenset(names)
        self._borrowed = frozenset(borrowed) | self._names

    @classmethod
    def load(cls, path: Path = LANGUAGE_MODEL) -> "LanguageDetector":
        if not path.exists():
            raise NotBuiltError(path)
        return cls(**json.loads(path.read_text(encoding="utf-8")))

    def detect(self, text: str) -> Detected:
        letters = len(_LETTER.findall(text)) or 1
        if len(_DEVANAGARI.findall(text)) >= 0.3 * letters:
            return Detected(HINDI)
        if len(_LATIN.findall(text)) >= 0.5 * letters:
            return Detected(self._of_latin(text))
        return Detected(None, _name_other(text))

    def _of_latin(self, text: str) -> str | None:
        words = fold(text).split()
        if self._names.issuperset(words) or (len(words) < 3 and self._borrowed.issuperset(words)):
            return None  # "Varanasi", "loan", "documents?": said in both
        hinglish = self.hinglish_probability(text)
        certainty = max(hinglish, 1 - hinglish)
        if certainty < (_SURE_SHORT if len(words) < 3 else _SURE):
            return None
        return HINGLISH if hinglish >= 0.5 else ENGLISH

    def hinglish_probability(self, text: str) -> float:
        """How likely a Latin-script text is Hinglish rather than English, 0 to 1."""
        words = [word for word in fold(text).split() if word not in self._names]
        if sum(word in self._markers for word in words) >= _MARKED * len(words) > 0:
            return 1.0
        grams = ngrams(" ".join(words))
        total = sum(self._weights.get(g, 0.0) for g in grams) / math.sqrt(len(grams) or 1)
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total + self._bias))))


def _name_other(text: str) -> str | None:
    from langdetect import DetectorFactory, LangDetectException, detect  # slow to import, rarely needed

    DetectorFactory.seed = 0
    try:
        code = str(detect(text))
    except LangDetectException:
        return None
    return None if code in (HINDI, ENGLISH) else code


_NAMES = {
    ENGLISH: r"english|inglish|angrezi|angreji|अंग्रेजी|अंगरेजी|इंग्लिश|इंगलिश",
    HINGLISH: r"hinglish|roman hindi|roman|हिंग्लिश|हिंगलिश|रोमन",
    HINDI: r"hindi|hindee|hindhi|हिंदी|हिन्दी",
}
_ASK = (
    r"batao|bataiye|bataye|batayein|bataie|btao|btaiye|samjhao|samjhaiye|bolo|boliye|bolie|likho|likhiye|jawab|javab|"
    r"reply|speak|talk|answer|respond|write|switch|change|continue|please|pls|plz|kijiye|karo|karein|do|dijiye|"
    r"बताइए|बताइये|बताएं|बताओ|समझाइए|समझाओ|बोलिए|बोलो|लिखिए|लिखो|जवाब|दीजिए|दो|करो|कीजिए|बात|baat"
)
# With one of these the language is what the question is about ("is the form in Hindi").
_ABOUT_IT = (
    r"form|website|portal|training|helpline|app|site|kya|nahi|nhi|padhna|aata|aati|medium|is|are|does|"
    r"फॉर्म|फार्म|वेबसाइट|पोर्टल|ट्रेनिंग|क्या|नहीं|पढ़ना|आती|आता"
)
_BARE = r"me|mein|in|language|bhasha|only|main|mode|में|मे|भाषा|only|ji|जी"


def requested_language(text: str) -> str | None:
    """The language a user asks to be answered in ("english me batao"), if the message does that."""
    words = fold(text)
    for code, names in _NAMES.items():
        if _has(names, words):
            rest = [w for w in words.split() if not re.fullmatch(names, w)]
            bare = all(re.fullmatch(_BARE, w) for w in rest)
            return code if bare or (_has(_ASK, words) and not _has(_ABOUT_IT, words)) else None
    return None


def _has(pattern: str, words: str) -> bool:
    return re.search(rf"(?<!\w)(?:{pattern})(?!\w)", words) is not None
