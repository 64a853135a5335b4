"""The commands, as lists of steps; every foreseen failure becomes one sentence."""

from __future__ import annotations

import errno
import shutil
import signal
import sys
from typing import Callable, Sequence

from deploy import building, checking, pins, processes, serving, settings, testing
from deploy.environments import BOT, DEV, SERVICE, prepare
from deploy.places import ENVS, ROOT, VAR, python
from deploy.places import SERVICE as SERVICE_ENV
from deploy.problems import Problem
from deploy.progress import Progress

REMADE = ("state", "models", "index", "training", "rasa", "log")  # of var/; the rest cannot be made again
CACHES = (".rasa", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".import_linter_cache")


def run() -> int:
    """Ends with Ctrl-C, which is no failure."""
    env = settings.load()
    settings.check_ports(env)
    progress = Progress(5)
    _train(progress)
    settings.check_ports(env)  # again: preparing may have taken minutes
    try:
        serving.serve(progress, env)
    except KeyboardInterrupt:
        progress.say("stopped")
    return 0


def test() -> int:
    progress = Progress(8)
    _train(progress, with_tools=True)
    testing.browser(progress)
    return 0 if testing.tests(progress) else 1


def train() -> int:
    _train(Progress(4))
    return 0


def check() -> int:
    progress = Progress(4 + len(checking.CHECKS))
    prepare(progress, [BOT, SERVICE, DEV])
    building.knowledge(progress)
    checking.check(progress)
    return 0


def bench() -> int:
    progress = Progress(6)
    _train(progress, with_tools=True)
    progress.step("Measure")
    return processes.show([python(SERVICE_ENV), "-m", "benchmarks"])


def bench_public() -> int:
    """The public data sets are read where they lie; benchmarks/README.md says where."""
    progress = Progress(5)
    prepare(progress, [BOT, SERVICE, DEV])
    building.knowledge(progress)
    progress.step("Measure on public data")
    return processes.show([python(SERVICE_ENV), "-m", "benchmarks", "public"])


def encoder() -> int:
    progress = Progress(7)
    prepare(progress, [BOT, SERVICE, DEV])
    building.knowledge(progress)
    progress.step("Tune the encoder")
    failed = processes.show([python(SERVICE_ENV), "-m", "knowledge", "tune"])
    if failed:
        return failed
    building.knowledge(progress)
    building.training(progress)
    return 0


def write_pins() -> int:
    pins.write(Progress(2))
    return 0


def clean() -> int:
    for folder in (ENVS, *(VAR / name for name in REMADE), *(ROOT / name for name in CACHES)):
        shutil.rmtree(folder, ignore_errors=True)
    return 0


def _train(progress: Progress, with_tools: bool = False) -> None:
    prepare(progress, [BOT, SERVICE, DEV] if with_tools else [BOT, SERVICE])
    building.knowledge(progress)
    building.training(progress)


COMMANDS: dict[str, Callable[[], int]] = {
    "run": run,
    "test": test,
    "train": train,
    "check": check,
    "bench": bench,
    "bench-public": bench_public,
    "encoder": encoder,
    "pins": write_pins,
    "clean": clean,
}


def main(words: Sequence[str]) -> int:
    """Runs one command; returns the exit code."""
    command = COMMANDS.get(words[0] if len(words) == 1 else "")
    if command is None:
        return _fail(f"Usage: python3 -m deploy {'|'.join(COMMANDS)}")
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, signal.default_int_handler)  # to be stopped in order, like Ctrl-C
    try:
        return command()
    except Problem as problem:
        return _fail(str(problem))
    except KeyboardInterrupt:
        return _fail("Stopped.", 130)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            return _fail(processes.DISK_FULL)
        raise


def _fail(sentence: str, code: int = 1) -> int:
    print(f"\n{sentence}", file=sys.stderr, flush=True)
    return code
