"""The console beside a real action server's routes to the entries, over a small library."""

from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

from actions.content import answered, http
from actions.content.desk import Desk
from actions.content.service import Opened
from actions.content.settings import Settings
from knowledge.entries_loader import load
from knowledge.paths import ENTRIES, SOURCES

TOKEN = "a-token-of-the-tests-only"
ENTRY = "helpline-number"


@contextmanager
def actions(folder: Path) -> Iterator[tuple[Any, Opened]]:
    """The application and what is behind it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", f"sqlite:///{folder / 'content.db'}")
        patch.setenv("BOT_TOKEN", TOKEN)
        opened = Opened(Settings())
        library = load(ENTRIES, SOURCES, overlay=folder / "published")
        opened.desk = Desk(opened.versions, lambda: library)
        patch.setattr(answered, "opened", lambda: opened)
        app = FastAPI()
        app.include_router(http.router)
        yield app, opened
        opened.engine.dispose()


class _Form(HTMLParser):
    """Gathers the fields of the form `entry`, the first of each name."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self._inside, self._area, self._chosen = False, "", ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        self._inside |= tag == "form" and given.get("id") == "entry"
        if not self._inside:
            return
        self._area = given["name"] if tag == "textarea" else ""
        self._chosen = given["name"] if tag == "select" else self._chosen
        if tag == "input":
            self.found.setdefault(given["name"], given.get("value", ""))
        if tag == "option" and "selected" in given:
            self.found[self._chosen] = given.get("value", "")

    def handle_data(self, data: str) -> None:
        if self._inside and self._area:
            self.found[self._area] = data.removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        self._area = "" if tag == "textarea" else self._area
        self._inside &= tag != "form"


def fields(page: str) -> dict[str, str]:
    """The entry's form as a browser would send it back."""
    form = _Form()
    form.feed(page)
    return form.found
