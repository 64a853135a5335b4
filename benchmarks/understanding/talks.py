"""Whole conversations through the message API: each reply judged by what the person wants at that point of it."""

import uuid
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from tqdm import tqdm

from benchmarks.figures import share
from benchmarks.places import TALKS, UNSEEN_TALKS
from benchmarks.tables import table
from benchmarks.understanding.judge import Seen
from benchmarks.understanding.messages import LANGUAGES
from benchmarks.understanding.reading import items, nothing_more, one_of, words
from benchmarks.understanding.section import Section, write_list
from benchmarks.understanding.system import Say, speaking

_DIALOGUES = ("eligibility", "status", "rejection", "letter", "callback")
_QUESTIONS = ("answer", "partly", "district")
WANTS = (*_QUESTIONS, *_DIALOGUES, "person", "none_of_ours", "small_talk", "about_bot")
_STARTED = {"question_asked", "verdict_given", "status_given", "status_refused"}
_NOTHING = {"not_understood", "unavailable"}
_NOTE = """Right: the entry or the district, the dialogue or the person that is wanted, or a refusal of what is not \
ours. Wrong: another answer. Refused: taken for another subject though it is ours. Pressed: a dialogue asks, and \
nothing else is said, where a question was put. None: not understood, or handed over unasked."""


class Reply(Enum):
    RIGHT = "right"
    OFFERED = "offered"
    WRONG = "wrong"
    REFUSED = "refused"
    PRESSED = "pressed"
    NONE = "none"


@dataclass(frozen=True)
class Turn:
    """What is written, and what the person wants by it; `entries`: any of them answers it."""

    text: str
    language: str
    wants: str
    entries: frozenset[str]


@dataclass(frozen=True)
class Talk:
    name: str
    who: str
    turns: tuple[Turn, ...]


Heard = Sequence[tuple[Talk, Turn, Seen]]


def load(folder: Path = TALKS) -> list[Talk]:
    return [talk for path in sorted(folder.glob("*.yml")) for talk in items(path, _talk, "a conversation")]


def _talk(item: dict[str, Any]) -> Talk:
    talk = Talk(words(item.pop("id")), words(item.pop("who")), tuple(_turn(dict(turn)) for turn in item.pop("turns")))
    nothing_more(item)
    return talk


def _turn(item: dict[str, Any]) -> Turn:
    entries = frozenset(item.pop("entries", ()))
    language, wants = one_of(item.pop("language"), LANGUAGES), one_of(item.pop("wants"), WANTS)
    turn = Turn(words(item.pop("text")), language, wants, entries)
    nothing_more(item)
    return turn


def run(url: str, unseen: bool = False) -> None:
    """Asks the system at `url`, or one started for it, and reports; `unseen`: talks that nothing was changed for."""
    from benchmarks import report

    with speaking(url) as say:
        found = section(ask_all(say, load(UNSEEN_TALKS if unseen else TALKS)))
    report.write("talks", found.title, found.body)


def ask_all(say: Say, talks: Sequence[Talk]) -> Heard:
    return [one for talk in tqdm(talks, desc="conversations", unit="talk") for one in _ask(say, talk)]


def _ask(say: Say, talk: Talk) -> Iterable[tuple[Talk, Turn, Seen]]:
    session = f"bench-{uuid.uuid4().hex}"
    return [(talk, turn, say(turn.text, session)) for turn in talk.turns]


def judge(turn: Turn, seen: Seen) -> Reply:
    if _is_right(turn, seen):
        return Reply.RIGHT
    if turn.wants not in _QUESTIONS and turn.wants not in _DIALOGUES:
        return Reply.NONE if seen.outcome in _NOTHING or not seen.answers else Reply.WRONG
    if seen.outcome == "choices_offered" and any(_leads_there(turn, choice) for choice in seen.choices):
        return Reply.OFFERED
    if seen.outcome == "out_of_scope":
        return Reply.REFUSED
    if seen.entries or seen.outcome == "answered":
        return Reply.WRONG
    return Reply.PRESSED if seen.outcome in _STARTED else Reply.NONE


def _leads_there(turn: Turn, choice: str) -> bool:
    kind, _, name = choice.partition(":")
    return name in turn.entries if kind == "entry" else kind == "task" and name.partition(".")[0] == turn.wants


def _is_right(turn: Turn, seen: Seen) -> bool:
    if seen.entries & turn.entries:
        return True
    if turn.wants in _DIALOGUES:
        return seen.outcome in _STARTED or (turn.wants == "callback" and seen.outcome == "handed_over")
    if turn.wants == "district":
        return seen.outcome in ("answered", "choices_offered") and bool(seen.districts) and not seen.entries
    if turn.wants == "person":
        return seen.outcome in ("handed_over", "question_asked") and not seen.entries
    if turn.wants == "none_of_ours":
        return seen.outcome in ("out_of_scope", *_NOTHING)
    return turn.wants in ("small_talk", "about_bot") and seen.outcome == "small_talk"


def section(heard: Heard) -> Section:
    """Shares are of all turns of the row, with their 95 % interval (Wilson)."""
    rows = {code: _count(heard, language=code) for code in LANGUAGES}
    rows |= {wants: _count(heard, wants=wants) for wants in WANTS}
    rows["all"] = _count(heard)
    head = ["language or wish", "n", *(reply.value for reply in Reply)]
    body = table(head, [_cells(name, counts) for name, counts in rows.items() if counts.total()])
    misses = write_list("misses-talks", [_miss(*one) for one in heard if judge(*one[1:]) is not Reply.RIGHT])
    return Section("Conversations, turn by turn", f"{body}\n\n{_NOTE} Not right: {misses}.", _figures(rows))


def _count(heard: Heard, language: str = "", wants: str = "") -> Counter[Reply]:
    chosen = ((t, seen) for _, t, seen in heard if language in ("", t.language) and wants in ("", t.wants))
    return Counter(judge(turn, seen) for turn, seen in chosen)


def _cells(name: str, counts: Counter[Reply]) -> list[str]:
    return [name, str(counts.total()), *(share(counts[reply], counts.total()) for reply in Reply)]


def _figures(rows: Mapping[str, Counter[Reply]]) -> dict[str, Any]:
    return {name: {reply.value: counts[reply] for reply in Reply} for name, counts in rows.items()}


def _miss(talk: Talk, turn: Turn, seen: Seen) -> dict[str, str]:
    return {
        "talk": talk.name,
        "verdict": judge(turn, seen).value,
        "text": turn.text,
        "wanted": f"{turn.wants}: {', '.join(sorted(turn.entries))}",
        "got": seen.short(),
    }
