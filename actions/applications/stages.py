"""What each stage means to an applicant, read strictly from `scheme_stages/*.yml` and `actors.yml`."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar, get_args

from pydantic import BaseModel, Field, StringConstraints, ValidationError

from knowledge.entries_loader import load_sources
from knowledge.entry import ByLanguage, Scheme, Slug, Strict
from knowledge.errors import EntryError, Problem
from knowledge.paths import STAGES
from knowledge.programme import renamed
from knowledge.yaml_lines import Document, read

ACTORS = Path(__file__).with_name("actors.yml")
Actor = Literal[
    "applicant", "dic", "committee", "bank", "department", "institute", "state_committee", "spv", "nobody"
]  # fmt: skip
Worry = Literal["applicant", "office", "bank", "published"]
Model = TypeVar("Model", bound=BaseModel)


class Stage(Strict):
    code: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]{1,31}$")]
    name: ByLanguage
    meaning: ByLanguage
    next: ByLanguage
    do_now: ByLanguage
    actor: Actor
    worry_after_days: Annotated[int, Field(gt=0)] | None
    worry_basis: Literal["own", "published"] = "own"
    final: bool = False
    confidence: Literal["high", "medium", "low"]
    sources: Annotated[list[Slug], Field(min_length=1)]

    @property
    def worry(self) -> Worry:
        """Whose slowness it would be."""
        if self.worry_basis == "published":
            return "published"
        return self.actor if self.actor in ("applicant", "bank") else "office"


class _File(Strict):
    scheme: Scheme
    stages: Annotated[list[Stage], Field(min_length=1)]


class _Actors(Strict):
    actors: dict[Actor, ByLanguage]
    worry: dict[Worry, ByLanguage]


@dataclass(frozen=True)
class Explained:
    """A stage in one language. `worry` says what to do after how many days; None where nothing is awaited."""

    name: str
    meaning: str
    next: str
    who: str
    do_now: str
    worry: str | None
    days_here: int
    late: bool
    sources: tuple[str, ...]  # ids of knowledge/sources.yml


@dataclass(frozen=True)
class Stages:
    by_scheme: dict[str, dict[str, Stage]]
    _actors: _Actors

    def find(self, scheme: str, code: str) -> Stage | None:
        return self.by_scheme.get(scheme, {}).get(code)

    def explain(self, scheme: str, code: str, since: date, language: str, today: date) -> Explained:
        stage = self.by_scheme[scheme][code]
        days, limit = max(0, (today - since).days), stage.worry_after_days
        return Explained(
            name=stage.name[language],
            meaning=stage.meaning[language],
            next=stage.next[language],
            who=self._actors.actors[stage.actor][language],
            do_now=stage.do_now[language],
            worry=None if limit is None else self._actors.worry[stage.worry][language].format(days=limit),
            days_here=days,
            late=limit is not None and days > limit,
            sources=tuple(stage.sources),
        )


@lru_cache(maxsize=1)
def load(folder: Path = STAGES, actors: Path = ACTORS) -> Stages:
    """Raises one EntryError that lists every problem with its file and line."""
    problems: list[Problem] = []
    by_scheme: dict[str, dict[str, Stage]] = {}
    for path in sorted(folder.glob("*.yml")):
        try:
            document, file = read_as(_File, path)
        except EntryError as error:
            problems += error.problems
            continue
        problems += _problems(document, file)
        by_scheme[file.scheme] = {stage.code: stage for stage in file.stages}
    actors_document, words = read_as(_Actors, actors)
    problems += _missing(actors_document, words)
    if problems:
        raise EntryError(problems)
    return Stages(by_scheme, words)


def read_as(model: type[Model], path: Path) -> tuple[Document, Model]:
    """A YAML file as a model; what is wrong is told with its line."""
    document = read(path, renamed)
    try:
        return document, model.model_validate(document.data)
    except ValidationError as error:
        raise EntryError([document.problem(tuple(e["loc"]), e["msg"]) for e in error.errors()]) from None


def _problems(document: Document, file: _File) -> list[Problem]:
    found = []
    if document.path.stem != file.scheme:
        found.append(document.problem(("scheme",), f"the file is named {document.path.name}, not {file.scheme}.yml"))
    seen: set[str] = set()
    known = load_sources()
    for i, stage in enumerate(file.stages):
        if stage.code in seen:
            found.append(document.problem(("stages", i, "code"), f"{stage.code} is given twice"))
        if stage.final != (stage.worry_after_days is None):
            found.append(document.problem(("stages", i), "a final stage has no worry_after_days, every other has"))
        for k, source in enumerate(stage.sources):
            if source not in known:
                found.append(document.problem(("stages", i, "sources", k), f"unknown source {source}"))
        seen.add(stage.code)
    return found


def _missing(document: Document, words: _Actors) -> list[Problem]:
    tables: tuple[tuple[str, dict[Any, ByLanguage], Any], ...] = (
        ("actors", words.actors, Actor),
        ("worry", words.worry, Worry),
    )
    return [
        document.problem((name,), f"{key} is missing")
        for name, table, kind in tables
        for key in get_args(kind)
        if key not in table
    ]
