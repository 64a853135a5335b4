"""Takes out of a transcript what nobody meant to say: sounds, stammered words, marks of the recogniser.

Everything with a meaning stays: numbers and letters are never taken for stammering, nor words that Hindi says twice on
purpose, and what would leave nothing is left as it is ("hmm" alone may be a yes). Spelt letters ("o d o p") stay too:
the bot reads them better than joined ones (docs/transcripts.md has the figures).
"""

import re

from channels.privacy.words import number_word
from channels.transcripts.words import folded, letters, words

_MARK = re.compile(r"[\[<({*]\s*([\w\u0900-\u097f \-]{1,40}?)\s*[\])}>*]|♪")
_EDGES = ".,!?।…;:\"'"
_LONGEST_PHRASE = 4


def clean(text: str) -> str:
    """On one line. Without anything to take out it is as it was."""
    spoken = _MARK.sub(_without_noise, text).split()
    for step in (_without_fillers, _without_stammer):
        spoken = step(spoken) or spoken
    return " ".join(spoken)


def _without_noise(mark: re.Match[str]) -> str:
    inside = (mark[1] or "").split()
    return " " if all(folded(word) in words("noise") for word in inside) else mark[0]


def _without_fillers(spoken: list[str]) -> list[str]:
    keys = [_key(word) for word in spoken]
    return [word for at, word in enumerate(spoken) if not (keys[at] in words("fillers") or _is_i_mean(keys, at))]


def _is_i_mean(keys: list[str], at: int) -> bool:
    """Not where somebody asks what a word means."""
    if keys[at] not in words("matlab"):
        return False
    before = keys[at - 1] if at else ""
    after = keys[at + 1] if at + 1 < len(keys) else ""
    return bool(after) and before not in words("of") and after not in words("asks")


def _without_stammer(spoken: list[str]) -> list[str]:
    """Of words said again at once the last stays: "loan loan", "mujhe loan mujhe loan chahiye"."""
    kept: list[str] = []
    for word in spoken:
        kept.append(word)
        for size in range(_LONGEST_PHRASE, 0, -1):
            if _is_again(kept, size):
                del kept[-2 * size : -size]
                break
    return kept


def _is_again(kept: list[str], size: int) -> bool:
    if len(kept) < 2 * size:
        return False
    first, second = ([_key(word) for word in part] for part in (kept[-2 * size : -size], kept[-size:]))
    if first != second or any(map(_is_counted, second)):
        return False
    return size > 1 or second[0] not in words("twice")


def _is_counted(key: str) -> bool:
    """Numbers and letters: each is one more."""
    is_number = any(sign.isdecimal() for sign in key) or number_word(key) is not None
    return is_number or len(key) < 2 or key in letters()


def _key(word: str) -> str:
    return folded(word.strip(_EDGES))
