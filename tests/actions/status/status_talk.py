"""Holds the dialogue as its caller does: hears an answer, tells it, asks the next thing or ends."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from actions.applications.disclosure import Disclosure
from actions.dialogue.field import OwnReading
from actions.dialogue.said import Said
from actions.dialogue.state import State, restore
from actions.dialogue.task import Occasion
from actions.status.task import StatusTask

ROOT = Path(__file__).resolve().parents[3]
RESPONSES: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (ROOT / "bot" / "responses" / "status.yml").read_text(encoding="utf-8")
)["responses"]
LANGUAGES = ("hi", "hi-Latn", "en")


def sentence(said: Said, language: str) -> str:
    variants = {(v.get("condition") or [{"value": "en"}])[0]["value"]: v for v in RESPONSES[said.response]}
    return str(variants[language]["text"].format(**said.values))


@dataclass
class Talk:
    disclosure: Callable[[], Disclosure]
    language: str = "en"
    sender: str | None = None
    session: str = "web-1"
    state: State = field(default_factory=lambda: State("status"))
    said: list[Said] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.task = StatusTask(self.disclosure)

    @property
    def occasion(self) -> Occasion:
        channel = "whatsapp" if self.sender else "web"
        return Occasion(date(2026, 11, 20), self.language, channel, self.session, self.sender)

    @property
    def asked(self) -> str | None:
        return self.task.next(self.state, self.occasion.today)

    def start(self) -> "Talk":
        return self._take(*self.task.begin(self.state, self.occasion))

    def say(self, text: str) -> "Talk":
        name = self.asked
        assert name is not None, "nothing is asked"
        kind = self.task.fields()[name].kind
        assert isinstance(kind, OwnReading)
        value = kind.read(text)
        if not isinstance(value, str):
            self.said = [value] if value else []
            return self
        return self._take(*self.task.told(self.state.tell(name, value), name, self.occasion))

    def refuse(self) -> "Talk":
        return self._take(self.state.refuse(str(self.asked)), ())

    def _take(self, state: State, said: Sequence[Said]) -> "Talk":
        self.state = restore(state.dump(), self.task.fields())  # as it comes back with the next message
        assert self.state == state
        self.said = [*said, *(self.task.finish(state, self.occasion) if self.asked is None else ())]
        return self

    @property
    def text(self) -> str:
        return " ".join(sentence(s, self.language) for s in self.said)

    @property
    def last(self) -> Said:
        return self.said[-1]

    @property
    def payloads(self) -> list[str]:
        return [button.payload for said in self.said for button in said.buttons]
