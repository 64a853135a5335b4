"""What came of every message: answered once and in order, told something else that helps, or lost."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import yaml

from benchmarks.chaos.questions import Question
from benchmarks.chaos.said import Person, Said
from benchmarks.places import ROOT

HOLD, UNAVAILABLE = "utter_answer_late", "utter_unavailable"
_FILES = {HOLD: "delivery.yml", UNAVAILABLE: "gateway.yml"}
_BEGINNING = 30  # characters by which a sentence is known


@dataclass
class Found:
    """Counted over all people."""

    sent: int = 0
    answered: int = 0
    refused: int = 0  # not taken, and told so
    sorry: int = 0  # answered with the helpline's number
    held: int = 0  # told that the answer takes longer
    lost: int = 0
    repeated: int = 0
    out_of_order: int = 0
    strange: list[str] = field(default_factory=list)

    @property
    def is_well(self) -> bool:
        return not (self.lost or self.repeated or self.out_of_order or self.strange)


class Judge:
    def __init__(self) -> None:
        self.answers: dict[tuple[str, Question], str] = {}
        self._own = {key: _beginnings(key) for key in _FILES}
        self.visits: dict[str, list[tuple[Said, str]]] = {}

    # ---- while it goes on

    def hear(self, person: Person, at: float, text: str) -> None:
        """What came by phone: which of their messages have a word, or their answer, now."""
        is_own = self.kind(text) is not None
        for said in person.open():
            said.words_at = said.words_at or (at if is_own or self._is_answer(person, said, text) else None)
            if self._is_answer(person, said, text):
                said.answered_at = at
        if self.kind(text) == UNAVAILABLE and (first := person.open()[:1]):
            first[0].answered_at = at

    def answer(self, person: Person, said: Said, text: str) -> None:
        said.answered_at = said.words_at
        self.visits.setdefault(person.name, []).append((said, text))

    def kind(self, text: str) -> str | None:
        """Which of our own sentences it is."""
        return next((key for key, starts in self._own.items() if text.startswith(starts)), None)

    def _is_answer(self, person: Person, said: Said, text: str) -> bool:
        return self.answers.get((channel_of(person), said.question)) == text

    # ---- in the end

    def found(self, phones: Iterable[Person], visitors: Iterable[Person]) -> Found:
        found = Found()
        for person in phones:
            self._phone(person, found)
        for person in visitors:
            self._visitor(person, found)
        return found

    def _phone(self, person: Person, found: Found) -> None:
        wanted = [self.answers[channel_of(person), each.question] for each in person.said]
        got = [text for _, text in person.heard]
        kinds = [self.kind(text) for text in got]
        answers = [text for text, kind in zip(got, kinds, strict=True) if kind is None]
        places = [wanted.index(text) for text in dict.fromkeys(answers) if text in wanted]
        sorry = _spoken(text for text, kind in zip(got, kinds, strict=True) if kind == UNAVAILABLE)
        refused = {place for place, each in enumerate(person.said) if each.refused}
        missing = len(set(range(len(wanted))) - set(places) - refused)
        found.sent += len(wanted)
        found.answered += len(places)
        found.refused += len(refused - set(places))
        found.sorry += sorry
        found.held += kinds.count(HOLD)
        found.lost += max(0, missing - sorry)
        found.repeated += len([text for text in answers if text in wanted]) - len(places)
        found.repeated += max(0, sorry - missing) + _twice_held(kinds)
        found.out_of_order += sum(later < max(places[:at]) for at, later in enumerate(places) if at)
        found.strange += [text for text in answers if text not in wanted]

    def _visitor(self, person: Person, found: Found) -> None:
        found.sent += len(person.said)
        for said, text in self.visits.get(person.name, []):
            if text == self.answers["web", said.question]:
                found.answered += 1
            elif text in [self.answers["web", each.question] for each in person.said]:
                found.out_of_order += 1
            else:
                found.strange.append(text)
        found.lost += len(person.said) - len(self.visits.get(person.name, []))


def channel_of(person: Person) -> str:
    return "whatsapp" if person.name.startswith("whatsapp") else "sms" if person.name.startswith("+") else "web"


def _beginnings(key: str) -> tuple[str, ...]:
    path = ROOT / "bot" / "responses" / _FILES[key]
    texts = yaml.safe_load(path.read_text(encoding="utf-8"))["responses"].get(key, [])
    return tuple(each["text"].strip()[:_BEGINNING] for each in texts)


def _spoken(texts: Iterable[str]) -> int:
    """Where the language is not known yet it is said in two."""
    counts: dict[str, int] = {}
    for text in texts:
        counts[text] = counts.get(text, 0) + 1
    devanagari = sum(count for text, count in counts.items() if not text.isascii())
    latin = [count for text, count in counts.items() if text.isascii()]
    return devanagari + max(latin, default=0)


def _twice_held(kinds: Iterable[str | None]) -> int:
    """More than one such sentence without an answer between."""
    found, before = 0, False
    for kind in kinds:
        found += kind == HOLD and before
        before = kind == HOLD
    return found
