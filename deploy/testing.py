"""Runs every test, each in the environment that its subject lives in."""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Iterator, Sequence

from deploy import processes
from deploy.places import BOT, LOG, ROOT, SERVICE, python
from deploy.problems import Problem
from deploy.progress import Progress

# One run of pytest uses one core and often waits: these run beside the others, each about as long.
_CHANNELS = ROOT / "tests" / "channels"
BESIDE = {
    "channels": tuple(
        str(path.relative_to(ROOT))
        for path in sorted(_CHANNELS.glob("*"))
        if (path.is_dir() or path.name.startswith("test_")) and path.name not in ("delivery", "__pycache__")
    ),
    "knowledge": tuple(
        f"tests/{name}" for name in ("actions", "benchmarks", "deploy", "docs", "fuzz", "knowledge", "programme")
    ),
}
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
NO_BROWSER = "The browser tests need Chromium: install it (on Debian and Ubuntu: apt-get install chromium)."


def browser(progress: Progress) -> None:
    """Chromium, which the browser tests drive; installed where we may."""
    title = "Browser for the tests"
    if any(shutil.which(name) for name in BROWSERS):
        progress.skip(title)
        return
    progress.step(title)
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise Problem(NO_BROWSER)
    try:
        processes.watch(progress, "apt-update", ["apt-get", "update"])
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        processes.watch(progress, "apt-install", ["apt-get", "install", "-y", "chromium"], quiet)
    except processes.Failed:
        raise Problem(f"{NO_BROWSER} Installing it here failed: see var/log.") from None
    progress.done()


def tests(progress: Progress) -> bool:
    """True if all passed."""
    with ExitStack() as stack:
        beside = {name: stack.enter_context(_beside(name, folders)) for name, folders in BESIDE.items()}
        progress.step("Tests of the bot")
        bot = processes.show([python(BOT), "-m", "pytest", "tests/bot"])
        progress.step("All other tests" + ("" if bot == 0 else " (tests of the bot failed, see above)"))
        apart = [f"--ignore={folder}" for folders in BESIDE.values() for folder in folders]
        others = processes.show([python(SERVICE), "-m", "pytest", "tests", "--ignore=tests/bot", *apart])
        ends = [_told(name, process) for name, process in beside.items()]
    return not any([bot, others, *ends])


def _told(name: str, process: subprocess.Popen[bytes]) -> int:
    """How it ended, once it has; what it said is shown."""
    end = process.wait()
    print(_log(name).read_text(encoding="utf-8"), end="", flush=True)
    return end


@contextmanager
def _beside(name: str, folders: Sequence[str]) -> Iterator[subprocess.Popen[bytes]]:
    """A run of pytest whose output goes to a file; it is ended with us."""
    LOG.mkdir(parents=True, exist_ok=True)
    with _log(name).open("wb") as log:
        command = [python(SERVICE), "-m", "pytest", *folders]
        process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait()


def _log(name: str) -> Path:
    return LOG / f"tests-{name}.log"
