"""What a dialogue has to say: the action puts it to Rasa, which chooses the sentence of the language."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Button:
    title: str
    payload: str


@dataclass(frozen=True)
class Said:
    """A response of bot/responses; `values` fill its gaps, in the language of the turn.

    `outcome`, `short` (SMS) and `speech` count instead of the response's own. `sources`: ids of knowledge/sources.yml.
    `call_back`: a person is to phone, on the mobile of these ten digits; empty while it is not known.
    """

    response: str
    values: Mapping[str, str] = field(default_factory=dict)
    buttons: tuple[Button, ...] = ()
    sources: tuple[str, ...] = ()
    outcome: str | None = None
    short: str | None = None
    speech: str | None = None
    call_back: str | None = None
