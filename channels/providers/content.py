"""WhatsApp's own buttons and lists, through Content templates made in Twilio's console.

A template has a fixed number of choices, so the file names one for each number:

    two_buttons: {kind: quick_reply, sid: HX..., variables: {body: "1", titles: ["2", "4"], ids: ["3", "5"]}}

WhatsApp shows these only within 24 hours after the person's last message.
"""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, model_validator

from channels.bot_models import BotReply
from channels.models import Button
from channels.providers import files
from channels.providers.base import Template
from channels.render.segments import utf16_units
from channels.render.whatsapp import above_buttons
from channels.render.words import OPEN_LIST

LONGEST_BODY, LONGEST_ID = 1024, 200
MOST_BUTTONS, LONGEST_BUTTON = 3, 20
MOST_ITEMS, LONGEST_ITEM, LONGEST_DESCRIPTION = 10, 24, 72

Name = Annotated[str, Field(pattern=r"^\w{1,16}$")]  # of a variable: "1", "2", ...


class _Variables(BaseModel):
    """Which variable of the template holds what, choices in their order."""

    model_config = ConfigDict(extra="forbid")

    body: Name
    titles: list[Name] = Field(min_length=1, max_length=MOST_ITEMS)
    ids: list[Name]  # what comes back when the choice is taken
    descriptions: list[Name] = []  # of a list whose titles may be long: items are numbers, described by the title
    button: Name | None = None  # the words that open a list

    def all(self) -> list[str]:
        return [self.body, *self.titles, *self.ids, *self.descriptions, *([self.button] if self.button else [])]


class _Content(BaseModel):
    """One Content template."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["quick_reply", "list_picker"]
    sid: str = Field(pattern=r"^HX[0-9A-Za-z]+$")
    variables: _Variables

    @model_validator(mode="after")
    def _fits_its_kind(self) -> "_Content":
        names, count = self.variables.all(), len(self.variables.titles)
        if len(names) != len(set(names)):
            raise ValueError("a variable is named twice")
        if len(self.variables.ids) != count or len(self.variables.descriptions) not in (0, count):
            raise ValueError("titles, ids and descriptions must be as many")
        if self.kind == "quick_reply" and (count > MOST_BUTTONS or self.variables.descriptions):
            raise ValueError(f"a quick reply has at most {MOST_BUTTONS} choices and no descriptions")
        return self

    def filled(self, reply: BotReply) -> Template | None:
        """None if the reply does not fit."""
        if len(reply.buttons) != len(self.variables.titles):
            return None
        shown = _titles(reply.buttons, LONGEST_BUTTON if self.kind == "quick_reply" else LONGEST_ITEM)
        described = self.variables.descriptions and _titles(reply.buttons, LONGEST_DESCRIPTION)
        if described:
            shown = [str(number) for number in range(1, len(described) + 1)]
        return Template(self.sid, self._values(reply, shown, described or [])) if shown else None

    def _values(self, reply: BotReply, shown: list[str], described: list[str]) -> dict[str, str]:
        names = self.variables
        button = {names.button: OPEN_LIST[reply.language]} if names.button else {}
        ids = [button.payload for button in reply.buttons]
        lists = zip([*names.titles, *names.ids, *names.descriptions], [*shown, *ids, *described], strict=True)
        return {names.body: above_buttons(reply)} | button | dict(lists)


class Contents:
    """The configured templates."""

    def __init__(self, contents: list[_Content]) -> None:
        # Buttons are seen at once; titles as they are read better than numbers with descriptions.
        self._contents = sorted(
            contents, key=lambda each: (each.kind != "quick_reply", bool(each.variables.descriptions))
        )

    def choose(self, reply: BotReply) -> Template | None:
        """Buttons or a list for the reply's choices. None: number them in the text (channels/render/whatsapp.py).
        With a template the message's text is `above_buttons(reply)`."""
        if utf16_units(above_buttons(reply)) > LONGEST_BODY or not _usable(reply.buttons):
            return None
        return next((template for each in self._contents if (template := each.filled(reply))), None)


def load(path: Path | None) -> Contents:
    """Raises SettingsError when the file is not in order."""
    return Contents(list(files.read(path, TypeAdapter(dict[str, _Content])).values()) if path else [])


def _usable(buttons: list[Button]) -> bool:
    """WhatsApp takes no two choices of one title."""
    titles = {button.title.strip() for button in buttons}
    return len(titles) == len(buttons) and all(0 < utf16_units(button.payload) <= LONGEST_ID for button in buttons)


def _titles(buttons: list[Button], longest: int) -> list[str]:
    """All of them, or none if one is empty or too long."""
    titles = [button.title.strip() for button in buttons]
    return titles if all(0 < utf16_units(title) <= longest for title in titles) else []
