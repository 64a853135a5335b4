"""Runs every test, each in the environment that its subject lives in."""

from __future__ import annotations

import os
import shutil

from deploy import processes
from deploy.places import BOT, SERVICE, python
from deploy.problems import Problem
from deploy.progress import Progress

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
    """True if all passed. The last lines are pytest's own."""
    progress.step("Tests of the bot")
    bot = processes.show([python(BOT), "-m", "pytest", "tests/bot"])
    progress.step("All other tests" + ("" if bot == 0 else " (tests of the bot failed, see above)"))
    others = processes.show([python(SERVICE), "-m", "pytest", "tests", "--ignore=tests/bot"])
    return bot == 0 and others == 0
