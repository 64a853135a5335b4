"""Which words of a message are denied: "defaulter nahi hoon", "not a woman", "subsidy kabhi nahi li"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from actions.dialogue.answers import phrases
from actions.dialogue.message import Message, Phrases, Span, Word, sound

_PASSED_OVER = frozenset(
    map(sound, ("a", "an", "the", "any", "koi", "kabhi", "bhi", "abhi", "tak", "to", "ji", "ever", "yet"))
)
_PAUSE = re.compile(r"[,;.!?।|]")


@dataclass(frozen=True)
class Denials:
    """The words without those that deny and those that say nothing; numbers are places among them."""

    words: tuple[Word, ...]
    after: frozenset[int]  # of words that a denial follows
    before: frozenset[int]  # of words that a denial of the English kind comes before
    supposed: frozenset[int]  # of words that tell nothing of the speaker: "if you are sc"

    def denies(self, span: Span) -> bool:
        inside = range(span.first, span.after)
        return any(i in self.after for i in inside) or any(i in self.before for i in inside)

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
    for word in message.words:
        if word.sound in _PASSED_OVER:
            continue
        if not denying.spans([word.sound]):
            words.append(word)
        elif ahead.spans([word.sound]):
            before.add(len(words))
        elif words and not _PAUSE.search(message.text[words[-1].end : word.start]):
            after.add(len(words) - 1)
    return Denials(tuple(words), frozenset(after), frozenset(before), frozenset(_supposed(message, words)))


def _supposed(message: Message, words: Sequence[Word]) -> Iterator[int]:
    """From "if" to the end of its clause."""
    for span in phrases()["supposing"].spans([word.sound for word in words]):
        for place in range(span.first, len(words)):
            if place > span.first and _PAUSE.search(message.text[words[place - 1].end : words[place].start]):
                break
            yield place
