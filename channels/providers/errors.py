"""What a provider's error codes mean to us, read from errors.yml."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from channels.errors import SettingsError
from channels.providers import files

TABLE = Path(__file__).parent / "errors.yml"

Consequence = Literal[
    "slow_down",  # the message was not taken because of the rate: later, and fewer
    "retry_later",  # the way was closed for a moment
    "opted_out",  # the person does not want messages: send none
    "window_closed",  # WhatsApp: more than 24 hours since their last message; a template or nothing
    "bad_address",  # nobody can be reached there in this way
    "too_long",
    "blocked",  # somebody on the way refuses it: the network, Meta, India's rules
    "template",  # the template, its variables or the media are not as the provider wants them
    "give_up",  # a person must look
]
CONSEQUENCES: tuple[Consequence, ...] = get_args(Consequence)
MAY_RETRY = frozenset({"slow_down", "retry_later"})


@dataclass(frozen=True)
class ErrorMeaning:
    code: str
    title: str
    consequence: Consequence
    meaning: str = ""  # for the operator: what it is and what to do


class _Entry(BaseModel):
    """One code in the file."""

    model_config = ConfigDict(extra="forbid")

    code: str = Field(min_length=1)
    title: str = Field(min_length=1)
    meaning: str = Field(min_length=1)
    consequence: Consequence


def meaning(code: str) -> ErrorMeaning:
    """What the code asks for; of an unknown one nothing is sent again until a person has looked."""
    known = table().get(str(code))
    if known:
        return known
    return ErrorMeaning(
        str(code),
        f"Unknown error {code}",
        "give_up",
        "This code is not in channels/providers/errors.yml. Look it up with the provider and add it there.",
    )


@cache
def table() -> dict[str, ErrorMeaning]:
    return read(TABLE)


def read(path: Path) -> dict[str, ErrorMeaning]:
    """Raises SettingsError when the file is not as it should be, or a code is there twice."""
    known: dict[str, ErrorMeaning] = {}
    for entry in files.read(path, TypeAdapter(list[_Entry])):
        if entry.code in known:
            raise SettingsError(f"{path.name} has {entry.code} twice")
        known[entry.code] = ErrorMeaning(entry.code, entry.title, entry.consequence, entry.meaning.strip())
    return known
