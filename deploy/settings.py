"""What the launcher itself needs to know: addresses and the token that bot and gateway share."""

from __future__ import annotations

import os
import secrets
import socket
from pathlib import Path
from typing import Mapping

from knowledge.paths import IS_OWN, OWN_SETTINGS

from deploy.places import MODEL, ROOT, TOKEN
from deploy.problems import Problem

PORTS = {"GATEWAY_PORT": 8000, "BOT_PORT": 5005, "ACTIONS_PORT": 5055}
FAKE_PORT = {"FAKE_TWILIO_PORT": 8010}
FAKE_ACCOUNT = "AC" + "fa4e" * 8  # as long as a real one
FAKE_NUMBERS = {
    "TWILIO_WHATSAPP_FROM": "whatsapp:+14155238886",
    "TWILIO_SMS_FROM": "+15005550006",
    "TWILIO_VOICE_FROM": "+15005550009",
}
LOOPBACK = "127.0.0.1"
DESK = "mon-sat 10:00-18:00"  # pretended while developing, so that handing over can be tried


def load() -> dict[str, str]:
    """The environment for all processes: `.env` fills in what is not set, defaults the rest."""
    env = {**_file(ROOT / ".env"), **os.environ}
    if env.get("PROGRAMME", "") != os.environ.get("PROGRAMME", ""):
        raise Problem("PROGRAMME must be set in the environment (make run PROGRAMME=...), not in .env.")
    env.setdefault("GATEWAY_HOST", LOOPBACK)
    for name, number in PORTS.items():
        env.setdefault(name, str(number))
    env.setdefault("PUBLIC_URL", f"http://{LOOPBACK}:{env['GATEWAY_PORT']}")
    if env.get("ENVIRONMENT", "development") == "development":
        env.setdefault("ACTIONS_STAFF_HOURS", DESK)
    return {**env, **_twilio(env)}


def of_programme() -> dict[str, str]:
    """The bot's model, and where the sentences and names of another programme lie for the gateway."""
    return {"BOT_MODEL": str(MODEL), **({} if IS_OWN else _file(OWN_SETTINGS))}


def has_fake_twilio(env: Mapping[str, str]) -> bool:
    """Whether the fake runs beside the others; never in production."""
    return env["FAKE_TWILIO"] == "true"


def _twilio(env: Mapping[str, str]) -> dict[str, str]:
    """The fake's address and credentials while developing without an account; `FAKE_TWILIO` is the supervisor's."""
    port = env.get("FAKE_TWILIO_PORT") or str(FAKE_PORT["FAKE_TWILIO_PORT"])
    if env.get("ENVIRONMENT", "development") != "development" or env.get("TWILIO_ACCOUNT_SID"):
        return {"FAKE_TWILIO": "false"}
    return {
        "FAKE_TWILIO": "true",
        "FAKE_TWILIO_PORT": port,
        "TWILIO_ACCOUNT_SID": FAKE_ACCOUNT,
        "TWILIO_AUTH_TOKEN": secrets.token_hex(16),  # of this start: nobody else can sign
        "TWILIO_API_URL": f"http://{LOOPBACK}:{port}",
        **{name: env.get(name) or number for name, number in FAKE_NUMBERS.items()},
    }


def check_ports(env: Mapping[str, str]) -> None:
    """Raises a Problem for the first port that cannot be listened on."""
    for name in [*PORTS, *(FAKE_PORT if has_fake_twilio(env) else ())]:
        host = env["GATEWAY_HOST"] if name == "GATEWAY_PORT" else LOOPBACK
        check_port(name, host, env[name])


def check_port(name: str, host: str, port: str) -> None:
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


def _file(path: Path) -> dict[str, str]:
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    pairs = (line.split("=", 1) for line in lines if "=" in line and not line.lstrip().startswith("#"))
    return {name.strip(): value.strip().strip("'\"") for name, value in pairs}
