"""The two systems side by side: how each is trained, started and asked. All of it on the loopback address."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from benchmarks.clients import Target, ask
from benchmarks.places import BENCH, BOT_PYTHON, OURS, ROOT, SERVICE_PYTHON, STOCK, TRAINING
from benchmarks.servers import Server, free_port

MODEL = "model"
_DATA = ["--domain", str(ROOT / "domain.yml"), "--data", str(ROOT / "bot"), str(TRAINING)]
_HOST = "127.0.0.1"
# `PYTHONUNBUFFERED`: so that the logs are whole when a process is ended.
QUIET = {"RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "2", "PYTHONUNBUFFERED": "1"}


def _ports() -> dict[str, int]:
    return {name: free_port() for name in ("bot", "stock", "actions", "gateway")}


@dataclass(frozen=True)
class Setup:
    """Ports and the secret of one run."""

    ports: dict[str, int] = field(default_factory=_ports)
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))

    def url(self, name: str) -> str:
        return f"http://{_HOST}:{self.ports[name]}"

    @property
    def actions_webhook(self) -> str:
        return f"{self.url('actions')}/webhook"


def train_ours() -> list[str]:
    command = [str(BOT_PYTHON), "-m", "bot", "train", "--config", str(ROOT / "config.yml"), *_DATA]
    return [*command, "--out", str(OURS), "--fixed-model-name", MODEL, "--force"]


def train_stock() -> list[str]:
    command = [str(BOT_PYTHON), "-m", "rasa", "train", "--config", str(STOCK / "config.yml"), *_DATA]
    return [*command, "--out", str(STOCK), "--fixed-model-name", MODEL, "--force"]


def ours_direct(setup: Setup) -> Target:
    return Target(
        "this bot, at its channel",
        f"{setup.url('bot')}/webhooks/gateway/webhook",
        lambda sender, text: {"sender": sender, "text": text, "channel": "web"},
        lambda answer: list(answer["replies"]),
        {"Authorization": f"Bearer {setup.token}"},
    )


def ours_through_gateway(setup: Setup) -> Target:
    return Target(
        "this bot, through the gateway",
        f"{setup.url('gateway')}/api/v1/messages",
        lambda sender, text: {"session_id": sender, "text": text},
        lambda answer: [] if answer["outcome"] == "unavailable" else list(answer["replies"]),
    )


def stock_rest(setup: Setup) -> Target:
    return Target(
        "Rasa stock",
        f"{setup.url('stock')}/webhooks/rest/webhook",
        lambda sender, text: {"sender": sender, "message": text},
        list,
    )


def ours(setup: Setup, model: Path = OURS / f"{MODEL}.tar.gz") -> Server:
    database = BENCH / "speed.db"
    env = {"BOT_TOKEN": setup.token, "ACTIONS_URL": setup.url("actions"), "TRACKER_URL": f"sqlite:///{database}"}
    files = ["--endpoints", "endpoints.yml", "--credentials", "credentials.yml"]
    command = [*_serve("bot", setup.ports["bot"]), "--model", str(model), *files]
    return Server("bot", command, lambda: bool(ask(ours_direct(setup), "namaste")), {**QUIET, **env})


def stock(setup: Setup) -> Server:
    files = ["--endpoints", "endpoints.yml", "--credentials", "credentials.yml"]
    command = [*_serve("rasa", setup.ports["stock"]), "--model", f"{MODEL}.tar.gz", *files]
    return Server("stock", command, lambda: bool(ask(stock_rest(setup), "namaste")), QUIET, STOCK)


def actions(setup: Setup) -> Server:
    env = {"ACTIONS_PORT": str(setup.ports["actions"])}
    return Server(
        "actions", [str(SERVICE_PYTHON), "-m", "actions"], lambda: _is_up(f"{setup.url('actions')}/health"), env
    )


def gateway(setup: Setup) -> Server:
    env = {
        "GATEWAY_HOST": _HOST,
        "GATEWAY_PORT": str(setup.ports["gateway"]),
        "BOT_TOKEN": setup.token,
        "BOT_URL": setup.url("bot"),
        "ACTIONS_URL": setup.url("actions"),
        "DATABASE_URL": f"sqlite:///{BENCH / 'gateway.db'}",
    }
    return Server(
        "gateway", [str(SERVICE_PYTHON), "-m", "channels"], lambda: _is_up(f"{setup.url('gateway')}/readyz"), env
    )


def _serve(module: str, port: int) -> Sequence[str]:
    return [str(BOT_PYTHON), "-m", module, "run", "--interface", _HOST, "--port", str(port)]


def _is_up(url: str) -> bool:
    try:
        return httpx.get(url, timeout=5, trust_env=False).is_success
    except httpx.HTTPError:
        return False
