"""Scripted dialogues of the skills (docs/conversations/skills_*.yml): what is said, and what must be answered.

A turn is `{say, outcome, reply, never, missed}`: `outcome` as in the message API, `reply` words that the answer holds,
`never` words that it does not; `missed` says why the answer is not yet as it should be. In `say` and `reply`, {day:-40}
is the day forty days ago in words and {code} the newest code.
"""

import json
import re
import time
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import yaml

from actions.days import written
from benchmarks.errors import MessagesError

_DAY = re.compile(r"\{day:([+-]?\d+)\}")
_CODE = re.compile(r"\b\d{6}\b")
_TIMEOUT = 60.0
_SENT_WITHIN = 10.0  # seconds


@dataclass(frozen=True)
class SkillTurn:
    say: str
    outcome: str | None = None
    reply: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    missed: str | None = None

    def faults(self, answer: Mapping[str, Any], language: str) -> list[str]:
        """What is not as it must be; empty where all is."""
        text = "\n".join(f"{r['text']} {' '.join(b['title'] for b in r['buttons'])}" for r in answer["replies"])
        missing = [f"not said: {words}" for words in self.reply if _filled(words, language) not in text]
        said = [f"said: {words}" for words in self.never if words in text]
        other = [f"{answer['outcome']}, not {self.outcome}"] if self.outcome not in (None, answer["outcome"]) else []
        return [*other, *missing, *said]


@dataclass(frozen=True)
class SkillDialogue:
    title: str
    skill: str
    language: str
    turns: tuple[SkillTurn, ...]
    channel: str = "web"
    sender: str | None = None

    def hold(self, http: httpx.Client, outbox: Path) -> Iterator[tuple[SkillTurn, str, dict[str, Any]]]:
        """Each turn with what was said and the answer, in a session of its own."""
        session, before = f"skill-{uuid.uuid4().hex}", len(_sent(outbox))
        for turn in self.turns:
            said = _filled(turn.say, self.language)
            said = said.replace("{code}", _newest_code(outbox, before)) if "{code}" in said else said
            body = {"session_id": session, "text": said, "channel": self.channel}
            body |= {"sender": self.sender} if self.sender else {}
            answer = http.post("/api/v1/messages", json=body, timeout=_TIMEOUT)
            yield turn, said, answer.raise_for_status().json()


def load_skills(folder: Path) -> list[SkillDialogue]:
    """Of all languages; raises MessagesError."""
    return [one for path in sorted(folder.glob("skills_*.yml")) for one in _read(path)]


def _read(path: Path) -> Iterator[SkillDialogue]:
    language = path.stem.removeprefix("skills_")
    for number, raw in enumerate(yaml.safe_load(path.read_text(encoding="utf-8")), 1):
        try:
            turns = tuple(_turn(dict(turn)) for turn in raw.pop("turns"))
            yield SkillDialogue(language=language, turns=turns, **raw)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise MessagesError(f"{path.name}, dialogue {number}: {error}") from error


def _turn(raw: dict[str, Any]) -> SkillTurn:
    say, outcome, missed = str(raw.pop("say")), raw.pop("outcome", None), raw.pop("missed", None)
    reply, never = (_several(raw.pop(key, ())) for key in ("reply", "never"))
    if raw:
        raise ValueError(f"a turn has say, outcome, reply, never and missed, not {', '.join(raw)}")
    return SkillTurn(say, outcome, reply, never, missed)


def _several(given: str | Iterable[str]) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(given)


def _filled(words: str, language: str) -> str:
    today = datetime.now(ZoneInfo("Asia/Kolkata")).date()
    return _DAY.sub(lambda match: written(today + timedelta(int(match[1])), language), words)


def _sent(outbox: Path) -> list[str]:
    return outbox.read_text(encoding="utf-8").splitlines() if outbox.exists() else []


def _newest_code(outbox: Path, before: int) -> str:
    """The last one, once a message has been sent after the first `before`: sending does not wait for the answer."""
    until = time.monotonic() + _SENT_WITHIN
    while len(_sent(outbox)) <= before and time.monotonic() < until:
        time.sleep(0.05)
    last = json.loads(_sent(outbox)[-1])
    found = _CODE.search(last["text"])
    return found[0] if found else ""
