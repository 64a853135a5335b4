"""Writes the constraint files: every package that an environment gets, with its exact version."""

from __future__ import annotations

import re

from deploy import uv
from deploy.environments import BOT, CLUSTER, DEV, PROJECT, SERVICE, Environment
from deploy.processes import Failed
from deploy.progress import Progress

PLAIN = ["--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links", "--upgrade"]


def write(progress: Progress) -> None:
    """Takes the newest versions that fit pyproject.toml."""
    try:
        _write(progress, BOT, [BOT.extra])
        _write(progress, SERVICE, [SERVICE.extra, CLUSTER.extra, DEV.extra, "speech"])
    except Failed as failed:
        raise failed.problem() from None


def _write(progress: Progress, env: Environment, extras: list[str]) -> None:
    path = env.constraints
    progress.step(f"Pins of {path.name}")
    chosen = [word for extra in extras for word in ("--extra", extra)]
    version = ["--python-version", env.versions[0]]
    uv.run(
        progress,
        f"pins-{path.stem}",
        ["pip", "compile", str(PROJECT), *chosen, *version, *PLAIN, "-o", str(path)],
    )
    # A local build, such as the "+cpu" of torch, is a choice of the machine it was found on.
    path.write_text(re.sub(r"\+\S+", "", path.read_text()))
    progress.done()
