"""The sum of the person's own project: "12 lakh ka project hai, kitni subsidy milegi?", and then "aur 30 ka kare to?".

Which answers it is said instead of, and on which amount, is in the schemes' files (`benefit.sums`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import slots, tasks, turn
from actions.dialogue import cues, quantities
from actions.dialogue.answers import has
from actions.dialogue.message import Message
from actions.eligibility import Facts, load
from actions.eligibility.benefit import work_out
from actions.eligibility.errors import FactError
from actions.eligibility.kinds import Value
from actions.eligibility.scheme import Scheme, Sum
from actions.eligibility.verdict import WorkedBenefit, WorkedLine
from actions.eligibility_check.verdict import label, line_in_words, totals
from actions.knowledge_base import knowledge_base
from actions.money import spoken_rupees
from actions.reply import Forms, say_as
from knowledge.amounts.amount import MONEY, NUMBER, Amount
from knowledge.amounts.written import rupees
from knowledge.retrieval.decide import Result

_LEAST, _LAKH = 10_000, 100_000
_SHORT = 9  # words of "and suppose I make it 30?"
_MOST_LAKH = 999
_MOST_SOURCES = 4
_HEARD = ("category", "woman", "disabled", "mda_purpose")
_LESS = "obc"  # pays as little of one's own as any other category that pays less


@dataclass(frozen=True)
class _Asked:
    """An amount in rupees, and what else changes the sum."""

    scheme: Scheme
    sum: Sum
    amount: int
    told: Mapping[str, Value]

    def worked(self, **more: Value) -> WorkedBenefit:
        try:
            facts = Facts.of({**self.told, **self.sum.given, self.sum.of: self.amount, **more})
        except FactError:  # less or more than any project has
            return WorkedBenefit(self.scheme.benefit.summary, (), (), None, ())
        return work_out(self.scheme.benefit, facts, tasks.today())

    def less(self) -> dict[str, WorkedLine]:
        """One's own share for those who pay less, where it is not known who asks."""
        lines = () if "category" in self.told else self.worked(category=_LESS).lines
        return {line.id: line for line in lines if line.role == "own"}


@lru_cache(maxsize=1)
def by_entry() -> Mapping[str, tuple[Scheme, Sum]]:
    return {entry: (scheme, one) for scheme in load().values() for one in scheme.benefit.sums for entry in one.answers}


def answer(dispatcher: CollectingDispatcher, tracker: Tracker, entry_id: str) -> list[EventType] | None:
    """Says the sum instead of the general answer; None where no amount is named, or it cannot be worked out."""
    found, amount = by_entry().get(entry_id), _amount(_said(tracker), _before(tracker))
    if found is None or amount is None:
        return None
    asked = _Asked(*found, amount, _told(tracker))
    worked = asked.worked()
    if not worked.lines or any(line.amount is None for line in worked.lines):
        return None
    _say(dispatcher, entry_id, turn.language(tracker), asked, worked)
    return [SlotSet(slots.ENTRY, entry_id)]


def meant(tracker: Tracker, found: Result) -> str | None:
    """The answer with a sum that is meant although retrieval is not sure: an amount is named, and one is near.

    "And suppose I make it 30?" means the sum before it.
    """
    said, before = _said(tracker), _before(tracker)
    if turn.is_tap(tracker) or _amount(said, before) is None:
        return None
    if found.zone == "answer":
        return before if has("what_if", Message(turn.text(tracker))) and _money(said) is None else None
    near = next((hit.entry for hit in found.hits[:1] if hit.entry in by_entry()), None)
    return near if near and _money(said) else before


def _said(tracker: Tracker) -> list[Amount]:
    return quantities.said(Message(turn.text(tracker)), tasks.today())


def _before(tracker: Tracker) -> str | None:
    """The answer with a sum that was given last, if so few words go on from it."""
    last = tracker.get_slot(slots.ENTRY) or ""
    return last if last in by_entry() and len(turn.text(tracker).split()) <= _SHORT else None


def _amount(said: list[Amount], before: str | None) -> int | None:
    """In rupees: the one that is named, or after a sum a bare number of lakh."""
    return _money(said) or (_lakh(said) if before else None)


def _money(said: list[Amount]) -> int | None:
    money = {round(a.low) for a in said if a.kind == MONEY and a.low == a.high and a.low >= _LEAST}
    return money.pop() if len(money) == 1 else None


def _lakh(said: list[Amount]) -> int | None:
    lakh = [round(a.low) for a in said if a.kind == NUMBER and not a.unit and a.low == a.high == round(a.low)]
    return lakh[0] * _LAKH if lakh and 1 <= lakh[0] <= _MOST_LAKH else None


def _told(tracker: Tracker) -> dict[str, Value]:
    """What changes the sum, as far as it is known."""
    held = tasks.held(tracker)
    now = cues.told(tasks.message(tracker), tasks.TASKS["eligibility"].cues(), None)
    told = {**(held.state.told if held else {}), **now}
    return {name: value for name, value in told.items() if name in _HEARD}


def _say(dispatcher: CollectingDispatcher, entry_id: str, language: str, asked: _Asked, worked: WorkedBenefit) -> None:
    library = knowledge_base().retriever.library
    ids, head = dict.fromkeys(name for line in worked.lines for name in line.sources), _head(asked, language)
    spoken = "en" if language == "en" else "hi"
    forms = Forms(
        text="\n".join([head, *_lines(asked, worked, language)]),
        short=" ".join([head, *totals(worked, language, rupees)]),
        speech=" ".join(totals(worked, spoken, spoken_rupees)),
        sources=list(ids)[:_MOST_SOURCES],
    )
    say_as(dispatcher, library, library.entries[entry_id], forms, language)


def _head(asked: _Asked, language: str) -> str:
    return label("sum_of", language, scheme=asked.scheme.name[language], amount=rupees(asked.amount, language))


def _lines(asked: _Asked, worked: WorkedBenefit, language: str) -> Iterator[str]:
    less = asked.less()
    for line in worked.lines:
        other = less.get(line.id)
        texts = [line, other] if other and other.amount != line.amount else [line]
        yield "• " + "; ".join(line_in_words(each, language) for each in texts)
    yield from (note.text[language] for note in worked.notes[:1])
    yield from dict.fromkeys(line.conflict.text[language] for line in worked.lines if line.conflict)
