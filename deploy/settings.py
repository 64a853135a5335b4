"""What the launcher itself needs to know: addresses and the token that bot and gateway share."""

from __future__ import annotations

import os
import secrets
import socket
from typing import Mapping

from deploy.places import ROOT, TOKEN
from deploy.problems import Problem

PORTS = {"GATEWAY_PORT": 8000, "BOT_PORT": 5005, "ACTIONS_PORT": 5055}
LOOPBACK = "127.0.0.1"
DESK = "mon-sat 10:00-18:00"  # pretended while developing, so that handing over can be tried


def load() -> dict[str, str]:
    """The environment for all three processes: `.env` fills in what is not set, defaults the rest."""
    env = {**_env_file(), **os.environ}
    env.setdefault("GATEWAY_HOST", LOOPBACK)
    for name, number in PORTS.items():
        env.setdefault(name, str(number))
    env.setdefault("PUBLIC_URL", f"http://{LOOPBACK}:{env['GATEWAY_PORT']}")
    if env.get("ENVIRONMENT", "development") == "development":
        env.setdefault("ACTIONS_STAFF_HOURS", DESK)
    return env


def check_ports(env: Mapping[str, str]) -> None:
    """Raises a Problem for the first port that cannot be listened on."""
    for name in PORTS:
        host = env["GATEWAY_HOST"] if name == "GATEWAY_PORT" else LOOPBACK
        _check(name, host, env[name])


def _check(name: str, host: str, port: str) -> None:
    if not port.isdigit() or not 0 < int(port) < 65536:
        raise Problem(f"{name} must be a port number from 1 to 65535, not {port!r}.")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, int(port)))
        except OSError as error:
            raise Problem(
                f"Port {port} on {host} cannot be used ({error.strerror}): "
                f"stop the program that has it, or set {name} to another port."
            ) from None


def token() -> str:
    """This checkout's secret between bot and gateway, made once and readable only by its owner."""
    if not TOKEN.exists():
        TOKEN.parent.mkdir(exist_ok=True)
        with os.fdopen(os.open(TOKEN, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(32))
    return TOKEN.read_text()


def _env_file() -> dict[str, str]:
    path = ROOT / ".env"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    pairs = (line.split("=", 1) for line in lines if "=" in line and not line.lstrip().startswith("#"))
    return {name.strip(): value.strip().strip("'\"") for name, value in pairs}
