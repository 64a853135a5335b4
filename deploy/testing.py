"""Runs every test, each in the environment that its subject lives in."""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import contextmanager
from typing import Iterator

from deploy import processes
from deploy.places import BOT, LOG, ROOT, SERVICE, python
from deploy.problems import Problem
from deploy.progress import Progress

# Company does not disturb them; about half of the time of all.
BESIDE = (
    "tests/benchmarks",
    "tests/knowledge",
    "tests/actions",
    "tests/fuzz",
    *(
        f"tests/channels/{name}"
        for name in ("console", "fake_twilio", "phone", "providers", "speech", "turn_log", "widget")
    ),
)
BESIDE_LOG = LOG / "tests-beside.log"
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
    """True if all passed. One run of pytest uses one core: a part runs beside the others."""
    with _beside([python(SERVICE), "-m", "pytest", *BESIDE]) as beside:
        progress.step("Tests of the bot")
        bot = processes.show([python(BOT), "-m", "pytest", "tests/bot"])
        progress.step("All other tests" + ("" if bot == 0 else " (tests of the bot failed, see above)"))
        apart = [f"--ignore={folder}" for folder in ("tests/bot", *BESIDE)]
        others = processes.show([python(SERVICE), "-m", "pytest", "tests", *apart])
        waited = beside.wait()
    print(BESIDE_LOG.read_text(encoding="utf-8"), end="", flush=True)
    return bot == others == waited == 0


@contextmanager
def _beside(command: list[str]) -> Iterator[subprocess.Popen[bytes]]:
    """A program whose output goes to a file; it is ended with us."""
    BESIDE_LOG.parent.mkdir(parents=True, exist_ok=True)
    with BESIDE_LOG.open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait()
