"""What `make` has made: environments with the pinned versions, knowledge and model newer than their sources."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Iterator

from deploy import building, changes, interpreters
from deploy.doctor.finding import Finding, mend, ok
from deploy.environments import BOT, SERVICE, Environment
from deploy.places import python

_PIN = re.compile(r"^([A-Za-z0-9._-]+)==(\S+?)(?:\s|;|$)", re.MULTILINE)


def findings() -> Iterator[Finding]:
    for env in (BOT, SERVICE):
        yield interpreter(env)
        if env.exists():
            yield versions(env)
    yield step(building.knowledge_step(), "make train")
    yield step(building.training_step(), "make train")


def interpreter(env: Environment) -> Finding:
    name = f"python, {env.extra}"
    found = next((each for each in env.versions if interpreters.works(Path(python(env.folder)), each)), None)
    if found is None:
        return mend(name, f"{env.folder} has no working Python {env.versions[0]}: run `make train`, which makes it.")
    return ok(name, f"Python {found}.")


def versions(env: Environment) -> Finding:
    """What is installed against what is pinned; a package that is pinned and not there belongs to another extra."""
    name = f"packages, {env.extra}"
    pinned = {_plain(each): version for each, version in _PIN.findall(env.constraints.read_text(encoding="utf-8"))}
    other = [each for each, version in _installed(env.folder).items() if pinned.get(each, version) != version]
    if other:
        few = ", ".join(sorted(other)[:5])
        return mend(name, f"{len(other)} are not as pinned in {env.constraints.name} ({few}): run `make train`.")
    if not changes.is_done(env.step, env.hash()):
        return mend(name, "were installed from another list than pyproject.toml has now: run `make train`.")
    return ok(name, f"as pinned in {env.constraints.name}.")


def step(one: building.Step, command: str) -> Finding:
    missing = [path.name for path in one.made if not path.exists()]
    if missing:
        return mend(one.name, f"{', '.join(missing)} is not there: run `{command}`.")
    if not changes.is_done(one.name, one.hash):
        return mend(one.name, f"older than what it is made from: run `{command}`.")
    return ok(one.name, "made, and newer than its sources.")


def _installed(folder: Path) -> dict[str, str]:
    found = (path.name[: -len(".dist-info")].rpartition("-") for path in folder.glob("lib/*/site-packages/*.dist-info"))
    return {_plain(name): version.partition("+")[0] for name, _, version in found}  # torch is 2.1+cpu here or there


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
