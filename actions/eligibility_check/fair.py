"""Where a fair was: a place named right beside it, which is then not the person's home."""

from collections.abc import Iterator

from actions.dialogue.message import Message, Phrases, sound
from actions.dialogue.quantities import is_taken_back
from knowledge.text.mention import DISTRICT, OUTSIDE, Mention

_FAIR = Phrases((
    "mela", "mele", "मेला", "मेले", "fair", "fairs", "mahotsav", "महोत्सव", "pradarshani", "प्रदर्शनी", "exhibition",
    "expo", "trade show", "stall", "स्टॉल",
))  # fmt: skip
_OF_PERSON = frozenset(map(sound, ("hun", "hain", "rehta", "rehti", "rehte", "i", "we", "live", "and", "aur")))
_BETWEEN = 2  # words: "dilli ke bade mele"
_PURPOSE = {DISTRICT: "fair_up", OUTSIDE: "fair_india"}


def purpose_of(message: Message) -> str | None:
    """In the state or in another; None where neither is said, or both."""
    found = {_PURPOSE[m.kind] for m in message.mentions if m.kind in _PURPOSE and _is_of_fair(m, message)}
    return found.pop() if len(found) == 1 else None


def _is_of_fair(place: Mention, message: Message) -> bool:
    """ "Dilli nahi, Lucknow ka mela" was none of Delhi."""
    if is_taken_back(message.text, place.start, place.end):
        return False
    return any(_is_beside(between, message) for between in _gaps(place, message))


def _gaps(place: Mention, message: Message) -> Iterator[range]:
    """The words between the place and each fair."""
    inside = [i for i, word in enumerate(message.words) if word.start < place.end and place.start < word.end]
    for fair in _FAIR.spans([word.sound for word in message.words]) if inside else ():
        yield range(fair.after, inside[0]) if fair.first < inside[0] else range(inside[-1] + 1, fair.first)


def _is_beside(between: range, message: Message) -> bool:
    return len(between) <= _BETWEEN and not any(message.words[i].sound in _OF_PERSON for i in between)
