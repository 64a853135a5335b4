"""A checkout of our own with only what starts it, so that nothing real is installed or run."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from launcher import ROOT, Run, script


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """`deploy/`, the Makefile, the project file and where things lie, copied."""
    folder = tmp_path / "checkout"
    shutil.copytree(ROOT / "deploy", folder / "deploy", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "knowledge").mkdir()
    for name in (
        "Makefile",
        "pyproject.toml",
        *(f"knowledge/{n}" for n in ("__init__.py", "paths.py", "programme.yml")),
    ):
        shutil.copy(ROOT / name, folder / name)
    return folder


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """The only folder on PATH in `run`; holds make and what make needs."""
    folder = tmp_path / "programs"
    folder.mkdir()
    for name in ("make", "awk", "sh"):
        (folder / name).symlink_to(shutil.which(name) or pytest.skip(f"no {name} here"))
    script(folder / "python3", f'exec "{sys.executable}" "$@"')
    return folder


@pytest.fixture
def run(checkout: Path, programs: Path, tmp_path: Path) -> Run:
    """Runs a command of ours in that checkout and returns what it said."""

    def call(*command: str, **settings: str) -> subprocess.CompletedProcess[str]:
        env = {"PATH": str(programs), "HOME": str(tmp_path), "PYENV_ROOT": str(tmp_path / "pyenv"), **settings}
        return subprocess.run(command, cwd=checkout, env=env, capture_output=True, text=True, timeout=120)

    return call
