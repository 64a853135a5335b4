"""The programme that is served: its names, and the shared sentences with its names in the places of the first one's."""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import yaml

from knowledge.paths import IS_OWN, KNOWLEDGE, PROGRAMME

_LANGUAGES = {"hi", "hi-Latn", "en"}
LETTER = r"[\w\u0900-\u0963\u0970-\u097f]"
Names = dict[str, dict[str, str]]


class Programme:
    """What `programme.yml` says; raises SystemExit with the file and what is wrong in it."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "programme.yml"
        data = yaml.safe_load(self._path.read_text(encoding="utf-8"))
        try:
            self.names: Names = {key: {k: str(v) for k, v in name.items()} for key, name in data["names"].items()}
            self.helpline, self.state_helpline = str(data["helpline"]), str(data["state_helpline"])
            self.site, self.districts = str(data["site"]), int(data["districts"])
            self.schemes_elsewhere = frozenset(data.get("schemes_elsewhere", ()))
            self.after_district = tuple(map(str, data.get("after_district", ())))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise SystemExit(f"{self._path}: {type(error).__name__}: {error}") from None
        for key, name in self.names.items():
            if set(name) != _LANGUAGES:
                raise SystemExit(f"{self._path}: names.{key} must have hi, hi-Latn and en")

    def forms(self) -> Iterator[tuple[str, str]]:
        """(what is named, a way it is written): the same keys for every programme."""
        for key, name in self.names.items():
            yield from ((f"{key} {language}", form) for language, form in name.items())
        yield "helpline", self.helpline
        yield "helpline digits", re.sub(r"\D", "", self.helpline)
        yield "state helpline", self.state_helpline
        yield "site", self.site


@lru_cache(maxsize=1)
def current() -> Programme:
    return Programme(PROGRAMME)


def schemes_elsewhere() -> frozenset[str]:
    """Schemes that help in other states too, such as with fairs there."""
    return current().schemes_elsewhere


@lru_cache(maxsize=1)
def replacements() -> dict[str, str]:
    """From a name of the first programme to that of this one; empty for the first."""
    if IS_OWN:
        return {}
    own = dict(current().forms())
    first = dict(Programme(KNOWLEDGE).forms())
    if own.keys() != first.keys():
        odd = ", ".join(sorted(own.keys() ^ first.keys()))
        raise SystemExit(f"{PROGRAMME / 'programme.yml'}: the names must be those of the first programme; odd: {odd}")
    # Where two languages write a name the same way, English comes last and counts.
    return {form: own[key] for key, form in first.items()}


def renamed(text: str) -> str:
    """A shared text with the names of this programme."""
    found = replacements()
    return _pattern().sub(lambda m: found.get(m[0]) or _by_case()[m[0].lower()], text) if found else text


def first_names(text: str) -> list[str]:
    """Which names of the first programme, that are not this one's too, a text still has."""
    found = {m[0] for m in _pattern().finditer(text)} if replacements() else set()
    return sorted(name for name in found if renamed(name) != name)


@lru_cache(maxsize=1)
def _by_case() -> dict[str, str]:
    return {form.lower(): name for form, name in replacements().items()}


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    """Whole words, the longest first. "UP" counts in capitals only; a name of several words in any case."""
    forms = sorted(replacements(), key=len, reverse=True)
    parts = [re.escape(form) if form.isupper() else f"(?i:{re.escape(form)})" for form in forms]
    return re.compile(rf"(?<!{LETTER})(?:{'|'.join(parts)})(?!{LETTER})")
