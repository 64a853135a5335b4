"""What runs, as its neighbours see it: the three processes, Redis, the ports that are still to be had."""

from __future__ import annotations

import socket
from typing import Iterator, Mapping
from urllib.error import HTTPError, URLError
from urllib.parse import unquote, urlsplit
from urllib.request import ProxyHandler, build_opener

from deploy import serving, settings
from deploy.doctor.finding import Finding, mend, ok
from deploy.problems import Problem

SECONDS = 5.0
_direct = build_opener(ProxyHandler({}))
_LOGS = {"bot": "var/log/bot.log", "actions": "var/log/actions.log"}


def findings(env: Mapping[str, str]) -> Iterator[Finding]:
    parts = serving.readiness(env["GATEWAY_PORT"])
    if parts:
        yield from processes(parts)
    else:
        yield mend("gateway", f"does not answer on port {env['GATEWAY_PORT']}: start it with `make run`.")
        yield ports(env)
    if env.get("REDIS_URL"):
        yield redis(env["REDIS_URL"])
    if settings.has_fake_twilio(env):
        yield fake_twilio(env)
    yield public_address(env)


def processes(parts: serving.Parts) -> Iterator[Finding]:
    for part, state in parts.items():
        if state == "ready":
            yield ok(part, "answers.")
        else:
            yield mend(part, f"{state}: see {_LOGS.get(part, 'var/log')}, then restart it (docs/runbook.md).")


def ports(env: Mapping[str, str]) -> Finding:
    try:
        settings.check_ports(env)
    except Problem as problem:
        return mend("ports", str(problem))
    return ok("ports", "free.")


def redis(url: str) -> Finding:
    """Asked as its protocol has it: a greeting with the password, then PING."""
    found = urlsplit(url)
    try:
        with socket.create_connection((found.hostname or "", found.port or 6379), SECONDS) as wire:
            wire.settimeout(SECONDS)
            wire.sendall(_greeting(found.username, found.password) + b"PING\r\n")
            said = wire.recv(1024)
    except (OSError, ValueError):
        return mend("redis", "REDIS_URL: nothing answers there. Start Redis, or put the address right.")
    if b"PONG" in said:
        return ok("redis", "answers.")
    if b"NOAUTH" in said or b"WRONGPASS" in said:
        return mend("redis", "REDIS_URL: Redis wants another password.")
    return mend("redis", "REDIS_URL: what answers there is no Redis, or one that asks for TLS.")


def _greeting(user: str | None, password: str | None) -> bytes:
    if not password:
        return b""
    words = [b"AUTH", *([unquote(user).encode()] if user else []), unquote(password).encode()]
    return b"*%d\r\n" % len(words) + b"".join(b"$%d\r\n%s\r\n" % (len(word), word) for word in words)


def fake_twilio(env: Mapping[str, str]) -> Finding:
    if _answers(env["TWILIO_API_URL"] + "/"):
        return ok("twilio", "no account; the fake answers.")
    return mend("twilio", "no account, and the fake does not answer: it starts with `make run`.")


def public_address(env: Mapping[str, str]) -> Finding:
    url = env["PUBLIC_URL"]
    if env.get("ENVIRONMENT", "development") == "development":
        return ok("public address", f"{url} (development).")
    if not url.startswith("https://"):
        return mend("public address", f"PUBLIC_URL is {url}: links and webhooks need https.")
    if not _answers(url.rstrip("/") + "/healthz"):
        return mend("public address", f"{url}/healthz does not answer: see to the proxy, its name and certificate.")
    return ok("public address", f"{url} answers.")


def _answers(url: str) -> bool:
    try:
        with _direct.open(url, timeout=SECONDS) as answer:
            return bool(answer.status == 200)
    except (HTTPError, URLError, OSError, ValueError):
        return False
