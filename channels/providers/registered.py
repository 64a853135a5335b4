"""Texts registered for DLT, and the one that a message is made from.

India's networks carry an SMS of an organisation only if entity, header and text are registered, word for word,
with gaps `{#var#}` (docs/channels.md). Nothing is guessed: what fits no registered text is not sent.
"""

import re
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from channels.providers import files

GAP = "{#var#}"
Number = Annotated[str, Field(pattern=r"^[0-9]{6,25}$")]


class RegisteredText(BaseModel):
    """One template as the DLT portal knows it."""

    model_config = ConfigDict(extra="forbid")

    id: Number
    kind: Literal["transactional", "service_implicit", "service_explicit", "promotional"]
    header: str = Field(pattern=r"^[A-Za-z0-9]{3,9}$")
    text: str = Field(min_length=1)

    def fits(self, text: str, longest_gap: int) -> bool:
        """Follows all ways to fill the gaps at once, so that no text takes long."""
        first, *others = self.text.strip().split(GAP)
        ends = {len(first)} if text.startswith(first) else set()
        for words in others:
            starts = {end + size for end in ends for size in range(1, longest_gap + 1)}
            ends = {start + len(words) for start in starts if start <= len(text) and text.startswith(words, start)}
        return len(text) in ends

    @property
    def fixed_characters(self) -> int:
        return len(self.text.replace(GAP, ""))


class Registry(BaseModel):
    """The file DLT_TEMPLATES_FILE."""

    model_config = ConfigDict(extra="forbid")

    entity_id: Number
    longest_gap: int = Field(default=30, ge=1, le=200)  # characters in one gap, as the portal allows
    templates: dict[str, RegisteredText] = Field(min_length=1)

    def match(self, text: str) -> RegisteredText | None:
        """Of several that fit, the one that fixes most: a bare gap says the least about a text."""
        fitting = [each for each in self.templates.values() if each.fits(text, self.longest_gap)]
        return max(fitting, key=lambda each: each.fixed_characters, default=None)


def load(path: Path) -> Registry:
    """Raises SettingsError when the file is not in order."""
    return files.read(path, TypeAdapter(Registry))


def indian_digits(number: str) -> str | None:
    """`+919812345678` -> `919812345678`, the form Indian gateways take; None if it is no Indian mobile."""
    return number[1:] if re.fullmatch(r"\+91[6-9][0-9]{9}", number) else None
