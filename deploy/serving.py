"""Starts the processes under the supervisor, waits until all are ready, and stops them."""

from __future__ import annotations

import json
import time
from pathlib import Path
from subprocess import Popen
from typing import Callable, Mapping
from urllib.error import HTTPError, URLError
from urllib.request import ProxyHandler, build_opener

from deploy import processes, settings
from deploy.places import LOG, ROOT, SERVICE, python
from deploy.problems import Problem
from deploy.progress import Progress
from deploy.supervision import Supervision

READY_WITHIN = 180.0  # seconds
ENDS_BEFORE_GIVING_UP = 3  # of one process, while starting
CONFIG = ROOT / "deploy" / "supervisord.conf"
Parts = Mapping[str, str]

_direct = build_opener(ProxyHandler({}))  # the processes are neighbours, never behind a proxy


def serve(
    progress: Progress,
    env: Mapping[str, str],
    config: Path = CONFIG,
    copies: Callable[[], Parts] = dict,
    patience: float = processes.PATIENCE,
    within: float = READY_WITHIN,
) -> None:
    """Returns when stopped from outside; until then everything runs. `copies`: what must be ready besides."""
    progress.step("Start bot, actions and gateway")
    LOG.mkdir(parents=True, exist_ok=True)
    process = processes.start(_supervisor(config), {"BOT_TOKEN": settings.token(), **settings.of_programme(), **env})
    supervision = Supervision(process, progress)
    try:
        _wait_until_ready(
            progress, process, supervision, lambda: {**readiness(env["GATEWAY_PORT"]), **copies()}, within
        )
        progress.done("ready; Ctrl-C stops it, logs are in var/log")
        _say_address(progress, env)
        supervision.telling = True
        process.wait()
        raise Problem("The supervisor ended by itself; see var/log/supervisord.log.")
    finally:
        supervision.telling = False
        processes.stop(process, patience)


def _supervisor(config: Path) -> list[str]:
    return [python(SERVICE), "-m", "supervisor.supervisord", "-c", str(config)]


def _say_address(progress: Progress, env: Mapping[str, str]) -> None:
    host = env["GATEWAY_HOST"] if env["GATEWAY_HOST"] not in ("0.0.0.0", "::") else settings.LOOPBACK
    progress.wipe()
    if settings.has_fake_twilio(env):
        print(f"Phone simulator (WhatsApp, SMS, calls): {env['TWILIO_API_URL']}/", flush=True)
    print(f"Open http://{host}:{env['GATEWAY_PORT']}/", flush=True)


def _wait_until_ready(
    progress: Progress, process: Popen[str], supervision: Supervision, look: Callable[[], Parts], within: float
) -> None:
    parts: Parts = {}
    while progress.seconds() < within:
        parts = look()
        if "gateway" in parts and all(state == "ready" for state in parts.values()):
            return
        _check(process, supervision)
        progress.now(", ".join(f"{part} {state}" for part, state in parts.items()) or "the gateway starts")
        time.sleep(0.5)
    late = ", ".join(part for part, state in parts.items() if state != "ready") or "gateway"
    raise Problem(f"Not ready after {within:.0f} seconds: {late}; see var/log.")


def readiness(port: str) -> Parts:
    """Each part's state as the gateway sees it; empty while the gateway itself is not up."""
    try:
        with _direct.open(f"http://{settings.LOOPBACK}:{port}/readyz", timeout=5) as answer:
            body = answer.read()
    except HTTPError as error:
        body = error.read()
    except (URLError, OSError):
        return {}
    try:
        parts = json.loads(body)["parts"]
    except (ValueError, KeyError, TypeError):
        return {}
    return {str(part): str(state).replace("unreachable", "starts") for part, state in parts.items()}


def _check(process: Popen[str], supervision: Supervision) -> None:
    if process.poll() is not None:
        raise Problem("The supervisor did not start; see var/log/supervisord.log.")
    for name, count in list(supervision.ends.items()):
        if count >= ENDS_BEFORE_GIVING_UP or name in supervision.given_up:
            sentence = f"{name} does not start: its last words are above, all of them in var/log/{name}.log."
            raise Problem(f"{_last_words(name)}\n{sentence}")


def _last_words(name: str) -> str:
    text = (LOG / f"{name}.log").read_text(encoding="utf-8", errors="replace")
    return "\n".join(text.rstrip().splitlines()[-processes.TAIL :])
