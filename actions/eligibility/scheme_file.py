"""Reads the schemes strictly: whatever is wrong is reported with its file and line, all at once."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from actions.eligibility.errors import SchemeError
from actions.eligibility.expression_file import ExpressionFault
from actions.eligibility.scheme import Scheme
from actions.eligibility.scheme_checks import checks
from actions.eligibility.shared import Shared
from knowledge.entries_loader import load_sources
from knowledge.errors import EntryError, Problem
from knowledge.paths import PROGRAMME, SCHEMES
from knowledge.programme import renamed
from knowledge.yaml_lines import Document, Location, read

HERE = Path(__file__).resolve().parent
SHARED = HERE / "shared.yml"
Model = TypeVar("Model", bound=BaseModel)


def problems_of(document: Document, error: ValidationError) -> Iterator[Problem]:
    """With the line of the very part of a condition that is wrong."""
    for detail in error.errors():
        cause = detail.get("ctx", {}).get("error")
        deeper: Location = cause.location if isinstance(cause, ExpressionFault) else ()
        yield document.problem((*detail["loc"], *deeper), detail["msg"])


def read_strictly(path: Path) -> Document:
    """What several programmes share says the names of the one that is served."""
    try:
        return read(path, str if path.is_relative_to(PROGRAMME) else renamed)
    except EntryError as error:
        raise SchemeError(error.problems) from error


def validated(document: Document, data: Any, model: type[Model]) -> Model:
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise SchemeError(list(problems_of(document, error))) from error


class _Filler:
    """Puts what several schemes share in the places where a scheme names it."""

    def __init__(self, document: Document, shared: dict[str, Any]) -> None:
        self.document, self.shared = document, shared
        self.problems: list[Problem] = []

    def fill(self) -> Any:
        data = self.document.data
        if not isinstance(data, dict):
            return data
        filled = dict(data)
        if isinstance(data.get("authority"), str):
            filled["authority"] = self._named("authorities", data["authority"], ("authority",))
        for key in ("conditions", "documents"):
            if isinstance(data.get(key), list):
                filled[key] = [self._item(key, item, (key, i)) for i, item in enumerate(data[key])]
        return filled

    def _item(self, key: str, item: Any, at: Location) -> Any:
        """`use: age-18`: the shared one, with what the scheme says itself on top (its sources, its words)."""
        if isinstance(item, str):
            return self._named(key, item, at)
        if not isinstance(item, dict) or "use" not in item:
            return item
        own = {name: value for name, value in item.items() if name != "use"}
        return {**self._named(key, str(item["use"]), (*at, "use")), **own}

    def _named(self, key: str, name: str, at: Location) -> dict[str, Any]:
        found = self.shared[key].get(name)
        if found is None:
            self.problems.append(self.document.problem(at, f"shared.yml has no {name} under {key}"))
        return {"id": name, **(found or {})}


def _shared(path: Path) -> dict[str, Any]:
    document = read_strictly(path)
    validated(document, document.data, Shared)
    return dict(document.data)


def _read_scheme(path: Path, shared: dict[str, Any], known_sources: set[str]) -> Scheme:
    document = read_strictly(path)
    filler = _Filler(document, shared)
    data = filler.fill()
    if filler.problems:
        raise SchemeError(filler.problems)
    scheme = validated(document, data, Scheme)
    problems = list(checks(document, scheme, known_sources))
    if problems:
        raise SchemeError(problems)
    return scheme


def read_all(folder: Path, shared_file: Path, known_sources: set[str]) -> dict[str, Scheme]:
    """Every scheme of `folder` by id; raises one SchemeError that lists every problem."""
    problems: list[Problem] = []
    found: dict[str, Scheme] = {}
    shared = _shared(shared_file)
    for path in sorted(folder.glob("*.yml")):
        try:
            found[path.stem] = _read_scheme(path, shared, known_sources)
        except SchemeError as error:
            problems += error.problems
    if problems:
        raise SchemeError(problems)
    return found


@lru_cache(maxsize=1)
def load() -> dict[str, Scheme]:
    """The schemes that are shipped, read once per process."""
    return read_all(SCHEMES, SHARED, set(load_sources()))
