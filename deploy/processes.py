"""Runs other programs: watched, with their output in a log, and ended with all they started."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Iterator, Mapping, Sequence

from deploy.places import LOG, ROOT
from deploy.problems import Problem
from deploy.progress import Progress

PATIENCE = 12.0  # seconds from asking a program to stop to ending it; the supervisor takes 6 for its own
TAIL = 15  # lines of a failed program's output that are shown
DISK_FULL = "The disk is full: free some space, then run the same command again."


class Failed(Exception):
    """A watched program ended badly; `output` is what it said."""

    def __init__(self, name: str, output: str, log: Path) -> None:
        super().__init__(name)
        self.name, self.output, self.log = name, output, log

    def problem(self) -> Problem:
        """For the person at the terminal: the end of the output, then one sentence."""
        if os.strerror(errno.ENOSPC) in self.output:
            return Problem(DISK_FULL)
        lines = self.output.rstrip().splitlines()[-TAIL:]
        where = f"var/log/{self.log.name}"
        return Problem("\n".join([*lines, f"{self.name} failed: its last words are above, all of them in {where}."]))


def watch(
    progress: Progress,
    name: str,
    command: Sequence[str],
    env: Mapping[str, str] | None = None,
) -> None:
    """Runs a program while its latest line is shown; its output goes to var/log/<name>.log."""
    LOG.mkdir(parents=True, exist_ok=True)
    log = LOG / f"{name}.log"
    with log.open("w", encoding="utf-8") as file:
        process = start(command, env)
        latest: list[str] = ["starting"]
        reader = threading.Thread(target=_read, args=(process.stdout, file, latest), daemon=True)
        reader.start()
        try:
            _wait(progress, process, latest)
            reader.join(timeout=5)
        finally:
            stop(process)
    if process.returncode:
        raise Failed(name, log.read_text(encoding="utf-8"), log)


def start(command: Sequence[str], env: Mapping[str, str] | None = None) -> subprocess.Popen[str]:
    """A program in a session of its own, so that Ctrl-C reaches only us and we end all of it in order."""
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env=None if env is None else dict(env),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        start_new_session=True,
    )


def show(command: Sequence[str]) -> int:
    """Runs a program that speaks to the person itself; returns its exit code."""
    process = subprocess.Popen(command, cwd=ROOT)
    try:
        return process.wait()
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait()


def stop(process: subprocess.Popen[str], patience: float = PATIENCE) -> None:
    """Asks a program and all it started to stop, and ends what has not."""
    if process.poll() is not None:
        return
    with _undisturbed():
        for number in (signal.SIGTERM, signal.SIGKILL):
            os.killpg(process.pid, number)
            try:
                process.wait(patience)
                return
            except subprocess.TimeoutExpired:
                continue


@contextmanager
def _undisturbed() -> Iterator[None]:
    """A second Ctrl-C must not leave half of the processes running."""
    numbers = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(number, signal.SIG_IGN) for number in numbers]
    try:
        yield
    finally:
        for number, handler in zip(numbers, before):
            signal.signal(number, handler)


def _wait(progress: Progress, process: subprocess.Popen[str], latest: list[str]) -> None:
    while True:
        try:
            process.wait(timeout=0.5)
        except subprocess.TimeoutExpired:
            progress.now(latest[0])
        else:
            return


def _read(output: IO[str] | None, file: IO[str], latest: list[str]) -> None:
    for line in output or ():
        file.write(line)
        if line.strip():
            latest[0] = line.strip()
