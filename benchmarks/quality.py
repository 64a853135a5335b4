"""How right the answers are: every development message through the message API, each in a fresh session."""

import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpx
from tqdm import tqdm

from benchmarks import scores
from benchmarks.errors import ServerError
from benchmarks.judge import Seen
from benchmarks.messages import Message
from benchmarks.places import BENCH, ROOT
from benchmarks.recognise import Recogniser
from benchmarks.servers import free_port, start, stop
from knowledge import districts, entries_loader

_READY_WITHIN = 900.0  # seconds; the runner may have to train first
Ask = Callable[[Message], Seen]


def run(messages: list[Message], url: str) -> None:
    """Asks the system at `url`, or one started for it, and reports."""
    recogniser = Recogniser(entries_loader.load(), districts.load())
    with _system(url) as address, httpx.Client(base_url=address, timeout=30, trust_env=False) as client:

        def ask(message: Message) -> Seen:
            body = {"session_id": f"bench-{uuid.uuid4().hex}", "text": message.text}
            return recogniser.read(client.post("/api/v1/messages", json=body).raise_for_status().json())

        asked = [(message, ask(message)) for message in tqdm(messages, desc="messages", unit="message")]
    scores.report("quality", "Answers, through the message API", asked)


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
