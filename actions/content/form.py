"""What the console's form gives: an entry that may be half-finished or wrong, but never YAML."""

import unicodedata
from typing import Annotated, Any, Literal

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from actions.content.tables import LONGEST_ID
from knowledge.entry_file import written

_LONGEST_TEXT, _MOST_QUESTIONS, _MOST_NAMES = 4000, 300, 20


def _clean(text: str) -> str:
    """Spaces at the ends and signs that nobody sees go; lines stay, joiners of Devanagari too."""
    lines = ("".join(c for c in line if c in "\u200c\u200d" or _visible(c)) for line in text.splitlines())
    return "\n".join(" ".join(line.split()) for line in lines).strip()


def _visible(character: str) -> bool:
    return unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co", "Cn")


_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # the C parser is ten times as fast
Line = Annotated[str, Field(max_length=_LONGEST_TEXT), AfterValidator(_clean)]
Name = Annotated[str, Field(max_length=LONGEST_ID), AfterValidator(_clean)]
Texts = dict[Literal["hi", "hi-Latn", "en"], Line]


class Form(BaseModel):
    model_config = ConfigDict(extra="forbid")

    id: Name
    topic: Name = ""
    scheme: Name = ""
    title: Texts = {}
    as_of: Name = ""
    last_checked: Name = ""
    sources: Annotated[list[Name], Field(max_length=_MOST_NAMES)] = []
    questions: dict[Literal["hi", "hi-Latn", "en", "ur"], Annotated[list[Line], Field(max_length=_MOST_QUESTIONS)]] = {}
    answer: Texts = {}
    short: Texts = {}
    speech: Texts = {}
    follow_ups: Annotated[list[Name], Field(max_length=_MOST_NAMES)] = []
    task: Name = ""
    conflicts: Line = ""

    def data(self) -> dict[str, Any]:
        """Without what is empty, as it would be read from a file."""
        return {key: kept for key, value in self.model_dump().items() if (kept := _given(value))}

    def text(self) -> str:
        return written(self.data())


def read(text: str) -> dict[str, Any]:
    """The data of a version's text; days as texts, as the form has them."""
    data: dict[str, Any] = yaml.load(text, _LOADER)
    return data


def _given(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: kept for key, one in value.items() if (kept := _given(one))}
    return [one for one in value if one] if isinstance(value, list) else value
