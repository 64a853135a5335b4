"""Content templates: those that a test or the page has defined, and any other by its id."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class Choice(BaseModel):
    """A quick reply, or an item of a list."""

    model_config = ConfigDict(extra="forbid")

    id: str = Field(max_length=200)
    title: str = Field(min_length=1, max_length=24)
    description: str = Field(default="", max_length=72)


class Template(BaseModel):
    """In short what the Content API holds. One that is not approved goes out within 24 hours only."""

    model_config = ConfigDict(extra="forbid")

    body: str = Field(max_length=1600)
    kind: Literal["text", "quick-reply", "list-picker"] = "text"
    choices: list[Choice] = Field(default=[], max_length=10)
    approved: bool = True


class Templates:
    """By ContentSid."""

    def __init__(self) -> None:
        self.known: dict[str, Template] = {}

    def fill(self, sid: str, variables: dict[str, str]) -> tuple[str, dict[str, Any]]:
        """The text as the contact sees it, and what the ledger keeps beside it."""
        template = self.known.get(sid) or Template(body=" · ".join(variables.values()) or sid)
        choices = [
            {name: _put(text, variables) for name, text in choice.model_dump().items()} for choice in template.choices
        ]
        extra = {"content_sid": sid, "variables": variables, "approved": template.approved, "choices": choices}
        return _put(template.body, variables), extra | {"kind": template.kind}


def _put(text: str, variables: dict[str, str]) -> str:
    for name, value in variables.items():
        text = text.replace("{{" + name + "}}", value)
    return text
