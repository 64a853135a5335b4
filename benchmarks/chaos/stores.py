"""A PostgreSQL and a Redis that may be stopped at will, and that a supervisor would start again where they die."""

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import IO

import psutil  # type: ignore[import-untyped,import-not-found,unused-ignore]

from benchmarks.places import ROOT

_LOOKS = 0.3


class Kept:
    """One program, started again whenever it ends, unless it is to stay down."""

    def __init__(self, name: str, command: list[str], env: dict[str, str], log: Path) -> None:
        self.name, self._command, self._env = name, command, env
        self._log: IO[bytes] = log.open("ab")
        self._process: subprocess.Popen[bytes] | None = None
        self._is_wanted = threading.Event()
        self._is_over = threading.Event()
        self._keeper = threading.Thread(target=self._keep, daemon=True)
        self._keeper.start()

    def start(self) -> None:
        self._is_wanted.set()

    def stop(self, number: signal.Signals) -> None:
        """Stays down until `start`."""
        self._is_wanted.clear()
        while (process := self._process) and process.poll() is None:
            for each in self._processes(process):
                with suppress(psutil.NoSuchProcess):
                    each.send_signal(number)
            with suppress(subprocess.TimeoutExpired):
                process.wait(10)

    def close(self) -> None:
        self._is_over.set()
        self.stop(signal.SIGTERM)
        self._keeper.join()
        self._log.close()

    def _processes(self, process: subprocess.Popen[bytes]) -> list[psutil.Process]:
        """The program, not whoever started it for us."""
        try:
            children = psutil.Process(process.pid).children()
        except psutil.NoSuchProcess:
            return []
        return children or [psutil.Process(process.pid)]

    def _keep(self) -> None:
        while not self._is_over.is_set():
            if self._is_wanted.is_set() and (self._process is None or self._process.poll() is not None):
                out = {"stdin": subprocess.DEVNULL, "stdout": self._log, "stderr": self._log}
                env = {**os.environ, **self._env}
                self._process = subprocess.Popen(self._command, cwd=ROOT, env=env, start_new_session=True, **out)  # type: ignore[call-overload]
            time.sleep(_LOOKS)


def postgres(folder: Path, port: str, password: str, log: Path) -> Kept:
    command = [sys.executable, "-m", "deploy.stores", "postgres", str(folder), port]
    return Kept("postgres", command, {"CLUSTER_PASSWORD": password}, log)


def redis(port: str, log: Path) -> Kept:
    return Kept("redis", [sys.executable, "-m", "deploy.stores", "redis", port], {}, log)
