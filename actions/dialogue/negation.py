"""Which words of a message are denied: "defaulter nahi hoon", "not a woman", "subsidy kabhi nahi li"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from actions.dialogue.answers import phrases
from actions.dialogue.message import Message, Phrases, Span, Word, sound, word_lists

_PASSED_OVER = frozenset(
    map(sound, (*word_lists()["filler"], "a", "an", "the", "any", "koi", "kabhi", "abhi", "tak", "ever", "yet", "kuch"))
)
_TIES = frozenset(map(sound, ("mein", "me", "में", "se", "ka", "ki", "ke", "ko", "ne", "par")))
_SPEAKER = frozenset(map(sound, ("i", "we", "my", "main", "hum", "mera", "meri")))
_DONE = frozenset(map(sound, (
    "ki", "li", "liya", "kiya", "mila", "mili", "hui", "hua", "di", "diya", "bheji", "bheja", "kari", "aaya", "gayi",
    "daali", "dala", "bataya", "chala", "mile", "pahunchi",
)))  # fmt: skip
_REACH = 2  # words that a denial of the English kind goes ahead: "don't have udyam"
_PAUSE = re.compile(r"[,;.!?।|]")


@dataclass(frozen=True)
class Denials:
    """The words without those that deny and those that say nothing; numbers are places among them.

    `sounds`: all words, as they were said.
    """

    sounds: tuple[str, ...]
    words: tuple[Word, ...]
    after: frozenset[int]  # of words that a denial follows
    before: frozenset[int]  # of words that a denial of the English kind comes before
    supposed: frozenset[int]  # of words that tell nothing of the speaker: "if you are sc"

    def denies(self, span: Span) -> bool:
        inside = range(span.first, span.after)
        ahead = range(span.first - _REACH + 1, span.after)
        return any(i in self.after for i in inside) or any(i in self.before for i in ahead)

    def spans(self, found: Phrases) -> list[Span]:
        spans = found.spans([word.sound for word in self.words])
        return [span for span in spans if span.first not in self.supposed]


def without_fillers(written: Sequence[str]) -> Phrases:
    """Phrases as they are found among the words of `read`."""
    kept = (" ".join(w for w in p.split() if sound(w) not in _PASSED_OVER) for p in written)
    return Phrases(tuple(phrase for phrase in kept if phrase))


def read(message: Message) -> Denials:
    denying, ahead = phrases()["not"], phrases()["not_ahead"]
    words: list[Word] = []
    after, before = set(), set()
    for place, word in enumerate(message.words):
        if word.sound in _PASSED_OVER:
            continue
        if not denying.spans([word.sound]):
            words.append(word)
        elif ahead.spans([word.sound]):
            before |= set() if _is_answer(message, place) else {len(words)}
        elif words and not _PAUSE.search(message.text[words[-1].end : word.start]):
            after |= _behind(words)
            after |= {len(words)} if _does(message, place + 1) else set()  # "maine nahi liya"
        elif not words and _does(message, place + 1):
            before.add(0)  # "nahi ki hai"
    sounds = tuple(word.sound for word in message.words)
    return Denials(sounds, tuple(words), frozenset(after), frozenset(before), frozenset(_supposed(message, words)))


def _does(message: Message, place: int) -> bool:
    """Whether a verb of something done stands there: a "nahi" before it denies it."""
    return place < len(message.words) and message.words[place].sound in _DONE


def _behind(words: Sequence[Word]) -> set[int]:
    """The last word, and the one it is tied to: "sarkari naukri mein nahi"."""
    last = len(words) - 1
    return {last, last - 1} if words[last].sound in _TIES and last else {last}


def _is_answer(message: Message, place: int) -> bool:
    """ "No, I am ...": it denies what was asked, not what follows."""
    after = message.words[place + 1 : place + 2]
    if place or not after:
        return False
    pause = _PAUSE.search(message.text[message.words[place].end : after[0].start])
    return bool(pause) or after[0].sound in _SPEAKER


def _supposed(message: Message, words: Sequence[Word]) -> Iterator[int]:
    """From "if" to the end of its clause."""
    for span in phrases()["supposing"].spans([word.sound for word in words]):
        for place in range(span.first, len(words)):
            if place > span.first and _PAUSE.search(message.text[words[place - 1].end : words[place].start]):
                break
            yield place
