"""What became of an utterance: one word for each, and how often, language by language."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from channels.models import Language
from channels.transcripts.models import Prompt
from channels.transcripts.recorded import Recorded

Verdict = Literal["answered", "offered", "missed", "wrong", "other"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
LANGUAGES: tuple[Language, ...] = get_args(Language)

_ANSWERS = {"answered", "verdict_given", "status_given"}
_OFFERS = {"choices_offered", "question_asked"}
_MISSES = {"not_understood", "out_of_scope", "unavailable"}

# Whether a prompt says what an entry says.
Says = Callable[[Prompt, str], bool]


@dataclass(frozen=True)
class Seen:
    """One utterance and what it got; `prompt` is None where the gateway failed."""

    heard: Recorded
    prompt: Prompt | None
    verdict: Verdict
    confirmed: bool = False  # it was read back first, and we said yes


def judge(heard: Recorded, prompt: Prompt, says: Says) -> Verdict:
    """Against what was expected; where nothing was, by what the assistant itself says it did."""
    if heard.outcome and prompt.outcome in heard.outcome:
        return "answered"
    if heard.entry:
        return _by_entry(heard, prompt, says)
    if heard.outcome:
        return "wrong" if prompt.outcome in _ANSWERS else "missed"
    return _by_outcome(prompt)


def _by_entry(heard: Recorded, prompt: Prompt, says: Says) -> Verdict:
    if prompt.outcome in _ANSWERS:
        return "answered" if any(says(prompt, entry) for entry in heard.entry) else "wrong"
    payloads = {choice.payload for choice in prompt.choices}
    return "offered" if payloads & {f"entry:{entry}" for entry in heard.entry} else "missed"


def _by_outcome(prompt: Prompt) -> Verdict:
    if prompt.outcome in _ANSWERS:
        return "answered"
    if prompt.outcome in _OFFERS:
        return "offered"
    return "missed" if prompt.outcome in _MISSES else "other"


def table(seen: Sequence[Seen]) -> list[list[str]]:
    """A row for each language that was spoken, and one for all."""
    head = ["language", "utterances", *VERDICTS, "read back first", "judged"]
    rows = [[name, *_counts(some)] for name, some in _by_language(seen)]
    return [head, *rows, ["all", *_counts(seen)]]


def _by_language(seen: Sequence[Seen]) -> Iterable[tuple[Language, list[Seen]]]:
    for language in LANGUAGES:
        some = [one for one in seen if one.heard.spoken_in == language]
        if some:
            yield language, some


def _counts(seen: Sequence[Seen]) -> list[str]:
    by_verdict = Counter(one.verdict for one in seen)
    confirmed = sum(one.confirmed for one in seen)
    judged = sum(bool(one.heard.entry or one.heard.outcome) for one in seen)
    shares = [_share(by_verdict[verdict], len(seen)) for verdict in VERDICTS]
    return [str(len(seen)), *shares, str(confirmed), str(judged)]


def _share(count: int, of: int) -> str:
    return f"{count} ({count / of:.0%})" if of else "0"
