"""The real supervisor with stand-ins for bot, actions, gateway and fake Twilio."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from launcher import ROOT, free_ports, read_until, script, wait_for

STAND_IN = Path(__file__).with_name("stand_in.py")
SERVE = """
from deploy import commands
commands._train = lambda progress: None
raise SystemExit(commands.main(["run"]))
"""
Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def ports() -> dict[str, str]:
    names = ("GATEWAY_PORT", "BOT_PORT", "ACTIONS_PORT", "FAKE_TWILIO_PORT")
    return dict(zip(names, free_ports(len(names)), strict=True))


@pytest.fixture
def start(checkout: Path, ports: dict[str, str]) -> Iterator[Start]:
    """Starts it all and returns the launcher; ends what a test leaves."""
    real = f'exec "{sys.executable}"'
    script(checkout / ".envs/bot/bin/python", f'{real} "{STAND_IN}" "$2"')
    service = f'[ "$2" = supervisor.supervisord ] && {real} "$@"\n{real} "{STAND_IN}" "$2"'
    script(checkout / ".envs/service/bin/python", service)
    started = []

    def call(**settings: str) -> subprocess.Popen[str]:
        env = {**os.environ, **ports, "TWILIO_ACCOUNT_SID": "", "ENVIRONMENT": "development", **settings}
        command = [sys.executable, "-c", SERVE]
        out = subprocess.PIPE
        started.append(subprocess.Popen(command, cwd=checkout, env=env, stdout=out, stderr=out, text=True))
        return started[-1]

    yield call
    for process in started:
        process.terminate()
        process.communicate(timeout=30)


def pid(checkout: Path, name: str) -> int:
    return int((checkout / "var" / f"{name}.pid").read_text())


def alive(number: int) -> bool:
    state = Path(f"/proc/{number}/stat")
    return state.exists() and state.read_text().rpartition(")")[2].split()[0] != "Z"


def test_it_tells_the_address_last_restarts_what_dies_and_stops_everything(
    start: Start, checkout: Path, ports: dict[str, str]
) -> None:
    launcher = start()
    lines = read_until(launcher, "Open ")
    assert lines[-1] == f"Open http://127.0.0.1:{ports['GATEWAY_PORT']}/"

    wait_for((checkout / "var" / "bot.pid").exists)
    first = pid(checkout, "bot")
    os.kill(first, signal.SIGKILL)
    assert "bot ended" in read_until(launcher, "is started again")[-1]
    wait_for(lambda: pid(checkout, "bot") != first)

    names = ("bot", "actions", "channels", "channels.fake_twilio", "bot-child")
    wait_for(lambda: all((checkout / "var" / f"{name}.pid").exists() for name in names))
    wait_for(lambda: all(alive(pid(checkout, name)) for name in names))
    launcher.send_signal(signal.SIGINT)
    assert launcher.wait(timeout=20) == 0
    assert not any(alive(pid(checkout, name)) for name in names)


def test_a_part_that_never_starts_is_named_with_its_last_words(start: Start, checkout: Path) -> None:
    launcher = start(BREAKS="actions")
    _, said = launcher.communicate(timeout=60)
    assert launcher.returncode == 1
    assert "the stand-in cannot start" in said
    assert said.splitlines()[-1].startswith("actions does not start")
    wait_for(lambda: not alive(pid(checkout, "channels")))


def test_bot_actions_and_gateway_share_the_token_and_find_each_other(
    start: Start, checkout: Path, ports: dict[str, str]
) -> None:
    read_until(start(), "Open ")
    wait_for(lambda: all((checkout / "var" / f"{name}.pid").exists() for name in ("bot", "actions", "channels")))
    seen = {name: (checkout / "var" / f"{name}.env").read_text() for name in ("bot", "actions", "channels")}
    token = (checkout / "var" / "bot_token").read_text()
    assert all(f"BOT_TOKEN={token}\n" in text for text in seen.values())
    assert f"BOT_URL=http://127.0.0.1:{ports['BOT_PORT']}\n" in seen["channels"]
    assert f"ACTIONS_URL=http://127.0.0.1:{ports['ACTIONS_PORT']}" in seen["bot"]


def seen_by(checkout: Path, name: str) -> dict[str, str]:
    lines = (checkout / "var" / f"{name}.env").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line)


def test_without_an_account_a_fake_twilio_runs_too_and_its_address_is_told(
    start: Start, checkout: Path, ports: dict[str, str]
) -> None:
    lines = read_until(start(), "Open ")
    address = f"http://127.0.0.1:{ports['FAKE_TWILIO_PORT']}"
    assert lines[-2] == f"Phone simulator (WhatsApp, SMS, calls): {address}/"
    wait_for((checkout / "var" / "channels.fake_twilio.pid").exists)
    gateway, fake = (seen_by(checkout, name) for name in ("channels", "channels.fake_twilio"))
    assert gateway["TWILIO_API_URL"] == address
    shared = ("ACCOUNT_SID", "AUTH_TOKEN", "WHATSAPP_FROM", "SMS_FROM", "VOICE_FROM")
    assert all(gateway[f"TWILIO_{name}"] and gateway[f"TWILIO_{name}"] == fake[f"TWILIO_{name}"] for name in shared)
    assert fake["PUBLIC_URL"] == gateway["PUBLIC_URL"] == f"http://127.0.0.1:{ports['GATEWAY_PORT']}"


@pytest.mark.parametrize("given", [{"TWILIO_ACCOUNT_SID": "AC1"}, {"ENVIRONMENT": "production"}])
def test_with_an_account_or_in_production_there_is_no_fake_twilio(
    start: Start, checkout: Path, given: dict[str, str]
) -> None:
    lines = read_until(start(**given), "Open ")
    assert not any("simulator" in line for line in lines)
    assert not (checkout / "var" / "channels.fake_twilio.pid").exists()
    gateway = seen_by(checkout, "channels")
    assert gateway["TWILIO_ACCOUNT_SID"] == given.get("TWILIO_ACCOUNT_SID", "")
    assert "TWILIO_AUTH_TOKEN" not in gateway


def test_no_control_port_is_configured() -> None:
    config = (ROOT / "deploy" / "supervisord.conf").read_text()
    assert "http_server" not in config
