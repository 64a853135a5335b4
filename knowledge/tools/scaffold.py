"""Begins a new entry: the file with every key, to be filled in."""

from datetime import date
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from knowledge.entry import MAX_ANSWER_WORDS, MAX_SHORT, MAX_TITLE, Slug
from knowledge.errors import KnowledgeError
from knowledge.paths import ENTRIES

_LANGUAGES = ("hi", "hi-Latn", "en")


def _by_language(key: str, hint: str = "") -> list[str]:
    comment = f"  # {hint}" if hint else ""
    return [f"{key}:{comment}", *(f'  {code}: ""' for code in _LANGUAGES)]


def text(name: str, topic: str, today: date) -> str:
    """The YAML of an empty entry; it does not load until it is filled in, and the errors say what is missing."""
    questions = [line for code in _LANGUAGES for line in (f"  {code}:", '    - ""')]
    short = ", ".join(f"{code} {size}" for code, size in MAX_SHORT.items())
    lines = [
        f"id: {name}", f"topic: {topic}",
        *_by_language("title", f"on buttons: at most {MAX_TITLE} characters"),
        f"as_of: {today}  # date of the newest source", f"last_checked: {today}",
        "sources: []  # ids of knowledge/sources.yml, the most important first",
        "questions:  # five or more a language, each written by itself as people type and say it", *questions,
        *_by_language("answer", f"at most {MAX_ANSWER_WORDS} words; the answer in the first sentence"),
        *_by_language("short", f"for SMS; characters at most: {short}"),
        "follow_ups: []  # up to three ids: what is asked next",
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def new(name: str, topic: str, today: date, folder: Path = ENTRIES) -> Path:
    """Write the file and return its path; KnowledgeError where the id is taken or is no id."""
    for value in (name, topic):
        try:
            TypeAdapter(Slug).validate_python(value)
        except ValidationError as error:
            raise KnowledgeError(f"{value!r} is no id: use small Latin letters, digits and single hyphens") from error
    taken = next(folder.rglob(f"{name}.yml"), None)
    if taken:
        raise KnowledgeError(f"there is an entry {name} already: {taken}")
    path = folder / topic / f"{name}.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text(name, topic, today), encoding="utf-8")
    return path
