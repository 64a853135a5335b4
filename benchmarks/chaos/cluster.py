"""The processes of the cluster profile: started as an operator starts them, found, and seen to be well."""

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import httpx

from benchmarks.chaos.place import Place
from benchmarks.errors import ServerError
from benchmarks.places import ROOT

_HEALTH = {"GATEWAY_PORTS": "/healthz", "BOT_PORTS": "/", "ACTIONS_PORTS": "/health", "DELIVERY_PORT": "/healthz"}
_READY_WITHIN = 300.0


class Cluster:
    def __init__(self, place: Place) -> None:
        self._place = place
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        log = (self._place.folder / "cluster.log").open("wb")
        command, env = [sys.executable, "-m", "benchmarks.chaos.start"], self._place.environment()
        self._process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=log, start_new_session=True)
        end = time.monotonic() + _READY_WITHIN
        while not self.is_well():
            if self._process.poll() is not None or time.monotonic() > end:
                raise ServerError(f"The cluster did not start: see {self._place.folder}/cluster.log.")
            time.sleep(0.5)

    def stop(self) -> None:
        process = self._process
        if process is None or process.poll() is not None:
            return
        process.send_signal(signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            process.wait(60)
        for pid in self._folder.glob("*.pid"):  # whoever did not listen
            with suppress(ValueError, ProcessLookupError):
                os.kill(int(pid.read_text()), signal.SIGKILL)
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)

    def names(self, kind: str) -> list[str]:
        return sorted(path.stem for path in self._folder.glob(f"{kind}*.pid"))

    def pid(self, name: str) -> int:
        return int((self._folder / f"{name}.pid").read_text())

    def one(self, kind: str, dice: random.Random) -> int:
        return self.pid(dice.choice(self.names(kind)))

    def is_well(self) -> bool:
        """Every copy by itself, and all together as the world sees them."""
        return all(map(_answers, self._addresses())) and _answers(f"{self._place.url('GATEWAY_PORT')}/readyz")

    def _addresses(self) -> list[str]:
        pairs = ((port, path) for name, path in _HEALTH.items() for port in self._place.ports[name].split())
        return [f"http://127.0.0.1:{port}{path}" for port, path in pairs]

    @property
    def _folder(self) -> Path:
        return self._place.folder / "cluster"


def _answers(url: str) -> bool:
    try:
        return httpx.get(url, timeout=3, trust_env=False).status_code == 200
    except httpx.HTTPError:
        return False
