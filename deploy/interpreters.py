"""Finds a Python of a wanted version that really starts."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Iterator, Sequence


def find(versions: Sequence[str]) -> str | None:
    """The first working interpreter of the first version that has one: on PATH, then in pyenv's versions."""
    for version in versions:
        for candidate in _candidates(version):
            if works(candidate, version):
                return str(candidate)
    return None


def works(interpreter: Path, version: str) -> bool:
    """Proved by running it: a pyenv shim on PATH may stand for a version that is not active."""
    try:
        answer = subprocess.run(
            [str(interpreter), "--version"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=20,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.returncode == 0 and answer.stdout.decode().startswith(f"Python {version}.")


def _candidates(version: str) -> Iterator[Path]:
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        for name in (f"python{version}", "python3"):
            if folder and (Path(folder) / name).is_file():
                yield Path(folder) / name
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    for folder_ in sorted((pyenv / "versions").glob(f"{version}*"), reverse=True):
        yield folder_ / "bin" / "python"
