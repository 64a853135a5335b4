"""How each fact is asked, why, and how its choices are called (`facts.yml`)."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from pydantic import Field, RootModel

from actions.eligibility.errors import SchemeError
from actions.eligibility.facts import KINDS
from actions.eligibility.kinds import Choice
from actions.eligibility.scheme import Part
from actions.eligibility.scheme_file import HERE, read_strictly, validated
from knowledge.entry import ByLanguage

FACTS = HERE / "facts.yml"


class FactWords(Part):
    question: ByLanguage
    why: ByLanguage
    choices: dict[str, ByLanguage] = Field(default_factory=dict)


class _File(RootModel[dict[str, FactWords]]):
    pass


def read_words(path: Path, kinds: Mapping[str, object] = KINDS) -> dict[str, FactWords]:
    """Every fact has its words and every choice its name; raises SchemeError."""
    document = read_strictly(path)
    words = validated(document, document.data, _File).root
    problems = [document.problem((name,), "there is no such fact") for name in words if name not in kinds]
    problems += [document.problem((), f"no words for {name}") for name in kinds if name not in words]
    for name, kind in kinds.items():
        options = set(kind.options) if isinstance(kind, Choice) else set()
        if name in words and set(words[name].choices) != options:
            wanted = ", ".join(sorted(options)) or "none"
            problems.append(document.problem((name, "choices"), f"name exactly the choices: {wanted}"))
    if problems:
        raise SchemeError(problems)
    return words


@lru_cache(maxsize=1)
def load_words() -> dict[str, FactWords]:
    """The words that are shipped, read once per process."""
    return read_words(FACTS)
