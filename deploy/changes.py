"""Content hashes, so that nothing is done again while its inputs are the same."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path
from typing import Iterable, Iterator

from deploy.places import ROOT, STATE
from deploy.problems import Problem


def digest(*texts: str, files: Iterable[Path] = ()) -> str:
    """One hash over texts and over files with their names; folders stand for all they hold."""
    total = hashlib.sha256()
    for text in texts:
        _add(total, text.encode())
    for path in sorted(set(_all(files))):
        _add(total, Path(os.path.relpath(path, ROOT)).as_posix().encode())
        _add(total, path.read_bytes())
    return total.hexdigest()


def _add(total: hashlib._Hash, part: bytes) -> None:
    total.update(b"%d:" % len(part))
    total.update(part)


def _all(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from (each for each in path.rglob("*") if each.is_file() and "__pycache__" not in each.parts)
        elif path.exists():
            yield path


def is_done(step: str, hash_: str) -> bool:
    """Whether a step was last finished with just these inputs."""
    mark = STATE / f"{step}.sha"
    return mark.is_file() and mark.read_text().strip() == hash_


def set_done(step: str, hash_: str) -> None:
    """Called when a step has finished."""
    STATE.mkdir(parents=True, exist_ok=True)
    (STATE / f"{step}.sha").write_text(hash_ + "\n")


def forget(*steps: str) -> None:
    """These steps have to be done again."""
    for step in steps:
        mark = STATE / f"{step}.sha"
        if mark.exists():
            mark.unlink()


def need_space(gigabytes: float) -> None:
    """Says early that the disk is too full, rather than in the middle of an installation."""
    free = shutil.disk_usage(ROOT).free / 1e9
    if free < gigabytes:
        raise Problem(f"Not enough disk space: {gigabytes:.1f} GB are needed for this step and {free:.1f} GB are free.")
