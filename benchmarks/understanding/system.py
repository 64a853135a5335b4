"""Asks the whole system through its message API, every message in a fresh session."""

import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpx
from tqdm import tqdm

from benchmarks.errors import ServerError
from benchmarks.places import BENCH, ROOT
from benchmarks.servers import free_port, start, stop
from benchmarks.understanding.judge import Seen
from benchmarks.understanding.recognise import Recogniser
from knowledge import districts, entries_loader

Ask = Callable[[str], Seen]
Say = Callable[[str, str], Seen]
_READY_WITHIN = 900.0  # seconds; the runner may have to train first
_TIMEOUT = 30.0


@contextmanager
def asking(url: str) -> Iterator[Ask]:
    """Something to ask: the system at `url`, or one started for it and stopped at the end."""
    with speaking(url) as say:
        yield lambda text: say(text, f"bench-{uuid.uuid4().hex}")


@contextmanager
def speaking(url: str) -> Iterator[Say]:
    """The same, with the session that a message belongs to."""
    recogniser = Recogniser(entries_loader.load(), districts.load())
    with _system(url) as address, httpx.Client(base_url=address, timeout=_TIMEOUT, trust_env=False) as client:
        yield lambda text, session: send(client, recogniser, text, session)


def send(client: httpx.Client, recogniser: Recogniser, text: str, session: str) -> Seen:
    body = {"session_id": session, "text": text}
    try:
        return recogniser.read(client.post("/api/v1/messages", json=body).raise_for_status().json())
    except httpx.HTTPStatusError as error:
        raise ServerError(f"The system answered {error.response.status_code} to: {text}") from error
    except httpx.HTTPError as error:
        raise ServerError(f"The system at {client.base_url} stopped answering: see its log.") from error


@contextmanager
def _system(url: str) -> Iterator[str]:
    """The running system, or one of our own on free ports, stopped at the end."""
    if _is_ready(url):
        print(f"asking the system that runs at {url}", file=sys.stderr)
        yield url
        return
    ports = {name: str(free_port()) for name in ("GATEWAY_PORT", "BOT_PORT", "ACTIONS_PORT")}
    address = f"http://127.0.0.1:{ports['GATEWAY_PORT']}"
    process = _start(ports)
    try:
        _wait(process, address)
        yield address
    finally:
        stop(process, patience=60)  # asked to, the runner stops all that it started, in order


def _start(ports: dict[str, str]) -> subprocess.Popen[bytes]:
    database = BENCH / "quality.db"
    database.unlink(missing_ok=True)
    BENCH.mkdir(parents=True, exist_ok=True)
    env = {**ports, "TRACKER_URL": f"sqlite:///{database}"}
    return start("system", [sys.executable, "-m", "deploy", "run"], env, ROOT)


def _wait(process: subprocess.Popen[bytes], address: str) -> None:
    end = time.monotonic() + _READY_WITHIN
    with tqdm(desc="starting the system", bar_format="{desc} {elapsed}") as bar:
        while not _is_ready(address):
            if process.poll() is not None or time.monotonic() > end:
                raise ServerError("The system did not start: see var/bench/log/system.log.")
            time.sleep(0.5)
            bar.refresh()


def _is_ready(address: str) -> bool:
    try:
        return httpx.get(f"{address}/readyz", timeout=5, trust_env=False).is_success
    except httpx.HTTPError:
        return False
