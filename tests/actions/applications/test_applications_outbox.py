"""Where codes go in development, what is refused in production, and the keys of a checkout."""

import json
import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from application_tools import MOBILE

from actions.applications import outbox, service
from actions.applications import settings as settings_module
from actions.applications.errors import CannotSend, SettingsError
from actions.applications.outbox import OutboxSender, chosen
from actions.applications.own_secret import own_secret
from actions.applications.sender import NoSender
from actions.applications.settings import Settings, load_settings
from knowledge.paths import ROOT

STRONG = "k" * 32


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def production(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENVIRONMENT", "production")
    monkeypatch.setenv("APPLICATIONS_HASH_KEY", STRONG)
    monkeypatch.setenv("APPLICATIONS_SEAL_KEY", STRONG)


def test_a_developer_finds_every_message_in_a_file_of_their_own(tmp_path: Path) -> None:
    path = tmp_path / "outbox" / "sms.jsonl"
    for text in ("कोड 123456", "code 654321"):
        OutboxSender(path).send(MOBILE, text)
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert [(line["to"], line["text"]) for line in lines] == [
        ("+915000000042", "कोड 123456"),
        ("+915000000042", "code 654321"),
    ]
    assert all(line["at"].endswith("+00:00") for line in lines)
    assert mode(path) == 0o600


def test_in_development_the_outbox_is_chosen() -> None:
    settings = Settings(environment="development")
    assert chosen(settings) == OutboxSender(settings.outbox_file)


@pytest.mark.usefixtures("production")
def test_in_production_the_outbox_is_refused_and_nothing_pretends_to_send() -> None:
    with pytest.raises(SettingsError, match="outbox"):
        outbox.outbox(load_settings())
    sender = chosen(load_settings())
    assert isinstance(sender, NoSender)
    with pytest.raises(CannotSend):
        sender.send(MOBILE, "code")


@pytest.mark.usefixtures("production")
def test_where_nothing_can_send_a_code_every_number_is_told_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'a.db'}")
    service.disclosure.cache_clear()
    disclosure = service.disclosure()
    service.disclosure.cache_clear()
    assert not disclosure.can_send
    assert disclosure.ask_code("ODOP/MM/26/001234", "web-1", "hi").outcome == "cannot_send"
    assert disclosure.records.lookups()[0].outcome == "cannot_send"


def test_a_checkout_makes_its_secret_once_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "var" / "key"
    first = own_secret(path)
    assert len(first) >= 32
    assert own_secret(path) == first
    assert mode(path) == 0o600
    assert [p.name for p in path.parent.iterdir()] == ["key"]


def test_processes_that_start_together_have_the_same_secret(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(lambda _: own_secret(tmp_path / "key"), range(32)))) == 1


def test_in_development_both_keys_are_the_checkouts_own_and_differ(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(settings_module, "VAR", tmp_path)
    hash_key, seal_key = Settings(environment="development").keys()
    assert hash_key != seal_key
    assert Settings(environment="development").keys() == (hash_key, seal_key)


def test_a_key_that_is_given_is_taken_instead(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(settings_module, "VAR", tmp_path)
    monkeypatch.setenv("APPLICATIONS_HASH_KEY", STRONG)
    assert Settings().keys()[0] == STRONG
    assert not (tmp_path / "applications_hash_key").exists()


def test_the_action_server_does_not_start_in_production_without_keys() -> None:
    env = {name: value for name, value in os.environ.items() if not name.startswith("APPLICATIONS_")}
    command = [sys.executable, "-m", "actions"]
    ended = subprocess.run(
        command, cwd=ROOT, env={**env, "ENVIRONMENT": "production"}, capture_output=True, text=True, timeout=60
    )
    assert ended.returncode == 1
    assert ended.stderr.startswith("APPLICATIONS_HASH_KEY must be a secret")
