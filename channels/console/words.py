"""What the console says, in Hindi and English: `words/<area>.yml`, all under `area.key`."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Literal

import yaml

from channels.names import renamed

WORDS = Path(__file__).with_name("words")
ConsoleLanguage = Literal["hi", "en"]
LANGUAGES: tuple[ConsoleLanguage, ...] = ("hi", "en")
Say = Callable[..., str]


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the slow one takes a fifth of a second


@cache
def load() -> dict[str, dict[str, str]]:
    """Raises ValueError naming the key that lacks a language."""
    found: dict[str, dict[str, str]] = {}
    for path in sorted(WORDS.glob("*.yml")):
        for key, texts in yaml.load(renamed(path.read_text("utf-8")), Loader=_LOADER).items():
            if set(texts) != set(LANGUAGES):
                raise ValueError(f"{path.name}: {key} must have exactly hi and en")
            found[f"{path.stem}.{key}"] = texts
    return found


def say(language: str, key: str, /, **gaps: object) -> str:
    """`words.say("hi", "area.key", name=value)`. An unknown key is an error, found by the tests."""
    return load()[key][language].format(**gaps)


def has(key: str) -> bool:
    return key in load()


def sayer(language: str) -> Say:
    """`t` of the templates."""
    return lambda key, /, **gaps: say(language, key, **gaps)
