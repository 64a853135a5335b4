"""What a message leans on, and how many questions it asks: small words read by sound, no statistics."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.text.mention import DISTRICT, Mention, read_words
from knowledge.text.normalise import fold
from knowledge.text.skeleton import skeleton

_SHORT = 4  # words; so few lean on what was said before
_MOST_QUESTIONS = 3
_POINTS = 2  # words before "zile": "us hi zile ka"; "jis zile ka nahi, uska kaam" points to none
_LEAST_WORDS = 2  # of a question of its own
_END = re.compile(r"[?？।॥;\n]+|(?<![\d.])(?<!\b[Rr]s)(?<!रु)\.(?!\w)|!+")


def _sounds(words: str) -> frozenset[str]:
    return frozenset(skeleton(word) for word in words.split())


_WORDS = {kind: _sounds(words) for kind, words in read_words("dialogue_words.yml").items()}

_INDEFINITE = frozenset({"kisi", "kisee", "किसी", "kabhi", "kabhee", "कभी"})  # "anyone" sounds like "whom"
# fmt: off
_HELPING = frozenset({
    "is", "are", "do", "does", "should", "may", "can", "me", "main", "mein", "mei", "mai",
    "में", "मैं", "मई", "मे", "दो", "इस", "kiya", "किया", "kia",
})
# fmt: on
_IN_FRONT = re.compile(
    r"(?:does|should|may|can|will|am) |(?:is|are|do) (?:it|there|this|that|the|a|an|my|any|i|you|we|they) "
)
_ASKING = _WORDS["asking"] - {skeleton(word) for word in _HELPING}


def _heard(text: str) -> list[str]:
    return [skeleton(word) for word in fold(text).split()]


def leans(text: str) -> bool:
    """Whether the message points back ("uske liye", "what about it")."""
    return bool(_WORDS["leaning"].intersection(_heard(text)))


def is_short(text: str) -> bool:
    return len(fold(text).split()) <= _SHORT


def leans_on_place(text: str) -> bool:
    """Whether it points back to a place ("wahan", "us zile ka")."""
    heard = _heard(text)
    places = (i for i, word in enumerate(heard) if word in _WORDS["place"])
    points = any(_WORDS["leaning"].intersection(heard[max(0, i - _POINTS) : i]) for i in places)
    return points or bool(_WORDS["leaning_place"].intersection(heard))


@dataclass(frozen=True)
class Part:
    """One question of a message; `mentions` have their places in `text`."""

    text: str
    mentions: tuple[Mention, ...]


def parts(text: str, mentions: Sequence[Mention]) -> list[Part]:
    """The questions of a message in order; one where it does not fall into several with a question word each."""
    found = _asked(text, _joints(text))
    if not 1 < len(found) <= _MOST_QUESTIONS:
        return [Part(text, tuple(mentions))]
    return [_part(text, start, end, mentions) for start, end in found]


def _joints(text: str) -> list[tuple[int, int]]:
    """Where questions may part: ends of sentences, and words like "aur"."""
    places = [m.span() for m in _END.finditer(text)]
    for word in re.finditer(r"[\w\u0900-\u0963]+", text):
        if skeleton(fold(word.group())) in _WORDS["joining"]:
            places.append(word.span())
    return sorted(places)


def _asked(text: str, joints: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans of the pieces that ask something; a piece that does not belongs to the next one, or the last."""
    spans: list[tuple[int, int]] = []
    start, joined = 0, False
    for end, after in (*joints, (len(text), len(text))):
        # The question mark of a sentence makes no question of its last noun: "for brass and wood work?"
        if _is_question(text[start:end], "" if joined else text[end:after]):
            spans.append((start, end))
            start, joined = after, not _END.fullmatch(text[end:after])
    if spans and text[start:].strip():
        spans[-1] = (spans[-1][0], len(text))
    return spans


def asks(text: str) -> bool:
    """Whether it is a question: a sign or a word says so.

    English helping verbs ask only in front: elsewhere they sound like "me" (in), "do" (two), "is" (this), "मई" (May).
    """
    words = [word for word in fold(text).split() if word not in _INDEFINITE]
    if "?" in text or "？" in text:
        return True
    heard = [skeleton(word) for word in words if word not in _HELPING]
    return bool(_IN_FRONT.match(" ".join(words) + " ") or _ASKING.intersection(heard))


def _is_question(piece: str, sign: str) -> bool:
    heard = _heard(piece)
    return len(heard) >= _LEAST_WORDS and ("?" in sign or bool(_WORDS["asking"].intersection(heard)))


def _part(text: str, start: int, end: int, mentions: Sequence[Mention]) -> Part:
    inside = [m for m in mentions if start <= m.start and m.end <= end]
    moved = tuple(Mention(m.kind, m.value, m.start - start, m.end - start, m.score) for m in inside)
    return Part(text[start:end], moved)


def with_place(mentions: Sequence[Mention], district: str, text: str) -> list[Mention]:
    """The mentions and the district meant, placed behind the text where it hides no word."""
    return [*mentions, Mention(DISTRICT, district, len(text), len(text), 1.0)]
