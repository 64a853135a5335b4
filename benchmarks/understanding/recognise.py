"""Recognises in a reply of the message API, which carries no ids, what it answers."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from actions.dialogue.words import load as load_words
from actions.eligibility_check.verdict import label
from actions.own_sum import by_entry
from benchmarks.understanding.judge import Seen
from knowledge.districts import Districts
from knowledge.entries_loader import Library

_NOT_IN_WORDS = re.compile(r"[^\w\u0900-\u0963\u0966-\u097f]+")  # Devanagari's vowel signs are not \w


class Recogniser:
    """Knows every answer's text and every district's name."""

    def __init__(self, library: Library, districts: Districts) -> None:
        self._answers = {
            _spaced(text): entry.id for entry in library.entries.values() for _, text in entry.answer.items()
        }
        self._names = {d.id: {code: _words(name) for code, name in d.name.items()} for d in districts.by_id.values()}

    def read(self, answer: Mapping[str, Any]) -> Seen:
        """What the body of an answer says."""
        replies = answer["replies"]
        return Seen(
            outcome=answer["outcome"],
            entries=frozenset(self._entries(replies)),
            choices=frozenset(button["payload"] for reply in replies for button in reply["buttons"]),
            districts=frozenset(self._districts(replies)),
            language=replies[-1]["language"],
        )

    def _entries(self, replies: Iterable[Mapping[str, Any]]) -> Iterable[str]:
        for reply in replies:
            text = reply["text"].removesuffix(load_words()["told_already"][reply["language"]])
            entry = self._answers.get(_spaced(text))
            yield from [entry] if entry else _summed(reply["text"], reply["language"])

    def _districts(self, replies: Iterable[Mapping[str, Any]]) -> Iterable[str]:
        for reply in replies:
            text = _words(reply["text"])
            yield from (d for d, names in self._names.items() if names[reply["language"]] in text)


def _summed(text: str, language: str) -> Iterable[str]:
    """The answers instead of which a sum is said: any of them was meant."""
    for entry, (scheme, _) in by_entry().items():
        head, _, _ = label("sum_of", language, scheme=scheme.name[language], amount="₹").partition("₹")
        if text.startswith(head):
            yield entry


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _words(text: str) -> str:
    """Whole words with a space on each side, so that one is found only whole."""
    return f" {_NOT_IN_WORDS.sub(' ', text.casefold()).strip()} "
