"""What must be true of an entry beyond its shape; told by files (entries_loader) and by the console's form."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from knowledge.entry import MAX_ANSWER_WORDS, MAX_SHORT, MAX_TITLE, Entry
from knowledge.text.normalise import fold

if TYPE_CHECKING:
    from knowledge.entries_loader import Library

# GSM-7 letters of the basic table and its extension; anything else makes an SMS three times as long.
_GSM = set("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ÄÖÑÜ§¿äöñüà^{}\\[~]|€")
_GSM |= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
_GSM_EXTENSION = set("^{}\\[~]|€")  # each is sent as two
STALE_AFTER = timedelta(days=365)

_TEXTS = {
    "too_many_words": "{count} words, at most {most}",
    "too_many_characters": "{count} characters, at most {most}",
    "not_in_sms": "not in the SMS alphabet: {characters}",
    "future": "{day} is in the future",
    "stale": "stale: last checked {day}, over a year ago",
    "unknown_source": "unknown source {name}",
    "dangling_follow_up": "dangling follow-up {name}",
    "same_question": "the same question is in {entry}: {question}",
}


@dataclass(frozen=True)
class Mistake:
    """`kind` and `values` for whoever words it otherwise; as text it is what the command line says."""

    location: tuple[str | int, ...]
    kind: str
    values: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return _TEXTS[self.kind].format(**self.values)


@lru_cache(maxsize=65_536)
def folded(text: str) -> str:
    """Kept: after an edit all questions are compared again, and nearly all are as they were."""
    return fold(text)


def sms_size(text: str, language: str) -> int:
    return len(text) + (sum(c in _GSM_EXTENSION for c in text) if language != "hi" else 0)


def limits(entry: Entry) -> Iterator[Mistake]:
    for language, text in entry.answer.items():
        if (count := len(text.split())) > MAX_ANSWER_WORDS:
            yield Mistake(("answer", language), "too_many_words", {"count": count, "most": MAX_ANSWER_WORDS})
    for language, text in entry.title.items():
        if len(text) > MAX_TITLE:
            yield _too_long(("title", language), len(text), MAX_TITLE)
    for language, text in entry.short.items():
        size = sms_size(text, language)
        if size > MAX_SHORT[language]:
            yield _too_long(("short", language), size, MAX_SHORT[language])
        foreign = sorted(set(text) - _GSM) if language != "hi" else []
        if foreign:
            yield Mistake(("short", language), "not_in_sms", {"characters": " ".join(foreign)})


def _too_long(location: tuple[str, str], count: int, most: int) -> Mistake:
    return Mistake(location, "too_many_characters", {"count": count, "most": most})


def dates(entry: Entry, today: date) -> Iterator[Mistake]:
    for key, value in (("as_of", entry.as_of), ("last_checked", entry.last_checked)):
        if value > today:
            yield Mistake((key,), "future", {"day": value})
    if today - entry.last_checked > STALE_AFTER:
        yield Mistake(("last_checked",), "stale", {"day": entry.last_checked})


def references(entry: Entry, library: "Library") -> Iterator[Mistake]:
    for i, source in enumerate(entry.sources):
        if source not in library.sources:
            yield Mistake(("sources", i), "unknown_source", {"name": source})
    for i, follow_up in enumerate(entry.follow_ups):
        if follow_up not in library.entries or follow_up == entry.id:
            yield Mistake(("follow_ups", i), "dangling_follow_up", {"name": follow_up})


def same_questions(entries: Iterable[Entry]) -> Iterator[tuple[Entry, Mistake]]:
    """The same question in two places can have only one answer: the later entry is told."""
    seen: dict[str, str] = {}
    for entry in entries:
        for language, questions in entry.questions.items():
            for i, question in enumerate(questions):
                first = seen.setdefault(folded(question), entry.id)
                if first != entry.id:
                    told = {"entry": first, "question": question}
                    yield entry, Mistake(("questions", language, i), "same_question", told)
