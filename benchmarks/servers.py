"""Starts servers, each in a process group of its own, and stops all they started."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil  # type: ignore[import-untyped,import-not-found,unused-ignore]

from benchmarks.errors import ServerError
from benchmarks.places import LOGS, ROOT

READY_WITHIN = 300.0  # seconds


@dataclass(frozen=True)
class Server:
    """How to start one, and how to see that it answers."""

    name: str
    command: Sequence[str]
    is_ready: Callable[[], bool]
    env: Mapping[str, str] = field(default_factory=dict)
    folder: Path = ROOT


@dataclass(frozen=True)
class Running:
    """`seconds`: from start to the first answer."""

    process: subprocess.Popen[bytes]
    seconds: float

    def resident(self) -> float:
        """Megabytes of memory in use, with all child processes."""
        parent = psutil.Process(self.process.pid)
        return float(sum(p.memory_info().rss for p in [parent, *parent.children(recursive=True)]) / 1e6)


@contextmanager
def running(server: Server) -> Iterator[Running]:
    """Up and answering, until the block ends."""
    began = time.monotonic()
    process = start(server.name, server.command, server.env, server.folder)
    try:
        _wait(server, process, began + READY_WITHIN)
        yield Running(process, time.monotonic() - began)
    finally:
        stop(process)


def start(name: str, command: Sequence[str], env: Mapping[str, str], folder: Path) -> subprocess.Popen[bytes]:
    LOGS.mkdir(parents=True, exist_ok=True)
    with (LOGS / f"{name}.log").open("wb") as log:
        return subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, **env},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


def stop(process: subprocess.Popen[bytes], patience: float = 15.0) -> None:
    """Asks the whole group to stop, and ends it if it has not after `patience` seconds."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        if process.poll() is not None:
            return
        os.killpg(process.pid, number)
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            continue


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def free_ports(count: int) -> list[int]:
    """All held at once, so that they differ."""
    with ExitStack() as held:
        probes = [held.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(count)]
        return [int(probe.getsockname()[1]) for probe in probes]


def _wait(server: Server, process: subprocess.Popen[bytes], end: float) -> None:
    while not server.is_ready():
        if process.poll() is not None or time.monotonic() > end:
            raise ServerError(f"{server.name} did not start: see var/bench/log/{server.name}.log.")
        time.sleep(0.1)
