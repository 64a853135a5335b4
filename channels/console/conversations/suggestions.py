"""Replies that staff may start from: the knowledge's answer to what was asked, and sentences kept ready."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import yaml

from channels.names import renamed
from channels.settings import Settings

CANNED = Path(__file__).parent.parent / "canned.yml"
LANGUAGES = ("hi", "hi-Latn", "en")
_PATH, _SECONDS, _MOST = "/staff/ask", 4.0, 3
_USABLE = ("answered", "offered")


@dataclass(frozen=True)
class Suggestion:
    title: str
    text: str
    sources: tuple[str, ...]


@cache
def canned() -> dict[str, dict[str, Any]]:
    """By id: `title` in the interface's languages, `text` in all three."""
    found: dict[str, dict[str, Any]] = yaml.safe_load(renamed(CANNED.read_text("utf-8")))
    return found


async def suggest(http: httpx.AsyncClient, settings: Settings, text: str, language: str) -> list[Suggestion]:
    """Empty where the action server has nothing, or does not answer: a suggestion is never waited for."""
    headers = {"Authorization": f"Bearer {settings.bot_token.get_secret_value()}"}
    address = settings.actions_url.rstrip("/") + _PATH
    try:
        answer = await http.post(address, json={"text": text[:1000]}, headers=headers, timeout=_SECONDS)
        return _read(answer.json(), language) if answer.status_code == httpx.codes.OK else []
    except (httpx.HTTPError, ValueError, KeyError, TypeError, AttributeError):
        return []


def _read(found: dict[str, Any], language: str) -> list[Suggestion]:
    if found["outcome"] not in _USABLE:
        return []
    return [_suggestion(each, language) for each in found["answers"][:_MOST]]


def _suggestion(answer: dict[str, Any], language: str) -> Suggestion:
    sources = tuple(
        f"{source['title']['hi' if language == 'hi' else 'en']} ({source['as_of']})" for source in answer["sources"]
    )
    return Suggestion(str(answer["title"][language]), str(answer["answer"][language]), sources)
