"""The Makefile, its help, and the script that the project's checks run."""

import os
import re
from pathlib import Path

from launcher import ROOT, Run

from deploy.commands import COMMANDS

TARGET = re.compile(r"^([a-z-]+):", re.MULTILINE)


def targets() -> set[str]:
    return set(TARGET.findall((ROOT / "Makefile").read_text()))


def test_every_command_has_a_target() -> None:
    assert targets() == {*COMMANDS, "help"}


def test_help_prints_every_target(run: Run) -> None:
    printed = run("make", "help").stdout
    assert {line.split()[1] for line in printed.splitlines()} == targets()
    assert run("make").stdout == printed


def test_the_check_script_calls_make_test() -> None:
    path = ROOT / ".ci" / "run"
    assert "make test" in path.read_text()
    assert os.access(path, os.X_OK)


def test_clean_keeps_conversations_and_secrets(run: Run, checkout: Path) -> None:
    for name in ("var/rasa/sahayak.tar.gz", "var/tracker.db", "var/bot_token", ".envs/bot/pyvenv.cfg"):
        (checkout / name).parent.mkdir(parents=True, exist_ok=True)
        (checkout / name).write_text("")
    assert run("make", "clean").returncode == 0
    assert sorted(path.name for path in (checkout / "var").iterdir()) == ["bot_token", "tracker.db"]
    assert not (checkout / ".envs").exists()
