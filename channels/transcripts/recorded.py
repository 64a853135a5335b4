"""Recorded calls, one JSON line an utterance, with what should have been answered where somebody noted it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field, ValidationError

from channels.errors import ChannelError
from channels.models import Language, Outcome
from channels.transcripts.answers import language_of
from channels.transcripts.models import Utterance


class Unreadable(ChannelError):
    """One sentence about a file of calls."""


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


class Recorded(Utterance):
    """`entry`: any of these answers it; `outcome`: any of these is right. Neither: nobody has judged it."""

    entry: Annotated[list[str], BeforeValidator(_listed)] = Field(default_factory=list)
    outcome: Annotated[list[Outcome], BeforeValidator(_listed)] = Field(default_factory=list)
    line: int = 0

    @property
    def spoken_in(self) -> Language:
        return self.hint or language_of(self.text, None, None)


@dataclass
class Recording:
    """`calls` in the order of the file, the utterances of each in their own order."""

    calls: list[list[Recorded]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        return sum(map(len, self.calls))


def load(path: Path) -> Recording:
    """Lines that cannot be used are told with their numbers and left out. Raises Unreadable."""
    try:
        with path.open(encoding="utf-8-sig", errors="replace") as lines:
            return _read(lines)
    except OSError as error:
        raise Unreadable(f"{path} cannot be read ({error.strerror}).") from None


def _read(lines: Iterable[str]) -> Recording:
    recording, calls = Recording(), dict[str, dict[int, Recorded]]()
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            heard = Recorded.model_validate_json(line)
        except ValidationError as error:
            recording.problems.append(f"line {number}: {_told(error)}")
            continue
        call = calls.setdefault(heard.call_id, {})
        if heard.sequence in call:
            recording.problems.append(f"line {number}: this call has an utterance {heard.sequence} already")
            continue
        call[heard.sequence] = heard.model_copy(update={"line": number})
    recording.calls = [[call[sequence] for sequence in sorted(call)] for call in calls.values()]
    return recording


def _told(error: ValidationError) -> str:
    """Without the line's own words, which may be personal."""
    first = error.errors(include_input=False, include_url=False)[0]
    if first["type"] == "json_invalid":
        return "not JSON"
    place = ".".join(map(str, first["loc"]))
    return f"{place}: {first['msg']}" if place else str(first["msg"])
