"""Bot, actions and gateway as the supervisor starts them, on ports, conversations and a token of their own."""

import contextlib
import os
import secrets
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parents[2]
MODEL = ROOT / "var" / "rasa" / "sahayak.tar.gz"
BOT_PYTHON = ROOT / ".envs" / "bot" / "bin" / "python"
SERVICE_PYTHON = ROOT / ".envs" / "service" / "bin" / "python"

READY_WITHIN = 300.0  # seconds; many on a machine that does much else
STOPS_WITHIN = 10.0
TAIL = 20  # lines of each log shown when something does not start
NAMES = ("actions", "bot", "gateway")


class NotReady(AssertionError):
    """The processes did not come up; says what each wrote last."""


@dataclass
class ThreeProcesses:
    """Each of the three can be killed and started again on the same port."""

    folder: Path
    names: tuple[str, ...] = NAMES
    ports: dict[str, int] = field(default_factory=dict)
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    settings: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.ports = dict(zip(self.names, _free_ports(len(self.names)), strict=True))

    @property
    def address(self) -> str:
        return local(self.ports["gateway"])

    def start(self, *names: str) -> None:
        for name in names or self.names:
            with self._log(name).open("ab") as log:
                self.running[name] = subprocess.Popen(
                    self._command(name),
                    cwd=ROOT,
                    env=self._environment(),
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                )

    @property
    def outbox(self) -> Path:
        return self.folder / "sms.jsonl"

    def import_demo(self) -> None:
        """Thirty made-up applications."""
        command = [str(SERVICE_PYTHON), "-m", "actions.applications", "demo"]
        subprocess.run(command, cwd=ROOT, env=self._environment(), check=True, capture_output=True)

    def wait_until_ready(self) -> None:
        until(self._is_ready, READY_WITHIN, self.last_words)

    def kill(self, name: str) -> None:
        """At once and without a farewell, as a crash would."""
        process = self.running.pop(name)
        _signal(process, signal.SIGKILL)
        process.wait()

    def stop(self) -> None:
        for process in self.running.values():
            _signal(process, signal.SIGTERM)
        for process in self.running.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(STOPS_WITHIN)
            _signal(process, signal.SIGKILL)  # whatever is left of the group
            process.wait()

    def last_words(self) -> str:
        """The end of each log, for the person who reads a failure."""
        states = [f"{name}: {self._state(name)}\n{_tail(self._log(name))}" for name in self.names]
        return "The processes are not ready.\n\n" + "\n\n".join(states)

    def log_text(self) -> str:
        return "".join(self._log(name).read_text(encoding="utf-8", errors="replace") for name in self.names)

    def _is_ready(self) -> bool:
        if any(process.poll() is not None for process in self.running.values()):
            raise NotReady(self.last_words())
        try:
            return httpx.get(f"{self.address}/readyz", timeout=5, trust_env=False).status_code == 200
        except httpx.HTTPError:
            return False

    def _state(self, name: str) -> str:
        process = self.running.get(name)
        code = process.poll() if process else None
        return "not started" if process is None else "running" if code is None else f"ended with {code}"

    def _log(self, name: str) -> Path:
        return self.folder / f"{name}.log"

    def _command(self, name: str) -> list[str]:
        if name != "bot":
            return [str(SERVICE_PYTHON), "-m", {"actions": "actions", "gateway": "channels"}[name]]
        options = {"--interface": "127.0.0.1", "--port": str(self.ports["bot"]), "--model": str(MODEL)}
        options |= {"--endpoints": "endpoints.yml", "--credentials": "credentials.yml"}
        return [str(BOT_PYTHON), "-m", "bot", "run", *(word for pair in options.items() for word in pair)]

    def _environment(self) -> dict[str, str]:
        """Every setting that an own `.env` of the checkout could have is given, so none of it counts."""
        return {
            **{name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")},
            "ENVIRONMENT": "development",
            "SIMULATOR": "true",
            "GATEWAY_HOST": "127.0.0.1",
            "GATEWAY_PORT": str(self.ports["gateway"]),
            "BOT_URL": local(self.ports["bot"]),
            "ACTIONS_URL": local(self.ports["actions"]),
            "ACTIONS_HOST": "127.0.0.1",
            "ACTIONS_PORT": str(self.ports["actions"]),
            "BOT_TOKEN": self.token,
            "STAFF_TOKEN": self.token,
            "BOT_TIMEOUT_SECONDS": "30",  # a busy machine is no failure of the bot
            "DATABASE_URL": f"sqlite:///{self.folder / 'gateway.db'}",
            "TRACKER_URL": f"sqlite:///{self.folder / 'tracker.db'}",
            "OUTBOX_FILE": str(self.outbox),
            "KNOWLEDGE_OVERLAY": str(self.folder / "content"),
            "CODES_AN_HOUR": "10",
            "ACTIONS_STAFF_HOURS": "mon-sun 00:00-23:59",
            "MAX_CHARACTERS": "1000",
            "MAX_BODY_BYTES": "65536",
            "MAX_WAITING_PER_SESSION": "5",
            "MESSAGES_A_MINUTE": "1000",  # faster than any person, and many at once
            "PYTHONUNBUFFERED": "1",
            "METRICS_TOKEN": self.token,
            **self.settings,
        }


def until(is_so: Callable[[], bool], seconds: float, complaint: Callable[[], str]) -> None:
    """Polls; fails with the complaint when the time is up."""
    end = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > end:
            raise NotReady(complaint())
        time.sleep(0.2)


def missing() -> list[str]:
    """What `make train` has to make before the three can be started."""
    return [str(path.relative_to(ROOT)) for path in (BOT_PYTHON, SERVICE_PYTHON, MODEL) if not path.exists()]


def _free_ports(count: int) -> list[int]:
    """All held at once, so that they differ."""
    probes = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [int(probe.getsockname()[1]) for probe in probes]
    for probe in probes:
        probe.close()
    return ports


def _signal(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, number)


def local(port: int) -> str:
    return f"http://127.0.0.1:{port}"


def _tail(log: Path) -> str:
    text = log.read_text(encoding="utf-8", errors="replace") if log.exists() else ""
    return "\n".join(text.rstrip().splitlines()[-TAIL:]) or "(wrote nothing)"
