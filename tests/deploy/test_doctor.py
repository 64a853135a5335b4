"""`make doctor` says of what is wrong what to mend, and ends with 1; of what is well it says so."""

import json
import socket
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from launcher import Run
from sqlalchemy import create_engine, text

from actions import doctor as of_actions
from channels import doctor as of_gateway
from channels.settings import Settings
from channels.store.database import Database
from deploy import building, changes, commands
from deploy.doctor import built, inside, machine, running
from deploy.doctor.finding import Finding, mend, ok
from deploy.environments import Environment

SECRET = "a-secret-of-its-own"


def settings(**changed: Any) -> Settings:
    return Settings(_env_file=None, **changed)  # type: ignore[call-arg]


def account(**changed: Any) -> Settings:
    return settings(twilio_account_sid="AC1", twilio_auth_token=SECRET, **changed)


def test_a_bare_checkout_is_told_what_to_do_first(run: Run) -> None:
    done = run("make", "doctor", GATEWAY_PORT="1", REDIS_URL="redis://127.0.0.1:1")
    told = {line[8:30].strip(): line for line in done.stdout.splitlines()}
    assert done.returncode != 0 and "to mend." in done.stdout
    for name in ("python, bot", "python, service", "knowledge", "train", "gateway", "redis"):
        assert told[name].startswith("to mend"), done.stdout
    assert "make train" in told["knowledge"] and "make run" in told["gateway"]


@pytest.mark.parametrize(("found", "code"), [([ok("a", "b.")], 0), ([ok("a", "b."), mend("c", "d.")], 1)])
def test_the_exit_code_says_whether_anything_must_be_mended(
    found: list[Finding], code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(commands, "examine", lambda env: iter(found))
    assert commands.doctor() == code
    assert capsys.readouterr().out.splitlines()[: len(found)] == [each.line() for each in found]


def test_a_full_disk_and_too_little_memory_are_seen() -> None:
    assert (machine.disk(0.3).is_ok, machine.disk(5.0).is_ok) == (False, True)
    assert (machine.memory(1.0).is_ok, machine.memory(8.0).is_ok, machine.memory(None).is_ok) == (False, True, True)


@pytest.fixture
def env(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Environment:
    """With one package."""
    monkeypatch.setattr(Environment, "constraints", property(lambda _: tmp_path / "pins.txt"))
    monkeypatch.setattr(Environment, "hash", lambda _: "same")
    monkeypatch.setattr(changes, "STATE", tmp_path)
    changes.set_done("env-x", "same")
    (tmp_path / "lib/python3/site-packages/Some_thing-1.2+cpu.dist-info").mkdir(parents=True)
    return Environment("x", "X", tmp_path, ("3.11",), 1.0)


@pytest.mark.parametrize(("pins", "is_ok"), [("some-thing==1.2\nother==3\n", True), ("some-thing==1.3\n", False)])
def test_packages_that_are_not_as_pinned_are_seen(env: Environment, pins: str, is_ok: bool) -> None:
    env.constraints.write_text(pins)
    assert built.versions(env).is_ok is is_ok
    assert ("some-thing" in built.versions(env).sentence) is not is_ok
    changes.forget("env-x")
    assert not built.versions(env).is_ok


def test_what_is_older_than_its_sources_or_missing_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "STATE", tmp_path)
    step = building.Step("model", "", "now", [tmp_path / "model.sha"])
    assert "is not there" in built.step(step, "make train").sentence
    changes.set_done("model", "then")
    assert "older" in built.step(step, "make train").sentence
    changes.set_done("model", "now")
    assert built.step(step, "make train").is_ok


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server


@pytest.mark.parametrize(
    ("says", "is_ok", "word"),
    [(b"+OK\r\n+PONG\r\n", True, "answers"), (b"-NOAUTH\r\n", False, "password"), (b"HTTP/1.1", False, "no Redis")],
)
def test_redis_is_asked(listener: socket.socket, says: bytes, is_ok: bool, word: str) -> None:
    heard: list[bytes] = []

    def answer() -> None:
        wire, _ = listener.accept()
        with wire:
            heard.append(wire.recv(1024))
            wire.sendall(says)

    thread = threading.Thread(target=answer)
    thread.start()
    found = running.redis(f"redis://:p%40ss@127.0.0.1:{listener.getsockname()[1]}/0")
    thread.join(5)
    assert (found.is_ok, word in found.sentence) == (is_ok, True)
    assert heard == [b"*2\r\n$4\r\nAUTH\r\n$4\r\np@ss\r\nPING\r\n"]


def test_a_process_that_is_down_is_named_with_its_log() -> None:
    gateway, bot = running.processes({"gateway": "ready", "bot": "starts"})
    assert gateway.is_ok and not bot.is_ok and "var/log/bot.log" in bot.sentence


def test_a_public_address_without_https_is_not_for_production() -> None:
    unsafe = {"PUBLIC_URL": "http://odop.example", "ENVIRONMENT": "production"}
    assert "https" in running.public_address(unsafe).sentence and not running.public_address(unsafe).is_ok
    assert running.public_address({"PUBLIC_URL": "http://127.0.0.1:8000"}).is_ok


def test_missing_secrets_are_named_and_nothing_else_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENVIRONMENT", "production")
    (found,) = of_gateway.findings()
    assert found[1] is False and "BOT_TOKEN" in found[2]


def store(path: Path) -> dict[str, tuple[bool, str]]:
    found = of_gateway.store(settings(database_url=f"sqlite:///{path}"))
    return {name: (is_ok, sentence) for name, is_ok, sentence in found}


def test_a_store_is_looked_at_and_not_made(tmp_path: Path) -> None:
    path = tmp_path / "gateway.db"
    assert store(path)["store"][0] and not path.exists()


def test_a_store_with_old_tables_no_admin_and_dead_letters_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "gateway.db"
    Database(f"sqlite:///{path}", 5).prepare()
    assert store(path)["store"][0] and store(path)["dead letters"][0]
    assert "add-admin" in store(path)["admin account"][1]
    with create_engine(f"sqlite:///{path}").begin() as connection:
        connection.execute(
            text(
                "INSERT INTO inbound (provider_id, is_told, received_at, state, replays)"
                " VALUES ('x', 0, '2026-01-01', 'dead', 0)"
            )
        )
    assert store(path)["dead letters"] == (
        False,
        "1 messages wait for a person: see `.envs/service/bin/python -m channels.delivery dead`.",
    )
    with create_engine(f"sqlite:///{path}").begin() as connection:
        connection.execute(text(f"UPDATE {of_gateway.VERSION_TABLE} SET version_num = '0001'"))
    assert list(store(path)) == ["store"] and not store(path)["store"][0]


def test_a_store_that_does_not_answer_is_seen_without_its_password() -> None:
    ((name, is_ok, sentence),) = of_gateway.store(settings(database_url="postgresql://a:hidden@127.0.0.1:1/b"))
    assert (name, is_ok) == ("store", False) and "hidden" not in sentence


@pytest.mark.parametrize(
    ("status", "is_ok", "word"), [(200, True, "takes"), (401, False, "TWILIO_AUTH_TOKEN"), (503, False, "503")]
)
def test_the_provider_is_asked_whether_it_knows_us(status: int, is_ok: bool, word: str) -> None:
    transport = httpx.MockTransport(lambda request: httpx.Response(status, json={}))
    ((_, well, sentence),) = of_gateway.provider(account(), transport)
    assert (well, word in sentence) == (is_ok, True)


def test_a_provider_out_of_reach_is_seen() -> None:
    ((_, is_ok, sentence),) = of_gateway.provider(account(twilio_api_url="http://127.0.0.1:1"))
    assert not is_ok and "reached" in sentence


@pytest.mark.parametrize(("minutes", "is_ok"), [(0, True), (3, False)])
def test_a_clock_that_goes_wrong_is_seen(minutes: int, is_ok: bool) -> None:
    date = format_datetime(datetime.now(UTC) + timedelta(minutes=minutes), usegmt=True)
    transport = httpx.MockTransport(lambda request: httpx.Response(200, json={}, headers={"Date": date}))
    clocks = [well for name, well, _ in of_gateway.provider(account(), transport) if name == "clock"]
    assert clocks == [is_ok]


def test_the_store_of_applications_is_looked_at_and_not_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'a.db'}")
    of_actions.load_settings.cache_clear()
    assert of_actions.applications()[1] and not (tmp_path / "a.db").exists()
    monkeypatch.setenv("DATABASE_URL", "postgresql://a:hidden@127.0.0.1:1/b")
    of_actions.load_settings.cache_clear()
    found = of_actions.applications()
    of_actions.load_settings.cache_clear()
    assert not found[1] and "hidden" not in found[2]


@pytest.mark.parametrize(("written", "is_ok"), [("", True), ("mon-sat 10:00-18:00", True), ("always", False)])
def test_hours_of_the_staff_that_cannot_be_read_are_seen(
    written: str, is_ok: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ACTIONS_STAFF_HOURS", written)
    assert of_actions.staff_hours()[1] is is_ok


def test_fonts_that_cannot_be_made_are_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(weight: int) -> Path:
        raise OSError("read-only")

    monkeypatch.setattr(of_actions.fonts, "font_file", missing)
    assert of_actions.letters()[1] is False


def test_what_the_programs_say_is_passed_on_and_one_that_breaks_off_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    line = json.dumps({"name": "store", "is_ok": True, "sentence": "well."})
    script = f"import sys; print({line!r}); sys.exit('no such thing')"
    monkeypatch.setattr(inside, "python", lambda _: sys.executable)
    run = inside.subprocess.run
    monkeypatch.setattr(inside.subprocess, "run", lambda command, **named: run([command[0], "-c", script], **named))
    assert list(inside.asked("x.doctor", {})) == [ok("store", "well."), mend("x.doctor", "broke off: no such thing")]
