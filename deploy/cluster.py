"""`make run PROFILE=cluster`: two of each process and one that delivers, on one PostgreSQL and one Redis.

One more process is one more line in `programs`. Its configuration for the supervisor is written to var/cluster/, or
to the folder CLUSTER_FOLDER: then another one may run beside it.
"""

from __future__ import annotations

import configparser
import os
import secrets
import shutil
import signal
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Callable, Mapping
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import ProxyHandler, build_opener

from deploy import settings
from deploy.places import MODEL, ROOT, VAR
from deploy.problems import Problem
from deploy.progress import Progress

FOLDER = Path(os.environ.get("CLUSTER_FOLDER") or VAR / "cluster").resolve()
CONFIG = FOLDER / "supervisord.conf"
PASSWORD = FOLDER / "password"
DRAIN = 30  # seconds that a process gets to finish what is under way
BACK_WITHIN = 300.0  # six processes share a small machine while they start
AWAY = os.path.relpath(FOLDER / "away", ROOT)  # copies that are about to stop (deploy/balancer.py)
AWAY_SECONDS = 6.0  # until none gives it anything any more: idle connections end after 5
SEEN_SECONDS = 2.0  # until the balancers have seen that one is back
HERE = settings.LOOPBACK
SERVICE, BOT = ".envs/service/bin/python", ".envs/bot/bin/python"  # relative: a checkout may lie anywhere
PORTS = {
    "GATEWAY_PORTS": "8001 8002",
    "BOT_PORTS": "5006 5007",
    "ACTIONS_PORTS": "5056 5057",
    "DELIVERY_PORT": "8003",
    "POSTGRES_PORT": "5433",
    "REDIS_PORT": "6380",
}
HEALTH = {"gateway": "/healthz", "bot": "/", "actions": "/health"}
SERVE = f"-m bot run --interface 127.0.0.1 --model {MODEL.relative_to(ROOT)}"
SERVE += " --endpoints endpoints.yml --credentials credentials.yml"

_SHARED = {"numprocs": "2", "process_name": "%(program_name)s_%(process_num)s", "socket_backlog": "1024"}
_direct = build_opener(ProxyHandler({}))


@dataclass(frozen=True)
class Program:
    """What the supervisor keeps up. `health`: its own address that answers 200 once it works."""

    name: str
    command: str
    env: Mapping[str, str] = field(default_factory=dict)
    health: str = ""
    socket: str = ""  # where two of it listen together, kept by the supervisor: one that ends takes no caller along
    rank: int = 0  # started from the lowest on, stopped the other way round

    @property
    def pid(self) -> int | None:
        path = FOLDER / f"{self.name}.pid"
        written = path.read_text().strip() if path.exists() else ""
        return int(written) if written else None


def load(env: Mapping[str, str]) -> dict[str, str]:
    """The settings of all processes; a PostgreSQL or Redis of one's own is used where it is named."""
    full = {**PORTS, **env}
    own = f"postgresql://postgres:{_password()}@{HERE}:{full['POSTGRES_PORT']}/postgres"
    full["OWN_POSTGRES"] = "" if env.get("DATABASE_URL") else "yes"
    full["OWN_REDIS"] = "" if env.get("REDIS_URL") else "yes"
    full["DATABASE_URL"] = env.get("DATABASE_URL") or own
    full["TRACKER_URL"] = env.get("TRACKER_URL") or full["DATABASE_URL"]
    full["REDIS_URL"] = env.get("REDIS_URL") or f"redis://{HERE}:{full['REDIS_PORT']}/0"
    full["BOT_URL"], full["ACTIONS_URL"] = (f"http://{HERE}:{full[name]}" for name in ("BOT_PORT", "ACTIONS_PORT"))
    return full


def check_ports(env: Mapping[str, str]) -> None:
    for name in PORTS:
        for port in env[name].split():
            settings.check_port(name, HERE, port)


def programs(env: Mapping[str, str]) -> list[Program]:
    """Stores and balancers first: they are there in a moment, and the last to stop."""
    found = [*_stores(env), *(_front(kind, env) for kind in HEALTH)]
    for kind in ("actions", "bot", "gateway"):
        for number, port in enumerate(env[f"{kind.upper()}_PORTS"].split(), 1):
            found.append(_COPY[kind](f"{kind}{number}", port))
    found.append(_delivery(env["DELIVERY_PORT"]))
    if settings.has_fake_twilio(env):
        found.append(Program("twilio", f"{SERVICE} -m channels.fake_twilio", rank=4))
    return found


def _stores(env: Mapping[str, str]) -> list[Program]:
    found = []
    if env["OWN_POSTGRES"]:
        command = f"{SERVICE} -m deploy.stores postgres {_shown('postgres')} {env['POSTGRES_PORT']}"
        found.append(Program("postgres", command))
    if env["OWN_REDIS"]:
        found.append(Program("redis", f"{SERVICE} -m deploy.stores redis {env['REDIS_PORT']}"))
    return found


def _front(kind: str, env: Mapping[str, str]) -> Program:
    """The one address of several copies."""
    host = env["GATEWAY_HOST"] if kind == "gateway" else HERE
    copies = " ".join(f"{HERE}:{port}" for port in env[f"{kind.upper()}_PORTS"].split())
    listen = f"{host}:{env[f'{kind.upper()}_PORT']}"
    shared = "" if ":" in host else listen  # the supervisor reads no IPv6 address
    where = "stdin" if shared else listen
    command = f'{SERVICE} -m deploy.balancer {where} {HEALTH[kind]} "{AWAY}" {copies}'
    return Program(f"front_{kind}", command, socket=shared, rank=1)


def _actions(name: str, port: str) -> Program:
    env = {"ACTIONS_PORT": port}
    return Program(name, f"{SERVICE} -m actions", env, f"http://{HERE}:{port}{HEALTH['actions']}", rank=2)


def _bot(name: str, port: str) -> Program:
    return Program(name, f"{BOT} {SERVE} --port {port}", {}, f"http://{HERE}:{port}{HEALTH['bot']}", rank=3)


def _gateway(name: str, port: str) -> Program:
    return _channels(name, port, "", {"DELIVER": "apart"})


def _delivery(port: str) -> Program:
    """Answers what the gateways record, and lets them go first: an acknowledgement is waited for."""
    return _channels("delivery", port, "nice -n 10 ", {"SWEEP_SECONDS": "0.1"})


def _channels(name: str, port: str, gently: str, more: Mapping[str, str]) -> Program:
    env = {"GATEWAY_HOST": HERE, "GATEWAY_PORT": port, "GATEWAY_NAME": name, **more}
    return Program(name, f"{gently}{SERVICE} -m channels", env, f"http://{HERE}:{port}{HEALTH['gateway']}", rank=4)


_COPY: dict[str, Callable[[str, str], Program]] = {"actions": _actions, "bot": _bot, "gateway": _gateway}


def write(env: Mapping[str, str]) -> Path:
    """The supervisor's configuration. Secrets are in no file: the supervisor hands its own environment on."""
    for folder in (FOLDER, FOLDER.parent / "log"):
        folder.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(ROOT / AWAY, ignore_errors=True)  # of a restart that was cut off
    parser = configparser.RawConfigParser()
    parser["supervisord"] = {
        "nodaemon": "true", "directory": str(ROOT).replace("%", "%%"), "logfile": "%(here)s/../log/supervisord.log",
        "logfile_maxbytes": "2MB", "logfile_backups": "2", "pidfile": "%(here)s/supervisord.pid",
        "childlogdir": "%(here)s/../log",
    }  # fmt: skip
    for program in programs(env):
        kind = "fcgi-program" if program.socket else "program"
        parser[f"{kind}:{program.name}"] = _section(program)
    with CONFIG.open("w", encoding="utf-8") as file:
        parser.write(file)
    return CONFIG


def _section(program: Program) -> dict[str, str]:
    pid = f"{_shown('')}/$SUPERVISOR_PROCESS_NAME.pid"  # for `roll`
    env = {**program.env, "PYTHONUNBUFFERED": "1"}
    return {
        "command": f"/bin/sh -c 'echo $$ > \"{pid}\" && exec {program.command}'",
        "environment": ",".join(f'{name}="{value}"' for name, value in env.items()),
        "priority": str(program.rank),
        "startsecs": "2", "startretries": "10", "autorestart": "true",
        "stopwaitsecs": str(DRAIN), "stopasgroup": "true", "killasgroup": "true",
        "redirect_stderr": "true", "stdout_logfile": f"%(here)s/../log/{program.name}.log",
        "stdout_logfile_maxbytes": "5MB", "stdout_logfile_backups": "3",
        **(_SHARED | {"socket": f"tcp://{program.socket}"} if program.socket else {}),
    }  # fmt: skip


def _shown(name: str) -> str:
    """In its folder, as seen from the checkout."""
    return os.path.relpath(FOLDER / name, ROOT)


def readiness(env: Mapping[str, str]) -> dict[str, str]:
    """Of every copy by itself."""
    return {each.name: "ready" if is_well(each.health) else "starts" for each in programs(env) if each.health}


def is_well(address: str) -> bool:
    try:
        with _direct.open(address, timeout=3) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False


def roll(progress: Progress, env: Mapping[str, str]) -> None:
    """Each copy in turn is asked to stop, and back before the next one is asked: nobody outside notices."""
    if not (FOLDER / "supervisord.pid").exists():
        raise Problem("The cluster profile does not run here: start it with `make run PROFILE=cluster`.")
    for program in programs(env):
        if program.health:
            progress.step(f"Restart {program.name}")
            _restart(program)
            progress.done("back")


def _restart(program: Program) -> None:
    before = program.pid
    if before is None or not is_well(program.health):
        raise Problem(f"{program.name} is down, and no other may stop now: see var/log/{program.name}.log.")
    away = ROOT / AWAY / urlsplit(program.health).netloc
    away.parent.mkdir(parents=True, exist_ok=True)
    away.touch()
    try:
        time.sleep(AWAY_SECONDS)
        os.kill(before, signal.SIGTERM)
        _wait_until_back(program, before)
    finally:
        away.unlink()
    time.sleep(SEEN_SECONDS)


def _wait_until_back(program: Program, before: int) -> None:
    end = time.monotonic() + BACK_WITHIN
    while program.pid == before or not is_well(program.health):
        if time.monotonic() > end:
            raise Problem(f"{program.name} is not back after {BACK_WITHIN:.0f} s: see var/log/{program.name}.log.")
        time.sleep(0.3)


def _password() -> str:
    """Of this checkout's own PostgreSQL, made once."""
    if not PASSWORD.exists():
        PASSWORD.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(PASSWORD, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(24))
    return PASSWORD.read_text()


def environment(env: Mapping[str, str]) -> dict[str, str]:
    """For the supervisor and all it starts."""
    return {**env, "CLUSTER_PASSWORD": _password()}
