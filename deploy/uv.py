"""uv, which installs: the one on PATH, or one of our own in `.envs/tools`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import Sequence

from deploy import processes
from deploy.places import TOOLS, python
from deploy.problems import Problem
from deploy.progress import Progress

VERSION = "0.13.9"
NO_VENV = (
    "Python's venv module is missing: install it (on Debian and Ubuntu: apt-get install python3-venv), "
    "then run the same command again."
)
NO_NETWORK = (
    "The Python package index cannot be reached: check the network connection or the proxy settings, "
    "then run the same command again (details in var/log)."
)
# What uv and pip say when they reach no index.
UNREACHABLE = (
    "error sending request",
    "failed to fetch",
    "failed to download",
    "dns error",
    "connection refused",
    "network is unreachable",
    "name resolution",
    "newconnectionerror",
    "timed out",
    "no matching distribution found for uv=",
)
# pip's settings, which people and build machines have, under uv's names for them.
FROM_PIP = {"PIP_INDEX_URL": "UV_DEFAULT_INDEX", "PIP_CERT": "SSL_CERT_FILE"}


def run(progress: Progress, name: str, arguments: Sequence[str]) -> None:
    """Runs uv, watched. What it needs from the network and cannot get is one sentence."""
    _watch(progress, name, [_command(progress), *arguments])


def settings() -> dict[str, str]:
    """The environment for uv."""
    env = dict(os.environ)
    links = env.get("PIP_FIND_LINKS", "").split()
    if links:
        env.setdefault("UV_FIND_LINKS", ",".join(links))
    for theirs, ours in FROM_PIP.items():
        if env.get(theirs):
            env.setdefault(ours, env[theirs])
    return env


def _command(progress: Progress) -> str:
    own = TOOLS / "bin" / "uv"
    for candidate in (shutil.which("uv"), str(own)):
        if candidate and _starts(candidate):
            return candidate
    _make_tools()
    _watch(progress, "install-uv", [python(TOOLS), "-m", "pip", "install", f"uv=={VERSION}"])
    return str(own)


def _starts(candidate: str) -> bool:
    try:
        answer = subprocess.run([candidate, "--version"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    except OSError:
        return False
    return answer.returncode == 0


def _make_tools() -> None:
    answer = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", str(TOOLS)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    if answer.returncode:
        said = answer.stdout.decode(errors="replace")
        lacks_venv = "ensurepip" in said or "No module named" in said
        raise Problem(NO_VENV if lacks_venv else f"No environment could be made in .envs/tools: {said.strip()}")


def _watch(progress: Progress, name: str, command: Sequence[str]) -> None:
    try:
        processes.watch(progress, name, command, settings())
    except processes.Failed as failed:
        said = failed.output.lower()
        if any(mark in said for mark in UNREACHABLE):
            raise Problem(NO_NETWORK) from None
        raise
