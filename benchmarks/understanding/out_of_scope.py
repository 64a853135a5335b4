"""What is not ours: how much of it is answered all the same, beside how much of what is ours is answered."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tqdm import tqdm

from benchmarks.figures import share
from benchmarks.places import OUT_OF_SCOPE
from benchmarks.tables import table
from benchmarks.understanding.judge import Seen
from benchmarks.understanding.messages import LANGUAGES
from benchmarks.understanding.reading import items, nothing_more, one_of, words
from benchmarks.understanding.scores import Asked
from benchmarks.understanding.section import Section, write_list
from benchmarks.understanding.system import Ask

KINDS = ("other_service", "near_miss", "politics", "medicine", "chat", "abuse", "injection", "nonsense")
_NOTE = """Answered: an entry or something about a district. Choices: entries or districts to choose from, or a \
question back, as if it were ours. "Ours" are the development messages about an entry or a district, answered right \
or wrong: a system that answers nothing would look good on the left and bad on the right."""


@dataclass(frozen=True)
class Foreign:
    """A message about something else."""

    text: str
    language: str
    kind: str


Heard = Sequence[tuple[Foreign, Seen]]


def load(folder: Path = OUT_OF_SCOPE) -> list[Foreign]:
    return [one for language in LANGUAGES for one in _in(language, folder)]


def _in(language: str, folder: Path) -> list[Foreign]:
    def make(item: dict[str, Any]) -> Foreign:
        foreign = Foreign(words(item.pop("text")), language, one_of(item.pop("kind"), KINDS))
        nothing_more(item)
        return foreign

    return items(folder / f"{language}.yml", make, f"text with one of {', '.join(KINDS)} as its kind")


def ask_all(messages: Sequence[Foreign], ask: Ask) -> Heard:
    return [(one, ask(one.text)) for one in tqdm(messages, desc="out of scope", unit="message")]


def section(heard: Heard, asked: Asked) -> Section:
    """`asked`: the development messages, for the other side of the trade."""
    by_language = {code: _counts(heard, asked, code) for code in (*LANGUAGES, "all")}
    by_kind = {kind: _by_kind(heard, kind) for kind in KINDS}
    note = f"{_NOTE} What was not refused: {_misses(heard)}."
    body = "\n\n".join([_language_table(by_language), _kind_table(by_kind), note])
    return Section("Out of scope", body, {"language": by_language, "kind": by_kind})


def _counts(heard: Heard, asked: Asked, code: str) -> dict[str, int]:
    foreign = [seen for one, seen in heard if code in (one.language, "all")]
    ours = [seen for message, seen in asked if message.ours and code in (message.language, "all")]
    return {**_tally(foreign), **{f"ours {name}": count for name, count in _tally(ours).items()}}


def _tally(seen: Iterable[Seen]) -> dict[str, int]:
    some = list(seen)
    return {"n": len(some), "answered": sum(s.answers for s in some), "choices": sum(s.asks_back for s in some)}


def _by_kind(heard: Heard, kind: str) -> dict[str, dict[str, int]]:
    some = [(one, seen) for one, seen in heard if one.kind == kind]
    return {code: _tally(seen for one, seen in some if code in (one.language, "all")) for code in (*LANGUAGES, "all")}


def _language_table(rows: dict[str, dict[str, int]]) -> str:
    head = ["language", "not ours", "answered", "choices", "ours", "ours answered", "ours choices"]
    return table(head, [[code, *_side(row, ""), *_side(row, "ours ")] for code, row in rows.items()])


def _side(row: dict[str, int], prefix: str) -> list[str]:
    n = row[f"{prefix}n"]
    return [str(n), *(share(row[f"{prefix}{name}"], n) for name in ("answered", "choices"))]


def _kind_table(rows: dict[str, dict[str, dict[str, int]]]) -> str:
    head = ["kind, answered", *LANGUAGES, "all", "choices, all"]
    cells = [
        [kind, *(f"{row[c]['answered']} of {row[c]['n']}" for c in LANGUAGES), *_side(row["all"], "")[1:]]
        for kind, row in rows.items()
    ]
    return table(head, cells)


def _misses(heard: Heard) -> str:
    wrong = sorted((one for one in heard if one[1].answers or one[1].asks_back), key=lambda one: not one[1].answers)
    items = [{"language": f.language, "kind": f.kind, "text": f.text, "got": seen.short()} for f, seen in wrong]
    return write_list("misses-out-of-scope", items)
