"""The two Python environments, and the development tools that tests add to the second."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Sequence

from deploy import changes, interpreters, places, uv
from deploy.problems import Problem
from deploy.processes import Failed
from deploy.progress import Progress

PROJECT = places.ROOT / "pyproject.toml"


@dataclass(frozen=True)
class Environment:
    """One extra of pyproject.toml, installed into a folder with exact versions."""

    extra: str
    title: str
    folder: Path
    versions: tuple[str, ...]  # of Python, the preferred one first
    gigabytes: float  # of disk while installing, with what uv keeps for later

    @property
    def constraints(self) -> Path:
        return places.CONSTRAINTS / f"{self.folder.name}.txt"

    @property
    def step(self) -> str:
        return f"env-{self.extra}"

    def hash(self) -> str:
        return changes.digest(_extra(self.extra), files=[self.constraints, self.folder / "pyvenv.cfg"])

    def exists(self) -> bool:
        interpreter = Path(places.python(self.folder))
        return any(interpreters.works(interpreter, version) for version in self.versions)

    def is_ready(self) -> bool:
        return self.exists() and changes.is_done(self.step, self.hash())


BOT = Environment("bot", "Rasa's environment (Python 3.10)", places.BOT, ("3.10",), 4.0)
SERVICE = Environment(
    "service",
    "The services' environment (Python 3.11 or newer)",
    places.SERVICE,
    ("3.11", "3.12", "3.13"),
    1.5,
)
CLUSTER = Environment("cluster", "PostgreSQL and Redis", places.SERVICE, SERVICE.versions, 0.2)
DEV = Environment("dev", "Development tools", places.SERVICE, SERVICE.versions, 2.0)


def prepare(progress: Progress, wanted: Sequence[Environment]) -> None:
    """Each environment becomes a step; nothing happens where nothing changed."""
    missing = [each for each in wanted if not each.is_ready()]
    changes.need_space(sum(each.gigabytes for each in missing))
    for each in wanted:
        if each.is_ready():
            progress.skip(each.title)
        else:
            progress.step(each.title)
            _make(progress, each)
            progress.done()


def _make(progress: Progress, env: Environment) -> None:
    try:
        if not env.exists():
            _create(progress, env)
        _install(progress, env)
    except Failed as failed:
        raise failed.problem() from None
    changes.set_done(env.step, env.hash())


def _create(progress: Progress, env: Environment) -> None:
    changes.forget(*(each.step for each in (BOT, SERVICE, CLUSTER, DEV) if each.folder == env.folder))
    version = env.versions[0]
    found = interpreters.find(env.versions)
    progress.say(f"uses {found}" if found else f"Python {version} is not here: asking uv for one")
    try:
        uv.run(
            progress,
            f"create-{env.extra}",
            ["venv", "--clear", "--python", found or version, str(env.folder)],
        )
    except (Failed, Problem):
        if found:
            raise
        raise Problem(_missing(version)) from None


def _missing(version: str) -> str:
    return (
        f"Python {version} was found neither on PATH nor in pyenv, and could not be fetched: "
        f"install Python {version} (for example `pyenv install {version}`), then run the same command again."
    )


def _install(progress: Progress, env: Environment) -> None:
    arguments = ["pip", "install", "--python", places.python(env.folder), "-r", str(PROJECT)]
    arguments += ["--extra", env.extra, "--constraints", str(env.constraints)]
    uv.run(progress, f"install-{env.extra}", arguments)


def _extra(name: str) -> str:
    """The lines of one extra; read by hand, since tomllib is newer than the oldest Python we start with."""
    found = re.search(
        rf"^{name} = \[(?:\s*#[^\n]*)?$(.*?)^\]$", PROJECT.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    if found is None:
        raise Problem(f"pyproject.toml has no extra named {name}.")
    return found.group(1)
