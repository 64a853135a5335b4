"""What several of these tests use."""

import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
Run = Callable[..., subprocess.CompletedProcess[str]]


def script(path: Path, body: str) -> None:
    """A small program for the tests."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)


def free_ports(number: int) -> list[str]:
    probes = [socket.create_server(("127.0.0.1", 0)) for _ in range(number)]
    numbers = [str(probe.getsockname()[1]) for probe in probes]
    for probe in probes:
        probe.close()
    return numbers


def read_until(process: subprocess.Popen[str], words: str) -> list[str]:
    """The lines up to the one with these words."""
    lines: list[str] = []
    for line in process.stdout or ():
        lines.append(line.rstrip())
        if words in line:
            return lines
    raise AssertionError(f"{words!r} not in {lines}; {process.stderr and process.stderr.read()}")


def wait_for(condition: Callable[[], bool], seconds: float = 15) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "not in time"
        time.sleep(0.1)
